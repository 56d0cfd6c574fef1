"""An answer in the terminal as it comes: each statement when it is released, then what belongs to the whole."""

import time
from collections.abc import Sequence
from dataclasses import replace

from qa.assistant import Assistant
from qa.colours import to_terminal, wanted
from qa.records import Answer, Searched, StatementReady, Turn, Usage
from qa.render import differing, marked, printable


def tell(assistant: Assistant, question: str, history: Sequence[Turn]) -> Answer:
    """Asks and prints the answer. With a model every statement is printed as soon as it has passed the gate, and at the end what it took."""
    began, first = time.perf_counter(), 0.0
    for event in assistant.stream(question, history):
        if not assistant.writer:
            continue
        if isinstance(event, Searched) and event.searched_for != question:
            print(printable(f"(searched for: {event.searched_for})"), flush=True)
        if isinstance(event, StatementReady):
            first = first or time.perf_counter() - began
            print(printable(marked(event.statement)), flush=True)
    answer: Answer = event.answer
    told = answer
    if assistant.writer:  # what was printed above is not printed again
        told = replace(answer, question=answer.searched_for)
    if first:
        told = replace(told, text="\n".join(differing(disagreement, answer.statements) for disagreement in answer.disagreements))
    print(to_terminal(told, colour=wanted()).strip("\n") + "\n")
    if assistant.writer:
        print(f"{used(answer.usage)}, first statement after {first:.1f} s" if first else used(answer.usage))
    return answer


def used(usage: Usage) -> str:
    """What a model used, in one line: tokens, calls, and the cost where it is known."""
    calls = "call" if usage.calls == 1 else "calls"
    cost = f", cost {usage.cost:.6f}".rstrip("0").rstrip(".") if usage.cost is not None else ""
    return f"{usage.prompt_tokens} tokens read, {usage.answer_tokens} written in {usage.calls} {calls}{cost}"

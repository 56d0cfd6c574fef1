"""What a language model said of the statements of an eval, as the part of the record under "judge". The check's own figures are elsewhere.

    model, prompt   who was asked, and with which prompt (name@hash)
    figures         by type and under "all": judge_supported, judge_agrees (of the statements with a verdict), judge_verdicts (of those asked)
    cases           by case id: for each statement verdict and reason, null where the check had nothing to check and nothing was asked
    disagreements   case, number of the statement from 1, its text, the check's verdict and score, the judge's verdict and reason
"""

from collections.abc import Sequence
from dataclasses import asdict

from eval.checking import Shown
from eval.judging import Judge
from eval.results import Record, figures
from eval.traffic import Traffic

NO_VERDICT = "no verdict"


def opinions(judge: Judge, cases: Sequence[Record], shown: Sequence[Sequence[Shown]], traffic: Traffic) -> Record:
    """The judge's part of a record over `cases`; `shown` gives for each case what the check looked at, statement by statement. Each request
    is counted in `traffic`."""
    told = {case["id"]: [asdict(judge.opinion(one)) if statement["checked"] else None
                         for statement, one in zip(case["statements"], looked_at, strict=True)]
            for case, looked_at in zip(cases, shown, strict=True)}
    traffic.llm_calls += judge.calls
    counted = [{"type": case["type"], "counts": _counts(case, told[case["id"]])} for case in cases]
    return {"model": judge.name, "prompt": judge.prompt, "figures": figures(counted), "cases": told,
            "disagreements": [found for case in cases for found in _disagreements(case, told[case["id"]])]}


def verdict_of(statement: Record) -> str:
    """The check's verdict of a checked statement in the judge's words."""
    return "supported" if statement["supported"] else "not supported"


def _counts(case: Record, told: Sequence[Record | None]) -> dict[str, list[int]]:
    asked = [(statement, opinion) for statement, opinion in zip(case["statements"], told, strict=True) if opinion]
    judged = [(statement, opinion) for statement, opinion in asked if opinion["verdict"] != NO_VERDICT]
    return {"judge_supported": [sum(opinion["verdict"] == "supported" for _, opinion in judged), len(judged)],
            "judge_agrees": [sum(opinion["verdict"] == verdict_of(statement) for statement, opinion in judged), len(judged)],
            "judge_verdicts": [len(judged), len(asked)]}


def _disagreements(case: Record, told: Sequence[Record | None]) -> list[Record]:
    return [{"case": case["id"], "statement": number, "text": statement["text"], "check": verdict_of(statement), "score": statement["score"],
             "judge": opinion["verdict"], "reason": opinion["reason"]}
            for number, (statement, opinion) in enumerate(zip(case["statements"], told, strict=True), 1)
            if opinion and opinion["verdict"] not in (NO_VERDICT, verdict_of(statement))]

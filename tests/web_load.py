"""How long the page's answers take when many people ask at once: `python tests/web_load.py [--users 25] [--pause 5] [--docs seeds]`.

Starts `qa web` over the documents and plays browsers over the page's own event (not the API), each with its own tab's ticket, four questions
each. First one person alone, then three ways of being many:

    reading     with PAUSE seconds between an answer and the next question, every question another one: people who read what they asked for
    rushing     no pause, every question another one, so that no remembered answer helps: as much as can be asked
    suggested   everybody asks the questions that the start page suggests, no pause

Prints the median, the 95th percentile, its ratio to that of one person, and the processor seconds for each answer. Fails when an answer is
missing or belongs to somebody else.
"""

import argparse
import asyncio
import html
import itertools
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Sequence
from pathlib import Path

import httpx

STARTS = ("How many", "Who said that", "What is said about", "When were", "Why were", "What did Iran say about", "Which officials spoke of",
          "What happened to", "Where were", "Did anybody deny")
THINGS = ("US soldiers wounded", "the attacks on American bases", "drones over Haifa", "the message from Washington", "Hezbollah in Lebanon",
          "aircraft carriers", "Iraqi groups", "missiles fired on 14 March", "Israeli targets", "foreign agents", "anti-missile batteries",
          "the government in Baghdad", "civilian contractors", "the ground invasion", "rockets at Golan")
QUESTIONS = [f"{start} {thing}?" for start, thing in itertools.product(STARTS, THINGS)]
MORE = [f"Is it known {question[0].lower()}{question[1:]}" for question in QUESTIONS]
EACH, ALONE = 4, 40


async def call(client: httpx.AsyncClient, event: int, data: list, session: str) -> list[dict]:
    """The messages of one of the page's events, until it is completed."""
    (await client.post("/gradio_api/queue/join", json={"data": data, "fn_index": event, "session_hash": session})).raise_for_status()
    messages = []
    async with client.stream("GET", "/gradio_api/queue/data", params={"session_hash": session}) as stream:
        async for line in stream.aiter_lines():
            messages.append(json.loads(line[5:]) if line.startswith("data:") else {})
            if messages[-1].get("msg") == "process_completed":
                assert messages[-1]["success"], messages[-1]
                break
    return messages


async def ask(client: httpx.AsyncClient, event: int, ticket: str, question: str) -> float:
    """Asks through the page's event and returns the seconds until the whole answer; raises when it is not that question's."""
    began = time.perf_counter()
    shown = ""
    for message in await call(client, event, [ticket, question, [], "", ""], ticket[:10]):
        shown = _latest(message, shown)
    taken = time.perf_counter() - began
    last = html.unescape(shown.rsplit('<h2 class="qa-question"', 1)[1])
    assert last.split(">", 1)[1].startswith(question) and ("qa-statement" in last or "qa-nothing" in last), (question, last[:300])
    return taken


def _latest(message: dict, shown: str) -> str:
    """The conversation after a message: whole, or as a change of the one before."""
    data = (message.get("output") or {}).get("data") or [None]
    if isinstance(data[0], str):
        return data[0]
    return next((value for action, _, value in data[0] or () if action in ("replace", "append")), shown) if isinstance(data[0], list) else shown


async def person(client: httpx.AsyncClient, event: int, questions: Sequence[str], pause: float = 0, *, after: float = 0) -> list[float]:
    """The seconds of each answer to one person, who comes `after` so many seconds."""
    ticket, times = uuid.uuid4().hex, []
    await asyncio.sleep(after)
    for question in questions:
        times.append(await ask(client, event, ticket, question))
        await asyncio.sleep(pause)
    return times


def processor_seconds(process: int) -> float:
    """What the process has used of the processor so far, where the system tells (Linux)."""
    try:
        user, system = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[11:13]
    except OSError:
        return float("nan")
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


async def scene(name: str, people: Sequence, process: int, alone: float) -> float:
    """Lets everybody ask, prints how long it took, and returns the 95th percentile; `alone` is that of one person (0 not to compare)."""
    used = processor_seconds(process)
    times = sorted(itertools.chain.from_iterable(await asyncio.gather(*people)))
    p95 = times[int(0.95 * len(times))]
    ratio = f", {p95 / alone:.1f} times that of one" if alone else ""
    print(f"{name:>10}: {len(times)} answers, median {statistics.median(times):.3f} s, p95 {p95:.3f} s{ratio}, "
          f"{(processor_seconds(process) - used) / len(times):.3f} processor seconds each", flush=True)
    return p95


async def play(address: str, users: int, pause: float, process: int) -> None:
    """All of it, over a page that is there already."""
    async with httpx.AsyncClient(base_url=address, timeout=120, limits=httpx.Limits(max_connections=4 * users)) as client:
        config = (await client.get("/config")).json()
        event = next(d["id"] for d in config["dependencies"] if len(d["inputs"]) == 5)
        begin = next(d["id"] for d in config["dependencies"] if d["api_name"] == "suggested")
        suggested = await _suggested(client, begin)
        await person(client, event, QUESTIONS[:10])  # warm
        alone = await scene("alone", [person(client, event, QUESTIONS[10:10 + ALONE])], process, 0)
        for name, questions, seconds in (("reading", MORE, pause), ("rushing", QUESTIONS[10 + ALONE:], 0), ("suggested", suggested * users, 0)):
            people = [person(client, event, questions[EACH * n: EACH * (n + 1)], seconds, after=seconds * n / users) for n in range(users)]
            await scene(name, people, process, alone)


async def _suggested(client: httpx.AsyncClient, event: int) -> list[str]:
    """The questions that the start page suggests, EACH of them."""
    messages = await call(client, event, [], uuid.uuid4().hex[:10])
    found = re.findall('qa-suggestion">(.*?)</button>', messages[-1]["output"]["data"][0])
    return [html.unescape(question) for question in itertools.islice(itertools.cycle(found), EACH)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split(":")[0])
    parser.add_argument("--users", type=int, default=25)
    parser.add_argument("--pause", type=float, default=5.0)
    parser.add_argument("--docs", default=str(Path(__file__).parents[1] / "seeds"))
    options = parser.parse_args()
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "qa", "web", "--docs", options.docs, "--port", str(port)]
    with tempfile.TemporaryFile() as log, subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True) as program:
        try:
            assert str(port) in program.stdout.readline(), "the page did not come up"
            asyncio.run(play(f"http://127.0.0.1:{port}", options.users, options.pause, program.pid))
        finally:
            program.terminate()


if __name__ == "__main__":
    main()

"""How long the page's answers take when many people ask at once: `python tests/web_load.py ADDRESS [USERS] [PAUSE]`.

Plays browsers over the page's own event (not the API), each with its own tab's ticket: first one person alone, then USERS (25) at once,
each asking four questions with PAUSE seconds (0) between an answer and the next question, and coming one after another within the first PAUSE.
Every question is another one, so that no
remembered answer helps. Prints the median and the 95th percentile, and fails when an answer is missing or belongs to somebody else.
"""

import asyncio
import html
import itertools
import json
import statistics
import sys
import time
import uuid

import httpx

STARTS = ("How many", "Who said that", "What is said about", "When were", "Why were", "What did Iran say about", "Which officials spoke of",
          "What happened to", "Where were", "Did anybody deny")
THINGS = ("US soldiers wounded", "the attacks on American bases", "drones over Haifa", "the message from Washington", "Hezbollah in Lebanon",
          "aircraft carriers", "Iraqi groups", "missiles fired on 14 March", "Israeli targets", "foreign agents", "anti-missile batteries",
          "the government in Baghdad", "civilian contractors", "the ground invasion", "rockets at Golan")
QUESTIONS = [f"{start} {thing}?" for start, thing in itertools.product(STARTS, THINGS)]
EACH = 4


async def ask(client: httpx.AsyncClient, event: int, ticket: str, question: str) -> float:
    """Asks through the page's event and returns the seconds until the whole answer; raises when it is not that question's."""
    session = ticket[:10]
    began = time.perf_counter()
    body = {"data": [ticket, question, [], "", ""], "fn_index": event, "session_hash": session}
    (await client.post("/gradio_api/queue/join", json=body)).raise_for_status()
    shown = ""
    async with client.stream("GET", "/gradio_api/queue/data", params={"session_hash": session}) as stream:
        async for line in stream.aiter_lines():
            message = json.loads(line[5:]) if line.startswith("data:") else {}
            shown = _latest(message, shown)
            if message.get("msg") == "process_completed":
                assert message["success"], message
                break
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


async def person(client: httpx.AsyncClient, event: int, questions: list[str], pause: float, *, after: float = 0) -> list[float]:
    """The seconds of each answer to one person, who comes `after` so many seconds."""
    ticket, times = uuid.uuid4().hex, []
    await asyncio.sleep(after)
    for question in questions:
        times.append(await ask(client, event, ticket, question))
        await asyncio.sleep(pause)
    return times


async def main(address: str, users: int, pause: float) -> None:
    async with httpx.AsyncClient(base_url=address, timeout=120, limits=httpx.Limits(max_connections=4 * users)) as client:
        config = (await client.get("/config")).json()
        event = next(d["id"] for d in config["dependencies"] if len(d["inputs"]) == 5)
        await person(client, event, QUESTIONS[:10], 0)  # warm
        alone = await person(client, event, QUESTIONS[10:50], 0)
        rest = QUESTIONS[50:] + [f"Is it known {q[0].lower()}{q[1:]}" for q in QUESTIONS]
        began = time.perf_counter()
        asked = await asyncio.gather(*(person(client, event, rest[EACH * n: EACH * (n + 1)], pause, after=pause * n / users)
                                       for n in range(users)))
    together = [taken for times in asked for taken in times]
    for name, times in (("alone", alone), (f"{users} at once", together)):
        print(f"{name:>12}: median {statistics.median(times):.3f} s, p95 {sorted(times)[int(0.95 * len(times))]:.3f} s ({len(times)} answers)")
    print(f"{len(together) / (time.perf_counter() - began):.0f} answers a second, none missing, none mixed up")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int((sys.argv[2:] or ["25"])[0]), float((sys.argv[3:] or ["0"])[0])))

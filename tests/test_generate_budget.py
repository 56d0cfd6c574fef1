"""What goes into one request: the rules, the newest turns, the best passages, within the model's context."""

import re

import pytest

from qa.errors import SettingsError
from qa.generating.budget import Request, build, fence_for
from qa.generating.prompts import load_prompt
from qa.records import Document, Hit, Passage, Turn
from qa.splitting import token_counter

TEXTS = [f"Passage number {n} tells of the bridge. " + "It was long. " * 20 for n in range(1, 7)]
DOCUMENTS = {f"d{n}": Document(id=f"d{n}", name=f"d{n}.txt", source="", text=text) for n, text in enumerate(TEXTS, 1)}
HITS = [Hit(passage=Passage(id=d.id, document_id=d.id, text=d.text, start=0, end=len(d.text)), score=1.0, found_by="words")
        for d in DOCUMENTS.values()]
HISTORY = [Turn(role=("user", "assistant")[n % 2], text=f"Turn {n} [1] about the ferry. " * 4) for n in range(8)]


def made(room: int, history=()) -> Request:
    return build(load_prompt("answer"), question="How long is the bridge?", hits=HITS, documents=DOCUMENTS, history=history, most=5,
                 disagreement="", room=room, count=token_counter())


def test_build_when_there_is_room_then_every_passage_is_there_in_its_order_and_fenced():
    request = made(8000)
    assert [source.number for source in request.sources] == [1, 2, 3, 4, 5, 6]
    user = request.messages[-1][1]
    fences = re.findall(r"^(==\w+==) passage (\d)$", user, re.MULTILINE)
    assert [number for _, number in fences] == list("123456") and len({fence for fence, _ in fences}) == 1
    assert fences[0][0] in request.messages[0][1]
    assert user.rstrip().endswith("Question: How long is the bridge?")


@pytest.mark.parametrize("room", [800, 900, 1000])
def test_build_when_room_is_short_then_the_best_passages_stay_and_it_is_kept_to(room):
    request = made(room)
    assert request.tokens <= room
    assert [source.number for source in request.sources] == list(range(1, len(request.sources) + 1)) != []
    assert len(request.sources) < 6


def test_build_when_the_history_is_long_then_the_newest_turns_are_kept_in_order_without_markers_and_passages_still_fit():
    request = made(1300, HISTORY)
    turns = [text for role, text in request.messages[1:-1]]
    assert 0 < len(turns) < len(HISTORY) and turns[-1].startswith("Turn 7")
    assert turns == sorted(turns) and "[1]" not in "".join(turns)
    assert request.sources and request.tokens <= 1300


def test_build_when_not_even_one_passage_fits_then_the_error_says_by_how_much():
    fits = next(room for room in range(300, 1500) if _fits(room))
    with pytest.raises(SettingsError, match=r" 10 tokens too small") as caught:
        made(fits - 10)
    assert "QA_LLM_CONTEXT" in caught.value.hint


def _fits(room: int) -> bool:
    try:
        return bool(made(room).sources)
    except SettingsError:
        return False


def test_fence_when_a_document_holds_one_then_the_fence_is_another():
    fence = fence_for(["a text"])
    assert fence_for([f"a text {fence} end"]) != fence == fence_for(["a text"])

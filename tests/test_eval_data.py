import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.data import TYPES, choose_half, load_cases
from qa import CasesError, Turn

ROOT = Path(__file__).parents[1]
SEED_CASES = ROOT / "eval" / "cases" / "seeds.jsonl"
ARTICLES = ROOT.parent / "shared" / "seeds"
DOCUMENTS = {
    "mill.txt": "The mill at Oban burnt down.\nMayor Ross said that\u00a0nobody was hurt. The mill closed.",
    "pier.txt": "The pier is new.",
}

GOOD = {"id": "c1", "type": "factual", "question": "What burnt down?", "answerable": True,
        "gold": [{"document": "mill.txt", "quote": "mill at Oban burnt down"}]}


def place(quote, document="mill.txt"):
    return {"document": document, "quote": quote}


@pytest.fixture
def load(tmp_path):
    """Loads rows (objects, or raw lines) as a case file over DOCUMENTS."""

    def load(*rows, **options):
        path = tmp_path / "cases.jsonl"
        path.write_text("".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows), encoding="utf-8")
        return load_cases(path, DOCUMENTS, **options)

    return load


def test_case_when_every_field_is_given_then_all_are_kept(load):
    row = {**GOOD, "type": "follow_up", "history": [{"role": "user", "text": "Hello?"}], "answer": "the mill",
           "speaker": "Ross", "figure": "1", "unit": "fire", "date": "2024-03", "voice": "named"}
    (case,), faults = load(row)
    assert faults == ()
    assert (case.id, case.type, case.question, case.answerable) == ("c1", "follow_up", "What burnt down?", True)
    assert case.history == (Turn(role="user", text="Hello?"),)
    assert (case.answers, case.speakers, case.figure, case.unit) == (("the mill",), ("Ross",), "1", "fire")
    assert (case.date, case.voice) == ("2024-03", "named")
    assert DOCUMENTS["mill.txt"][case.gold[0].start : case.gold[0].end] == "mill at Oban burnt down"


def test_quote_when_the_document_breaks_the_line_or_has_no_break_spaces_then_is_found(load):
    (case,), _ = load({**GOOD, "gold": [place("burnt down. Mayor Ross said that nobody")]})
    assert case.gold[0].quote == "burnt down.\nMayor Ross said that\u00a0nobody"


def test_gold_when_given_by_corpus_then_only_that_corpus_is_taken(load):
    row = {**GOOD, "gold": {"articles": [place("nobody was hurt")], "digests": [place("The pier", "pier.txt")]}}
    assert load(row, corpus="articles")[0][0].gold[0].document == "mill.txt"
    assert load(row, corpus="digests")[0][0].gold[0].document == "pier.txt"


def test_sides_when_given_then_their_places_are_gold_too(load):
    row = {**GOOD, "type": "contested", "gold_sides": [[place("nobody was hurt")], [place("The pier", "pier.txt")]]}
    (case,), _ = load(row)
    assert len(case.sides) == 2 and len(case.gold) == 3


def test_collection_question_when_it_names_documents_then_needs_no_gold(load):
    row = {"id": "c1", "type": "collection", "question": "Which are dated?", "answerable": True, "documents": ["pier.txt"]}
    assert load(row)[0][0].documents == ("pier.txt",)


def test_false_premise_when_it_has_a_correction_then_stays_unanswerable(load):
    row = {"id": "c1", "type": "false_premise", "question": "Why was Ross hurt?", "answerable": False, "status": "false_premise",
           "correction": [place("nobody was hurt")]}
    (case,), _ = load(row)
    assert (case.gold, case.correction[0].quote, case.status) == ((), "nobody was hurt", "false_premise")


def test_voice_when_given_by_corpus_then_only_that_corpus_is_taken(load):
    row = {**GOOD, "voice": {"articles": "named"}}
    assert [load(row, corpus=corpus)[0][0].voice for corpus in ("articles", "digests")] == ["named", ""]


@pytest.mark.parametrize(("change", "reason"), [
    ({"id": ""}, "id"),
    ({"id": 7}, "id"),
    ({"type": "riddle"}, "riddle"),
    ({"question": "  "}, "question"),
    ({"answerable": "yes"}, "answerable"),
    ({"answerable": False}, "factual"),
    ({"type": "unanswerable"}, "unanswerable"),
    ({"type": "unanswerable", "answerable": False}, "has gold"),
    ({"gold": []}, "no gold"),
    ({"gold": {"other": [place("nobody was hurt")]}}, "no gold"),
    ({"gold": "mill"}, "gold is not a list"),
    ({"gold": ["mill"]}, "document and quote"),
    ({"gold": [place("nobody was hurt", "lost.txt")]}, "lost.txt"),
    ({"gold": [place("somebody was hurt")]}, "0 times"),
    ({"gold": [place("mill")]}, "2 times"),
    ({"gold": [place("mill at Oban burnt down. Mayor Ross said that")]}, "more than 8 words"),
    ({"gold_sides": [[place("nobody was hurt")]]}, "two sides"),
    ({"gold_sides": [[place("nobody was hurt")], []]}, "none of them empty"),
    ({"gold_sides": ["mill", "pier"]}, "not a list"),
    ({"history": [{"role": "user", "text": "Hello?"}]}, "follow_up"),
    ({"type": "follow_up"}, "needs a history"),
    ({"type": "follow_up", "history": [{"role": "judge", "text": "x"}]}, "role"),
    ({"type": "follow_up", "history": ["x"]}, "history"),
    ({"answer": 24}, "answer"),
    ({"answer": ["24", ""]}, "answer"),
    ({"speaker": ""}, "speaker"),
    ({"speaker": ["Ross", ""]}, "speaker"),
    ({"voice": "loud"}, "loud"),
    ({"voice": {"digests": "loud"}}, "loud"),
    ({"status": "maybe"}, "maybe"),
    ({"unit": "fires"}, "without a figure"),
    ({"documents": ["mill.txt"]}, "collection"),
    ({"type": "collection", "documents": ["barn.txt"]}, "barn.txt"),
    ({"correction": [place("nobody was hurt")]}, "false_premise"),
    ({"date": "2024-13"}, "2024-13"),
    ({"awnser": "24"}, "unknown field awnser"),
])
def test_line_when_a_field_is_wrong_then_is_left_out_with_line_and_reason(load, change, reason):
    cases, (fault,) = load({**GOOD, "id": "c0"}, "", {**GOOD, **change})
    assert [case.id for case in cases] == ["c0"]
    assert fault.line == 3 and reason in fault.reason


@pytest.mark.parametrize("field", ["id", "type", "question", "answerable"])
def test_line_when_a_required_field_is_missing_then_is_a_fault_naming_it(load, field):
    _, (fault,) = load({**GOOD, "id": "c0"}, {name: value for name, value in GOOD.items() if name != field})
    assert field in fault.reason


@pytest.mark.parametrize("line", ["{", "[1]", "null", '"text"'])
def test_line_when_it_is_no_json_object_then_is_a_fault(load, line):
    cases, (fault,) = load(line, GOOD)
    assert len(cases) == 1 and fault.line == 1


def test_id_when_it_stands_twice_then_the_first_is_kept(load):
    cases, (fault,) = load(GOOD, {**GOOD, "question": "Again?"})
    assert [case.question for case in cases] == ["What burnt down?"]
    assert fault.line == 2 and "c1" in fault.reason


def test_load_when_no_line_is_usable_then_raises_with_the_line_numbers(load):
    with pytest.raises(CasesError, match="line 1.*line 2"):
        load("{", {**GOOD, "type": "riddle"})
    with pytest.raises(CasesError, match="no lines"):
        load("")


def test_load_when_strict_then_one_fault_raises(load):
    with pytest.raises(CasesError, match="line 2"):
        load(GOOD, "{", strict=True)


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_load_when_the_file_cannot_be_read_then_raises_cases_error(tmp_path, content):
    path = tmp_path / "cases.jsonl"
    if content:
        path.write_bytes(content)
    with pytest.raises(CasesError, match="cannot be read"):
        load_cases(path, DOCUMENTS)


def test_half_when_chosen_then_even_and_odd_make_up_the_whole(load):
    cases, _ = load(*({**GOOD, "id": f"c{i}"} for i in range(5)))
    assert [case.id for case in choose_half(cases, "even")] == ["c0", "c2", "c4"]
    assert [case.id for case in choose_half(cases, "odd")] == ["c1", "c3"]
    assert choose_half(cases, "all") == cases


def test_half_when_an_id_has_no_number_then_raises_only_for_a_half(load):
    cases, _ = load({**GOOD, "id": "mill"})
    assert choose_half(cases, "all") == cases
    with pytest.raises(CasesError, match="mill"):
        choose_half(cases, "odd")


values = st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=8),
                      lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3), max_leaves=6)


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(["id", "type", "question", "answerable", "gold", "gold_sides", "history", "answer", "speaker", "date"]), values)
def test_line_when_a_field_holds_anything_then_is_a_case_or_a_fault(tmp_path_factory, field, value):
    path = tmp_path_factory.getbasetemp() / "any.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in ({**GOOD, "id": "c0"}, {**GOOD, field: value})), encoding="utf-8")
    cases, faults = load_cases(path, DOCUMENTS)
    assert len(cases) + len(faults) == 2 and cases[0].id == "c0"


def seed_cases(corpus="digests", folder=ROOT / "seeds"):
    documents = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}
    return load_cases(SEED_CASES, documents, corpus=corpus, strict=True)[0]


def test_seed_cases_when_loaded_over_the_digests_then_every_line_is_usable():
    assert len(seed_cases()) >= 70


@pytest.mark.skipif(not ARTICLES.is_dir(), reason="the original articles are not here")
def test_seed_cases_when_loaded_over_the_articles_then_the_same_cases_are_usable():
    assert [case.id for case in seed_cases("articles", ARTICLES)] == [case.id for case in seed_cases()]


def test_seed_cases_when_counted_then_a_third_is_unanswerable_and_both_halves_have_every_type():
    cases = seed_cases()
    even, odd = choose_half(cases, "even"), choose_half(cases, "odd")
    assert sum(not case.answerable for case in cases) >= len(cases) / 3
    assert abs(len(even) - len(odd)) <= 1
    for half in (even, odd):
        assert set(Counter(case.type for case in half)) == set(TYPES) - {"how_many", "yes_no", "collection"}


def test_second_corpus_cases_when_loaded_then_every_line_is_usable_and_both_halves_have_every_type():
    folder = ROOT / "eval" / "corpora" / "tarrow"
    cases, _ = load_cases(ROOT / "eval" / "cases" / "tarrow.jsonl", {p.name: p.read_text(encoding="utf-8") for p in folder.iterdir()}, strict=True)
    assert len(cases) + len(seed_cases()) >= 150
    assert sum(not case.answerable for case in cases) >= 0.3 * len(cases)
    for half in ("even", "odd"):
        assert set(Counter(case.type for case in choose_half(cases, half))) == set(TYPES)


def test_seed_cases_when_two_documents_must_be_shown_then_the_sides_say_so():
    assert all(len(case.sides) >= 2 for case in seed_cases() if case.type in ("several_documents", "contested"))


@pytest.mark.parametrize("kind", ["training", "unseen"])
def test_topics_when_read_then_every_case_of_each_is_usable_and_no_topic_is_of_both_kinds(kind):
    other = {"training": "unseen", "unseen": "training"}[kind]
    files = sorted((ROOT / "eval" / "cases" / kind).glob("*.jsonl"))
    folders = {folder.name: folder for folder in (ROOT / "eval" / "corpora" / kind).iterdir()}
    assert [file.stem for file in files] == sorted(folders) and not {file.stem for file in files} & {
        file.stem for file in (ROOT / "eval" / "cases" / other).iterdir()}
    for file in files:
        texts = {path.name: path.read_text(encoding="utf-8") for path in folders[file.stem].iterdir()}
        cases, _ = load_cases(file, texts, strict=True)
        assert len(texts) == 5 and len(cases) >= 64 and all(case.id.startswith(f"{file.stem}-") for case in cases)

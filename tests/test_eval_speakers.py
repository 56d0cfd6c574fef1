import json

import pytest

from eval import speakers
from eval.__main__ import main
from qa import CasesError
from qa.attribution import Attribution

TEXT = "Mira Stolz said that the mill was shut.\n\nThe owner, it is said, has left the valley.\n\nThe weir is dry.\n"


def case(name, quote, *who):
    return json.dumps({"id": name, "type": "who_said", "question": "Who?", "answerable": True, "gold": [{"document": "mill.txt", "quote": quote}],
                       "speaker": list(who)})


def affair(folder, name, *lines):
    (folder / "cases").mkdir(exist_ok=True)
    (folder / "docs" / name).mkdir(parents=True)
    (folder / "cases" / f"{name}.jsonl").write_text("\n".join(lines) + "\n")
    (folder / "docs" / name / "mill.txt").write_text(TEXT)


def named(who):
    return Attribution(voice="named", speaker=who), ""


@pytest.mark.parametrize(("shown", "outcome"), [
    ([named("Mira Stolz")], "right"),
    ([named("Stolz")], "right"),
    ([named("Piet Lund"), named("the mayor Mira Stolz")], "right"),
    ([named("Piet Lund"), (Attribution(voice="document"), "")], "wrong name"),
    ([named("She")], "pronoun"),
    ([(Attribution(voice="unnamed"), "")], "unnamed"),
    ([(Attribution(voice="document"), "")], "document"),
    ([(Attribution(voice="document"), "Mira Stolz")], "author"),
])
def test_outcome_when_shown_then_the_best_sentence_counts_and_a_wrong_name_is_worst(shown, outcome):
    assert speakers.outcome(["Mira Stolz"], shown) == outcome


def test_speakers_when_a_folder_is_measured_then_each_outcome_is_counted(tmp_path, capsys):
    affair(tmp_path, "a", case("a1", "the mill was shut", "Mira Stolz"), case("a2", "has left the valley", "Mira Stolz"))
    affair(tmp_path, "b", case("b1", "The weir is dry", "Mira Stolz"))
    assert main(["speakers", str(tmp_path / "cases"), "--docs", str(tmp_path / "docs")]) == 0
    shown = dict(line.rsplit(maxsplit=3)[:2] for line in capsys.readouterr().out.splitlines())
    assert shown == {"right": "1", "author": "0", "wrong name": "0", "pronoun": "0", "unnamed": "1", "document": "1"}


def test_pairs_when_half_is_asked_then_it_goes_by_place_in_the_sorted_list(tmp_path):
    for name in "cab":
        affair(tmp_path, name, case(f"{name}1", "The weir is dry", "Mira Stolz"))
    cases, docs = tmp_path / "cases", tmp_path / "docs"
    assert [path.stem for path, _ in speakers.pairs(cases, docs, half="even")] == ["a", "c"]
    assert [folder.name for _, folder in speakers.pairs(cases, docs, half="odd")] == ["b"]
    assert speakers.pairs(cases / "b.jsonl", docs / "b") == [(cases / "b.jsonl", docs / "b")]


def test_pairs_when_documents_are_missing_or_a_file_is_halved_then_it_says_so(tmp_path):
    affair(tmp_path, "a", case("a1", "The weir is dry", "Mira Stolz"))
    with pytest.raises(CasesError, match="is no folder"):
        speakers.pairs(tmp_path / "cases", tmp_path / "elsewhere")
    with pytest.raises(CasesError, match="is one file"):
        speakers.pairs(tmp_path / "cases" / "a.jsonl", tmp_path / "docs", half="even")
    with pytest.raises(CasesError, match="no file of cases"):
        speakers.pairs(tmp_path / "docs", tmp_path / "docs")

"""What the reader is trained on: changed questions, joined sentences, folds; and, where PyTorch is there, the model against the program's."""

import json
from random import Random

import pytest

from eval.train import topics
from eval.train.negatives import OPPOSITES, unanswerable
from eval.train.row import Row
from eval.train.rows import bench_rows, fold, training_rows
from eval.train.topics import SILENT, of_epoch
from eval.train.words import word_f1

TEXT = "Rhea Moll steered the Aldora. In 2031 Pim Okker took over."


@pytest.mark.parametrize("question, answers", [
    ("When did Rhea Moll steer?", ["2031"]), ("Who steered before 2031?", ["Rhea Moll"]), ("Which was the first ship?", ["the Aldora"]),
    ("How many of the 40 ships were lost?", ["12"]),
])
def test_unanswerable_when_something_can_be_changed_then_one_thing_is_and_it_is_no_answer(question, answers):
    changed = unanswerable(question, TEXT, answers, "Where did Ada Wynn live?", Random(1))
    assert changed and changed != question
    assert not any(answer in changed and answer not in question for answer in answers)


def test_unanswerable_when_there_is_nothing_to_change_then_there_is_no_question():
    assert unanswerable("Why?", TEXT, [], "Why?", Random(1)) == ""


def test_opposites_when_turned_twice_then_the_word_is_back():
    assert all(OPPOSITES[OPPOSITES[word]] == word for word in OPPOSITES)


def test_fold_when_the_article_is_the_same_then_the_fold_is():
    found = [fold(f"Article {n}") for n in range(500)]
    assert found == [fold(f"Article {n}") for n in range(500)]
    assert {name: found.count(name) > 50 for name in "ABC"} == dict.fromkeys("ABC", True)


@pytest.fixture
def bench(tmp_path):
    def write(path, *records):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(json.dumps(record) + "\n" for record in records))

    text = "The mill burned in 1874. Nobody was hurt."
    shared = {"title": "Mill", "text": text, "question": "When did the mill burn?"}
    write(tmp_path / "squad2" / "dev.jsonl", {**shared, "answerable": True, "answers": ["1874"]}, {**shared, "answerable": False, "answers": []})
    write(tmp_path / "qed" / "dev.jsonl", {**shared, "kind": "single_sentence", "sentence_starts": [0, 25], "gold_sentence": {"start": 0},
                                           "answers": [[{"start": 19, "end": 23, "text": "1874"}]]})
    sentences = text.replace(". ", ".|").split("|")
    for name, selected in (("answerable", sentences[:1]), ("unanswerable", [])):
        write(tmp_path / "clapnq" / f"{name}.jsonl", {**shared, "sentences": sentences, "selected_sentences": selected, "answerable": bool(selected)})
    return tmp_path


def test_bench_rows_when_read_then_gold_and_span_point_at_the_answer(bench):
    rows = bench_rows(bench)
    assert [(row.origin, row.gold, row.answers) for row in rows] == [
        ("squad2", (0,), True), ("squad2", (), False), ("qed", (0,), True), ("clapnq", (0,), True), ("clapnq", (), False)]
    assert all(row.text[slice(*row.span)] == "1874" for row in rows if row.span)
    assert {row.fold for row in rows} == {fold("Mill")}


@pytest.fixture
def open_sets(tmp_path):
    import gzip

    text = "The mill burned in 1874. Pim Okker rebuilt it."
    sets = {
        "a_span": [{"set": "squad1_train_val", "question": f"When did the mill of Rhea Moll burn {n} times?", "text": text, "answers": ["1874"], "start": 19}
                   for n in range(20)],
        "b_sentence": [{"set": name, "question": f"Who sang {n}?", "text": f"{label} sang {n}.", "label": label}
                       for n in range(20) for name, label in (("nqg_squad1train", 1), ("nqg_squad1train_neg_weak", 0))],
        "c_answerable": [{"set": "condaqa", "question": "Did it burn?", "text": text, "label": 1}],
        "d_entail": [{"set": "fever_dev", "claim": "It burned.", "text": text, "label": "supported"}],
    }
    for name, records in sets.items():
        records += [{"set": "bioasq", "question": "q?", "text": "t.", "label": 1}] * (name == "b_sentence")
        with gzip.open(tmp_path / f"{name}.jsonl.gz", "wt") as file:
            file.write("".join(json.dumps(record) + "\n" for record in records))
    return tmp_path


def test_training_rows_when_made_then_every_gold_sentence_is_a_slice_and_changed_questions_have_none(open_sets):
    rows = training_rows(open_sets)
    assert rows == training_rows(open_sets) and rows != training_rows(open_sets, seed=2)
    changed = [row for row in rows if row.origin.endswith("_changed")]
    assert changed and all(row.answers is False and row.gold == () and row.span == () for row in changed)
    sung = [row for row in rows if row.origin == "nqg_squad1train"]
    assert {row.answers for row in sung} == {True, False}
    assert all([row.text[slice(*row.sentences[i])][0] for i in row.gold] == ["1"] * len(row.gold) for row in sung)


def test_reader_when_run_by_pytorch_and_by_the_program_then_they_nearly_agree():
    pytest.importorskip("torch")
    pytest.importorskip("safetensors")
    from eval.train.batches import encode, open_tokenizer
    from eval.train.export import restored
    from eval.train.measure import read
    from eval.train.model import from_minilm
    from qa.embedding.minilm import HINT, PACKAGE
    from qa.weights import find_file
    from qa.reader import open_reader
    from qa.reader.model import TRAINED

    model = from_minilm(find_file(PACKAGE, "model.safetensors", hint=HINT))
    model.load_state_dict(restored(TRAINED, model.state_dict()))
    row = Row(question="Who steered the Aldora?", text=TEXT, sentences=((0, 29), (30, len(TEXT))))
    (theirs,) = read(model, encode([row], open_tokenizer(find_file(PACKAGE, "tokenizer.json", hint=HINT))))
    (ours,) = open_reader().read(row.question, [row.text], [row.sentences])
    assert [one.answers for one in ours.sentences] == pytest.approx(list(theirs["sentences"]), abs=1)  # the states are rounded to 8 bits here, to 16 there
    assert ours.answers == pytest.approx(theirs["answers"], abs=1)
    assert max(one.sure for one in ours.sentences) == pytest.approx(-theirs["null"], abs=1)


def test_of_epoch_when_rows_are_chosen_then_all_that_answer_or_contradict_stay_and_of_the_silent_a_few():
    def row(gold=(), against=(), fold="A"):
        return Row(question="Why did the mill close?", text=f"{next(numbers)}", gold=gold, against=against, fold=fold)

    numbers = iter(range(99))
    rows = [row(gold=(0,)), row(against=(0,)), *(row() for _ in range(9)), row(gold=(0,), fold="B")]
    chosen = of_epoch(rows, "A", Random(1))
    assert rows[0] in chosen and rows[1] in chosen and rows[-1] not in chosen
    assert sum(not one.gold and not one.against for one in chosen) == SILENT


@pytest.fixture
def affair(monkeypatch, tmp_path):
    """A function that writes the documents and cases of one invented affair and gives its rows."""
    documents, cases = tmp_path / "corpora" / "training" / "mill", tmp_path / "cases" / "training"
    documents.mkdir(parents=True)
    cases.mkdir(parents=True)
    monkeypatch.setattr(topics, "HERE", tmp_path)

    def rows(texts, records):
        for name, text in texts.items():
            (documents / name).write_text(text)
        (cases / "mill.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))
        return topics.topic_rows()

    return rows


def test_topic_rows_when_made_then_words_and_sentences_point_at_what_the_case_calls_gold(affair):
    text = "---\ntitle: The mill of Ord\n---\nThe mill burned in 1874. Pim Okker rebuilt it. It never closed again.\n"
    records = [{"id": "m-0", "type": "when", "question": "When did it burn?", "answerable": True, "answer": "1874", "date": "1874",
                "gold": [{"document": "a.md", "quote": "burned in 1874"}]},
               {"id": "m-1", "type": "false_premise", "question": "Why did the mill close?", "answerable": False,
                "correction": [{"document": "a.md", "quote": "It never closed again"}]}]
    answered, corrected = [row for row in affair({"a.md": text}, records) if row.origin == "topics"]
    assert answered.title == "The mill of Ord" and answered.text[slice(*answered.span)] == "1874" and answered.gold == (0,)
    assert corrected.gold == () and corrected.span == () and corrected.against == (2,)


def test_pair_rows_when_two_sides_answer_then_each_is_set_against_the_other_and_not_against_itself(affair):
    texts = {"a.md": "---\ntitle: The mill of Ord\n---\nThe mill burned in 1874. Pim Okker rebuilt it.\n",
             "b.md": "---\ntitle: The miller's book\n---\nThe fire came in 1875, the miller wrote. It was the mill of his father.\n"}
    contested = {"id": "m-0", "type": "contested", "question": "When did the mill burn?", "answerable": True,
                 "gold_sides": [[{"document": "a.md", "quote": "burned in 1874"}], [{"document": "b.md", "quote": "came in 1875"}]]}
    pairs = [row for row in affair(texts, [contested]) if row.origin == "pairs"]
    against = {(row.question, row.text[slice(*row.sentences[i])]) for row in pairs for i in row.against}
    assert against == {("When did the mill burn? The mill burned in 1874.", "The fire came in 1875, the miller wrote."),
                       ("When did the mill burn? The fire came in 1875, the miller wrote.", "The mill burned in 1874.")}
    assert all(row.gold is None and row.answers is None for row in pairs)
    together = [row for row in affair(texts, [{**contested, "type": "several_documents"}]) if row.origin == "pairs"]
    assert together and not any(row.against for row in together)


@pytest.mark.parametrize("given, gold, f1", [("the 14 cables", ["14 cables"], 1.0), ("14", ["14 cables"], 2 / 3), ("none", ["14 cables"], 0.0),
                                             ("In 1874!", ["1874", "in 1874"], 1.0)])
def test_word_f1_when_words_are_shared_then_it_counts_them_against_the_nearest_gold_answer(given, gold, f1):
    assert word_f1(given, gold) == pytest.approx(f1)

"""Training rows from the open sets of `../shared/train` and the public halves of `../shared/bench`."""

import gzip
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

from eval.train.negatives import unanswerable
from eval.train.row import Row, view
from qa.language.sentences import split_sentences

SPANS = {"squad1_train_val": 9999, "bioasq_factoid": 2500, "quoref_contrast": 999, "drop_contrast": 999, "onestop_span": 999,
         "condaqa_span": 999, "timeqa": 1796, "tatqa": 814, "friendsqa": 900, "policyqa": 1500, "qamr": 5000}
"""How many rows of each open set are read, at most: qamr has few sentences, policyqa few questions (see SOURCES.md there)."""
QUESTIONS = {"nqg_squad1train": 10_000, "onestop": 2000}
WHOLE = {"squad1_train_val_indoc_weak": 3000, "timeqa": 577, "timeqa_indoc_weak": 800, "policyqa_indoc_weak": 800, "condaqa": 2000,
         "tatqa_indoc_weak": 300}
CLAIMS = {"fever_dev": 4000, "snli_dev_test": 1500, "mnli_dev_matched": 3000, "cad_nli": 2000, "conjnli_human": 1000, "negation_nli": 2000}
MUTATED = {"squad1_train_val": 0.8, "timeqa": 0.4, "bioasq_factoid": 0.3, "qamr": 0.15, "quoref_contrast": 0.5}
"""The share of a set's questions that come a second time, changed so that the text does not answer them."""


def training_rows(folder: Path, *, seed: int = 1) -> list[Row]:
    """The open sets, capped, with changed questions among them, each text in one of its views (`eval.train.views`).

    The same rows at every call with the same seed; another seed gives another choice, other changes and other views.
    """
    random = Random(seed)
    rows = [*_spans(folder / "a_span.jsonl.gz", random), *_questions(folder / "b_sentence.jsonl.gz", random),
            *_whole(folder / "c_answerable.jsonl.gz", random), *_claims(folder / "d_entail.jsonl.gz", random)]
    random.shuffle(rows)
    return rows


def bench_rows(folder: Path) -> list[Row]:
    """squad2, qed and clapnq with their fold, "A", "B" or "C", a function of the article's title: no article is in two folds."""
    rows = []
    for record in read(folder / "squad2" / "dev.jsonl"):
        rows.append(_reading(record, record["answers"], record["answerable"], origin="squad2"))
    for record in read(folder / "qed" / "dev.jsonl"):
        if record["kind"] == "single_sentence":
            starts = [*record["sentence_starts"], len(record["text"])]
            spans = tuple(zip(starts, starts[1:], strict=False))
            gold = record["gold_sentence"]["start"]
            answer = record["answers"][0][0] if record["answers"] and record["answers"][0] else None
            rows.append(Row(question=record["question"], text=record["text"], sentences=spans, answers=True, origin="qed",
                            gold=tuple(i for i, (start, end) in enumerate(spans) if start <= gold < end), fold=fold(record["title"]),
                            title=record["title"], span=(answer["start"], answer["end"]) if answer else None))
    for name in ("answerable", "unanswerable"):
        for record in read(folder / "clapnq" / f"{name}.jsonl"):
            rows.append(_clapnq(record))
    return rows


def fold(title: str) -> str:
    """The fold of an article: A and B for cross-validation (40 % each), C kept for the end (20 %)."""
    return "AABBC"[hashlib.sha256(title.encode()).digest()[0] % 5]


def read(path: Path) -> Iterator[dict]:
    """The records of a JSON-lines file, gzipped or not."""
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def _capped(path: Path, caps: dict[str, int], random: Random) -> dict[str, list[dict]]:
    found = defaultdict(list)
    for record in read(path):
        if record["set"] in caps:
            found[record["set"]].append(record)
    return {name: random.sample(records, min(caps[name], len(records))) for name, records in sorted(found.items())}


def _spans(path: Path, random: Random) -> Iterator[Row]:
    for name, records in _capped(path, SPANS, random).items():
        for number, record in enumerate(records):
            row = _reading(record, record["answers"], True, origin=name, start=record["start"])
            yield view(row, random)
            if random.random() < MUTATED.get(name, 0):
                other = records[number - 1]["question"]
                changed = unanswerable(row.question, row.text, record["answers"], other, random)
                if changed:
                    yield view(replace(row, question=changed, gold=(), span=(), answers=False, origin=name + "_changed"), random)


def _reading(record: dict, answers: list[str], answerable: bool, *, origin: str, start: int | None = None) -> Row:
    text = record["text"]
    sentences = tuple(split_sentences(text))
    span: tuple[int, ...] = ()
    if answerable:
        start = text.find(answers[0]) if start is None else start
        span = (start, start + len(answers[0]))
    gold = tuple(i for i, (first, end) in enumerate(sentences) if span and first <= span[0] < end)
    return Row(question=record["question"], text=text, sentences=sentences, gold=gold, span=span, answers=answerable, origin=origin,
               fold=fold(record.get("title", "")), title=record.get("title", ""))


def _clapnq(record: dict) -> Row:
    """Sentences as the set gives them, joined by one space; a sentence is gold where the annotators selected it."""
    sentences, place = [], 0
    for sentence in record["sentences"]:
        sentences.append((place, place + len(sentence)))
        place += len(sentence) + 1
    selected = set(record["selected_sentences"])
    gold = tuple(i for i, sentence in enumerate(record["sentences"]) if sentence in selected)
    return Row(question=record["question"], text=" ".join(record["sentences"]), sentences=tuple(sentences), gold=gold,
               answers=bool(record["answerable"]), fold=fold(record["title"]), title=record["title"], origin="clapnq", span=None if gold else ())


def _questions(path: Path, random: Random) -> Iterator[Row]:
    """A question's labelled sentences, shuffled into one text; for a quarter of them without those that answer."""
    for name, weak in (("nqg_squad1train", True), ("onestop", False)):
        groups: dict[str, dict[int, list[str]]] = defaultdict(lambda: {0: [], 1: []})
        for record in read(path):
            if record["set"] in (name, name + "_neg_weak"):
                groups[record["question"]][record["label"]].append(record["text"])
        chosen = random.sample(sorted(groups), min(QUESTIONS[name], len(groups)))
        for question in chosen:
            right, wrong = groups[question][1], groups[question][0]
            kept = [] if wrong and weak and random.random() < 0.25 else right[:1]
            yield _joined(question, kept, random.sample(wrong, min(3, len(wrong))), random, origin=name)
    for record in _capped(path, {"bioasq": 1500}, random)["bioasq"]:
        yield _joined(record["question"], [record["text"]], [], random, origin="bioasq")


def _joined(question: str, right: list[str], wrong: list[str], random: Random, *, origin: str) -> Row:
    parts = [(text, True) for text in right] + [(text, False) for text in wrong]
    random.shuffle(parts)
    sentences, place = [], 0
    for text, _ in parts:
        sentences.append((place, place + len(text)))
        place += len(text) + 1
    return Row(question=question, text=" ".join(text for text, _ in parts), sentences=tuple(sentences), answers=bool(right),
               gold=tuple(i for i, (_, answers) in enumerate(parts) if answers), span=None if right else (), origin=origin)


def _whole(path: Path, random: Random) -> Iterator[Row]:
    for name, records in _capped(path, WHOLE, random).items():
        for record in records:
            answers = bool(record["label"])
            if not (answers and name == "timeqa"):  # those are among the spans
                yield Row(question=record["question"], text=record["text"], answers=answers, origin=name,
                          sentences=() if answers else tuple(split_sentences(record["text"])), gold=None if answers else (),
                          span=None if answers else ())


def _claims(path: Path, random: Random) -> Iterator[Row]:
    for name, records in _capped(path, CLAIMS, random).items():
        for record in records:
            if record["label"] in ("supported", "contradicted", "not_enough"):  # some sets tell no more than "not supported"
                against = (0,) if record["label"] == "contradicted" else ()
                yield Row(question=record["claim"], text=record["text"], sentences=((0, len(record["text"])),), against=against, origin=name)

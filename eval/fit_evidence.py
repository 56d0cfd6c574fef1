"""Fits the weights with which the extractive answerer judges a sentence (`qa.answering.evidence`).

    python -m eval.fit_evidence --data ../shared/bench          fit on even rows, report even and odd rows
    … --reader A=FILE --reader B=FILE --reader C=FILE           the same with the trained reader, and without it beside

Each FILE is weights written by `eval.train.export`, trained without the articles of that fold: so every row is read by a reader
that did not see its article.

Logistic regression over sentences, no weight below 0, fitted by projected gradient descent. Rows: QED and CLAPNQ (does the
sentence hold the gold answer), SQuAD 2.0 (likewise; no sentence of an unanswerable question answers), and every QED and CLAPNQ
question once more with the nearest paragraph of another article, as if its own were not in the library: there nothing answers.
"""

import argparse
import hashlib
import json
import re
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from eval.train.rows import fold
from qa.answering.closely import read_closely
from qa.answering.evidence import BIAS, BIAS_READ, FITTED, GATE_READ, READ, WEIGHTS, WEIGHTS_READ, features, rarities
from qa.answering.forms import Around
from qa.answering.question import analyse
from qa.embedding import open_embedder
from qa.language.sentences import split_sentences
from qa.language.words import stem, tokens
from qa.reader import Reader, open_reader
from qa.records import Document, Passage
from qa.settings import Settings

BEST_SHARE = 0.4  # as qa.answering.extract.BESIDE_THE_BEST

@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One question with the sentences of its paragraph, which of them answer, and the set it is from."""

    set: str
    question: str
    sentences: tuple[str, ...]
    answers: tuple[bool, ...]
    title: str = ""
    fold: str = ""


def load(data: Path) -> list[Row]:
    """All rows in file order, sets one after another."""
    rows = []
    for record in _lines(data / "qed" / "dev.jsonl"):
        starts = [*record["sentence_starts"], len(record["text"])]
        sentences = tuple(record["text"][a:b] for a, b in zip(starts, starts[1:], strict=False))
        gold = record.get("gold_sentence")
        if gold:
            rows.append(Row(set="qed", question=record["question"], sentences=sentences, title=record["title"],
                            answers=tuple(start == gold["start"] for start in starts[:-1]), fold=fold(record["title"])))
    for record in _lines(data / "squad2" / "dev.jsonl"):
        sentences = tuple(record["text"][a:b] for a, b in split_sentences(record["text"]))
        golds = record["answers"] if record["answerable"] else []
        rows.append(Row(set="squad2", question=record["question"], sentences=sentences, title=record["title"],
                        answers=_best_holder(record["question"], sentences, golds), fold=fold(record["title"])))
    for name in ("answerable", "unanswerable"):
        for record in _lines(data / "clapnq" / f"{name}.jsonl"):
            gold = {_flat(s) for s in record.get("selected_sentences") or ()}
            sentences = tuple(record["sentences"])
            answers = tuple(_flat(s) in gold for s in sentences)
            rows.append(Row(set="clapnq", question=record["question"], sentences=sentences, title=record["title"],
                            answers=answers if name == "answerable" else (False,) * len(sentences), fold=fold(record["title"])))
    return rows


def _best_holder(question: str, sentences: tuple[str, ...], golds: list[str]) -> tuple[bool, ...]:
    """Of the sentences that hold a gold answer, the one that shares most words with the question."""
    asked = set(analyse(question).terms)
    holders = [i for i, s in enumerate(sentences) if any(gold in s for gold in golds)]
    best = max(holders, key=lambda i: len(asked & {stem(t.text) for t in tokens(sentences[i])}), default=-1)
    return tuple(i == best for i in range(len(sentences)))


def _lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _flat(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def elsewhere(rows: list[Row], vectors: dict[str, np.ndarray]) -> list[Row]:
    """Each answerable QED and CLAPNQ question with the nearest paragraph (mean of its sentences) of another title."""
    places = sorted({(row.title, row.sentences) for row in rows})
    means = np.array([np.mean([vectors[s] for s in sentences], axis=0) for _, sentences in places])
    found = []
    for row in rows:
        if row.set == "squad2" or not any(row.answers):
            continue
        near = means @ vectors[row.question]
        near[[i for i, (title, _) in enumerate(places) if title == row.title]] = -1
        title, sentences = places[int(near.argmax())]
        found.append(replace(row, set="elsewhere", sentences=sentences, title=title, answers=(False,) * len(sentences)))
    return found


def measure(rows: list[Row], vectors: dict[str, np.ndarray], readers: dict[str, Reader]) -> list[np.ndarray]:
    """The features of every sentence of every row, the gate last: one array [sentences, features] a row."""
    seen = Counter()
    paragraphs = {row.sentences for row in rows}
    for paragraph in paragraphs:
        seen.update({stem(token.text) for sentence in paragraph for token in tokens(sentence)})
    found = []
    for row in rows:
        asked = analyse(row.question)
        weights = rarities(asked, seen, len(paragraphs))
        here = []
        read = _read(row, readers[row.fold]) if readers else [None] * len(row.sentences)
        for i, sentence in enumerate(row.sentences):
            around = Around(sentence=sentence, before=row.sentences[i - 1] if i else "", about=row.title, passage=" ".join(row.sentences),
                            after=row.sentences[i + 1] if i + 1 < len(row.sentences) else "")
            meaning = float(vectors[row.question] @ vectors[around.in_context()])
            found_here = features(asked, around, weights, meaning=meaning)
            here.append([*replace(found_here, closely=read[i]).values(), found_here.gate])
        found.append(np.array(here, dtype=np.float64))
    return found


def _read(row: Row, reader: Reader) -> list:
    """What the reader makes of each sentence of the row's paragraph, read as a whole."""
    spans, place = [], 0
    for sentence in row.sentences:
        spans.append((place, place + len(sentence)))
        place += len(sentence) + 1
    document = Document(id="row", name="row", source="row", text=" ".join(row.sentences), title=row.title)
    passage = Passage(id="row", document_id="row", text=document.text, start=0, end=len(document.text), sentences=tuple(spans))
    found = read_closely(row.question, [(passage, span) for span in spans], {"row": document}, reader.read)
    return [found["row", start] for start, _ in spans]


def embedded(texts: set[str], embed) -> dict[str, np.ndarray]:
    ordered = sorted(texts)
    return dict(zip(ordered, embed(ordered), strict=True))


def fit(x: np.ndarray, y: np.ndarray, sample: np.ndarray, *, steps: int = 4000, rate: float = 0.5) -> tuple[float, np.ndarray]:
    """Bias and weights that minimise the weighted logistic loss with a small ridge, no weight below 0."""
    scale = x.std(axis=0)  # logits and shares move at one rate
    x, weights, bias = x / scale, np.ones(x.shape[1]), -2.0
    sample = sample / sample.sum()
    for _ in range(steps):
        error = sample * (1 / (1 + np.exp(-(x @ weights + bias))) - y)
        weights -= rate * (x.T @ error + 1e-4 * weights)
        bias -= rate * error.sum()
        weights = np.maximum(weights, 0.0)
    return float(bias), weights / scale


def report(rows: list[Row], found: list[np.ndarray], bias: float, weights: np.ndarray, *, power: float) -> dict[str, float]:
    """qed: gold sentence first; squad2 and clapnq: AUROC of the best sentence's score, answerable against not;
    elsewhere: the same for QED and CLAPNQ questions with their own paragraph against another one. `power` is that of the gate."""
    scores = [f[:, -1] ** power / (1 + np.exp(-(f[:, :-1] @ weights + bias))) for f in found]
    first = [row.answers[int(s.argmax())] for row, s in zip(rows, scores, strict=True) if row.set == "qed"]
    result = {"qed gold first": float(np.mean(first)), "clapnq gold sentences F1": _sentences_f1(rows, scores)}
    for name in ("squad2", "clapnq"):
        chosen = [(any(row.answers), s.max()) for row, s in zip(rows, scores, strict=True) if row.set == name]
        result[f"{name} AUROC"] = auroc([s for good, s in chosen if good], [s for good, s in chosen if not good])
    own = [s.max() for row, s in zip(rows, scores, strict=True) if row.set in ("qed", "clapnq") and any(row.answers)]
    result["elsewhere AUROC"] = auroc(own, [s.max() for row, s in zip(rows, scores, strict=True) if row.set == "elsewhere"])
    return result


def _sentences_f1(rows: list[Row], scores: list[np.ndarray]) -> float:
    """Mean F1 of the sentences within BEST_SHARE of the best one against the gold ones, answerable CLAPNQ rows, five at most."""
    found = []
    for row, score in zip(rows, scores, strict=True):
        if row.set == "clapnq" and any(row.answers):
            chosen = {int(i) for i in np.argsort(-score, kind="stable")[:5] if score[i] >= BEST_SHARE * score.max()}
            gold = {i for i, good in enumerate(row.answers) if good}
            found.append(2 * len(chosen & gold) / (len(chosen) + len(gold)))
    return float(np.mean(found))


def auroc(good: list[float], bad: list[float]) -> float:
    """Probability that a good score is above a bad one, ties counting half."""
    wins = sum((g > bad_scores).sum() + 0.5 * (g == bad_scores).sum() for bad_scores in [np.array(bad)] for g in good)
    return float(wins / (len(good) * len(bad)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--reader", metavar="FOLD=FILE", action="append", default=[], help="weights that did not see this fold")
    parser.add_argument("--folds", default="ABC", help="the folds to use (C is kept for the end)")
    options = parser.parse_args()
    readers = {name: _open(Path(path)) for name, _, path in (given.partition("=") for given in options.reader)}
    rows = [row for row in load(options.data) if row.fold in options.folds]
    embed = open_embedder(Settings()).embed
    vectors = embedded({text for row in rows for text in (*row.sentences, row.question)}, embed)
    halves = [[row for i, row in enumerate(rows) if i % 2 == half] for half in (0, 1)]
    rows = [row for half in halves for row in (*half, *elsewhere(half, vectors))]
    vectors |= embedded({f"{row.title}. {sentence}" for row in rows for sentence in row.sentences}, embed)
    found = measure(rows, vectors, readers)
    cut = len(halves[0]) + sum(row.set != "squad2" and any(row.answers) for row in halves[0])
    if readers:
        print("without the reader")
        _fit_and_report(rows, [np.delete(f, np.s_[len(FITTED) : -1], axis=1) for f in found], cut)
        print("with the reader")
    _fit_and_report(rows, found, cut)


def _open(path: Path) -> Reader:
    return open_reader(trained_path=path, sha256=hashlib.sha256(path.read_bytes()).hexdigest())


def _fit_and_report(rows: list[Row], found: list[np.ndarray], cut: int) -> None:
    """Fits on the rows before `cut`; prints the weights, and the figures of both parts with them and with those of the program."""
    even, odd = range(cut), range(cut, len(rows))
    x = np.concatenate([found[i][:, :-1] for i in even])
    y = np.concatenate([np.array(rows[i].answers, dtype=float) for i in even])
    per_set = Counter(rows[i].set for i in even)
    sample = np.concatenate([np.full(len(rows[i].answers), 1 / per_set[rows[i].set] / len(rows[i].answers)) for i in even])
    bias, weights = fit(x, y, sample)
    print("bias", round(bias, 2), {name: round(float(w), 2) for name, w in zip((*FITTED, *READ), weights, strict=False)})
    read = x.shape[1] > len(FITTED)
    own = (BIAS_READ, np.array(WEIGHTS_READ)) if read else (BIAS, np.array(WEIGHTS))
    for title, some in (("as fitted", (bias, weights)), ("as in the program", own)):
        for name, half in (("even", even), ("odd", odd)):
            figures = report([rows[i] for i in half], [found[i] for i in half], *some, power=GATE_READ if read else 1)
            print(title, name, {k: round(v, 3) for k, v in figures.items()})


if __name__ == "__main__":
    main()

"""How well the reader finds the answering words, given the paragraph: F1 of words on the answerable questions of squad2.

    python -m eval.train.words --data ../shared/bench --reader A=FILE --reader B=FILE --reader C=FILE

Each FILE is weights that did not see that fold (see README.md).
"""

import argparse
import collections
import hashlib
import re
from collections.abc import Sequence
from pathlib import Path

from eval.train.rows import fold, read
from qa.answering.closely import heading
from qa.reader import open_reader


def words(text: str) -> list[str]:
    """The words compared for F1, as SQuAD's script takes them: lower case, no articles, no punctuation."""
    return re.sub(r"\b(a|an|the)\b", " ", re.sub(r"[^\w\s]", "", text.lower())).split()


def word_f1(given: str, gold: Sequence[str]) -> float:
    best = 0.0
    for answer in gold:
        a, b = words(given), words(answer)
        same = sum((collections.Counter(a) & collections.Counter(b)).values())
        best = max(best, 2 * same / (len(a) + len(b)) if a and b else float(a == b))
    return best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--reader", metavar="FOLD=FILE", action="append", required=True)
    options = parser.parse_args()
    for name, _, file in (given.partition("=") for given in options.reader):
        reader = open_reader(trained_path=Path(file), sha256=hashlib.sha256(Path(file).read_bytes()).hexdigest())
        scores = []
        for record in read(options.data / "squad2" / "dev.jsonl"):
            if record["answerable"] and fold(record["title"]) == name:
                title, text = heading(record["title"]), record["text"]
                (found,) = reader.read(record["question"], [title + text], [[(len(title), len(title + text))]])
                scores.append(word_f1((title + text)[slice(*found.sentences[0].words)], record["answers"]))
        print(f"fold {name}: F1 {100 * sum(scores) / len(scores):.1f} over {len(scores)} questions")


if __name__ == "__main__":
    main()

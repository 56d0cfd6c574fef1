"""The sample corpus: five digests in the project's own words, every fact and figure attributed."""

import re
from datetime import date
from pathlib import Path

import pytest
import yaml

SEEDS = Path(__file__).parents[1] / "seeds"
ARTICLES = Path(__file__).parents[1].parent / "shared" / "seeds"
DIGESTS = sorted(SEEDS.glob("*.md"))
LONGEST_SHARED_RUN = 7

ATTRIBUTED = re.compile(
    r"\b(says?|said|according|reports?|reported|reportedly|asserts?|asserted|claims?|claimed|states?|stated|cited|citing|"
    r"announced|admitted|warned|attributes|article's|articles?)\b"
)
LOADED = re.compile(
    r"\b(terroris\w+|regime\w*|aggression|massacres?|genocid\w+|martyr\w*|illegal\w*|occupied|occupation|puppet|so-called)\b", re.I
)
SOMEBODY_ELSES_WORD = re.compile(r'\bcall(s|ed)?\b|\bcalling\b|"')


def parts(path: Path) -> tuple[dict, str]:
    """The front matter and the body of a digest."""
    _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    return yaml.safe_load(front), body


def sentences(body: str) -> list[str]:
    prose = "\n".join(line for line in body.splitlines() if not line.startswith("#"))
    return [sentence for block in prose.split("\n") for sentence in re.split(r"(?<=[.!?])\s+", block) if sentence.strip()]


def runs(text: str, length: int) -> set[tuple[str, ...]]:
    words = re.findall(r"[a-z0-9]+", text.lower())
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}


def test_seeds_when_listed_then_five_digests_of_five_different_articles():
    origins = {parts(path)[0]["origin"] for path in DIGESTS}
    assert len(DIGESTS) == len(origins) == 5


@pytest.mark.parametrize("path", DIGESTS, ids=lambda path: path.stem)
def test_front_matter_when_read_then_date_and_precision_agree(path):
    front, _ = parts(path)
    assert set(front) <= {"title", "published", "precision", "outlet", "kind", "origin"}
    assert front["title"].strip() and front["kind"] in {"report", "commentary", "statement", "unknown"}
    expected = {"day": date, "year": int, "none": type(None)}[front["precision"]]
    assert isinstance(front.get("published"), expected)


@pytest.mark.parametrize("path", DIGESTS, ids=lambda path: path.stem)
def test_file_name_when_the_article_is_dated_then_it_starts_with_the_date(path):
    published = parts(path)[0].get("published")
    assert path.name.startswith(str(published) if published else "undated")


@pytest.mark.parametrize("path", DIGESTS, ids=lambda path: path.stem)
def test_digest_when_counted_then_has_250_to_1500_words(path):
    assert 250 <= len(parts(path)[1].split()) <= 1500


@pytest.mark.parametrize("path", DIGESTS, ids=lambda path: path.stem)
def test_sentence_when_it_has_a_figure_then_it_says_who_gives_it(path):
    figures = [sentence for sentence in sentences(parts(path)[1]) if re.search(r"\d", sentence)]
    assert figures and [sentence for sentence in figures if not ATTRIBUTED.search(sentence)] == []


@pytest.mark.parametrize("path", DIGESTS, ids=lambda path: path.stem)
def test_paragraph_when_read_alone_then_it_says_who_is_speaking(path):
    blocks = [block for block in parts(path)[1].split("\n\n") if block.strip() and not block.startswith("#")]
    assert [block for block in blocks if not ATTRIBUTED.search(block)] == []


@pytest.mark.parametrize("path", DIGESTS, ids=lambda path: path.stem)
def test_loaded_word_when_used_then_it_is_shown_as_somebody_elses(path):
    without_names = parts(path)[1].replace("Martyr Omar Al-Qasim Forces", "")
    loaded = [sentence for sentence in sentences(without_names) if LOADED.search(sentence)]
    assert [sentence for sentence in loaded if not SOMEBODY_ELSES_WORD.search(sentence)] == []


@pytest.mark.skipif(not ARTICLES.is_dir(), reason="the original articles are not here")
@pytest.mark.parametrize("path", DIGESTS, ids=lambda path: path.stem)
def test_digest_when_compared_with_the_articles_then_no_run_of_eight_words_is_shared(path):
    front, body = parts(path)
    assert (ARTICLES / front["origin"]).is_file()
    own = runs(front["title"] + "\n" + body, LONGEST_SHARED_RUN + 1)
    for article in ARTICLES.glob("*.txt"):
        assert own & runs(article.read_text(encoding="utf-8"), LONGEST_SHARED_RUN + 1) == set()

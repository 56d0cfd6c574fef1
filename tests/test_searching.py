"""What the search asks the keyword index for, and that words find before anything is embedded."""

import threading

from qa.library import Library
from qa.library.searching import SMALL, rarity, searched
from qa.testing import TinyEmbedder


def test_searched_when_the_library_is_large_then_common_words_are_left_out_unless_there_is_no_other():
    words = {"mill": "mills", "report": "reports", "unknown": "unknown"}
    assert searched(words, {"mill": 3, "report": SMALL, "unknown": 0}, SMALL) == ["mills", "reports"]
    assert searched(words, {"mill": 3, "report": SMALL, "unknown": 0}, SMALL + 1) == ["mills"]
    assert searched(words, {"mill": SMALL, "report": SMALL - 1, "unknown": 0}, SMALL + 1) == ["reports"]
    assert searched({}, {}, 10) == []


def test_rarity_when_a_word_is_in_more_passages_then_less_and_never_below_0():
    values = [rarity(seen, 100) for seen in (0, 1, 50, 99, 100, 101)]
    assert values == sorted(values, reverse=True) and values[-1] >= 0


class Waiting(TinyEmbedder):
    """Embeds passages only once it is let to."""

    def __init__(self):
        super().__init__()
        self.may = threading.Event()

    def embed(self, texts, on_progress=None):
        if len(texts) > 1:
            assert self.may.wait(60)
        return super().embed(texts)


def test_search_when_documents_are_read_but_not_embedded_then_words_find_them(tmp_path):
    for name in ("Brandt", "Odra", "Lund"):
        (tmp_path / f"{name}.txt").write_text(f"The mill at {name} burnt on Monday.")
    embedder, read = Waiting(), threading.Event()
    with Library(tmp_path / "library", embedder=embedder) as library:
        adding = threading.Thread(target=library.add, args=([tmp_path / f"{name}.txt" for name in ("Brandt", "Odra", "Lund")],),
                                  kwargs={"on_progress": lambda p: p.stage == "embedding" and read.set()})
        adding.start()
        try:
            assert read.wait(60)
            hits = library.search("mill at Odra")
            assert "Odra" in hits[0].passage.text and hits[0].found_by == "words"
            assert "Odra" in library.excerpts("mill at Odra")[0].passage.text
        finally:
            embedder.may.set()
            adding.join()
        assert library.search("mill at Odra")[0].found_by == "both"

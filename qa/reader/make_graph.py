"""Writes reader.onnx, the reader's graph without its weights. Run as `python -m qa.reader.make_graph`.

Needs the development dependency `onnx`; the program itself does not. The encoder is that of the embedding
(`qa.embedding.make_graph`) on 8-bit integers, with a segment for the question and one for the text; on it stand the reader's heads.
"""

from pathlib import Path

from qa.embedding.make_graph import EPSILON, LAYERS, POSITIONS, WIDTH, WORDS, layer, node, numbers, weight

GRAPH = Path(__file__).with_name("reader.onnx")
PIECE_SCORES = 4


def graph_bytes() -> bytes:
    """The graph: `ids`, `segments` and `mask` (int32, [rows, pieces]) in; out `pieces` (float32, [rows, pieces, 4]: sentence, start
    and end of the answer's words, against) and `answers` (float32, [rows, 1])."""
    from onnx import TensorProto, helper

    nodes, shapes = _embeddings()
    for number in range(LAYERS):
        more_nodes, more_shapes = layer(number, integers=True)
        nodes += more_nodes
        shapes |= more_shapes
    more_nodes, more_shapes = _heads()
    graph = helper.make_graph(
        nodes + more_nodes,
        "reader",
        [helper.make_tensor_value_info(name, TensorProto.INT32, ["rows", "length"]) for name in ("ids", "segments", "mask")],
        [helper.make_tensor_value_info("pieces", TensorProto.FLOAT, ["rows", "length", PIECE_SCORES]),
         helper.make_tensor_value_info("answers", TensorProto.FLOAT, ["rows", 1])],
        [weight(name, shape) for name, shape in (shapes | more_shapes).items()] + [numbers("first", [0]), numbers("rows_width", [-1, WIDTH])],
    )
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=8, producer_name="qa").SerializeToString(deterministic=True)


def _embeddings():
    norm = "embeddings.LayerNorm."
    shapes = {"words": (WORDS, WIDTH), "positions": (POSITIONS, WIDTH), "kinds": (2, WIDTH), norm + "weight": (WIDTH,), norm + "bias": (WIDTH,)}
    inputs = ["ids", "segments", "words", "positions", "kinds", norm + "weight", norm + "bias"]
    return [node("EmbedLayerNormalization", inputs, ["state0", "unused"], epsilon=EPSILON)], shapes


def _heads():
    last = f"state{LAYERS}"
    shapes = {"pieces.weight": (WIDTH, PIECE_SCORES), "pieces.bias": (PIECE_SCORES,), "whole.0.weight": (WIDTH, WIDTH),
              "whole.0.bias": (WIDTH,), "whole.2.weight": (1, WIDTH), "whole.2.bias": (1,)}
    nodes = [
        node("MatMul", [last, "pieces.weight"], ["pieces_plain"]),
        node("Add", ["pieces_plain", "pieces.bias"], ["pieces"]),
        node("Gather", [last, "first"], ["opening"], axis=1),
        node("Reshape", ["opening", "rows_width"], ["opening_flat"]),
        node("Gemm", ["opening_flat", "whole.0.weight", "whole.0.bias"], ["whole_inner"], transB=1),
        node("Tanh", ["whole_inner"], ["whole_bent"]),
        node("Gemm", ["whole_bent", "whole.2.weight", "whole.2.bias"], ["answers"], transB=1),
    ]
    return nodes, shapes


if __name__ == "__main__":
    GRAPH.write_bytes(graph_bytes())
    print(f"{GRAPH.name}: {GRAPH.stat().st_size} bytes")

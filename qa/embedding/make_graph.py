"""Writes minilm.onnx, the graph of all-MiniLM-L6-v2 without its weights. Run as `python -m qa.embedding.make_graph`.

Needs the development dependency `onnx`; the program itself does not. BERT as published (Devlin et al. 2019, 6 layers,
12 heads, width 384), in ONNX Runtime's own fused operators, which are faster on a CPU than the standard ones. The weights
keep the names and the layout they have in model.safetensors, except that `qa.embedding.minilm` joins each layer's query,
key and value into one, and adds the one segment embedding in use to the position embeddings.
"""

from pathlib import Path

WIDTH, INNER, HEADS, LAYERS = 384, 1536, 12, 6
WORDS, POSITIONS = 30522, 512
EPSILON = 1e-12
GRAPH = Path(__file__).with_name("minilm.onnx")


def graph_bytes() -> bytes:
    """The graph: `ids` and `mask` (int32, [texts, word pieces]) in, `vectors` (float32, [texts, 384], of length 1) out; also, when it
    is asked for, `state6`, the vectors of the word pieces (float32, [texts, word pieces, 384])."""
    from onnx import TensorProto, helper

    nodes, shapes = _embeddings()
    for number in range(LAYERS):
        more_nodes, more_shapes = layer(number)
        nodes += more_nodes
        shapes |= more_shapes
    nodes += _pooling()
    sizes = ["texts", "pieces"]
    graph = helper.make_graph(
        nodes,
        "all-MiniLM-L6-v2",
        [helper.make_tensor_value_info(name, TensorProto.INT32, sizes) for name in ("ids", "mask")],
        [helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["texts", WIDTH]),
         helper.make_tensor_value_info(f"state{LAYERS}", TensorProto.FLOAT, [*sizes, WIDTH])],
        [weight(name, shape) for name, shape in shapes.items()] + [numbers("last", [-1]), numbers("pieces_axis", [1])],
    )
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)]
    model = helper.make_model(graph, opset_imports=opsets, ir_version=8, producer_name="qa")
    return model.SerializeToString(deterministic=True)


def node(operator: str, inputs: list[str], outputs: list[str], **attributes):
    from onnx import helper

    fused = {"EmbedLayerNormalization", "SkipLayerNormalization", "FusedMatMul", "Attention", "BiasGelu"}
    return helper.make_node(operator, inputs, outputs, domain="com.microsoft" if operator in fused else "", **attributes)


def weight(name: str, shape: tuple[int, ...]):
    """A place for a weight that the program hands over when it opens the graph."""
    from onnx import StringStringEntryProto, TensorProto

    entry = StringStringEntryProto(key="location", value="model.safetensors")
    return TensorProto(name=name, dims=shape, data_type=TensorProto.FLOAT, data_location=TensorProto.EXTERNAL, external_data=[entry])


def numbers(name: str, values: list[int]):
    from onnx import TensorProto, helper

    return helper.make_tensor(name, TensorProto.INT64, [len(values)], values)


def _embeddings():
    norm = "embeddings.LayerNorm."
    shapes = {"words": (WORDS, WIDTH), "positions": (POSITIONS, WIDTH), norm + "weight": (WIDTH,), norm + "bias": (WIDTH,)}
    inputs = ["ids", "", "words", "positions", "", norm + "weight", norm + "bias"]
    return [node("EmbedLayerNormalization", inputs, ["state0", "unused"], epsilon=EPSILON)], shapes


def layer(number: int):
    prefix = f"encoder.layer.{number}."
    attended, inner, outer = (prefix + part for part in ("attention.output.", "intermediate.", "output."))
    before, between, after = f"state{number}", f"middle{number}", f"state{number + 1}"
    heads, mixed, wide, bent, narrow = (f"{name}{number}" for name in ("heads", "mixed", "wide", "bent", "narrow"))

    def norm(place: str, inputs: list[str], output: str):
        weights = [place + "LayerNorm.weight", place + "LayerNorm.bias", place + "dense.bias"]
        return node("SkipLayerNormalization", inputs + weights, [output], epsilon=EPSILON)

    nodes = [
        node("Attention", [before, prefix + "qkv.weight", prefix + "qkv.bias", "mask"], [heads], num_heads=HEADS),
        node("FusedMatMul", [heads, attended + "dense.weight"], [mixed], transB=1),
        norm(attended, [mixed, before], between),
        node("FusedMatMul", [between, inner + "dense.weight"], [wide], transB=1),
        node("BiasGelu", [wide, inner + "dense.bias"], [bent]),
        node("FusedMatMul", [bent, outer + "dense.weight"], [narrow], transB=1),
        norm(outer, [narrow, between], after),
    ]
    shapes = {prefix + "qkv.weight": (WIDTH, 3 * WIDTH), prefix + "qkv.bias": (3 * WIDTH,),
              attended + "dense.weight": (WIDTH, WIDTH), inner + "dense.weight": (INNER, WIDTH), outer + "dense.weight": (WIDTH, INNER),
              inner + "dense.bias": (INNER,)}
    for place in (attended, outer):
        shapes |= {place + name: (WIDTH,) for name in ("dense.bias", "LayerNorm.weight", "LayerNorm.bias")}
    return nodes, shapes


def _pooling():
    """The mean over the word pieces that are not padding, scaled to length 1 (which makes dividing by their number idle)."""
    return [
        node("Cast", ["mask"], ["mask_float"], to=1),
        node("Unsqueeze", ["mask_float", "last"], ["mask_column"]),
        node("Mul", [f"state{LAYERS}", "mask_column"], ["kept"]),
        node("ReduceSum", ["kept", "pieces_axis"], ["sum"], keepdims=0),
        node("LpNormalization", ["sum"], ["vectors"], axis=-1, p=2),
    ]


if __name__ == "__main__":
    GRAPH.write_bytes(graph_bytes())
    print(f"{GRAPH.name}: {GRAPH.stat().st_size} bytes")

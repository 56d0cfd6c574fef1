"""Writes minilm.onnx and minilm_int8.onnx, the graph of all-MiniLM-L6-v2 without its weights. Run as `python -m qa.embedding.make_graph`.

Needs the development dependency `onnx`; the program itself does not. BERT as published (Devlin et al. 2019, 6 layers,
12 heads, width 384), in ONNX Runtime's own fused operators, which are faster on a CPU than the standard ones. The weights
keep the names and the layout they have in model.safetensors, except that `qa.embedding.minilm` joins each layer's query,
key and value into one, and adds the one segment embedding in use to the position embeddings. In minilm_int8.onnx matrices are
multiplied as 8-bit integers; each is a weight "….int8", [in, out], with a scale for each column, "….scale".
"""

from pathlib import Path

WIDTH, INNER, HEADS, LAYERS = 384, 1536, 12, 6
WORDS, POSITIONS = 30522, 512
EPSILON = 1e-12
GRAPH = Path(__file__).with_name("minilm.onnx")
INTEGER_GRAPH = Path(__file__).with_name("minilm_int8.onnx")


def graph_bytes(*, integers: bool = False) -> bytes:
    """The graph, with its matrices in 32-bit floats or as 8-bit integers: `ids` and `mask` (int32, [texts, word pieces]) in, `vectors`
    (float32, [texts, 384], of length 1) out; also, when it is asked for, `state6`, the vectors of the word pieces (float32,
    [texts, word pieces, 384])."""
    from onnx import TensorProto, helper

    nodes, shapes = _embeddings()
    for number in range(LAYERS):
        more_nodes, more_shapes = layer(number, integers=integers)
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

    fused = {"EmbedLayerNormalization", "SkipLayerNormalization", "FusedMatMul", "Attention", "BiasGelu", "DynamicQuantizeMatMul",
             "MultiHeadAttention"}
    return helper.make_node(operator, inputs, outputs, domain="com.microsoft" if operator in fused else "", **attributes)


def weight(name: str, shape: tuple[int, ...]):
    """A place for a weight that the program hands over when it opens the graph."""
    from onnx import StringStringEntryProto, TensorProto

    entry = StringStringEntryProto(key="location", value="model.safetensors")
    kind = TensorProto.INT8 if name.endswith(".int8") else TensorProto.FLOAT
    return TensorProto(name=name, dims=shape, data_type=kind, data_location=TensorProto.EXTERNAL, external_data=[entry])


def numbers(name: str, values: list[int]):
    from onnx import TensorProto, helper

    return helper.make_tensor(name, TensorProto.INT64, [len(values)], values)


def _embeddings():
    norm = "embeddings.LayerNorm."
    shapes = {"words": (WORDS, WIDTH), "positions": (POSITIONS, WIDTH), norm + "weight": (WIDTH,), norm + "bias": (WIDTH,)}
    inputs = ["ids", "", "words", "positions", "", norm + "weight", norm + "bias"]
    return [node("EmbedLayerNormalization", inputs, ["state0", "unused"], epsilon=EPSILON)], shapes


def layer(number: int, *, integers: bool = False):
    prefix = f"encoder.layer.{number}."
    attended, inner, outer = (prefix + part for part in ("attention.output.", "intermediate.", "output."))
    before, between, after = f"state{number}", f"middle{number}", f"state{number + 1}"
    heads, mixed, wide, bent, narrow = (f"{name}{number}" for name in ("heads", "mixed", "wide", "bent", "narrow"))
    product = _integer_product if integers else _product

    def norm(place: str, inputs: list[str], output: str):
        weights = [place + "LayerNorm.weight", place + "LayerNorm.bias", place + "dense.bias"]
        return node("SkipLayerNormalization", inputs + weights, [output], epsilon=EPSILON)

    nodes = [
        *(_integer_attention(number) if integers else [
            node("Attention", [before, prefix + "qkv.weight", prefix + "qkv.bias", "mask"], [heads], num_heads=HEADS)]),
        product(heads, attended + "dense.weight", mixed),
        norm(attended, [mixed, before], between),
        product(between, inner + "dense.weight", wide),
        node("BiasGelu", [wide, inner + "dense.bias"], [bent]),
        product(bent, outer + "dense.weight", narrow),
        norm(outer, [narrow, between], after),
    ]
    shapes = {prefix + "qkv.weight": (WIDTH, 3 * WIDTH), prefix + "qkv.bias": (3 * WIDTH,),
              attended + "dense.weight": (WIDTH, WIDTH), inner + "dense.weight": (INNER, WIDTH), outer + "dense.weight": (WIDTH, INNER),
              inner + "dense.bias": (INNER,)}
    for place in (attended, outer):
        shapes |= {place + name: (WIDTH,) for name in ("dense.bias", "LayerNorm.weight", "LayerNorm.bias")}
    return nodes, _integer_shapes(shapes) if integers else shapes


def _product(left: str, right: str, output: str):
    return node("FusedMatMul", [left, right], [output], transB=1)


def _integer_product(left: str, right: str, output: str):
    return node("DynamicQuantizeMatMul", [left, right + ".int8", right + ".scale"], [output])


def _integer_attention(number: int):
    weight, parts = f"encoder.layer.{number}.qkv.", [f"{part}{number}" for part in ("query", "key", "value")]
    return [
        _integer_product(f"state{number}", weight + "weight", f"joined{number}"),
        node("Split", [f"joined{number}"], parts, axis=-1),
        node("MultiHeadAttention", [*parts, weight + "bias", "mask"], [f"heads{number}"], num_heads=HEADS),
    ]


def _integer_shapes(shapes: dict[str, tuple[int, ...]]) -> dict[str, tuple[int, ...]]:
    """The shapes with each matrix as integers, all [in, out], and its scales."""
    changed: dict[str, tuple[int, ...]] = {}
    for name, shape in shapes.items():
        if len(shape) == 2:
            rows, columns = shape if "qkv" in name else reversed(shape)
            changed |= {name + ".int8": (rows, columns), name + ".scale": (columns,)}
        else:
            changed[name] = shape
    return changed


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
    for path, integers in ((GRAPH, False), (INTEGER_GRAPH, True)):
        path.write_bytes(graph_bytes(integers=integers))
        print(f"{path.name}: {path.stat().st_size} bytes")

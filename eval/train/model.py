"""The reader in PyTorch, for training only: all-MiniLM-L6-v2's encoder and four light heads.

The program runs the same weights on ONNX Runtime (`qa.reader`); `eval.train.export` writes them and tests/test_reader.py
compares the two.
"""

from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

WIDTH, HEADS, LAYERS, EPSILON = 384, 12, 6, 1e-12


class Layer(nn.Module):
    """One BERT layer (Devlin et al. 2019): attention, then a feed-forward of four times the width."""

    def __init__(self):
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.mix = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, EPSILON)
        self.wide = nn.Linear(WIDTH, 4 * WIDTH)
        self.narrow = nn.Linear(4 * WIDTH, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, EPSILON)
        self.drop = nn.Dropout(0.1)

    def forward(self, state: Tensor, mask: Tensor) -> Tensor:
        rows, pieces, _ = state.shape
        query, key, value = self.qkv(state).view(rows, pieces, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        state = self.norm1(state + self.drop(self.mix(mixed.transpose(1, 2).reshape(rows, pieces, WIDTH))))
        return self.norm2(state + self.drop(self.narrow(functional.gelu(self.wide(state)))))


class Reader(nn.Module):
    """Reads "[CLS] question [SEP] text [SEP]" and gives, for each row:

    `sentence` [rows, pieces]: a logit at each word piece that its sentence answers (averaged over the sentence by the caller);
    `span` [rows, pieces, 2]: logits that the answer's words start and end there; the first piece stands for "no answer";
    `against` [rows, pieces]: a logit at each piece that its sentence contradicts what stands in the question's place;
    `answers` [rows]: a logit that the text answers the question at all.
    """

    def __init__(self):
        super().__init__()
        self.words = nn.Embedding(30522, WIDTH)
        self.positions = nn.Embedding(512, WIDTH)
        self.segments = nn.Embedding(2, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, EPSILON)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.pieces = nn.Linear(WIDTH, 4)
        self.whole = nn.Sequential(nn.Linear(WIDTH, WIDTH), nn.Tanh(), nn.Linear(WIDTH, 1))
        for part in (self.words, self.positions, self.segments, self.norm):  # shared with the embedding, so never trained
            part.requires_grad_(False)

    def forward(self, ids: Tensor, segments: Tensor, mask: Tensor) -> dict[str, Tensor]:
        places = torch.arange(ids.shape[1], device=ids.device)
        state = self.norm(self.words(ids) + self.positions(places) + self.segments(segments))
        seen = mask[:, None, None, :].bool()
        for layer in self.layers:
            state = layer(state, seen)
        pieces, whole = self.pieces(state).float(), self.whole(state[:, 0]).float()
        return {"sentence": pieces[..., 0], "span": pieces[..., 1:3], "against": pieces[..., 3], "answers": whole[:, 0]}


def from_minilm(path: Path) -> Reader:
    """A reader with the encoder of the published model.safetensors and untrained heads."""
    import numpy as np

    from qa.weights import map_file, read_safetensors

    published = {name: torch.from_numpy(np.array(array)) for name, array in read_safetensors(map_file(path), path=path).items()}
    reader = Reader()
    state = reader.state_dict()
    base = "embeddings."
    state |= {"words.weight": published[base + "word_embeddings.weight"], "positions.weight": published[base + "position_embeddings.weight"],
              "segments.weight": published[base + "token_type_embeddings.weight"],
              "norm.weight": published[base + "LayerNorm.weight"], "norm.bias": published[base + "LayerNorm.bias"]}
    places = {"mix": "attention.output.dense", "norm1": "attention.output.LayerNorm", "wide": "intermediate.dense",
              "narrow": "output.dense", "norm2": "output.LayerNorm"}
    for number in range(LAYERS):
        there = f"encoder.layer.{number}."
        for kind in ("weight", "bias"):
            parts = [published[f"{there}attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
            state[f"layers.{number}.qkv.{kind}"] = torch.cat(parts)
            state |= {f"layers.{number}.{mine}.{kind}": published[f"{there}{theirs}.{kind}"] for mine, theirs in places.items()}
    reader.load_state_dict(state)
    return reader

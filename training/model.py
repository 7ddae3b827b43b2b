"""The network: MiniLM with embeddings for what the rules know, a linear head for each question about a word, and arcs.

`forward` gives one tensor for each head of `HEADS` ([windows, words, classes]) and one for each relation of `ARCS`
([windows, words, words]: from a trigger or cue to a word). Training only: the reader runs the ONNX file made of it.
"""

from __future__ import annotations

import math
from pathlib import Path

import torch
from torch import Tensor, nn

HEADS = {
    "trigger": 18, "inside": 1, "mode": 64, "negated": 1, "modality": 5, "mention": 17, "use": 3, "side": 8,
    "cue": 13, "incue": 1, "cue_negated": 1,
}  # fmt: skip
ARCS = ("source", "target", "speaker", "contents")
FEATURES = {"caps": 5, "named": 6, "mention": 7, "use": 4, "act": 18, "said": 16, "tag": 64, "dep": 64}
WIDTH, ARC_WIDTH = 384, 64


class Layer(nn.Module):
    """One transformer layer of BERT, post-norm."""

    def __init__(self, width: int = WIDTH, heads: int = 12, inner: int = 1536, dropout: float = 0.1) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=1e-12)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        b, n, w = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, self.heads, w // self.heads).permute(2, 0, 3, 1, 4).unbind(0)
        scores = torch.softmax(q @ k.transpose(-1, -2) / math.sqrt(w // self.heads) + bias, -1, dtype=q.dtype)
        mixed = (scores @ v).permute(0, 2, 1, 3).reshape(b, n, w)
        x = self.norm1(x + self.dropout(self.out(mixed)))
        return self.norm2(x + self.dropout(self.down(nn.functional.gelu(self.up(x)))))


class Encoder(nn.Module):
    def __init__(
        self,
        pieces: int,
        layers: int = 6,
        positions: int = 384,
        dropout: float = 0.1,
        parse: bool = True,
        ways: int = 1,
    ) -> None:
        super().__init__()
        self.parse = parse
        self.word = nn.Embedding(pieces, WIDTH)
        self.word.weight.requires_grad_(False)
        self.position = nn.Embedding(positions, WIDTH)
        self.slot = nn.Embedding(9, WIDTH, padding_idx=0)
        self.features = nn.ModuleDict({name: nn.Embedding(size, WIDTH) for name, size in FEATURES.items()})
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList([Layer(dropout=dropout) for _ in range(layers)])
        self.dropout = nn.Dropout(dropout)
        self.last_dropout = nn.Dropout(2 * dropout)
        self.heads = nn.ModuleDict({name: nn.Linear(WIDTH, size) for name, size in HEADS.items()})
        self.asks = nn.Linear(WIDTH, len(ARCS) * ARC_WIDTH)
        self.answers = nn.Linear(WIDTH, len(ARCS) * ARC_WIDTH)
        self.alone = nn.Linear(WIDTH, len(ARCS))
        self.distance = nn.Embedding(15, len(ARCS))
        self.sentence = nn.Embedding(5, len(ARCS))
        self.way = nn.Embedding(ways, len(ARCS))
        self.role = nn.Embedding(4, len(ARCS))
        for table in (self.distance, self.sentence, self.way, self.role):
            nn.init.zeros_(table.weight)
        nn.init.constant_(self.alone.bias, -2.0)
        for table in (*self.features.values(), self.slot):
            nn.init.normal_(table.weight, std=0.02)

    def between(self, pair: Tensor) -> Tensor:
        """What the arcs add for the numbers of `pairs` ([words, 4]), one column a relation."""
        way = self.way(pair[:, 2]) if self.parse else 0.0
        found: Tensor = self.distance(pair[:, 0]) + self.sentence(pair[:, 1]) + way + self.role(pair[:, 3])
        return found

    def forward(
        self, pieces: Tensor, features: Tensor, slots: Tensor, heads: Tensor, mask: Tensor
    ) -> tuple[Tensor, ...]:
        """`features` [windows, pieces, 8] in the order of FEATURES, `slots` [windows, pieces, 2], `heads` [windows,
        words]."""
        x = self.word(pieces) + self.position.weight[: pieces.shape[1]]
        for number, (name, table) in enumerate(self.features.items()):
            if self.parse or name not in ("tag", "dep"):
                x = x + table(features[:, :, number])
        x = self.dropout(self.norm(x + self.slot(slots).sum(2)))
        bias = ((1.0 - mask.float()) * -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, bias.to(x.dtype))
        words = self.last_dropout(torch.gather(x, 1, heads[:, :, None].expand(-1, -1, WIDTH)))
        found = [head(words) for head in self.heads.values()]
        b, n = heads.shape
        asks = self.asks(words).view(b, n, len(ARCS), ARC_WIDTH).permute(0, 2, 1, 3)
        answers = self.answers(words).view(b, n, len(ARCS), ARC_WIDTH).permute(0, 2, 3, 1)
        arcs = asks @ answers / math.sqrt(ARC_WIDTH) + self.alone(words).permute(0, 2, 1)[:, :, None, :]
        return (*found, arcs)


def from_minilm(folder: Path, keep: list[str], layers: list[int], **options: object) -> Encoder:
    """The pretrained weights, with the rows of `keep` from its vocabulary and the given layers of its six."""
    from safetensors.torch import load_file

    old = load_file(str(folder / "model.safetensors"))
    table = {piece: n for n, piece in enumerate((folder / "vocab.txt").read_text("utf-8").split("\n"))}
    net = Encoder(len(keep), len(layers), **options)  # type: ignore[arg-type]
    prefix = "bert." if any(name.startswith("bert.") for name in old) else ""
    rows = torch.tensor([table[piece] for piece in keep])
    with torch.no_grad():
        word = old[prefix + "embeddings.word_embeddings.weight"]
        net.word.weight.copy_(word[rows])
        for kind, names in enumerate(_EXAMPLES, start=1):
            net.word.weight[keep.index(f"[unused{kind}]")] = word[[table[name] for name in names]].mean(0)
        kind_row = old[prefix + "embeddings.token_type_embeddings.weight"][0]
        net.position.weight.copy_(
            old[prefix + "embeddings.position_embeddings.weight"][: net.position.num_embeddings] + kind_row
        )
        net.norm.weight.copy_(old[prefix + "embeddings.LayerNorm.weight"])
        net.norm.bias.copy_(old[prefix + "embeddings.LayerNorm.bias"])
        for layer, number in zip(net.layers, layers, strict=True):
            _copy(layer, old, f"{prefix}encoder.layer.{number}.")  # type: ignore[arg-type]
    return net


_EXAMPLES = (
    ("france", "germany", "china", "brazil", "egypt", "india", "mexico", "kenya", "poland", "norway"),
    ("french", "german", "chinese", "brazilian", "egyptian", "indian", "mexican", "polish", "norwegian", "swedish"),
    ("germans", "americans", "russians", "italians", "indians"),
    ("paris", "berlin", "cairo", "delhi", "warsaw", "oslo", "tokyo", "rome", "lima", "madrid"),
    ("pentagon", "westminster", "washington"),
)  # fmt: skip


def _copy(layer: Layer, old: dict[str, Tensor], at: str) -> None:
    parts = ["query", "key", "value"]
    layer.qkv.weight.copy_(torch.cat([old[f"{at}attention.self.{part}.weight"] for part in parts]))
    layer.qkv.bias.copy_(torch.cat([old[f"{at}attention.self.{part}.bias"] for part in parts]))
    for ours, theirs in (
        (layer.out, "attention.output.dense"), (layer.norm1, "attention.output.LayerNorm"),
        (layer.up, "intermediate.dense"), (layer.down, "output.dense"), (layer.norm2, "output.LayerNorm"),
    ):  # fmt: skip
        ours.weight.copy_(old[f"{at}{theirs}.weight"])
        ours.bias.copy_(old[f"{at}{theirs}.bias"])

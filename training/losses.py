"""One loss for all heads and arcs of a batch."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy
from torch.nn.utils.rnn import pad_sequence

from training.batches import IGNORE, Batch
from training.model import HEADS, Encoder

SHARES = {
    "trigger": 8.0, "mention": 2.0, "cue": 4.0, "mode": 0.3, "modality": 0.5, "use": 0.3, "inside": 0.2, "incue": 0.2,
    "negated": 0.5, "cue_negated": 0.3, "side": 8.0, "arcs": 3.0,
}  # fmt: skip
"""How much each counts, and the shares of a word in its arcs below, chosen on the development passages."""
PARTY, CONTENTS = 1 / 6, 1 / 30


def losses(outputs: tuple[Tensor, ...], batch: Batch, net: Encoder) -> dict[str, Tensor]:
    """Each a mean over the words it asks of, times its share."""
    found = dict(zip(HEADS, (out.float() for out in outputs), strict=False))
    gold, every = batch.gold, batch.words
    part: dict[str, Tensor] = {}
    for name in ("trigger", "mention", "cue", "mode", "modality", "use"):
        if (gold[name] != IGNORE).any():
            part[name] = cross_entropy(found[name].flatten(0, 1), gold[name].flatten(), ignore_index=IGNORE)
    asked = {"inside": every, "incue": every, "negated": gold["trigger"] > 0, "cue_negated": gold["cue"] > 0}
    for name, of in asked.items():
        if of.any():
            part[name] = binary_cross_entropy_with_logits(found[name][:, :, 0][of], gold[name][of])
    if gold["sided"].any():
        sided = gold["sided"]
        part["side"] = binary_cross_entropy_with_logits(found["side"][sided], gold["side"][sided])
    if batch.arcs:
        part["arcs"] = _arcs(outputs[-1], batch, net)
    return {name: SHARES[name] * loss for name, loss in part.items()}


def _arcs(scores: Tensor, batch: Batch, net: Encoder) -> Tensor:
    """A mean over triggers and cues of what their arcs lose; contents, being long, weigh less a word."""
    kinds = torch.tensor([2 * row.kind for row in batch.arcs])
    rows = scores[[row.window for row in batch.arcs], :, [row.at for row in batch.arcs]].float()
    pairs = pad_sequence([row.pairs for row in batch.arcs], batch_first=True)
    count, size = pairs.shape[:2]
    rows = rows[:, :, :size] + net.between(pairs.flatten(0, 1)).view(count, size, -1).transpose(1, 2)
    two = torch.stack([kinds, kinds + 1], 1)[:, :, None].expand(-1, -1, size)
    target, share = torch.zeros(count, 2, size), torch.zeros(count, 2, size)
    for k, row in enumerate(batch.arcs):
        target[k, 0, list(row.first)] = 1
        target[k, 1, list(row.second)] = 1
        share[k, 0, : len(row.pairs)] = PARTY
        share[k, 1, : len(row.pairs)] = CONTENTS if row.kind else PARTY
    return (binary_cross_entropy_with_logits(rows.gather(1, two), target, reduction="none") * share).sum() / count

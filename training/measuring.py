"""Quick scores of a network on examples, word by word, for choosing an epoch. What counts in the end is `gate`."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from training.batches import Batch, Cut, Cutter
from training.examples import Example
from training.model import HEADS, Encoder

Triple = tuple[int, int, int, int, int]


def measure(net: Encoder, examples: Sequence[Example], cutter: Cutter, *, size: int = 3000) -> dict[str, float]:
    """F1 of typed triggers, of cues, of the words of parties at gold triggers, of sides, and of triples of slots."""
    net.eval()
    counts: dict[str, list[int]] = {}

    def add(name: str, right: int, found: int, gold: int) -> None:
        for place, amount in enumerate((right, found, gold)):
            counts.setdefault(name, [0, 0, 0])[place] += amount

    for group in cutter.groups(examples, size, None):
        batch = cutter.batch(group)
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            out = net(batch.pieces, batch.features, batch.slots, batch.heads, batch.mask)
        found = dict(zip(HEADS, (one.float() for one in out), strict=False))
        arcs = out[-1].float()
        kinds, every = found["trigger"].argmax(-1), batch.words
        gold = batch.gold
        for name, guess in (("trigger", kinds), ("cue", found["cue"].argmax(-1))):
            right = (guess == gold[name]) & (guess > 0) & every
            add(name, int(right.sum()), int(((guess > 0) & every).sum()), int((gold[name] > 0).sum()))
        sides = found["side"] > 0
        sided = gold["sided"]
        right = (sides == (gold["side"] > 0.5)).all(-1)[sided]
        add("side", int(right.sum()), len(right), len(right))
        known: set[Triple] = set()
        for row in batch.arcs:
            reach = len(row.pairs)
            scores = arcs[row.window, 2 * row.kind : 2 * row.kind + 2, row.at, :reach]
            scores = scores + net.between(row.pairs).T[2 * row.kind : 2 * row.kind + 2]
            for name, score, words in zip(("first", "second"), scores, (row.first, row.second), strict=True):
                guess_words = set((score > 0).nonzero().flatten().tolist())
                what = f"{name} of {'claims' if row.kind else 'events'}"
                add(what, len(guess_words & words), len(guess_words), len(words))
            if not row.kind:
                kind = int(gold["trigger"][row.window, row.at])
                known |= _triples(row.window, row.at, kind, row.first, row.second, gold["side"] > 0.5)
        guessed = _guessed(net, cutter, group, batch, kinds, arcs, sides)
        add("triples", len(known & guessed), len(guessed), len(known))
    return {name: 2 * right / max(found + gold, 1) for name, (right, found, gold) in counts.items()}


def _guessed(
    net: Encoder, cutter: Cutter, group: list[Cut], batch: Batch, kinds: Tensor, arcs: Tensor, sides: Tensor
) -> set[Triple]:
    found: set[Triple] = set()
    for i, at in ((kinds > 0) & batch.words).nonzero().tolist():
        pairs = cutter.pair_numbers(group[i], at)
        scores = arcs[i, :2, at, : len(pairs)] + net.between(pairs).T[:2]
        first, second = (frozenset((score > 0).nonzero().flatten().tolist()) for score in scores)
        found |= _triples(i, at, int(kinds[i, at]), first, second, sides)
    return found


def _triples(i: int, at: int, kind: int, first: frozenset[int], second: frozenset[int], sides: Tensor) -> set[Triple]:
    one, other = (
        {k for word in words for k in sides[i, word].nonzero().flatten().tolist()} for words in (first, second)
    )
    return {(i, at, kind, a, b) for a in one for b in other if a != b}

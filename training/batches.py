"""Windows of passages as tensors, with their gold. Numbers of slots are dealt anew each time, so that no number means
anything: a side is whoever the same number stands on, never the first or the second state of a text.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

import torch
from msgspec import Struct
from torch import Tensor

from detente.reading.encoder.pairs import distance, numbered, paths, sentence_apart
from detente.reading.encoder.windows import SLOTS, Pieces, Tables, Window, stretches, window
from training.examples import Example, Numbers
from training.model import FEATURES, HEADS

IGNORE = -100
FROM_RULES = ("act", "said")
PRACTICE_DROP = 0.7
HIDDEN = 0.15
"""The share of actors whose names are hidden."""
STAND_INS = (("it", "they", "he", "she", "them", "we"), ("the", "its", "their", "his", "our", "the"))
_COLUMN = {name: number for number, name in enumerate(FEATURES)}
"""Features that are left out of some windows, so that the encoder also reads where the rules see nothing."""


class Cut(Struct, frozen=True):
    """One window; `deal` gives its slots their numbers."""

    example: Example
    window: Window
    deal: tuple[int, ...]


class Arcs(Struct, frozen=True):
    """The arcs of one trigger (`kind` 0) or cue (1): the words of source and target, or of speaker and contents.
    `pairs` are the numbers of `pair_numbers`."""

    window: int
    at: int
    kind: int
    first: frozenset[int]
    second: frozenset[int]
    pairs: Tensor


class Batch(Struct, frozen=True):
    """`words` tells which of `heads` are words; `gold` has a tensor for each head, and `sided`: words of actors."""

    pieces: Tensor
    features: Tensor
    slots: Tensor
    heads: Tensor
    mask: Tensor
    words: Tensor
    gold: dict[str, Tensor]
    arcs: list[Arcs]


class Cutter:
    """Cuts examples into windows of at most `most` pieces and makes batches of them."""

    def __init__(self, vocabulary: Pieces, numbers: Numbers, most: int) -> None:
        self.vocabulary = vocabulary
        self.numbers = numbers
        self.tables = Tables(numbers.tags, numbers.deps)
        self.most = most
        self._stand_ins = [[vocabulary.named[0], *(vocabulary.of(word)[0] for word in words)] for words in STAND_INS]

    def cuts(self, examples: Sequence[Example], rng: random.Random | None) -> Iterator[Cut]:
        """Every example in windows; with `rng` of varying length, with slots dealt at random."""
        for one in examples:
            longest = rng.choice([self.most, self.most, self.most * 2 // 3, self.most // 2]) if rng else self.most
            for first, last in stretches(one.sheet, one.pieces, longest):
                page = window(one.row.text, one.sheet.words, one.pieces, first, last, self.vocabulary, self.tables)
                deal = list(range(1, SLOTS + 1))
                if rng:
                    rng.shuffle(deal)
                yield Cut(one, page, tuple(deal))

    def groups(self, examples: Sequence[Example], size: int, rng: random.Random | None) -> list[list[Cut]]:
        """Windows of like length together, at most `size` pieces a batch with what fills it up."""
        every = sorted(self.cuts(examples, rng), key=lambda c: len(c.window.pieces) + (rng.random() * 16 if rng else 0))
        groups: list[list[Cut]] = [[]]
        for cut in every:
            if groups[-1] and (len(groups[-1]) + 1) * len(cut.window.pieces) > size:
                groups.append([])
            groups[-1].append(cut)
        if rng:
            rng.shuffle(groups)
        return groups

    def batch(self, group: Sequence[Cut], rng: random.Random | None = None, drop: float = 0.0) -> Batch:
        """With `rng` each feature of FROM_RULES is left out of a share `drop` of the windows."""
        n = max(len(cut.window.pieces) for cut in group)
        w = max(len(cut.window.heads) for cut in group)
        b = len(group)
        gold = {name: torch.full((b, w), IGNORE) if HEADS[name] > 1 else torch.zeros(b, w) for name in HEADS}
        gold["side"], gold["sided"] = torch.zeros(b, w, SLOTS), torch.zeros(b, w, dtype=torch.bool)
        batch = Batch(
            pieces=torch.zeros(b, n, dtype=torch.long),
            features=torch.zeros(b, n, len(FEATURES), dtype=torch.long),
            slots=torch.zeros(b, n, 2, dtype=torch.long),
            heads=torch.zeros(b, w, dtype=torch.long),
            mask=torch.zeros(b, n, dtype=torch.bool),
            words=torch.zeros(b, w, dtype=torch.bool),
            gold=gold,
            arcs=[],
        )
        for i, cut in enumerate(group):
            page, size = cut.window, len(cut.window.pieces)
            batch.pieces[i, :size] = torch.tensor(page.pieces)
            batch.mask[i, :size] = True
            share = PRACTICE_DROP if cut.example.is_practice else drop
            dropped = [name for name in FROM_RULES if rng and rng.random() < share]
            columns = [[0] * size if name in dropped else getattr(page, name) for name in FEATURES]
            batch.features[i, :size] = torch.tensor(columns).T
            for at, sides in enumerate(page.sides):
                for k, side in enumerate(sides):
                    batch.slots[i, at, k] = cut.deal[side - 1]
            batch.heads[i, : len(page.heads)] = torch.tensor(page.heads)
            batch.words[i, : len(page.heads)] = True
            if rng and not cut.example.is_practice:
                self._hide(cut, i, batch, rng)
            self._words(cut, i, batch)
            self._actors(cut, i, batch)
        return batch

    def pair_numbers(self, cut: Cut, at: int) -> Tensor:
        """Distance, sentences apart, way and role for each word of the window, from its word `at`."""
        one, first, last = cut.example, cut.window.first, cut.window.last
        known = one.ways.get(first + at)
        if known is None:
            known = one.ways[first + at] = numbered(paths(one.sheet, one.tree, first + at), self.numbers.ways)
        words = one.sheet.words
        here = words[first + at].sentence
        roles = one.sheet.roles.get(first + at, {})
        return torch.tensor(
            [
                (distance(first + at, k), sentence_apart(here, words[k].sentence), known.get(k, 0), roles.get(k, 0))
                for k in range(first, last)
            ]
        )

    def _hide(self, cut: Cut, i: int, batch: Batch, rng: random.Random) -> None:
        """Of some actors takes the names and all that the rules know, as if the text had said "it" or "the": whom they
        act for is then to be told by the rest of the window."""
        page = cut.window
        ends = [*page.heads[1:], len(page.pieces) - 1]
        for actor in cut.example.labels.actors:
            inside = [at - page.first for at in actor.words if page.first <= at < page.last]
            if not inside or not actor.territories or rng.random() > HIDDEN:
                continue
            for at in inside:
                start, end = page.heads[at], ends[at]
                kind = page.named[start]
                batch.slots[i, start:end] = 0
                for name in ("mention", "use"):
                    batch.features[i, start:end, _COLUMN[name]] = 0
                if kind:
                    batch.features[i, start:end, _COLUMN["named"]] = 0
                    batch.features[i, start:end, _COLUMN["caps"]] = 0
                    batch.pieces[i, start:end] = rng.choice(self._stand_ins[kind == 2])

    # -- gold -------------------------------------------------------------------------------------------

    def _words(self, cut: Cut, i: int, batch: Batch) -> None:
        gold, first, last = batch.gold, cut.window.first, cut.window.last
        for name in ("trigger",) if cut.example.is_practice else ("trigger", "cue", "mention"):
            gold[name][i, : last - first] = 0

        def here(words: frozenset[int]) -> frozenset[int]:
            return frozenset(at - first for at in words if first <= at < last)

        arcs: dict[tuple[int, int], tuple[frozenset[int], frozenset[int]]] = {}
        for event in cut.example.labels.events:
            if first <= event.at < last:
                at = event.at - first
                gold["trigger"][i, at] = event.type + 1
                gold["inside"][i, list(here(event.trigger))] = 1
                gold["mode"][i, at] = self.numbers.modes.get(event.mode, IGNORE)
                gold["negated"][i, at] = float(event.negated)
                gold["modality"][i, at] = IGNORE if cut.example.is_practice else event.modality
                known = arcs.get((at, 0), (frozenset(), frozenset()))
                arcs[at, 0] = known[0] | here(event.sources), known[1] | here(event.targets)
        for claim in cut.example.labels.claims:
            if first <= claim.at < last:
                at = claim.at - first
                gold["cue"][i, at] = claim.act + 1
                gold["incue"][i, list(here(claim.cue))] = 1
                gold["cue_negated"][i, at] = float(claim.negated)
                known = arcs.get((at, 1), (frozenset(), frozenset()))
                arcs[at, 1] = known[0] | here(claim.sources), known[1] | here(claim.contents)
        for (at, kind), (one, other) in arcs.items():
            batch.arcs.append(Arcs(i, at, kind, one, other, self.pair_numbers(cut, at)))

    def _actors(self, cut: Cut, i: int, batch: Batch) -> None:
        """A word inside two actors has the side of the shorter, and the tag of the longer."""
        gold, first, last = batch.gold, cut.window.first, cut.window.last
        shown = set(batch.slots[i].flatten().tolist())
        numbers = {code: cut.deal[k] for k, code in enumerate(cut.window.slots) if cut.deal[k] in shown}
        taken: set[int] = set()
        for actor in sorted(cut.example.labels.actors, key=lambda actor: -len(actor.words)):
            inside = [at - first for at in actor.words if first <= at < last]
            if not inside:
                continue
            gold["use"][i, inside] = actor.use
            gold["sided"][i, inside] = True
            gold["side"][i, inside] = 0
            for code in actor.territories:
                if code in numbers:
                    gold["side"][i, inside, numbers[code] - 1] = 1
            if not taken.intersection(inside) and not cut.example.is_practice:
                taken.update(inside)
                gold["mention"][i, inside] = 1
                gold["mention"][i, inside[0]] = 2 + actor.kind

"""From the encoder's answers to what it sees in a window: acts with their parties, and whom each mention acts for.

Whether what it sees becomes a mark, beside what the rules see, is `joining`'s business.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, get_args

from msgspec import Struct

from detente.model.vocabulary import Act, ActorKind, EventType, Modality, Polarity
from detente.reading.encoder.answers import Answers, sigmoid
from detente.reading.encoder.pairs import Ways, distance, numbered, sentence_apart
from detente.reading.encoder.sheet import Sheet
from detente.reading.encoder.weights import Weights
from detente.reading.encoder.windows import TYPES, Window
from detente.reading.marks import MentionMark, Span
from detente.reading.syntax import Tree

if TYPE_CHECKING:
    from numpy.typing import NDArray

ACTS: Final[tuple[Act, ...]] = get_args(Act)
KINDS: Final[tuple[ActorKind, ...]] = get_args(ActorKind)
MODALITIES: Final[tuple[Modality, ...]] = get_args(Modality)
TRIGGER: Final = 0.25
"""Acts less likely than this are not looked at."""
ARC: Final = 0.5
LEAST: Final = 0.25
SIDE: Final = 0.5


class Spot(Struct, frozen=True):
    """A stretch of words that may be an actor: a mention of the rules (`mark`), or one that the encoder sees.

    `sides` are the territories it acts for by the encoder, with their probabilities; `words` its first and last."""

    span: Span
    words: tuple[int, int]
    mark: MentionMark | None
    kind: ActorKind
    sides: tuple[tuple[str, float], ...]

    @property
    def territories(self) -> frozenset[str]:
        return frozenset(code for code, p in self.sides if p > SIDE)


class Seen(Struct, frozen=True):
    """An act that the encoder sees at the word `at`; `p` is how likely it is one of this type, `kinds` how likely each
    type. `support` tells for the words of each spot how likely it is a source, and a target."""

    at: int
    trigger: Span
    type: EventType
    p: float
    mode: str | None
    polarity: Polarity
    modality: Modality
    sources: tuple[Spot, ...]
    targets: tuple[Spot, ...]
    support: dict[tuple[int, int], tuple[float, float]]
    kinds: tuple[float, ...]


class Heard(Struct, frozen=True):
    """A claim that the encoder sees at the cue word `at`; `p` is how likely it is a cue. `contents` are words."""

    at: int
    cue: Span
    act: Act
    p: float
    negated: bool
    speakers: tuple[Spot, ...]
    contents: tuple[int, ...]


class View(Struct, frozen=True):
    """One window as the encoder sees it."""

    spots: tuple[Spot, ...]
    acts: tuple[Seen, ...]
    claims: tuple[Heard, ...] = ()


class Decoder:
    """Draws one document's views."""

    def __init__(self, sheet: Sheet, tree: Tree, mentions: Sequence[MentionMark], weights: Weights) -> None:
        self.sheet = sheet
        self.tree = tree
        self.weights = weights
        self.mentions = sorted(mentions, key=lambda m: (m.span.start, m.span.end))
        self._ends = [word.span.end for word in sheet.words]
        self._starts = [word.span.start for word in sheet.words]
        self._sentences = [word.sentence for word in sheet.words]
        self._ways = Ways(sheet, tree)
        self._arcs_from: dict[int, NDArray[Any]] = {}

    def view(self, window: Window, found: Answers) -> View:
        spots = self._spots(window, found)
        acts = []
        likely = 1.0 - found.trigger[:, 0]
        for at in range(len(window.heads)):
            if likely[at] > TRIGGER:
                acts.append(self._act(window, found, at, float(likely[at]), spots))
        cues = 1.0 - found.cue[:, 0]
        claims = [
            self._claim(window, found, at, float(cues[at]), spots)
            for at in range(len(window.heads))
            if cues[at] > TRIGGER
        ]
        return View(tuple(spots), tuple(acts), tuple(claims))

    # -- mentions ---------------------------------------------------------------------------------------

    def _spots(self, window: Window, found: Answers) -> list[Spot]:
        stretches: dict[tuple[int, int], tuple[MentionMark | None, ActorKind]] = {}
        for mark in self.mentions:
            first = bisect_right(self._ends, mark.span.start)
            last = bisect_left(self._starts, mark.span.end) - 1
            if window.first <= first <= last < window.last:
                kind = mark.candidates[0].kind if mark.candidates else "other"
                stretches.setdefault((first, last), (mark, kind))
        heads = {mark.head for mark in self.mentions}
        for first, last, kind in _tagged(found.mention):
            words = window.first + first, window.first + last
            if head_of(self.sheet, self.tree, *words) not in heads:  # else the rules have this mention, in other words
                stretches.setdefault(words, (None, kind))
        spots = []
        for words in sorted(stretches):
            held, kind = stretches[words]
            own = [at for at in range(words[0], words[1] + 1) if not _is_inside(at, words, stretches)]
            spots.append(self._spot(window, found, words, held, kind, own))
        return spots

    def _spot(
        self,
        window: Window,
        found: Answers,
        words: tuple[int, int],
        mark: MentionMark | None,
        kind: ActorKind,
        own: list[int],
    ) -> Spot:
        own = own or list(range(words[0], words[1] + 1))
        sides = found.side[[at - window.first for at in own]].mean(0)
        return Spot(
            span=mark.span if mark is not None else Span(self._starts[words[0]], self._ends[words[1]]),
            words=words,
            mark=mark,
            kind=kind,
            sides=tuple((code, float(sides[k])) for k, code in enumerate(window.slots)),
        )

    # -- acts -------------------------------------------------------------------------------------------

    def _act(self, window: Window, found: Answers, at: int, p: float, spots: list[Spot]) -> Seen:
        kinds = found.trigger[at, 1:]
        kind = int(kinds.argmax())
        modes = [
            (float(found.mode[at, k]), mode)
            for mode, k in self.weights.modes.items()
            if mode.startswith(TYPES[kind] + "/")
        ]
        best = max(modes, default=(0.0, ""))
        arcs = self._arcs(window, found, at)
        support = {
            spot.words: _means(arcs, spot.words[0] - window.first, spot.words[1] - window.first) for spot in spots
        }
        return Seen(
            at=window.first + at,
            trigger=self._run(window, found.inside, at),
            type=TYPES[kind],
            p=p * float(kinds[kind] / kinds.sum()),
            mode=best[1].partition("/")[2] if best[0] > 0.5 else None,
            polarity="negated" if found.negated[at] > 0.5 else "affirmed",
            modality=MODALITIES[int(found.modality[at].argmax())],
            sources=_parties(spots, support, 0),
            targets=_parties(spots, support, 1),
            support=support,
            kinds=tuple(float(kind) for kind in kinds),
        )

    def _claim(self, window: Window, found: Answers, at: int, p: float, spots: list[Spot]) -> Heard:
        arcs = self._arcs(window, found, at)[2:]
        support = {
            spot.words: _means(arcs, spot.words[0] - window.first, spot.words[1] - window.first) for spot in spots
        }
        inside = [
            window.first + k
            for k in range(len(window.heads))
            if arcs[1, k] > ARC and self._same_sentence(window, at, k)
        ]
        return Heard(
            at=window.first + at,
            cue=self._run(window, found.incue, at),
            act=ACTS[int(found.cue[at, 1:].argmax())],
            p=p,
            negated=bool(found.cue_negated[at] > 0.5),
            speakers=_parties(spots, support, 0),
            contents=tuple(inside),
        )

    def _run(self, window: Window, inside: NDArray[Any], at: int) -> Span:
        """The word `at` with those after it that belong to it."""
        last = at
        while last + 1 < len(window.heads) and inside[last + 1] > 0.5 and self._same_sentence(window, at, last + 1):
            last += 1
        return Span(self._starts[window.first + at], self._ends[window.first + last])

    def _same_sentence(self, window: Window, one: int, other: int) -> bool:
        words = self.sheet.words
        return words[window.first + one].sentence == words[window.first + other].sentence

    def _arcs(self, window: Window, found: Answers, at: int) -> NDArray[Any]:
        """Probabilities [4, words] of arcs from `at`."""
        place = window.first + at
        known = self._arcs_from.get(place)
        if known is None:
            ways = numbered(self._ways.from_word(place), self.weights.ways)
            here = self._sentences[place]
            roles = self.sheet.roles.get(place, {})
            pairs = [
                (distance(place, k), sentence_apart(here, self._sentences[k]), ways.get(k, 0), roles.get(k, 0))
                for k in range(window.first, window.last)
            ]
            known = sigmoid(found.arcs[:, at, : len(window.heads)] + self.weights.between(pairs))
            self._arcs_from[place] = known
        return known


def head_of(sheet: Sheet, tree: Tree, first: int, last: int) -> int:
    """Where the head word of a stretch begins: the first whose head in the parse lies outside."""
    start, end = sheet.words[first].span.start, sheet.words[last].span.end
    for word in sheet.words[first : last + 1]:
        if word.tree >= 0:
            above = tree.heads[word.tree]
            if above == word.tree or not start <= tree.starts[above] < end:
                return word.span.start
    return sheet.words[last].span.start


def _means(arcs: NDArray[Any], first: int, last: int) -> tuple[float, float]:
    both = arcs[:2, first : last + 1].mean(1)
    return float(both[0]), float(both[1])


def _parties(spots: list[Spot], support: dict[tuple[int, int], tuple[float, float]], side: int) -> tuple[Spot, ...]:
    """Those that the arcs lead to, the longest first; none inside another. Where they lead nowhere surely, the
    likeliest if it is likely enough: how likely it is goes into the confidence."""
    chosen: list[Spot] = []
    for spot in sorted(spots, key=lambda one: (one.words[0] - one.words[1], -support[one.words][side])):
        if support[spot.words][side] > ARC and not any(spot.span.meets(other.span) for other in chosen):
            chosen.append(spot)
    if not chosen:
        best = max(spots, key=lambda one: (support[one.words][side], one.words), default=None)
        if best is not None and support[best.words][side] > LEAST:
            chosen.append(best)
    return tuple(sorted(chosen, key=lambda one: one.words))


def _is_inside(
    at: int, words: tuple[int, int], stretches: dict[tuple[int, int], tuple[MentionMark | None, ActorKind]]
) -> bool:
    size = words[1] - words[0]
    return any(first <= at <= last and last - first < size for first, last in stretches if first <= at)


def _tagged(mention: NDArray[Any]) -> list[tuple[int, int, ActorKind]]:
    """First and last word of what the tags mark: 0 none, 1 inside, from 2 the beginning of one of a kind."""
    tags = mention.argmax(1).tolist()
    found: list[tuple[int, int, ActorKind]] = []
    for at, tag in enumerate(tags):
        if tag > 1:
            found.append((at, at, KINDS[tag - 2]))
        elif tag == 1 and found and found[-1][1] == at - 1:
            found[-1] = (found[-1][0], at, found[-1][2])
    return found

"""Scores the relation between two given spans: PLOVER root, quad and conflict or cooperation, macro F1.

Rows hold `text`, `marked` (the text with `<s>`…`</s>` and `<t>`…`</t>`), `root`, `quad` and `binary`. The reader is
given the two spans as its only actors and must name one act between them; it always answers. The labels follow the
CAMEO habit of this set: signing is SUPPORT, sanctions are COERCE, a cooperative act announced is AGREE, a hostile
one announced is THREATEN, a cooperative act ruled out is REJECT, and CONCEDE and RETREAT are one class, YIELD.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final, cast

import msgspec

from detente.knowledge import Knowledge
from detente.model.document import Document
from detente.model.vocabulary import EventType
from detente.reading.marks import MentionMark, Span
from detente.serving.scores.report import Figure, ScoreReport

if TYPE_CHECKING:
    from detente.reading.events.matching import Act
    from detente.reading.syntax import Tree

_TAG: Final = re.compile(r"</?[st]>")
_COOPERATION: Final[frozenset[str]] = frozenset(
    {"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"}
)
_QUADS: Final = {
    "AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "COOPERATE": 2, "AID": 2, "YIELD": 2,
    "REQUEST": 3, "ACCUSE": 3, "REJECT": 3, "THREATEN": 3,
    "PROTEST": 4, "SANCTION": 4, "MOBILIZE": 4, "COERCE": 4, "ASSAULT": 4,
}  # fmt: skip
_PROMISED: Final[frozenset[str]] = frozenset({"AID", "CONSULT", "COOPERATE", "RETREAT", "CONCEDE", "SUPPORT"})
_MENACED: Final[frozenset[str]] = frozenset({"ASSAULT", "SANCTION", "COERCE", "PROTEST", "MOBILIZE"})
_FALLBACK: Final = "ACCUSE"


class RelationRow(msgspec.Struct):
    """One row of the set; other columns are ignored."""

    id: str
    text: str
    marked: str
    root: str
    quad: int
    binary: str


class RelationsScore:
    name: ClassVar[str] = "relations"

    def score(self, path: Path, knowledge: Knowledge, *, limit: int | None = None) -> ScoreReport:
        """Figures for one file; `errors` hold one line for each wrong root."""
        relations = Relations(knowledge)
        rows = [msgspec.json.decode(line, type=RelationRow) for line in path.read_bytes().splitlines() if line.strip()]
        pairs: list[tuple[str, str]] = []
        errors: list[str] = []
        for row in rows[:limit]:
            answer, why = relations.between(row.marked)
            pairs.append((row.root, answer))
            if answer != row.root:
                errors.append(f"{row.id}: {row.root} read as {answer} ({why}): {row.marked}")
        quads = [(str(row.quad), str(_QUADS[guess])) for row, (_, guess) in zip(rows, pairs, strict=False)]
        sides = [(row.binary, _binary(guess)) for row, (_, guess) in zip(rows, pairs, strict=False)]
        figures = [Figure(f"{name} macro F1", macro_f1(data), len(data)) for name, data in
                   (("root", pairs), ("quad", quads), ("binary", sides))]  # fmt: skip
        figures.append(Figure("root accuracy", sum(g == a for g, a in pairs) / max(1, len(pairs)), len(pairs)))
        return ScoreReport(self.name, str(path), len(pairs), tuple(figures), tuple(errors))


class Relations:
    """Reads the act between two marked spans of one sentence."""

    def __init__(self, knowledge: Knowledge) -> None:
        from detente.reading.events.lexicon import Acts
        from detente.reading.factuality import Factuality
        from detente.reading.pipeline import pipeline

        self.knowledge = knowledge
        self.acts = Acts.load(knowledge.language, knowledge.ontology)
        self.factuality = Factuality.load(knowledge.language)
        self.pipeline = pipeline(knowledge, ("layout", "parse"))

    def between(self, marked: str) -> tuple[str, str]:
        """The root for the two spans, and the words and rule it rests on."""
        from detente.reading.events.matching import Matcher
        from detente.reading.events.sides import Sides
        from detente.reading.syntax import tree

        text, source, target = unmarked(marked)
        paper = self.pipeline.read(_document(text))
        assert paper.parse is not None
        view = tree(paper.parse)
        heads = _head(view, source), _head(view, target)
        mentions = tuple(
            MentionMark(span, view.starts[head], "name", "actor")
            for span, head in zip((source, target), heads, strict=True)
        )
        matcher = Matcher(view, Sides(view, mentions, self.acts.calendar), self.acts, self.factuality)
        acts = matcher.read()
        best = max(acts, key=lambda act: self._rank(act, source, target, heads, view), default=None)
        if best is None:
            return _FALLBACK, "no word of the lexicon"
        return self.root(
            best
        ), f"{view.words[best.trigger]} {best.type} {best.cameo} {self._rank(best, source, target, heads, view)[0]}"

    def _rank(self, act: Act, source: Span, target: Span, heads: tuple[int, int], view: Tree) -> tuple[float, ...]:
        does = {s.mention.span for s in act.sources}
        undergoes = {s.mention.span for s in act.targets}
        linked = 3.0 if source in does and target in undergoes else 0.0
        if not linked:
            linked = (
                1.5 * (source in does)
                + 1.0 * (target in undergoes)
                - 0.5 * (target in does)
                - 0.5 * (source in undergoes)
            )
        low, high = sorted(heads)
        inside = low < act.trigger < high
        depth = sum(1 for _ in view.ancestors(act.trigger))
        reach = min(abs(act.trigger - h) for h in heads)
        outer = bool(act.base.op)
        return linked, inside, outer, -depth, -reach, -act.trigger

    def root(self, act: Act) -> str:
        """The label this set gives an act with its polarity and modality."""
        kind: EventType = act.type if act.type == "REQUEST" else self._by_code(act.cameo)
        if act.status.polarity == "negated" and kind in _COOPERATION:
            return "REJECT"
        ordered = any(reason.endswith(("(ordered)", "(announced)")) for reason in act.status.reasons)
        if act.status.modality in {"future", "hypothetical"} and act.status.polarity == "affirmed" and not ordered:
            if kind in _PROMISED:
                return "AGREE"
            if kind in _MENACED:
                return "THREATEN"
        if kind in {"CONCEDE", "RETREAT"}:
            return "YIELD"
        return kind if kind in _QUADS else _FALLBACK

    def _by_code(self, cameo: str) -> EventType:
        """The set keeps CAMEO's roots: occupation and blockade fall under fighting, embargoes under coercion."""
        root = {"19": "ASSAULT", "18": "ASSAULT", "17": "COERCE"}.get(cameo[:2])
        return cast(EventType, root) if root else self.knowledge.ontology.code(cameo).type


def unmarked(marked: str) -> tuple[str, Span, Span]:
    """The plain text and the first source and target span of a marked sentence."""
    plain: list[str] = []
    length, last = 0, 0
    opened: dict[str, int] = {}
    spans: dict[str, Span] = {}
    for found in _TAG.finditer(marked):
        piece = marked[last : found.start()]
        plain.append(piece)
        length += len(piece)
        last = found.end()
        name = found.group()[-2]
        if "/" not in found.group():
            opened[name] = length
        elif name not in spans:
            spans[name] = Span(opened.get(name, length), length)
    plain.append(marked[last:])
    text = "".join(plain)
    return text, spans.get("s", Span(0, 0)), spans.get("t", Span(0, 0))


def macro_f1(pairs: list[tuple[str, str]]) -> float:
    """Mean F1 over the gold classes; pairs are (gold, answer)."""
    gold, said = Counter(g for g, _ in pairs), Counter(a for _, a in pairs)
    right = Counter(g for g, a in pairs if g == a)
    return sum(2 * right[c] / (gold[c] + said[c]) for c in gold) / max(1, len(gold))


def _binary(root: str) -> str:
    return "COOPERATION" if _QUADS[root] <= 2 else "CONFLICT"


def _head(view: Tree, span: Span) -> int:
    """The word of the span whose head lies outside it."""
    inside = [i for i in range(len(view)) if view.starts[i] < span.end and view.ends[i] > span.start]
    for i in inside:
        if view.kinds[i] in "na" and not (inside[0] <= view.heads[i] <= inside[-1] and view.heads[i] != i):
            return i
    return next((i for i in inside if view.kinds[i] == "n"), inside[0] if inside else 0)


def _document(text: str) -> Document:
    return Document(document_id="", uri="", text=text, text_sha256="", language="en", reader_version="")

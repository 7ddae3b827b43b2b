"""Scores claims against annotated attributions: article -> {source, cue, content} spans (the PolNeAR format).

A claim is right in its contents, in its source, or in both ("pair") where it shares a character with the same part of a
gold attribution; for the pair both must be parts of one. Of several annotators of an article the first counts. An
attribution without a source counts for contents only, unless the claim names no source either. The format holds no
attribution inside another, so only outermost claims are compared; the figures "with nested" show the cost of the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import msgspec
from msgspec import Struct

from detente.errors import InputError
from detente.knowledge import Knowledge
from detente.model.document import Document
from detente.reading.marks import ClaimMark, Span
from detente.reading.pipeline import Pipeline, pipeline
from detente.serving.scores.report import Figure, ScoreReport, named, precision_recall_f1

_NEGATION = frozenset({"not", "n't", "n’t", "never", "no", "without", "nor", "neither"})
_NEGATIVE_STEMS = ("fail", "refus", "declin", "deny", "deni", "omit", "ignor", "reject")
_NEGATIVE_ACTS = frozenset({"deny", "refuse", "omit"})
_SHOWN = 60


class Stretch(Struct, frozen=True):
    """One span of the file."""

    start: int
    end: int


class Attribution(Struct, frozen=True):
    """One gold attribution; each part may be empty."""

    source: tuple[Stretch, ...] = ()
    cue: tuple[Stretch, ...] = ()
    content: tuple[Stretch, ...] = ()


class Article(Struct, frozen=True):
    """One row of the file."""

    doc_id: str
    text: str
    attributions: tuple[Attribution, ...]
    title: str | None = None


class Tally:
    """Counts of one part over all articles: what of the found is right, what of the gold is met."""

    def __init__(self) -> None:
        self.found = self.found_right = self.gold = self.gold_met = 0

    def triple(self) -> tuple[float, float, float]:
        precision = self.found_right / self.found if self.found else 0.0
        recall = self.gold_met / self.gold if self.gold else 0.0
        both = precision + recall
        return precision, recall, 2 * precision * recall / both if both else 0.0


class AttributionScore:
    """Reads each article afresh and compares its claims."""

    name: ClassVar[str] = "attribution"

    def score(self, path: Path, knowledge: Knowledge, *, limit: int | None = None) -> ScoreReport:
        """Precision, recall and F1 of contents, sources and pairs, the share of negated cues found, and the
        strict pair (each gold attribution may be met by one claim only). InputError for a file of another form."""
        reader = pipeline(knowledge, ("layout", "parse", "claims"))
        page = Comparison()
        for article in articles(path, limit):
            page.add(article, _claims(reader, article))
        return page.report(self.name, str(path))


class Comparison:
    """Gold against found, article by article."""

    def __init__(self) -> None:
        self.parts = {"content": Tally(), "source": Tally(), "pair": Tally()}
        self.all_found = self.all_right = self.all_met = 0
        self.strict_right = self.rows = self.negated = self.negated_found = self.cue_met = 0
        self.missed: list[tuple[int, str]] = []
        self.surplus: list[tuple[float, str]] = []

    def add(self, article: Article, claims: tuple[ClaimMark, ...]) -> None:
        self.rows += 1
        gold = [item for item in article.attributions if item.content]
        everything = _Links(gold, claims)
        self.all_found += len(claims)
        self.all_right += len({k for _, k in everything.pair})
        self.all_met += len({i for i, _ in everything.pair})
        claims = tuple(claim for claim in claims if claim.parent is None)
        links = _Links(gold, claims)
        self._count("content", links.content, gold, claims)
        sourced = [i for i, item in enumerate(gold) if item.source]
        voiced = [k for k, claim in enumerate(claims) if claim.sources]
        source = self.parts["source"]
        source.gold += len(sourced)
        source.gold_met += sum(any((i, k) in links.source for k in voiced) for i in sourced)
        source.found += len(voiced)
        source.found_right += sum(any((i, k) in links.source for i in sourced) for k in voiced)
        self._count("pair", links.pair, gold, claims)
        self.strict_right += links.matched()
        self._note(article, gold, claims, links)

    def _count(
        self, part: str, links: set[tuple[int, int]], gold: list[Attribution], claims: tuple[ClaimMark, ...]
    ) -> None:
        tally = self.parts[part]
        tally.gold += len(gold)
        tally.found += len(claims)
        tally.gold_met += len({i for i, _ in links})
        tally.found_right += len({k for _, k in links})

    def _note(self, article: Article, gold: list[Attribution], claims: tuple[ClaimMark, ...], links: _Links) -> None:
        met, right = {i for i, _ in links.pair}, {k for _, k in links.pair}
        for i, item in enumerate(gold):
            cue = [article.text[part.start : part.end] for part in item.cue]
            self.cue_met += any((i, k) in links.cue for k in range(len(claims)))
            if _is_negated(cue):
                self.negated += 1
                self.negated_found += any(
                    claims[k].cue_polarity == "negated" or claims[k].act in _NEGATIVE_ACTS
                    for i2, k in sorted(links.pair)
                    if i2 == i
                )
            if i not in met:
                size = sum(part.end - part.start for part in item.content)
                what = "contents only" if any(i2 == i for i2, _ in links.content) else "missed"
                line = _line(article, what, item.source, item.cue, item.content)
                self.missed.append((-size, line))
        for k, claim in enumerate(claims):
            if k not in right:
                parties = tuple(Stretch(*party.span) for party in claim.sources)
                cues, contents = (tuple(Stretch(*span) for span in spans) for spans in (claim.cues, claim.contents))
                self.surplus.append((-claim.score, _line(article, "surplus", parties, cues, contents)))

    def report(self, task: str, file: str) -> ScoreReport:
        figures: list[Figure] = []
        for part, tally in self.parts.items():
            figures += named(part, tally.triple(), tally.gold)
        pair = self.parts["pair"]
        figures += named("pair one-to-one", precision_recall_f1(self.strict_right, pair.found, pair.gold), pair.gold)
        precision, recall = _share(self.all_right, self.all_found), _share(self.all_met, pair.gold)
        both = precision + recall
        nested = (precision, recall, 2 * precision * recall / both if both else 0.0)
        figures += named("pair with nested", nested, pair.gold)
        figures.append(Figure("negated cues found", _share(self.negated_found, self.negated), self.negated))
        figures.append(Figure("cue recall", _share(self.cue_met, pair.gold), pair.gold))
        worst = [line for _, line in sorted(self.missed)[:_SHOWN]] + [line for _, line in sorted(self.surplus)[:_SHOWN]]
        notes = (
            "overlap: one character shared is enough; the first annotator of each article counts",
            f"{self.all_found - pair.found} claims inside another claim are left out: the set marks none such",
            "an attribution or claim without a source is left out of the source figures; in the pair two without agree",
        )
        return ScoreReport(task, file, self.rows, tuple(figures), tuple(worst), notes)


class _Links:
    """Which gold attribution and which claim share a character, part by part."""

    def __init__(self, gold: list[Attribution], claims: tuple[ClaimMark, ...]) -> None:
        self.content: set[tuple[int, int]] = set()
        self.source: set[tuple[int, int]] = set()
        self.cue: set[tuple[int, int]] = set()
        self.pair: set[tuple[int, int]] = set()
        for i, item in enumerate(gold):
            for k, claim in enumerate(claims):
                content = _meets(item.content, claim.contents)
                source = _meets(item.source, _named(claim))
                if content:
                    self.content.add((i, k))
                if source:
                    self.source.add((i, k))
                if _meets(item.cue, claim.cues):
                    self.cue.add((i, k))
                if content and (source or not (item.source or claim.sources)):
                    self.pair.add((i, k))

    def matched(self) -> int:
        """The size of the largest one-to-one matching of the pairs."""
        claims_of: dict[int, list[int]] = {}
        for i, k in sorted(self.pair):
            claims_of.setdefault(i, []).append(k)
        taken: dict[int, int] = {}

        def place(i: int, seen: set[int]) -> bool:
            for k in claims_of[i]:
                if k not in seen:
                    seen.add(k)
                    if k not in taken or place(taken[k], seen):
                        taken[k] = i
                        return True
            return False

        return sum(place(i, set()) for i in claims_of)


def articles(path: Path, limit: int | None) -> Iterator[Article]:
    """The rows of the file, of each article the first annotator's; `limit` counts articles."""
    seen: set[str] = set()
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if limit is not None and len(seen) >= limit:
                return
            if not line.strip():
                continue
            try:
                article = msgspec.json.decode(line, type=Article)
            except msgspec.DecodeError as error:
                raise InputError(
                    "a row is no annotated article",
                    value=f"{path} line {number}: {error}",
                    expected="a JSON object with doc_id, text and attributions",
                ) from error
            if article.doc_id not in seen:
                seen.add(article.doc_id)
                yield article


def _claims(reader: Pipeline, article: Article) -> tuple[ClaimMark, ...]:
    doc = Document(
        document_id=article.doc_id,
        uri=article.doc_id,
        text=article.text,
        text_sha256="",
        language="en",
        reader_version="",
    )
    return reader.read(doc).claims or ()


def _named(claim: ClaimMark) -> tuple[Span, ...]:
    """Where the sources of a claim are named: their phrases, and the pronouns that stand for them in its clause."""
    stand_ins = tuple(party.stand_in for party in claim.sources if party.stand_in is not None)
    return (*(party.span for party in claim.sources), *stand_ins)


def _meets(stretches: tuple[Stretch, ...], spans: tuple[Span, ...]) -> bool:
    return any(one.start < other.end and other.start < one.end for one in stretches for other in spans)


def _is_negated(cues: list[str]) -> bool:
    words = " ".join(cues).lower().replace("n't", " n't").replace("n’t", " n’t").split()
    return any(word in _NEGATION or word.startswith(_NEGATIVE_STEMS) for word in words)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _line(article: Article, what: str, *parts: tuple[Stretch, ...]) -> str:
    words = [" … ".join(" ".join(article.text[s.start : s.end].split())[:120] for s in part) or "-" for part in parts]
    return f"{what}: {article.doc_id}: " + " | ".join(words)

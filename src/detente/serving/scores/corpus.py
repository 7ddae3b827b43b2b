"""Scores the reader on passages of the compiled corpus: who did what to whom, who says so, how much.

Each passage is read whole, with its date of publication. A row of ours counts where its words overlap those of the gold
row, its parties where they act for the same territory; who acts for none is compared by the mention they overlap.
Of actors only those used as actors are asked; pronouns that the gold leaves unmarked are not held against the reader.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from pathlib import Path
from typing import ClassVar

from detente.knowledge import Knowledge
from detente.model.date import Date
from detente.model.document import Document
from detente.reading.marks import ClaimMark, FigureMark, MentionMark, Party, Span
from detente.reading.pipeline import pipeline
from detente.recording.resolution import Resolver
from detente.serving.scores.corpus_reading import NOBODY, Reading, Triple, matched, meets, whole
from detente.serving.scores.corpus_rows import ClaimRow, PassageRow, Stretch, passages
from detente.serving.scores.report import Figure, ScoreReport, named, precision_recall_f1

STEPS = ("layout", "parse", "actors", "times", "figures", "claims", "events")
_SHOWN = 150


class CorpusScore:
    """Reads each passage afresh and compares every kind of row."""

    name: ClassVar[str] = "corpus"

    def score(self, path: Path, knowledge: Knowledge, *, limit: int | None = None) -> ScoreReport:
        """Figures for one file of compiled passages; `errors` show the words. InputError for a file of another form."""
        reader = pipeline(knowledge, STEPS)
        page = Comparison()
        for row in passages(path, limit):
            paper = reader.read(_document(row))
            page.add(Reading(row, paper, Resolver(knowledge, paper, _day(row.published))))
        return page.report(self.name, str(path))


class Comparison:
    """Gold against found, passage by passage."""

    def __init__(self) -> None:
        self.counts: dict[str, list[float]] = {}
        self.shares: dict[str, list[int]] = {}
        self.factual: dict[str, list[tuple[str, str]]] = {"polarity": [], "modality": []}
        self.rows = 0
        self.errors: list[tuple[str, str]] = []

    def add(self, reading: Reading) -> None:
        self.rows += 1
        self._triples(reading)
        self._empty_sentences(reading)
        self._factuality(reading)
        self._actors(reading)
        self._claims(reading)
        self._figures(reading)
        self._stances(reading)

    # -- events ------------------------------------------------------------------------------------------

    def _triples(self, reading: Reading) -> None:
        gold = {triple for event in reading.row.events for triple in reading.gold_triples(event)}
        found = {triple for event in reading.paper.events or () for triple in reading.found_triples(event)}
        whole_gold, whole_found = whole(gold), whole(found)
        self._count("triple", whole_gold, whole_found)
        self._count("pair", {_untyped(t) for t in whole_gold}, {_untyped(t) for t in whole_found})
        self._count("triple, open sides too", gold, found)
        self._count(f"triple in {reading.row.genre}", whole_gold, whole_found)
        for event in reading.row.events:
            for triple in sorted(whole(reading.gold_triples(event))):
                self._share(f"triples found, {event.construction}", triple in found)
        for what, triples in (("missed", gold - found), ("surplus", found - gold)):
            for triple in sorted(triples):
                line = f"{what} {triple.source} {triple.type} {triple.target}: {reading.words(triple.sentence)}"
                self._note(reading, "triple", line)

    def _empty_sentences(self, reading: Reading) -> None:
        events: dict[int, set[Triple]] = {}
        for event in reading.paper.events or ():
            found = reading.found_triples(event)
            events.setdefault(reading.sentence_at(event.trigger.start), set()).update(found)
        for index, sentence in enumerate(reading.row.sentences):
            if sentence.none is None:
                continue
            found = events.get(index, set())
            between = whole(found)
            self._share("no-event sentences left empty", not found)
            self._share("no-event sentences without a pair", not between)
            if found:
                listed = ", ".join(f"{t.source} {t.type} {t.target}" for t in sorted(found))
                self._note(reading, "no event", f"({sentence.none}) read {listed}: {reading.words(index)}")

    def _factuality(self, reading: Reading) -> None:
        for event in reading.row.events:
            over = [
                mark
                for mark in reading.paper.events or ()
                if any(meets(piece, mark.trigger) for piece in event.trigger)
            ]
            self._share("triggers found", bool(over))
            if event.sources and event.targets:
                self._share("triggers found, both sides named", bool(over))
            if not over:
                continue
            mark = min(over, key=lambda one: (one.type != event.type, one.trigger))
            self._share("types of found triggers", mark.type == event.type)
            self.factual["polarity"].append((event.polarity, mark.polarity))
            self.factual["modality"].append((event.modality, mark.modality))
            if (event.polarity, event.modality) != (mark.polarity, mark.modality):
                line = f"{event.polarity} {event.modality} read as {mark.polarity} {mark.modality}"
                trigger = event.trigger[0].quote
                self._note(reading, "factuality", f"{line} “{trigger}”: {reading.words(event.sentence)}")

    # -- actors ------------------------------------------------------------------------------------------

    def _actors(self, reading: Reading) -> None:
        gold = [actor for actor in reading.row.actors if actor.use == "actor"]
        found = [mark for mark in reading.paper.mentions or () if mark.use == "actor"]
        inner = [m for m in found if any(o is not m and o.span.holds(m.span) for o in found)]
        found = [m for m in found if m not in inner or any(_same(m.span, a.span) for a in gold)]
        found = [m for m in found if m.form != "pronoun" or any(meets(a.span, m.span) for a in gold)]
        places = {mark.span: self._territories(reading, mark) for mark in found}
        pairs = matched(
            [(i, k) for i, actor in enumerate(gold) for k, mark in enumerate(found) if meets(actor.span, mark.span)
             and places[mark.span] == set(actor.territories)]
        )  # fmt: skip
        met = matched([(i, k) for i, a in enumerate(gold) for k, m in enumerate(found) if meets(a.span, m.span)])
        self._add("actor and territory", len(pairs), len(found), len(gold))
        self._add("actor", len(met), len(found), len(gold))
        for i, actor in enumerate(gold):
            if i not in pairs:
                what = "missed" if i not in met else f"read as {sorted(places[found[met[i]].span])}"
                line = f"{what} “{actor.span.quote}” {sorted(actor.territories)}: {reading.words(actor.sentence)}"
                self._note(reading, "actor", line)
        taken = set(met.values())
        for k, mark in enumerate(found):
            if k not in taken:
                line = f"surplus “{reading.paper.words(mark.span)}” {sorted(places[mark.span])}"
                self._note(reading, "actor", f"{line}: {reading.words(reading.sentence_at(mark.span.start))}")
        self._uses(reading)

    def _territories(self, reading: Reading, mark: MentionMark) -> set[str]:
        refs = reading.resolver.resolve(Party(mark.span, mark.head))
        return {ref.territory for ref in refs if ref.territory is not None}

    def _uses(self, reading: Reading) -> None:
        for actor in reading.row.actors:
            if actor.refers is None:
                same = [mark for mark in reading.paper.mentions or () if _same(mark.span, actor.span)]
                if same:
                    self._share("use of names", same[0].use == actor.use)

    # -- claims ------------------------------------------------------------------------------------------

    def _claims(self, reading: Reading) -> None:
        gold, found = reading.row.claims, reading.paper.claims or ()
        content = [(i, k) for i, g in enumerate(gold) for k, f in enumerate(found) if _overlap(g.contents, f.contents)]
        pair = [(i, k) for i, k in content if self._is_source(reading, gold[i], found[k])]
        closest = sorted(pair, key=lambda ik: (-_closeness(gold[ik[0]], found[ik[1]]), ik))
        met = matched(closest)
        self._add("claim content", len(matched(content)), len(found), len(gold))
        self._add("claim pair", len(met), len(found), len(gold))
        for i, claim in enumerate(gold):
            self._share(f"claims found, {claim.form}", i in met)
            if claim.cue_polarity == "negated":
                self._share("negated cues found", i in met and found[met[i]].cue_polarity == "negated")
            if claim.parent is not None:
                right = i in met and self._is_chain(reading, i, met[i])
                self._share("nested chains right", right)
                if not right:
                    self._note(reading, "chain", self._claim_line(reading, claim))
            if i not in met:
                self._note(reading, "claim", "missed " + self._claim_line(reading, claim))
                continue
            mark = found[met[i]]
            self._share("claim act", claim.act == mark.act)
            self._share("claim form", claim.form == mark.form)
            if claim.act != mark.act:
                self._note(reading, "act", f"{claim.act} read as {mark.act}: {self._claim_line(reading, claim)}")
        taken = set(met.values())
        for k, mark in enumerate(found):
            if k not in taken:
                parts = [_joined(reading, (p.span for p in mark.sources)), _joined(reading, mark.cues),
                         _joined(reading, mark.contents)]  # fmt: skip
                self._note(reading, "claim", "surplus " + " | ".join(parts))

    def _claim_line(self, reading: Reading, claim: ClaimRow) -> str:
        source = " + ".join(reading.row.actors[i].span.quote for i in claim.sources) or claim.voiced
        cue = " … ".join(cue.quote for cue in claim.cues) or NOBODY
        return f"{source} | {cue} | {' … '.join(part.quote for part in claim.contents)}"

    def _is_source(self, reading: Reading, claim: ClaimRow, mark: ClaimMark) -> bool:
        """The same words, or, where the source stands elsewhere in the text, the same territory; nobody is nobody."""
        if claim.voiced != "named":
            return not mark.sources
        spans = [party.span for party in mark.sources]
        spans += [party.stand_in for party in mark.sources if party.stand_in is not None]
        actors = [reading.row.actors[i] for i in claim.sources]
        if any(meets(actor.span, span) for actor in actors for span in spans):
            return True
        elsewhere = [i for i in claim.sources if reading.row.actors[i].sentence != claim.sentence]
        keys = reading.gold_keys(elsewhere)
        return bool(keys & reading.keys(mark.sources))

    def _is_chain(self, reading: Reading, gold: int, found: int) -> bool:
        """True where the claims above agree one by one in their sources, to the outermost."""
        up: int | None = reading.row.claims[gold].parent
        ours = (reading.paper.claims or ())[found].parent
        while up is not None and ours is not None:
            mark, claim = (reading.paper.claims or ())[ours], reading.row.claims[up]
            if not self._is_source(reading, claim, mark):
                return False
            up, ours = claim.parent, mark.parent
        return up is None and ours is None

    # -- figures -----------------------------------------------------------------------------------------

    def _figures(self, reading: Reading) -> None:
        gold, found = reading.row.figures, reading.paper.figures or ()
        over = [(i, k) for i, g in enumerate(gold) for k, f in enumerate(found) if meets(g.span, f.span)]
        valued = matched([(i, k) for i, k in over if _amount(gold[i]) == _amount(found[k])])
        whole = matched(
            [(i, k) for i, k in over if (*_amount(gold[i]), gold[i].bound, gold[i].measure)
             == (*_amount(found[k]), found[k].bound, found[k].measure)]
        )  # fmt: skip
        self._add("figure value", len(valued), len(found), len(gold))
        self._add("figure value, bound, measure", len(whole), len(found), len(gold))
        met = matched(over)
        for i, figure in enumerate(gold):
            if i not in whole:
                ours = found[met[i]] if i in met else None
                read = f"read as {_amount(ours)} {ours.bound} {ours.measure}" if ours else "missed"
                line = f"{figure.span.quote} {_amount(figure)} {figure.bound} {figure.measure} {read}"
                self._note(reading, "figure", f"{line}: {reading.words(figure.sentence)}")
        for k, mark in enumerate(found):
            if k not in set(met.values()):
                line = f"surplus {reading.paper.words(mark.span)} {mark.measure}"
                self._note(reading, "figure", f"{line}: {reading.words(reading.sentence_at(mark.span.start))}")

    # -- stance ------------------------------------------------------------------------------------------

    def _stances(self, reading: Reading) -> None:
        """Of stances that a named speaker takes: whether a claim about that actor leans the same way."""
        for stance in reading.row.stances:
            if stance.speaker is None:
                continue
            towards = reading.row.actors[stance.actor].span
            leanings = [
                leaning
                for claim in reading.paper.claims or ()
                for party, leaning in claim.about
                if meets(towards, party.span)
            ]
            self._share("stances of speakers right", any(leaning * stance.value > 0 for leaning in leanings))

    # -- counting ----------------------------------------------------------------------------------------

    def _count(self, name: str, gold: set[Hashable] | set[Triple], found: set[Hashable] | set[Triple]) -> None:
        self._add(name, len(gold & found), len(found), len(gold))

    def _add(self, name: str, right: int, found: int, gold: int) -> None:
        totals = self.counts.setdefault(name, [0, 0, 0])
        for place, amount in enumerate((right, found, gold)):
            totals[place] += amount

    def _share(self, name: str, right: bool) -> None:
        totals = self.shares.setdefault(name, [0, 0])
        totals[0] += right
        totals[1] += 1

    def _note(self, reading: Reading, kind: str, line: str) -> None:
        self.errors.append((kind, f"{kind}: {reading.row.id}: {line}"))

    def report(self, task: str, file: str) -> ScoreReport:
        figures: list[Figure] = []
        for name, (right, found, gold) in self.counts.items():
            figures += named(name, precision_recall_f1(right, found, gold), int(gold))
        figures += [Figure(name, right / total, total) for name, (right, total) in self.shares.items()]
        for name, pairs in self.factual.items():
            figures.append(Figure(f"{name} macro F1", macro_f1(pairs), len(pairs)))
        totals = Counter(kind for kind, _ in self.errors)
        notes = (
            "triples are counted once a sentence; polarity, modality and type only where the trigger was found",
            "errors: " + ", ".join(f"{kind} {count}" for kind, count in sorted(totals.items())),
        )
        shown: Counter[str] = Counter()
        lines = []
        for kind, line in self.errors:
            shown[kind] += 1
            if shown[kind] <= _SHOWN:
                lines.append(line)
        return ScoreReport(task, file, self.rows, tuple(figures), tuple(lines), notes)


def macro_f1(pairs: Sequence[tuple[str, str]]) -> float:
    """Mean F1 over the classes that the gold holds; pairs are (gold, answer)."""
    classes = sorted({gold for gold, _ in pairs})
    scores = [
        precision_recall_f1(
            sum(g == a == one for g, a in pairs), sum(a == one for _, a in pairs), sum(g == one for g, _ in pairs)
        )[2]
        for one in classes
    ]
    return sum(scores) / len(scores) if scores else 0.0


def _untyped(triple: Triple) -> Hashable:
    return triple.sentence, triple.source, triple.target


def _same(span: Span, stretch: Stretch) -> bool:
    return (span.start, span.end) == (stretch.start, stretch.end)


def _overlap(stretches: Sequence[Stretch], spans: Sequence[Span]) -> bool:
    return any(meets(stretch, span) for stretch in stretches for span in spans)


def _closeness(claim: ClaimRow, mark: ClaimMark) -> float:
    """Characters of content in both over characters in either."""
    ours = {place for span in mark.contents for place in range(*span)}
    gold = {place for part in claim.contents for place in range(part.start, part.end)}
    return len(ours & gold) / len(ours | gold) if ours | gold else 0.0


def _amount(figure: FigureMark | object) -> tuple[float | None, float | None, float | None]:
    return tuple(  # type: ignore[return-value]
        None if (number := getattr(figure, name)) is None else round(number, 2) for name in ("value", "low", "high")
    )


def _joined(reading: Reading, spans: Iterable[Span]) -> str:
    return " … ".join(" ".join(reading.paper.words(span).split())[:150] for span in spans) or NOBODY


def _day(iso: str) -> Date:
    return Date(start=iso, end=iso, precision="day", basis="given", raw=iso)


def _document(row: PassageRow) -> Document:
    return Document(
        document_id=row.id,
        uri=row.id,
        text=row.text,
        text_sha256="",
        language="en",
        reader_version="",
        outlet_territory=row.outlet,
        published=_day(row.published),
    )

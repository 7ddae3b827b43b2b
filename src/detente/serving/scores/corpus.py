"""Scores the reader on passages of the compiled corpus: who did what to whom, who says so, how much.

Each passage is read whole, with its date of publication. A row of ours counts where its words overlap those of the gold
row, its parties where they act for the same territory; who acts for none is compared by the mention they overlap.
Of actors only those used as actors are asked; pronouns that the gold leaves unmarked are not held against the reader.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from pathlib import Path
from typing import ClassVar, NamedTuple

from detente.knowledge import Knowledge
from detente.model.actor import ActorRef
from detente.model.date import Date
from detente.model.document import Document
from detente.reading.marks import ClaimMark, EventMark, FigureMark, MentionMark, Party, Span
from detente.reading.paper import Paper
from detente.reading.pipeline import pipeline
from detente.recording.resolution import Resolver
from detente.serving.scores.corpus_rows import ClaimRow, EventRow, PassageRow, Stretch, passages
from detente.serving.scores.report import Figure, ScoreReport, named, precision_recall_f1

STEPS = ("layout", "parse", "actors", "times", "figures", "claims", "events")
NOBODY = "-"
_SHOWN = 150
_OWN_STANDING = frozenset({"igo", "ngo", "armed_group", "people", "company", "media"})


class Triple(NamedTuple):
    sentence: int
    source: str
    type: str
    target: str


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


class Reading:
    """One passage beside what the reader made of it, with keys under which parties of both can be compared."""

    def __init__(self, row: PassageRow, paper: Paper, resolver: Resolver) -> None:
        self.row = row
        self.paper = paper
        self.resolver = resolver
        self.starts = [sentence.start for sentence in row.sentences]

    def sentence_at(self, place: int) -> int:
        """The gold sentence that holds an offset."""
        return max((i for i, start in enumerate(self.starts) if start <= place), default=0)

    def words(self, sentence: int) -> str:
        row = self.row.sentences[sentence]
        return self.row.text[row.start : row.end]

    def gold_keys(self, actors: Iterable[int]) -> set[str]:
        """What the gold parties are called: their territories, else the first mention they go back to."""
        return {key for index in actors for key in self._gold_key(index)}

    def _gold_key(self, index: int) -> tuple[str, ...]:
        actor = self.row.actors[index]
        if actor.territories:
            return actor.territories
        while actor.refers is not None:
            actor = self.row.actors[actor.refers]
        return ("“" + actor.span.quote.casefold() + "”",)

    def keys(self, parties: Iterable[Party]) -> set[str]:
        """What our parties are called, in the gold's terms where they overlap a mention of the gold."""
        return {key for party in parties for ref in self.resolver.resolve(party) for key in self._key(party, ref)}

    def _key(self, party: Party, ref: ActorRef) -> tuple[str, ...]:
        if ref.territory is not None:
            return (ref.territory,)
        place = Span(ref.evidence.start, ref.evidence.end) if ref.evidence is not None else party.span
        over = [i for i, actor in enumerate(self.row.actors) if _meets(actor.span, place)]
        for index in over:
            if not self.row.actors[index].territories:
                return self._gold_key(index)
        return ("“" + ref.name.casefold() + "”",)

    def gold_triples(self, event: EventRow) -> set[Triple]:
        return _triples(event.sentence, event.type, self.gold_keys(event.sources), self.gold_keys(event.targets))

    def found_triples(self, event: EventMark) -> set[Triple]:
        """Those of an event that the record would keep: between two, or by or to one political actor."""
        sentence = self.sentence_at(event.trigger.start)
        known = [self._political(parties) for parties in (event.sources, event.targets)]
        triples = _triples(sentence, event.type, *(self.keys(parties) for parties in known))
        if NOBODY in {key for one in triples for key in (one.source, one.target)} and event.type == "STATEMENT":
            return set()
        return triples

    def _political(self, parties: Sequence[Party]) -> list[Party]:
        return [
            party
            for party in parties
            if any(
                ref.territory is not None or (ref.actor_id is not None and ref.kind in _OWN_STANDING)
                for ref in self.resolver.resolve(party)
            )
        ]


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

    # -- events ------------------------------------------------------------------------------------------

    def _triples(self, reading: Reading) -> None:
        gold = {triple for event in reading.row.events for triple in reading.gold_triples(event)}
        found = {triple for event in reading.paper.events or () for triple in reading.found_triples(event)}
        whole_gold, whole_found = _whole(gold), _whole(found)
        self._count("triple", whole_gold, whole_found)
        self._count("pair", {_untyped(t) for t in whole_gold}, {_untyped(t) for t in whole_found})
        self._count("triple, open sides too", gold, found)
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
            between = _whole(found)
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
                if any(_meets(piece, mark.trigger) for piece in event.trigger)
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
        found = [m for m in found if m.form != "pronoun" or any(_meets(a.span, m.span) for a in gold)]
        places = {mark.span: self._territories(reading, mark) for mark in found}
        pairs = _matched(
            [(i, k) for i, actor in enumerate(gold) for k, mark in enumerate(found) if _meets(actor.span, mark.span)
             and places[mark.span] == set(actor.territories)]
        )  # fmt: skip
        met = _matched([(i, k) for i, a in enumerate(gold) for k, m in enumerate(found) if _meets(a.span, m.span)])
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
        met = _matched(closest)
        self._add("claim content", len(_matched(content)), len(found), len(gold))
        self._add("claim pair", len(met), len(found), len(gold))
        for i, claim in enumerate(gold):
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
        if any(_meets(actor.span, span) for actor in actors for span in spans):
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
        over = [(i, k) for i, g in enumerate(gold) for k, f in enumerate(found) if _meets(g.span, f.span)]
        valued = _matched([(i, k) for i, k in over if _amount(gold[i]) == _amount(found[k])])
        whole = _matched(
            [(i, k) for i, k in over if (*_amount(gold[i]), gold[i].bound, gold[i].measure)
             == (*_amount(found[k]), found[k].bound, found[k].measure)]
        )  # fmt: skip
        self._add("figure value", len(valued), len(found), len(gold))
        self._add("figure value, bound, measure", len(whole), len(found), len(gold))
        met = _matched(over)
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


def _triples(sentence: int, kind: str, sources: set[str], targets: set[str]) -> set[Triple]:
    """One for each pair of two; with an empty side one for each of the other."""
    if not sources and not targets:
        return set()
    pairs = {(s, t) for s in sources or {NOBODY} for t in targets or {NOBODY} if s != t}
    return {Triple(sentence, source, kind, target) for source, target in pairs}


def _whole(triples: set[Triple]) -> set[Triple]:
    return {triple for triple in triples if NOBODY not in (triple.source, triple.target)}


def _untyped(triple: Triple) -> Hashable:
    return triple.sentence, triple.source, triple.target


def _matched(links: Sequence[tuple[int, int]]) -> dict[int, int]:
    """Gold to found, each once, the links earlier in the list first, then as many more as fit."""
    of: dict[int, list[int]] = {}
    for gold, found in links:
        of.setdefault(gold, []).append(found)
    holder: dict[int, int] = {}

    def place(gold: int, seen: set[int]) -> bool:
        for found in of[gold]:
            if found not in seen:
                seen.add(found)
                if found not in holder or place(holder[found], seen):
                    holder[found] = gold
                    return True
        return False

    for gold in of:
        place(gold, set())
    return {gold: found for found, gold in holder.items()}


def _meets(stretch: Stretch, span: Span) -> bool:
    return stretch.start < span.end and span.start < stretch.end


def _same(span: Span, stretch: Stretch) -> bool:
    return (span.start, span.end) == (stretch.start, stretch.end)


def _overlap(stretches: Sequence[Stretch], spans: Sequence[Span]) -> bool:
    return any(_meets(stretch, span) for stretch in stretches for span in spans)


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

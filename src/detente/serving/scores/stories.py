"""Scores what is found across articles, on stories of our own: happenings, witnesses, disputes.

Twice: on rows made from the annotation itself, which shows the relating alone, and on rows that the reader makes of
the texts, which shows the whole way. All stories of the file stand in one record, as they would in a user's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar

from detente.knowledge import Knowledge
from detente.model import AnyRecord, Claim, Dispute, Document, Event, Figure
from detente.model.vocabulary import DisputeKind
from detente.recording.store import Store
from detente.serving.scores.corpus_reading import matched
from detente.serving.scores.partitions import b_cubed, conll
from detente.serving.scores.report import Figure as Measured
from detente.serving.scores.report import ScoreReport, named
from detente.serving.scores.stories_counting import Told, Words, f1, links, pairs_of_matters
from detente.serving.scores.stories_record import AnnotatedArticle, document
from detente.serving.scores.stories_rows import StoryRow, stories

KINDS: tuple[DisputeKind, ...] = ("figure", "naming", "occurrence", "responsibility", "motive")
Mention = tuple[str, int]
"""One annotated event: document id, index in the article."""


class StoriesScore:
    """Relates the articles of all stories and compares what comes out with the annotation. `gold_rows` leaves out
    the reading."""

    name: ClassVar[str] = "stories"

    def __init__(self, *, gold_rows: bool = False) -> None:
        self.gold_rows = gold_rows

    def score(self, path: Path, knowledge: Knowledge, *, limit: int | None = None) -> ScoreReport:
        """Figures for one file of compiled stories; `errors` show the words. InputError for a file of another form."""
        told = tuple(stories(path, limit))
        pages = [_Page(told, knowledge, "gold rows", _annotated(told, knowledge))]
        if not self.gold_rows:
            pages.append(_Page(told, knowledge, "read", _read(told, knowledge)))
        for page in pages:
            page.compare()
        return ScoreReport(
            self.name,
            str(path),
            len(told),
            tuple(figure for page in pages for figure in page.figures),
            tuple(line for page in pages for line in page.errors),
            (
                "B3 is over annotated mentions, lone ones included; links are pairs of mentions of one happening",
                "a dispute is found where two of its versions stand on the words of two versions of the annotation",
                *(note for page in pages for note in page.notes),
            ),
        )


class _Page:
    """One record of all stories beside their annotation."""

    def __init__(
        self, told: Sequence[StoryRow], knowledge: Knowledge, way: str, documents: Iterator[list[AnyRecord]]
    ) -> None:
        self.told = told
        self.knowledge = knowledge
        self.way = way
        self.figures: list[Measured] = []
        self.errors: list[str] = []
        self.notes: list[str] = []
        self._documents = documents
        self._events: dict[str, list[Event]] = {}
        self._where: dict[str, str] = {}
        self._happening_of: dict[str, str] = {}
        self._witness_of: dict[str, str] = {}
        self._found: list[Dispute] = []

    def compare(self) -> None:
        with TemporaryDirectory() as folder, Store.open(Path(folder) / "stories.db") as store:
            for records in self._documents:
                store.add(records)
                self._take(records)
            self._relate(store)
        self._happenings()
        self._witnesses()
        self._disputes()

    def _take(self, records: Sequence[AnyRecord]) -> None:
        own = next(record.document_id for record in records if isinstance(record, Document))
        self._events[own] = [record for record in records if isinstance(record, Event)]
        for record in records:
            if isinstance(record, (Event, Claim, Figure)):
                self._where[_id(record)] = record.document_id

    def _relate(self, store: Store) -> None:
        from detente.relating.disputes import disputes_of
        from detente.relating.happenings import happenings_of
        from detente.relating.refresh import bring_up_to_date

        bring_up_to_date(store, self.knowledge)
        for happening in happenings_of(store):
            self._happening_of |= dict.fromkeys(happening.event_ids, happening.happening_id)
        self._found = list(disputes_of(store))
        self._witness_of = dict(store.reader.execute("SELECT document_id, witness_id FROM relate_witness"))

    # -- happenings --------------------------------------------------------------------------------------

    def _happenings(self) -> None:
        gold: dict[Mention, str] = {}
        words: dict[Mention, str] = {}
        for story in self.told:
            ids = [document(article).document_id for article in story.articles]
            for number, article in enumerate(story.articles):
                for index, event in enumerate(article.events):
                    mention = (ids[number], index)
                    gold[mention] = f"{article.id} {index}"
                    sentence = article.sentences[event.sentence]
                    text = article.text[sentence.start : sentence.end]
                    words[mention] = f"{article.id} “{event.trigger[0].quote}” in “{text[:110]}”"
            for happening in story.happenings:
                for at in happening.events:
                    gold[ids[at.article], at.event] = f"{story.id}: {happening.name}"
        rows = self._rows_of_mentions()
        held = {mention: name for mention, name in gold.items() if mention in rows}
        found = {mention: self._happening_of.get(rows[mention], rows[mention]) for mention in held}
        self.figures.append(Measured(f"{self.way}: mentions of events in the record", len(held) / len(gold), len(gold)))
        self.figures += named(f"{self.way}: happenings B3", b_cubed(found, held), len(held))
        self.figures.append(Measured(f"{self.way}: happenings CoNLL F1", conll(found, held), len(held)))
        right, ours, theirs = links(held, found)
        self.figures += named(f"{self.way}: happenings links", f1(right, ours, theirs), theirs)
        self._show_groups(held, found, words)

    def _rows_of_mentions(self) -> dict[Mention, str]:
        """The row of each annotated event: the one whose trigger overlaps its own, of the same type where there is."""
        rows: dict[Mention, str] = {}
        for story in self.told:
            for article in story.articles:
                own = document(article).document_id
                events = self._events.get(own, [])
                if self.way == "gold rows":
                    rows |= {(own, index): event.event_id for index, event in enumerate(events)}
                    continue
                over = [
                    (gold.type != event.type, i, k)
                    for i, gold in enumerate(article.events)
                    for k, event in enumerate(events)
                    if gold.trigger[0].start < event.trigger.end and event.trigger.start < gold.trigger[0].end
                ]
                pairs = matched([(i, k) for _, i, k in sorted(over)])
                rows |= {(own, i): events[k].event_id for i, k in pairs.items()}
        return rows

    def _show_groups(self, gold: dict[Mention, str], found: dict[Mention, str], words: dict[Mention, str]) -> None:
        lines: list[str] = []
        for name, of, other in (("split", gold, found), ("joined", found, gold)):
            groups: dict[str, list[Mention]] = {}
            for mention in gold:
                groups.setdefault(of[mention], []).append(mention)
            for group, members in groups.items():
                parts: dict[str, list[Mention]] = {}
                for mention in members:
                    parts.setdefault(other[mention], []).append(mention)
                if len(parts) > 1:
                    told = " // ".join("; ".join(words[m] for m in part) for part in parts.values())
                    lines.append(f"{self.way}: {name} {group if name == 'split' else ''}: {told}")
        self._show("happenings", lines)

    # -- witnesses ---------------------------------------------------------------------------------------

    def _witnesses(self) -> None:
        gold: dict[str, str] = {}
        names: dict[str, str] = {}
        for story in self.told:
            ids = [document(article).document_id for article in story.articles]
            gold |= {own: own for own in ids}
            names |= {own: article.id for own, article in zip(ids, story.articles, strict=True)}
            for group in story.copies:
                gold |= {ids[index]: ids[group[0]] for index in group}
        found = {own: self._witness_of.get(own, own) for own in gold}
        wrong = [own for own in gold if _company(own, gold) != _company(own, found)]
        right = (len(gold) - len(wrong)) / len(gold) if gold else 0.0
        self.figures.append(Measured(f"{self.way}: witnesses right", right, len(gold)))
        self._show("witnesses", [f"{self.way}: witness of {names[own]} wrong" for own in wrong])

    # -- disputes ----------------------------------------------------------------------------------------

    def _disputes(self) -> None:
        totals = [0, 0, 0]
        counted: list[Measured] = []
        lines: list[str] = []
        unkinded: list[list[list[Told]]] = [[], []]
        for kind in KINDS:
            gold = [(story, dispute) for story in self.told for dispute in story.disputes if dispute.kind == kind]
            found = [dispute for dispute in self._found if dispute.kind == kind]
            theirs = [_gold_versions(story, index) for story in self.told for index, one in enumerate(story.disputes)
                      if one.kind == kind]  # fmt: skip
            ours = [self._versions(dispute) for dispute in found]
            unkinded[0] += theirs
            unkinded[1] += ours
            pairs = pairs_of_matters(theirs, ours)
            numbers = (len(pairs), len(found), len(gold))
            totals = [a + b for a, b in zip(totals, numbers, strict=True)]
            counted += named(f"{self.way}: disputes, {kind}", f1(*numbers), len(gold))
            lines += [
                f"{self.way}: missed {kind} of {story.id}: {dispute.about}: "
                + " ; ".join(f"{v.stance} “{' … '.join(w.quote for w in v.places[0].words)}”" for v in dispute.versions)
                for i, (story, dispute) in enumerate(gold)
                if i not in pairs
            ]
            taken = set(pairs.values())
            lines += [
                f"{self.way}: surplus {kind}: {dispute.about}: "
                + " ; ".join(f"“{version.evidence.quote}”" for version in dispute.versions)
                for k, dispute in enumerate(found)
                if k not in taken
            ]
        self.figures += named(f"{self.way}: disputes", f1(totals[0], totals[1], totals[2]), totals[2])
        self.figures += counted
        any_kind = pairs_of_matters(*unkinded)
        self.figures += named(
            f"{self.way}: disputes, whatever the kind", f1(len(any_kind), totals[1], totals[2]), totals[2]
        )
        self._show("disputes", lines)

    def _versions(self, dispute: Dispute) -> list[Told]:
        return [
            (Words(self._where[version.row_id], version.evidence.start, version.evidence.end),)
            for version in dispute.versions
            if version.row_id in self._where
        ]

    def _show(self, what: str, lines: Sequence[str]) -> None:
        self.errors += lines
        self.notes.append(f"{self.way}: {len(lines)} errors of {what}")


def _annotated(told: Sequence[StoryRow], knowledge: Knowledge) -> Iterator[list[AnyRecord]]:
    for story in told:
        for number, article in enumerate(story.articles):
            days = {day.at.event: day.value for day in story.days if day.at.article == number}
            yield AnnotatedArticle(article, knowledge, days).records()


def _read(told: Sequence[StoryRow], knowledge: Knowledge) -> Iterator[list[AnyRecord]]:
    from detente.reading.pipeline import pipeline
    from detente.recording.recorder import Recorder

    reader, recorder = pipeline(knowledge), Recorder(knowledge)
    for story in told:
        for article in story.articles:
            yield list(recorder.record(reader.read(document(article))).records)


def _gold_versions(story: StoryRow, index: int) -> list[Told]:
    ids = [document(article).document_id for article in story.articles]
    return [
        tuple(Words(ids[place.article], w.start, w.end) for place in version.places for w in place.words)
        for version in story.disputes[index].versions
    ]


def _company(own: str, witness_of: dict[str, str]) -> set[str]:
    return {other for other, witness in witness_of.items() if witness == witness_of[own]}


def _id(row: Event | Claim | Figure) -> str:
    if isinstance(row, Event):
        return row.event_id
    return row.claim_id if isinstance(row, Claim) else row.figure_id

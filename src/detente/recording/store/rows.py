"""From records to table rows: which columns each kind has, and what stands in them.

The columns are for filtering and for people who open the file; `json` holds the record itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import msgspec

from detente.model import (
    ActorRef,
    AnyRecord,
    Claim,
    Date,
    Document,
    Event,
    Evidence,
    Figure,
    Mention,
    Moment,
    Place,
    PlaceRef,
)

Cells = tuple[str | int | float | None, ...]
DocumentRow = Mention | Event | Claim | Figure | Moment | Place


class Table(msgspec.Struct, frozen=True):
    """One table of rows: the kind of record it holds, its columns after the number, and their cells before `json`."""

    kind: str
    record: type[Any]
    columns: tuple[str, ...]
    cells: Callable[[Any], Cells]
    is_searched: bool = False

    @property
    def name(self) -> str:
        return f"record_{self.kind}"

    @property
    def number(self) -> str:
        """The column with the row's number in this file."""
        return f"{self.kind}_number"

    @property
    def key(self) -> str:
        """The column with the row's id."""
        return f"{self.kind}_id"

    @property
    def insert(self) -> str:
        return insert(self.name, (self.number, *self.columns))


def insert(table: str, columns: Sequence[str]) -> str:
    names = ", ".join(f'"{column}"' for column in columns)
    return f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(columns))})"


def _words(evidence: Evidence) -> Cells:
    return evidence.start, evidence.end, evidence.quote


def _interval(date: Date | None) -> Cells:
    return (None,) * 4 if date is None else (date.start, date.end, date.precision, date.basis)


def _place(place: PlaceRef | None) -> Cells:
    return (None,) * 3 if place is None else (place.place_id, place.name, place.territory)


def _speaker(speaker: ActorRef | None) -> Cells:
    return (None,) * 4 if speaker is None else (speaker.actor_id, speaker.name, speaker.territory, speaker.sector)


def _joined(words: Iterable[str]) -> str:
    return "; ".join(words)


_WORDS = ("evidence_start", "evidence_end", "quote")
_INTERVAL = ("start_date", "end_date", "date_precision", "date_basis")
_WHO = ("actor_id", "name", "territory", "sector", "kind")

TABLES: tuple[Table, ...] = (
    Table(
        "mention", Mention,
        ("mention_id", "document_id", *_WORDS, "use", *_WHO, "json"),
        lambda row: (row.mention_id, row.document_id, *_words(row.evidence), row.use, *who(row.actor)),
    ),
    Table(
        "event", Event,
        ("event_id", "document_id", *_WORDS, "trigger", "type", "mode", "contexts", "cameo", "quad", "goldstein",
         *_INTERVAL, "place_id", "place_name", "place_territory", "polarity", "modality", "confidence", "json"),
        lambda row: (
            row.event_id, row.document_id, *_words(row.evidence), row.trigger.quote, row.type, row.mode,
            _joined(row.contexts), row.cameo, row.quad, row.goldstein,
            *_interval(row.date), *_place(row.place), row.polarity, row.modality, row.confidence,
        ),
        is_searched=True,
    ),
    Table(
        "claim", Claim,
        ("claim_id", "document_id", *_WORDS, "contents", "speaker_id", "speaker_name", "speaker_territory",
         "speaker_sector", "cue", "cue_polarity", "form", "act", "parent_claim_id", "confidence", "json"),
        lambda row: (
            row.claim_id, row.document_id, *_words(row.evidence), _joined(part.quote for part in row.contents),
            *_speaker(row.speaker), None if row.cue is None else row.cue.quote, row.cue_polarity,
            row.form, row.act, row.parent_claim_id, row.confidence,
        ),
        is_searched=True,
    ),
    Table(
        "figure", Figure,
        ("figure_id", "document_id", *_WORDS, "value", "low", "high", "bound", "unit", "measure", "of", "territory",
         *_INTERVAL, "confidence", "json"),
        lambda row: (
            row.figure_id, row.document_id, *_words(row.evidence), row.value, row.low, row.high, row.bound, row.unit,
            row.measure, row.of, row.territory, *_interval(row.date), row.confidence,
        ),
        is_searched=True,
    ),
    Table(
        "moment", Moment,
        ("moment_id", "document_id", *_WORDS, "kind", "start_date", "end_date", "precision", "value", "basis", "json"),
        lambda row: (
            row.moment_id, row.document_id, *_words(row.evidence), row.kind, row.start, row.end, row.precision,
            row.value, row.basis,
        ),
    ),
    Table(
        "place", Place,
        ("place_id", "document_id", *_WORDS, "name", "geonameid", "latitude", "longitude", "precision", "territory",
         "confidence", "json"),
        lambda row: (
            row.place_id, row.document_id, *_words(row.evidence), row.name, row.geonameid, row.latitude,
            row.longitude, row.precision, row.territory, row.confidence,
        ),
    ),
)  # fmt: skip
"""The tables whose rows belong to one document, in the order in which `rows_of` gives them."""

DOCUMENT_COLUMNS = (
    "document_id", "title", "outlet", "outlet_territory", "author", "published_start_date", "published_end_date",
    "published_precision", "published_basis", "uri", "language", "reader_version", "text", "text_sha256",
    "rows_sha256", "json",
)  # fmt: skip
PARTY_COLUMNS = ("event_number", "role", "position", *_WHO, "quote")
ABOUT_COLUMNS = ("claim_number", "position", *_WHO, "stance")


def voice_columns(kind: str) -> tuple[str, ...]:
    return (f"{kind}_number", "position", *_WHO)


def who(ref: ActorRef) -> Cells:
    return ref.actor_id, ref.name, ref.territory, ref.sector, ref.kind


def document_cells(document: Document, rows_sha256: str) -> Cells:
    """The JSON leaves out the text and the address, which have columns of their own: one is long, one may change."""
    bare = msgspec.structs.replace(document, text="", uri="")
    return (
        document.document_id, document.title, document.outlet, document.outlet_territory, document.author,
        *_interval(document.published), document.uri, document.language, document.reader_version, document.text,
        document.text_sha256, rows_sha256, encoded(bare),
    )  # fmt: skip


def party_cells(number: int, event: Event) -> Iterable[Cells]:
    for role, refs in (("source", event.sources), ("target", event.targets)):
        for position, ref in enumerate(refs):
            yield number, role, position, *who(ref), None if ref.evidence is None else ref.evidence.quote


def about_cells(number: int, claim: Claim) -> Iterable[Cells]:
    for position, ref in enumerate(claim.about):
        yield number, position, *who(ref), ref.stance


def voice_cells(number: int, row: Event | Claim | Figure) -> Iterable[Cells]:
    for position, ref in enumerate(row.voices):
        yield number, position, *who(ref)


_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(AnyRecord)


def encoded(record: AnyRecord) -> str:
    """The record as one line of JSON, its field `record` first."""
    return _ENCODER.encode(record).decode("utf-8")


def decoded(json: str | bytes) -> AnyRecord:
    record: AnyRecord = _DECODER.decode(json)
    return record

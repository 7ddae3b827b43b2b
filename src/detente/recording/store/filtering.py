"""What a query asks for, and the SQL conditions it comes to for each kind of record."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

from detente.errors import UsageError
from detente.recording.store.searching import SEARCHED_KINDS, match_words

Kind = Literal["document", "actor", "mention", "event", "claim", "figure", "moment", "place"]


class Filter(Struct, frozen=True, kw_only=True):
    """Which rows to give; what is None does not narrow.

    A *party* is a territory's code (`ARM`), an actor's name or an actor's id; case is ignored.

    - `dyad`: events with one of the two as source and the other as target, either way round; claims by one
      about the other, or whose words mention the other; documents, figures, moments, places and mentions of documents
      with such an event.
    - `source`, `target`: events with such a source, target; claims by, about or mentioning it; for the other kinds,
      as `dyad`.
    - `speaker`: claims by it; events and figures with it anywhere in the chain of voices; for the other kinds, those
      of documents with such a claim.
    - `type`: an event's type, a claim's act, a figure's measure, a mention's use, the kind of an actor or a moment,
      a place's precision; documents with an event of that type.
    - `polarity`: an event's, or the polarity of a claim's cue; documents with such an event. `modality`: an event's,
      or documents with such an event.
    - `since`, `until`: days, months or years (`2024-01-20`, `2024-01`, `2024`), both included: what may have happened
      in that time by its own date; what bears no date goes by the date of publication. Moments go by their own.
    - `outlet`: the outlet's name. `document_id`: one document.
    - `text`: words that all stand in the row's quote, or in a document's title or text; `"in marks"` a phrase.
    - `superseded`: also rows of documents that a later reading of the same address has replaced.
    - `limit`, `offset`: a page of the stable order.
    """

    dyad: tuple[str, str] | None = None
    source: str | None = None
    target: str | None = None
    speaker: str | None = None
    type: str | None = None
    since: str | None = None
    until: str | None = None
    outlet: str | None = None
    document_id: str | None = None
    polarity: str | None = None
    modality: str | None = None
    text: str | None = None
    superseded: bool = False
    limit: int | None = None
    offset: int = 0


class Condition(Struct, frozen=True):
    """A piece of SQL for a WHERE clause, and what its question marks stand for."""

    sql: str
    values: tuple[str | int, ...] = ()


_TYPE_COLUMN: dict[Kind, str] = {
    "actor": "r.kind", "mention": "r.use", "event": "r.type", "claim": "r.act", "figure": "r.measure",
    "moment": "r.kind", "place": "r.precision",
}  # fmt: skip
_ACTOR_FIELDS = {"type", "text", "document_id", "superseded", "limit", "offset"}


def document_alias(kind: Kind) -> str:
    """The name under which a query for this kind knows the document's columns."""
    return "r" if kind == "document" else "d"


def conditions(kind: Kind, asked: Filter) -> list[Condition]:
    """Conditions over `r`, the table of the kind, and its document (see `document_alias`; actors have none).

    Raises UsageError for a filter that the kind cannot have and for values that cannot be meant.
    """
    _check(kind, asked)
    return [condition for condition in _all(kind, asked) if condition is not None]


def _all(kind: Kind, asked: Filter) -> Iterable[Condition | None]:
    if kind == "actor":
        yield None if asked.superseded else Condition("r.is_current = 1")
        yield None if asked.type is None else Condition("r.kind = ?", (asked.type.lower(),))
        yield None if asked.text is None else _words_in("r.name", asked.text)
        yield None if asked.document_id is None else Condition(_ACTORS_OF_DOCUMENT, (asked.document_id,))
        return
    doc = document_alias(kind)
    yield None if asked.superseded else Condition(f"{doc}.superseded_by IS NULL")
    yield None if asked.document_id is None else Condition("r.document_id = ?", (asked.document_id,))
    yield None if asked.outlet is None else Condition(f"{doc}.outlet = ? COLLATE NOCASE", (asked.outlet,))
    start, end = _interval(kind)
    yield None if asked.since is None else Condition(f"{end} >= ?", (asked.since,))
    yield None if asked.until is None else Condition(f"{start} <= ?", (_last_day(asked.until),))
    yield None if asked.text is None else _text(kind, asked.text)
    yield _speaker(kind, asked.speaker)
    if kind == "event":
        yield from _event("r", asked)
    elif kind == "claim":
        yield from _claim(asked)
    else:
        if kind != "document" and asked.type is not None:
            yield Condition(f"{_TYPE_COLUMN[kind]} = ?", (asked.type if kind == "figure" else asked.type.lower(),))
        yield _document_with_event(kind, asked)


def _interval(kind: Kind) -> tuple[str, str]:
    """The columns, or what stands for them, of the first and last day a row speaks of."""
    if kind == "moment":
        return "r.start_date", "r.end_date"
    if kind in ("event", "figure"):
        return "coalesce(r.start_date, d.published_start_date)", "coalesce(r.end_date, d.published_end_date)"
    doc = document_alias(kind)
    return f"{doc}.published_start_date", f"{doc}.published_end_date"


def _event(event: str, asked: Filter) -> Iterable[Condition | None]:
    if asked.dyad is not None:
        one, other = _party("a", asked.dyad[0]), _party("b", asked.dyad[1])
        yield Condition(
            f"{event}.event_number IN (SELECT a.event_number FROM record_event_party a JOIN record_event_party b "
            f"ON b.event_number = a.event_number AND b.role <> a.role WHERE {one.sql} AND {other.sql})",
            one.values + other.values,
        )
    for role, party in (("source", asked.source), ("target", asked.target)):
        if party is not None:
            who = _party("p", party)
            yield Condition(
                f"{event}.event_number IN "
                f"(SELECT p.event_number FROM record_event_party p WHERE {who.sql} AND p.role = '{role}')",
                who.values,
            )
    for column in ("type", "polarity", "modality"):
        value = getattr(asked, column)
        if value is not None:
            yield Condition(f"{event}.{column} = ?", (value.upper() if column == "type" else value,))


def _claim(asked: Filter) -> Iterable[Condition | None]:
    if asked.dyad is not None:
        one, other = asked.dyad
        ways = [(_spoken_by(a), _concerning(b)) for a, b in ((one, other), (other, one))]
        yield Condition(
            " OR ".join(f"({by.sql} AND {about.sql})" for by, about in ways),
            tuple(value for by, about in ways for value in by.values + about.values),
        )
    yield None if asked.source is None else _spoken_by(asked.source)
    yield None if asked.target is None else _concerning(asked.target)
    yield None if asked.type is None else Condition("r.act = ?", (asked.type.lower(),))
    yield None if asked.polarity is None else Condition("r.cue_polarity = ?", (asked.polarity,))


def _document_with_event(kind: Kind, asked: Filter) -> Condition | None:
    inner = Filter(
        dyad=asked.dyad,
        source=asked.source,
        target=asked.target,
        type=asked.type if kind == "document" else None,
        polarity=asked.polarity,
        modality=asked.modality,
    )
    parts = [part for part in _event("e", inner) if part is not None]
    if not parts:
        return None
    return Condition(
        f"r.document_id IN (SELECT e.document_id FROM record_event e WHERE {' AND '.join(part.sql for part in parts)})",
        tuple(value for part in parts for value in part.values),
    )


def _speaker(kind: Kind, speaker: str | None) -> Condition | None:
    if speaker is None:
        return None
    if kind == "claim":
        return _spoken_by(speaker)
    if kind in ("event", "figure"):
        who = _party("v", speaker)
        return Condition(
            f"r.{kind}_number IN (SELECT v.{kind}_number FROM record_{kind}_voice v WHERE {who.sql})",
            who.values,
        )
    who = _spoken_by(speaker, "c")
    return Condition(f"r.document_id IN (SELECT c.document_id FROM record_claim c WHERE {who.sql})", who.values)


def _party(table: str, party: str) -> Condition:
    return Condition(
        f"({table}.territory = ? OR {table}.name = ? COLLATE NOCASE OR {table}.actor_id = ?)",
        (party.upper(), party, party),
    )


def _spoken_by(party: str, claim: str = "r") -> Condition:
    return Condition(
        f"({claim}.speaker_territory = ? OR {claim}.speaker_name = ? COLLATE NOCASE OR {claim}.speaker_id = ?)",
        (party.upper(), party, party),
    )


def _concerning(party: str) -> Condition:
    about, mention = _party("a", party), _party("m", party)
    return Condition(
        f"(EXISTS (SELECT 1 FROM record_claim_about a WHERE a.claim_number = r.claim_number AND {about.sql}) "
        f"OR EXISTS (SELECT 1 FROM record_mention m WHERE m.document_id = r.document_id AND m.use <> 'modifier' "
        f"AND m.evidence_start >= r.evidence_start AND m.evidence_end <= r.evidence_end AND {mention.sql}))",
        about.values + mention.values,
    )


_ACTORS_OF_DOCUMENT = (
    "r.actor_id IN (SELECT v.actor_id FROM record_document_actor JOIN record_actor_variant v USING (variant_number) "
    "WHERE document_id = ?)"
)


def _text(kind: Kind, text: str) -> Condition:
    words = match_words(text)
    if words is None:
        return Condition("0")
    if kind in SEARCHED_KINDS:
        return Condition(
            f"r.{kind}_number IN (SELECT rowid FROM record_{kind}_search WHERE record_{kind}_search MATCH ?)", (words,)
        )
    return _words_in("r.quote", text)


def _words_in(column: str, text: str) -> Condition:
    """Every word somewhere in a short column that has no index of words."""
    words = text.replace('"', " ").split()
    escaped = [re.sub(r"([\\%_])", r"\\\1", word) for word in words]
    sql = " AND ".join(rf"{column} LIKE ? ESCAPE '\'" for _ in words)
    return Condition(f"({sql})" if sql else "0", tuple(f"%{word}%" for word in escaped))


_DAY = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


def _last_day(day: str) -> str:
    """`2024-02` stands for its last day; a 31st that no calendar has sorts after those it has."""
    return day + "-12-31"[len(day) - 4 :] if len(day) < 10 else day


def _check(kind: Kind, asked: Filter) -> None:
    given = {name for name in asked.__struct_fields__ if getattr(asked, name) not in (None, False, 0)}
    refused = given - _ACTOR_FIELDS if kind == "actor" else set()
    if asked.modality is not None and kind == "claim":
        refused.add("modality")
    if refused:
        raise UsageError(f"a query for {kind}s cannot be narrowed by this", value=", ".join(sorted(refused)))
    for name in ("since", "until"):
        day = getattr(asked, name)
        if day is not None and _DAY.fullmatch(day) is None:
            raise UsageError(
                f"`{name}` is no date", value=day, expected="a day, month or year, as 2024-01-20, 2024-01, 2024"
            )
    if asked.dyad is not None and len(asked.dyad) != 2:
        raise UsageError("a dyad is two parties", value=" ".join(asked.dyad), expected="such as ARM AZE")
    if asked.offset < 0 or (asked.limit is not None and asked.limit < 0):
        raise UsageError("limit and offset count rows", value=f"{asked.limit}, {asked.offset}", expected="0 or more")

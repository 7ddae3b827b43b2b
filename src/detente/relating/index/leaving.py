"""What a reader wants left out: an outlet, a territory's press and voices, a speaker, a status, a document."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Literal, get_args

from msgspec import Struct
from msgspec.structs import replace

from detente.errors import UsageError
from detente.knowledge.territory import Territories
from detente.recording.store import Store
from detente.relating.status import STATUSES

LeftOutKind = Literal["outlet", "territory", "speaker", "status", "document"]


class LeftOut(Struct, frozen=True):
    """Events that do not count: told by the outlet; told by an outlet of the territory or vouched for by a voice of it;
    with the speaker anywhere in their chain of voices; of the status; in the document."""

    kind: LeftOutKind
    value: str


def left_out(text: str) -> LeftOut:
    """`outlet=The Harbour Post` as a LeftOut. Raises UsageError where it cannot be meant."""
    kind, sign, value = text.partition("=")
    kind, value = kind.strip().lower(), value.strip()
    if not sign or not value or kind not in get_args(LeftOutKind):
        raise UsageError(
            "what is to be left out is not clear", value=text,
            expected="one of " + ", ".join(f"{one}=…" for one in get_args(LeftOutKind)),
            todo="write it as outlet='The Harbour Post', territory=ARM or status=claimed",
        )  # fmt: skip
    if kind == "status" and value.lower() not in STATUSES:
        raise UsageError("no status is called so", value=value, expected="one of " + ", ".join(STATUSES))
    return LeftOut(kind, value.lower() if kind == "status" else value)  # type: ignore[arg-type]


def in_record(store: Store, leaving: Sequence[LeftOut]) -> tuple[LeftOut, ...]:
    """The same, names of territories as codes. Raises UsageError where the record holds no such outlet, speaker or
    document, or no territory is called so: a slip of the pen must not look like a number that nothing moves."""
    return tuple(_known(store, one) for one in leaving)


def _known(store: Store, one: LeftOut) -> LeftOut:
    if one.kind == "territory":
        return replace(one, value=_territory(one.value))
    if one.kind == "status":
        return one
    sql, values = _FOUND[one.kind], (one.value,)
    found = store.reader.execute(sql, values).fetchall()
    if len(found) == 1:
        return one
    what = f"no {one.kind} of this record is called so" if not found else "several documents have an id that begins so"
    raise UsageError(what, value=one.value, todo=_near(store, one))


_FOUND = {
    "outlet": "SELECT 1 FROM record_document WHERE outlet = ?1 COLLATE NOCASE LIMIT 1",
    "speaker": (
        "SELECT 1 WHERE EXISTS (SELECT 1 FROM record_event_voice WHERE name = ?1 COLLATE NOCASE) "
        "OR EXISTS (SELECT 1 FROM record_event_voice WHERE actor_id = ?1) "
        "OR EXISTS (SELECT 1 FROM record_event_voice WHERE territory = upper(?1))"
    ),
    "document": (
        "SELECT 1 FROM record_document WHERE document_id >= ?1 AND document_id <= ?1 || char(1114111) LIMIT 2"
    ),
}
_NAMES = {
    "outlet": "SELECT DISTINCT outlet FROM record_document WHERE outlet IS NOT NULL ORDER BY 1",
    "speaker": "SELECT DISTINCT name FROM record_event_voice ORDER BY 1",
}


def _near(store: Store, one: LeftOut) -> str:
    """What to do about a name that the record does not have: the names that look like it, where some do."""
    if one.kind not in _NAMES:
        return "list ids with `detente documents`"
    names = {str(row[0]).casefold(): str(row[0]) for row in store.reader.execute(_NAMES[one.kind])}
    near = [names[name] for name in get_close_matches(one.value.casefold(), names, n=3)]
    listing = "detente documents" if one.kind == "outlet" else "detente claims"
    return f"perhaps {', '.join(near)}" if near else f"see which there are: `{listing}`"


def _territory(name: str) -> str:
    known = Territories.load()
    if name.upper() in known.by_code:
        return name.upper()
    found = known.by_name(name) or known.by_name(name.upper()) or known.by_name(name.title())
    if found is None:
        raise UsageError("no territory is called so", value=name, expected="a code or a name: AZE, Azerbaijan")
    return str(found.code)


STATUS_SQL = (
    "CASE WHEN e.modality IN ('future', 'possible', 'hypothetical') THEN 'planned' "
    "WHEN e.polarity = 'negated' THEN 'denied' "
    "WHEN EXISTS (SELECT 1 FROM record_event_voice v WHERE v.event_number = e.event_number AND v.position = 1) "
    "THEN 'claimed' ELSE 'asserted' END"
)
"""`status_of` for a row of `record_event e`; a test holds the two together."""

_VOICE = "EXISTS (SELECT 1 FROM record_event_voice v WHERE v.event_number = e.event_number AND "


def condition(leaving: Sequence[LeftOut]) -> tuple[str, tuple[str, ...]]:
    """SQL that is true of an event `e` of a document `d` that does not count, and its values."""
    parts: list[str] = []
    values: list[str] = []
    for one in leaving:
        if one.kind == "outlet":
            parts.append("coalesce(d.outlet = ? COLLATE NOCASE, 0)")
            values.append(one.value)
        elif one.kind == "territory":
            parts.append(f"coalesce(d.outlet_territory, '') = ? OR {_VOICE} v.territory = ?)")
            values += [one.value.upper()] * 2
        elif one.kind == "speaker":
            parts.append(f"{_VOICE} (v.name = ? COLLATE NOCASE OR v.actor_id = ? OR v.territory = ?))")
            values += [one.value, one.value, one.value.upper()]
        elif one.kind == "status":
            parts.append(f"{STATUS_SQL} = ?")
            values.append(one.value)
        else:
            parts.append("e.document_id >= ? AND e.document_id <= ?")
            values += [one.value, one.value + "\U0010ffff"]
    return " OR ".join(f"({part})" for part in parts) or "0", tuple(values)

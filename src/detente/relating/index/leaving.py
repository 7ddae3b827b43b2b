"""What a reader wants left out: an outlet, a territory's press and voices, a speaker, a status, a document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args

from msgspec import Struct

from detente.errors import UsageError
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

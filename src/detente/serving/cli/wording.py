"""How values read in a line: actors, chains of voices, dates, numbers. No layout and no colour here (`display`)."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from detente.model import ActorRef, Claim, Date, Event, Evidence, Figure, Happening, PlaceRef, Version

_BOUNDS = {"exact": "", "about": "about ", "at_least": "at least ", "at_most": "at most ", "range": ""}


def actors(refs: Sequence[ActorRef]) -> str:
    """`Baku (AZE), Yerevan (ARM)`; a dash for nobody."""
    return ", ".join(actor(ref) for ref in refs) or "-"


def actor(ref: ActorRef | None) -> str:
    if ref is None:
        return "-"
    return f"{ref.name} ({ref.territory})" if ref.territory and ref.territory != ref.name else ref.name


def parties(row: Event | Happening) -> str:
    """`Chile (CHL) > Bolivia (BOL)`; those who act together stand once: `Chile (CHL), Bolivia (BOL) together`."""
    if row.sources and set(row.sources) == set(row.targets):
        return actors(row.sources) + " together"
    return f"{actors(row.sources)} > {actors(row.targets)}"


def chain(refs: Sequence[ActorRef]) -> str:
    """The voices, outermost first: `author > CSSC > the report`."""
    return " > ".join(ref.name for ref in refs)


def status(event: Event) -> str:
    """asserted or claimed, and what it is where it is not simply done."""
    words = ["claimed" if len(event.voices) > 1 else "asserted"]
    if event.modality != "actual":
        words.append(event.modality)
    if event.polarity == "negated":
        words.append("negated")
    return " ".join(words)


def standing(row: Happening) -> str:
    """How many independent witnesses tell it, and as what: `2 witnesses: asserted by 1, claimed by 1, denied by 1`;
    and whether it is only supposed, usual, or a series."""
    ways = [(way, getattr(row, way)) for way in ("asserted", "claimed", "denied", "planned")]
    told = ", ".join(f"{way} by {count}" for way, count in ways if count)
    words = f"{row.witnesses} witness{'es' * (row.witnesses != 1)}: {told}"
    more = [row.realm] * (row.realm not in ("actual", "planned")) + ["a series"] * (row.granularity == "series")
    return ", ".join([words, *more])


def act(claim: Claim) -> str:
    """`deny`, and `not deny` where the cue itself is denied; an omission says so already."""
    return claim.act if claim.cue_polarity == "affirmed" or claim.act == "omit" else f"not {claim.act}"


def said(claim: Claim) -> str:
    return " … ".join(content.quote for content in claim.contents)


def date(when: Date | None) -> str:
    """`2024-01-07`, `2024-01`, `2024`, `2024-01-07..2024-02-09`, or the words where no day is known."""
    if when is None:
        return "-"
    if when.start is None:
        return f"({when.raw})"
    end = when.end or when.start
    if when.start == end:
        return when.start
    if when.precision == "year" and when.start.endswith("-01-01") and end == f"{when.start[:4]}-12-31":
        return when.start[:4]
    if when.precision == "month" and when.start.endswith("-01") and when.start[:7] == end[:7]:
        return when.start[:7]
    return f"{when.start}..{end}"


def number(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,g}"


def amount(figure: Figure) -> str:
    """`at least 4`, `2,500–3,000`."""
    value = number(figure.value)
    if figure.bound == "range" or figure.value is None:
        value = "–".join(number(end) for end in (figure.low, figure.high) if end is not None) or value
    return _BOUNDS[figure.bound] + value


def counted(figure: Figure) -> str:
    """What the number counts: unit, measure, and the article's word, where they say more than one another."""
    words = [figure.unit if figure.unit not in (None, "1") else None, figure.measure]
    words.append(figure.of if figure.of != figure.measure else None)
    return ", ".join(word for word in words if word) or "-"


def cut(text: str, room: int) -> str:
    """The text in one line, at a space and with a mark where it is longer than `room` characters."""
    text = " ".join(text.split())
    if len(text) <= room:
        return text
    kept = text[: room - 2]
    return (kept.rsplit(" ", 1)[0] if " " in kept[room // 2 :] else kept) + " …"


def worded(value: object) -> str:
    """Any value of a record's field, for a person; several values, one a line."""
    if isinstance(value, ActorRef):
        stance = "" if value.stance is None else f", stance {value.stance:+g}"
        named = f" “{value.evidence.quote}”" if value.evidence and value.evidence.quote != value.name else ""
        kind = ", ".join(part for part in (value.kind, value.sector, value.unresolved) if part)
        return f"{actor(value)}{named}: {kind}{stance}"
    if isinstance(value, Evidence):
        return f"“{' '.join(value.quote.split())}” at {value.start}–{value.end}"
    if isinstance(value, Version):
        quote = " ".join(value.evidence.quote.split())
        return f"“{quote}”: {value.stance}, {chain(value.voices)}, {value.row_id}"
    if isinstance(value, Date):
        known = f"{value.precision}, {value.basis}" + (f", from “{value.raw}”" if value.raw else "")
        return f"{date(value)}: {known}" if value.start else f"{value.value or value.raw}: {known}"
    if isinstance(value, PlaceRef):
        territory = f" ({value.territory})" if value.territory else ""
        return f"{value.name}{territory}: {value.precision}, {value.place_id}"
    if isinstance(value, tuple):
        return "\n".join(worded(one) for one in value)
    if isinstance(value, float):
        return f"{value:,g}"
    if isinstance(value, Struct):
        return ", ".join(str(getattr(value, name)) for name in value.__struct_fields__)
    return str(value)

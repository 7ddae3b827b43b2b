"""From a group of statements to the dispute: who holds what, what it is about, which side is silent.

Statements of one side that say the same become one version, with as many witnesses as there are texts of their own.
Nothing here judges which version holds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from detente.model import Date, Dispute, Version
from detente.model.identity import make_id
from detente.model.vocabulary import DisputeKind
from detente.relating.disputes.statement import Act, Count, Link, Motive, Name, Statement

_RANK = {"holds": 0, "denies": 1, "omits": 2}
_MANY_WORDS = 14


def dispute_of(statements: Sequence[Statement], links: Sequence[Link]) -> Dispute:
    """The dispute of a group; the order of `statements` and `links` does not matter."""
    kind = _kind(links, statements)
    statements = sorted(statements, key=lambda one: one.key)
    groups: dict[tuple[object, ...], list[Statement]] = {}
    for statement in statements:
        groups.setdefault(_sameness(statement, kind), []).append(statement)
    versions = sorted(
        (_version(group) for group in groups.values()),
        key=lambda version: (_RANK[version.stance], version.document_id, version.evidence.start, version.row_id),
    )
    sides = _sides(statements)
    speaking = {one.holder.territory for one in statements if one.stance != "omits"}
    date = _date(statements)
    best = min(links, key=lambda link: (-link.score, link.reasons))
    return Dispute(
        dispute_id=make_id("dis", kind, *(f"{one.row_ids[0]} {one.stance} {one.evidence.start}" for one in statements)),
        kind=kind,
        about=about(kind, statements, date),
        versions=tuple(versions),
        happening_id=_happening(statements),
        territories=sides,
        silent=tuple(code for code in sides if code not in speaking),
        date=date,
        confidence=round(best.score, 3),
        reasons=best.reasons,
    )


def _kind(links: Iterable[Link], statements: Sequence[Statement]) -> DisputeKind:
    """Where some name another doer, that it was done is not what is disputed; nor where the side that denies it tells
    of the same happening in other words: then it is the name."""
    kinds = {link.kind for link in links}
    if "responsibility" in kinds:
        return "responsibility"
    owned = any(_owns_up(one, statements) for one in statements if one.stance == "denies")
    if kinds == {"occurrence"} and owned and not _is_named_apart(statements):
        return "naming"
    return max(kinds, key=lambda kind: (kind != "occurrence", kind))


def _is_named_apart(statements: Sequence[Statement]) -> bool:
    """Whether different sides give it names of opposed views: that is a dispute of its own."""
    views = {
        (one.holder.territory, view)
        for one in statements
        if isinstance(one.content, Act) and one.stance == "holds"
        for view in one.content.views
    }
    return any(
        (other, view.replace(" condemns", " defends")) in views
        for side, view in views
        if view.endswith(" condemns")
        for other, _ in views
        if other != side
    )


def _owns_up(denial: Statement, statements: Sequence[Statement]) -> bool:
    """Whether the side that rejects the others' word for it gives its own."""
    said = denial.content
    if not isinstance(said, Act):
        return False
    theirs = {
        stem
        for one in statements
        if isinstance(one.content, Act) and one.stance == "holds" and not _is_one_side(denial, one)
        for stem in one.content.trigger
    }
    for other in statements:
        done = other.content
        if (
            isinstance(done, Act) and other.stance == "holds" and done.is_event and said.is_event
            and _is_one_side(denial, other) and set(done.trigger).isdisjoint(said.trigger)
            and not theirs.isdisjoint(said.trigger)
            and not set(other.scene.happenings).isdisjoint(denial.scene.happenings)
        ):  # fmt: skip
            return True
    return False


def _is_one_side(a: Statement, b: Statement) -> bool:
    territory = a.holder.territory
    return a.holder.key == b.holder.key or (territory is not None and territory == b.holder.territory)


def _sameness(statement: Statement, kind: DisputeKind) -> tuple[object, ...]:
    """What makes two statements one version: what they say, and for which side."""
    side = statement.holder.territory if not statement.holder.is_author else None
    who = side or statement.holder.key
    said: tuple[object, ...]
    match statement.content:
        case Count(low=low, high=high, is_rest=is_rest):
            said = (low, high, is_rest)
        case Name(view=view):
            said = (view,)
        case Motive(why=why):
            said = (why,)
        case Act(sources=sources):
            said = (sources,) if kind == "responsibility" and statement.stance == "holds" else ()
    return (statement.stance, who, *said)


def _shown_first(statement: Statement) -> tuple[object, ...]:
    """Of those who tell one version: who stands nearest to it, then the earliest."""
    content = statement.content
    is_plain = isinstance(content, Name) and not content.is_strong
    is_loose = isinstance(content, Act) and not content.is_event
    return is_plain or is_loose, len(statement.voices), statement.scene.published or "9", statement.key


def _version(group: Sequence[Statement]) -> Version:
    first = min(group, key=_shown_first)
    count = first.content if isinstance(first.content, Count) and not first.content.is_rest else None
    return Version(
        row_id=first.row_ids[0],
        voices=first.voices,
        evidence=first.evidence,
        document_id=first.document_id,
        outlet=first.outlet,
        outlet_territory=first.outlet_territory,
        date=first.published,
        stance=first.stance,
        answers=tuple(sorted({row for one in group for row in one.answers})),
        value=None if count is None else count.value,
        low=None if count is None else count.low,
        high=None if count is None else count.high,
        bound=None if count is None else count.bound,
        unit=None if count is None else count.unit,
        row_ids=tuple(dict.fromkeys(row for one in group for row in one.row_ids)),
        document_ids=tuple(dict.fromkeys(one.document_id for one in group)),
        witnesses=len({one.witness_id for one in group}),
    )


def _sides(statements: Sequence[Statement]) -> tuple[str, ...]:
    """The territories that the matter is between: those that most of what is told names, else the articles' pair."""
    named = Counter(code for one in statements for code in one.scene.parties)
    most = max(named.values(), default=0)
    parties = {code for code, count in named.items() if 2 * count >= most}
    if len(parties) < 2:
        dyads = Counter(one.scene.dyads[0] for one in statements if one.scene.dyads)
        if dyads:
            usual = min(dyads, key=lambda dyad: (-dyads[dyad], dyad))
            parties.update(usual)
    return tuple(sorted(parties))


def _happening(statements: Sequence[Statement]) -> str | None:
    """The happening that most of the statements are of, an event of its own left out."""
    found = Counter(
        happening for one in statements for happening in one.scene.happenings if happening not in one.scene.event_ids
    )
    return min(found, key=lambda one: (-found[one], one), default=None)


def _date(statements: Sequence[Statement]) -> Date | None:
    """The days most statements give, else those on which they were published."""
    told = Counter((one.scene.start, one.scene.end) for one in statements if one.scene.start and one.scene.end)
    if told:
        start, end = min(told, key=lambda days: (-told[days], days))
        return Date(start=start, end=end, precision="day" if start == end else "interval", basis="text", raw="")
    days = sorted(one.scene.published for one in statements if one.scene.published)
    if not days:
        return None
    is_day = days[0] == days[-1]
    return Date(start=days[0], end=days[-1], precision="day" if is_day else "interval", basis="metadata", raw="")


# -- in plain words -----------------------------------------------------------------------------------------


def about(kind: DisputeKind, statements: Sequence[Statement], date: Date | None) -> str:
    """The matter in the words of the rows: what is counted, named, done or explained, where and when."""
    held = [one for one in statements if one.stance == "holds"] or list(statements)
    places = Counter(one.scene.place_name for one in statements if one.scene.place_name)
    parts = [_matter(kind, min(held, key=_shown_first), statements)]
    if places:
        parts.append(min(places, key=lambda name: (-places[name], name)))
    if date is not None and date.basis == "text":
        parts.append(f"{date.start}" if date.start == date.end else f"{date.start} to {date.end}")
    return ", ".join(parts)


def _matter(kind: DisputeKind, first: Statement, statements: Sequence[Statement]) -> str:
    content = first.content
    match content:
        case Count():
            return f"how many: {_counted(statements)}"
        case Name():
            return "what to call it: " + " or ".join(f"“{term}”" for term in _names(statements))
        case Motive():
            return f"why: {_short(content.act_words or content.words)}"
        case Act(words=words):
            asked = {"responsibility": "who did it", "naming": "what to call it"}.get(kind, "whether it happened")
            return f"{asked}: “{_short(words)}”"


def _counted(statements: Sequence[Statement]) -> str:
    """What is counted, in the words beside the largest number, and as what."""
    counts = [one.content for one in statements if isinstance(one.content, Count)]
    named = sorted((one for one in counts if one.words), key=lambda one: (-(one.value or 0), one.words))
    words = named[0].words if named else ""
    measure = next((one.measure for one in counts if one.measure), "").replace("_", " ")
    return words if measure in words and words else f"{words} {measure}".strip() or "not named"


def _names(statements: Sequence[Statement]) -> list[str]:
    """One name of each view, the most telling: a strong one, by whoever stands nearest to it."""
    held = [one for one in statements if isinstance(one.content, Name)]
    best: dict[str, str] = {}
    for one in sorted(held, key=lambda one: (one.stance != "holds", *_telling(one), *_shown_first(one))):
        assert isinstance(one.content, Name)
        best.setdefault(one.content.view, one.content.term)
    return [best[view] for view in sorted(best)]


def _telling(statement: Statement) -> tuple[bool, bool]:
    content = statement.content
    assert isinstance(content, Name)
    return not content.is_strong, not content.is_trigger


def _short(words: str) -> str:
    kept = words.split()
    return " ".join(kept[:_MANY_WORDS]) + (" …" if len(kept) > _MANY_WORDS else "")

"""Acts held against each other: happened or not (occurrence), done by this one or that one (responsibility).

Method: a denial meets what it answers in its own article, and elsewhere what is of the same happening, or shares the
word that names the act, its type and its parties. Two who name different doers are of one act where a happening joins
them or one of them says outright who did it.
"""

from __future__ import annotations

from detente.model.vocabulary import DisputeKind
from detente.relating.disputes.matters import Bond, are_sides, bond, is_bystander, opposition
from detente.relating.disputes.parties import are_others
from detente.relating.disputes.statement import Act, Link, Statement

_MANY_SHARED, _MOST_SHARED = 3, 0.6
"""From how many stems, and what share of the shorter, two clauses without a common event tell the same."""
LEAST_NEAR = 0.8
"""How sure it is that one word for one type of act, used twice in two sentences, means the same act."""
_HOSTILE = frozenset(("ASSAULT", "COERCE"))
_SAID = frozenset(("ACCUSE", "REJECT", "STATEMENT", "REQUEST"))
_HARD = frozenset(("ASSAULT", "COERCE", "MOBILIZE", "SANCTION", "RETREAT", "AID", "PROTEST"))


def oppose_acts(a: Statement, b: Statement) -> Link | str | None:
    """A link, the reason why it is none, or None where the two have nothing to do with each other."""
    if a.stance == b.stance == "holds":
        return _oppose_doers(a, b)
    if {a.stance, b.stance} != {"holds", "denies"}:
        return None
    held, denied = (a, b) if a.stance == "holds" else (b, a)
    ours, theirs = held.content, denied.content
    assert isinstance(ours, Act) and isinstance(theirs, Act)
    apart = opposition(held, denied)
    if not set(denied.answers).isdisjoint(held.row_ids) and held.document_id == denied.document_id:
        if apart is None:
            return "one voice says both"
        return Link(_kind(theirs), 0.9 * max(apart[0], 0.8), ("denies what was said before", apart[1]))
    kept = bond(held, denied)
    if kept is None or theirs.points_back or _overlap(held, denied):
        return None
    likeness = _likeness(ours, theirs, kept)
    if likeness is None and _is_of_accused(held, denied):
        likeness = 0.7
    if likeness is None:
        return None
    if apart is None:
        return "one voice says both"
    if not (held.holder.is_named and denied.holder.is_named) and not kept.near:
        return "one of the voices is not named"
    if held.holder.territory is not None and held.holder.territory == denied.holder.territory and not kept.near:
        return "one side says both: an inconsistency"
    if denied.holder.is_author and denied.holder.territory is None:
        return "the author, who stands on no side, says that it was not so"
    if theirs.is_worded and not (held.holder.territory and denied.holder.territory and "different sides" in apart[1]):
        return "a negation in passing, not between two sides"
    return Link(_kind(theirs), kept.score * likeness * apart[0], (f"denies an act {kept.reason}", apart[1]))


def _overlap(a: Statement, b: Statement) -> bool:
    """One stands within the words of the other: it is part of what is said there."""
    one, other = a.evidence, b.evidence
    return a.document_id == b.document_id and one.start < other.end and other.start < one.end


def _kind(denial: Act) -> DisputeKind:
    if denial.is_renaming:
        return "naming"
    return "responsibility" if denial.names_doer else "occurrence"


def _likeness(held: Act, denied: Act, kept: Bond) -> float | None:
    """How surely what is denied is what is held."""
    if held.type is not None and denied.type is not None and held.type != denied.type and not kept.same_happening:
        return None
    if held.sources and denied.sources and are_others(held.sources, denied.sources) and not kept.same_happening:
        return None
    if kept.same_happening and held.is_event and denied.is_event and (held.type in _HARD or denied.type in _HARD):
        return 1.0
    if held.type in _SAID and not denied.is_event:
        return None
    named = not set(held.trigger).isdisjoint(denied.trigger or denied.stems) or (
        bool(denied.trigger) and not set(denied.trigger).isdisjoint(held.trigger or held.stems)
    )
    shared = len(set(held.stems) & set(denied.stems))
    if denied.is_worded and not (held.is_event and named) and not (
        named and shared >= 2 and (held.is_accusing or kept.near)
    ):  # fmt: skip
        return None
    if held.is_event and denied.is_event and held.type == denied.type and held.type in _HARD:
        parties = int(bool(set(held.source_sides) & set(denied.source_sides)))
        parties += bool(set(held.target_sides) & set(denied.target_sides))
        if named:
            return 0.95 if parties else 0.85
        return 0.75 if parties == 2 else None
    if named and shared >= 2 and (held.is_event or held.is_accusing or kept.same_text):
        return 0.9
    if named and (kept.same_text or kept.same_happening):
        return 0.8
    fewest = min(len(held.stems), len(denied.stems))
    return 0.75 if kept.same_text and fewest and shared >= 2 and shared / fewest >= 0.5 else None


def _is_of_accused(held: Statement, denied: Statement) -> bool:
    """A claim by the side whose hostile act is told that names another cause, with words in common."""
    ours, theirs = held.content, denied.content
    assert isinstance(ours, Act) and isinstance(theirs, Act)
    if not ours.is_event or ours.type not in _HOSTILE or theirs.is_event or theirs.is_worded or not theirs.names_doer:
        return False
    return denied.holder.territory in ours.source_sides and len(set(ours.stems) & set(theirs.stems)) >= 2


def _oppose_doers(a: Statement, b: Statement) -> Link | str | None:
    ours, theirs = a.content, b.content
    assert isinstance(ours, Act) and isinstance(theirs, Act)
    if not ours.sources or not theirs.sources or not are_others(ours.sources, theirs.sources):
        return None
    outright = ours.names_doer or theirs.names_doer or (ours.is_first and theirs.is_first)
    if not outright and not (ours.type == theirs.type and ours.type in _HARD and ours.is_event and theirs.is_event):
        return None
    kept = bond(a, b)
    if kept is None or not (kept.same_happening or outright):
        return None
    if ours.targets and theirs.targets and set(ours.targets).isdisjoint(theirs.targets) and not kept.same_happening:
        return None
    apart = opposition(a, b)
    if apart is None or not (outright or are_sides(a, b)):
        return None
    if not kept.same_happening and (is_bystander(a) or is_bystander(b)):
        return "named by a bystander, of another act as far as can be told"
    likeness = 1.0
    if not kept.same_happening:
        shared = not set(ours.trigger).isdisjoint(theirs.stems) or not set(theirs.trigger).isdisjoint(ours.stems)
        if not (shared or kept.near):
            return None
        likeness = 0.9 if shared else 0.75
    return Link(
        "responsibility", kept.score * likeness * apart[0], (f"names another doer of an act {kept.reason}", apart[1])
    )


def same_act(a: Statement, b: Statement) -> float | None:
    """How surely two statements hold, or deny, the same act."""
    ours, theirs = a.content, b.content
    if not (isinstance(ours, Act) and isinstance(theirs, Act)) or ours.points_back or theirs.points_back:
        return None
    kept = bond(a, b)
    if kept is None or (ours.sources and theirs.sources and are_others(ours.sources, theirs.sources)):
        return None
    if kept.same_happening and ours.is_event and theirs.is_event:
        return kept.score
    is_worded_alike = not set(ours.trigger).isdisjoint(theirs.trigger)
    is_kindred = kept.same_act and ours.is_event and theirs.is_event
    if ours.type != theirs.type or not (is_worded_alike or is_kindred):
        shared = len(set(ours.stems) & set(theirs.stems))
        fewest = min(len(ours.stems), len(theirs.stems))
        if ours.type != theirs.type or shared < _MANY_SHARED or shared / fewest < _MOST_SHARED:
            return None
    if (
        a.stance == "holds"
        and a.holder.territory in theirs.sources + ours.sources
        and a.holder.territory != b.holder.territory
    ):
        return None
    return max(kept.score, LEAST_NEAR) if kept.near and is_worded_alike else kept.score

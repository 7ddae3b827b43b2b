"""Which acts stand as events: those between two, and those with one side unnamed whose words make clear that they cross
states. What is set aside keeps its reason. How an act was read is `matching`'s business."""

from __future__ import annotations

from typing import Final

from detente.model.vocabulary import EventType
from detente.reading.events.company import Company, is_known
from detente.reading.events.matching import Act
from detente.reading.events.sides import Side
from detente.reading.marks import Span

DOMESTIC: Final[frozenset[EventType]] = frozenset({"ASSAULT", "PROTEST", "COERCE", "ACCUSE", "THREATEN", "REJECT"})
"""Acts that two of one territory may do to each other, when one is an armed group; the record decides."""
DONE_TO_UNNAMED: Final[frozenset[EventType]] = frozenset(
    {"ACCUSE", "AGREE", "AID", "ASSAULT", "COERCE", "CONCEDE", "MOBILIZE", "REJECT", "REQUEST", "RETREAT", "SANCTION",
     "THREATEN"}
)  # fmt: skip
"""What one side is told to do while the other is left open: "Chad denied the charge", "Peru recalled its envoy"."""
DONE_BY_UNNAMED: Final[frozenset[EventType]] = frozenset(
    {"ACCUSE", "ASSAULT", "COERCE", "PROTEST", "RETREAT", "SANCTION"}
)
"""What is told of whoever suffers it: "Chadian herders were killed"."""
AT_HOME: Final = frozenset({"170", "172", "113", "086", "087", "081", "0831", "132", "137", "053"})
"""Codes of acts that governments do at home as often: bans, curbs, coups, permissions, campaigns."""
OUTWARD: Final = frozenset({"161", "166", "164", "160", "154", "0874", "054", "055", "163"})
"""Codes of acts that are done to another state by their nature: envoys recalled or expelled, treaties left, troops
massed or withdrawn, states recognised, apologies."""


def why_not(act: Act, company: Company) -> str:
    """The reason why an act is no event, or an empty string."""
    if not act.sources and not act.targets:
        return "no political actor stands in its slots"
    open_to = [any(map(company.may_be_known, act.sources)), any(map(company.may_be_known, act.targets))]
    if not any(open_to) or (act.type == "STATEMENT" and not all(open_to)):
        return "no side is known to act for a state, an organisation of states or an armed group"
    if act.base.both and not (all(open_to) and _apart(act)):
        return "the word names an act only between two sides that are named"
    if not (act.sources and act.targets):
        return _why_not_open(act, company)
    return _why_not_closed(act)


def _why_not_closed(act: Act) -> str:
    if _spans(act.sources) == _spans(act.targets):
        if len(act.sources) > 1 or act.sources[0].mention.joint:
            return ""
        return "source and target are the same mention"
    if act.type not in DOMESTIC:
        sides = _territories(act.sources), _territories(act.targets)
        if sides[1] and sides[1] < sides[0] and not any(s.mention.joint for s in act.targets):
            return "what both do is done to none of them"
        if sides[0] == sides[1] and len(sides[0]) == 1 and all(s.territories for s in act.sources + act.targets):
            return "both sides belong to one territory"
    return ""


def _why_not_open(act: Act, company: Company) -> str:
    """An act with one side unnamed stands by its nature, or where another side is about."""
    if act.base.alone or is_outward(act, company):
        return ""
    if not any(map(is_known, act.sources + act.targets)):
        return "only one side is named, and it is not known"
    if not act.base.strong:
        return "only one side is named, and the word is weak"
    return "only one side is named, and nothing says that it crosses states"


def is_outward(act: Act, company: Company) -> bool:
    """True where an act with one side unknown still crosses states: by its nature, or by its type with another
    territory about."""
    known = [any(map(is_known, act.sources)), any(map(is_known, act.targets))]
    if not any(known) or not act.base.strong or act.base.both:
        return False
    if known[0] and act.base.cameo in OUTWARD and not act.targets:
        return True
    if act.base.cameo in AT_HOME or any(map(company.is_private, act.sources + act.targets)):
        return False
    return act.type in (DONE_TO_UNNAMED if known[0] else DONE_BY_UNNAMED) and company.is_about(act)


def _apart(act: Act) -> bool:
    """True unless both sides are known to belong to one territory."""
    source, target = _territories(act.sources), _territories(act.targets)
    return not (source and target) or source != target


def _territories(sides: tuple[Side, ...]) -> frozenset[str]:
    return frozenset(t for side in sides for t in side.territories)


def _spans(sides: tuple[Side, ...]) -> tuple[Span, ...]:
    return tuple(side.mention.span for side in sides)

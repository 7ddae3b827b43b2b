"""Names held against each other: of one matter and opposed views, for one act or thing.

Method: names between two sides count where a happening, a sentence or the words beside them join them; a plain word
counts only where it names an act, or those who did or underwent one, or where one sentence sets it against the other
name.
"""

from __future__ import annotations

from detente.relating.disputes.matters import Bond, are_sides, bond, is_bystander, opposition
from detente.relating.disputes.naming import CALLED
from detente.relating.disputes.statement import Link, Name, Statement


def oppose_names(a: Statement, b: Statement) -> Link | str | None:
    """A link, the reason why it is none, or None where the two have nothing to do with each other."""
    ours, theirs = a.content, b.content
    if not (isinstance(ours, Name) and isinstance(theirs, Name)):
        return None
    if CALLED in (ours.matter, theirs.matter):
        return _oppose_called(a, b)
    if ours.matter != theirs.matter or a.stance == b.stance == "denies":
        return None
    if (a.stance == b.stance) == (ours.view == theirs.view):
        return None
    kept = bond(a, b)
    if kept is None:
        return None
    apart = opposition(a, b)
    if apart is None:
        return "one voice uses both names"
    if (reason := _hardly_names(a, b, kept)) is not None:
        return reason
    if not are_sides(a, b) and (reason := _hardly_opposed(a, b, kept)) is not None:
        return reason
    strength = {2: 1.0, 1: 0.85, 0: 0.8}[ours.is_strong + theirs.is_strong]
    if a.stance != b.stance:
        strength = max(strength, 0.9)
    shared = len(set(ours.beside) & set(theirs.beside)) >= (2 if kept.same_text and not kept.near else 1)
    if kept.same_act and (ours.is_trigger or theirs.is_trigger or _are_one_party(ours, theirs)):
        anchored, reason = 1.0, f"names of one act {kept.reason}"
    elif (ours.is_equation or theirs.is_equation) and kept.near:
        anchored, reason = 0.95, "one is said to be called the other"
    elif kept.same_happening or shared:
        anchored = 0.85 if ours.is_strong and theirs.is_strong else 0.75
        reason = f"names beside the same words, {kept.reason}"
    elif kept.same_text and not kept.near:
        return "names far apart in one article, of different things as far as can be told"
    else:
        anchored, reason = 0.65 if kept.near else 0.5, f"names of one matter {kept.reason}"
    return Link("naming", kept.score * strength * anchored * apart[0], (reason, apart[1]))


def _oppose_called(a: Statement, b: Statement) -> Link | str | None:
    """What one side's claim calls an act, against a name by which the other side defends it or that its claim gives."""
    ours, theirs = a.content, b.content
    assert isinstance(ours, Name) and isinstance(theirs, Name)
    other = theirs if ours.matter == CALLED else ours
    if a.stance == "denies" or b.stance == "denies":
        return None
    if other.matter != CALLED and not (other.view == "defends" and other.is_strong):
        return None
    kept = bond(a, b)
    apart = opposition(a, b)
    if kept is None or apart is None or not are_sides(a, b) or not set(ours.beside).isdisjoint(theirs.beside):
        return None
    both_called = other.matter == CALLED
    if both_called and not (kept.same_text and a.sentence == b.sentence):
        return None
    if not both_called and not kept.same_act:
        return None
    return Link("naming", kept.score * 0.8 * apart[0], (f"what each calls an act {kept.reason}", apart[1]))


def _hardly_names(a: Statement, b: Statement, kept: Bond) -> str | None:
    """Why two words of one matter are no names that stand against each other."""
    ours, theirs = a.content, b.content
    assert isinstance(ours, Name) and isinstance(theirs, Name)
    if _is_contrast(a, b):
        return None
    if kept.same_act and _are_one_party(ours, theirs) and are_sides(a, b):
        return None
    if not (_counts(ours) and _counts(theirs)):
        return "a plain word that nothing sets against the other name"
    if not (ours.is_strong or theirs.is_strong or a.stance != b.stance):
        return "two plain words"
    return None


def _counts(name: Name) -> bool:
    """A plain word is a name of its own only where it names the act: villagers are not what militants are called."""
    return name.is_strong or name.is_trigger


def _are_one_party(a: Name, b: Name) -> bool:
    """Both name those who did an act, or both those who underwent it."""
    return a.role is not None and a.role == b.role


def _is_contrast(a: Statement, b: Statement) -> bool:
    """ "Asmara speaks of a massacre, Addis Ababa of an operation": two plain names that one sentence sets side by
    side."""
    ours, theirs = a.content, b.content
    assert isinstance(ours, Name) and isinstance(theirs, Name)
    is_one_sentence = a.document_id == b.document_id and a.sentence == b.sentence
    return is_one_sentence and ours.is_equation and not (a.holder.is_author or b.holder.is_author)


def _hardly_opposed(a: Statement, b: Statement, kept: Bond) -> str | None:
    """Why voices that do not speak for two sides give names that both may hold."""
    ours, theirs = a.content, b.content
    assert isinstance(ours, Name) and isinstance(theirs, Name)
    if kept.near and (ours.is_equation or theirs.is_equation) and a.sentence == b.sentence:
        return None
    if is_bystander(a) or is_bystander(b) or not (a.holder.is_named and b.holder.is_named):
        return "not between two sides: the word of a bystander, or of nobody who is named"
    if kept.same_happening and (ours.is_trigger or theirs.is_trigger) and a.stance == b.stance:
        return None
    return "not between two sides, and not of one act"


def same_name(a: Statement, b: Statement) -> float | None:
    """How surely two statements give one thing a name of the same view."""
    ours, theirs = a.content, b.content
    if not (isinstance(ours, Name) and isinstance(theirs, Name)):
        return None
    if (ours.matter, ours.view) != (theirs.matter, theirs.view) or ours.matter == CALLED:
        return None
    kept = bond(a, b)
    if kept is None:
        return None
    if kept.same_happening or not set(ours.beside).isdisjoint(theirs.beside):
        return kept.score
    return kept.score * (0.9 if ours.is_strong and theirs.is_strong else 0.7)

"""Which time and place stated in a sentence belong to an act: those of its own clause.

Not those of a relative clause of its object, of a noun it speaks of, or of a coordinate clause with a verb of its own.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Final, Protocol

from detente.reading.marks import MentionMark, Span
from detente.reading.syntax import SUBJECT_DEPS, Tree

_MODIFIERS: Final = frozenset({"nummod", "compound", "amod", "nmod", "poss"})


class Seat(Protocol):
    """One party of an act."""

    @property
    def mention(self) -> MentionMark: ...


class Act(Protocol):
    """What is asked of an act: the token of its trigger, the tokens that belong to that, and its parties."""

    @property
    def trigger(self) -> int: ...

    @property
    def parts(self) -> tuple[int, ...]: ...

    @property
    def sources(self) -> Sequence[Seat]: ...

    @property
    def targets(self) -> Sequence[Seat]: ...


class Moments:
    """The time and place marks of one document, by token; `acts` are the triggers, which keep their own modifiers."""

    def __init__(self, tree: Tree, times: tuple[Span, ...], places: tuple[Span, ...], acts: frozenset[int]) -> None:
        self.tree = tree
        self.times = times
        self.places = places
        self.acts = acts

    def time_of(self, act: Act) -> Span | None:
        """The time nearest to the trigger among those of its clause."""
        times = self._inside(act, self.times)
        found = [span for span in times if self._belongs(act, self._token(span))]
        return self._nearest(act, found or [span for span in times if self._is_told_by(act, span)])

    def place_of(self, act: Act) -> Span | None:
        """The place nearest to the trigger in its sentence that is no side of the act."""
        return self._nearest(act, self._inside(act, self.places))

    def _inside(self, act: Act, spans: tuple[Span, ...]) -> list[Span]:
        if not spans:
            return []
        tree, sentence = self.tree, self.tree.sents[act.trigger]
        left, right = bisect_left(tree.sents, sentence), bisect_left(tree.sents, sentence + 1)
        whole = Span(tree.starts[left], tree.ends[right - 1])
        sides = [side.mention.span for side in (*act.sources, *act.targets)]
        return [s for s in spans if whole.holds(s) and not any(s.meets(side) for side in sides)]

    def _nearest(self, act: Act, spans: list[Span]) -> Span | None:
        at = self.tree.starts[act.trigger]
        return min(spans, key=lambda s: (min(abs(s.start - at), abs(s.end - at)), s), default=None)

    def _token(self, span: Span) -> int:
        """The head of the time phrase: its token whose head lies outside."""
        tree = self.tree
        first = max(bisect_right(tree.starts, span.start) - 1, 0)
        last = bisect_left(tree.starts, span.end)
        return next((i for i in range(first, last) if not first <= tree.heads[i] < last), first)

    def _belongs(self, act: Act, time: int) -> bool:
        owner, modifies = self._owner(time)
        if owner == act.trigger or (owner in act.parts and owner not in self.acts):
            return True
        if modifies:
            return False
        if not self.tree.is_verb(owner):
            return owner not in self.acts and owner in self._own_words(act)
        return owner in self._clause(act, before=time < act.trigger)

    def _is_told_by(self, act: Act, time: Span) -> bool:
        """ "This was in August, when Peru attacked Chile": a clause with "when" has the time that it hangs on."""
        tree, verb = self.tree, act.trigger
        while tree.heads[verb] != verb and (tree.deps[verb] == "conj" or not tree.is_verb(verb)):
            verb = tree.heads[verb]
        above = tree.heads[verb]
        if above == verb or not any(tree.words[k] == "when" for k in tree.kids[verb]):
            return False
        return time.start <= tree.starts[above] < time.end or above == self._owner(self._token(time))[0]

    def _owner(self, time: int) -> tuple[int, bool]:
        """The verb or act noun that the time hangs on, and whether it only modifies a noun on the way."""
        tree, node = self.tree, time
        for head in tree.ancestors(time):
            if tree.is_verb(head) and tree.heads[head] < time < self._first(head) and tree.deps[head] == "ccomp":
                return tree.heads[head], False
            if tree.is_verb(head) or head in self.acts:
                return head, False
            if tree.deps[node] in _MODIFIERS and tree.kinds[head] == "n":
                return head, True
            node = head
        return node, False

    def _first(self, verb: int) -> int:
        """The subject or conjunction that opens a clause; "said on Monday it had …" puts the time before it."""
        opening = [k for k in self.tree.kids[verb] if self.tree.deps[k] in {*SUBJECT_DEPS, "mark"}]
        return min(opening, default=-1)

    def _own_words(self, act: Act) -> set[int]:
        return {act.trigger, *act.parts}

    def _clause(self, act: Act, *, before: bool) -> set[int]:
        """The verbs whose time is the trigger's: itself, the verb its noun stands under, the verb it completes, and the
        first verb of a series without subjects of its own, where the time stands before."""
        tree = self.tree
        found = {act.trigger}
        node = act.trigger
        for head in tree.ancestors(act.trigger):
            dep = tree.deps[node]
            if not tree.is_verb(node):
                found.add(head)
                if tree.is_verb(head):
                    node = head
                    if dep in {"nsubj", "nsubjpass", "dobj", "attr"} or not self._is_open(head):
                        break
                    continue
                if dep in {"relcl", "acl"}:
                    break
            elif (dep in {"xcomp", "pcomp", "prep", "advcl"} and not self._is_open(node)) or (
                dep == "conj" and before and not self._has_subject(node)
            ):
                found.add(head)
            else:
                break
            node = head
        return found

    def _is_open(self, verb: int) -> bool:
        """A finite clause of its own."""
        return self._has_subject(verb) or any(self.tree.deps[k] == "mark" for k in self.tree.kids[verb])

    def _has_subject(self, verb: int) -> bool:
        return any(self.tree.deps[k] in SUBJECT_DEPS for k in self.tree.kids[verb])

"""From the words of one document to acts: triggers found in the lexicon, their sides filled, and the acts that words
like "refuse", "threaten" or "accuse" make of what they govern.

Nothing here names a word: what each word means stands in the lexicon (`lexicon.py`), which words are triggers in
`triggers.py`, who stands in them in `filling.py`, and whether it happened in `reading.factuality`.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from detente.model.vocabulary import EventType
from detente.reading.events.filling import Filling
from detente.reading.events.grammar import Grammar
from detente.reading.events.lexicon import CONFLICT, Acts, Entry, Operator
from detente.reading.events.roles import Roles
from detente.reading.events.sides import Side, Sides
from detente.reading.events.triggers import Governor, Triggers
from detente.reading.factuality import Factuality, Status
from detente.reading.syntax import Tree

_KINDS: Final = {"v": "verb", "n": "noun", "a": "adjective", "r": "adverb", "p": "preposition", "x": "word"}
_ADDRESSED: Final = frozenset({"REQUEST", "AGREE", "ACCUSE", "THREATEN"})
"""Acts addressed to somebody: refusing one is aimed at whoever made it."""


class Act(Struct, frozen=True):
    """One act found: the trigger token, the tokens that belong to the trigger, its sides and its status.

    `base` is the entry whose words these are; `type` and `cameo` may be another's where an operator made the
    act. `vouchers` vouch for it beside the author.
    """

    trigger: int
    parts: tuple[int, ...]
    base: Entry
    type: EventType
    cameo: str
    sources: tuple[Side, ...]
    targets: tuple[Side, ...]
    status: Status
    vouchers: tuple[Side, ...] = ()
    reasons: tuple[str, ...] = ()


class Matcher:
    """Matches one document. `acts` and `factuality` are shared between documents."""

    def __init__(self, tree: Tree, sides: Sides, acts: Acts, factuality: Factuality) -> None:
        self.tree = tree
        self.sides = sides
        self.acts = acts
        self.factuality = factuality
        grammar = Grammar(tree, sides, acts)
        self.roles = Roles(tree, sides, acts, grammar)
        self.triggers = Triggers(tree, sides, acts, grammar, self.roles)
        self.filling = Filling(tree, sides, acts, grammar, self.roles, self.triggers)

    def read(self) -> list[Act]:
        """All acts in text order, also those with no side named; the step decides which stand."""
        self.triggers.find()
        found: list[Act] = []
        for t in sorted(self.triggers.entries):
            found.extend(self._acts_of(t))
        return found

    # -- acts -------------------------------------------------------------------------------------------

    def _acts_of(self, t: int) -> list[Act]:
        entry = self.triggers.entries[t]
        governor = self.triggers.governors.get(t)
        kept = self._inner_rule(t, governor)
        acts: list[Act] = []
        if entry.op:
            acts.extend(self._operator_acts(t, entry))
        elif kept is None or kept.inner != "dropped" or kept.needs_inner:
            acts.append(self._plain(t, entry))
        if kept is None or governor is None:
            return acts
        return [spoken for act in acts if (spoken := self._spoken_of(act, kept, governor)) is not None]

    def _inner_rule(self, t: int, governor: Governor | None) -> Operator | None:
        return None if governor is None else self.acts.operators[self.triggers.entries[governor.token].op]

    def _spoken_of(self, act: Act, rule: Operator, governor: Governor) -> Act | None:
        """An act inside another: dropped, or kept with the status and the voucher its operator gives it."""
        if rule.inner == "dropped":
            above = self.triggers.entries[governor.token]
            lost = rule.needs_inner and self._made(above, self.triggers.entries[act.trigger], act.trigger) is None
            return act if lost else None
        outer = self.filling.sources(governor.token, self.triggers.entries[governor.token])
        if rule.inner == "named" and not (act.sources and act.targets):
            return None
        if (
            rule.inner == "named"
            and rule.towards == "doers"
            and {s.mention.span for s in act.sources} == {s.mention.span for s in outer}
        ):
            return None
        status = act.status
        if rule.polarity is not None:
            status = replace(status, polarity=rule.polarity)
        if rule.modality is not None:
            status = replace(status, modality=rule.modality)
        vouchers = tuple(outer) if rule.vouch else ()
        return replace(act, status=status, vouchers=(*act.vouchers, *vouchers))

    def _plain(self, t: int, entry: Entry) -> Act:
        sources = self.filling.sources(t, entry)
        targets = self.filling.targets(t, entry, sources)
        if self.filling.is_two_sided(t, entry, targets):
            sources, targets = self.filling.both(t, entry, sources, targets)
        assert entry.type is not None
        return Act(
            trigger=t,
            parts=self.triggers.parts(t, entry),
            base=entry,
            type=entry.type,
            cameo=entry.cameo,
            sources=tuple(sources),
            targets=tuple(targets),
            status=self._status(t, entry),
            reasons=self._reasons(t, entry, sources, targets),
        )

    def _status(self, t: int, entry: Entry) -> Status:
        status = self.factuality.of(self.tree, t)
        if entry.type == "AID" and status.modality == "future" and (giving := self._giving(t)) is not None:
            return self.factuality.of(self.tree, giving)
        return status

    def _giving(self, t: int) -> int | None:
        """The gift over a purpose that only names its end: "donated tents to help Fiji"."""
        tree = self.tree
        if tree.deps[t] not in {"advcl", "acl", "xcomp", "relcl"} or tree.tags[t] != "VB":
            return None
        for a in tree.ancestors(t):
            entry = self.triggers.entries.get(a)
            if entry is not None:
                return a if entry.type == "AID" else None
            if tree.is_verb(a):
                noun = next((k for k in tree.kids[a] if tree.deps[k] == "dobj"), None)
                held = self.triggers.entries.get(noun) if noun is not None else None
                return a if held is not None and held.type == "AID" else None
        return None

    def _reasons(self, t: int, entry: Entry, sources: list[Side], targets: list[Side]) -> tuple[str, ...]:
        words = self.tree.words
        said = [f"lexicon: {entry.name} ({_KINDS[entry.kind]}) is {entry.type} {entry.cameo}"]
        said.extend(f"source: “{words[s.filler]}”" for s in sources[:3])
        said.extend(f"target: “{words[s.filler]}”" for s in targets[:3])
        return tuple(said)

    # -- operators' own acts ----------------------------------------------------------------------------

    def _operator_acts(self, t: int, entry: Entry) -> list[Act]:
        rule = self.acts.operators[entry.op]
        inners = [i for i in self.triggers.governed.get(t, ()) if self._is_inner(i, t)]
        found: list[Act] = []
        for i in inners:
            if (act := self._composed(t, entry, rule, i)) is not None:
                found.append(act)
        if found:
            return found[:2]
        if (rule.needs_inner and not inners) or (inners and rule.needs_inner) or not entry.cameo:
            return []
        sources = self.filling.sources(t, entry)
        targets = self.filling.targets(t, entry, sources) or self._named_inside(t, sources)
        if inners and not targets:
            targets = self._towards(rule, inners[0], sources)
        if self.filling.is_two_sided(t, entry, targets):
            sources, targets = self.filling.both(t, entry, sources, targets)
        assert entry.type is not None
        return [
            Act(
                trigger=t, parts=self.triggers.parts(t, entry), base=entry, type=entry.type, cameo=entry.cameo,
                sources=tuple(sources), targets=tuple(targets), status=self._status(t, entry),
                reasons=self._reasons(t, entry, sources, targets),
            )
        ]  # fmt: skip

    def _is_inner(self, i: int, t: int) -> bool:
        return self.triggers.governors[i].token == t

    def _composed(self, t: int, entry: Entry, rule: Operator, i: int) -> Act | None:
        inner = self.triggers.entries[i]
        made = self._made(entry, inner, i)
        if made is None:
            return None
        type_, cameo = made
        sources = self.filling.sources(t, entry)
        own = self.filling.targets(t, entry, sources)
        if own and rule.inner == "named" and type_ != entry.type and entry.type is not None:
            type_, cameo = entry.type, entry.cameo
        targets = own or self._towards(rule, i, sources, self._kind_made(entry, type_))
        if not targets and (entry.reciprocal or inner.reciprocal or inner.mutual):
            sources, targets = self.filling.both(t, entry, sources, targets)
        reasons = (
            f"lexicon: {entry.name} over {inner.name} ({inner.type} {inner.cameo}) is {type_} {cameo}",
            *self._reasons(t, entry, sources, targets)[1:],
        )
        return Act(
            trigger=t, parts=tuple(sorted({*self.triggers.parts(t, entry), i})), base=entry, type=type_, cameo=cameo,
            sources=tuple(sources), targets=tuple(targets), status=self._status(t, entry), reasons=reasons,
        )  # fmt: skip

    def _made(self, entry: Entry, inner: Entry, i: int) -> tuple[EventType, str] | None:
        if inner.op == "prevent":
            return None
        if entry.op == "promise" and self.tree.is_verb(i) and self.tree.kid(i, "neg") is not None:
            return (entry.type, entry.cameo) if entry.type else None
        if inner.op:
            deeper = next((k for k in self.triggers.governed.get(i, ()) if self.triggers.governors[k].token == i), None)
            made = self._made(inner, self.triggers.entries[deeper], deeper) if deeper is not None else None
            if made is not None:
                inner = replace(inner, type=made[0], cameo=made[1])
        if not inner.cameo:
            return (entry.type, entry.cameo) if entry.type else None
        composed = self.acts.composed(entry.op, inner)
        if composed is not None:
            return composed.type, composed.cameo
        return (entry.type, entry.cameo) if entry.type and not self.acts.operators[entry.op].needs_inner else None

    def _towards(self, rule: Operator, i: int, sources: list[Side], made: str = "") -> list[Side]:
        inner = self.triggers.entries[i]
        known = {s.mention.span for s in sources}
        doers = [s for s in self.filling.sources(i, inner) if s.mention.span not in known]
        objects = [s for s in self.filling.targets(i, inner, sources) if s.mention.span not in known]
        deeper = [k for k in self.triggers.governed.get(i, ()) if self.triggers.governors[k].token == i]
        if not objects and deeper:
            objects = self._towards(rule, deeper[0], sources)
        if (
            made in CONFLICT
            and rule.towards == "doers"
            and self.triggers.entries[i].type in CONFLICT
            and made != "REQUEST"
        ):
            return objects or doers
        if rule.towards == "doers":
            return doers
        if inner.type in _ADDRESSED or inner.op:
            return doers or objects
        if rule.towards == "none":
            return []
        return objects or doers

    def _kind_made(self, entry: Entry, made: str) -> str:
        """The type made, where it differs from the operator's own: "call for sanctions on X" is aimed at X."""
        return made if made != entry.type else ""

    def _named_inside(self, t: int, sources: list[Side]) -> list[Side]:
        known = {s.mention.span for s in sources}
        if not sources or "comp" not in self.triggers.entries[t].target:
            return []
        return [s for s in self.roles.fill(t, ("comp",)) if s.mention.span not in known]

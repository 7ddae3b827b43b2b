"""From the words of one document to acts: triggers found in the lexicon, their sides filled, and the acts that words
like "refuse", "threaten" or "accuse" make of what they govern.

Nothing here names a word: what each word means stands in the lexicon (`lexicon.py`), where its sides stand in
`roles.py`, and whether it happened in `reading.factuality`.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from detente.model.vocabulary import EventType
from detente.reading.events.lexicon import CONFLICT, Acts, Entry, Operator
from detente.reading.events.roles import Roles
from detente.reading.events.sides import Side, Sides
from detente.reading.factuality import Factuality, Status
from detente.reading.syntax import Tree

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


class Governor(Struct, frozen=True):
    """The operator over an act and the tokens passed on the way up."""

    token: int
    through: tuple[int, ...]


class Matcher:
    """Matches one document. `acts` and `factuality` are shared between documents."""

    def __init__(self, tree: Tree, sides: Sides, acts: Acts, factuality: Factuality) -> None:
        self.tree = tree
        self.sides = sides
        self.acts = acts
        self.factuality = factuality
        self.roles = Roles(tree, sides, acts)
        self.entries: dict[int, Entry] = {}
        self.governors: dict[int, Governor] = {}
        self.governed: dict[int, list[int]] = {}
        self.taken: dict[int, int] = {}

    def read(self) -> list[Act]:
        """All acts in text order, also those with no side named; the step decides which stand."""
        self._find_triggers()
        for t in sorted(self.entries):
            if (governor := self._governor(t)) is not None:
                self.governors[t] = governor
                self.governed.setdefault(governor.token, []).append(t)
        found: list[Act] = []
        for t in sorted(self.entries):
            found.extend(self._acts_of(t))
        return found

    # -- triggers ---------------------------------------------------------------------------------------

    def _find_triggers(self) -> None:
        tree, acts = self.tree, self.acts
        for i, kind in enumerate(tree.kinds):
            if kind not in "vna":
                continue
            if kind == "v" and tree.deps[i] == "amod":
                continue
            group = acts.entries.get((self._hyphened(i), kind)) or acts.entries.get((tree.lemmas[i], kind))
            if kind == "v" and tree.tags[i] == "VBN" and self._is_state(i):
                group = acts.entries.get((tree.words[i], "a")) or group
            if group is None and kind == "v" and tree.tags[i] in {"VBN", "VBG"}:
                group = acts.entries.get((tree.words[i], "a"))
            if group is None and kind == "a" and tree.tags[i] == "JJ":
                group = acts.entries.get((tree.words[i], "a"))
            if group is None or (kind == "n" and self._is_name(i)):
                continue
            entry = next((e for e in group if all(self.roles.holds(i, need) for need in e.needs)), None)
            if entry is not None:
                self.entries[i] = entry
        for i, entry in sorted(self.entries.items()):
            for part in self._parts(i, entry):
                if part != i and part in self.entries and not (entry.op or self.entries[part].op):
                    self.taken[part] = i
        for part in self.taken:
            self.entries.pop(part, None)

    def _is_state(self, i: int) -> bool:
        """ "is opposed to": a participle with "to" and no doer describes its subject."""
        words = [self.tree.words[k] for k in self.tree.kids[i] if self.tree.deps[k] in {"prep", "agent"}]
        return "to" in words and "by" not in words

    def _hyphened(self, i: int) -> str:
        """The whole of a word the tokens split at its hyphen: "cease-fire", "co-operate"."""
        tree = self.tree
        if (
            i < 2
            or tree.words[i - 1] != "-"
            or tree.starts[i] != tree.ends[i - 1]
            or tree.starts[i - 1] != tree.ends[i - 2]
        ):
            return ""
        return f"{tree.words[i - 2]}-{tree.lemmas[i]}"

    def _is_name(self, i: int) -> bool:
        """Part of a proper name ("Strike Group", "the Talks Foundation")."""
        tree = self.tree
        return tree.tags[i] in {"NNP", "NNPS"} and (tree.deps[i] == "compound" or self.sides.mention(i) is not None)

    def _parts(self, i: int, entry: Entry) -> tuple[int, ...]:
        tree, found = self.tree, [i]
        for need in entry.needs:
            if need.absent or not need.words:
                continue
            if need.slot == "prt":
                found.extend(k for k in tree.kids[i] if tree.words[k] in need.words)
            elif need.slot not in {"mod", "carrier"}:
                found.extend(t for t in self.roles.tokens(i, need.slot) if tree.lemmas[t] in need.words)
        if entry.kind == "n" and (carried := self.roles.carrier(i)) is not None:
            verb, _ = carried
            if tree.lemmas[verb] in self.acts.light and verb not in self.entries:
                found.append(verb)
        return tuple(sorted(set(found)))

    # -- operators --------------------------------------------------------------------------------------

    def _governor(self, t: int) -> Governor | None:
        """The word over `t` that takes it as its complement, through light and passing words."""
        tree = self.tree
        node = self.roles.top(t) if tree.kinds[t] == "n" else t
        through: list[int] = []
        for _ in range(8):
            step = self._step_up(node)
            if step is None:
                return None
            above, link = step
            entry = self.entries.get(above)
            if entry is not None and entry.op and self._takes(above, entry, link):
                return Governor(above, tuple(through))
            lemma = tree.lemmas[above]
            passes = (
                lemma in self.acts.light
                or lemma in self.acts.passing
                or (entry is None and link == "conj")
                or (tree.kinds[above] == "n" and lemma in self.acts.containers)
            )
            if not passes:
                return None
            through.append(above)
            node = above
        return None

    def _step_up(self, node: int) -> tuple[int, str] | None:
        tree = self.tree
        dep, head = tree.deps[node], tree.heads[node]
        if head == node:
            return None
        if dep in {"dobj", "nsubjpass", "dative", "attr", "oprd"}:
            return head, "obj"
        if dep in {"xcomp", "ccomp", "acomp"}:
            return head, dep
        if dep in {"pobj", "pcomp"}:
            above = tree.heads[head]
            return (
                (above, tree.words[head]) if above < head and tree.deps[head] in {"prep", "agent", "dative"} else None
            )
        if dep == "acl":
            return (
                (head, "acl")
                if tree.tags[node] in {"VB", "VBG"}
                else (head, "acl")
                if self._is_that_clause(node)
                else None
            )
        if dep == "advcl" and tree.tags[node] == "VB" and not any(tree.deps[k] == "mark" for k in tree.kids[node]):
            return head, "advcl"
        if dep == "conj":
            return head, "conj"
        if dep == "compound" and tree.lemmas[head] in self.acts.containers:
            return head, "obj"
        return None

    def _is_that_clause(self, node: int) -> bool:
        return any(self.tree.deps[k] == "mark" for k in self.tree.kids[node])

    def _takes(self, above: int, entry: Entry, link: str) -> bool:
        """An operator verb takes objects, clauses and the prepositions it is used with; a conjunct never."""
        if link == "conj":
            return False
        if link == "advcl":
            return (
                entry.kind == "v"
                and self.acts.operators[entry.op].towards == "objects"
                and not self.governed.get(above)
            )
        if link in {"obj", "xcomp", "ccomp", "acl", "acomp"}:
            return True
        return link in {"for", "to", "of", "with", "on", "in", "over", "against", "from", "about", "at", "into"}

    # -- acts -------------------------------------------------------------------------------------------

    def _acts_of(self, t: int) -> list[Act]:
        entry = self.entries[t]
        governor = self.governors.get(t)
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
        return None if governor is None else self.acts.operators[self.entries[governor.token].op]

    def _spoken_of(self, act: Act, rule: Operator, governor: Governor) -> Act | None:
        """An act inside another: dropped, or kept with the status and the voucher its operator gives it."""
        if rule.inner == "dropped":
            above = self.entries[governor.token]
            lost = rule.needs_inner and self._made(above, self.entries[act.trigger], act.trigger) is None
            return act if lost else None
        outer = self._sources(governor.token, self.entries[governor.token])
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
        return replace(act, status=status, vouchers=act.vouchers + vouchers)

    def _sources(self, t: int, entry: Entry) -> list[Side]:
        tree = self.tree
        if entry.kind == "a" and tree.is_verb(t):
            return [s for p in self.roles.patients(t) for s in self.sides.who(p)]
        found = self.roles.fill(t, entry.source, through=True)
        if not found and entry.kind == "v" and tree.is_passive(t):
            return self._owners_of_act(t)
        if entry.kind == "n" and (carried := self.roles.carrier(t)) is not None:
            verb, how = carried
            lemma = tree.lemmas[verb]
            if lemma in self.acts.inverse and how == "obj":
                return self.roles.fill(t, tuple(s for s in entry.source if s != "carrier") + ("from",))
            if found and found[0].filler in self.roles.subjects(verb) and not self._carries(verb, how):
                return []
        return found

    def _owners_of_act(self, t: int) -> list[Side]:
        """The doer of "Israeli strikes were halted": whoever's act the passive subject is."""
        for n in self.roles.patients(t):
            if (self.tree.lemmas[n], "n") in self.acts.entries:
                return self.roles.fill(n, ("poss", "mod", "by"))
        return []

    def _carries(self, verb: int, how: str) -> bool:
        """True where the subject of the verb does what the verb's noun says: a light, passing or operator verb."""
        lemma = self.tree.lemmas[verb]
        if lemma in self.acts.light or lemma in self.acts.passing:
            return True
        entry = self.entries.get(verb)
        return entry is not None and bool(entry.op) and self.acts.operators[entry.op].carries

    def _targets(self, t: int, entry: Entry, sources: list[Side]) -> list[Side]:
        known = {s.mention.span for s in sources}
        for slot in entry.target:
            found = [s for s in self.roles.fill(t, (slot,), through=not entry.strict) if s.mention.span not in known]
            found = [s for s in found if self._fits_target(s, entry)]
            if entry.mutual:
                found = [s for s in found if s.token != s.filler or s.token not in self._parts(t, entry)]
            if found:
                return found
        tree = self.tree
        if entry.kind == "n" and (carried := self.roles.carrier(t)) is not None:
            verb, how = carried
            if tree.lemmas[verb] in self.acts.inverse and how == "obj":
                return [s for s in self.roles.fill(verb, ("subj",)) if s.mention.span not in known]
        return []

    def _fits_target(self, side: Side, entry: Entry) -> bool:
        """A party looked through an act noun counts where it did that act ("condemned the raid by X")
        and not where it suffered it ("condemned the raid on X"); "its" points back at the subject."""
        if side.filler == side.token or side.fit >= 0.94:
            return True
        if side.mention.form == "pronoun" and entry.type not in {"ACCUSE", "REJECT"}:
            return False
        inner = self.entries.get(side.filler)
        if inner is None or inner.op:
            return True
        doers = {s.mention.span for s in self._sources(side.filler, inner)}
        return side.mention.span in doers or not self._wants_doers(entry)

    def _wants_doers(self, entry: Entry) -> bool:
        return entry.type in {"ACCUSE", "SUPPORT", "REJECT", "AGREE", "REQUEST"}

    def _plain(self, t: int, entry: Entry) -> Act:
        sources = self._sources(t, entry)
        targets = self._targets(t, entry, sources)
        if self._is_two_sided(t, entry, targets):
            sources, targets = self._both(t, entry, sources, targets)
        assert entry.type is not None
        return Act(
            trigger=t,
            parts=self._parts(t, entry),
            base=entry,
            type=entry.type,
            cameo=entry.cameo,
            sources=tuple(sources),
            targets=tuple(targets),
            status=self._status(t, entry),
            reasons=self._reasons(t, entry, sources, targets),
        )

    def _is_two_sided(self, t: int, entry: Entry, targets: list[Side]) -> bool:
        """Reciprocal by its entry, or because all who act stand on one side: "A and B traded accusations"."""
        if entry.reciprocal or (entry.mutual and not targets):
            return True
        carried = self.roles.carrier(t) if entry.kind == "n" and not targets else None
        return carried is not None and self.tree.lemmas[carried[0]] in self.acts.mutual

    def _both(self, t: int, entry: Entry, sources: list[Side], targets: list[Side]) -> tuple[list[Side], list[Side]]:
        """The two sides of a reciprocal act: everybody on both, "the talks between A and B" included."""
        between = self.roles.fill(t, ("between", "among")) if not entry.op else []
        if len(between) > 1 or (between and between[0].mention.joint):
            return between, between
        together = list(sources)
        spans = {s.mention.span for s in together}
        together.extend(s for s in targets if s.mention.span not in spans)
        if len(together) < 2 and not (together and together[0].mention.joint):
            return sources, targets
        return together, together

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
            entry = self.entries.get(a)
            if entry is not None:
                return a if entry.type == "AID" else None
            if tree.is_verb(a):
                noun = next((k for k in tree.kids[a] if tree.deps[k] == "dobj"), None)
                held = self.entries.get(noun) if noun is not None else None
                return a if held is not None and held.type == "AID" else None
        return None

    def _reasons(self, t: int, entry: Entry, sources: list[Side], targets: list[Side]) -> tuple[str, ...]:
        words = self.tree.words
        said = [
            f"lexicon: {entry.name} ({ {'v': 'verb', 'n': 'noun', 'a': 'adjective'}.get(entry.kind, 'word') }) is {entry.type} {entry.cameo}"
        ]
        said.extend(f"source: “{words[s.filler]}”" for s in sources[:3])
        said.extend(f"target: “{words[s.filler]}”" for s in targets[:3])
        return tuple(said)

    # -- operators' own acts ----------------------------------------------------------------------------

    def _operator_acts(self, t: int, entry: Entry) -> list[Act]:
        rule = self.acts.operators[entry.op]
        inners = [i for i in self.governed.get(t, ()) if self._is_inner(i, t)]
        found: list[Act] = []
        for i in inners:
            if (act := self._composed(t, entry, rule, i)) is not None:
                found.append(act)
        if found:
            return found[:2]
        if (rule.needs_inner and not inners) or (inners and rule.needs_inner) or not entry.cameo:
            return []
        sources = self._sources(t, entry)
        targets = self._targets(t, entry, sources) or self._named_inside(t, sources)
        if inners and not targets:
            targets = self._towards(rule, inners[0], sources)
        if self._is_two_sided(t, entry, targets):
            sources, targets = self._both(t, entry, sources, targets)
        assert entry.type is not None
        return [
            Act(
                trigger=t, parts=self._parts(t, entry), base=entry, type=entry.type, cameo=entry.cameo,
                sources=tuple(sources), targets=tuple(targets), status=self._status(t, entry),
                reasons=self._reasons(t, entry, sources, targets),
            )
        ]  # fmt: skip

    def _is_inner(self, i: int, t: int) -> bool:
        return self.governors[i].token == t

    def _composed(self, t: int, entry: Entry, rule: Operator, i: int) -> Act | None:
        inner = self.entries[i]
        made = self._made(entry, inner, i)
        if made is None:
            return None
        type_, cameo = made
        sources = self._sources(t, entry)
        own = self._targets(t, entry, sources)
        if own and rule.inner == "named" and type_ != entry.type and entry.type is not None:
            type_, cameo = entry.type, entry.cameo
        targets = own or self._towards(rule, i, sources, self._kind_made(entry, type_))
        if not targets and (entry.reciprocal or inner.reciprocal or inner.mutual):
            sources, targets = self._both(t, entry, sources, targets)
        reasons = (
            f"lexicon: {entry.name} over {inner.name} ({inner.type} {inner.cameo}) is {type_} {cameo}",
            *self._reasons(t, entry, sources, targets)[1:],
        )
        return Act(
            trigger=t, parts=tuple(sorted({*self._parts(t, entry), i})), base=entry, type=type_, cameo=cameo,
            sources=tuple(sources), targets=tuple(targets), status=self._status(t, entry), reasons=reasons,
        )  # fmt: skip

    def _made(self, entry: Entry, inner: Entry, i: int) -> tuple[EventType, str] | None:
        if inner.op == "prevent":
            return None
        if inner.op:
            deeper = next((k for k in self.governed.get(i, ()) if self.governors[k].token == i), None)
            made = self._made(inner, self.entries[deeper], deeper) if deeper is not None else None
            if made is not None:
                inner = replace(inner, type=made[0], cameo=made[1])
        if not inner.cameo:
            return (entry.type, entry.cameo) if entry.type else None
        composed = self.acts.composed(entry.op, inner)
        if composed is not None:
            return composed.type, composed.cameo
        return (entry.type, entry.cameo) if entry.type and not self.acts.operators[entry.op].needs_inner else None

    def _towards(self, rule: Operator, i: int, sources: list[Side], made: str = "") -> list[Side]:
        inner = self.entries[i]
        known = {s.mention.span for s in sources}
        doers = [s for s in self._sources(i, inner) if s.mention.span not in known]
        objects = [s for s in self._targets(i, inner, sources) if s.mention.span not in known]
        deeper = [k for k in self.governed.get(i, ()) if self.governors[k].token == i]
        if not objects and deeper:
            objects = self._towards(rule, deeper[0], sources)
        if made in CONFLICT and rule.towards == "doers" and self.entries[i].type in CONFLICT and made != "REQUEST":
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
        if not sources or "comp" not in self.entries[t].target:
            return []
        return [s for s in self.roles.fill(t, ("comp",)) if s.mention.span not in known]

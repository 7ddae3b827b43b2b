"""Who stands on the two sides of one act: its slots filled, what may not fill them, and reciprocal acts."""

from __future__ import annotations

from detente.reading.events.grammar import Grammar
from detente.reading.events.lexicon import Acts, Entry
from detente.reading.events.roles import Roles
from detente.reading.events.sides import Side, Sides
from detente.reading.events.triggers import Triggers
from detente.reading.syntax import Tree


class Filling:
    """Fills the sides of the acts of one document."""

    def __init__(
        self, tree: Tree, sides: Sides, acts: Acts, grammar: Grammar, roles: Roles, triggers: Triggers
    ) -> None:
        self.tree = tree
        self.sides = sides
        self.acts = acts
        self.grammar = grammar
        self.roles = roles
        self.triggers = triggers

    def sources(self, t: int, entry: Entry) -> list[Side]:
        tree = self.tree
        if entry.kind == "a" and tree.is_verb(t):
            return [s for p in self.grammar.patients(t) for s in self.sides.who(p)]
        found = self.roles.fill(t, entry.source, placed=False)
        if not found and entry.kind == "v" and tree.is_passive(t):
            return self._owners_of_act(t)
        if entry.type == "THREATEN" and entry.kind == "v":
            return [side for side in found if not self._is_force(side)]
        if entry.kind == "n" and (carried := self.grammar.carrier(t)) is not None:
            verb, how = carried
            lemma = tree.lemmas[verb]
            if how == "under":
                return self.roles.fill(t, tuple(s for s in entry.source if s != "carrier"))
            if lemma in self.acts.inverse and how == "obj":
                return self.roles.fill(t, (*(s for s in entry.source if s != "carrier"), "from"))
            if found and found[0].filler in self.grammar.subjects(verb) and not self._carries(verb, how):
                return []
        return found

    def _is_force(self, side: Side) -> bool:
        """ "Chad's invasion threatens the harvest" is no threat of Chad's."""
        inner = self.triggers.entries.get(side.filler)
        return side.filler != side.token and inner is not None and inner.kind == "n" and inner.type != "STATEMENT"

    def _owners_of_act(self, t: int) -> list[Side]:
        """The doer of "Israeli strikes were halted": whoever's act the passive subject is."""
        for n in self.grammar.patients(t):
            if (self.tree.lemmas[n], "n") in self.acts.entries:
                return self.roles.fill(n, ("poss", "mod", "by"))
        return []

    def _carries(self, verb: int, how: str) -> bool:
        """True where the subject of the verb does what the verb's noun says: a light, passing or operator verb."""
        lemma = self.tree.lemmas[verb]
        if lemma in self.acts.light or lemma in self.acts.passing:
            return True
        entry = self.triggers.entries.get(verb)
        return entry is not None and bool(entry.op) and self.acts.operators[entry.op].carries

    def targets(self, t: int, entry: Entry, sources: list[Side]) -> list[Side]:
        known = {s.mention.span for s in sources}
        for slot in entry.target:
            found = [s for s in self.roles.fill(t, (slot,), through=not entry.strict) if s.mention.span not in known]
            found = [s for s in found if self._fits_target(s, entry, sources)]
            found = [s for s in found if not self._is_proposition(t, s, entry)]
            if entry.mutual:
                found = [s for s in found if s.token != s.filler or s.token not in self.triggers.parts(t, entry)]
            if found:
                return found
        tree = self.tree
        if entry.kind == "v" and tree.deps[t] == "acl" and tree.is_passive(t):
            return [s for s in self.roles.fill(tree.heads[t], ("under",)) if s.mention.span not in known]
        if entry.kind == "n" and (carried := self.grammar.carrier(t)) is not None:
            verb, how = carried
            if tree.lemmas[verb] in self.acts.inverse and how == "obj":
                return [s for s in self.roles.fill(verb, ("subj",)) if s.mention.span not in known]
        return []

    def _fits_target(self, side: Side, entry: Entry, sources: list[Side]) -> bool:
        """A party looked through an act noun counts where it did that act ("condemned the raid by X")
        and not where it suffered it ("condemned the raid on X"); "its" points back at the subject."""
        if side.filler == side.token or side.fit >= 0.94:
            return True
        if side.mention.form == "pronoun" and entry.type not in {"ACCUSE", "REJECT"}:
            return self._is_another(side, sources)
        inner = self.triggers.entries.get(side.filler)
        if inner is None or inner.op:
            return True
        doers = {s.mention.span for s in self.sources(side.filler, inner)}
        return side.mention.span in doers or not self._wants_doers(entry)

    def _is_another(self, side: Side, sources: list[Side]) -> bool:
        """ "Our eggs", and "their boats" where they are known to be others than who acts."""
        if self.tree.words[side.token] in {"our", "my", "your", "us"}:
            return all(source.mention.form != "pronoun" for source in sources)
        own = {t for source in sources for t in source.territories}
        return bool(own) and bool(side.territories) and not own & side.territories

    def _is_proposition(self, t: int, side: Side, entry: Entry) -> bool:
        """The "it" of "his office denies it", which is what was said and nobody."""
        tree = self.tree
        return (
            entry.type == "REJECT"
            and entry.op in {"deny", "refuse"}
            and tree.words[side.filler] in {"it", "this", "that", "so"}
            and tree.deps[side.filler] in {"dobj", "ccomp"}
        )

    def _wants_doers(self, entry: Entry) -> bool:
        return entry.type in {"ACCUSE", "SUPPORT", "REJECT", "AGREE", "REQUEST"}

    def is_two_sided(self, t: int, entry: Entry, targets: list[Side]) -> bool:
        """Reciprocal by its entry, or because all who act stand on one side: "A and B traded accusations"."""
        if entry.reciprocal or (entry.mutual and not targets):
            return True
        if not targets and entry.kind == "n" and self._is_traded(t):
            return True
        carried = self.grammar.carrier(t) if entry.kind == "n" and not targets else None
        return carried is not None and self.tree.lemmas[carried[0]] in self.acts.mutual

    def _is_traded(self, t: int) -> bool:
        """A headline's "Chad and Niger trade insults", which the parse takes for one noun phrase."""
        tree = self.tree
        return any(tree.deps[k] in {"compound", "nmod"} and tree.lemmas[k] in self.acts.mutual for k in tree.kids[t])

    def both(self, t: int, entry: Entry, sources: list[Side], targets: list[Side]) -> tuple[list[Side], list[Side]]:
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

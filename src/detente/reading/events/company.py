"""In what company an act stands: who else is about in its sentence and the ones before, and the claims whose cue it is.

From these an empty side is filled where the words point at somebody ("their boats", "the two countries"). What stands
in the act's own slots is `filling`'s, what points back at an act told before `told`'s.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from detente.reading.events.lexicon import CONFLICT, Acts
from detente.reading.events.matching import Act
from detente.reading.events.sides import Side, Sides
from detente.reading.events.told import Told, territories
from detente.reading.marks import ClaimMark, Party
from detente.reading.syntax import Tree

AT_OTHERS: Final = (CONFLICT - {"MOBILIZE", "PROTEST"}) | {"REQUEST", "RETREAT", "SUPPORT", "AID"}
"""What is done to others: "Peru holds their boats" cannot mean Peru's own."""
NEAR: Final = 4  # sentences in which the two of "the two countries" are looked for
OURS: Final = frozenset({"our", "my", "your"})
PERSONAL: Final = frozenset({"him", "her", "them"})
HOSTILE: Final = frozenset({"COERCE", "ASSAULT", "ACCUSE", "REJECT"})  # nobody does these to what is his own
WANTED: Final = frozenset(
    {"release", "return", "withdrawal", "apology", "explanation", "compensation", "reopening", "access"}
)


class Company:
    """One document's acts, mentions and claims by place."""

    def __init__(self, tree: Tree, sides: Sides, acts: Acts, claims: Sequence[ClaimMark]) -> None:
        self.tree = tree
        self.sides = sides
        self.acts = acts
        self.cues: list[tuple[int, int, tuple[Party, ...]]] = sorted(
            (cue.start, cue.end, claim.sources) for claim in claims if claim.sources for cue in claim.cues
        )
        self.told = Told(tree, acts)
        self.starts = {start: i for i, start in enumerate(tree.starts)}
        self.about: dict[int, dict[str, int]] = {}
        for i, mention in sorted(sides.at.items()):
            for candidate in mention.candidates[:1]:
                if candidate.territory and mention.use != "place":
                    self.about.setdefault(tree.sents[i], {}).setdefault(candidate.territory, i)

    def is_private(self, side: Side) -> bool:
        """A person by name whom nobody knows, most often one of the other side's own."""
        kinds = {c.kind for c in side.mention.candidates[:1]}
        return side.mention.form == "name" and kinds <= {"person", "other"} and not is_known(side)

    def is_about(self, act: Act) -> bool:
        """True where another territory than the act's own is named in its sentence or the one before."""
        own = {t for side in act.sources + act.targets for t in side.territories}
        sentence = self.tree.sents[act.trigger]
        near = {t for s in (sentence, sentence - 1) for t in self.about.get(s, ())}
        return bool(near - own)

    def fill(self, acts: list[Act]) -> list[Act]:
        """The acts with the empty sides that the words point back at filled, in the order of the text."""
        done: list[Act] = []
        for act in sorted(acts, key=lambda a: a.trigger):
            done.append(self._filled(act, done))
        return done

    def may_be_known(self, side: Side) -> bool:
        """Also a pronoun, a bare title, and what is ours, whose territory the record finds in the rest of the text."""
        mention = side.mention
        return (
            is_known(side)
            or mention.form == "pronoun"
            or (mention.form == "common" and any(c.kind in {"office", "government"} for c in mention.candidates))
            or any(self.tree.words[k] in OURS for k in self.tree.with_dep(side.token, "poss"))
        )

    def _filled(self, act: Act, before: list[Act]) -> Act:
        if not (act.sources and act.targets) and (both := self._pair(act)):
            act = replace(act, sources=both, targets=both, reasons=(*act.reasons, "both sides: the two named before"))
        if not act.sources and (speakers := self._speakers(act)):
            act = replace(act, sources=speakers, reasons=(*act.reasons, "source: the claim's speaker"))
        if not act.sources and (main := self._main_subject(act)) is not None:
            act = replace(act, sources=(main,), reasons=(*act.reasons, "source: “it” is the sentence's subject"))
        if act.sources and act.targets and not self._is_own(act):
            return act
        if not (act.sources and act.targets) and (told := self.told.fill(act, before)) is not None:
            return told
        if act.sources and act.type in AT_OTHERS and self._points_at_other(act):
            return self._towards_other(act)
        return act

    def _main_subject(self, act: Act) -> Side | None:
        """For "it" in a clause under the sentence's verb, nobody's yet: the subject of that verb."""
        tree, t = self.tree, act.trigger
        if not any(tree.deps[k] == "nsubj" and tree.words[k] == "it" for k in tree.kids[t]):
            return None
        for head in tree.ancestors(t):
            for k in tree.kids[head] if tree.is_verb(head) else ():
                mention = self.sides.mention(k)
                if tree.deps[k] == "nsubj" and k < t and mention is not None and mention.form == "name":
                    side = Side(mention, k, k, 0.75, True)
                    known = {s.mention.span for s in act.targets}
                    return side if is_known(side) and mention.span not in known else None
        return None

    # -- two pointed at together -----------------------------------------------------------------------

    def _pair(self, act: Act) -> tuple[Side, ...]:
        """The two of "the two countries", "both sides", "each", for an act that two do to each other."""
        if not (act.base.reciprocal or act.base.mutual) or act.targets:
            return ()
        if act.sources and not all(self._is_open(side) for side in act.sources):
            return ()
        doers = [k for k in self._doers(act) if self._is_pair(k)]
        return self._two_before(act) if doers else ()

    def _doers(self, act: Act) -> list[int]:
        tree, t = self.tree, act.trigger
        found = [side.token for side in act.sources]
        found += [k for k in tree.kids[t] if tree.deps[k] in {"nsubj", "nsubjpass", "poss"}]
        found += [p for k in tree.kids[t] if tree.words[k] in {"by", "between", "of"} for p in tree.with_dep(k, "pobj")]
        if tree.deps[t] == "conj":
            found += [k for k in tree.kids[tree.heads[t]] if tree.deps[k] == "nsubj"]
        return found

    def _is_open(self, side: Side) -> bool:
        return side.mention.form != "name" and not side.territories

    def _is_pair(self, k: int) -> bool:
        tree = self.tree
        if tree.words[k] in {"they", "both", "each", "neither", "either"}:
            return True
        if any(tree.deps[d] in {"prep", "relcl"} for d in tree.kids[k]):
            return False
        near = {tree.words[d] for d in tree.kids[k] if d < k}
        return (bool(near & {"two", "both", "either", "neither", "each"}) and k not in self.sides.at) or (
            bool(near & {"two", "both"}) and self._is_open(Side(self.sides.at[k], k, k, 1.0))
        )

    def _two_before(self, act: Act) -> tuple[Side, ...]:
        """The two territories named last, sentence by sentence; nobody where more than two come together."""
        found: dict[str, int] = {}
        sentence = self.tree.sents[act.trigger]
        for near in range(sentence, max(sentence - NEAR, -1), -1):
            for territory, token in self.about.get(near, {}).items():
                found.setdefault(territory, token)
            if len(found) >= 2:
                break
        if len(found) != 2:
            return ()
        return tuple(Side(self.sides.at[i], i, i, 0.7, True) for i in sorted(found.values()))

    # -- the other side ---------------------------------------------------------------------------------

    def _is_own(self, act: Act) -> bool:
        """True where force on others was read as force on one's own, by a pronoun ("holds its boats")."""
        own = territories(act.sources)
        return (
            act.type in {"COERCE", "ASSAULT"}
            and bool(act.targets)
            and len(own) == 1
            and all(side.territories == own for side in act.targets)
            and all(self._is_by_pronoun(side) for side in act.targets)
        )

    def _is_by_pronoun(self, side: Side) -> bool:
        return side.mention.form == "pronoun" or any(
            self.tree.tags[k] == "PRP$" for k in self.tree.with_dep(side.filler, "poss")
        )

    def _points_at_other(self, act: Act) -> bool:
        """True where the phrase that undergoes the act is a pronoun, is somebody's ("their boats"), or names what one
        side wants of another ("demanded the release")."""
        tree, t = self.tree, act.trigger
        if self._is_own(act):
            return True
        found = [k for k in tree.kids[t] if tree.deps[k] in {"dobj", "dative", "nsubjpass"} and tree.is_verb(t)]
        found += [p for k in tree.with_dep(t, "dative") for p in tree.with_dep(k, "pobj")]
        for k in found:
            if k in act.parts:
                continue
            if tree.tags[k] == "PRP" and tree.words[k] in PERSONAL:
                return True
            is_owned = any(tree.tags[p] == "PRP$" for p in tree.with_dep(k, "poss"))
            if is_owned and act.type in HOSTILE and not self._is_self(act, k):
                return True
            if act.type == "REQUEST" and tree.lemmas[k] in WANTED:
                return True
        if act.type in {"REJECT", "ACCUSE", "REQUEST"} and any(self.told.points_at_act(k) for k in found):
            return True
        if act.type == "REJECT" and tree.deps[t] == "relcl":
            return tree.deps[tree.heads[t]] in {"appos", "dobj", "conj", "npadvmod", "dep"}
        return False

    def _is_self(self, act: Act, noun: int) -> bool:
        """ "Recalled its ambassador", "tightened its sanctions": one's own thing, used on another."""
        code = act.base.cameo
        return code[:2] in {"16", "15", "13", "08"} and code != "166" and act.base.kind == "v"

    def _towards_other(self, act: Act) -> Act:
        other = self._sole_other(act)
        if other is None:
            return act
        return replace(act, targets=(other,), reasons=(*act.reasons, "target: the only other side about"))

    def _sole_other(self, act: Act) -> Side | None:
        """The one other territory named in the sentence, or else in the one before; None where there are two."""
        own = territories(act.sources)
        if len(own) != 1:
            return None
        sentence = self.tree.sents[act.trigger]
        for near in (sentence, sentence - 1, sentence - 2):
            others = {t: i for t, i in self.about.get(near, {}).items() if t not in own}
            if len(others) > 1:
                return None
            if others:
                token = next(iter(others.values()))
                return Side(self.sides.at[token], token, token, 0.7, True)
        return None

    def _speakers(self, act: Act) -> tuple[Side, ...]:
        """Who speaks in the claim whose cue is the trigger."""
        at = self.tree.starts[act.trigger]
        for start, end, sources in self.cues:
            if start <= at < end:
                found = [
                    Side(mention, token, token, 0.85, True)
                    for party in sources
                    if (token := self.starts.get(party.head)) is not None
                    and (mention := self.sides.mention(token)) is not None
                ]
                targets = {side.mention.span for side in act.targets}
                return tuple(side for side in found if side.mention.span not in targets)
        return ()


def is_known(side: Side) -> bool:
    """True for a mention that acts for a territory, an organisation of states or an armed group."""
    return any(c.territory or c.kind in {"igo", "armed_group"} for c in side.mention.candidates)

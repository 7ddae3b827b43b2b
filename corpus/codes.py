"""The short codes of the annotation lines, told apart by what they are, so that their order is free.

What they mean is in `guide.md`; the closed vocabularies themselves are the record's own (`detente.model.vocabulary`).
"""

from __future__ import annotations

import re
from typing import Final, get_args

from detente.knowledge import Knowledge
from detente.knowledge.roster import Sector
from detente.model.vocabulary import Act, ActorKind, EventType, Form, Modality, Use

USES: Final = frozenset(get_args(Use))
KINDS: Final = frozenset(get_args(ActorKind))
SECTORS: Final = frozenset(get_args(Sector))
TYPES: Final = get_args(EventType)
MODALITIES: Final = frozenset(get_args(Modality))
FORMS: Final = frozenset(get_args(Form))
ACTS: Final = frozenset(get_args(Act))
CONSTRUCTIONS: Final = frozenset({"active", "passive", "nominal", "participle", "idiom"})
SPEAKS_FOR_ONE: Final = frozenset({"state", "government", "ministry", "office"})
LONGEST: Final = 4  # words of a territory's name looked at
_WORD: Final = re.compile(r"[\w-]+(?:['’](?!s\b)\w+)*")
SHORT: Final = {
    "hypo": "hypothetical", "habit": "habitual", "pass": "passive", "nom": "nominal", "part": "participle",
    "group": "armed_group",
}  # fmt: skip
NONE_REASONS: Final = (
    "court", "metaphor", "sport", "market", "procedure", "weather", "culture", "domestic", "place", "person", "setting",
    "opinion", "analysis", "condition", "question", "speech", "economy", "figure", "definition", "history", "label",
    "greeting", "other",
)  # fmt: skip
MODES: Final = {
    "CONSULT": "visit phone third-party", "RETREAT": "access ceasefire disarm ease release return withdraw",
    "ACCUSE": "allege disapprove investigate", "REQUEST": "assist change meet yield",
    "REJECT": "assist change meet yield",
    "THREATEN": "ban expel political relations restrict territory violence",
    "PROTEST": "boycott demo hunger obstruct riot", "MOBILIZE": "police troops",
    "SANCTION": "discontinue expel withdraw",
    "COERCE": "arrest ban curfew deport martial-law restrict seize",
    "ASSAULT": "abduct assassinate beat cleansing explosives firearms heavy-weapons massacre seize sexual "
    "suicide-attack torture unconventional",
}  # fmt: skip


class UnknownCode(Exception):
    """A code of no vocabulary; the message is for the writer."""


class Codes:
    """Sorts the codes of one line into their vocabularies."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.territories = knowledge.territories.by_code
        self.organisations = frozenset(
            alias for known in knowledge.roster.organisations for alias in known.aliases if alias.isupper()
        )
        self._named: dict[str, set[str]] = {}
        for form in knowledge.territories.surface_forms():
            if form.strength == "strong" and form.kind in ("name", "adjective", "capital", "seat"):
                self._named.setdefault(form.form, set()).add(form.territory)
        self.modes = {kind: frozenset(MODES.get(kind, "").split()) for kind in TYPES}

    def territories_of(self, code: str) -> tuple[str, ...] | None:
        """KEN or KEN+TZA; `-` for none; None where this is no territory."""
        if code == "-":
            return ()
        parts = tuple(code.split("+"))
        return parts if all(part in self.territories for part in parts) else None

    def event_type(self, code: str) -> tuple[str, str | None]:
        kind, _, mode = code.partition("/")
        if kind not in TYPES:
            raise UnknownCode(f"no event type: {kind}; expected one of {' '.join(TYPES)}")
        if mode and mode not in self.modes[kind]:
            raise UnknownCode(f"{kind} has no mode {mode}; expected {' '.join(sorted(self.modes[kind])) or 'none'}")
        return kind, mode or None

    def named_in(self, words: str) -> frozenset[str]:
        """The territories that the words name, adjectives, capitals and seats included: to check the code given."""
        tokens = _WORD.findall(words)
        found: set[str] = set()
        for first in range(len(tokens)):
            for last in range(first + 1, min(first + LONGEST, len(tokens)) + 1):
                found |= self._named.get(" ".join(tokens[first:last]), set())
        return frozenset(found)

    def is_side(self, side: str) -> bool:
        """True for one side of a dyad: a territory, or an organisation by its initials."""
        return side in self.territories or side in self.organisations


def sorted_codes(codes: str, **vocabularies: frozenset[str]) -> dict[str, str]:
    """Each code under the name of its vocabulary; UnknownCode for one of none, or two of the same."""
    found: dict[str, str] = {}
    for code in codes.split():
        code = SHORT.get(code, code)
        name = next((name for name, known in vocabularies.items() if code in known), None)
        if name is None:
            expected = "; ".join(f"{name}: {' '.join(sorted(known))}" for name, known in vocabularies.items())
            raise UnknownCode(f"no code of this line: {code}; expected {expected}")
        if name in found:
            raise UnknownCode(f"two codes of one kind ({name}): {found[name]} and {code}")
        found[name] = code
    return found

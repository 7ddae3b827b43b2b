"""Every phrase that points at another is followed, in the order of the text, with what went before as memory.

Pronouns are `pronoun_antecedents`', territories ("the country", "both sides") `territory_antecedents`', bodies and
roles ("the ministry") `body_antecedents`'.
"""

from __future__ import annotations

from detente.reading.actors.body_antecedents import BodyAntecedents
from detente.reading.actors.clauses import Clauses
from detente.reading.actors.labelled import answer
from detente.reading.actors.lexicon import ActorLexicon
from detente.reading.actors.memory import Memory
from detente.reading.actors.phrase import Page, Phrase
from detente.reading.actors.pronoun_antecedents import PronounAntecedents
from detente.reading.actors.territory_antecedents import TerritoryAntecedents


class Antecedents:
    """Follows the pointing phrases of one page."""

    def __init__(self, page: Page, lexicon: ActorLexicon) -> None:
        self.page = page
        self.memory = Memory()
        clauses = Clauses(page, lexicon.quantity)
        self.pronouns = PronounAntecedents(clauses, self.memory, lexicon.hostile, lexicon.saying)
        self.territories = TerritoryAntecedents(clauses, self.memory, self.pronouns)
        self.bodies = BodyAntecedents(clauses, self.memory, self.territories, lexicon)

    def follow(self) -> None:
        """Settle every phrase; a body that points at none named before is set aside."""
        for phrase in sorted(self.page.phrases, key=lambda p: (p.head, p.outer is None, p.span)):
            self._settle(phrase)
            self.memory.keep(phrase)
        for phrase in self.page.phrases:
            if phrase.origin == "organisation" and phrase.form == "common" and not phrase.joint:
                self.page.drop(phrase, "organisation", phrase.reason)
            elif phrase.is_faint and not phrase.joint and not phrase.territories and phrase.person is None:
                self.page.drop(phrase, "role noun", f"{phrase.key}: nobody is known whom it takes up")
        self.page.sweep()

    def _settle(self, phrase: Phrase) -> None:
        if phrase.settled:
            return
        phrase.settled = True
        if phrase.owner is not None:
            self._settle(phrase.owner)
        match phrase.origin:
            case "pronoun":
                self.pronouns.settle(phrase)
            case "territory_anaphor":
                self.territories.settle(phrase)
            case "joint_anaphor":
                self.territories.settle_joint(phrase)
            case "latter":
                self.territories.settle_latter(phrase)
            case "role":
                self.bodies.settle_role(phrase)
            case "organisation":
                self.bodies.settle_body(phrase)
            case "label":
                if phrase.key == "answer":
                    answer(self.page, phrase)
            case "document":
                self.bodies.settle_document(phrase)
            case _:
                pass

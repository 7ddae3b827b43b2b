"""The claim step: every attributed stretch of a document, with source, cue, contents, form, act and nesting."""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar

from detente.knowledge import Knowledge
from detente.reading.claims.drafts import Clauses
from detente.reading.claims.frames import Frames
from detente.reading.claims.joining import Forms, close_marks, mark, name_first_persons, nest, without_doubles
from detente.reading.claims.labels import LabelRules
from detente.reading.claims.letters import LetterRules
from detente.reading.claims.lexicon import CueLexicon, LoadedTerm
from detente.reading.claims.nouns import NounRules
from detente.reading.claims.phrases import PhraseRules
from detente.reading.claims.quotations import QuotationRules
from detente.reading.claims.speakers import Speakers
from detente.reading.claims.stance import StanceRules
from detente.reading.claims.turns import by_sentence
from detente.reading.claims.verbs import VerbRules
from detente.reading.claims.withholding import WithholdingRules
from detente.reading.paper import Paper
from detente.reading.stance import StanceLexicon
from detente.reading.syntax import tree


class ClaimStep:
    """Gives `paper.claims`, in the order of the text. The author's own text adds none.

    `about` needs the mentions of the actor step; without them it stays empty.
    """

    name: ClassVar[str] = "claims"
    needs: ClassVar[frozenset[str]] = frozenset({"layout", "parse"})
    gives: ClassVar[frozenset[str]] = frozenset({"claims"})

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge

    @cached_property
    def lexicon(self) -> CueLexicon:
        return CueLexicon.load(self.knowledge.language)

    @cached_property
    def stance_words(self) -> StanceLexicon:
        return StanceLexicon.load(self.knowledge.language)

    @cached_property
    def loaded_terms(self) -> dict[str, tuple[LoadedTerm, ...]]:
        """Loaded terms by their first word, longer ones first."""
        table: dict[str, tuple[LoadedTerm, ...]] = {}
        for term in sorted(self.lexicon.loaded, key=lambda term: (-len(term.words), term.words)):
            table[term.words[0]] = (*table.get(term.words[0], ()), term)
        return table

    def read(self, paper: Paper) -> Paper:
        assert paper.layout is not None and paper.parse is not None
        lexicon, layout = self.lexicon, paper.layout
        clauses = Clauses(paper.text, tree(paper.parse))
        speakers, frames = Speakers(clauses, lexicon.groups), Frames(clauses.tree)
        mentions = paper.mentions or ()
        named = frozenset(mention.head for mention in mentions if mention.use == "actor")
        verbs = VerbRules(clauses, speakers, frames, lexicon, named if paper.mentions is not None else None)
        drafts = [
            *verbs.read(),
            *NounRules(clauses, speakers, frames, lexicon).read(),
            *WithholdingRules(clauses, speakers, lexicon).read(),
            *PhraseRules(clauses, speakers, frames, lexicon).read(),
        ]
        quotations = QuotationRules(clauses, layout, speakers, lexicon, named)
        drafts = quotations.join(drafts)
        labelled = LabelRules(paper.text, layout, lexicon.groups).read()
        drafts += labelled or LetterRules(paper.text, layout, mentions).read()
        drafts = without_doubles(drafts)
        for draft in drafts:
            close_marks(draft, paper.text)
        drafts = without_doubles(by_sentence(drafts, layout.sentences, paper.text))
        nest(drafts)
        drafts = name_first_persons(drafts)
        forms = Forms(paper.text, layout)
        stances = StanceRules(clauses.tree, self.loaded_terms, mentions, self.stance_words)
        for draft in drafts:
            draft.form = forms.of(draft)
            stances.add_to(draft)
        return paper.adding(claims=tuple(mark(draft) for draft in drafts), rejected=tuple(verbs.rejected))

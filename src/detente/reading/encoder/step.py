"""The step that lets the encoder read the paper after the rules, and joins what both see."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import ClassVar

from detente.knowledge import Knowledge
from detente.reading.claims import ClaimStep
from detente.reading.claims.stance import StanceRules
from detente.reading.encoder.answers import Session, answers
from detente.reading.encoder.claims import ClaimJoiner, ClaimLimits
from detente.reading.encoder.decoding import Decoder, View
from detente.reading.encoder.joining import Draft, EventJoiner, chosen
from detente.reading.encoder.mentions import Limits, MentionJoiner
from detente.reading.encoder.session import OnnxSession
from detente.reading.encoder.sheet import Sheet, Surfaces, sheet
from detente.reading.encoder.weights import Weights, folder
from detente.reading.encoder.windows import Window, pieces_of, stretches, window
from detente.reading.events import EventStep
from detente.reading.events.moments import Moments
from detente.reading.marks import ClaimMark
from detente.reading.paper import Paper
from detente.reading.syntax import Tree, tree


class EncoderStep:
    """Gives the mentions, claims and events of rules and encoder together. A language without weights is left to the
    rules."""

    name: ClassVar[str] = "encoder"
    needs: ClassVar[frozenset[str]] = frozenset({"layout", "parse", "mentions", "events"})
    gives: ClassVar[frozenset[str]] = frozenset({"mentions", "claims", "events"})

    def __init__(self, knowledge: Knowledge, *, weights: Weights | None = None, session: Session | None = None) -> None:
        """`weights` and `session` are the package's own where none are given."""
        self.knowledge = knowledge
        self.limits = Limits()
        self._given = weights
        self._session = session

    @cached_property
    def folder(self) -> Path | None:
        return folder(self.knowledge.language)

    @cached_property
    def weights(self) -> Weights:
        if self._given is not None:
            return self._given
        assert self.folder is not None
        return Weights.load(self.folder / "encoder.json")

    @cached_property
    def session(self) -> Session:
        if self._session is not None:
            return self._session
        assert self.folder is not None
        return OnnxSession(self.folder / "encoder.onnx")

    @cached_property
    def surfaces(self) -> Surfaces:
        return Surfaces(self.knowledge.territories)

    def read(self, paper: Paper) -> Paper:
        assert paper.parse is not None
        if self.folder is None and self._given is None:
            return paper
        view = tree(paper.parse)
        page = sheet(paper, view, self.surfaces)
        return self.joined(paper, page, view, self.views(paper, page, view))

    @cached_property
    def claims(self) -> ClaimStep:
        return ClaimStep(self.knowledge)

    @cached_property
    def events(self) -> EventStep:
        return EventStep(self.knowledge)

    def joined(self, paper: Paper, page: Sheet, view: Tree, views: list[View]) -> Paper:
        again, drafts = self.drafted(paper, page, view, views)
        return again.adding(
            events=chosen(drafts, self.weights.calibration, self.limits),
            claims=self._claims(again, page, view, views),
        )

    def _claims(self, paper: Paper, page: Sheet, view: Tree, views: list[View]) -> tuple[ClaimMark, ...] | None:
        if paper.claims is None or paper.layout is None:
            return paper.claims
        mentions = paper.mentions or ()
        stances = StanceRules(view, self.claims.loaded_terms, mentions, self.claims.stance_words)
        return ClaimJoiner(page, paper.text, paper.layout, ClaimLimits()).join(views, paper.claims, mentions, stances)

    def drafted(self, paper: Paper, page: Sheet, view: Tree, views: list[View]) -> tuple[Paper, list[Draft]]:
        """The paper with the mentions of both, its events read once more by the rules with these, and every act of
        either before it is weighed."""
        sides = MentionJoiner(self.knowledge, page, view, self.limits, paper.text, views)
        mentions = sides.join(paper.mentions or ())
        others = tuple(one for one in paper.rejected if one.step != self.events.name)
        again = self.events.read(replace(paper, mentions=mentions, rejected=others))
        moments = Moments(
            view,
            tuple(mark.span for mark in paper.times or ()),
            tuple(mark.span for mark in paper.places or ()),
            frozenset(page.words[act.at].tree for one in views for act in one.acts),
        )
        return again, EventJoiner(self.knowledge, page, sides).drafts(views, again.events or (), mentions, moments)

    def views(self, paper: Paper, page: Sheet, view: Tree) -> list[View]:
        """The windows that name a territory, as the encoder sees them: elsewhere nobody acts between states."""
        windows = [one for one in self.windows(paper.text, page) if one.slots]
        decoder = Decoder(page, view, paper.mentions or (), self.weights)
        return [
            decoder.view(one, answers(scores)) for one, scores in zip(windows, self.session.run(windows), strict=True)
        ]

    def windows(self, text: str, page: Sheet) -> list[Window]:
        pieces = pieces_of(text, page.words, self.weights.pieces)
        return [
            window(text, page.words, pieces, first, last, self.weights.pieces, self.weights.tables)
            for first, last in stretches(page, pieces, self.weights.width)
        ]

"""The whole way of one article: raw document in, rows out."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from detente.knowledge import Knowledge
from detente.model import Document
from detente.reading.paper import Paper
from detente.reading.pipeline import Pipeline, pipeline
from detente.reading.sources.arrival import arrive
from detente.reading.sources.raw import RawDocument
from detente.recording.recorder import Recorder, Recording
from detente.settings import Settings


class Reader:
    """Reads one document after another; nothing of one is left when the next is read."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @cached_property
    def knowledge(self) -> Knowledge:
        return Knowledge()

    @cached_property
    def pipeline(self) -> Pipeline:
        return pipeline(self.knowledge)

    @cached_property
    def recorder(self) -> Recorder:
        return Recorder(self.knowledge)

    def read(self, raw: RawDocument) -> Recording:
        """The rows of `raw`. Raises InputError where it cannot be read."""
        return self.read_with(raw, self.settings)

    def read_with(self, raw: RawDocument, settings: Settings) -> Recording:
        """The rows of `raw` under other settings than the reader's own; the weights stay loaded."""
        arrival = arrive(raw, settings, self.knowledge.territories)
        return replace(self.record(arrival.document), warnings=arrival.warnings)

    def record(self, doc: Document) -> Recording:
        return self.recorder.record(self.mark(doc))

    def mark(self, doc: Document) -> Paper:
        """The marked paper itself, which `explain` shows."""
        return self.pipeline.read(doc)

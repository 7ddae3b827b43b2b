"""The steps in order. A step says which fields of the paper it needs and which it gives; a pipeline is checked
before it runs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Protocol

from detente import registry
from detente.errors import UsageError
from detente.knowledge import Knowledge
from detente.model.document import Document
from detente.reading.paper import Paper

STEPS = ("layout", "parse", "actors", "times", "places", "figures", "claims", "events")


class Step(Protocol):
    """Reads the paper and returns it with its own marks added."""

    name: ClassVar[str]
    needs: ClassVar[frozenset[str]]
    gives: ClassVar[frozenset[str]]

    def __init__(self, knowledge: Knowledge) -> None: ...

    def read(self, paper: Paper) -> Paper: ...


class Pipeline:
    """Reads one document at a time; the same document always gives the same marks."""

    def __init__(self, steps: Sequence[Step]) -> None:
        self.steps = tuple(steps)
        have: set[str] = set()
        for step in self.steps:
            if missing := step.needs - have:
                raise UsageError(
                    f"step {step.name} cannot run here",
                    value=", ".join(sorted(missing)),
                    expected="a step before it that gives these",
                    todo="change the order of the steps",
                )
            have |= step.gives

    def read(self, doc: Document) -> Paper:
        paper = Paper(doc)
        for step in self.steps:
            paper = step.read(paper)
        return paper


def pipeline(knowledge: Knowledge, steps: Sequence[str] = STEPS) -> Pipeline:
    """The named steps, built on one body of knowledge."""
    return Pipeline([registry.find("steps", name)(knowledge) for name in steps])

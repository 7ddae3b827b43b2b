"""Events: what one political actor does to or with another, read from the parse with a lexicon of acts."""

from detente.reading.events.step import EventStep

__all__ = ["EventStep"]

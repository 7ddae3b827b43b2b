"""Claims: who says what, in which words, and how."""

from detente.reading.claims.step import ClaimStep

__all__ = ["ClaimStep"]

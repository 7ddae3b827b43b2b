"""When: an interval of days with its precision and where it comes from."""

from __future__ import annotations

from msgspec import Struct

from detente.model.vocabulary import DateBasis, DatePrecision


class Date(Struct, frozen=True, kw_only=True):
    """`start` and `end` are ISO dates, both included; both null when `basis` is unanchored.

    `raw` holds the words (or the value given); `value` the TIMEX3 value, which for an unanchored date is
    the offset that waits for a date of publication.
    """

    start: str | None
    end: str | None
    precision: DatePrecision
    basis: DateBasis
    raw: str
    value: str | None = None

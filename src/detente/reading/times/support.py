"""Whether a word that may be a time is one there: the month May and the verb may, the year 1984 and 1984 people."""

from __future__ import annotations

from detente.reading.times.lexing import Lexed
from detente.reading.times.sense import Sense


def is_supported(lex: Lexed, first: int, last: int, sense: Sense) -> str | None:
    """None where the words around bear the time out; else why it is set aside."""
    letter = lex.letters[first]
    before = lex.lower[first - 1] if first else ""
    after = lex.lower[last] if last < len(lex.lower) else ""
    after_letter = lex.letters[last] if last < len(lex.letters) else ";"
    if sense.kind == "duration" and (
        after in lex.words.around["age"]
        or (after_letter == "-" and lex.lower[last + 1 : last + 2] in (["old"], ["olds"]))
    ):
        return "an age"
    if (
        sense.rule == "length"
        and last - first == 3
        and lex.text[lex.starts[last - 1]].isupper()
        and _is_name(lex, last)
    ):
        return "a length in a name"
    if sense.rule == "length" and sense.value == "P3Q" and ("-" in lex.letters[first:last] or after == "of"):
        return "three quarters of something"
    if not sense.weak:
        return None
    if letter == "Y":
        return _year(lex, first, before, after, after_letter)
    if letter == "M":
        if lex.lower[first] in ("may", "march") and after in ("for", "on", "against", "to") and before == "the":
            return "a march, or the verb may"
        if lex.lower[first] not in ("may", "march") and lex.text[lex.ends[first] - 1] != "." and after.isalpha():
            return "abbreviation of a month that may be a name"
        return (
            None if before in lex.words.around["before_month"] else "month without a word beside it that bears it out"
        )
    if letter == "S":
        return _season(lex, first, before, after)
    if letter == "P":
        if ":" in lex.codes[first]:
            return None
        return "part of a day without its day"
    if letter == "w" and sense.size == "S":
        return _season(lex, first + 1, "the", after)
    if letter == "w" and sense.size == "T":
        return None if before in ("in", "during", "by", "of", "early", "late") else "part of a day without its day"
    if letter == "W":
        dotted = lex.text[lex.ends[first] - 1] == "."
        return None if dotted and after_letter in "," else "abbreviation of a day without a date"
    return "weak word without support"


def _is_name(lex: Lexed, at: int) -> bool:
    return at < len(lex.lower) and lex.lower[at].isalpha() and lex.text[lex.starts[at]].isupper()


def _year(lex: Lexed, first: int, before: str, after: str, after_letter: str) -> str | None:
    if lex.letters[first - 1 : first] in ("C", "D", "N", "Y", "#") if first else False:
        return "one number after another"
    if after in lex.words.around["counted"]:
        return "a count of something"
    if before in lex.words.around["numbered"]:
        return "a number in a name"
    year = int(lex.codes[first])
    if before in lex.words.around["before_year"] or lex.letters[first - 1 : first] in ("M", "S", "&", "|", "~"):
        return None
    ends = before == "," and after_letter in "!;" and year >= 1700
    if not 1800 <= year <= 2060 and not ends:
        return "a number with nothing beside it that makes it a year"
    return None


def _season(lex: Lexed, first: int, before: str, after: str) -> str | None:
    earlier = lex.lower[first - 2] if first > 1 else ""
    placed = before in lex.words.around["before_season"] or (
        before == "the" and earlier in lex.words.around["before_season"]
    )
    if lex.lower[first] in ("spring", "fall") and after in ("of", "in", "from", "to"):
        return "no season: a fall or a spring of something"
    if placed or (before == "the" and lex.lower[first] in ("summer", "winter", "autumn")):
        return None
    return "season without a word beside it that makes it a time"

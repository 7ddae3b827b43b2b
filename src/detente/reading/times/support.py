"""Whether a word that may be a time is one there: the month May and the verb may, the year 1984 and 1984 people."""

from __future__ import annotations

from detente.reading.times.lexing import Lexed
from detente.reading.times.sense import Sense

_BEFORE_MONTH = frozenset(
    "in since until till by of from through throughout during before after for to and late early mid last next this "
    "every each the between around about through on previous following or".split()
)
_BEFORE_YEAR = frozenset(
    "in since until till by of from through throughout during before after to and late early mid between around about "
    "circa year for the or pre post end due on with than was were fiscal through".split()
)
_NUMBERED = frozenset(
    "resolution article flight room section page highway route no number act law decree order boeing airbus paragraph "
    "clause chapter area bill unit block channel un security council regulation directive convention model peugeot "
    "population at nearly exactly over under least most some only another".split()
)
_SEASON_BEFORE = frozenset(
    "in during by since until of before after through late early mid every each last next for through and or".split()
)
_COUNTED = frozenset(
    "people soldiers troops men women children civilians refugees jobs dollars euros pounds miles feet meters metres "
    "kilometers kilometres km tons tonnes members workers points percent villages families houses homes cases deaths "
    "casualties prisoners fighters militants police officers students barrels hectares acres votes shares units "
    "delegates delegations observers settlers detainees vehicles tanks rockets missiles drones".split()
)


def is_supported(lex: Lexed, first: int, last: int, sense: Sense) -> str | None:
    """None where the words around bear the time out; else why it is set aside."""
    letter = lex.letters[first]
    before = lex.lower[first - 1] if first else ""
    after = lex.lower[last] if last < len(lex.lower) else ""
    after_letter = lex.letters[last] if last < len(lex.letters) else ";"
    if sense.rule in ("length", "length between two") and before in ("per", "/"):
        return "a rate, no length of time"
    if not sense.weak:
        return None
    if letter == "Y":
        return _year(lex, first, before, after, after_letter)
    if letter == "M":
        if lex.lower[first] in ("may", "march") and after in ("for", "on", "against", "to") and before == "the":
            return "a march, or the verb may"
        return None if before in _BEFORE_MONTH else "month without a word beside it that bears it out"
    if letter == "S":
        return _season(lex, first, before, after)
    if letter == "P":
        if ":" in lex.codes[first]:
            return None
        return "part of a day without its day"
    if letter == "w" and sense.size == "T":
        return None if before in ("in", "during", "by", "of", "early", "late") else "part of a day without its day"
    if letter == "W":
        return None if after_letter in ",M" else "abbreviation of a day without a date"
    return "weak word without support"


def _year(lex: Lexed, first: int, before: str, after: str, after_letter: str) -> str | None:
    if lex.letters[first - 1 : first] in ("C", "D", "N", "Y", "#") if first else False:
        return "one number after another"
    if after in _COUNTED:
        return "a count of something"
    if before in _NUMBERED:
        return "a number in a name"
    year = int(lex.codes[first])
    if before in _BEFORE_YEAR or lex.letters[first - 1 : first] in ("M", "S", "&", "|", "~"):
        return None
    if not 1800 <= year <= 2060:
        return "a number with nothing beside it that makes it a year"
    if first and lex.lower[first - 1].isalpha() and lex.text[lex.starts[first - 1]].isupper() and after_letter == ".":
        return None
    return None


def _season(lex: Lexed, first: int, before: str, after: str) -> str | None:
    earlier = lex.lower[first - 2] if first > 1 else ""
    placed = before in _SEASON_BEFORE or (before == "the" and earlier in _SEASON_BEFORE)
    if lex.lower[first] in ("spring", "fall") and after in ("of", "in", "from", "to"):
        return "no season: a fall or a spring of something"
    if placed or (before == "the" and lex.lower[first] in ("summer", "winter", "autumn")):
        return None
    return "season without a word beside it that makes it a time"

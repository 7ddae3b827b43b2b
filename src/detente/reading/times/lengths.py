"""Rules for how long (durations) and how often (sets)."""

from __future__ import annotations

from detente.reading.times.relative import COUNT, number
from detente.reading.times.rule import Match, Rules
from detente.reading.times.sense import Sense, period, step

LENGTHS = Rules()


@LENGTHS.rule(
    "stretch up to now or from now",
    rf"(?P<w>w?)(?P<r>lp?|p|b|n|c|f|L)3?(?P<n>{COUNT})(?P<a>[~|&](?P<m>{COUNT}))?3?(?P<u>[uU])",
)
@LENGTHS.rule("stretch up to now or from now", r"(?P<w>w?)(?P<r>lp?|p|b|n|c|f|r|8)(?P<n>)(?P<m>)(?P<u>U)")
def told_stretch(found: Match) -> Sense | None:
    unit, count, which = found.code("u"), number(found), found.letters("r")
    if which == "8":
        return Sense("date", unit, value="FUTURE_REF")
    anchor = "ctx" if which in "bf" else "pub"
    forward = which in ("n", "c", "f")
    if found.letters("u") == "u" and count != 1:
        return None
    ends = f"{anchor}+{step(count, unit)}=" if forward else f"{anchor}-{step(count, unit)}="
    offset = f"{anchor}..{ends}" if forward else f"{ends}..{anchor}"
    mod = "APPROX" if "m" in found else None
    return Sense("duration", unit, value=period(count, unit), offset=offset, mod=mod)


@LENGTHS.rule("length", rf"w?(?:[Of]|l)?(?P<n>{COUNT})(?P<h>&ax|x)?-?(?:3-?)?(?P<u>U)(?:&a(?P<k>x))?(?P<o>o)?")
@LENGTHS.rule("length", rf"(?P<n>{COUNT})(?P<h>&ax|x)?(?:-(?:3-?)?|(?=u3?))(?P<u>u)(?P<k>)(?P<o>)")
@LENGTHS.rule("length", r"(?P<n>a)(?P<h>)3?(?P<u>u)&a(?P<k>x)(?P<o>)")
def length(found: Match) -> Sense | None:
    unit, count = found.code("u"), number(found)
    if found.letters("n") == "a":
        count = 1.0
    if "h" in found or "k" in found:
        count = (count or 0) + 0.5
    alone = found.letters("u") == "u" and found.lex.classes[found.at("u") - 1] not in "-3" and count not in (1.0, None)
    if alone and found.letter_after() not in ".,!":
        return None
    if unit == "Q" and found.letters("u") == "u":
        return None
    return Sense("duration", unit, value=period(count, unit), mod="APPROX" if "o" in found else None)


@LENGTHS.rule("length between two", rf"(?P<n>{COUNT})[~|&](?P<m>{COUNT})-?3?-?(?P<u>[uU])")
def length_range(found: Match) -> Sense | None:
    if found.letters("u") == "u" and found.lex.classes[found.at("u") - 1] not in "-3":
        return None
    return Sense("duration", found.code("u"), value=period(number(found), found.code("u")), mod="APPROX")


@LENGTHS.rule("half a unit", r"xau")
def half_unit(found: Match) -> Sense | None:
    unit = found.lex.codes[found.end - 1]
    value = {"Y": "P6M", "H": "PT30M", "E": "P5Y", "C": "P50Y", "D": "PT12H"}.get(unit)
    return Sense("duration", unit, value=value) if value else None


@LENGTHS.rule("one unit", r"a3?-?(?P<u>[u])(?P<o>o)?")
def one_unit(found: Match) -> Sense | None:
    """ "A month" is a length only after a word that measures ("for a month"), and a set after a number or "once"."""
    unit, before = found.code("u"), found.before()
    if found.letter_after() in "AETR" or unit == "Q":
        return None
    if found.letter_before() == "4":
        return Sense("set", unit, value=period(1, unit))
    if before in found.lex.words.around["before_length"] or found.letter_before() == "q" or found.letter_after() in "o":
        return Sense("duration", unit, value=period(1, unit), mod="APPROX" if "o" in found else None)
    return None


@LENGTHS.rule("some units", r"3?(?P<u>U)")
def units(found: Match) -> Sense | None:
    before = found.before()
    if before in found.lex.words.around["before_units"]:
        return Sense("duration", found.code("u"), value=period(None, found.code("u")))
    return None


@LENGTHS.rule("units long", r"(?P<u>[uU])-(?=\.)")
def unit_long(found: Match) -> Sense | None:
    if found.after() not in ("long", "old"):
        return None
    plural = found.letters("u") == "U"
    return Sense("duration", found.code("u"), value=period(None if plural else 1, found.code("u")))


@LENGTHS.rule("how often", r"e(?:O|7)?(?P<n>[DC])?(?P<u>[uUK])")
def every_unit(found: Match) -> Sense | None:
    unit = found.code("u")
    if unit == "WE":
        return Sense("set", "D", value="XXXX-WXX-WE")
    return Sense("set", unit, value=period(number(found) if "n" in found else 1, unit))


@LENGTHS.rule("how often", r"e(?P<W>[WMSP])(?P<P>P)?")
def every_slot(found: Match) -> Sense | None:
    part = found.code("P")
    return _set_of(found.letters("W"), found.code("W"), f"T{part}" if part else "")


@LENGTHS.rule("how often", r"(?P<W>[JB])(?P<P>P)?")
@LENGTHS.rule("how often", r"(?P<W>W)(?P<P>P)(?=[.!,;])")
def plural_days(found: Match) -> Sense | None:
    letter = found.letters("W")
    plural = not found.code("P") or found.lex.lower[found.end - 1].endswith("s")
    if letter == "W" and not plural:
        return None
    part = found.code("P")
    return _set_of({"J": "W", "B": "S"}.get(letter, letter), found.code("W"), f"T{part}" if part else "")


def _set_of(letter: str, code: str, tail: str) -> Sense | None:
    if letter == "P":
        return Sense("set", "D", value=f"XXXX-XX-XXT{code}")
    if letter == "W" and code == "WD":
        return Sense("set", "D", value="XXXX-WXX" + tail)
    values = {"W": f"XXXX-WXX-{code}", "M": f"XXXX-{code}", "S": f"XXXX-{code}"}
    return Sense("set", "D", value=values[letter] + tail)


@LENGTHS.rule("how often", "0")
def often(found: Match) -> Sense | None:
    """ "Annual" and its like are weak: "the annual report" says nothing of when."""
    if found.lex.weak[found.start]:
        return None
    return Sense("set", "D", value=found.lex.codes[found.start])

"""Rules for dates of the calendar: days, months, years, decades, centuries, quarters, seasons, weekdays, holidays."""

from __future__ import annotations

import re
from datetime import date

from detente.reading.times.calendar import occurrence
from detente.reading.times.rule import Match, Rules
from detente.reading.times.sense import Sense

DATES = Rules()
_OF = "(?:,|i|-|')?"


def is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def full_year(two_digits: str) -> str:
    """'98 is 1998, '24 is 2024: the turn lies at 40."""
    return ("20" if int(two_digits) < 40 else "19") + two_digits


def _year_of(found: Match, name: str = "Y") -> str | None:
    if name not in found:
        return None
    code = found.code(name)
    return full_year(code) if len(code) == 2 else code


def _day_sense(found: Match, *, last: str = "") -> Sense | None:
    month, year = int(found.code("M")), _year_of(found)
    days = [int(found.code("n"))] + ([int(found.code(last))] if last else [])
    if not all(is_day(int(year) if year else 2024, month, day) for day in days) or days != sorted(set(days)):
        return None
    weekday = f"W{found.code('W')}" if len(days) == 1 and found.letters("W") else ""
    slots = [f"M{month:02d}D{day:02d}{weekday}" for day in days]
    if year:
        values = [f"{year}-{month:02d}-{day:02d}" for day in days]
        return Sense("date", "D", value="/".join(values))
    return Sense("date", "D", slot="..".join(slots))


@DATES.rule("numeric date", "I")
def numeric_date(found: Match) -> Sense | None:
    shown = found.lex.codes[found.start]
    iso = re.fullmatch(
        r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(Z|[+-]\d{2}:?\d{2})?)?", shown
    )
    if iso is None:
        return _short_numeric(shown)
    year, month, day = (int(part) for part in iso.group(1, 2, 3))
    if not is_day(year, month, day):
        return None
    value = f"{year:04d}-{month:02d}-{day:02d}"
    if iso.group(4):
        return Sense("time", "T", value=f"{value}T{iso.group(4)}{iso.group(5) or ''}")
    return Sense("date", "D", value=value)


def _short_numeric(shown: str) -> Sense | None:
    """Day and month told apart where one is over 12; where both could be either, the month alone is open."""
    first, second, last = re.split(r"[./-]", shown)
    if "-" in shown and len(last) == 2:
        return None
    year = int(last) if len(last) == 4 else int(full_year(last))
    a, b = int(first), int(second)
    if "." in shown or a > 12:
        day, month = a, b
    elif b > 12 or a == b:
        day, month = b, a
    else:
        return Sense("date", "Y", value=f"{year:04d}", rule="numeric date whose day and month could change places")
    return Sense("date", "D", value=f"{year:04d}-{month:02d}-{day:02d}") if is_day(year, month, day) else None


@DATES.rule("day and month", r"(?:(?P<W>W),?1?)?w?(?P<n>[DO])-?w?i?(?P<M>M)(?:,?(?P<Y>Y)|'?(?P<y>y))?")
def day_month(found: Match) -> Sense | None:
    return _with_two_digit_year(found)


@DATES.rule("month and day", r"(?:(?P<W>W),?(?:1|w)?)?(?P<M>M)-?w?(?P<n>[DO])(?!-?[uU])(?:,?(?P<Y>Y)|,?'?(?P<y>y))?")
def month_day(found: Match) -> Sense | None:
    return _with_two_digit_year(found)


def _with_two_digit_year(found: Match) -> Sense | None:
    sense = _day_sense(found)
    if sense is not None and "y" in found and sense.slot:
        month, day = sense.slot[1:3], sense.slot[4:6]
        return Sense("date", "D", value=f"{full_year(found.code('y'))}-{month}-{day}")
    return sense


@DATES.rule("days of a month", r"(?P<W>)(?P<M>M)(?P<n>[DO])[-~](?P<m>[DO])(?![-~MuU])(?:,?(?P<Y>Y))?")
@DATES.rule("days of a month", r"(?P<W>)w?(?P<n>[DO])[-~]w?(?P<m>[DO])i?(?P<M>M)(?:,?(?P<Y>Y))?")
def day_range(found: Match) -> Sense | None:
    return _day_sense(found, last="m")


@DATES.rule("two days of a month", r"(?P<W>)(?P<M>M)(?P<n>[DO])&(?P<m>[DO])(?![uU.])(?:,?(?P<Y>Y))?")
@DATES.rule("two days of a month", r"(?P<W>)w?(?P<n>[DO])&(?P<m>[DO])i?(?P<M>M)(?:,?(?P<Y>Y))?")
def day_pair(found: Match) -> Sense | None:
    return _day_sense(found, last="m") if int(found.code("m")) == int(found.code("n")) + 1 else None


@DATES.rule("month and year", rf"(?P<M>M){_OF}(?P<Y>Y)")
def month_year(found: Match) -> Sense | None:
    return Sense("date", "M", value=f"{found.code('Y')}-{found.code('M')}")


@DATES.rule("month and year", r"(?P<M>M)'?(?P<y>y)")
def month_short_year(found: Match) -> Sense | None:
    return Sense("date", "M", value=f"{full_year(found.code('y'))}-{found.code('M')}")


@DATES.rule("months", r"(?P<M>M)[-~/](?P<m>M)(?:,?(?P<Y>Y))?")
def month_range(found: Match) -> Sense | None:
    first, last = found.code("M"), found.code("m")
    if first >= last:
        return None
    if year := _year_of(found):
        return Sense("date", "M", value=f"{year}-{first}/{year}-{last}")
    return Sense("date", "M", slot=f"M{first}..M{last}")


@DATES.rule("month", "(?P<M>M)")
def month(found: Match) -> Sense | None:
    at = found.start
    return Sense("date", "M", slot=f"M{found.code('M')}", weak=found.lex.weak[at])


@DATES.rule("year", "Y")
def year(found: Match) -> Sense | None:
    return Sense("date", "Y", value=found.lex.codes[found.start], weak=True)


@DATES.rule("year", r"w?(?P<u>u)(?P<Y>[YC])")
def the_year(found: Match) -> Sense | None:
    code = found.code("Y")
    return Sense("date", "Y", value=f"{int(code):04d}") if found.code("u") == "Y" and 1000 <= int(code) < 2200 else None


@DATES.rule("year of an era", r"(?:j(?P<a>[YDN])|(?P<b>[YDN])j)")
def era_year(found: Match) -> Sense | None:
    number = found.code("a") or found.code("b")
    era = next(found.lex.codes[at] for at in range(found.start, found.end) if found.lex.classes[at] == "j")
    if not number.isdigit() or int(number) > 9999:
        return None
    return Sense("date", "Y", value=("BC" if era == "BC" else "") + f"{int(number):04d}")


@DATES.rule("years", r"(?P<Y>Y)(?P<to>[-~/])(?P<Z>[YDNy])(?![-~/])")
def year_range(found: Match) -> Sense | None:
    first, last = found.code("Y"), found.lex.lower[found.at("Z")]
    if len(last) == 2 and last.isdigit():
        last = first[:2] + last
    elif found.lex.classes[found.at("Z")] != "Y":
        return None
    if not first < last or (found.letters("to") == "/" and int(last) - int(first) > 1):
        return None
    if found.lex.lower[found.at("to")] in ("to", "through", "until", "till", "thru"):
        return None
    return Sense("date", "Y", value=f"{first}/{last}")


@DATES.rule("fiscal year", r"w?F-?u?(?P<Y>Y)")
def fiscal_year(found: Match) -> Sense | None:
    return Sense("date", "Y", value=found.code("Y"), mod="APPROX", rule="fiscal year")


@DATES.rule("fiscal year", r"(?P<Y>\^)")
def fiscal_year_code(found: Match) -> Sense | None:
    digits = found.code("Y")[2:].strip()
    value = full_year(digits) if len(digits) == 2 else digits
    return Sense("date", "Y", value=value, mod="APPROX", rule="fiscal year")


@DATES.rule("decade", r"w?(?P<Z>Z)")
def decade(found: Match) -> Sense | None:
    shown = found.lex.lower[found.end - 1]
    digits = "".join(letter for letter in shown if letter.isdigit())
    if len(digits) == 4:
        return Sense("date", "E", value=digits[:3]) if "1000" <= digits < "2200" else None
    bare = shown[0].isdigit() and found.letter_before() not in "mg" and found.lex.classes[found.start] != "w"
    if int(digits) < 10 or bare or found.before() in ("his", "her", "their", "my", "our", "your"):
        return None
    return Sense("date", "E", value=full_year(digits)[:3])


@DATES.rule("decade", r"w(?P<z>z)")
@DATES.rule("decade", r"(?P<M>[YC])(?P<z>z)")
def decade_in_words(found: Match) -> Sense | None:
    century = {"nineteen": "19", "eighteen": "18"}.get(found.lex.lower[found.start], "19")
    return Sense("date", "E", value=f"{century}{found.code('z')}")


@DATES.rule("century", r"w?(?P<O>O)-?(?P<u>u)(?P<j>j)?")
def century(found: Match) -> Sense | None:
    if found.code("u") not in "CL" or not found.code("O").isdigit():
        return None
    number = int(found.code("O"))
    if found.code("u") == "L":
        return None
    before = "BC" if found.code("j") == "BC" else ""
    return Sense("date", "C", value=f"{before}{number if before else number - 1:02d}") if 1 <= number <= 22 else None


@DATES.rule("quarter", r"w?F?-?(?P<O>[OL]|l)-?F?-?(?P<u>u)(?:(?:i?w?F?)(?P<Y>Y))?")
@DATES.rule("quarter", r"w?(?P<Y>Y)-?F?-?(?P<O>O)-?(?P<u>u)")
def quarter(found: Match) -> Sense | None:
    if found.code("u") != "Q" or not found.code("O").isdigit() or not 1 <= int(found.code("O")) <= 4:
        return None
    return _part_of_year(found, f"Q{int(found.code('O'))}", "Q")


@DATES.rule("quarter", r"(?P<Q>Q)(?:i?-?(?P<Y>Y))?")
@DATES.rule("quarter", r"(?P<Y>Y)-?(?P<Q>Q)")
def coded_quarter(found: Match) -> Sense | None:
    code = found.code("Q").upper()
    if code[0].isdigit():
        code = code[1] + code[0]
    if "Y" not in found and code[0] == "H":
        return None
    return _part_of_year(found, code, "Q")


@DATES.rule("half", r"w?(?P<O>[Ol])-?(?P<x>x)i?(?P<Y>Y)")
@DATES.rule("half", r"w?(?P<O>[Ol])-?(?P<x>x)(?P<Y>)(?=iw?[tlpnbk]?(?:u|w))")
def half(found: Match) -> Sense | None:
    order = {"1": "1", "2": "2", "": "2"}.get(found.code("O"))
    return _part_of_year(found, f"H{order}", "Q") if order and found.code("x") == "H" else None


@DATES.rule("season", r"w?(?P<S>S)(?:[i,]?(?P<Y>Y))?")
def season(found: Match) -> Sense | None:
    sense = _part_of_year(found, found.code("S"), "S")
    sense.weak = "Y" not in found
    return sense


@DATES.rule("season", r"w?(?P<S>S)(?P<Y>Y)(?P<to>[-/~])(?P<Z>[YDNy])")
def winter_of_two_years(found: Match) -> Sense | None:
    return Sense("date", "S", value=f"{int(found.code('Y')) + 1}-WI") if found.code("S") == "WI" else None


def _part_of_year(found: Match, slot: str, size: str) -> Sense:
    if year := _year_of(found):
        return Sense("date", size, value=f"{year}-{slot}")
    return Sense("date", size, slot=slot)


@DATES.rule("weekday", "(?P<W>W)")
def weekday(found: Match) -> Sense | None:
    return Sense("date", "D", slot=f"WD{found.code('W')}", weak=found.lex.weak[found.start])


@DATES.rule("holiday", r"(?P<H>H)(?:[,i]?(?P<Y>Y))?")
def holiday(found: Match) -> Sense | None:
    """A day of another calendar ("Ramadan") is known by its year alone, and without one not at all."""
    code, year = found.code("H"), found.code("Y")
    if not code:
        return Sense("date", "Y", value=year, rule="named day of another calendar") if year else None
    if year:
        return Sense("date", "D", value=occurrence(code, int(year)).value)
    return Sense("date", "D", slot=code)


@DATES.rule("era", r"w?m?-?(?P<e>@)-?(?P<q>\?|4)")
@DATES.rule("era", r"w?m?-?(?P<e>@)-?(?P<q>)(?P<u>u)")
def era(found: Match) -> Sense | None:
    if found.letters("q") == "4" and found.lex.lower[found.at("q")] != "times":
        return None
    return Sense("date", "Y", value=found.code("e"), mod="APPROX", rule="named era")

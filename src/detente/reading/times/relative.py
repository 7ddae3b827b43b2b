"""Rules for what is told from another time: last week, two days ago, the following year, yesterday."""

from __future__ import annotations

from detente.reading.times.rule import Match, Rules
from detente.reading.times.sense import Sense, period, step

RELATIVE = Rules()
COUNT = "(?:[DNYCX])"


def number(found: Match, name: str = "n") -> float | None:
    """The count of a part; None where the words leave it open."""
    code = found.code(name)
    if name not in found or code == "X":
        return None
    try:
        return float(code.replace(",", ""))
    except ValueError:
        return None


def _toward(letters: str) -> str:
    """Which way a word of relation looks: - back, + forward, @ here."""
    if letters[-1] in "lpb":
        return "-"
    if letters[-1] in "ncf":
        return "+"
    return "@"


_WHICH = r"(?:w?(?P<r>lp?|p|b|tp|n|tn|c|tc|f|tf|ts|ws|s|k|L|h|hs|t))"


@RELATIVE.rule("unit told from another", rf"{_WHICH}(?P<F>F-?)?3?(?P<u>[uK])")
def relative_unit(found: Match) -> Sense | None:
    which, unit, direction = found.letters("r"), found.code("u"), _toward(found.letters("r"))
    definite = found.lex.classes[found.start] == "w"
    if unit in ("2W", "6M"):
        return None
    if unit in "SNH" or (which == "s" and not definite):
        return None
    anchor = (
        "ctx" if which in ("b", "f", "h", "hs", "s", "ts") or (which == "n" and definite and unit == "D") else "pub"
    )
    if which == "h" and unit not in "DWMQYEC" + "WE":
        return None
    if which == "L":
        return Sense("date", unit, offset=f"pub-1{unit}" if unit == "Q" else f"pub@{unit}")
    if which in ("l", "p", "lp") and definite and unit == "E":
        return Sense("duration", unit, value=period(1, unit), offset=f"pub-1{unit}=..pub")
    if which == "p" and unit in "DWMY":
        return Sense("duration", unit, value=period(1, unit), offset=f"pub-1{unit}=..pub")
    if which == "n" and definite and unit != "D":
        return Sense("date", unit, offset=f"pub+1{unit}")
    if unit == "WE":
        return Sense("date", "D", offset={"-": "pub<WE", "+": "pub>WE", "@": "pub~WE"}[direction])
    where = f"@{unit}" if direction == "@" else f"{direction}1{unit}"
    return Sense("date", unit, offset=f"{anchor}{where}", rule="fiscal year" if "F" in found else "")


@RELATIVE.rule("quarter of the year before", r"w?(?P<y>u)-[AE](?P<O>O)?-?(?P<u>u|\.)")
@RELATIVE.rule("quarter of the year before", r"w(?P<u>u)a(?P<y>u)[AE](?P<O>)")
def quarter_before(found: Match) -> Sense | None:
    """ "The year-ago quarter", "the year-earlier period": the quarter spoken of, one year before."""
    quarter = found.code("u") == "Q" or found.lex.lower[found.at("u")] in ("period", "quarter")
    if found.code("y") != "Y" or not quarter:
        return None
    if "O" in found:
        return Sense("date", "Q", offset=f"pub-1Y/Q{found.code('O')}") if found.code("O") in "1234" else None
    return Sense("date", "Q", offset="ctx@Q-1Y=")


@RELATIVE.rule("weekend", r"w?K")
def weekend(found: Match) -> Sense | None:
    return Sense("date", "D", slot="WE", weak=found.end - found.start == 1)


@RELATIVE.rule("the quarter", r"w3?F?-?(?P<u>u)")
def the_unit(found: Match) -> Sense | None:
    """ "The quarter", "the year" is the one spoken of, unless a clause follows that tells which ("the year that")."""
    unit = found.code("u")
    if unit not in "WMQY" or found.letter_after() in "-<>E5h" or found.after() in ("that", "when", "in", "of"):
        return None
    return Sense("date", unit, offset=f"ctx@{unit}" if unit == "Q" else f"pub@{unit}")


@RELATIVE.rule("weekday told from another", r"w?(?P<r>lp?|tp?|tc|n|tn|c|b|f|p)(?P<W>[W])")
def relative_weekday(found: Match) -> Sense | None:
    day = found.code("W")
    which = found.letters("r")
    anchor = "ctx" if which in "bf" else "pub"
    sign = {"-": "<", "+": ">", "@": ">="}[_toward(which)]
    if which == "t":
        return Sense("date", "D", slot=f"WD{day}")
    return Sense("date", "D", offset=f"{anchor}{sign}WD{day}")


@RELATIVE.rule(
    "month or season told from another", r"w?(?P<r>lp?|tp?|tc|n|tn|c|b|f|p)-?(?P<M>[MSH])(?:(?P<d>[DO])(?![uU]))?"
)
def relative_slot(found: Match) -> Sense | None:
    letter, code, which = found.letters("M"), found.code("M"), found.letters("r")
    if not code:
        return None
    slot = f"M{code}" if letter == "M" else code
    size = {"M": "M", "S": "S", "H": "D"}[letter]
    if "d" in found:
        if letter != "M" or not 1 <= int(found.code("d")) <= 31:
            return None
        slot, size = f"{slot}D{int(found.code('d')):02d}", "D"
    anchor = "ctx" if which in "bf" else "pub"
    if which == "t":
        return Sense("date", size, offset=f"pub@Y/{slot}")
    return Sense("date", size, offset=f"{anchor}{'<' if _toward(which) == '-' else '>'}{slot}")


@RELATIVE.rule("part of a told day", r"w?(?P<r>l|tp?|h|n|f|b|s)(?P<P>[P])")
def relative_daypart(found: Match) -> Sense | None:
    which, part = found.letters("r"), found.code("P")
    definite = found.lex.classes[found.start] == "w"
    point = {"l": "pub-1D", "t": "pub@D", "tp": "pub@D", "h": "ctx@D", "n": "ctx+1D" if definite else "pub+1D",
             "f": "ctx+1D", "b": "ctx-1D", "s": "ctx@D"}[which]  # fmt: skip
    if which == "l" and part not in ("NI", "EV"):
        return None
    return Sense("time", "T", offset=f"{point}/T{part}")


@RELATIVE.rule("some time ago", rf"(?P<n>{COUNT}|a)?(?P<h>&ax|x)?3?-?(?P<u>[uU])(?:&a(?P<k>x))?(?P<o>o)?-?A")
def ago(found: Match) -> Sense | None:
    unit, count = found.code("u"), number(found)
    if "n" not in found and found.lex.classes[found.at("u")] == "u":
        if unit != "Y" or found.lex.classes[found.at("u") + 1] != "-":
            return None
        count = 1.0
    if unit in "SNH":
        return Sense("time", "T", offset=f"pub-{step(count, unit)}")
    if count is None and unit in "YECL":
        return Sense("date", unit, value="PAST_REF", offset=f"pub-{step(None, unit)}")
    if "h" in found or "k" in found:
        count = (count or 0) + 0.5
    if unit in "Y" and count != int(count or 0):
        return Sense("date", "M", offset=f"pub-{step((count or 0) * 12, 'M')}", mod="APPROX")
    if unit in "EC" and count is not None:
        count, unit = count * (10 if unit == "E" else 100), "Y"
    return Sense("date", unit, offset=f"pub-{step(count, unit)}", mod="APPROX" if "o" in found else None)


@RELATIVE.rule("some time earlier or later", rf"(?P<n>{COUNT}|a)3?-?(?P<u>[uU])-?(?P<d>[ET])(?!t)")
@RELATIVE.rule("some time earlier or later", r"(?P<n>)(?P<u>u)-(?P<d>[E])")
@RELATIVE.rule("some time earlier or later", rf"(?P<n>{COUNT}|a|w)3?(?P<u>[uU])(?P<d>[<>])(?=[!,;~]|$)")
def earlier_or_later(found: Match) -> Sense | None:
    unit = found.code("u")
    count = 1.0 if found.letters("n") in ("a", "w", "") else number(found)
    if unit in "SNH":
        return Sense("time", "T", offset=f"ctx{'-' if found.letters('d') in 'E<' else '+'}{step(count, unit)}")
    sign = "-" if found.letters("d") in "E<" else "+"
    return Sense("date", unit, offset=f"ctx{sign}{step(count, unit)}")


@RELATIVE.rule("day before or after another", rf"(?:w|a|(?P<n>{COUNT}))(?P<u>[uU])(?P<d>[<>])(?P<W>w?[l]?[W]|d)")
def day_beside(found: Match) -> Sense | None:
    last = found.end - 1
    base = found.lex.codes[last]
    if found.lex.classes[last] == "W":
        strict = "<" if found.lex.classes[last - 1] == "l" else "<="
        base = f"pub{strict}WD{base}"
    if not base.startswith("pub"):
        return None
    count = number(found) if "n" in found else 1.0
    return Sense(
        "date",
        found.code("u"),
        offset=f"{base}{'-' if found.letters('d') == '<' else '+'}{step(count, found.code('u'))}",
    )


@RELATIVE.rule("some time from now", rf"(?P<n>{COUNT}|a)3?(?P<u>[uU])R")
def from_now(found: Match) -> Sense | None:
    unit = found.code("u")
    if unit in "SNH":
        return None
    return Sense("date", unit, offset=f"pub+{step(number(found), unit)}")


@RELATIVE.rule("week of a day", r"wui(?P<M>M)(?P<D>D)")
def week_of(found: Match) -> Sense | None:
    if found.lex.codes[found.start + 1] != "W":
        return None
    return Sense("date", "W", slot=f"M{found.code('M')}D{int(found.code('D')):02d}@W")


@RELATIVE.rule("year end", r"(?:w|t)?(?P<u>u)(?:-|')?(?P<g>g)(?!i)")
def year_end(found: Match) -> Sense | None:
    if found.code("u") not in "YM":
        return None
    return Sense("date", found.code("u"), offset=f"pub@{found.code('u')}", mod=found.code("g"))

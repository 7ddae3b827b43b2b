"""Puts the rules' finds together: edges ("the end of"), qualifiers ("about"), a date with its time of day, a part
with its year ("November last year"). The longest reading at the leftmost place wins.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import NamedTuple

from detente.reading.times.clock import CLOCK
from detente.reading.times.dates import DATES
from detente.reading.times.lengths import LENGTHS
from detente.reading.times.lexicon import LETTERS
from detente.reading.times.lexing import Lexed, phrase_at
from detente.reading.times.relative import RELATIVE
from detente.reading.times.rule import Match, Rule, first_letters
from detente.reading.times.sense import Sense
from detente.reading.times.support import is_supported

RULES = (*DATES.rules, *RELATIVE.rules, *LENGTHS.rules, *CLOCK.rules)
_EDGES = frozenset("wqmgET9Ol")


@cache
def starters() -> dict[str, tuple[Rule, ...]]:
    """The rules that a token of each class may begin, in their order."""
    letters = "".join(sorted({*LETTERS.values(), *"DNYyI#Z^Q%=x"} - {"."}))
    firsts = [(rule, first_letters(rule.pattern, letters)) for rule in RULES]
    return {letter: tuple(rule for rule, first in firsts if letter in first) for letter in letters}


_DEEPEST = 2
"""An edge of an edge is the most there is: "the beginning of the end of the year"."""
_IDLE = "wa"
_IDLE_BEFORE = (".", "!", ",", ";", "")
"""An article before these begins no time; nor does a number before these."""
_COUNT_BEFORE = (*_IDLE_BEFORE, "D", "N", "C")
_REFERENCES = ("PAST_REF", "PRESENT_REF", "FUTURE_REF")


class Found(NamedTuple):
    """A time in tokens `first` to `last` (not included)."""

    first: int
    last: int
    sense: Sense


class Aside(NamedTuple):
    first: int
    last: int
    reason: str


def read(lex: Lexed) -> tuple[list[Found], list[Aside]]:
    """All times in a piece of text, in order, and what was set aside. Linear in the number of tokens."""
    found: list[Found] = []
    aside: list[Aside] = []
    at, letters, phrases, rules = 0, lex.letters, lex.words.phrases, starters()
    while at < len(letters):
        letter = letters[at]
        following = letters[at + 1 : at + 2]
        idle = (letter in _IDLE and following in _IDLE_BEFORE) or (letter in "DNC" and following in _COUNT_BEFORE)
        if (idle or (not rules.get(letter) and letter not in _EDGES and letter != "d")) and lex.lower[
            at
        ] not in phrases:
            at += 1
            continue
        time = _phrase(lex, at)
        if time is None:
            at += 1
        elif (reason := is_supported(lex, time.first, time.last, time.sense)) is not None:
            aside.append(Aside(time.first, time.last, reason))
            at = time.first + 1
        else:
            found.append(time)
            at = time.last
    return found, aside


def _phrase(lex: Lexed, at: int) -> Found | None:
    """The longest time that begins at a token, with its qualifier."""
    if lex.letters[at] == "q":
        inner = _dated(lex, at + 1) if at + 1 < len(lex.letters) else None
        if inner is None or inner.sense.value in _REFERENCES:
            return None
        if lex.lower[at] == "over" and ".." in (inner.sense.offset or ""):
            return None
        if inner.sense.kind == "set" or (
            inner.sense.size in "D" and inner.sense.slot and lex.lower[at] in ("about", "some")
        ):
            return None
        if (
            inner.sense.kind == "date"
            and inner.sense.rule != "some time ago"
            and lex.lower[at] not in lex.words.around["about_date"]
        ):
            return None
        if lex.lower[at] == "about" and inner.sense.weak:
            return None
        return Found(at, inner.last, replace(inner.sense, mod=lex.codes[at], weak=False))
    return _dated(lex, at)


def _dated(lex: Lexed, at: int, *, depth: int = 0) -> Found | None:
    """An edge and what it is the edge of, or a core with all that joins on behind it."""
    edged = _edged(lex, at, depth) if depth < _DEEPEST else None
    core = _core(lex, at)
    if core is not None:
        core = _joined(lex, core)
    if edged is not None and (core is None or edged.last > core.last):
        return edged
    return core


def _edged(lex: Lexed, at: int, depth: int) -> Found | None:
    letters = lex.letters
    here = at + 1 if letters[at] == "w" else at
    if here >= len(letters):
        return None
    letter, mod = letters[here], lex.codes[here]
    if letter == "m":
        here += 1
        if letters[here : here + 2] == "~m":
            here += 2
        elif letters[here : here + 4] == "-~-m":
            here += 4
        if letters[here : here + 1] == "-":
            here += 1
        while letters[here : here + 1] in ("w", "2", "i") and letters[here : here + 1]:
            here += 1
    elif letter in "Ol" and letters[here + 1 : here + 3] == "xi" and lex.codes[here] in ("1", "2", ""):
        mod = "START" if lex.codes[here] == "1" else "END"
        here += 3
    elif letter == "9":
        here += 2 if letters[here + 1 : here + 2] == "-" else 1
    elif letter == "g":
        here += 1
        following = letters[here : here + 2]
        if following[:1] == "i" or following in ("-Y", "-M"):
            here += 1
        elif letters[here : here + 1] not in ("Y", "M") or mod != "END":
            return None
    elif letter in "ET" and letters[here + 1 : here + 2] in ("t", "h", "2", "d", "W", "l", "n", "i", "M", "f"):
        return _clipped(lex, at, here, depth)
    else:
        return None
    if here >= len(letters):
        return None
    inner = _inside(lex, here, depth)
    if inner is None or inner.sense.kind not in ("date", "time") or inner.sense.value in _REFERENCES:
        return None
    if letter == "9" and inner.sense.size not in "YEM":
        return None
    return Found(at, inner.last, replace(inner.sense, mod=mod, weak=False))


def _inside(lex: Lexed, at: int, depth: int) -> Found | None:
    """What an edge is the edge of; a bare unit with its article counts here ("the end of the year")."""
    inner = _dated(lex, at, depth=depth + 1)
    letters = lex.letters
    if inner is None and letters[at : at + 2] == "wu":
        unit = lex.codes[at + 1]
        if unit in ("D", "W", "M", "Q", "Y", "E", "C"):
            return Found(at, at + 2, Sense("date", unit, offset=f"pub@{unit}", rule="the unit"))
    return inner


def _clipped(lex: Lexed, at: int, here: int, depth: int) -> Found | None:
    """ "Earlier this year" is from its start to now, "later this year" from now to its end."""
    inside = here + (2 if lex.letters[here + 1] in "2i" else 1)
    if inside >= len(lex.letters):
        return None
    inner = _inside(lex, inside, depth)
    if inner is None or inner.sense.kind != "date" or inner.sense.value in _REFERENCES:
        return None
    sense, early = inner.sense, lex.codes[here] == "START"
    if sense.offset in ("pub@Y", "pub@M", "pub@W", "pub@Q", "pub@E", "pub@C"):
        sense = replace(sense, offset=f"{sense.offset}..pub" if early else f"pub..{sense.offset}")
    return Found(at, inner.last, replace(sense, mod="START" if early else "END", weak=False))


def _core(lex: Lexed, at: int) -> Found | None:
    best: Found | None = None
    letters = lex.letters
    for rule in starters().get(letters[at], ()):
        found = rule.pattern.match(letters, at)
        if found is None or found.end() == at or (best is not None and found.end() <= best.last):
            continue
        sense = rule.build(Match(lex, found))
        if sense is not None:
            sense.rule = sense.rule or rule.name
            best = Found(at, found.end(), sense)
    direct = _direct(lex, at)
    if direct is not None and (best is None or direct.last > best.last):
        return direct
    return best


def _direct(lex: Lexed, at: int) -> Found | None:
    """Words and phrases to which the lexicon gives a reference or an offset of their own."""
    phrase = phrase_at(lex, at)
    if phrase is not None and phrase[1].cls == "direct":
        last, code = at + phrase[0], phrase[1].code
    elif lex.classes[at] == "d":
        last, code = at + 1, lex.codes[at]
        if code == "FUTURE_REF" and (lex.letters[last : last + 1] in ("<", ">") or lex.lower[at - 1 : at] == ["as"]):
            return None
    elif lex.lower[at] in ("current", "recent") and lex.letters[at + 1 : at + 2] == ".":
        last, code = at + 1, {"r": "PAST_REF", "k": "PRESENT_REF"}.get(lex.classes[at]) or lex.codes[at]
    else:
        return None
    if code.endswith("_REF"):
        return Found(at, last, Sense("date", "R", value=code, rule="word of reference"))
    point, _, tail = code.partition("/")
    return Found(
        at,
        last,
        Sense("time" if tail else "date", "T" if tail else "D", offset=point, tail=tail, rule="word for a day"),
    )


# -- joining what stands side by side --------------------------------------------------------------------


def _joined(lex: Lexed, core: Found) -> Found:
    for _ in range(3):
        longer = _with_year(lex, core) or _with_part(lex, core) or _with_clock(lex, core) or _with_day(lex, core)
        if longer is None:
            return core
        core = longer
    return core


def _skip(lex: Lexed, at: int, letters: str, most: int) -> int:
    """Behind up to `most` tokens of these classes."""
    stop = at
    while stop < len(lex.letters) and stop - at < most and lex.letters[stop] in letters:
        stop += 1
    return stop


def _with_year(lex: Lexed, core: Found) -> Found | None:
    """ "November last year", "the third quarter of next year", "Monday of last week", "Christmas of 2022"."""
    sense = core.sense
    if sense.slot is None or sense.tail or ".." in sense.slot or sense.slot[0] == "T":
        return None
    whole = {"W": "W", "WI": "Y"}.get(sense.slot[:2] if sense.slot == "WI" else sense.slot[0], "Y")
    at = _skip(lex, core.last, "i,", 1)
    if at >= len(lex.letters):
        return None
    other = _core(lex, at)
    if other is None and lex.letters[at : at + 2] == "wu" and lex.codes[at + 1] == whole and lex.letters[at - 1] == "i":
        other = Found(at, at + 2, Sense("date", whole, offset=f"pub@{whole}"))
    if other is None or other.sense.kind != "date" or other.sense.size != whole or other.sense.mod:
        return None
    return Found(core.first, other.last, _placed(sense, other.sense))


def _placed(part: Sense, whole: Sense) -> Sense:
    assert part.slot is not None
    if whole.value is not None and whole.value.isdigit() and len(whole.value) == 4:
        if part.size in ("M", "Q", "S") and "@" not in part.slot:
            shown = part.slot[1:] if part.slot[0] == "M" else part.slot
            return replace(part, value=f"{whole.value}-{shown}", slot=None, weak=False)
        if part.slot[0] == "M" and "D" in part.slot and "W" not in part.slot:
            return replace(part, value=f"{whole.value}-{part.slot[1:3]}-{part.slot[4:6]}", slot=None, weak=False)
    if whole.offset is not None:
        return replace(part, offset=f"{whole.offset}/{part.slot}", slot=None, weak=False)
    return part


def _with_part(lex: Lexed, core: Found) -> Found | None:
    """ "This year's third quarter", "last year's Christmas"."""
    if core.sense.size != "Y" or core.sense.kind != "date" or lex.letters[core.last : core.last + 1] != "'":
        return None
    if core.last + 1 >= len(lex.letters):
        return None
    part = _core(lex, core.last + 1)
    if part is None or part.sense.slot is None or part.sense.slot[0] in "T" or part.sense.slot[:2] == "WD":
        return None
    placed = _placed(part.sense, core.sense)
    return Found(core.first, part.last, placed) if placed.slot is None else None


def _with_clock(lex: Lexed, core: Found) -> Found | None:
    """ "Friday morning", "yesterday at 10:35 a.m.", "January 7, 5 p.m."."""
    if core.sense.size != "D" or core.sense.kind != "date" or core.sense.tail or core.sense.rule == "weekend":
        return None
    if core.sense.slot and ".." in core.sense.slot:
        return None
    at = _skip(lex, core.last, ",2m", 2)
    if at >= len(lex.letters) or lex.letters[at] not in "#DCPv":
        return None
    clock = _core(lex, at)
    if clock is None or clock.sense.kind != "time" or not clock.sense.slot:
        return None
    if at > core.last and clock.sense.weak and lex.letters[at - 1] != "m":
        return None
    return Found(core.first, clock.last, replace(core.sense, kind="time", size="T", tail=clock.sense.slot, weak=False))


def _with_day(lex: Lexed, core: Found) -> Found | None:
    """ "10 a.m. Wednesday", "noon on Saturday", "the morning of January 7"."""
    sense = core.sense
    if sense.kind != "time" or not sense.slot or sense.slot[0] != "T" or sense.tail:
        return None
    at = _skip(lex, core.last, ",i12w", 2)
    if at >= len(lex.letters) or lex.letters[at] in "DPC":
        return None
    day = _core(lex, at)
    if day is None or day.sense.kind != "date" or day.sense.size != "D" or day.sense.tail:
        return None
    day = _with_year(lex, day) or day
    return Found(core.first, day.last, replace(day.sense, kind="time", size="T", tail=sense.slot, weak=False))

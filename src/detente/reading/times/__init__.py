"""Time expressions in a text: TIMEX3-like marks made by a grammar over the word lists of `knowledge/lexicons`.

Here: the step, and the language of its marks. `lexing` makes words into classes, `dates`, `relative`, `lengths` and
`clock` hold the rules, `phrases` puts their finds together, `support` sets aside what only looks like a time,
`tense` reads the verb, `calendar` does the arithmetic. Dates are not resolved here: that is `recording.dating`.

A mark's `value` is the TIMEX3 value where the words alone give it ("September 7, 1992": 1992-09-07; "the 1990s":
199; "the 20th century": 19; "summer 2023": 2023-SU; "for three days": P3D; "every Monday": XXXX-WXX-1;
"now": PRESENT_REF). A stretch between two dates is `A/B`. Otherwise `offset` says how to get there:

    offset = point | point ".." point | point ".." slot     a stretch: from the start of one to the end of the other
    point  = anchor step*
    anchor = "pub"            the day of publication
           | "ctx"            the last date mentioned before that is at least as fine as the first step asks
    step   = sign count unit          move, and take the whole unit reached      last year         pub-1Y
           | sign count unit "="      move and keep the size                     past 30 years     pub-30Y=..pub
           | "@" unit                 the whole unit around                      this month        pub@M
           | relation slot            the slot's place next to here              last November     pub<M11
           | "/" slot                 the slot inside what was reached           November last year    pub-1Y/M11
           | "/T" clock               a time of day                              yesterday evening     pub-1D/TEV
    unit   = D W M Q Y E C L (day to year, decade, century, millennium), S N H (seconds, minutes, hours)
    count  = digits, or X where the words leave it open (read as 2 to 9)
    relation = "<" wholly before, "<=" begun by then, ">=" not over by then, ">" wholly after, "~" nearest,
               "<~" and ">~" as "<=" and ">=" unless that lies over nine months away and the other side is nearer
    slot   = M01 to M12, M01D07, M01D07W7 (and a Sunday), WD1 (Monday) to WD7, WE (weekend), Q1 to Q4, H1, H2,
             SP SU FA WI, EASTER+0, M11WD4#4 (the fourth Thursday of November)

A date without its year takes the relation from the preposition or the verb: past `<~`, future `>~`, neither `~`;
a weekday `<=`, `>=`, `~`. A duration that ends or
begins at a known point has both: its length as value, its ends as offset. `mod` is TIMEX3's: START, MID, END,
APPROX, BEFORE, AFTER, LESS_THAN, MORE_THAN, EQUAL_OR_LESS, EQUAL_OR_MORE.
"""

from __future__ import annotations

from detente.reading.times.step import TimeStep

__all__ = ["TimeStep"]

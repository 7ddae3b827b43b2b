"""Time expressions, one a line: the words, the date of publication, and the date they name.

The brackets show the span that must be marked; everything else in the line must stay unmarked. `-` is None.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import pytest

from detente.knowledge import Knowledge
from detente.model.date import Date
from detente.model.document import Document
from detente.reading.marks import Span
from detente.reading.paper import Paper
from detente.reading.times import TimeStep
from detente.recording.dating import Calendar

# text | published | value | start | end | precision
DATES = """
The talks opened on [January 7, 2024]. | 2024-07-01 | 2024-01-07 | 2024-01-07 | 2024-01-07 | day
The talks opened on [7 January 2024]. | 2024-07-01 | 2024-01-07 | 2024-01-07 | 2024-01-07 | day
The talks opened on [the 7th of January 2024]. | 2024-07-01 | 2024-01-07 | 2024-01-07 | 2024-01-07 | day
The talks opened on [the 7th of January, 2024]. | 2024-07-01 | 2024-01-07 | 2024-01-07 | 2024-01-07 | day
The talks opened on [Jan. 7, 2024], in Doha. | 2024-07-01 | 2024-01-07 | 2024-01-07 | 2024-01-07 | day
The talks opened on [7 Jan 2024], in Doha. | 2024-07-01 | 2024-01-07 | 2024-01-07 | 2024-01-07 | day
The talks opened on [January 7th, 2024]. | 2024-07-01 | 2024-01-07 | 2024-01-07 | 2024-01-07 | day
The talks opened on [Sunday, January 7, 2024]. | 2024-07-01 | 2024-01-07 | 2024-01-07 | 2024-01-07 | day
The talks opened on [Sunday 7 January 2024]. | 2024-07-01 | 2024-01-07 | 2024-01-07 | 2024-01-07 | day
The log says [2024-01-07]. | 2024-07-01 | 2024-01-07 | 2024-01-07 | 2024-01-07 | day
The log says [2024/01/07]. | 2024-07-01 | 2024-01-07 | 2024-01-07 | 2024-01-07 | day
The log says [07.01.2024]. | 2024-07-01 | 2024-01-07 | 2024-01-07 | 2024-01-07 | day
The log says [25/01/2024]. | 2024-07-01 | 2024-01-25 | 2024-01-25 | 2024-01-25 | day
The log says [01/25/2024]. | 2024-07-01 | 2024-01-25 | 2024-01-25 | 2024-01-25 | day
The log says [03/04/2024]. | 2024-07-01 | 2024 | 2024-01-01 | 2024-12-31 | year
The log says [2024-01-07T10:35:00Z]. | 2024-07-01 | 2024-01-07T10:35:00Z | 2024-01-07 | 2024-01-07 | time
The treaty dates from [September 7, 1992]. | - | 1992-09-07 | 1992-09-07 | 1992-09-07 | day
The war began in [August 2008]. | - | 2008-08 | 2008-08-01 | 2008-08-31 | month
The war began in [August of 2008]. | - | 2008-08 | 2008-08-01 | 2008-08-31 | month
The war began in [Aug. 2008]. | - | 2008-08 | 2008-08-01 | 2008-08-31 | month
Exports grew in [2022]. | - | 2022 | 2022-01-01 | 2022-12-31 | year
Exports grew in [the year 2022]. | - | 2022 | 2022-01-01 | 2022-12-31 | year
They opened consular relations, [1792]. | - | 1792 | 1792-01-01 | 1792-12-31 | year
The mandate runs until [2024]. | - | 2024 | 2024-01-01 | 2024-12-31 | year
He came to power in [nineteen ninety-seven]. | - | 1997 | 1997-01-01 | 1997-12-31 | year
The wall fell in [the late 1980s]. | - | 198 | 1985-01-01 | 1989-12-31 | decade
The wall fell in [the 1980s]. | - | 198 | 1980-01-01 | 1989-12-31 | decade
Trade boomed in [the early 1990s]. | - | 199 | 1990-01-01 | 1994-12-31 | decade
Trade boomed in [the '90s]. | - | 199 | 1990-01-01 | 1999-12-31 | decade
Trade boomed in [the 90s]. | - | 199 | 1990-01-01 | 1999-12-31 | decade
Trade boomed in [the nineties]. | - | 199 | 1990-01-01 | 1999-12-31 | decade
The port was built in [the 19th century]. | - | 18 | 1800-01-01 | 1899-12-31 | century
The port was built in [the nineteenth century]. | - | 18 | 1800-01-01 | 1899-12-31 | century
The port was built in [the early 20th century]. | - | 19 | 1900-01-01 | 1949-12-31 | century
Growth slowed in [the third quarter of 2023]. | - | 2023-Q3 | 2023-07-01 | 2023-09-30 | quarter
Growth slowed in [Q3 2023]. | - | 2023-Q3 | 2023-07-01 | 2023-09-30 | quarter
Growth slowed in [the first half of 2023]. | - | 2023-H1 | 2023-01-01 | 2023-06-30 | interval
Growth slowed in [fiscal 2023]. | - | 2023 | 2023-01-01 | 2023-12-31 | year
Growth slowed in [FY2023]. | - | 2023 | 2023-01-01 | 2023-12-31 | year
Growth slowed in [the fiscal year 2023]. | - | 2023 | 2023-01-01 | 2023-12-31 | year
They fought in [the summer of 2006]. | - | 2006-SU | 2006-06-01 | 2006-08-31 | season
They fought in [autumn 2020]. | - | 2020-FA | 2020-09-01 | 2020-11-30 | season
They fought in [the winter of 1940]. | - | 1940-WI | 1939-12-01 | 1940-02-29 | season
The budget for [2022/23] was cut. | - | 2022/2023 | 2022-01-01 | 2023-12-31 | interval
The war of [1992-94] took the town. | - | 1992/1994 | 1992-01-01 | 1994-12-31 | interval
The war of [1992–1994] took the town. | - | 1992/1994 | 1992-01-01 | 1994-12-31 | interval
The summit ran on [January 7-9, 2024]. | - | 2024-01-07/2024-01-09 | 2024-01-07 | 2024-01-09 | interval
The summit ran on [7–9 January 2024]. | - | 2024-01-07/2024-01-09 | 2024-01-07 | 2024-01-09 | interval
The summit ran from [January 7 to 9, 2024]. | - | 2024-01-07/2024-01-09 | 2024-01-07 | 2024-01-09 | interval
The shrine dates from [44 BC]. | - | BC0044 | - | - | unknown
The shrine dates from [AD 312]. | - | 0312 | 0312-01-01 | 0312-12-31 | year
The mines date from [the Soviet era]. | - | 1922/1991 | 1922-01-01 | 1991-12-31 | interval
The mines date from [Ottoman times]. | - | 1299/1922 | 1299-01-01 | 1922-12-31 | interval
It closed in [mid-1996]. | - | 1996 | 1996-04-01 | 1996-10-01 | year
It closed at [the end of 1994]. | - | 1994 | 1994-07-02 | 1994-12-31 | year
It closed at [the beginning of October 2023]. | - | 2023-10 | 2023-10-01 | 2023-10-16 | month
It closed on [Christmas Eve 2022]. | - | 2022-12-24 | 2022-12-24 | 2022-12-24 | day
It closed on [Easter Sunday 2024]. | - | 2024-03-31 | 2024-03-31 | 2024-03-31 | day
It closed on [Good Friday 2024]. | - | 2024-03-29 | 2024-03-29 | 2024-03-29 | day
""".strip().splitlines()

RELATIVE = """
He spoke [yesterday]. | 2024-07-01 | 2024-06-30 | 2024-06-30 | 2024-06-30 | day
He speaks [today]. | 2024-07-01 | 2024-07-01 | 2024-07-01 | 2024-07-01 | day
He will speak [tomorrow]. | 2024-07-01 | 2024-07-02 | 2024-07-02 | 2024-07-02 | day
He will speak [tonight]. | 2024-07-01 | 2024-07-01TNI | 2024-07-01 | 2024-07-01 | time
He spoke [the day before yesterday]. | 2024-07-01 | 2024-06-29 | 2024-06-29 | 2024-06-29 | day
He spoke [last night]. | 2024-07-01 | 2024-06-30TNI | 2024-06-30 | 2024-06-30 | time
He spoke [this morning]. | 2024-07-01 | 2024-07-01TMO | 2024-07-01 | 2024-07-01 | time
He spoke [yesterday evening]. | 2024-07-01 | 2024-06-30TEV | 2024-06-30 | 2024-06-30 | time
He spoke [last week]. | 2024-07-01 | 2024-W26 | 2024-06-24 | 2024-06-30 | week
He spoke [this week]. | 2024-07-01 | 2024-W27 | 2024-07-01 | 2024-07-07 | week
He will speak [next week]. | 2024-07-01 | 2024-W28 | 2024-07-08 | 2024-07-14 | week
He spoke [last month]. | 2024-07-01 | 2024-06 | 2024-06-01 | 2024-06-30 | month
He spoke [this month]. | 2024-07-01 | 2024-07 | 2024-07-01 | 2024-07-31 | month
He will speak [next month]. | 2024-07-01 | 2024-08 | 2024-08-01 | 2024-08-31 | month
He spoke [last year]. | 2024-07-01 | 2023 | 2023-01-01 | 2023-12-31 | year
He spoke [this year]. | 2024-07-01 | 2024 | 2024-01-01 | 2024-12-31 | year
He will speak [next year]. | 2024-07-01 | 2025 | 2025-01-01 | 2025-12-31 | year
Sales fell in [the current year]. | 2024-07-01 | 2024 | 2024-01-01 | 2024-12-31 | year
Sales fell in [last quarter]. | 2024-07-01 | 2024-Q2 | 2024-04-01 | 2024-06-30 | quarter
Sales fell in [the third quarter of last year]. | 2024-07-01 | 2023-Q3 | 2023-07-01 | 2023-09-30 | quarter
Sales fell in [last year's third quarter]. | 2024-07-01 | 2023-Q3 | 2023-07-01 | 2023-09-30 | quarter
It fell at [the end of last century]. | 2024-07-01 | 19 | 1950-01-01 | 1999-12-31 | century
It was announced [last November]. | 2024-07-01 | 2023-11 | 2023-11-01 | 2023-11-30 | month
It happened just as in [November last year]. | 2024-07-01 | 2023-11 | 2023-11-01 | 2023-11-30 | month
It was announced in [November of last year]. | 2024-07-01 | 2023-11 | 2023-11-01 | 2023-11-30 | month
It was announced [last September]. | 2024-07-01 | 2023-09 | 2023-09-01 | 2023-09-30 | month
It was announced [last June]. | 2024-07-01 | 2024-06 | 2024-06-01 | 2024-06-30 | month
It was announced [this March]. | 2024-07-01 | 2024-03 | 2024-03-01 | 2024-03-31 | month
It will be announced [next March]. | 2024-07-01 | 2025-03 | 2025-03-01 | 2025-03-31 | month
It was announced [last spring]. | 2024-07-01 | 2024-SP | 2024-03-01 | 2024-05-31 | season
It was announced [last winter]. | 2024-07-01 | 2024-WI | 2023-12-01 | 2024-02-29 | season
It was announced [last Friday]. | 2024-07-01 | 2024-06-28 | 2024-06-28 | 2024-06-28 | day
It was announced [last Monday]. | 2024-07-01 | 2024-06-24 | 2024-06-24 | 2024-06-24 | day
It will be announced [next Friday]. | 2024-07-01 | 2024-07-05 | 2024-07-05 | 2024-07-05 | day
It was announced on [Friday]. | 2024-07-01 | 2024-06-28 | 2024-06-28 | 2024-06-28 | day
It was announced on [Monday]. | 2024-07-01 | 2024-07-01 | 2024-07-01 | 2024-07-01 | day
It was announced on [Monday last week]. | 2024-07-01 | 2024-06-24 | 2024-06-24 | 2024-06-24 | day
It was announced on [Monday of last week]. | 2024-07-01 | 2024-06-24 | 2024-06-24 | 2024-06-24 | day
It will be announced on [Friday]. | 2024-07-01 | 2024-07-05 | 2024-07-05 | 2024-07-05 | day
They asked for an answer by [Friday]. | 2024-07-01 | 2024-07-05 | 2024-07-05 | 2024-07-05 | day
He met three envoys on [January 7]. | 2024-01-20 | 2024-01-07 | 2024-01-07 | 2024-01-07 | day
He met three envoys on [December 7]. | 2024-01-20 | 2023-12-07 | 2023-12-07 | 2023-12-07 | day
He will meet three envoys on [March 3]. | 2024-01-20 | 2024-03-03 | 2024-03-03 | 2024-03-03 | day
The ultimatum runs until [February 2]. | 2024-01-20 | 2024-02-02 | 2024-02-02 | 2024-02-02 | day
He met three envoys on [January 7 and 8]. | 2024-01-20 | 2024-01-07/2024-01-08 | 2024-01-07 | 2024-01-08 | interval
He met three envoys on [7-9 January]. | 2024-01-20 | 2024-01-07/2024-01-09 | 2024-01-07 | 2024-01-09 | interval
He met three envoys in [December]. | 2024-01-20 | 2023-12 | 2023-12-01 | 2023-12-31 | month
He met three envoys in [May]. | 2024-07-01 | 2024-05 | 2024-05-01 | 2024-05-31 | month
He met three envoys in [mid-June]. | 2024-07-01 | 2024-06 | 2024-06-08 | 2024-06-23 | month
He met three envoys in [late June]. | 2024-07-01 | 2024-06 | 2024-06-16 | 2024-06-30 | month
He met three envoys in [early June]. | 2024-07-01 | 2024-06 | 2024-06-01 | 2024-06-15 | month
He met three envoys [earlier this year]. | 2024-07-01 | 2024 | 2024-01-01 | 2024-07-01 | interval
He will meet three envoys [later this year]. | 2024-07-01 | 2024 | 2024-07-01 | 2024-12-31 | interval
He met three envoys [earlier this month]. | 2024-07-20 | 2024-07 | 2024-07-01 | 2024-07-20 | interval
He met the envoys [two weeks ago]. | 2024-07-01 | 2024-W25 | 2024-06-17 | 2024-06-23 | week
He met the envoys [ten days ago]. | 2024-07-01 | 2024-06-21 | 2024-06-21 | 2024-06-21 | day
He met the envoys [three months ago]. | 2024-07-01 | 2024-04 | 2024-04-01 | 2024-04-30 | month
He met the envoys [a year ago]. | 2024-07-01 | 2023 | 2023-01-01 | 2023-12-31 | year
He met the envoys [twenty-four years ago]. | 2024-07-01 | 2000 | 2000-01-01 | 2000-12-31 | year
He met the envoys [a decade ago]. | 2024-07-01 | 2014 | 2014-01-01 | 2014-12-31 | year
He met the envoys [more than four decades ago]. | 2024-07-01 | 1984 | 1984-01-01 | 1984-12-31 | year
He will meet them [two weeks from now]. | 2024-07-01 | 2024-W29 | 2024-07-15 | 2024-07-21 | week
It fought for [the past 30 years]. | 2024-07-01 | P30Y | 1994-07-01 | 2024-07-01 | interval
It fought over [the last three years]. | 2024-07-01 | P3Y | 2021-07-01 | 2024-07-01 | interval
It fought over [the past three years]. | 2024-07-01 | P3Y | 2021-07-01 | 2024-07-01 | interval
It fought over [the past year]. | 2024-07-01 | P1Y | 2023-07-01 | 2024-07-01 | interval
It will fight for [the next two weeks]. | 2024-07-01 | P2W | 2024-07-01 | 2024-07-15 | interval
It rose in [recent days]. | 2024-07-20 | PXD | 2024-07-11 | 2024-07-20 | interval
It rose over [the last few weeks]. | 2024-07-20 | PXW | 2024-05-18 | 2024-07-20 | interval
It fell over [the weekend]. | 2024-07-01 | 2024-W26-WE | 2024-06-29 | 2024-06-30 | interval
It fell by [the end of the month]. | 2024-07-01 | 2024-07 | 2024-07-16 | 2024-07-31 | month
It fell by [the end of this week]. | 2024-07-01 | 2024-W27 | 2024-07-04 | 2024-07-07 | week
Sales stand still [now]. | 2024-07-01 | PRESENT_REF | 2024-07-01 | 2024-07-01 | day
It opened at [10:35 a.m. Friday]. | 2024-07-01 | 2024-06-28T10:35 | 2024-06-28 | 2024-06-28 | time
It opened [Friday at 10:35 p.m. GMT]. | 2024-07-01 | 2024-06-28T22:35Z | 2024-06-28 | 2024-06-28 | time
It opened at [noon on Friday]. | 2024-07-01 | 2024-06-28T12:00 | 2024-06-28 | 2024-06-28 | time
It opened on [the morning of January 7, 2024]. | 2024-07-01 | 2024-01-07TMO | 2024-01-07 | 2024-01-07 | time
It opened [last Christmas]. | 2024-07-01 | 2023-12-25 | 2023-12-25 | 2023-12-25 | day
""".strip().splitlines()

LENGTHS = """
It was a [one-day] operation. | 2024-07-01 | P1D | - | - | unknown
It was a [30-year] conflict. | 2024-07-01 | P30Y | - | - | unknown
He has been there for [a month]. | 2024-07-01 | P1M | - | - | unknown
He was there for [three days]. | 2024-07-01 | P3D | - | - | unknown
He was there for [two and a half years]. | 2024-07-01 | P2Y6M | - | - | unknown
He was there for [half a year]. | 2024-07-01 | P6M | - | - | unknown
He was there for [several months]. | 2024-07-01 | PXM | - | - | unknown
He was there for [about two hours]. | 2024-07-01 | PT2H | - | - | unknown
He was there for [at least 72 hours]. | 2024-07-01 | PT72H | - | - | unknown
He was there for [40 minutes]. | 2024-07-01 | PT40M | - | - | unknown
He was there for [a couple of years]. | 2024-07-01 | P2Y | - | - | unknown
He was there for [two decades]. | 2024-07-01 | P20Y | - | - | unknown
He was there for [two to three weeks]. | 2024-07-01 | P2W | - | - | unknown
He was there for [a year and a half]. | 2024-07-01 | P1Y6M | - | - | unknown
He was there for [years]. | 2024-07-01 | PXY | - | - | unknown
The council meets [annually]. | 2024-07-01 | P1Y | - | - | unknown
The council meets [every Monday]. | 2024-07-01 | XXXX-WXX-1 | - | - | unknown
The council meets [every two weeks]. | 2024-07-01 | P2W | - | - | unknown
The council meets [every year]. | 2024-07-01 | P1Y | - | - | unknown
The council meets on [Tuesdays]. | 2024-07-01 | XXXX-WXX-2 | - | - | unknown
The council meets [daily]. | 2024-07-01 | P1D | - | - | unknown
The council meets once [a week]. | 2024-07-01 | P1W | - | - | unknown
The council meets [each July]. | 2024-07-01 | XXXX-07 | - | - | unknown
The tie broke [recently]. | 2024-07-01 | PAST_REF | - | - | unknown
They will talk [soon]. | 2024-07-01 | FUTURE_REF | - | - | unknown
They will talk in [the near future]. | 2024-07-01 | FUTURE_REF | - | - | unknown
""".strip().splitlines()

WITHOUT_A_DATE = """
It was announced [last November]. | - | pub<M11 | - | - | unknown
It happened just as in [November last year]. | - | pub-1Y/M11 | - | - | unknown
It was announced [yesterday]. | - | pub-1D | - | - | unknown
It was announced on [Friday]. | - | pub<=WD5 | - | - | unknown
It was announced [two weeks ago]. | - | pub-2W | - | - | unknown
It was announced [last year]. | - | pub-1Y | - | - | unknown
He met three envoys on [January 7]. | - | pub<~M01D07 | - | - | unknown
He met three envoys on [Sunday, January 7]. | - | pub<~M01D07W7 | - | - | unknown
""".strip().splitlines()

NO_TIMES = """
You may go, and they may not.
They march on the capital.
It was the second meeting of the two envoys.
The storm killed 1,984 people.
The army lost 1984 soldiers there.
The council passed Resolution 1559 by a wide margin.
Section 907th of the act bars aid.
The 907th amendment bars aid.
A boy aged 12 and a 7-year-old girl fled.
The minister is 54 years old.
The price rose to $1990 a ton.
He won 7 of 12 seats.
May I speak?
They crossed the spring in the rock.
The fall of the city came as a shock.
The late president is missed.
The temperature was 12.5 and the share 1990%.
He sat in the sun.
Mar the record and jan the sleeve.
Flight 1549 was late to land.
The Six-Day War changed the map.
The council passed resolutions 1737 and others.
Three quarters of the voters stayed at home.
""".strip().splitlines()


@cache
def step() -> TimeStep:
    return TimeStep(Knowledge())


def read(text: str, published: str | None = None) -> Paper:
    date = Date(start=published, end=published, precision="day", basis="given", raw=published) if published else None
    doc = Document(
        document_id="d", uri="u", text=text, text_sha256="", language="en", reader_version="", published=date
    )
    return step().read(Paper(doc))


def expected(line: str) -> tuple[str, str | None, list[str | None], Span]:
    cells = [cell.strip() for cell in line.split("|")]
    published, *rest = [None if cell == "-" else cell for cell in cells[1:]]
    start, end = cells[0].index("["), cells[0].index("]") - 1
    return cells[0].replace("[", "").replace("]", ""), published, rest, Span(start, end)


@pytest.mark.parametrize("line", [*DATES, *RELATIVE, *LENGTHS, *WITHOUT_A_DATE])
def test_a_time_names_its_interval(line: str) -> None:
    text, published, rest, span = expected(line)
    moments = Calendar(read(text, published)).moments()
    assert [text[mark.span.start : mark.span.end] for mark, _ in moments] == [text[span.start : span.end]]
    ((mark, date),) = moments
    assert mark.span == span
    assert [date.value, date.start, date.end, date.precision] == rest


@pytest.mark.parametrize("text", NO_TIMES)
def test_what_looks_like_a_time_is_not_marked(text: str) -> None:
    paper = read(text, "2024-07-01")
    assert [paper.words(mark.span) for mark in paper.times or ()] == []


def test_what_was_set_aside_is_kept_with_its_reason() -> None:
    paper = read("The army lost 1984 soldiers there.")
    assert [(paper.words(aside.span), aside.step, aside.reason) for aside in paper.rejected] == [
        ("1984", "times", "a count of something")
    ]


def test_times_are_in_order_and_never_overlap() -> None:
    paper = read("From May 3, 2021 to mid-June 2022, and last week on Monday, for two years, at 5 p.m. on 7 May 2020.")
    spans = [mark.span for mark in paper.times or ()]
    assert len(spans) >= 5
    assert all(before.end <= after.start for before, after in pairwise(spans))

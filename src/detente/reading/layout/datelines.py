"""Where a paragraph opens with a dateline: "OSLO (Continental Wire) — Norway on Friday recalled …".

The dateline is a sentence of its own, so that nobody reads its town as the subject of what follows.
"""

from __future__ import annotations

import re
from typing import Final

from detente.reading.marks import Paragraph

_MONTH: Final = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DAY: Final = rf"(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH})(?:,? \d{{4}})?"
_CAPITALS: Final = r"[^\W\d_a-z][^\W\d_a-z.'’-]+(?:[ /][^\W\d_a-z][^\W\d_a-z.'’-]*){0,4}"
_TOWN: Final = r"[^\W\d_a-z][\w.'’-]{1,30}(?: [^\W\d_a-z][\w.'’-]{0,30}){0,3}"
_AGENCY: Final = r"\([^()\n]{1,50}\)"
_DASH: Final = r"\s?(?:—|–|―|--|-)\s+"
_OPENS: Final = r"(?=[“\"‘']?[^\W\d_a-z])"
_DATELINE: Final = re.compile(
    rf"(?:{_CAPITALS}(?:, [^\W\d_a-z][\w.' ]{{1,30}})?(?:, {_DAY})?(?: {_AGENCY})?{_DASH}"
    rf"|{_TOWN}(?:, [^\W\d_a-z][\w.' ]{{1,30}})?(?:, {_DAY})? {_AGENCY}{_DASH}"
    rf"|{_TOWN}, {_DAY}{_DASH}"
    rf"|{_CAPITALS}, {_DAY}\. /[^/\n]{{2,20}}/\.?\s+){_OPENS}"
)
_LONGEST: Final = 140


def dateline_end(text: str, paragraph: Paragraph) -> int | None:
    """Where the dateline of a paragraph ends, past its dash and the white space after it; None without one."""
    start, end = paragraph.span
    if paragraph.kind != "text" or end - start < 40:
        return None
    found = _DATELINE.match(text, start, min(end, start + _LONGEST))
    return found.end() if found is not None else None

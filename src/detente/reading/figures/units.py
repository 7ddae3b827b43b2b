"""What stands around a number that gives its unit: money (ISO 4217), quantities (UCUM), per cent, people."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from detente.knowledge.loading import read_table
from detente.knowledge.wordlist import WordList

Kind = Literal["money", "quantity", "percent"]

_BEFORE = re.compile(r"((?:[A-Z]{1,3})?[^\w\s.,;:()'\"“”‘’–—-]|[A-Z]{3}|Rs\.?|Tk\.?)[ \u00a0]?$")
_WORDS = re.compile(r"[A-Za-z°²³%/.]+")
_GAP = re.compile(r"[ \u00a0\u202f\n-]?")


class Unit(NamedTuple):
    """`code` is None for money whose country the words leave open. `start` and `end` take in the unit's words."""

    kind: Kind
    code: str | None
    factor: float
    start: int
    end: int
    is_certain: bool


class Units:
    """Finds the unit of a number by the longest form that matches."""

    def __init__(self, words: WordList) -> None:
        folder = f"lexicons/{words.language}"
        self.signs: dict[str, tuple[str | None, bool]] = {}
        self.signs_after: dict[str, tuple[str | None, bool]] = {}
        self.currencies: dict[tuple[str, str], tuple[str | None, bool]] = {}
        self.codes: set[str] = set()
        for row in read_table(f"{folder}/figure_money.csv"):
            known = (row["code"] or None, row["strength"] == "strong")
            if row["place"] == "before":
                self.signs[row["form"]] = known
            elif not row["form"].isalpha():
                self.signs_after[row["form"]] = known
            else:
                self.currencies[(row["form"], row["adjective"])] = known
            if row["code"]:
                self.codes.add(row["code"])
        self.units: dict[str, tuple[str, float, bool]] = {
            row["form"]: (row["code"], float(row["factor"]), row["strength"] == "strong")
            for row in read_table(f"{folder}/figure_units.csv")
        }

    def find(self, text: str, start: int, end: int) -> Unit | None:
        """The unit of the number at `text[start:end]`."""
        before = self._before(text, start, end)
        after = self._after(text, start, end)
        if before is None:
            return after
        if after is not None and after.kind == "money":
            return after._replace(start=before.start)
        return before

    def _before(self, text: str, start: int, end: int) -> Unit | None:
        found = _BEFORE.search(text[max(0, start - 6) : start])
        if found is None:
            return None
        sign = found.group(1)
        place = max(0, start - 6) + found.start()
        if sign in self.signs:
            code, certain = self.signs[sign]
            return Unit("money", code, 1.0, place, end, certain)
        if sign[-1:] in self.signs and not sign[-1:].isalpha():
            code, certain = self.signs[sign[-1:]]
            return Unit("money", code, 1.0, place + len(sign) - 1, end, certain)
        if sign in self.codes and (place == 0 or not text[place - 1].isalnum()):
            return Unit("money", sign, 1.0, place, end, True)
        if sign.startswith("Rs"):
            return Unit("money", None, 1.0, place, end, False)
        return None

    def _after(self, text: str, start: int, end: int) -> Unit | None:
        words: list[tuple[str, int, int]] = []
        place = end + 3 if text[end : end + 4].lower() == " of " and text[end - 1 : end] in "sl" else end
        for _ in range(4):
            gap = _GAP.match(text, place)
            found = _WORDS.match(text, gap.end() if gap else place)
            if found is None:
                break
            words.append((found.group(), found.start(), found.end()))
            place = found.end()
        if not words:
            sign = text[end : end + 2].strip()[:1]
            at = text.find(sign, end) + 1 if sign else end
            if sign and sign in self.signs_after and not text[at : at + 1].isdigit():
                code, certain = self.signs_after[sign]
                return Unit("money", code, 1.0, start, text.index(sign, end) + 1, certain)
            return None
        return self._quantity(start, words) or self._money(start, words)

    def _quantity(self, start: int, words: list[tuple[str, int, int]]) -> Unit | None:
        for count in range(min(3, len(words)), 0, -1):
            raw = " ".join(word for word, _, _ in words[:count])
            stop = words[count - 1][2] - (1 if raw.endswith(".") else 0)
            form = raw.rstrip(".").lower()
            if len(form) < 2 and raw.rstrip(".") != form:
                continue
            known = self.units.get(form) or self.units.get(_singular(form))
            if known is None:
                continue
            code, factor, certain = known
            return Unit("percent" if code == "%" else "quantity", code, factor, start, stop, certain)
        return None

    def _money(self, start: int, words: list[tuple[str, int, int]]) -> Unit | None:
        """A currency's name, with the adjective before it: "US dollars", "Iranian rials", "pounds sterling"."""
        for count in range(min(3, len(words)), 0, -1):
            noun = words[count - 1][0].rstrip(".")
            end = words[count - 1][1] + len(noun)
            if noun in self.codes and count == 1:
                return Unit("money", noun, 1.0, start, end, True)
            adjective = " ".join(word.rstrip(".") for word, _, _ in words[: count - 1]).lower()
            for form in (noun.lower(), _singular(noun.lower())):
                known = self.currencies.get((form, adjective))
                if known is not None:
                    if form == "pound" and count < len(words) and words[count][0].lower() == "sterling":
                        return Unit("money", "GBP", 1.0, start, words[count][2], True)
                    return Unit("money", known[0], 1.0, start, end, known[1])
        return None


def _singular(form: str) -> str:
    head, _, last = form.rpartition(" ")
    last = last.removesuffix("s") if len(last) > 3 else last
    return f"{head} {last}".strip()

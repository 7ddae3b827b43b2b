"""Words as they are compared across articles: stems, their weights, and which acts are named by kindred words.

Weights come from a table of common words (`word_rarity.csv`), the same for every record: so the likeness of two
articles depends on these two alone, never on what else was read before or since. Names of territories, peoples and
capitals all weigh the same and little, as parties are compared by who they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from math import log, sqrt

from msgspec import Struct

from detente.knowledge import Knowledge
from detente.knowledge.loading import read_table, read_text, read_yaml

RARE = 7.5
"""The weight of a word that the table of common words does not hold, a name for instance."""
TERRITORY_WEIGHT = 1.0
LEAST_WEIGHT = 1.2
"""Words below this say nothing about what a sentence tells."""
_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_VOWEL = re.compile(r"[aeiouy]")

Weighted = Mapping[str, float]


class WordList(Struct, frozen=True):
    kind: str
    strength: str
    note: str
    forms: list[str]


class WordLists(Struct, frozen=True):
    """The file `happenings.yaml`."""

    language: str
    source: str
    licence: str
    entries: list[WordList]


class WordTable:
    """The words of one language: `stem`, `weight` and `kinship` of acts. Made once for a run by `word_table`.

    `kin` holds for each stem its kindred ones as the table has them (`detain=0.73 jail=0.72`), read when asked for.
    """

    def __init__(
        self,
        rarity: Mapping[str, float],
        kin: Mapping[str, str],
        irregular: Mapping[str, str],
        light: frozenset[str],
        series: frozenset[str],
        repeated: frozenset[str],
        saying: frozenset[str],
        territorial: frozenset[str],
    ) -> None:
        self.rarity = rarity
        self.kin = kin
        self._kin: dict[str, Mapping[str, float]] = {}
        self.irregular = irregular
        self.light = light
        self.series = series
        self.repeated = repeated
        self.saying = saying
        self.territorial = territorial

    def stem(self, word: str) -> str:
        """The stem of one word in lower case; names of territories stay whole."""
        if word in self.territorial:
            return word
        return self.irregular.get(word) or _stem(word)

    def stems(self, text: str) -> list[str]:
        return [self.stem(word) for word in tokens(text)]

    def weight(self, stem: str) -> float:
        if stem in self.territorial:
            return TERRITORY_WEIGHT
        return self.rarity.get(stem, RARE)

    def weighted(self, stems: Iterable[str], *, most: int | None = None) -> dict[str, float]:
        """Weights of the telling words, each once, scaled to length 1; with `most`, the heaviest only."""
        return self.weighted_counts(dict.fromkeys(stems, 1), most=most)

    def weighted_counts(self, counts: Mapping[str, int], *, most: int | None = None) -> dict[str, float]:
        """The same for stems said several times, which weigh more by the logarithm of their count."""
        found = [
            (stem, weight * (1.0 + log(count)))
            for stem, count in counts.items()
            if (weight := self.weight(stem)) >= LEAST_WEIGHT or stem in self.territorial
        ]
        kept = sorted(found, key=lambda pair: (-pair[1], pair[0]))[:most]
        length = sqrt(sum(weight * weight for _, weight in kept)) or 1.0
        return {stem: weight / length for stem, weight in kept}

    def kinship(self, one: str, other: str) -> float:
        """How near two stems are as names of an act, from 0 to 1; 1 for the same."""
        if one == other:
            return 1.0
        return max(self._near(one).get(other, 0.0), self._near(other).get(one, 0.0))

    def _near(self, stem: str) -> Mapping[str, float]:
        found = self._kin.get(stem)
        if found is None:
            pairs = (pair.partition("=") for pair in self.kin.get(stem, "").split())
            found = self._kin[stem] = {other: float(near) for other, _, near in pairs}
        return found


def tokens(text: str) -> list[str]:
    """Words and numbers in lower case, without possessive endings."""
    return [token[:-2] if token.endswith(("'s", "’s")) else token for token in map(str.lower, _TOKEN.findall(text))]


def likeness(one: Weighted, other: Weighted) -> float:
    """The cosine of two weighted sets of words."""
    return sum(one[stem] * other[stem] for stem in sorted(one.keys() & other.keys()))


@lru_cache(maxsize=4)
def word_table(knowledge: Knowledge) -> WordTable:
    """The words of the knowledge's language; made once for a body of knowledge."""
    language = knowledge.language
    rarity = {row["stem"]: float(row["weight"]) for row in read_table(f"lexicons/{language}/word_rarity.csv")}
    lines = read_text(f"lexicons/{language}/act_kin.csv").splitlines()[1:]
    kin = {stem: near for stem, _, near in (line.partition(",") for line in lines)}
    return _table(language, territorial_words(knowledge), rarity, kin)


def bare_table(knowledge: Knowledge) -> WordTable:
    """The same without the two tables that are built with the help of this one."""
    return _table(knowledge.language, territorial_words(knowledge), {}, {})


def _table(
    language: str,
    territorial: frozenset[str],
    rarity: Mapping[str, float],
    kin: Mapping[str, str],
) -> WordTable:
    lists = read_yaml(f"lexicons/{language}/happenings.yaml", WordLists)
    forms = {entry.kind: entry.forms for entry in lists.entries}
    irregular: dict[str, str] = {}
    for line in forms["irregular"]:
        base, *inflected = line.split()
        for form in inflected:
            irregular.setdefault(form, _stem(base))
    light = frozenset(irregular.get(word) or _stem(word) for word in forms["light"])
    saying = frozenset(irregular.get(word) or _stem(word) for word in forms["saying"])
    rarity = {**rarity, **{_stem(word): 0.0 for word in forms["calendar"]}}
    return WordTable(
        rarity, kin, irregular, light, frozenset(forms["series"]), frozenset(forms["repeated"]), saying, territorial
    )


def territorial_words(knowledge: Knowledge) -> frozenset[str]:
    """Single words of the names, adjectives, peoples and capitals of all territories."""
    return frozenset(
        token
        for form in knowledge.territories.surface_forms()
        for token in tokens(form.form)
        if len(token) > 2 and form.form[0].isupper() and token not in _LINKS
    )


_LINKS = frozenset(["and", "the", "of", "for", "new", "north", "south", "east", "west", "republic", "united", "states",
                    "state", "islands", "island", "city", "house", "white", "street", "palace", "saint", "democratic",
                    "people", "kingdom", "central", "great", "port", "union"])  # fmt: skip


@lru_cache(maxsize=65536)
def _stem(word: str) -> str:
    """A light stemmer: inflections, and the commonest endings that make nouns of verbs."""
    if len(word) < 4 or word[0].isdigit():
        return word
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith(("sses", "shes", "ches", "xes", "zes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        base = word.removesuffix(ending)
        if base != word and len(base) > 2 and _VOWEL.search(base):
            word = _undoubled(base)
            break
    for ending, least in (("ation", 4), ("ition", 4), ("ment", 4), ("ion", 4)):
        base = word.removesuffix(ending)
        if base != word and len(base) >= least:
            word = base
            break
    if word.endswith("ied"):
        word = word[:-3] + "y"
    word = word.removesuffix("e") if len(word) > 4 else word
    return word[:-1] + "i" if word.endswith("y") and len(word) > 3 else word


def _undoubled(base: str) -> str:
    return base[:-1] if len(base) > 3 and base[-1] == base[-2] and base[-1] not in "lsz" else base

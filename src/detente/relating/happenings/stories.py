"""Articles into stories: which articles tell of one matter, by their words alone.

Twice average linkage on TF-IDF. First with the weights that hold everywhere, which tells matters of different kinds
apart; then inside each such group with weights counted in the group itself: what all its articles say no longer counts,
and the names that part one matter from another of its kind do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from math import log, sqrt

from detente.relating.happenings.settling import Pair, average_groups
from detente.relating.happenings.weighing import UNIT
from detente.relating.happenings.words import RARE, Weighted, WordTable, likeness

COARSE = FINE = 0.08
"""Mean likeness above which two groups are joined, in the first and in the second pass."""
TERMS = 60
LEAST = 2.5
TERRITORY = 5.0
"""What the name of a territory weighs in the second pass, the same for all."""


def stories_of(stems: Mapping[str, Sequence[str]], words: WordTable) -> list[tuple[str, ...]]:
    """Groups of documents, each sorted, in the order of their first ids; `stems` gives each document's words."""
    counts = {document_id: Counter(stems[document_id]) for document_id in sorted(stems)}
    coarse = _grouped({key: words.weighted_counts(count, most=TERMS) for key, count in counts.items()}, COARSE)
    return sorted(story for group in coarse for story in _parted({key: counts[key] for key in group}, words))


def _parted(counts: Mapping[str, Counter[str]], words: WordTable) -> list[tuple[str, ...]]:
    if len(counts) < 3:
        return [tuple(sorted(counts))]
    held = Counter(stem for count in counts.values() for stem in count)
    return _grouped({key: _own_terms(count, held, len(counts), words) for key, count in counts.items()}, FINE)


def _own_terms(count: Counter[str], held: Counter[str], documents: int, words: WordTable) -> Weighted:
    terms = {}
    for stem, times in count.items():
        weight = TERRITORY if stem in words.territorial else min(words.weight(stem), RARE)
        if held[stem] > 1 and weight >= LEAST:
            terms[stem] = weight * (1 + log(times)) * log((documents + 1) / held[stem])
    length = sqrt(sum(weight * weight for weight in terms.values())) or 1.0
    return {stem: weight / length for stem, weight in terms.items()}


def _grouped(terms: Mapping[str, Weighted], least: float) -> list[tuple[str, ...]]:
    keys = sorted(terms)
    scores: dict[Pair, int] = {}
    for place, one in enumerate(keys):
        for other in keys[place + 1 :]:
            alike = likeness(terms[one], terms[other])
            if alike > 0:
                scores[one, other] = round(10 * UNIT * alike)
    return average_groups(keys, scores, round(10 * UNIT * least))

"""What makes two texts near-copies: their word shingles, a MinHash signature of them, and the test itself.

Shingles are runs of four words, case and punctuation left out (Broder 1997, "On the resemblance and containment of
documents"). Two texts are copies where they share enough shingles for their joint size, or where the shorter stands
almost whole in a longer one that is not much more than twice as long, and where they give the same numbers: daily
bulletins share their wording and differ in their figures.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np
from msgspec import Struct

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Hashes = NDArray[np.uint64]

SHINGLE_WORDS = 4
ROWS, BANDS = 3, 28
RESEMBLANCE = 0.4
CONTAINMENT, CONTAINED_SHARE = 0.7, 0.4
"""The share of the shorter text that must stand in the longer, and the share of the longer that this must make up."""
SHARED_NUMBERS = 0.6
LONGEST_TEXT = 400_000
"""What is compared of a text, in characters: its beginning, if it is longer."""
SHORTEST = 12
"""Texts with fewer shingles are copies only where they are the same, word for word."""

_WORD = re.compile(r"[^\W_]+")
_MERSENNE = np.uint64((1 << 31) - 1)
_MIX = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F))


def _multipliers(seed: int) -> tuple[Hashes, Hashes]:
    """Fixed odd numbers for the hash functions, from a linear congruence: the same on any machine and version."""
    state, drawn = seed, []
    for _ in range(2 * ROWS * BANDS):
        state = (state * 6364136223846793005 + 1442695040888963407) % (1 << 64)
        drawn.append((state >> 33) | 1)
    half = ROWS * BANDS
    return np.array(drawn[:half], dtype=np.uint64), np.array(drawn[half:], dtype=np.uint64)


_A, _B = _multipliers(20240301)


class Sketch(Struct, frozen=True):
    """What is compared of a text. `shingles` are sorted hashes, each once; `numbers` the figures it gives."""

    shingles: tuple[int, ...]
    numbers: frozenset[str]
    text_words: int


def sketch_of(text: str) -> Sketch:
    words = [word.lower() for word in _WORD.findall(text[:LONGEST_TEXT])]
    return Sketch(tuple(_shingles(words).tolist()), frozenset(word for word in words if word[0].isdigit()), len(words))


def _shingles(words: list[str]) -> Hashes:
    if not words:
        return np.zeros(0, dtype=np.uint64)
    hashes = np.array([crc32(word.encode("utf-8", "surrogatepass")) for word in words], dtype=np.uint64)
    width = min(SHINGLE_WORDS, len(words))
    run = np.zeros(len(words) - width + 1, dtype=np.uint64)
    for offset in range(width):
        run = (run ^ hashes[offset : len(words) - width + 1 + offset]) * _MIX[0]
        run ^= run >> np.uint64(29)
    return np.unique(run * _MIX[1])


def bands_of(sketch: Sketch) -> tuple[int, ...]:
    """The values under which a text's near-copies are looked up: one for each band, with its number inside."""
    if not sketch.shingles:
        return ()
    low = np.array(sketch.shingles, dtype=np.uint64) >> np.uint64(33)
    least = ((low[:, None] * _A[None, :] + _B[None, :]) % _MERSENNE).min(axis=0).reshape(BANDS, ROWS)
    value = np.arange(BANDS, dtype=np.uint64) * _MIX[1]
    for row in range(ROWS):
        value = (value ^ least[:, row]) * _MIX[0]
        value ^= value >> np.uint64(31)
    return tuple((value >> np.uint64(1)).tolist())


def is_copy(one: Sketch, other: Sketch) -> bool:
    """True where one text is a near-copy of the other; the same whichever is named first."""
    short, long = sorted((one, other), key=lambda sketch: len(sketch.shingles))
    if not short.shingles:
        return False
    if short.shingles == long.shingles:
        return True
    if len(short.shingles) < SHORTEST:
        return False
    shared = len(set(short.shingles).intersection(long.shingles))
    union = len(short.shingles) + len(long.shingles) - shared
    is_contained = shared >= CONTAINMENT * len(short.shingles) and shared >= CONTAINED_SHARE * len(long.shingles)
    return (shared >= RESEMBLANCE * union or is_contained) and _is_same_count(one, other)


def _is_same_count(one: Sketch, other: Sketch) -> bool:
    few, many = sorted((one.numbers, other.numbers), key=len)
    return len(few & many) >= SHARED_NUMBERS * len(few)

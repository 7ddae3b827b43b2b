"""Which excerpts of the open texts are annotated: a sample that no source and no state fills.

What lives here: the pieces, their sentences, the draw and the bare file of an excerpt. What does not: packing and
joining (`standoff`).
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

import msgspec
from codes import Codes
from msgspec import Struct

FILE: Final = "open_news.jsonl"
TURNS: Final = (
    ("un_general_debate",), ("us_state_dept",), ("kremlin_en",), ("us_white_house",), ("un_general_debate",),
    ("historyatstate_milestones", "historyatstate_rdcr"), ("cia_world_factbook",), ("white_house_briefings_2009_2016",),
)  # fmt: skip
OWN: Final = {
    "us_state_dept": "USA", "us_white_house": "USA", "white_house_briefings_2009_2016": "USA", "kremlin_en": "RUS",
    "historyatstate_milestones": "USA", "historyatstate_rdcr": "USA", "cia_world_factbook": "USA",
}  # fmt: skip
GENRES: Final = {
    "press_briefing": "briefing",
    "speech_or_interview": "interview",
    "joint_statement": "joint-statement",
    "reference_history": "commentary",
    "history_essay": "commentary",
    "reference_background": "commentary",
    "reference_disputes": "commentary",
    "news": "wire",
    "interview": "interview",
    "official_act": "sanctions-notice",
}  # fmt: skip  (else communique)
SHORTEST, LONGEST = 8, 12  # sentences of an excerpt
FEWEST, MOST = 3, 60  # words of a sentence
NAMING: Final = 3  # sentences that must name a territory
UNDATED: Final = "2017-01-01"
_SESSION: Final = "-09-24"  # the week of the General Debate
_FORBIDDEN: Final = re.compile(r"[|…\x0b\x0c\x1c-\x1e\x85\u2028\u2029\n\t]| & |  |^//")
_END: Final = re.compile(r"(?:[.?!]+[\"”’'\)\]]*)(?: +)(?=[\"“‘'\(\[]?[A-Z0-9])")
_SHORT: Final = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Gen|Sen|Rep|Gov|Lt|Col|Adm|Capt|Prof|Hon|Jr|Sr|No|vs|etc|cf|approx|ca|Inc|Ltd|Co|Ft|Mt"
    r"|Jan|Feb|Aug|Sept|Oct|Nov|Dec|MR|MS|MRS)|\b[A-Z]|(?:\b[A-Za-z]\.)+[A-Za-z])\.$"
)


class Piece(Struct, frozen=True):
    """One text of the open collection."""

    id: str
    source: str
    genre: str
    licence: str
    text: str
    date: str | None = None
    year: int | None = None
    as_of: str | None = None
    speaker_state: str | None = None

    @property
    def own(self) -> str | None:
        """The territory that speaks."""
        return self.speaker_state or OWN.get(self.source)

    @property
    def published(self) -> str:
        """YYYY-MM-DD; the week of the General Debate for its speeches, a day of no meaning where none is known."""
        return str(self.date or self.as_of or (f"{self.year}{_SESSION}" if self.year else UNDATED))[:10]


class Sentence(NamedTuple):
    text: str
    opens: bool


class Cut(NamedTuple):
    """An excerpt: consecutive sentences of one piece, and the first territory named beside the speaker's own."""

    piece: Piece
    sentences: tuple[Sentence, ...]
    first: str


def pieces(texts: Path) -> dict[str, Piece]:
    """By id; empty where the file is absent."""
    path = texts / FILE
    if not path.is_file():
        return {}
    found = (msgspec.json.decode(line, type=Piece) for line in path.read_bytes().splitlines())
    return {piece.id: piece for piece in found}


def sentences(text: str) -> list[Sentence]:
    """Paragraphs are parted by line breaks; a sentence ends at its mark before a capital, figure or bracket."""
    found: list[Sentence] = []
    for paragraph in text.split("\n"):
        start, opens = 0, True
        for match in _END.finditer(paragraph):
            if _SHORT.search(paragraph, start, match.start() + 1):
                continue
            found.append(Sentence(paragraph[start : match.end()].strip(), opens))
            start, opens = match.end(), False
        if paragraph[start:].strip():
            found.append(Sentence(paragraph[start:].strip(), opens))
    return found


def drawn(texts: Iterable[Piece], codes: Codes, seed: int, number: int) -> list[Cut]:
    """Sources take turns; each piece gives one excerpt; each first-named territory stands in a few only."""
    chance = random.Random(seed)
    by_source: dict[str, list[Piece]] = {}
    for piece in texts:
        by_source.setdefault(piece.source, []).append(piece)
    queues = {turn: sorted((p for s in turn for p in by_source.get(s, ())), key=lambda p: p.id) for turn in set(TURNS)}
    for turn in sorted(queues):
        chance.shuffle(queues[turn])
    named: Counter[str] = Counter()
    voiced: Counter[str] = Counter()
    cut: list[Cut] = []
    for turn in TURNS * number:
        if len(cut) >= number or not any(queues.values()):
            break
        while queues[turn]:
            piece = queues[turn].pop()
            if piece.speaker_state and voiced[piece.speaker_state]:
                continue
            excerpt = _excerpt(piece, codes, chance)
            if excerpt is None or named[excerpt.first] >= max(2, number // 25):
                continue
            named[excerpt.first] += 1
            voiced[piece.speaker_state or ""] += 1
            cut.append(excerpt)
            break
    return cut


def _excerpt(piece: Piece, codes: Codes, chance: random.Random) -> Cut | None:
    if piece.own is not None and piece.own not in codes.territories:
        return None
    those = sentences(piece.text)
    size = min(chance.randint(SHORTEST, LONGEST), len(those))
    if size < SHORTEST:
        return None
    start = chance.randint(0, len(those) - size)
    taken = tuple(those[start : start + size])
    if any(_FORBIDDEN.search(one.text) or not FEWEST <= len(one.text.split()) <= MOST for one in taken):
        return None
    names = [list(_names(one.text, codes)) for one in taken]
    if sum(bool(these) for these in names) < NAMING:
        return None
    others = [name for these in names for name in these if name != piece.own]
    return Cut(piece, taken, others[0]) if others else None


def _names(text: str, codes: Codes) -> Iterator[str]:
    """Territories named, in the order of the text."""
    for words in re.split(r"[,;:()]| and ", text):
        yield from sorted(codes.named_in(words))


def skeleton(cut: Cut, place: int, mark: str) -> str:
    """The file of an excerpt, to be annotated."""
    piece = cut.piece
    own = piece.own or cut.first
    lines = [f"=== so-{place:03}-{piece.id.lower()}", f"{mark}{piece.id}"]
    lines += [f"genre: {GENRES.get(piece.genre, 'communique')}", f"dyads: {own}-{cut.first}"]
    lines += [f"outlet: {own}", f"published: {piece.published}", "writer: standoff"]
    for sentence in cut.sentences:
        lines += ["", f"{'>>' if sentence.opens else '>'} {sentence.text}"]
    return "\n".join(lines) + "\n"

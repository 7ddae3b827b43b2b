"""Short practice sentences made from the lexicon of acts: "Kenya loosened the sanctions on Peru".

The lexicon knows thousands of ways to name an act, the passages show some; these sentences teach the network the rest,
and through it words that mean the like. States are drawn evenly. Sentences with verbs that name no act stand between
them. Only types and parties are learnt from these, not how sentences sound: they are never measured on.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from detente.knowledge import Knowledge
from detente.knowledge.territory import Territory
from detente.reading.events.lexicon import Acts, Entry
from detente.serving.scores.corpus_rows import ActorRow, EventRow, PassageRow, SentenceRow, Stretch

PRACTICE: Final = "practice"
SENTENCES: Final = 6
NO_ACTS: Final = (
    "resembled", "bordered", "outgrew", "remembered", "watched", "studied", "outlived", "needed", "knew", "liked",
    "admired", "imitated", "missed", "understood", "overlooked", "followed", "surprised", "resented", "outnumbered",
    "interested", "puzzled", "preceded", "neighboured", "mentioned", "considered", "discussed", "expected",
    "envied", "distrusted", "ignored", "described", "noticed", "observed", "concerned", "faced", "awaited", "believed",
)  # fmt: skip
_PREPOSITIONS: Final = frozenset(
    {"against", "at", "between", "by", "for", "from", "in", "into", "of", "on", "onto", "out", "over", "to", "toward",
     "towards", "upon", "with"}
)  # fmt: skip
_IRREGULAR: Final = {
    "be": "was", "bear": "bore", "beat": "beat", "become": "became", "begin": "began", "bend": "bent", "bind": "bound",
    "bite": "bit", "blow": "blew", "break": "broke", "bring": "brought", "build": "built", "buy": "bought",
    "cast": "cast", "catch": "caught", "choose": "chose", "come": "came", "cut": "cut", "deal": "dealt", "dig": "dug",
    "do": "did", "draw": "drew", "drive": "drove", "eat": "ate", "fall": "fell", "feed": "fed", "feel": "felt",
    "fight": "fought", "find": "found", "fling": "flung", "fly": "flew", "forbid": "forbade", "forget": "forgot",
    "forgive": "forgave", "get": "got", "give": "gave", "go": "went", "grind": "ground", "hang": "hanged",
    "have": "had", "hear": "heard", "hide": "hid", "hit": "hit", "hold": "held", "hurt": "hurt", "keep": "kept",
    "lay": "laid", "lead": "led", "leave": "left", "lend": "lent", "let": "let", "lose": "lost", "make": "made",
    "mean": "meant", "meet": "met", "overrun": "overran", "overthrow": "overthrew", "pay": "paid", "put": "put",
    "quit": "quit", "read": "read", "rescind": "rescinded", "ride": "rode", "ring": "rang", "rise": "rose",
    "run": "ran", "say": "said", "see": "saw", "seek": "sought", "sell": "sold", "send": "sent", "set": "set",
    "shake": "shook", "shed": "shed", "shoot": "shot", "show": "showed", "shut": "shut", "sing": "sang",
    "sit": "sat", "slay": "slew", "speak": "spoke", "spend": "spent", "spit": "spat", "split": "split",
    "stand": "stood", "steal": "stole", "stick": "stuck", "strike": "struck", "swear": "swore", "sweep": "swept",
    "take": "took", "teach": "taught", "tear": "tore", "tell": "told", "think": "thought", "throw": "threw",
    "undo": "undid", "undertake": "undertook", "uphold": "upheld", "win": "won", "wind": "wound",
    "withdraw": "withdrew", "withhold": "withheld", "write": "wrote",
}  # fmt: skip
_DOUBLED: Final = frozenset({"ban", "bar", "bug", "gun", "jam", "nab", "plan", "pin", "ram", "rob", "snub", "stab", "stop", "strip", "tap", "trap", "commit", "expel", "repel", "rebel", "compel", "dispel", "propel", "admit", "permit", "submit", "refer", "confer", "transfer", "defer", "deter", "abet", "rebut", "slam", "drag", "drop", "grab", "kidnap", "rap", "sap", "ship", "whip", "step", "chat", "quarrel"})  # fmt: skip  # noqa: E501


class _Words(Struct):
    """A sentence under way: its words, and stretches of it by name."""

    parts: list[str] = []
    size: int = 0

    def add(self, words: str) -> tuple[int, int]:
        gap = 1 if self.parts else 0
        start = self.size + gap
        self.parts.append(words)
        self.size = start + len(words)
        return start, self.size


def past(verb: str) -> str:
    """The past tense of a verb of the lexicon."""
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if verb in _DOUBLED:
        return verb + verb[-1] + "ed"
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2:-1] not in tuple("aeiou"):
        return verb[:-1] + "ied"
    return verb + "ed"


def practice(knowledge: Knowledge, seed: int) -> list[PassageRow]:
    """Every usable entry once, in passages of a few sentences on two states each."""
    rng = random.Random(seed)
    acts = Acts.load(knowledge.language, knowledge.ontology)
    entries: list[Entry | None] = [entry for group in acts.entries.values() for entry in group if _is_usable(entry)]
    entries += [None] * (len(entries) // 4)
    rng.shuffle(entries)
    states = [t for t in knowledge.territories.by_code.values() if t.kind == "state" and t.adjectives]
    rows = []
    for number, first in enumerate(range(0, len(entries), SENTENCES)):
        pair = rng.sample(states, 2)
        rows.append(_passage(f"practice-{number}", entries[first : first + SENTENCES], pair, rng))
    return rows


def _is_usable(entry: Entry) -> bool:
    if entry.type is None or entry.kind not in "vn" or not _slot(entry):
        return False
    return all(
        need.absent or (need.words and need.slot in {"obj", "prt", "mod", "carrier", *_PREPOSITIONS})
        for need in entry.needs
    )


def _slot(entry: Entry) -> str:
    """Where the target goes: the first slot that a plain sentence can fill."""
    held = {need.slot for need in entry.needs if not need.absent}
    for slot in entry.target:
        if slot in _PREPOSITIONS or (slot == "obj" and "obj" not in held) or slot == "iobj":
            return slot
    return ""


def _passage(name: str, entries: Sequence[Entry | None], pair: list[Territory], rng: random.Random) -> PassageRow:
    text = ""
    sentences: list[SentenceRow] = []
    actors: list[ActorRow] = []
    events: list[EventRow] = []
    for number, entry in enumerate(entries):
        one, other = rng.sample(pair, 2)
        words = _Words()
        spoken = _sentence(entry, words, _named(one, rng), _named(other, rng), rng)
        start = len(text) + (1 if text else 0)
        line = " ".join(words.parts)
        line = line[0].upper() + line[1:] + "."
        text = f"{text} {line}" if text else line

        def stretch(at: tuple[int, int], start: int = start, line: str = line) -> Stretch:
            return Stretch(start=start + at[0], end=start + at[1], quote=line[at[0] : at[1]])

        for at, who in ((spoken[0], one), (spoken[1], other)):
            actors.append(
                ActorRow(sentence=number, span=stretch(at), kind="state", use="actor", territories=(who.code,))
            )
        sentences.append(SentenceRow(start=start, end=start + len(line), kind="text", paragraph=0, line=0))
        if entry is not None and entry.type is not None:
            both = (len(actors) - 2, len(actors) - 1)
            events.append(
                EventRow(
                    sentence=number, trigger=(stretch(spoken[2]),), type=entry.type, evidence=stretch((0, len(line))),
                    sources=both if entry.reciprocal else both[:1], targets=both if entry.reciprocal else both[1:],
                )
            )  # fmt: skip
    return PassageRow(
        id=name, split="train", genre=PRACTICE, writer="lexicon", published="2020-01-01", dyads=(), text=text,
        sentences=tuple(sentences), actors=tuple(actors), events=tuple(events),
    )  # fmt: skip


def _named(territory: Territory, rng: random.Random) -> str:
    adjective = territory.adjectives[0]
    forms = [territory.name, territory.name, f"the {adjective} government", f"{adjective} officials"]
    if territory.capital:
        forms.append(territory.capital)
    return rng.choice(forms)


Spoken = tuple[tuple[int, int], tuple[int, int], tuple[int, int]]


def _sentence(entry: Entry | None, words: _Words, one: str, other: str, rng: random.Random) -> Spoken:
    """Where source, target and trigger stand."""
    if entry is None:
        source = words.add(one)
        trigger = words.add(rng.choice(NO_ACTS))
        return source, words.add(other), trigger
    held = {need.slot: rng.choice(sorted(need.words)) for need in entry.needs if not need.absent and need.words}
    slot = _slot(entry)
    if entry.kind == "n":
        return _noun(entry, held, slot, words, one, other, rng)
    plain = slot == "obj" and not held
    if plain and rng.random() < 0.3:
        target = words.add(other)
        words.add(rng.choice(["was", "had been", "was later"]))
        trigger = words.add(past(entry.word))
        words.add("by")
        return words.add(one), target, trigger
    source = words.add(one)
    verb = past(entry.word)
    if rng.random() < 0.3:
        words.add(rng.choice(["will", "did not", "wants to", "agreed to", "had to"]))
        verb = entry.word
    trigger = words.add(verb)
    target = words.add(other) if slot == "iobj" else (0, 0)
    if "prt" in held:
        words.add(held["prt"])
    if slot == "obj":
        target = words.add(other)
    if "obj" in held:
        words.add(f"the {held['obj']}")
    for preposition, noun in held.items():
        if preposition in _PREPOSITIONS and preposition != slot:
            words.add(f"{preposition} the {noun}")
    if slot in _PREPOSITIONS:
        words.add(slot)
        target = words.add(other)
    words.add(rng.choice(["on Tuesday", "last year", "again", "this week", "after the talks", "over the lake"]))
    return source, target, trigger


def _noun(
    entry: Entry, held: dict[str, str], slot: str, words: _Words, one: str, other: str, rng: random.Random
) -> Spoken:
    preposition = "of" if slot in ("obj", "iobj") else slot
    named = f"{held['mod']} {entry.word}" if "mod" in held else entry.word
    if "carrier" in held:
        source = words.add(one)
        words.add(past(held["carrier"]))
        words.add("a")
        trigger = words.add(named)
        words.add(preposition)
        return source, words.add(other), trigger
    if rng.random() < 0.5:
        words.add("the")
        trigger = words.add(named)
        words.add(preposition)
        target = words.add(other)
        words.add("by")
        source = words.add(one)
        words.add("was in the papers")
        return source, target, trigger
    source = words.add(one)
    words.parts[-1] += "'s"
    words.size += 2
    trigger = words.add(named)
    words.add(preposition)
    target = words.add(other)
    words.add(rng.choice(["came late", "went on", "drew attention", "lasted for weeks"]))
    return source, target, trigger

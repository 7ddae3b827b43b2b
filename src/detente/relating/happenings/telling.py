"""One telling of an event, as it is compared with others: what the words say of the act, its parties, time and place.

A telling is made from one event and its document alone. How two tellings are weighed against each other is in
`likeness`, which other tellings it is compared with in `blocking`.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from detente.model import ActorRef, Date, Document, Event, PlaceRef
from detente.model.happening import Realm
from detente.model.identity import make_id
from detente.model.vocabulary import DatePrecision, EventType
from detente.relating.happenings.words import Weighted, WordTable, tokens
from detente.relating.status import Status, status_of

Timing = Literal["day", "span", "undated", "unknown"]
"""`day`: the words date it to one to three days; `span`: to longer; `undated`: they do not, and the interval is what
the date of publication leaves open; `unknown`: the document bears no date either."""

DAYS_BEFORE_PUBLICATION, DAYS_AFTER_PUBLICATION = 7, 30
"""How far an undated event may lie behind the article that tells it, to be taken for news in it; how far ahead of it
what an article says is planned."""
LONGEST_SPAN = 400
"""Intervals of more days than this date nothing."""
SENTENCE_TERMS, DOCUMENT_TERMS, TOPIC_WORDS = 24, 60, 4
LONGEST_TEXT = 400_000
"""What is taken of an article for its words, in characters: its beginning, if it is longer."""
_REACH = 400
_STOP = re.compile(r"[.!?][\"”’)]*\s+(?=[\"“‘(]?[A-Z])|\n\s*\n")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


class Side(Struct, frozen=True, array_like=True):
    """A party: its territory, where it acts for one, and the actor itself."""

    territory: str | None
    actor: str
    is_person: bool = False

    @property
    def key(self) -> str:
        return self.territory or self.actor


class Spot(Struct, frozen=True, array_like=True):
    name: str
    territory: str | None
    is_fine: bool


class Telling(Struct, frozen=True, kw_only=True, array_like=True):
    """`sentence` is where the sentence begins in the text. `days` are ordinals, first and last, both included.
    `terms` weigh the words of the sentence, the act's own left out; `rare` are its names and other rare words,
    `topic` those that the article says most often."""

    key: str
    event_id: str
    document_id: str
    realm: Realm
    type: EventType | None
    root: str
    act: tuple[str, ...]
    sentence: int
    terms: dict[str, float]
    rare: tuple[str, ...]
    numbers: tuple[str, ...]
    sources: tuple[Side, ...]
    targets: tuple[Side, ...]
    source_keys: tuple[str, ...]
    target_keys: tuple[str, ...]
    timing: Timing
    days: tuple[int, int] | None
    published: tuple[int, int] | None
    spot: Spot | None
    topic: tuple[str, ...]
    is_series: bool
    is_negated: bool
    status: Status
    order: str
    """Tellings of earlier articles sort first."""


def realm_of(event: Event) -> Realm:
    modality = event.modality
    return "planned" if modality == "future" or modality == "possible" else modality


def telling_of(event: Event, document: Document, words: WordTable, topic: tuple[str, ...] | None = None) -> Telling:
    """What can be compared of `event`, which `document` tells. `topic`, if it is known, is `topic_of` the document."""
    start, end = sentence_about(document.text, event.evidence.start, event.evidence.end)
    sentence = document.text[start:end]
    act = act_stems(event.trigger.quote, words)
    own = set(words.stems(event.trigger.quote))
    stems = [stem for stem in words.stems(sentence) if stem not in own]
    realm = realm_of(event)
    timing, days = time_of(event.date, document.published, is_ahead=realm in ("planned", "hypothetical"))
    published = ordinals(document.published)
    return Telling(
        key=telling_key(event, document),
        event_id=event.event_id,
        document_id=event.document_id,
        realm=realm,
        type=event.type,
        root=event.cameo[:2],
        act=act,
        sentence=start,
        terms=words.weighted(stems, most=SENTENCE_TERMS),
        rare=rare_stems(stems, words),
        numbers=tuple(sorted(set(_NUMBER.findall(sentence)))),
        sources=sides(event.sources),
        targets=sides(event.targets),
        source_keys=keys_of(event.sources),
        target_keys=keys_of(event.targets),
        timing=timing,
        days=days,
        published=published,
        spot=spot_of(event.place),
        topic=topic_of(document, words) if topic is None else topic,
        is_series=is_series(event, document.text, timing, days, words),
        is_negated=event.polarity == "negated",
        status=status_of(event),
        order=order_of(event.event_id, document),
    )


def bare_telling(key: str, document_id: str, trigger: str, sentence: str, *, number: int, words: WordTable) -> Telling:
    """A telling of which only words are known: no type, parties, time or place. `number` tells its sentence."""
    own = set(words.stems(trigger))
    stems = [stem for stem in words.stems(sentence) if stem not in own]
    return Telling(
        key=key, event_id=key, document_id=document_id, realm="actual", type=None, root="",
        act=act_stems(trigger, words), sentence=number, terms=words.weighted(stems, most=SENTENCE_TERMS),
        rare=(), numbers=(), sources=(), targets=(), source_keys=(), target_keys=(), timing="unknown", days=None,
        published=None, spot=None, topic=(), is_series=False, is_negated=False, status="asserted", order=key,
    )  # fmt: skip


def order_of(event_id: str, document: Document) -> str:
    start = document.published.start if document.published is not None else None
    return f"{start or '9999'} {event_id}"


def telling_key(event: Event, document: Document) -> str:
    """The same for events that tell the same in the very same words, in whatever documents: copies are told once."""
    day = event.date or document.published
    words = " ".join(event.evidence.quote.split())
    offset = event.trigger.start - event.evidence.start
    return make_id(
        "tel", words, event.trigger.quote, event.type, event.polarity, event.modality, offset if words else 0,
        day and day.start, day and day.end, *(ref.actor_id or ref.name for ref in event.sources), ">",
        *(ref.actor_id or ref.name for ref in event.targets),
    )  # fmt: skip


def own_key(telling: Telling, decision_id: str | None) -> Telling:
    """A telling that a person parted from others stands for itself, also beside one in the very same words."""
    return telling if decision_id is None else replace(telling, key=make_id("tel", telling.key, decision_id))


def document_terms(document: Document, words: WordTable) -> Weighted:
    """The telling words of a whole article, heaviest first; those said more than once weigh more."""
    counts: dict[str, int] = {}
    for stem in _stems_of(document, words):
        counts[stem] = counts.get(stem, 0) + 1
    return words.weighted_counts(counts, most=DOCUMENT_TERMS)


def topic_of(document: Document, words: WordTable) -> tuple[str, ...]:
    """The names and other rare words that the article says most often, at most a few, in alphabetical order."""
    counts: dict[str, int] = {}
    for stem in _stems_of(document, words):
        if stem not in words.rarity and stem not in words.territorial and not stem[0].isdigit():
            counts[stem] = counts.get(stem, 0) + 1
    return tuple(sorted(sorted(counts, key=lambda stem: (-counts[stem], stem))[:TOPIC_WORDS]))


def _stems_of(document: Document, words: WordTable) -> list[str]:
    return words.stems(f"{document.title or ''}\n{document.text[:LONGEST_TEXT]}")


def act_stems(trigger: str, words: WordTable) -> tuple[str, ...]:
    """The stems that name the act; of a verb that only carries a noun ("took part in the shelling") the noun.

    Names of territories in the trigger ("ask Guyana to return") are parties, and name no act.
    """
    stems = list(dict.fromkeys(words.stems(trigger)))
    own = [stem for stem in stems if stem not in words.territorial] or stems
    return tuple(stem for stem in own if stem not in words.light) or tuple(own)


def rare_stems(stems: list[str], words: WordTable) -> tuple[str, ...]:
    return tuple(sorted({stem for stem in stems if stem not in words.rarity and stem not in words.territorial}))


def sides(refs: tuple[ActorRef, ...]) -> tuple[Side, ...]:
    return tuple(
        dict.fromkeys(Side(ref.territory, ref.actor_id or ref.name.lower(), ref.kind == "person") for ref in refs)
    )


def keys_of(refs: tuple[ActorRef, ...]) -> tuple[str, ...]:
    """Whom one side stands for: territories, or actors that act for none, each once, sorted."""
    return tuple(sorted({side.key for side in sides(refs)}))


def spot_of(place: PlaceRef | None) -> Spot | None:
    if place is None:
        return None
    name = str(place.geonameid) if place.geonameid is not None else place.name.lower()
    return Spot(name, place.territory, place.precision in ("point", "city", "district"))


def time_of(
    day: Date | None, published: Date | None, *, is_ahead: bool = False
) -> tuple[Timing, tuple[int, int] | None]:
    own = ordinals(day)
    if own is not None:
        length = own[1] - own[0]
        if length <= 2:
            return "day", own
        if length <= LONGEST_SPAN:
            return "span", own
        return "unknown", None
    out = ordinals(published)
    if day is not None or out is None:
        return "unknown", None
    if is_ahead:
        return "undated", (out[0] - 1, out[1] + DAYS_AFTER_PUBLICATION)
    return "undated", (out[0] - DAYS_BEFORE_PUBLICATION, out[1])


def ordinals(day: Date | None) -> tuple[int, int] | None:
    """First and last day as ordinals; None where there is no interval."""
    if day is None or day.start is None or day.end is None:
        return None
    try:
        start, end = date.fromisoformat(day.start).toordinal(), date.fromisoformat(day.end).toordinal()
    except ValueError:
        return None
    return min(start, end), max(start, end)


def sentence_about(text: str, start: int, end: int) -> tuple[int, int]:
    """From the stop before the evidence to the one after it, not further than a few hundred characters."""
    first = max(0, start - _REACH)
    stops = [match.end() for match in _STOP.finditer(text, first, start)]
    head = stops[-1] if stops else first
    following = _STOP.search(text, max(end - 1, 0), min(len(text), end + _REACH))
    tail = min(len(text), end + _REACH) if following is None else max(following.start() + 1, end)
    return head, tail


_LONG: tuple[DatePrecision, ...] = ("month", "season", "quarter", "year", "decade", "century")


def is_series(event: Event, text: str, timing: Timing, days: tuple[int, int] | None, words: WordTable) -> bool:
    """Whether the words stand for many acts: "a series of strikes", or strikes of a whole month."""
    start, end = event.trigger.start, event.trigger.end
    near = tokens(text[max(0, start - 40) : end])[-8:]
    act = len(tokens(text[start:end]))
    for place, token in enumerate(near):
        if token in words.series and near[place + 1 : place + 2] == ["of"]:
            return True
        if token in words.repeated and len(near) - act - 2 <= place:
            return True
    is_plural = event.trigger.quote.lower().endswith("s") and not event.trigger.quote.lower().endswith("ss")
    return is_plural and timing == "span" and event.date is not None and event.date.precision in _LONG

"""Short articles with one event a sentence, made from a few words, for tests of what is found across articles."""

from __future__ import annotations

from hashlib import sha256
from random import Random

from msgspec import Struct

from detente.model import ActorRef, AnyRecord, Date, Document, Event, Evidence, PlaceRef
from detente.model.identity import make_id
from detente.model.vocabulary import EventType, Modality, Polarity

Article = list[AnyRecord]
CODES = {"Kenya": "KEN", "Peru": "PER", "Norway": "NOR", "Chad": "TCD", "Laos": "LAO", "Fiji": "FJI"}


class Told(Struct, frozen=True, kw_only=True):
    """One sentence and its event. `words` holds `trigger` and `place`, a town; `day` is the event's date, if any."""

    words: str
    trigger: str
    source: str | None = "Kenya"
    target: str | None = "Peru"
    type: EventType = "ASSAULT"
    day: str | None = None
    until: str | None = None
    polarity: Polarity = "affirmed"
    modality: Modality = "actual"
    voice: str | None = None
    place: str | None = None


def day_of(start: str | None, end: str | None = None) -> Date | None:
    if start is None:
        return None
    last = end or start
    return Date(start=start, end=last, precision="day" if last == start else "month", basis="text", raw="then")


def party(name: str | None) -> tuple[ActorRef, ...]:
    if name is None:
        return ()
    code = CODES.get(name)
    return (ActorRef(actor_id=f"act-{name.lower()}", name=name, territory=code, kind="state" if code else "igo"),)


def town(sentence: Told, at: int) -> PlaceRef | None:
    if sentence.place is None:
        return None
    start = at + sentence.words.index(sentence.place)
    return PlaceRef(
        place_id=make_id("plc", sentence.place), name=sentence.place, geonameid=None, territory="PER", precision="city",
        evidence=Evidence(start, start + len(sentence.place), sentence.place),
    )  # fmt: skip


def told(*sentences: Told, published: str | None = "2024-03-05", outlet: str = "Post", number: int = 0,
         more: str = "", version: str = "1") -> list[AnyRecord]:  # fmt: skip
    """A document whose text is these sentences and `more`, with their events."""
    text = " ".join(sentence.words for sentence in sentences) + more
    doc = Document(
        document_id=make_id("doc", text, outlet, published, number), uri=f"https://{outlet}.example/{number}",
        text=text, text_sha256=sha256(text.encode()).hexdigest(), language="en", reader_version=version, outlet=outlet,
        published=day_of(published),
    )  # fmt: skip
    records: list[AnyRecord] = [doc]
    at = 0
    for sentence in sentences:
        start = text.index(sentence.words, at)
        at = start + len(sentence.words)
        on = text.index(sentence.trigger, start)
        voices = [ActorRef(actor_id=None, name=outlet, kind="author")]
        voices += list(party(sentence.voice))
        records.append(
            Event(
                event_id=make_id("evt", doc.document_id, on, sentence.type, sentence.source, sentence.target, version),
                document_id=doc.document_id,
                evidence=Evidence(start, at, sentence.words),
                trigger=Evidence(on, on + len(sentence.trigger), sentence.trigger),
                type=sentence.type, quad="material_conflict", cameo="190", goldstein=-10.0,
                sources=party(sentence.source), targets=party(sentence.target),
                place=town(sentence, start),
                date=day_of(sentence.day, sentence.until), polarity=sentence.polarity, modality=sentence.modality,
                voices=tuple(voices), confidence=0.9,
            )
        )  # fmt: skip
    return records


def events_of(*articles: list[AnyRecord]) -> list[Event]:
    return [record for article in articles for record in article if isinstance(record, Event)]


def documents_of(*articles: list[AnyRecord]) -> list[Document]:
    return [record for article in articles for record in article if isinstance(record, Document)]


VERBS = ("shelled", "bombed", "accused", "condemned", "visited", "met", "seized", "expelled")
TYPES = {
    "shelled": "ASSAULT", "bombed": "ASSAULT", "accused": "ACCUSE", "condemned": "ACCUSE", "visited": "CONSULT",
    "met": "CONSULT", "seized": "COERCE", "expelled": "SANCTION",
}  # fmt: skip


def drawn(random: Random, number: int) -> Article:
    """An article of one to three events over few parties, places and days, so that much falls together."""
    sentences = []
    for _ in range(random.randint(1, 3)):
        verb, place = random.choice(VERBS), random.choice(("Ombara", "Quilla", "Sanfara"))
        one, other = random.sample(sorted(CODES)[:4], 2)
        day = random.choice((None, None, "2024-03-04", "2024-03-05", "2024-03-12"))
        words = f"{one} {verb} {other} near {place} {random.choice(('at dawn', 'again', 'without a word', 'on cue'))}."
        sentences.append(
            Told(
                words=words, trigger=verb, source=one if random.random() < 0.8 else None,
                target=other if random.random() < 0.8 else None, type=TYPES[verb], day=day,  # type: ignore[arg-type]
                modality=random.choice(("actual", "actual", "actual", "future", "habitual")),  # type: ignore[arg-type]
                polarity=random.choice(("affirmed", "affirmed", "negated")),  # type: ignore[arg-type]
            )
        )  # fmt: skip
    published = random.choice(("2024-03-05", "2024-03-06", "2024-03-12", None))
    return told(*sentences, published=published, outlet=random.choice(("A", "B", "C")), number=number)

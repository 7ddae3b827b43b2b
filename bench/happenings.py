"""How long a new article takes to join the happenings of a large record, on a record made up with a seed.

    python bench/happenings.py --events 100000
    python bench/happenings.py --events 1000000 --json

The rows of the record are written straight into the tables of a temporary file, as reading and relating a million
events one by one would take an hour; the happenings are those the generator had in mind, so that the new articles meet
blocks of the size and density that a real record would have: few dyads make most of the news, and one event is told by
one to twenty articles. Then articles with seven events each come, are added and related one at a time, and timed.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import resource
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path

import msgspec
from msgspec import Struct

from detente.knowledge import Knowledge
from detente.model import ActorRef, AnyRecord, Date, Document, Event, Evidence, Happening
from detente.model.identity import make_id
from detente.model.vocabulary import EventType
from detente.recording.store import Store
from detente.recording.store.rows import (
    DOCUMENT_COLUMNS,
    PARTY_COLUMNS,
    TABLES,
    Cells,
    document_cells,
    encoded,
    insert,
    party_cells,
)
from detente.relating.happenings import relate
from detente.relating.happenings.blocking import entries
from detente.relating.happenings.keeping import version
from detente.relating.happenings.telling import document_terms, own_key, telling_of, topic_of
from detente.relating.happenings.words import WordTable, word_table
from detente.relating.witnesses import bands_of, sketch_of

EVENTS_AN_ARTICLE = 7
FIRST_DAY = date(2015, 1, 1).toordinal()
DAYS = 3650
ACTS: tuple[tuple[EventType, tuple[str, ...]], ...] = (
    ("STATEMENT", ("said", "stated")), ("ACCUSE", ("accused", "blamed", "condemned")),
    ("CONSULT", ("met", "visited", "phoned")), ("AGREE", ("signed", "agreed")), ("ASSAULT", ("shelled", "attacked")),
    ("SANCTION", ("expelled", "sanctioned")), ("REQUEST", ("asked", "urged")), ("AID", ("helped", "supplied")),
)  # fmt: skip
TAILS = [
    "officials",
    "convoy",
    "harbour",
    "treaty",
    "border",
    "envoys",
    "grain",
    "reporters",
    "dawn",
    "protest",
    "bridge",
    "inquiry",
]
SYLLABLES = ["ka", "lo", "mir", "tan", "bel", "du", "sha", "ren", "vo", "pi", "gor", "ash", "el", "um", "ti", "zan"]


class Act(Struct, frozen=True):
    """A happening as the generator has it in mind."""

    number: int
    source: tuple[str, str]
    target: tuple[str, str]
    type: EventType
    verbs: tuple[str, ...]
    place: str
    day: int


class Generator:
    """Acts and articles that tell them, all from one seed."""

    def __init__(self, seed: int, knowledge: Knowledge) -> None:
        self.random = random.Random(seed)
        territories = [
            (territory.code, territory.name)
            for _, territory in sorted(knowledge.territories.by_code.items())
            if territory.kind == "state" and " " not in territory.name
        ][:60]
        self.dyads = [(one, other) for one in territories for other in territories if one < other]
        self.random.shuffle(self.dyads)
        self.shares = [1 / rank for rank in range(1, len(self.dyads) + 1)]
        self.places = ["".join(self.random.choices(SYLLABLES, k=3)).title() for _ in range(3000)]

    def acts(self, count: int, *, first: int = 0, day: int | None = None) -> list[Act]:
        dyads = self.random.choices(self.dyads, self.shares, k=count)
        found = []
        for number, dyad in enumerate(dyads, first):
            one, other = dyad if self.random.random() < 0.5 else (dyad[1], dyad[0])
            kind, verbs = self.random.choice(ACTS)
            on = FIRST_DAY + self.random.randrange(DAYS) if day is None else day
            found.append(Act(number, one, other, kind, verbs, self.random.choice(self.places), on))
        return found

    def tellers(self) -> int:
        draw = self.random.random()
        if draw < 0.85:
            return 1 if draw < 0.6 else 2
        return self.random.randint(3, 5) if draw < 0.95 else self.random.randint(6, 20)

    def article(self, acts: Sequence[Act], number: int) -> list[AnyRecord]:
        """An article that tells these acts, published the day after the last of them."""
        sentences = []
        for act in acts:
            verb = self.random.choice(act.verbs)
            tail = " ".join(self.random.choices(TAILS, k=5))
            sentences.append((verb, f"{act.source[1]} {verb} {act.target[1]} over {act.place}, {tail}."))
        text = " ".join(sentence for _, sentence in sentences)
        out = date.fromordinal(max(act.day for act in acts) + 1).isoformat()
        doc = Document(
            document_id=make_id("doc", text, number), uri=f"bench/{number}", text=text,
            text_sha256=sha256(text.encode()).hexdigest(), language="en", reader_version="bench",
            outlet=f"Outlet {number % 97}",
            published=Date(start=out, end=out, precision="day", basis="given", raw=out),
        )  # fmt: skip
        records: list[AnyRecord] = [doc]
        at = 0
        author = ActorRef(actor_id=None, name=doc.outlet or "", kind="author")
        for act, (verb, sentence) in zip(acts, sentences, strict=True):
            start = at + len(act.source[1]) + 1
            on = date.fromordinal(act.day).isoformat()
            is_dated = self.random.random() < 0.5
            records.append(
                Event(
                    event_id=make_id("evt", doc.document_id, start), document_id=doc.document_id,
                    evidence=Evidence(at, at + len(sentence), sentence),
                    trigger=Evidence(start, start + len(verb), verb),
                    type=act.type, quad="verbal_conflict", cameo="110", goldstein=-2.0,
                    sources=(_ref(act.source),), targets=(_ref(act.target),),
                    date=Date(start=on, end=on, precision="day", basis="text", raw="x") if is_dated else None,
                    voices=(author,), confidence=0.8,
                )
            )  # fmt: skip
            at += len(sentence) + 1
        return records


def _ref(side: tuple[str, str]) -> ActorRef:
    return ActorRef(actor_id=f"act-{side[0]}", name=side[1], territory=side[0], kind="state")


def planned(generator: Generator, events: int) -> Iterator[tuple[int, list[Act]]]:
    """Articles as lists of acts, until they hold `events` events; the acts of one article lie on neighbouring days."""
    telling: list[Act] = []
    for act in generator.acts(int(events / 1.9) + 100):
        telling += [act] * generator.tellers()
    generator.random.shuffle(telling)
    telling.sort(key=lambda act: act.day)
    count = 0
    for number, start in enumerate(range(0, len(telling) - EVENTS_AN_ARTICLE, EVENTS_AN_ARTICLE)):
        if count >= events:
            return
        acts = list({act.number: act for act in telling[start : start + EVENTS_AN_ARTICLE]}.values())
        count += len(acts)
        yield number, acts


def fill(
    store: Store, generator: Generator, events: int, words: WordTable, knowledge: Knowledge
) -> tuple[int, list[Act]]:
    """Write the record; how many events it holds, and the acts they tell of, by day."""
    made = Made()
    acts: dict[int, Act] = {}
    plan = list(planned(generator, events))
    with store.transaction("filling the bench") as connection:
        trigger = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'relate_pending_new'").fetchone()[0]
        connection.execute("DROP TRIGGER relate_pending_new")
    for start in range(0, len(plan), 2000):
        with store.transaction("filling the bench") as connection:
            write(connection, generator, plan[start : start + 2000], made, words)
    for _, told in plan:
        acts.update({act.number: act for act in told})
    with store.transaction("filling the bench") as connection:
        write_happenings(connection, made)
        connection.execute("INSERT OR REPLACE INTO relate_version VALUES ('happenings', ?)", (version(knowledge),))
        connection.execute(trigger)
    return made.event, sorted(acts.values(), key=lambda act: act.day)


class Made:
    """What was written so far."""

    def __init__(self) -> None:
        self.document = 0
        self.event = 0
        self.tellings: dict[int, list[int]] = {}
        """The events of each act."""
        self.shown: dict[int, Event] = {}
        """One event of each act."""


def write(
    connection: sqlite3.Connection,
    generator: Generator,
    chunk: Sequence[tuple[int, list[Act]]],
    made: Made,
    words: WordTable,
) -> None:
    """Some articles with all that reading and relating would write, save their happenings."""
    batches: dict[str, list[Cells]] = {name: [] for name in _INSERTS}
    for number, acts in chunk:
        document, *events = generator.article(acts, number)
        assert isinstance(document, Document)
        made.document += 1
        own = document.document_id
        batches["document"].append((made.document, *document_cells(document, "")))
        batches["uri"].append((document.uri, own, 1))
        batches["terms"].append((own, _PACK.encode(document_terms(document, words))))
        batches["band"] += [(value, own) for value in bands_of(sketch_of(document.text))]
        topic = topic_of(document, words)
        for act, event in zip(acts, events, strict=True):
            assert isinstance(event, Event)
            made.event += 1
            telling = own_key(telling_of(event, document, words, topic), str(made.event))  # none share a telling here
            blob = _PACK.encode(telling)
            batches["event"].append((made.event, *_EVENTS.cells(event), encoded(event)))
            batches["party"] += party_cells(made.event, event)
            batches["telling"].append((made.event, telling.key, event.event_id, act.number + 1, blob))
            batches["telling_event"].append((own, event.event_id, made.event, blob))
            batches["block"] += [(entry.key, entry.day, made.event) for entry in entries(telling)]
            others = made.tellings.setdefault(act.number, [])
            batches["edge"] += [
                (*pair, 4000) for other in others for pair in ((made.event, other), (other, made.event))
            ]
            others.append(made.event)
            made.shown.setdefault(act.number, event)
    for name, rows in batches.items():
        connection.executemany(_INSERTS[name], rows)


def write_happenings(connection: sqlite3.Connection, made: Made) -> None:
    happenings: list[Cells] = []
    events: list[Cells] = []
    parties: list[Cells] = []
    for act, numbers in made.tellings.items():
        event = made.shown[act]
        happening = Happening(
            happening_id=make_id("hap", act), event_ids=(event.event_id,), document_ids=(event.document_id,),
            witnesses=len(numbers), type=event.type, sources=event.sources, targets=event.targets, date=event.date,
        )  # fmt: skip
        day = None if event.date is None else event.date.start
        happenings.append(
            (act + 1, happening.happening_id, event.type, "actual", day, day, len(numbers), 1.0, encoded(happening))
        )
        events += [(number, act + 1) for number in numbers]
        for role, refs in (("source", event.sources), ("target", event.targets)):
            parties += [(act + 1, role, 0, ref.actor_id, ref.name, ref.territory) for ref in refs]
    connection.executemany(
        "INSERT INTO relate_happening (happening_number, happening_id, type, realm, start_date, end_date, witnesses, "
        "cohesion, json) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        happenings,
    )
    connection.executemany("INSERT INTO relate_happening_event VALUES (?, ?)", events)
    connection.executemany("INSERT INTO relate_happening_party VALUES (?, ?, ?, ?, ?, ?)", parties)


_PACK = msgspec.msgpack.Encoder()
_EVENTS = next(table for table in TABLES if table.kind == "event")
_INSERTS = {
    "document": insert("record_document", ("document_number", *DOCUMENT_COLUMNS)),
    "uri": "INSERT INTO record_document_uri VALUES (?, ?, ?)",
    "event": _EVENTS.insert,
    "party": insert("record_event_party", PARTY_COLUMNS),
    "terms": "INSERT INTO relate_terms VALUES (?, ?)",
    "band": "INSERT OR IGNORE INTO relate_witness_band VALUES (?, ?)",
    "telling": "INSERT INTO relate_telling VALUES (?, ?, ?, ?, ?)",
    "telling_event": "INSERT INTO relate_telling_event VALUES (?, ?, ?, ?)",
    "block": "INSERT INTO relate_block VALUES (?, ?, ?)",
    "edge": "INSERT INTO relate_edge VALUES (?, ?, ?)",
}


def measure(events: int, articles: int, seed: int) -> dict[str, float | str]:
    knowledge = Knowledge()
    words = word_table(knowledge)
    generator = Generator(seed, knowledge)
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "bench.db") as store:
        began = time.perf_counter()
        held, acts = fill(store, generator, events, words, knowledge)
        filled = time.perf_counter() - began
        added, joined, worked = [], [], []
        for number in range(articles):
            told = generator.random.sample(acts[-200:], 4) + generator.acts(
                3, first=10**9 + 3 * number, day=FIRST_DAY + DAYS
            )
            article = generator.article(told, 10**9 + number)
            began = time.perf_counter()
            store.add(article)
            between, busy = time.perf_counter(), time.process_time()
            settled = relate(store, knowledge)
            added.append(1000 * (between - began))
            joined.append(1000 * (time.perf_counter() - between))
            worked.append(1000 * (time.process_time() - busy))
            assert settled.documents == 1
        size = sum(file.stat().st_size for file in Path(folder).iterdir()) / 2**30
    joined.sort()
    return {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "events in the record": held,
        "filled in, s": filled,
        "size of the record, GiB": size,
        "articles of seven events that came": articles,
        "reading rows in, ms (median)": statistics.median(added),
        "joining happenings, ms (median)": statistics.median(joined),
        "joining happenings, ms (95th of 100)": joined[int(0.95 * (len(joined) - 1))],
        "joining happenings, ms (slowest)": joined[-1],
        "joining happenings, ms of processor (median)": statistics.median(worked),
        "joining happenings, ms of processor (95th)": sorted(worked)[int(0.95 * (len(worked) - 1))],
        "memory, GiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--articles", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    figures = measure(options.events, options.articles, options.seed)
    if options.json:
        print(json.dumps(figures, indent=1))
    else:
        for name, value in figures.items():
            print(f"{name:45} {value:.3f}" if isinstance(value, float) else f"{name:45} {value}")


if __name__ == "__main__":
    main()

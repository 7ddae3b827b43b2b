"""A record of any size for speed trials: rows written straight into the tables, invented from a seed.

    python bench/synthetic_record.py big.db --events 1000000

Every table that relating reads and writes is filled so that it fits together: documents with their text, events with
parties and voices, copies of texts with their witnesses, happenings with their events and parties. Full-text search,
mentions, claims and places are left empty. What is told is chance and means nothing.
"""

from __future__ import annotations

import argparse
import sqlite3
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from detente.knowledge import Knowledge
from detente.model import ActorRef, Date, Document, Happening
from detente.recording.store import Store
from detente.recording.store.rows import DOCUMENT_COLUMNS, document_cells, encoded, insert

FIRST_DAY = date(2015, 1, 1).toordinal()
OUTLETS = 120
STATES = 100
EVENTS_A_DOCUMENT = 6
TELLINGS = (1, 1, 1, 2, 2, 3, 4)  # of a happening; their mean is two
KINDS = (
    ("CONSULT", "040", "verbal_cooperation", 2.5), ("SUPPORT", "051", "verbal_cooperation", 3.4),
    ("AGREE", "030", "verbal_cooperation", 4.0), ("COOPERATE", "060", "material_cooperation", 6.0),
    ("AID", "070", "material_cooperation", 7.0), ("ACCUSE", "112", "verbal_conflict", -2.0),
    ("REJECT", "120", "verbal_conflict", -4.0), ("THREATEN", "130", "verbal_conflict", -4.4),
    ("SANCTION", "163", "material_conflict", -8.0), ("ASSAULT", "190", "material_conflict", -10.0),
)  # fmt: skip
KIND_CHANCES = (0.25, 0.12, 0.10, 0.06, 0.05, 0.22, 0.07, 0.06, 0.03, 0.04)


def write(path: Path, *, events: int, years: int = 10, seed: int = 1) -> None:
    """Make a record at `path`, which must not exist. Documents hold `EVENTS_A_DOCUMENT` events each."""
    draw = np.random.default_rng(seed)
    days = years * 365
    happenings = events // 2
    day = np.sort(draw.integers(0, days, happenings))
    told = draw.choice(TELLINGS, happenings)
    owner = np.repeat(np.arange(happenings), told)[:events]
    events = len(owner)
    documents = max(events // EVENTS_A_DOCUMENT, days)
    a_day = documents // days
    doc = np.minimum((day[owner] + draw.integers(0, 2, events)).clip(0, days - 1) * a_day
                     + draw.integers(0, a_day, events), documents - 1)  # fmt: skip
    order = np.lexsort((owner, doc))
    owner, doc = owner[order], doc[order]
    codes = [code for code, one in sorted(Knowledge().territories.by_code.items()) if one.kind == "state"][:STATES]
    pairs = np.array([(a, b) for a in range(len(codes)) for b in range(len(codes)) if a != b])
    draw.shuffle(pairs)
    chance = 1.0 / np.arange(4, len(pairs) + 4)  # the busiest pair has 3 % of all, either way
    dyad = pairs[draw.choice(len(pairs), happenings, p=chance / chance.sum())]
    kind = draw.choice(len(KINDS), happenings, p=KIND_CHANCES)
    Store.open(path).close()
    with sqlite3.connect(path, isolation_level=None) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -400000")
        connection.execute("BEGIN")
        with _bare(connection):
            _Writer(connection, draw, codes, day, dyad, kind, owner, doc, a_day).all()
        connection.execute("COMMIT")
        connection.execute("ANALYZE")


class _bare:  # noqa: N801  used as a word in a `with` statement
    """While rows come in by the million, indices and triggers would be kept up a row at a time: they are made last."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.scripts: list[str] = []

    def __enter__(self) -> None:
        rows = self.connection.execute(
            "SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL"
        ).fetchall()
        for kind, name, sql in rows:
            self.scripts.append(sql)
            self.connection.execute(f"DROP {kind} {name}")

    def __exit__(self, *_: object) -> None:
        for sql in self.scripts:
            self.connection.execute(sql)


class _Writer:
    def __init__(
        self, connection: sqlite3.Connection, draw: Any, codes: list[str], day: Any, dyad: Any, kind: Any, owner: Any,
        doc: Any, a_day: int,
    ) -> None:  # fmt: skip
        self.connection = connection
        self.codes = codes
        self.days = [date.fromordinal(FIRST_DAY + number).isoformat() for number in range(int(day.max()) + 2)]
        self.day, self.dyad, self.kind = day.tolist(), dyad.tolist(), kind.tolist()
        self.owner, self.doc, self.a_day = owner.tolist(), doc.tolist(), a_day
        self.outlet = draw.integers(0, OUTLETS, max(self.doc) + 1).tolist()
        self.is_copy = (draw.random(max(self.doc) + 1) < 0.15).tolist()
        self.is_claimed = (draw.random(len(self.owner)) < 0.4).tolist()
        self.is_planned = (draw.random(len(self.owner)) < 0.1).tolist()
        self.confidence = draw.uniform(0.5, 1.0, len(self.owner)).round(2).tolist()
        self.quotes = [
            f"{self.codes[a]} {KINDS[k][0].lower()} {self.codes[b]} {h}."
            for h, ((a, b), k) in enumerate(zip(self.dyad, self.kind, strict=True))
        ]

    def all(self) -> None:
        write = self.connection.executemany
        self.connection.executemany(
            "INSERT INTO record_actor VALUES (?, ?, 'state', ?, 'GOV', '', 1, ?)",
            [(f"act-{code}", code, code, f'{{"record":"actor","actor_id":"act-{code}","name":"{code}","kind":"state",'
              f'"territory":"{code}","sector":"GOV"}}') for code in self.codes],
        )  # fmt: skip
        write(insert("record_document", ("document_number", *DOCUMENT_COLUMNS)), self._documents())
        uris = "INSERT INTO record_document_uri SELECT uri, document_id, 1 FROM record_document"
        self.connection.execute(uris)
        write("INSERT INTO relate_witness (document_id, witness_id) VALUES (?, ?)", self._witnesses())
        write(f"INSERT INTO record_event VALUES ({', '.join('?' * 24)})", self._events())
        write("INSERT INTO record_event_party VALUES (?, ?, 0, ?, ?, ?, 'GOV', 'state', ?)", self._parties())
        write("INSERT INTO record_event_voice VALUES (?, ?, ?, ?, ?, ?, ?)", self._voices())
        write(
            "INSERT INTO relate_happening (happening_number, happening_id, type, realm, start_date, end_date, "
            "witnesses, cohesion, json) VALUES (?, ?, ?, 'actual', ?, ?, ?, 1.0, ?)",
            self._happenings(),
        )
        write("INSERT INTO relate_happening_event VALUES (?, ?)", ((n, h + 1) for n, h in enumerate(self.owner, 1)))
        write("INSERT INTO relate_happening_party VALUES (?, ?, 0, ?, ?, ?)", self._sides())
        self.connection.execute("INSERT INTO relate_index_pending SELECT happening_number FROM relate_happening")

    def _documents(self) -> Iterator[tuple[Any, ...]]:
        self.where: list[tuple[int, int]] = []
        texts: list[list[str]] = [[] for _ in range(max(self.doc) + 1)]
        lengths = [0] * len(texts)
        for h, d in zip(self.owner, self.doc, strict=True):
            quote = self.quotes[h]
            self.where.append((lengths[d], lengths[d] + len(quote)))
            texts[d].append(quote)
            lengths[d] += len(quote) + 1
        for d, parts in enumerate(texts):
            outlet = self.outlet[d]
            day = self.days[min(d // self.a_day, len(self.days) - 1)]
            document = Document(
                document_id=_id("doc", d), uri=f"https://outlet{outlet}.example/{d}", text=" ".join(parts),
                text_sha256=f"{d:064x}", language="en", reader_version="bench", title=f"Report {d}",
                outlet=f"Outlet {outlet}", outlet_territory=self.codes[outlet % len(self.codes)],
                published=Date(start=day, end=day, precision="day", basis="metadata", raw=day),
            )  # fmt: skip
            yield d + 1, *document_cells(document, f"{d:064x}")

    def _witnesses(self) -> Iterator[tuple[str, str]]:
        """A copy is one of the document before it, where that is of the same day and no copy itself."""
        for d, is_copy in enumerate(self.is_copy):
            if is_copy and d % self.a_day and not self.is_copy[d - 1]:
                pair = _id("doc", d - 1), _id("doc", d)
                yield pair[0], min(pair)
                yield pair[1], min(pair)

    def _events(self) -> Iterator[tuple[Any, ...]]:
        for n, (h, d) in enumerate(zip(self.owner, self.doc, strict=True)):
            a, b = (self.codes[side] for side in self.dyad[h])
            kind, cameo, quad, goldstein = KINDS[self.kind[h]]
            quote, day, (start, end) = self.quotes[h], self.days[self.day[h]], self.where[n]
            trigger = start + 4
            modality = "future" if self.is_planned[n] else "actual"
            confidence = self.confidence[n]
            json = (
                f'{{"record":"event","event_id":"{_id("evt", n)}","document_id":"{_id("doc", d)}",'
                f'"evidence":{{"start":{start},"end":{end},"quote":"{quote}"}},'
                f'"trigger":{{"start":{trigger},"end":{trigger + len(kind)},"quote":"{kind.lower()}"}},'
                f'"type":"{kind}","quad":"{quad}","cameo":"{cameo}","goldstein":{goldstein},'
                f'"sources":[{_ref(a, start)}],"targets":[{_ref(b, trigger + len(kind) + 1)}],'
                f'"date":{{"start":"{day}","end":"{day}","precision":"day","basis":"text","raw":"{day}"}},'
                f'"modality":"{modality}","voices":[{_voices(self.is_claimed[n], a)}],"confidence":{confidence}}}'
            )
            yield (
                n + 1, _id("evt", n), _id("doc", d), start, end, quote, kind.lower(), kind, None, "", cameo, quad,
                goldstein, day, day, "day", "text", None, None, None, "affirmed", modality, confidence, json,
            )  # fmt: skip

    def _parties(self) -> Iterator[tuple[Any, ...]]:
        for n, h in enumerate(self.owner, 1):
            for role, side in zip(("source", "target"), self.dyad[h], strict=True):
                code = self.codes[side]
                yield n, role, f"act-{code}", code, code, code

    def _voices(self) -> Iterator[tuple[Any, ...]]:
        for n, h in enumerate(self.owner, 1):
            yield n, 0, None, "author", None, None, "author"
            if self.is_claimed[n - 1]:
                code = self.codes[self.dyad[h][0]]
                yield n, 1, f"act-{code}", code, code, "GOV", "state"

    def _happenings(self) -> Iterator[tuple[Any, ...]]:
        tellings: list[list[int]] = [[] for _ in self.day]
        for n, h in enumerate(self.owner):
            tellings[h].append(n)
        for h, told in enumerate(tellings):
            if not told:
                continue
            a, b = (self.codes[side] for side in self.dyad[h])
            kind, day = KINDS[self.kind[h]][0], self.days[self.day[h]]
            docs = sorted({self.doc[n] for n in told})
            happening = Happening(
                happening_id=_id("hap", h), event_ids=tuple(_id("evt", n) for n in told),
                document_ids=tuple(_id("doc", d) for d in docs), witnesses=len(docs), type=kind,  # type: ignore[arg-type]
                date=Date(start=day, end=day, precision="day", basis="text", raw=day),
                sources=(_actor(a),), targets=(_actor(b),),
            )  # fmt: skip
            yield h + 1, happening.happening_id, kind, day, day, len(docs), encoded(happening)

    def _sides(self) -> Iterator[tuple[Any, ...]]:
        seen = sorted(set(self.owner))
        for h in seen:
            for role, side in zip(("source", "target"), self.dyad[h], strict=True):
                code = self.codes[side]
                yield h + 1, role, f"act-{code}", code, code


def _id(prefix: str, number: int) -> str:
    """Ids look as hashes do: near numbers lie far apart."""
    return f"{prefix}-{number * 0x9E3779B97F4A7C15 % 2**64:016x}"


def _ref(code: str, start: int) -> str:
    return (
        f'{{"actor_id":"act-{code}","name":"{code}","territory":"{code}","sector":"GOV","kind":"state",'
        f'"evidence":{{"start":{start},"end":{start + 3},"quote":"{code}"}}}}'
    )


def _actor(code: str) -> ActorRef:
    return ActorRef(actor_id=f"act-{code}", name=code, territory=code, sector="GOV", kind="state")


def _voices(is_claimed: bool, code: str) -> str:
    author = '{"actor_id":null,"name":"author","kind":"author"}'
    if not is_claimed:
        return author
    return f'{author},{{"actor_id":"act-{code}","name":"{code}","territory":"{code}","sector":"GOV","kind":"state"}}'


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--years", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    start = time.perf_counter()
    write(options.path, events=options.events, years=options.years, seed=options.seed)
    print(
        f"{options.events} events in {time.perf_counter() - start:.0f} s, {options.path.stat().st_size / 2**20:.0f} MiB"
    )


if __name__ == "__main__":
    main()

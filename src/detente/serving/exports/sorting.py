"""Records in export order, whatever the order they come in and however many they are."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from tempfile import TemporaryFile
from typing import BinaryIO

import msgspec

from detente.model import Actor, AnyRecord
from detente.recording.order import export_key, merged_actor

RUN = 50_000
"""How many records are sorted in memory; more are sorted in runs of so many, on disk."""

_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(AnyRecord)


def in_export_order(records: Iterable[AnyRecord], *, run: int = RUN) -> Iterator[AnyRecord]:
    """The records by `export_key`, those that are equal once, and one row for each actor."""
    variants: dict[str, dict[Actor, None]] = {}
    with ExitStack() as files:
        runs: list[Iterable[AnyRecord]] = []
        held: list[AnyRecord] = []
        for record in records:
            if isinstance(record, Actor):
                variants.setdefault(record.actor_id, {})[record] = None
                continue
            held.append(record)
            if len(held) >= run:
                runs.append(_on_disk(sorted(held, key=export_key), files.enter_context(TemporaryFile())))
                held = []
        actors = [merged_actor(tuple(variants[actor_id])) for actor_id in sorted(variants)]
        last = None
        for record in heapq.merge(*runs, sorted(held, key=export_key), actors, key=export_key):
            if record != last:
                yield record
            last = record


def _on_disk(records: list[AnyRecord], file: BinaryIO) -> Iterator[AnyRecord]:
    for record in records:
        line = _ENCODER.encode(record)
        file.write(len(line).to_bytes(8, "little"))
        file.write(line)
    file.seek(0)
    return _from_disk(file)


def _from_disk(file: BinaryIO) -> Iterator[AnyRecord]:
    while size := file.read(8):
        yield _DECODER.decode(file.read(int.from_bytes(size, "little")))

"""Exports: every format keeps the contract, and each its own promises."""

from __future__ import annotations

import csv
import io
import json
import os
import random
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pyarrow.parquet
import pytest
from msgspec.structs import replace

from detente.errors import ExportFailed, UsageError
from detente.model import (
    RECORD_KINDS,
    Actor,
    AnyRecord,
    Dispute,
    Document,
    Event,
    Evidence,
    Happening,
    Version,
)
from detente.recording.order import export_key, kind_of
from detente.recording.store import Store
from detente.serving.exports import contract, tables
from detente.serving.exports.arrow import flat_schema, flat_table, nested_schema
from detente.serving.exports.contract import KINDS, Export
from detente.serving.exports.csv import Csv, written
from detente.serving.exports.flat import columns, row
from detente.serving.exports.jsonl import JsonLines
from detente.serving.exports.parquet import Parquet
from detente.serving.exports.schema import json_schema, meaning
from detente.serving.exports.sorting import in_export_order
from records import KENYA, LAOS, NORWAY, PERU, article, ref

EXPORTS: list[type[Any]] = [JsonLines, Csv, Parquet]
RELATED: list[AnyRecord] = [
    Happening(
        happening_id="hap-1", event_ids=("evt-1",), document_ids=("doc-1",), witnesses=1, type="AID",
        sources=(ref(KENYA),), targets=(ref(PERU),),
    ),
    Dispute(
        dispute_id="dis-1", kind="figure", about="sailors hurt",
        versions=(Version(row_id="fig-1", voices=(ref(KENYA),), evidence=Evidence(0, 2, "12")),),
    ),
]  # fmt: skip
RECORDS: list[AnyRecord] = [*article(), *article(NORWAY, LAOS, uri="u/2", roles=("host", "guest")), *RELATED]


def shuffled(seed: int) -> list[AnyRecord]:
    records = list(RECORDS)
    random.Random(seed).shuffle(records)
    return records


def bytes_of(export: Export, records: list[AnyRecord], folder: Path) -> dict[str, bytes]:
    """All files the export makes, by name."""
    folder.mkdir()
    if export.name == "jsonl":
        export.write(records, folder / "records.jsonl")
    else:
        export.write(records, folder)
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


# -- the contract, for every export ----------------------------------------------------------------------


@pytest.mark.parametrize("export", EXPORTS)
def test_bytes_do_not_depend_on_order_or_on_repetition(export: type[Any], tmp_path: Path) -> None:
    expected = bytes_of(export(), RECORDS, tmp_path / "0")
    assert any(expected.values())
    for number in range(1, 4):
        again = [*shuffled(number), *shuffled(number + 10)]
        assert bytes_of(export(), again, tmp_path / str(number)) == expected


@pytest.mark.parametrize("export", EXPORTS)
def test_as_given_keeps_the_order(export: type[Any], tmp_path: Path) -> None:
    in_order, backwards = list(in_export_order(RECORDS)), list(in_export_order(RECORDS))[::-1]
    as_given = bytes_of(export(as_given=True), in_order, tmp_path / "1")
    assert as_given == bytes_of(export(), RECORDS, tmp_path / "2")
    assert as_given != bytes_of(export(as_given=True), backwards, tmp_path / "3")


@pytest.mark.parametrize("export", EXPORTS)
def test_one_kind_goes_into_one_file_or_stream(export: type[Any], tmp_path: Path) -> None:
    path, stream = tmp_path / f"events.{export.extension}", io.BytesIO()
    export(kind="event").write(RECORDS, path)
    export(kind="event").write(RECORDS, stream)
    assert path.read_bytes() == stream.getvalue() != b""
    assert not stream.closed


@pytest.mark.parametrize("export", EXPORTS)
def test_a_file_is_whole_or_not_there(export: type[Any], tmp_path: Path) -> None:
    path = tmp_path / f"events.{export.extension}"

    def failing() -> Any:
        yield from article()[:6]
        raise KeyboardInterrupt

    path.write_bytes(b"what was there before")
    with pytest.raises(KeyboardInterrupt):
        export(kind="event", as_given=True).write(failing(), path)
    assert [file.name for file in tmp_path.iterdir()] == [path.name]
    assert path.read_bytes() == b"what was there before"


@pytest.mark.parametrize("export", EXPORTS)
def test_places_that_cannot_be_written_are_told(export: type[Any], tmp_path: Path) -> None:
    name = f"x.{export.extension}"
    with pytest.raises(UsageError, match="does not exist"):
        export(kind="event").write(RECORDS, tmp_path / "nowhere" / name)
    (tmp_path / name).mkdir()
    if export is JsonLines:
        with pytest.raises(UsageError, match="this is a folder"):
            export().write(RECORDS, tmp_path / name)


@pytest.mark.parametrize("export", EXPORTS)
def test_a_full_disk_leaves_no_piece(export: type[Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(contract.Path, "replace", full)
    with pytest.raises(ExportFailed, match="No space left"):
        export(kind="event").write(RECORDS, tmp_path / f"x.{export.extension}")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("export", EXPORTS)
def test_nothing_to_export_is_still_a_file(export: type[Any], tmp_path: Path) -> None:
    for kind in ("event", None):
        path = tmp_path / f"{kind}.{export.extension}"
        export(kind=kind).write([], path)
        assert path.exists()


# -- sorting ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("run", [1, 2, 7, 1000])
def test_records_that_do_not_fit_in_memory_are_sorted_in_runs(run: int) -> None:
    once = sorted((record for record in RECORDS if not isinstance(record, Actor)), key=export_key)
    given = [*shuffled(3), *shuffled(4)]
    result = list(in_export_order(given, run=run))
    assert [record for record in result if not isinstance(record, Actor)] == once
    kenya = [record for record in result if isinstance(record, Actor) and record.actor_id == "act-KEN"]
    assert len(kenya) == 1


# -- JSON Lines ------------------------------------------------------------------------------------------


def lines(records: list[AnyRecord]) -> list[str]:
    stream = io.BytesIO()
    JsonLines().write(records, stream)
    return stream.getvalue().decode("utf-8").splitlines()


def test_every_line_validates_against_the_schema() -> None:
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    kinds = set()
    for line in lines(RECORDS):
        record = json.loads(line)
        validator.validate(record)
        kinds.add(record["record"])
    assert kinds == set(KINDS)


@pytest.mark.parametrize(
    "change",
    [
        {"type": "QUARREL"},
        {"record": "quarrel"},
        {"evidence": {"start": 0, "end": 1}},
        {"confidence": "high"},
        {"sources": [{"name": "Kenya"}]},
        {"date": "2024-03-04"},
    ],
    ids=str,
)
def test_the_schema_refuses_what_is_no_record(change: dict[str, Any]) -> None:
    validator = jsonschema.Draft202012Validator(json_schema())
    event = next(json.loads(line) for line in lines(RECORDS) if '"record":"event"' in line)
    assert validator.is_valid(event)
    assert not validator.is_valid({**event, **change})
    assert validator.is_valid({**event, "a_field_added_later": 1})


def test_the_schema_describes_every_part() -> None:
    for name, part in json_schema()["$defs"].items():
        assert len(part["description"]) > 20, name
    assert meaning(Actor) != meaning(Event)


def test_lines_bear_record_first_and_the_fields_of_the_model_in_order() -> None:
    for line in lines(RECORDS):
        record = json.loads(line)
        kind = next(kind for kind in RECORD_KINDS if kind.__name__.lower() == record["record"])
        assert list(record) == ["record", *kind.__struct_fields__]


def test_lines_read_back_as_the_records() -> None:
    assert [msgspec.json.decode(line, type=AnyRecord) for line in lines(RECORDS)] == list(in_export_order(RECORDS))


def test_bytes_are_the_same_in_another_process_with_another_seed_and_zone(tmp_path: Path) -> None:
    script = (
        f"import sys; sys.path.insert(0, {str(Path(__file__).parents[1])!r})\n"
        "from records import article\n"
        "from detente.serving.exports.jsonl import JsonLines\n"
        "JsonLines().write(article(), sys.stdout.buffer)"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Kathmandu", "LC_ALL": "C"}
    output = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, check=True).stdout
    assert output.decode("utf-8").splitlines() == lines(article())


# -- CSV -------------------------------------------------------------------------------------------------


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def test_csv_makes_a_table_a_kind_with_readable_columns(tmp_path: Path) -> None:
    Csv().write(RECORDS, tmp_path / "tables")
    names = sorted(file.stem for file in (tmp_path / "tables").iterdir())
    assert names == sorted(f"{kind}s" for kind in KINDS)
    event = read_csv(tmp_path / "tables" / "events.csv")[0]
    assert event["source_names"] in ("Kenya", "Norway")
    assert event["target_territories"] in ("PER", "LAO")
    assert event["quote"].startswith(event["source_names"])
    assert event["date_start"] == "2024-03-04" and event["goldstein"] == "-2.0"
    claim = next(row for row in read_csv(tmp_path / "tables" / "claims.csv") if row["speaker_territory"] == "KEN")
    assert claim["voices"] == "The Harbour Post > ministry of Kenya"
    assert claim["about_stances"] == "-0.5"


def test_csv_tables_are_there_when_empty_and_related_kinds_only_when_not(tmp_path: Path) -> None:
    Csv().write([], tmp_path / "tables")
    assert sorted(file.stem for file in (tmp_path / "tables").iterdir()) == sorted(f"{kind}s" for kind in tables.ALWAYS)
    assert read_csv(tmp_path / "tables" / "figures.csv") == []
    head = (tmp_path / "tables" / "figures.csv").read_text(encoding="utf-8")
    assert head.startswith("figure_id,document_id,quote,evidence_start,evidence_end,value,")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_csv_is_safe_from_formulas_unless_raw(text: str, tmp_path: Path) -> None:
    rows = [replace(row, title=text) if isinstance(row, Document) else row for row in article()]
    for raw, expected in ((False, "'" + text), (True, text)):
        Csv(kind="document", raw=raw).write(rows, tmp_path / "documents.csv")
        assert read_csv(tmp_path / "documents.csv")[0]["title"] == expected
    assert written((text, "b")) == f"'{text}; b"
    assert written(-1.5) == -1.5 and written((-1.5, None)) == "-1.5; "


def test_csv_keeps_line_breaks_quotes_and_other_scripts(tmp_path: Path) -> None:
    title = 'a "b", c\r\nd\re\nf; ¿ü? 京都'
    rows = [replace(row, title=title) if isinstance(row, Document) else row for row in article()]
    Csv(kind="document").write(rows, tmp_path / "documents.csv")
    assert read_csv(tmp_path / "documents.csv")[0]["title"] == title


def test_several_kinds_do_not_share_a_table(tmp_path: Path) -> None:
    for out in (tmp_path / "all.csv", io.BytesIO()):
        with pytest.raises(UsageError, match="several kinds"):
            Csv().write(RECORDS, out)
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match="need a folder"):
        Csv().write(RECORDS, tmp_path / "file")
    with pytest.raises(UsageError, match="no kind of record"):
        Csv(kind="quarrel").write(RECORDS, tmp_path / "x.csv")
    events = [record for record in RECORDS if isinstance(record, Event)]
    Csv().write(events, tmp_path / "events.csv")
    assert len(read_csv(tmp_path / "events.csv")) == 2


def test_every_field_of_the_model_has_a_column() -> None:
    for kind in RECORD_KINDS:
        names = [column.name for column in columns(kind)]
        assert len(names) == len(set(names)), kind
        for field in kind.__struct_fields__:
            stem = "quote" if field == "evidence" else field.removesuffix("s")
            if field in ("sources", "targets"):
                stem = field.removesuffix("s") + "_"
            assert any(name.startswith(stem) for name in names), (kind, field)


# -- Parquet and Arrow -----------------------------------------------------------------------------------


def test_parquet_holds_the_records_whole(tmp_path: Path) -> None:
    Parquet().write(RECORDS, tmp_path / "tables")
    seen = []
    for file in sorted((tmp_path / "tables").iterdir()):
        kind = KINDS[file.stem.removesuffix("s")]
        seen += [msgspec.convert(row, kind, strict=False) for row in _tagged(file, kind)]
    assert sorted(map(repr, seen)) == sorted(map(repr, in_export_order(RECORDS)))


def _tagged(file: Path, kind: type[Any]) -> list[dict[str, Any]]:
    rows = pyarrow.parquet.read_table(file).to_pylist()
    return [{"record": kind.__name__.lower(), **row} for row in rows]


def test_parquet_writes_many_records_in_groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from detente.serving.exports import parquet

    monkeypatch.setattr(parquet, "GROUP", 3)
    mine = next(record for record in RECORDS if isinstance(record, Event))
    events: list[AnyRecord] = [replace(mine, event_id=f"evt-{number:02}") for number in range(10)]
    Parquet().write(events, tmp_path / "events.parquet")
    file = pyarrow.parquet.ParquetFile(tmp_path / "events.parquet")
    assert file.num_row_groups == 4 and file.read().num_rows == 10


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_arrow_tables_have_the_types_of_the_model(kind: str) -> None:
    assert nested_schema(kind).names == list(KINDS[kind].__struct_fields__)
    assert nested_schema(kind).field(f"{kind}_id").nullable is False
    table = flat_table(kind, [record for record in RECORDS if kind_of(record) == kind])
    assert table.schema == flat_schema(kind)
    assert table.num_rows >= 1
    assert list(row(next(record for record in RECORDS if kind_of(record) == kind))) == table.schema.names


def test_the_store_and_the_export_agree_on_the_order(tmp_path: Path) -> None:
    with Store.open(tmp_path / "r.db") as store:
        for rows in (article(NORWAY, LAOS, uri="u/2", roles=("host", "guest")), article()):
            store.add(rows)
        kept = list(store.records())
    assert kept == list(in_export_order(record for record in RECORDS if record not in RELATED))


def test_a_device_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        JsonLines().write([], pipe)
        assert stat.S_ISFIFO(pipe.stat().st_mode)
    finally:
        os.close(reader)

"""What every source keeps to: always the same order, a uri and words in each article, no exception on any bytes."""

from __future__ import annotations

import gzip
import io
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import specimens
from detente import registry
from detente.errors import InputError
from detente.reading.sources import open_inputs
from detente.reading.sources.choosing import PLACES, unpacked
from detente.reading.sources.parcel import Parcel
from detente.reading.sources.raw import RawDocument, SetAside, SourceOptions

KINDS = sorted(set(registry.names("sources")) - set(PLACES))
FILES = {**specimens.FILES, "gzip": ("article.txt.gz", lambda: gzip.compress(specimens.text_file(), mtime=0))}
OPTIONS = SourceOptions()


def test_every_kind_of_file_has_a_specimen() -> None:
    assert set(FILES) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_source_reads_its_specimen_the_same_way_twice(kind: str, tmp_path: Path) -> None:
    name, make = FILES[kind]
    place = tmp_path / name
    place.write_bytes(make())
    source = registry.find("sources", kind)()
    assert source.name == kind
    assert source.accepts(str(place))
    first, second = (list(source.read(str(place), OPTIONS)) for _ in range(2))
    assert first == second
    assert first
    for raw in first:
        assert isinstance(raw, RawDocument), raw
        assert raw.uri
        assert "Norway recalled its ambassador from Chad on Monday" in raw.text
        assert "\r" not in raw.text


@pytest.mark.parametrize("kind", KINDS)
def test_source_is_chosen_by_name_and_by_looks(kind: str) -> None:
    name, make = FILES[kind]
    named = list(unpacked(Parcel.of_bytes("x", make(), name=name), OPTIONS))
    nameless = list(unpacked(Parcel.of_bytes("x", make(), name="-"), OPTIONS))
    assert [raw.text for raw in named if isinstance(raw, RawDocument)]
    assert named == nameless


@pytest.mark.parametrize("kind", KINDS)
def test_source_sets_a_missing_file_aside(kind: str, tmp_path: Path) -> None:
    (found,) = registry.find("sources", kind)().read(str(tmp_path / "none"), OPTIONS)
    assert isinstance(found, SetAside)
    assert found.error.code == "D201"


def _bytes(kind: str) -> st.SearchStrategy[bytes]:
    """Random bytes, and the specimen with a piece of it replaced: what passes the first check and fails later."""
    whole = FILES[kind][1]()
    cut = st.builds(
        lambda at, piece, keep: whole[: at % len(whole)] + piece + whole[at % len(whole) + keep :],
        st.integers(0, len(whole)),
        st.binary(max_size=12),
        st.integers(0, 60),
    )
    return st.one_of(st.binary(max_size=300), cut)


@pytest.mark.parametrize("kind", KINDS)
def test_source_never_raises_on_any_bytes(kind: str) -> None:
    source = registry.find("sources", kind)()

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(_bytes(kind))
    def check(data: bytes) -> None:
        try:
            found = list(source.unpack(Parcel.of_bytes("x", data), OPTIONS))
        except InputError as error:
            found = [SetAside("x", error)]
        for one in found:
            assert one.uri
            if isinstance(one, RawDocument):
                assert one.text.strip()
                one.text.encode("utf-8")
            else:
                assert one.error.code != "D299", one.error

    check()


def test_standard_input_reads_every_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    for _, make in FILES.values():
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(make())))
        found = list(open_inputs(["-"]))
        assert found
        assert all(isinstance(one, RawDocument) for one in found)


def test_folder_is_read_in_the_order_of_its_paths(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/b/c.txt", "Z.txt", ".hidden.txt", "a/.cache/d.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(specimens.ARTICLE.encode())
    found = [Path(one.uri).relative_to(tmp_path).as_posix() for one in open_inputs([str(tmp_path)])]
    assert found == ["Z.txt", "a/b/c.txt", "a/z.txt", "b.txt"]

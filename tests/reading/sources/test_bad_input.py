"""What bad input gets: one error with its own code, that names the file, the value, what was expected and what to do;
and the articles beside it are read."""

from __future__ import annotations

import errno
import gzip
import io
import os
import struct
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

import pytest

import specimens
from detente.reading.sources import open_inputs
from detente.reading.sources.arrival import arrive
from detente.reading.sources.raw import RawDocument, SetAside, SourceOptions
from detente.settings import Settings

SETTINGS = Settings(database=Path())
Write = Callable[[str, bytes], Path]


def set_aside(place: Path | str, code: str, options: SourceOptions | None = None) -> SetAside:
    """The one SetAside of `place`, its error complete and of this code."""
    found = list(open_inputs([str(place)], options))
    bad = [one for one in found if isinstance(one, SetAside)]
    assert len(bad) == 1, found
    _is_complete(bad[0], code)
    return bad[0]


def _is_complete(one: SetAside, code: str) -> None:
    error = one.error
    assert error.code == code, error
    assert one.uri.rsplit("/", 1)[-1] in error.what
    assert error.value
    assert error.expected
    assert error.todo


def opens_as(monkeypatch: pytest.MonkeyPatch, place: Path, outcome: OSError | BinaryIO) -> None:
    """Lets `place` alone open with this outcome, as whoever runs the tests may be allowed to read everything."""
    real = Path.open

    def opens(self: Path, *args: Any, **kwargs: Any) -> Any:
        if self != place:
            return real(self, *args, **kwargs)
        if isinstance(outcome, OSError):
            raise outcome
        return outcome

    monkeypatch.setattr(Path, "open", opens)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(name: str, data: bytes) -> Path:
        (tmp_path / name).write_bytes(data)
        return tmp_path / name

    return write


def test_missing_file_is_set_aside_and_the_next_is_read(tmp_path: Path, write: Write) -> None:
    good = write("good.txt", specimens.text_file())
    first, second = open_inputs([str(tmp_path / "none.txt"), str(good)])
    assert isinstance(first, SetAside)
    _is_complete(first, "D201")
    assert isinstance(second, RawDocument)


def test_pattern_that_fits_nothing(tmp_path: Path) -> None:
    assert "pattern" in set_aside(tmp_path / "*.txt", "D201").error.what


def test_name_with_a_nul_is_no_file() -> None:
    (found,) = open_inputs(["a\0b"])
    assert isinstance(found, SetAside)
    assert found.error.code == "D201"


def test_folder_without_articles(tmp_path: Path) -> None:
    (tmp_path / ".hidden.txt").write_text("not read")
    assert ".txt" in str(set_aside(tmp_path, "D202").error.expected)


def test_file_of_a_kind_that_is_not_read_in_folders(tmp_path: Path, write: Write) -> None:
    write("a.txt", specimens.text_file())
    write("b.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    found = list(open_inputs([str(tmp_path)]))
    assert [type(one) for one in found] == [RawDocument, SetAside]
    _is_complete(found[1], "D209")


@pytest.mark.parametrize("data", [b"", b" \n\n\t", b"\xef\xbb\xbf"])
def test_empty_file(write: Write, data: bytes) -> None:
    set_aside(write("empty.txt", data), "D203")


def test_file_without_words(write: Write) -> None:
    set_aside(write("rule.txt", b"* * * ---- * * *\n"), "D203")


@pytest.mark.parametrize("name", ["a.txt", "a", "a.csv", "a.jsonl", "a.html"])
def test_binary_file(write: Write, name: str) -> None:
    data = bytes(range(256)) * 20
    set_aside(write(name, data), "D204")


def test_encoding_that_cannot_be_told(write: Write) -> None:
    stray = b"".join(bytes([0x81 + (7 * i) % 0x70]) + b"x" for i in range(4000))
    good = "Зал заседаний".encode() * 3
    set_aside(write("mixed.txt", b"The talks " + good + stray), "D205")


def test_marked_as_utf16_and_is_not(write: Write) -> None:
    set_aside(write("marked.txt", b"\xff\xfe" + b"\x00\xd8" * 500), "D205")


def test_few_nul_bytes_are_cleaned_away(write: Write) -> None:
    (found,) = open_inputs([str(write("nul.txt", specimens.ARTICLE.encode().replace(b"on Monday", b"on\0 Monday")))])
    assert isinstance(found, RawDocument)
    assert found.text == specimens.ARTICLE


def test_text_over_the_size_is_set_aside_quickly(write: Write) -> None:
    place = write("long.txt", b"Norway said no. " * 3_200_000)
    start = time.process_time()
    assert "50,000,000" in str(set_aside(place, "D206").error)
    assert time.process_time() - start < 5


def test_row_over_the_size_is_set_aside_and_the_others_are_read(write: Write) -> None:
    options = SourceOptions(largest_text_bytes=1000)
    row = '{"text": "Norway recalled its envoy from Chad."}\n'
    lines = write("rows.jsonl", (row + '{"text": "' + "word " * 1000 + '"}\n' + row).encode())
    found = list(open_inputs([str(lines)], options))
    assert [type(one) for one in found] == [RawDocument, SetAside, RawDocument]
    _is_complete(found[1], "D206")
    table = write("rows.csv", b"title,text\na,Norway said no.\nb," + b"word " * 1000 + b"\nc,Chad said no.\n")
    found = list(open_inputs([str(table)], options))
    assert sorted(type(one).__name__ for one in found) == ["RawDocument", "RawDocument", "SetAside"]


def test_page_without_an_article(write: Write) -> None:
    set_aside(
        write("list.html", b"<html><body><nav><a href='/a'>One</a><a href='/b'>Two</a></nav></body></html>"), "D210"
    )


def test_page_of_too_many_elements(write: Write) -> None:
    set_aside(write("huge.html", b"<html><body>" + b"<p>no</p>" * 50_001), "D206")


def test_pdf_page_that_shows_text_without_end(write: Write) -> None:
    set_aside(write("huge.pdf", specimens.pdf([["Norway said no."] * 20_000])), "D206")


def test_mail_with_a_field_without_end(write: Write) -> None:
    set_aside(write("huge.eml", b"From: a\nDate: b\nSubject: " + b"=?utf-8?q?a?= " * 20_000 + b"\n\nNo."), "D229")


def test_pipe_in_a_folder_keeps_nobody_waiting(tmp_path: Path, write: Write) -> None:
    write("a.txt", specimens.text_file())
    os.mkfifo(tmp_path / "b.txt")
    found = list(open_inputs([str(tmp_path)]))
    assert [type(one) for one in found] == [RawDocument, SetAside]
    _is_complete(found[1], "D209")


def test_name_too_long_for_the_system(write: Write) -> None:
    first, second = open_inputs(["a" * 5000, str(write("a.txt", specimens.text_file()))])
    assert isinstance(first, SetAside)
    assert first.error.code == "D207"
    assert isinstance(second, RawDocument)


def test_paywall_stub(write: Write) -> None:
    stub = specimens.page(specimens.PARAGRAPHS[:2], foot="<div><p>Subscribe to continue reading.</p></div>")
    set_aside(write("stub.html", stub), "D211")


def test_page_that_states_it_is_locked(write: Write) -> None:
    locked = '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":"False"}</script>'
    set_aside(write("locked.html", specimens.page(specimens.PARAGRAPHS[:2], head=locked)), "D211")


def test_long_article_that_asks_for_subscribers_is_read(write: Write) -> None:
    whole = specimens.page(specimens.PARAGRAPHS * 3, foot="<p>Subscribe to read more like this.</p>")
    (found,) = open_inputs([str(write("whole.html", whole))])
    assert isinstance(found, RawDocument)


@pytest.mark.parametrize("data", [b"%PDF-1.7\nand no more", b"not even a mark"])
def test_broken_pdf(write: Write, data: bytes) -> None:
    set_aside(write("broken.pdf", data), "D212")


def test_encrypted_pdf(write: Write) -> None:
    set_aside(write("locked.pdf", specimens.locked_pdf("secret")), "D213")


def test_scanned_pdf(write: Write) -> None:
    set_aside(write("scan.pdf", specimens.pdf([[], []])), "D214")


def test_zip_that_inflates_past_its_budget(write: Write) -> None:
    bomb = specimens.archive({"a.txt": b"a " * 2_000_000})
    set_aside(write("bomb.zip", bomb), "D215", SourceOptions(largest_inflated_bytes=1_000_000))


def test_zip_in_zip_draws_on_one_budget(write: Write) -> None:
    inner = specimens.archive({f"{n}.txt": specimens.text_file() + b" " * 300_000 for n in range(3)})
    outer = specimens.archive({"1.zip": inner, "2.zip": inner})
    found = list(open_inputs([str(write("outer.zip", outer))], SourceOptions(largest_inflated_bytes=1_000_000)))
    assert len([one for one in found if isinstance(one, RawDocument)]) == 3
    assert [one.error.code for one in found if isinstance(one, SetAside)] == ["D215"]


def test_zips_one_in_the_other_without_end(write: Write) -> None:
    data = specimens.text_file()
    for _ in range(6):
        data = specimens.archive({"a.zip": data})
    (found,) = open_inputs([str(write("deep.zip", data))])
    assert isinstance(found, SetAside)
    assert found.error.code == "D215"


def test_zip_that_declares_less_than_it_holds(write: Write) -> None:
    data = bytearray(specimens.archive({"a.txt": b"word " * 100_000}))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 10)
    set_aside(write("liar.zip", bytes(data)), "D216")


def test_docx_that_inflates_past_its_budget(write: Write) -> None:
    out = io.BytesIO(specimens.word())
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/media/bomb.bin", b"\0" * 3_000_000)
    set_aside(write("bomb.docx", out.getvalue()), "D215", SourceOptions(largest_inflated_bytes=2_000_000))


def test_gzip_that_inflates_past_its_budget(write: Write) -> None:
    bomb = gzip.compress(b"Norway said no. " * 200_000)
    set_aside(write("bomb.txt.gz", bomb), "D215", SourceOptions(largest_inflated_bytes=1_000_000))


@pytest.mark.parametrize("name", ["broken.zip", "broken.docx", "broken.txt.gz"])
def test_archive_that_breaks_off(write: Write, name: str) -> None:
    whole = {"zip": specimens.archive(), "docx": specimens.word(), "gz": gzip.compress(specimens.text_file())}
    set_aside(write(name, whole[name.rsplit(".", 1)[1]][:-30]), "D216")


def test_encrypted_zip(write: Write) -> None:
    data = bytearray(specimens.archive({"a.txt": specimens.text_file()}))
    data[6] |= 1
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    set_aside(write("locked.zip", bytes(data)), "D227")


def test_zip_without_articles(write: Write) -> None:
    found = list(open_inputs([str(write("pictures.zip", specimens.archive({"a.png": b"\x89PNG"})))]))
    assert [one.error.code for one in found if isinstance(one, SetAside)] == ["D209", "D202"]


def test_table_without_the_named_column(write: Write) -> None:
    place = write("rows.csv", b"headline,body\nA,Norway said no.\n")
    error = set_aside(place, "D217").error
    assert "headline, body" in str(error.value)
    assert "--column text=" in str(error.todo)
    options = SourceOptions(columns={"text": "body", "published": "day"})
    assert "'day'" in set_aside(place, "D217", options).error.what


def test_half_a_json_line_and_the_others_are_read(write: Write) -> None:
    rows = '{"text": "Norway said no."}\n{"text": "Chad sa\n{"text": "Peru said yes."}\n[1, 2]\n{"title": "no text"}\n'
    found = list(open_inputs([str(write("rows.jsonl", rows.encode()))]))
    assert [one.uri[-6:] for one in found if isinstance(one, RawDocument)] == ["line=1", "line=3"]
    bad = [one for one in found if isinstance(one, SetAside)]
    for one, code in zip(bad, ("D218", "D218", "D217"), strict=True):
        _is_complete(one, code)


def test_json_nested_without_end(write: Write) -> None:
    set_aside(write("deep.jsonl", b'{"a":' * 100_000 + b"\n"), "D218")


def test_row_with_too_many_cells_and_the_others_are_read(write: Write) -> None:
    rows = b"title,text\na,Norway said no.\nb,Chad, too, said no.\nc,Peru said yes.\n"
    found = list(open_inputs([str(write("rows.csv", rows))]))
    assert [type(one) for one in found] == [RawDocument, SetAside, RawDocument]
    _is_complete(found[1], "D218")


def test_feed_that_is_a_page(write: Write) -> None:
    assert "web page" in str(set_aside(write("feed.rss", specimens.page()), "D219").error.value)


def test_feed_without_entries(write: Write) -> None:
    set_aside(write("feed.xml", b"<rss version='2.0'><channel><title>Empty</title></channel></rss>"), "D203")


def test_feed_entry_with_only_a_link(write: Write) -> None:
    (found,) = open_inputs([str(write("feed.rss", specimens.rss(content=False)))])
    assert isinstance(found, SetAside)
    assert found.uri == "https://post.example/1"
    assert found.error.code == "D220"
    assert "detente read https://post.example/1" in str(found.error.todo)


def test_web_archive_that_breaks_off_keeps_what_was_read(write: Write) -> None:
    found = list(open_inputs([str(write("crawl.warc", specimens.warc() + b"no record at all\r\n\r\n" * 3))]))
    assert [type(one) for one in found] == [RawDocument, RawDocument, SetAside]
    _is_complete(found[2], "D226")


def test_web_archive_without_pages(write: Write) -> None:
    set_aside(write("errors.warc", specimens.warc(status="404 Not Found")), "D202")


def test_mail_that_is_none(write: Write) -> None:
    set_aside(write("none.eml", b"There was no message here, only words.\n"), "D229")


def test_mail_without_text(write: Write) -> None:
    set_aside(
        write("bare.eml", b"From: a@b.example\nSubject: Nothing\nDate: Mon, 01 Jul 2024 10:00:00 +0000\n\n"), "D210"
    )


def test_link_that_leads_back_to_its_folder(tmp_path: Path, write: Write) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    write("z.txt", specimens.text_file())
    found = list(open_inputs([str(tmp_path)]))
    assert [type(one) for one in found] == [SetAside, RawDocument]
    _is_complete(found[0], "D208")


def test_folder_that_many_links_lead_to_is_read_once(tmp_path: Path, write: Write) -> None:
    (tmp_path / "a").mkdir()
    write("a/article.txt", specimens.text_file())
    for name in "bcd":
        (tmp_path / name).symlink_to(tmp_path / "a")
    assert len(list(open_inputs([str(tmp_path)]))) == 1


def test_file_that_may_not_be_read(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    place = write("secret.txt", specimens.text_file())

    opens_as(monkeypatch, place, PermissionError(errno.EACCES, "Permission denied", str(place)))
    assert "ermission" in str(set_aside(place, "D207").error.value)


def test_folder_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr("detente.reading.sources.folder.os.scandir", refuse)
    set_aside(tmp_path, "D207")


def test_disk_that_fails_in_the_middle(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    class Failing(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError(errno.EIO, "Input/output error")

    place = write("a.txt", specimens.text_file())
    opens_as(monkeypatch, place, Failing())
    set_aside(place, "D207")


def test_read_only_folder_is_read_and_nothing_is_written(tmp_path: Path, write: Write) -> None:
    write("a.txt", specimens.text_file())
    write("b.docx", specimens.word())
    before = sorted(path.name for path in tmp_path.iterdir())
    tmp_path.chmod(0o555)
    try:
        found = list(open_inputs([str(tmp_path)]))
    finally:
        tmp_path.chmod(0o755)
    assert [type(one) for one in found] == [RawDocument, RawDocument]
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_date_of_a_row_that_is_no_date_is_a_warning(write: Write) -> None:
    rows = b"text,published\nNorway said no.,31 February 2024\nChad said no.,1 March 2024\n"
    first, second = open_inputs([str(write("rows.csv", rows))])
    assert isinstance(first, RawDocument)
    assert isinstance(second, RawDocument)
    arrival = arrive(first, SETTINGS)
    assert arrival.document.published is None
    (warning,) = arrival.warnings
    _is_complete(SetAside(first.uri, warning), "D224")
    assert "31 February 2024" in str(warning.value)
    assert arrive(second, SETTINGS).warnings == ()


def test_installed_source_that_fails_is_told_as_a_bug(monkeypatch: pytest.MonkeyPatch, write: Write) -> None:
    def fail(*args: object) -> None:
        raise RuntimeError("out of order")

    monkeypatch.setattr("detente.reading.sources.text.header", fail)
    assert "out of order" in str(set_aside(write("a.txt", specimens.text_file()), "D299").error.value)

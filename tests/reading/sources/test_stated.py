"""What each kind of file states about its article, and what is not taken from it."""

from __future__ import annotations

import io
import json
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

import specimens
from detente.reading.sources import open_inputs
from detente.reading.sources.local import local_uri
from detente.reading.sources.raw import RawDocument, SetAside, SourceOptions


def only(place: Path, data: bytes, options: SourceOptions | None = None) -> RawDocument:
    """The one article in a file with this content."""
    place.write_bytes(data)
    (found,) = open_inputs([str(place)], options)
    assert isinstance(found, RawDocument), found
    return found


def stated(raw: RawDocument) -> tuple[str | None, ...]:
    return raw.title, raw.outlet, raw.author, raw.published, raw.published_basis


def test_page_states_title_outlet_author_and_date(tmp_path: Path) -> None:
    page = specimens.page(head="<meta name='author' content='Kari Lund'>")
    raw = only(tmp_path / "a.html", page)
    assert stated(raw) == (specimens.TITLE, specimens.OUTLET, "Kari Lund", "2024-07-01T23:30:00-04:00", "metadata")
    assert raw.text.endswith(specimens.ARTICLE)
    assert "Home" not in raw.text
    assert "All rights" not in raw.text


def test_page_takes_its_date_from_linked_data(tmp_path: Path) -> None:
    data = {"@graph": [{"@type": "WebSite"}, {"@type": "NewsArticle", "datePublished": "2021-05-06T01:00:00+02:00"}]}
    page = specimens.page(head=f"<script type='application/ld+json'>{json.dumps(data)}</script>")
    assert only(tmp_path / "a.html", page).published == "2021-05-06T01:00:00+02:00"


def test_page_takes_no_date_from_its_text(tmp_path: Path) -> None:
    page = specimens.page((*specimens.PARAGRAPHS, "They had met on 3 March 2020 in Geneva for the first time."))
    page = page.replace(b"article:published_time", b"og:nothing").replace(b"2024-07-01T23:30:00-04:00", b"-")
    assert only(tmp_path / "a.html", page).published is None


def test_page_in_a_declared_encoding(tmp_path: Path) -> None:
    page = specimens.page().decode().replace("charset='utf-8'", "charset='windows-1252'").encode("cp1252")
    assert "“We will not wait any longer,”" in only(tmp_path / "a.html", page).text


def test_mail_states_sender_subject_and_date(tmp_path: Path) -> None:
    raw = only(tmp_path / "a.eml", specimens.mail())
    assert stated(raw) == (
        specimens.TITLE,
        specimens.OUTLET,
        "Kari Lund",
        "Mon, 01 Jul 2024 23:30:00 -0400",
        "metadata",
    )
    assert raw.text == specimens.ARTICLE


def test_mail_with_only_a_page_and_an_attachment(tmp_path: Path) -> None:
    message = EmailMessage()
    message["From"] = "desk@post.example"
    message["Subject"] = "Two articles"
    message["Date"] = "Mon, 01 Jul 2024 10:00:00 +0000"
    message.set_content("<p>Norway said no.</p><p>Chad &amp; Peru said&nbsp;yes.</p>", subtype="html")
    message.add_attachment(specimens.word(), maintype="application", subtype="octet-stream", filename="a.docx")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="logo.png")
    (tmp_path / "a.eml").write_bytes(bytes(message))
    first, second = open_inputs([str(tmp_path / "a.eml")])
    assert isinstance(first, RawDocument)
    assert first.text == "Norway said no.\n\nChad & Peru said yes."
    assert first.author == "desk@post.example"
    assert second.uri.endswith("a.eml!/a.docx")


def test_word_file_states_its_core_properties(tmp_path: Path) -> None:
    raw = only(tmp_path / "a.docx", specimens.word())
    assert stated(raw) == (specimens.TITLE, None, "Kari Lund", "2024-07-01T23:30:00+00:00", "metadata")
    assert raw.text == specimens.ARTICLE


def test_word_file_with_a_table_and_without_a_date_of_its_own(tmp_path: Path) -> None:
    from docx import Document

    made = Document()
    made.add_heading("Envoys meet", 1)
    table = made.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Norway", "12"
    made.add_paragraph("Chad said no.")
    out = io.BytesIO()
    made.save(out)
    raw = only(tmp_path / "a.docx", out.getvalue())
    assert raw.text == "Envoys meet\n\nNorway\n12\n\nChad said no."
    assert (raw.author, raw.published) == (None, None)
    assert made.core_properties.created.replace(tzinfo=None) == datetime(2013, 12, 23, 23, 15)


def test_pdf_states_its_information_and_is_made_of_paragraphs(tmp_path: Path) -> None:
    raw = only(tmp_path / "a.pdf", specimens.pdf())
    assert stated(raw) == (specimens.TITLE, None, "Kari Lund", "D:20240701233000-04'00'", "metadata")
    assert raw.text == specimens.ARTICLE


def test_pdf_loses_running_heads_and_page_numbers(tmp_path: Path) -> None:
    lines = specimens.broken_lines(specimens.ARTICLE, 72)
    pages = [["The Harbour Post", *lines[at : at + 3], str(at // 3 + 1)] for at in range(0, len(lines), 3)]
    assert len(pages) > 2
    raw = only(tmp_path / "a.pdf", specimens.pdf(pages))
    assert raw.text == specimens.ARTICLE


def test_pdf_that_opens_without_a_password_is_read(tmp_path: Path) -> None:
    assert only(tmp_path / "a.pdf", specimens.locked_pdf("")).title == specimens.TITLE


def test_feed_states_entry_and_outlet(tmp_path: Path) -> None:
    raw = only(tmp_path / "a.rss", specimens.rss())
    assert stated(raw) == (specimens.TITLE, specimens.OUTLET, None, "Mon, 01 Jul 2024 23:30:00 -0400", "metadata")
    assert raw.uri == "https://post.example/1"
    assert raw.text == specimens.ARTICLE


def test_web_archive_takes_no_date_from_the_crawl(tmp_path: Path) -> None:
    undated = specimens.page().replace(b"article:published_time", b"og:nothing")
    undated = undated.replace(b"2024-07-01T23:30:00-04:00", b"-")
    (tmp_path / "a.warc.gz").write_bytes(specimens.warc(packed=True, body=undated))
    first, second = open_inputs([str(tmp_path / "a.warc.gz")])
    assert isinstance(first, RawDocument)
    assert (first.uri, first.published) == ("https://post.example/1", None)
    assert second.uri == "https://post.example/2"


def test_table_with_other_names_and_its_own_dates(tmp_path: Path) -> None:
    rows = "Headline;body;Day\nOne;Norway said no.;1 July 2024\nTwo;Chad said; 2 July 2024\n".replace(
        "said;", '"said";'
    )
    place = tmp_path / "a.csv"
    place.write_text("\ufeff" + rows)
    options = SourceOptions(columns={"text": "body", "title": "Headline", "published": "day"})
    found = list(open_inputs([str(place)], options))
    assert [stated(raw)[0::3] for raw in found if isinstance(raw, RawDocument)] == [("One", "1 July 2024"), ("Two", "2 July 2024")]  # fmt: skip  # noqa: E501
    assert [raw.uri[-6:] for raw in found] == ["line=2", "line=3"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_table_in_every_encoding_and_line_ending(tmp_path: Path, encoding: str, ending: str) -> None:
    rows = ["title,text", "One,“Norway said no.”", 'Two,"Chad, too, said “no”."', ""]
    place = tmp_path / "a.csv"
    place.write_bytes(ending.join(rows).encode(encoding))
    found = list(open_inputs([str(place)]))
    assert [getattr(raw, "text", raw) for raw in found] == ["“Norway said no.”", "Chad, too, said “no”."]


def test_quotation_mark_that_never_closes_swallows_no_rows_unseen(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('title,text\nOne,Norway said no.\nTwo,"Chad said no.\nThree,Peru said yes.\n')
    first, second = open_inputs([str(tmp_path / "a.csv")])
    assert isinstance(first, RawDocument)
    assert isinstance(second, SetAside)
    assert "never closed" in str(second.error.value)


def test_export_is_read_back(tmp_path: Path) -> None:
    published = {"start": "2024-07-01", "end": "2024-07-01", "basis": "given"}
    inferred = {"start": "2024-01-01", "end": "2024-03-31", "basis": "inferred"}
    rows = [
        {"record": "document", "uri": "a", "text": "Norway said no.", "published": published},
        {"record": "event", "event_id": "e1"},
        {"record": "document", "uri": "b", "text": "Chad said no.", "published": inferred},
    ]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    found = list(open_inputs([str(tmp_path / "a.jsonl")]))
    assert [(raw.uri, getattr(raw, "published", "?")) for raw in found] == [("a", "2024-07-01"), ("b", None)]


def test_list_in_json_and_an_object_over_many_lines(tmp_path: Path) -> None:
    rows = [{"title": "One", "text": "Norway said no."}, {"title": "Two", "text": "Chad said no."}]
    (tmp_path / "a.json").write_text(json.dumps(rows, indent=2))
    (tmp_path / "b.json").write_text(json.dumps(rows[0], indent=2))
    assert [one.uri[-6:] for one in open_inputs([str(tmp_path / "a.json"), str(tmp_path / "b.json")])] == [
        "item=1",
        "item=2",
        "b.json",
    ]


def test_members_of_an_archive_are_named_and_in_order(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(
        specimens.archive({"z.txt": specimens.text_file(), "__MACOSX/z.txt": b"x", "b/c.pdf": specimens.pdf()})
    )
    found = list(open_inputs([str(tmp_path / "a.zip")]))
    assert [one.uri.rsplit("!", 1)[1] for one in found] == ["/b/c.pdf", "/z.txt"]


def test_file_is_called_by_its_path_from_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert local_uri(str(tmp_path / "a" / "b.txt")) == "a/b.txt"
    assert local_uri("./a/b.txt") == "a/b.txt"
    assert local_uri("../b.txt") == "../b.txt"
    assert local_uri("/elsewhere/b.txt") == "/elsewhere/b.txt"


def test_pattern_and_folder_give_the_same_articles(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    for name in ("a/1.txt", "2.txt"):
        (tmp_path / name).write_bytes(specimens.text_file())
    assert list(open_inputs([str(tmp_path / "**" / "*.txt")])) == list(open_inputs([str(tmp_path / "2.txt"), str(tmp_path / "a")]))  # fmt: skip  # noqa: E501


def test_column_that_is_no_field_is_wrong_use() -> None:
    from detente.errors import UsageError

    with pytest.raises(UsageError) as caught:
        open_inputs(["a.csv"], SourceOptions(columns={"body": "text"}))
    assert "outlet_territory" in str(caught.value.expected)

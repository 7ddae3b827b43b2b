"""From what arrived to the document: overrides, identity, language."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import ClassVar

import msgspec
import pytest

import specimens
from detente import __version__
from detente.errors import InputError, UsageError
from detente.reading.sources.arrival import arrive, check_overrides, document
from detente.reading.sources.raw import RawDocument
from detente.settings import Settings

RAW = RawDocument(
    uri="a.txt",
    text=specimens.ARTICLE,
    title=specimens.TITLE,
    outlet=specimens.OUTLET,
    author="Kari Lund",
    published="2024-07-01",
    published_basis="metadata",
)


def told(**settings: object) -> Settings:
    return Settings(database=Path(), **settings)  # type: ignore[arg-type]


def test_document_holds_what_was_stated() -> None:
    doc = document(RAW, told())
    assert (doc.uri, doc.title, doc.outlet, doc.author) == ("a.txt", RAW.title, RAW.outlet, RAW.author)
    assert doc.text == specimens.ARTICLE
    assert doc.text_sha256 == sha256(doc.text.encode()).hexdigest()
    assert (doc.language, doc.reader_version) == ("en", __version__)
    assert doc.published is not None
    assert (doc.published.start, doc.published.basis) == ("2024-07-01", "metadata")


def test_overrides_go_before_what_is_stated() -> None:
    doc = document(RAW, told(published="3 May 2021", outlet="The Other", outlet_territory="per"))
    assert doc.published is not None
    assert (doc.published.start, doc.published.basis, doc.published.raw) == ("2021-05-03", "given", "3 May 2021")
    assert (doc.outlet, doc.outlet_territory) == ("The Other", "PER")


def test_override_heals_a_bad_date() -> None:
    bad = msgspec.structs.replace(RAW, published="someday")
    assert len(arrive(bad, told()).warnings) == 1
    assert arrive(bad, told(published="2024-07-01")).warnings == ()


@pytest.mark.parametrize("value", ["2024-02-30", "tomorrow", "3/4/2024"])
def test_override_that_is_no_date_is_wrong_use(value: str) -> None:
    with pytest.raises(UsageError) as caught:
        document(RAW, told(published=value))
    assert value in str(caught.value)
    assert caught.value.todo == "write it as 2024-07-01"
    with pytest.raises(UsageError):
        check_overrides(told(published=value))


def test_override_that_is_no_territory_is_wrong_use() -> None:
    with pytest.raises(UsageError):
        check_overrides(told(outlet_territory="?!"))
    check_overrides(told(published="2024", outlet_territory="AZE"))


def test_id_is_of_the_content_not_of_the_place() -> None:
    first = document(RAW, told()).document_id
    assert first == document(msgspec.structs.replace(RAW, uri="elsewhere.html"), told()).document_id
    assert first == document(msgspec.structs.replace(RAW, published="1 July 2024"), told()).document_id
    for field in ("text", "title", "outlet", "author"):
        changed = msgspec.structs.replace(RAW, **{field: getattr(RAW, field) + " again"})
        assert document(changed, told()).document_id != first
    assert document(msgspec.structs.replace(RAW, published="2024-07-02"), told()).document_id != first


def test_text_that_was_not_cleaned_before_is_cleaned() -> None:
    dirty = msgspec.structs.replace(RAW, text=specimens.ARTICLE.replace("\n", "\r\n").replace("Norway", "Nor\u00adway"))
    assert document(dirty, told()).text == specimens.ARTICLE


def test_text_over_the_size_of_the_run() -> None:
    with pytest.raises(InputError) as caught:
        document(RAW, told(largest_text_bytes=100))
    assert caught.value.code == "D206"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            "El gobierno de Chile llamó a su embajador en Lima después de la reunión con los pescadores.",
            "es",
        ),
        ("Норвегия отозвала своего посла из Чада после долгого спора о рыболовных судах на озере.", "ru"),
        ("دعت الحكومة النرويجية سفيرها إلى العودة بعد خلاف طويل حول قوارب الصيد", "ar"),
        ("Посол", "und"),
    ],
)
def test_language_that_is_not_read(text: str, language: str) -> None:
    with pytest.raises(InputError) as caught:
        document(RawDocument(uri="b.txt", text=text), told())
    assert caught.value.code == "D225"
    assert "b.txt" in caught.value.what
    assert str(caught.value.value).startswith(language)


@pytest.mark.parametrize("text", ["Chad said no.", "U.S. lifts travel ban to Lebanon.", specimens.ARTICLE.upper()])
def test_short_or_loud_english_is_read(text: str) -> None:
    assert document(RawDocument(uri="b.txt", text=text), told()).language == "en"


def test_stated_language_counts_where_the_text_is_too_short() -> None:
    with pytest.raises(InputError):
        document(RawDocument(uri="b.txt", text="Oslo sier nei.", language="no"), told())
    assert document(RawDocument(uri="b.txt", text=specimens.ARTICLE, language="no"), told()).language == "en"


class _Territories:
    by_code: ClassVar[dict[str, object]] = {}

    def get(self, code: str) -> object | None:
        return _Peru if code == "PER" else None

    def by_name(self, text: str) -> object | None:
        return _Peru if text == "Peru" else None


class _Peru:
    code = "PER"


def test_territory_may_be_a_name_where_territories_are_known() -> None:
    known = _Territories()
    raw = msgspec.structs.replace(RAW, outlet_territory="Peru")
    assert document(raw, told(), known).outlet_territory == "PER"  # type: ignore[arg-type]
    assert document(msgspec.structs.replace(raw, outlet_territory="Nowhere"), told(), known).outlet_territory is None  # type: ignore[arg-type]
    with pytest.raises(UsageError):
        check_overrides(told(outlet_territory="ZZZ"), known)  # type: ignore[arg-type]

"""From what arrived to the document of the record: overrides, date, language, identity."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING

from msgspec import Struct

from detente import __version__
from detente.errors import InputError, UsageError
from detente.model.date import Date
from detente.model.document import Document
from detente.model.identity import make_id
from detente.reading.sources.cleaning import cleaned, cleaned_line
from detente.reading.sources.errors import BadDate, OtherLanguage, TooLarge
from detente.reading.sources.language import identify
from detente.reading.sources.parcel import too_large
from detente.reading.sources.published import EXPECTED, is_ambiguous, read_published
from detente.reading.sources.raw import RawDocument
from detente.settings import Settings

if TYPE_CHECKING:
    from detente.knowledge.territory import Territories

LANGUAGES = frozenset({"en"})  # those that have lexicons
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_-]{2,11}")


class Arrival(Struct, frozen=True):
    """A document that can be read, and what in its own statements could not be."""

    document: Document
    warnings: tuple[InputError, ...] = ()


def document(raw: RawDocument, settings: Settings, territories: Territories | None = None) -> Document:
    """The document of the record. Raises InputError where it cannot be read, UsageError where an override is wrong."""
    return arrive(raw, settings, territories).document


def arrive(raw: RawDocument, settings: Settings, territories: Territories | None = None) -> Arrival:
    """The document, with a warning for a stated date that is no date: it is read without one.

    With `territories`, the outlet's territory may be a name and must be known; without, it is only written as a code.
    """
    if len(raw.text) > settings.largest_text_bytes or len(raw.text.encode("utf-8", "replace")) > (
        settings.largest_text_bytes
    ):
        raise too_large(raw.uri, settings.largest_text_bytes)
    text = cleaned(raw.text, raw.uri)
    if len(text) > settings.largest_article_characters:
        raise _too_long(raw.uri, len(text), settings.largest_article_characters)
    published, warnings = _published(raw, settings)
    title, author = cleaned_line(raw.title), cleaned_line(raw.author)
    outlet = cleaned_line(settings.outlet) or cleaned_line(raw.outlet)
    digest = sha256(text.encode("utf-8")).hexdigest()
    start, end = (published.start, published.end) if published is not None else (None, None)
    return Arrival(
        Document(
            document_id=make_id("doc", digest, title, outlet, author, start, end),
            uri=raw.uri,
            text=text,
            text_sha256=digest,
            language=_language(text, raw),
            reader_version=__version__,
            outlet=outlet,
            outlet_territory=_territory(raw, settings, territories),
            title=title,
            author=author,
            published=published,
        ),
        warnings,
    )


def check_overrides(settings: Settings, territories: Territories | None = None) -> None:
    """Raises UsageError where `--published` or `--outlet-territory` cannot be meant. For before a run begins."""
    if settings.published is not None:
        _override(settings.published)
    if settings.outlet_territory is not None:
        _code(settings.outlet_territory, territories)


def _too_long(uri: str, length: int, limit: int) -> TooLarge:
    return TooLarge(
        f"{uri} is too long for one article",
        value=f"{length:,} characters",
        expected=f"at most {limit:,} characters in one article",
        todo="cut it into its articles or chapters, one file or one line of JSON each",
    )


def _published(raw: RawDocument, settings: Settings) -> tuple[Date | None, tuple[InputError, ...]]:
    if settings.published is not None:
        return _override(settings.published), ()
    if raw.published is None or not raw.published.strip():
        return None, ()
    published = read_published(raw.published, raw.published_basis)
    if published is not None:
        return published, ()
    reason = "it names one day where days come first and another where months do" if is_ambiguous(raw.published) else ""
    return None, (
        BadDate(
            f"the date of {raw.uri} is not clear" if reason else f"the date of {raw.uri} is no date",
            value=f"{raw.published[:80]!r}" + (f": {reason}" if reason else ""),
            expected=EXPECTED,
            todo="mend it where it is stated, or give --published; the article was read without it",
        ),
    )


def _override(value: str) -> Date:
    published = read_published(value, "given")
    if published is None:
        raise UsageError(
            "--published could be two days" if is_ambiguous(value) else "--published is no date",
            value=value[:80],
            expected=EXPECTED,
            todo="write it as 2024-07-01",
        )
    return published


def _territory(raw: RawDocument, settings: Settings, territories: Territories | None) -> str | None:
    if settings.outlet_territory is not None:
        return _code(settings.outlet_territory, territories)
    try:
        return _code(raw.outlet_territory, territories) if raw.outlet_territory is not None else None
    except UsageError:
        return None  # not knowing is null


def _code(value: str, territories: Territories | None) -> str:
    value = value.strip()
    if territories is not None:
        known = territories.by_code.get(value.upper()) or territories.by_name(value)
        if known is not None:
            return known.code
    elif _CODE.fullmatch(value):
        return value.upper()
    raise UsageError(
        "--outlet-territory is no territory",
        value=value[:80],
        expected="an ISO 3166 alpha-3 code such as AZE or USA",
        todo="write the three letters of where the outlet sits",
    )


def _language(text: str, raw: RawDocument) -> str:
    """The language that the text is read as. Raises OtherLanguage where it is one that is not yet read."""
    found = identify(text)
    stated = (raw.language or "").split("-")[0].split("_")[0].strip().lower()
    if found.language is None:  # too short to tell: what is stated, else English
        found_language = stated if stated.isalpha() and len(stated) in (2, 3) else "en"
        found_language = {"eng": "en"}.get(found_language, found_language)
    else:
        found_language = found.language
    if found_language not in LANGUAGES:
        raise OtherLanguage(
            f"{raw.uri} is in a language that is not yet read",
            value=f"{found_language}" + (f", probability {found.probability:.2f}" if found.language else ", as stated"),
            expected="English",
            todo="leave it out, or give a translation",
        )
    return found_language

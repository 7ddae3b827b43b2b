"""E-mails saved as files: the message itself, and the articles attached to it."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import default
from typing import ClassVar

from detente.reading.sources.choosing import by_suffix, kinds, unpacked
from detente.reading.sources.cleaning import cleaned, cleaned_line
from detente.reading.sources.decoding import decoded
from detente.reading.sources.errors import BrokenMail, NoArticle
from detente.reading.sources.file_kind import FileKind
from detente.reading.sources.hypertext import text_of_markup
from detente.reading.sources.parcel import Budget, Parcel
from detente.reading.sources.raw import Found, RawDocument, SetAside, SourceOptions
from detente.reading.sources.unwrapping import unwrapped

_FIELD = re.compile(
    rb"^(Return-Path|Received|From|To|Subject|Date|MIME-Version|Message-ID|Content-Type):", re.IGNORECASE | re.MULTILINE
)
_MOST_ATTACHMENTS = 200
_MOST_PARTS = 500
_LONGEST_FIELD = 10_000
_PARSED = frozenset(
    ("from", "subject", "date", "organization", "content-type", "content-disposition", "content-transfer-encoding")
)


class Eml(FileKind):
    """One article a message, and those attached in files of a kind that is read. `From` is the author, `Organization`
    the outlet, `Date` the date of publication."""

    name: ClassVar[str] = "eml"
    suffixes: ClassVar[tuple[str, ...]] = (".eml",)
    media_types: ClassVar[tuple[str, ...]] = ("message/rfc822",)

    def is_likely(self, head: bytes) -> bool:
        """At least three fields of a message's header before the first empty line, and a field in the first line."""
        top = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
        fields = {name.lower() for name in _FIELD.findall(top)}
        return len(fields) > 2 and re.match(rb"[\w-]{2,40}:", top) is not None

    def unpack(self, parcel: Parcel, options: SourceOptions) -> Iterator[Found]:
        data = parcel.whole(options.largest_file_bytes)
        try:
            if data.lower().count(b"multipart/") > _MOST_PARTS:
                raise _broken(parcel.uri, f"more than {_MOST_PARTS} parts of parts")
            message = email.message_from_bytes(data, policy=default)
            _check_fields(message, parcel.uri)
            names = {name.lower() for name in message.keys()}  # noqa: SIM118  a message is no mapping
            if not names & {"from", "subject", "date", "mime-version", "message-id"}:
                raise _broken(parcel.uri, "none of From, Subject, Date stands at its top")
            text = _body(message, parcel.uri)
            fields = {name: _stated(message, name) for name in ("subject", "from", "date", "organization")}
        except (LookupError, ValueError, TypeError, AttributeError, RecursionError) as error:
            raise _broken(parcel.uri, f"{type(error).__name__}: {error}") from error
        attached = list(_attached(message, parcel, options))
        if text.strip():
            yield RawDocument(
                uri=parcel.uri,
                text=cleaned(text, parcel.uri),
                title=fields["subject"],
                outlet=fields["organization"],
                author=_sender(fields["from"]),
                published=fields["date"],
                published_basis="metadata",
            )
        elif not attached:
            yield SetAside(parcel.uri, _nothing(parcel.uri))
        yield from attached


def _check_fields(message: EmailMessage, uri: str) -> None:
    """Raises BrokenMail for fields of a length that no program writes; the parser's time grows with its square."""
    for part in message.walk():
        for name, value in part.raw_items():
            if name.lower() in _PARSED and len(value) > _LONGEST_FIELD:
                raise _broken(uri, f"a field {name} of {len(value):,} characters")


def _body(message: EmailMessage, uri: str) -> str:
    """The plain part, else the HTML part as text."""
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    if not data:
        return ""
    text = decoded(data, uri, part.get_content_charset())
    if part.get_content_subtype() == "html":
        return text_of_markup(text)
    text = cleaned(text, uri) if text.strip() else ""
    if part.get_param("format") == "flowed":
        text = re.sub(r" \n(?!\n)", " ", text)
    return unwrapped(text)


def _attached(message: EmailMessage, parcel: Parcel, options: SourceOptions) -> Iterator[Found]:
    known = kinds()
    budget = (parcel.budget or Budget(options.largest_inflated_bytes)).deeper()
    for number, part in enumerate(message.iter_attachments(), start=1):
        name = part.get_filename() or ""
        if number > _MOST_ATTACHMENTS or budget.depth < 0 or by_suffix(name, known) is None:
            continue
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes):
            yield from unpacked(Parcel.of_bytes(f"{parcel.uri}!/{name}", payload, name=name, budget=budget), options)


def _stated(message: EmailMessage, name: str) -> str | None:
    value = message.get(name)
    return cleaned_line(str(value)) if value is not None else None


def _sender(value: str | None) -> str | None:
    """The name in `Name <address>`; the address where there is no name."""
    if value is None:
        return None
    name, _, address = value.partition("<")
    return name.strip().strip('"') or address.rstrip(">").strip() or None


def _broken(uri: str, value: str) -> BrokenMail:
    return BrokenMail(
        f"{uri} is no e-mail",
        value=value[:200],
        expected="a message with its header, as mail programs save it (.eml)",
        todo="save the message again, or save its text as .txt",
    )


def _nothing(uri: str) -> NoArticle:
    return NoArticle(
        f"{uri} holds no text",
        value="neither a plain nor an HTML part with words in it",
        expected="a message with an article in it",
        todo="look whether the article is a picture or a link",
    )

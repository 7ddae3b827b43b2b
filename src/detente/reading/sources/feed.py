"""Feeds (RSS, Atom) and lists of feeds (OPML), from a file or from the network.

feedparser is given bytes and never fetches. An entry that holds its article is a document; one that holds only a link
is fetched where the feed itself came from the network, and set aside where it came from a file.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any, ClassVar
from urllib.parse import urljoin

import msgspec

from detente.errors import InputError
from detente.reading.sources.cleaning import cleaned, cleaned_line
from detente.reading.sources.errors import EmptyInput, LinkOnly, NotAFeed
from detente.reading.sources.file_kind import FileKind
from detente.reading.sources.hypertext import text_of_markup
from detente.reading.sources.parcel import Budget, Parcel
from detente.reading.sources.raw import Found, RawDocument, SetAside, SourceOptions
from detente.reading.sources.url import fetched

FEWEST_WORDS = 80  # a shorter text with a link beside it is a teaser
_MOST_FEEDS = 500
_FEED_MARKS = (b"<rss", b"<feed", b"<rdf:rdf", b"<opml", b"<channel")


class Feed(FileKind):
    """Entries in the order of the feed. The outlet is the feed's title; the date is the entry's own."""

    name: ClassVar[str] = "feed"
    suffixes: ClassVar[tuple[str, ...]] = (".rss", ".atom", ".xml", ".rdf", ".opml")
    media_types: ClassVar[tuple[str, ...]] = (
        "application/rss+xml", "application/atom+xml", "application/rdf+xml", "text/x-opml",
    )  # fmt: skip

    def is_likely(self, head: bytes) -> bool:
        start = head.replace(b"\0", b"")[:2000].lower()
        return start.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<") and any(m in start for m in _FEED_MARKS)

    def unpack(self, parcel: Parcel, options: SourceOptions) -> Iterator[Found]:
        data = parcel.whole(options.largest_file_bytes)
        if b"<opml" in data[:4000].replace(b"\0", b"").lower():
            yield from _listed_feeds(data, parcel, options)
            return
        import feedparser

        try:
            parsed = feedparser.parse(BytesIO(data), response_headers={"content-location": ""})
        except Exception as error:  # feedparser raises errors of many kinds for what is no feed
            raise _no_feed(parcel.uri, f"{type(error).__name__}: {error}"[:200]) from error
        if not parsed.version:
            raise _no_feed(parcel.uri, _looks(data))
        if not parsed.entries:
            raise EmptyInput(
                f"the feed {parcel.uri} has no entries",
                value="0 entries",
                expected="at least one entry",
                todo="check the address, or try again when something was published",
            )
        outlet = cleaned_line(_flat(parsed.feed.get("title")))
        for number, entry in enumerate(parsed.entries, start=1):
            yield from _entry(entry, outlet, number, parcel, options)


def _entry(entry: Any, outlet: str | None, number: int, parcel: Parcel, options: SourceOptions) -> Iterator[Found]:
    link = _joined(parcel, entry.get("link"))
    own = f"{parcel.uri}#entry={number}"
    uri = link or own
    text = max((text_of_markup(markup) for markup in _contents(entry)), key=len, default="")
    raw = RawDocument(
        uri=uri,
        text=text,
        title=cleaned_line(_flat(entry.get("title"))),
        outlet=outlet,
        author=cleaned_line(entry.get("author")),
        published=cleaned_line(entry.get("published") or entry.get("updated")),
        published_basis="metadata",
        language=entry.get("language"),
    )
    try:
        is_whole = len(text.split()) >= (FEWEST_WORDS if link is not None else 1)
        if is_whole or (text and not parcel.fetched and _is_content(entry)):
            yield msgspec.structs.replace(raw, text=cleaned(text, uri))
        elif link is not None and parcel.fetched:
            for found in fetched(link, options):
                yield _completed(found, raw) if isinstance(found, RawDocument) else found
        else:
            yield SetAside(uri, _link_only(uri, own, len(text.split())))
    except InputError as error:
        yield SetAside(uri, error)


def _completed(page: RawDocument, entry: RawDocument) -> RawDocument:
    """The page, with what the feed states where the page states nothing."""
    return msgspec.structs.replace(
        page,
        title=page.title or entry.title,
        outlet=entry.outlet or page.outlet,
        author=page.author or entry.author,
        published=page.published or entry.published,
    )


def _joined(parcel: Parcel, link: str | None) -> str | None:
    """An entry's link, made whole by the address of the feed."""
    try:
        return urljoin(parcel.uri, link) if link and parcel.fetched else link or None
    except ValueError:
        return link


def _contents(entry: Any) -> Iterator[str]:
    for content in entry.get("content") or ():
        yield content.get("value") or ""
    yield entry.get("summary") or ""


def _is_content(entry: Any) -> bool:
    """Whether the feed calls the text content, not a summary."""
    return any(content.get("value") for content in entry.get("content") or ())


def _listed_feeds(data: bytes, parcel: Parcel, options: SourceOptions) -> Iterator[Found]:
    """Every feed of an OPML list, once. A list on this machine may name feeds in files beside it."""
    from lxml import etree  # type: ignore[import-untyped]

    from detente.reading.sources.opening import open_file

    budget = (parcel.budget or Budget(options.largest_inflated_bytes)).deeper()
    try:
        tree = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, recover=True))
        addresses = [] if tree is None else [str(value).strip() for value in tree.xpath("//outline/@xmlUrl")]
    except (etree.LxmlError, ValueError) as error:
        raise _no_feed(parcel.uri, str(error)[:200]) from error
    if not addresses or budget.depth < 0:
        raise _no_feed(parcel.uri, "a list that names no feeds" if budget.depth >= 0 else "lists in lists in lists")
    for address in list(dict.fromkeys(addresses))[:_MOST_FEEDS]:
        if address.startswith(("http://", "https://")):
            yield from fetched(address, options, budget=budget)
        elif parcel.fetched or not _is_beside(address):
            yield SetAside(address, _no_feed(address, f"named by {parcel.uri}"))
        else:
            yield from open_file(str(PurePosixPath(parcel.uri).parent / address), options)


def _is_beside(address: str) -> bool:
    path = PurePosixPath(address)
    is_feed = path.suffix in (".rss", ".atom", ".xml", ".rdf")
    return is_feed and ":" not in address and not path.is_absolute() and ".." not in path.parts


def _flat(markup: str | None) -> str | None:
    """A title without the markup that some feeds put in it."""
    return " ".join(text_of_markup(markup).split()) if markup and "<" in markup else markup


def _looks(data: bytes) -> str:
    start = data[:2000].lower()
    if b"<html" in start or b"<!doctype html" in start:
        return "it is a web page"
    return f"it begins with {data[:30]!r}"


def _no_feed(uri: str, value: str) -> NotAFeed:
    return NotAFeed(
        f"{uri} is no feed",
        value=value,
        expected="RSS, Atom or OPML",
        todo="look for the feed's own address on the page, or save the page as .html to read it as an article",
    )


def _link_only(uri: str, own: str, words: int) -> LinkOnly:
    return LinkOnly(
        f"the feed has only a link to {uri}",
        value=f"{own}, {words} words",
        expected="an entry that holds its article, since links in a feed read from a file are not followed",
        todo=f"read the article itself: detente read {uri}",
    )

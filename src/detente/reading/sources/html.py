"""Web pages saved or fetched: the article in them, and what the page states about it.

trafilatura finds the article. The date of publication is read where the page states it for machines; where it does not,
htmldate may read it from the page's own date line, never from the article's text, and never against today's date.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from typing import Any, ClassVar
from urllib.parse import urlsplit

from detente.reading.sources.cleaning import cleaned
from detente.reading.sources.decoding import decoded
from detente.reading.sources.errors import NoArticle, PaywallStub, TooLarge
from detente.reading.sources.file_kind import FileKind
from detente.reading.sources.hypertext import text_of_tree
from detente.reading.sources.parcel import Parcel
from detente.reading.sources.paywall import is_stub
from detente.reading.sources.raw import Found, RawDocument, SourceOptions

_FEWEST_WORDS = 15
_LARGEST_PAGE_BYTES = 20_000_000
_MOST_ELEMENTS = 50_000  # some 10 seconds of trafilatura; a long live page has a third of it
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_MARKUP = re.compile(rb"<(?:!doctype\s+html|html|head|body|article|main|div|p|h1|meta|title)[\s>]", re.IGNORECASE)
_DATES = (
    "//meta[@property='article:published_time']/@content",
    "//meta[@itemprop='datePublished']/@content",
    "//*[@itemprop='datePublished']/@datetime",
    "//meta[@name='date' or @name='pubdate' or @name='publishdate' or @name='DC.date.issued' or @name='dcterms.created'"
    " or @name='parsely-pub-date' or @name='sailthru.date' or @name='citation_publication_date']/@content",
    "//time[@pubdate]/@datetime",
    "//article//header//time/@datetime",
)


class Html(FileKind):
    """One article a page."""

    name: ClassVar[str] = "html"
    suffixes: ClassVar[tuple[str, ...]] = (".html", ".htm", ".xhtml")
    media_types: ClassVar[tuple[str, ...]] = ("text/html", "application/xhtml+xml")

    def is_likely(self, head: bytes) -> bool:
        start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
        return start.startswith(b"<") and _MARKUP.search(start[:2000]) is not None

    def unpack(self, parcel: Parcel, options: SourceOptions) -> Iterator[Found]:
        data = parcel.whole(min(_LARGEST_PAGE_BYTES, options.largest_text_bytes))
        declared = parcel.charset or _declared(data)
        yield article(decoded(data, parcel.uri, declared), parcel.uri)


def article(page: str, uri: str) -> RawDocument:
    """The article in a page. Raises NoArticle or PaywallStub."""
    from lxml.html import document_fromstring  # type: ignore[import-untyped]

    _silence()
    from trafilatura.core import bare_extraction

    if not page.strip("\ufeff \t\r\n\0"):
        raise _nothing(uri, "an empty page")
    page = re.sub(r"^\s*<\?xml[^>]*\?>", "", page).replace("\0", "")
    try:
        tree = document_fromstring(page)
    except Exception as error:  # lxml raises errors of many kinds for what is no markup
        raise _nothing(uri, f"no markup: {type(error).__name__}") from error
    elements = sum(1 for _ in tree.iter())
    if elements > _MOST_ELEMENTS:
        raise TooLarge(
            f"{uri} is too large a page",
            value=f"{elements:,} elements",
            expected=f"at most {_MOST_ELEMENTS:,} elements in one page",
            todo="save the text of the article itself as .txt",
        )
    stated = _linked_data(tree)
    host = _host(uri)
    found = bare_extraction(
        page,
        url=uri if host is not None else None,
        include_comments=False,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True, "max_date": "2199-12-31"},
    )
    text = "" if found is None or found.body is None else text_of_tree(found.body)
    words = len(text.split())
    if is_stub(text, tree.text_content(), is_free=stated.get("isAccessibleForFree")):
        raise PaywallStub(
            f"{uri} shows only the opening of the article",
            value=f"{words} words, then a note for subscribers",
            expected="the whole article",
            todo="open it with a subscription, save the page, and read the saved file",
        )
    if words < _FEWEST_WORDS:
        raise _nothing(uri, f"{words} words of running text")
    assert found is not None
    return RawDocument(
        uri=uri,
        text=cleaned(text, uri),
        title=found.title,
        outlet=found.sitename or host,
        author=found.author,
        published=_published(tree, stated) or found.date,
        published_basis="metadata",
        language=tree.get("lang"),
    )


def _published(tree: Any, stated: dict[str, Any]) -> str | None:
    """The first date that the page states for machines, as written."""
    if isinstance(date := stated.get("datePublished"), str) and date.strip():
        return date
    for path in _DATES:
        for value in tree.xpath(path):
            if value.strip():
                return str(value)
    return None


def _linked_data(tree: Any) -> dict[str, Any]:
    """What JSON-LD says of the article: the first object that has a date of publication or says if it is free."""
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        try:
            waiting = [json.loads(script.text or "", strict=False)]
        except (ValueError, RecursionError):
            continue
        for _ in range(200):
            if not waiting:
                break
            node = waiting.pop(0)
            if isinstance(node, list):
                waiting.extend(node[:100])
            elif isinstance(node, dict):
                if "datePublished" in node or "isAccessibleForFree" in node:
                    return node
                waiting.append(node.get("@graph"))
                waiting.append(node.get("mainEntity"))
    return {}


def _host(uri: str) -> str | None:
    """The server's name without www, where `uri` is a web address."""
    if not uri.startswith(("http://", "https://")):
        return None
    try:
        return (urlsplit(uri).hostname or "").removeprefix("www.") or None
    except ValueError:
        return None


def _declared(data: bytes) -> str | None:
    found = _CHARSET.search(data[:4096])
    return found.group(1).decode("ascii", "replace") if found else None


def _nothing(uri: str, value: str) -> NoArticle:
    return NoArticle(
        f"{uri} holds no article",
        value=value,
        expected="a page with running text",
        todo="give the address of the article itself, not of a list, a video or a login page",
    )


def _silence() -> None:
    """trafilatura and htmldate report to the log what is told here as an error of ours."""
    for name in ("trafilatura", "htmldate"):
        logging.getLogger(name).setLevel(logging.CRITICAL)

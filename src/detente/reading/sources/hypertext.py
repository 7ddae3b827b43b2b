"""Markup to text: one paragraph a block, in the order of the page. Which part of a page is the article is not decided
here."""

from __future__ import annotations

import re
from typing import Any

_BLOCKS = frozenset(
    ("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div", "dl",
     "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
     "html", "item", "li", "list", "main", "nav", "ol", "p", "pre", "quote", "row", "section", "summary", "table", "td",
     "tfoot", "th", "thead", "tr", "ul")
)  # fmt: skip
_LINES = frozenset(("br", "lb"))
_SILENT = frozenset(
    ("script", "style", "noscript", "template", "iframe", "object", "svg", "math", "button", "select", "textarea")
)
_SPACE = re.compile(r"[ \t\r\n\f]+")


def text_of_markup(markup: str) -> str:
    """The text of a piece of HTML, such as the content of a feed's entry or of a message."""
    from lxml import etree, html  # type: ignore[import-untyped]

    if not markup.strip():
        return ""
    try:
        tree = html.fragment_fromstring(markup.encode("utf-8", "replace"), create_parent="div", parser=_parser())
    except (etree.LxmlError, ValueError, AssertionError):
        return ""
    return text_of_tree(tree, heading_tag="h1")


def text_of_tree(tree: Any, *, heading_tag: str = "head") -> str:
    """The text of an lxml tree; `heading_tag` is a block too (`head` is a heading to trafilatura, not to HTML)."""
    from lxml import etree

    blocks = _BLOCKS | {heading_tag}
    pieces: list[str] = []
    silent = 0
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            pieces.append(_flat(element.tail) if not silent and element is not tree else "")
            continue
        is_silent = element.tag in _SILENT
        mark = "\n\n" if element.tag in blocks else "\n" if element.tag in _LINES else ""
        if event == "start":
            silent += is_silent
            pieces.append(mark if mark == "\n\n" else "")
            pieces.append("" if silent else _flat(element.text))
        else:
            silent -= is_silent
            pieces.append(mark)
            pieces.append("" if silent or element is tree else _flat(element.tail))
    lines = "".join(pieces).split("\n")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(" ".join(line.split(" ")).strip() for line in lines)).strip()


def _flat(text: str | None) -> str:
    return _SPACE.sub(" ", text) if text else ""


def _parser() -> Any:
    from lxml import html

    return html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_blank_text=False)

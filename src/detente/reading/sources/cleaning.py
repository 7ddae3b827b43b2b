"""The text as it is kept: which characters go, which are made plain. All offsets of the record count in this text.

Newlines become \\n. Kinds of space become a space. What has no width and no sense in English goes: control characters,
soft hyphens, zero-width and direction marks. Everything else stays as written; no form of Unicode is imposed.
"""

from __future__ import annotations

import re
import unicodedata

from detente.reading.sources.errors import BinaryInput, EmptyInput

_C1 = {chr(byte): bytes([byte]).decode("cp1252", errors="ignore") for byte in range(0x80, 0xA0)}
_DROPPED = "".join(
    [
        *(chr(code) for code in range(0x20) if chr(code) not in "\t\n"),
        "\x7f\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff\ufff9\ufffa\ufffb",
        *(chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x2070))),
    ]
)
_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_TABLE = str.maketrans(
    {**dict.fromkeys(_DROPPED, ""), **dict.fromkeys(_SPACES, " "), **_C1, "\u2028": "\n", "\u2029": "\n\n"}
)
_UNCLEAN = re.compile(f"[{re.escape(_DROPPED)}{_SPACES}\x80-\x9f\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_BREAK = re.compile("\r\n|[\r\x0b\x0c]")
_LINE_END_SPACE = re.compile("(?<![ \t])[ \t]+(?=\n)")
_EMPTY_LINES = re.compile("\n{3,}")


def cleaned(text: str, uri: str) -> str:
    """The text without what is not text. Raises BinaryInput where that is too much, EmptyInput where no word stays."""
    strange = sum(1 for _ in _CONTROL.finditer(text))
    if strange > max(20, len(text) // 50):
        raise BinaryInput(
            f"{uri} is not text",
            value=f"{strange:,} control characters among {len(text):,}",
            expected="text",
            todo="save it as plain text in UTF-8",
        )
    text = _SURROGATE.sub("\ufffd", _BREAK.sub("\n", text))
    if _UNCLEAN.search(text):
        text = text.translate(_TABLE)
    text = _EMPTY_LINES.sub("\n\n", _LINE_END_SPACE.sub("", text)).strip()
    if not any(map(str.isalnum, text[:1000])) and not any(map(str.isalnum, text)):
        raise EmptyInput(
            f"{uri} holds no words",
            value=f"{len(text):,} characters",
            expected="an article",
            todo="check that the file was saved or downloaded whole",
        )
    return text


def cleaned_line(text: str | None) -> str | None:
    """A title, an outlet or an author as one line; None where nothing is left. For these NFC is imposed."""
    if text is None:
        return None
    line = unicodedata.normalize("NFC", " ".join(_SURROGATE.sub("\ufffd", text).translate(_TABLE).split()))
    return line[:1000] or None

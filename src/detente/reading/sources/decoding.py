"""Bytes to text: which encoding, and what is mended where several are mixed.

Order: a byte order mark; what the server or the file declares; UTF-16 told by its NULs; UTF-8; UTF-8 with stray bytes
of Windows-1252 among it; one single-byte encoding. English is expected, so that a text with few letters beyond ASCII
is Windows-1252 (or Mac Roman, where its apostrophes say so); one with many is judged by charset-normalizer.
Every pass is linear in the length.
"""

from __future__ import annotations

import codecs
import re

from detente.reading.sources.errors import BinaryInput, UnknownEncoding

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\r\f\x0b\x1b\x00"))
_HIGH = re.compile(rb"[\x80-\xff]")
_HIGH_LETTER = re.compile(rb"[\xc0-\xff]")
_UTF8_PAIR = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_MAC_APOSTROPHE = re.compile(rb"[A-Za-z]\xd5[a-z]\b|\xd2[A-Z]")
_HOLES = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")  # bytes that Windows-1252 leaves free
_SAMPLE = 65_536
_TAIL = (
    "[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013\u2014\u2018-\u201a"
    "\u201c-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]"
)  # bytes 80 to BF as Windows-1252 shows them
_TWICE = re.compile(f"[\u00c2-\u00df]{_TAIL}|[\u00e0-\u00ef]{_TAIL}{{2}}|[\u00f0-\u00f4]{_TAIL}{{3}}")
_TWICE_SURE = re.compile("\u00e2\u20ac|\u00c3[\u0080-\u00bf]|\u00c2[\u00a0-\u00bf]")
_MOST_MENDED = 0.02


def decoded(data: bytes, uri: str, declared: str | None = None) -> str:
    """The text of `data`. Raises BinaryInput or UnknownEncoding, both naming `uri`."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _in_encoding(data[len(mark) :], encoding, uri)
    if (wide := _wide(data)) is not None:
        return _in_encoding(data, wide, uri)
    if is_binary(data[:_SAMPLE]):
        raise BinaryInput(
            f"{uri} is not text",
            value=f"first bytes {data[:8].hex(' ')}",
            expected="text, HTML, PDF, DOCX, e-mail, JSONL, CSV, WARC, a feed or a zip of these",
            todo="convert it to one of these, or leave it out",
        )
    try:
        return once_only(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    if declared is not None and (text := _declared(data, declared)) is not None:
        return text
    return _mended(data, uri) if _UTF8_PAIR.search(data) else _single_byte(data, uri)


def decoded_line(line: bytes) -> str:
    """One line of a longer file: UTF-8, its stray bytes taken for Windows-1252. Never fails."""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return _patched(line)[0]


def is_binary(sample: bytes) -> bool:
    """Whether bytes are no text in any single-byte encoding or UTF-8: control characters are too many.

    A few NULs are dirt that cleaning removes; one character in fifty that is none is not.
    """
    if not sample:
        return False
    strange = len(sample) - len(sample.translate(None, _CONTROLS + b"\x00\x7f"))
    return strange > max(3, len(sample) // 50)


def once_only(text: str) -> str:
    """Text in UTF-8 that was taken for Windows-1252 and encoded once more, set right: â€œ is “ again."""
    return _TWICE.sub(_once, text) if _TWICE_SURE.search(text) else text


def _once(found: re.Match[str]) -> str:
    pieces = bytearray()
    for char in found.group():
        try:
            pieces += char.encode("cp1252")
        except UnicodeEncodeError:
            if ord(char) > 0xFF:
                return found.group()
            pieces.append(ord(char))
    try:
        return pieces.decode("utf-8")
    except UnicodeDecodeError:
        return found.group()


def wide_encoding(head: bytes) -> str | None:
    """UTF-16 or UTF-32 by the mark or the NULs of the first bytes; None for all other encodings."""
    for mark, encoding in _MARKS[1:]:
        if head.startswith(mark):
            return encoding
    return _wide(head)


def _wide(data: bytes) -> str | None:
    """UTF-16 without its mark: every other byte of English is NUL."""
    sample = data[:4096]
    if len(sample) < 4 or sample.count(0) < len(sample) * 0.3:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > 0.6 * half and even < 0.1 * half:
        return "utf-16-le"
    if even > 0.6 * half and odd < 0.1 * half:
        return "utf-16-be"
    return None


def _in_encoding(data: bytes, encoding: str, uri: str) -> str:
    text = data.decode(encoding, errors="replace")
    if text.count("\ufffd") > max(2, len(text) * _MOST_MENDED):
        raise _unknown(uri, f"marked as {encoding}, and is not")
    return text


def _declared(data: bytes, declared: str) -> str | None:
    try:
        if not codecs.lookup(declared)._is_text_encoding:
            return None
        encoding = "cp1252" if codecs.lookup(declared).name in ("iso8859-1", "ascii") else declared  # as browsers do
        return data.decode(encoding)
    except (LookupError, ValueError):
        return None


def _mended(data: bytes, uri: str) -> str:
    """UTF-8 with bytes of another encoding in it, which are taken for Windows-1252 one by one."""
    text, mended, lost = _patched(data)
    if mended > max(20, len(data) * _MOST_MENDED) or lost > max(2, mended // 4):
        raise _unknown(uri, f"UTF-8 with {mended:,} bytes that are not")
    return once_only(text)


def _patched(data: bytes) -> tuple[str, int, int]:
    """The text, how many bytes were taken for Windows-1252, and how many of them mean nothing there."""
    pieces: list[str] = []
    mended = lost = at = 0
    for found in _HIGH.finditer(data):
        start = found.start()
        if start < at:
            continue
        pieces.append(data[at:start].decode("ascii"))
        pair = _UTF8_PAIR.match(data, start)
        stretch = pair.group() if pair is not None else data[start : start + 1]
        try:
            pieces.append(stretch.decode("utf-8"))
        except UnicodeDecodeError:
            stretch = stretch[:1]
            mended += 1
            lost += _HOLES.match(stretch) is not None
            pieces.append(stretch.decode("cp1252", errors="replace"))
        at = start + len(stretch)
    pieces.append(data[at:].decode("ascii"))
    return "".join(pieces), mended, lost


def _single_byte(data: bytes, uri: str) -> str:
    high = len(_HIGH.findall(data))
    letters = len(_HIGH_LETTER.findall(data))
    if letters <= 0.06 * len(data):
        if _MAC_APOSTROPHE.search(data) is not None and not re.search(rb"[\x91-\x94]", data):
            return data.decode("mac-roman")
        if _HOLES.search(data) is None:
            return data.decode("cp1252")
    from charset_normalizer import from_bytes

    sample = data if len(data) <= 2 * _SAMPLE else data[:_SAMPLE] + data[-_SAMPLE:]
    best = from_bytes(sample).best()
    if best is None:
        raise _unknown(uri, f"{high:,} bytes beyond ASCII that fit no encoding")
    return _in_encoding(data, best.encoding, uri)


def _unknown(uri: str, value: str) -> UnknownEncoding:
    return UnknownEncoding(
        f"the encoding of {uri} cannot be told",
        value=value,
        expected="text in UTF-8",
        todo="save it as UTF-8 with the program it came from",
    )

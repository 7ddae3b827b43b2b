"""Articles in every kind of file, made on the spot for the tests of sources."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from email.message import EmailMessage

PARAGRAPHS = (
    "Norway recalled its ambassador from Chad on Monday after a quarrel over fishing boats that had lasted for weeks.",
    "“We will not wait any longer,” the Norwegian foreign minister said in Oslo. She told reporters that 12 sailors "
    "were still held in a harbour on the lake, and that no one had been allowed to see them.",
    "The ministry in N'Djamena denied that the men were prisoners. It said that they were guests of the port and that "
    "they could leave as soon as the papers of their boats had been found.",
    "Both sides had signed an agreement on the matter last November. Neither has published its text, and each says "
    "that the other has broken it. Talks are to go on in Geneva within a month, the United Nations said.",
)
ARTICLE = "\n\n".join(PARAGRAPHS)
TITLE = "Norway recalls its envoy"
OUTLET = "The Harbour Post"


def text_file() -> bytes:
    return f"Title: {TITLE}\nOutlet: {OUTLET}\nPublished: 1 July 2024\n\n{ARTICLE}\n".encode()


def page(paragraphs: tuple[str, ...] = PARAGRAPHS, *, head: str = "", foot: str = "") -> bytes:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>{TITLE} | {OUTLET}</title>"
        f"<meta property='og:site_name' content='{OUTLET}'>"
        f"<meta property='article:published_time' content='2024-07-01T23:30:00-04:00'>{head}</head><body>"
        "<nav><a href='/'>Home</a> <a href='/world'>World</a></nav>"
        f"<article><h1>{TITLE}</h1>{body}{foot}</article><footer>All rights reserved.</footer></body></html>"
    ).encode()


def json_lines() -> bytes:
    rows = ({"title": TITLE, "text": ARTICLE, "published": day} for day in ("2024-07-01", "2024-07-02"))
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def table() -> bytes:
    cells = ARTICLE.replace('"', '""')
    return f'title,published,text\n{TITLE},2024-07-01,"{cells}"\n{TITLE},2024-07-02,"{cells}"\n'.encode()


def mail() -> bytes:
    message = EmailMessage()
    message["From"] = "Kari Lund <desk@post.example>"
    message["Subject"] = TITLE
    message["Date"] = "Mon, 01 Jul 2024 23:30:00 -0400"
    message["Organization"] = OUTLET
    message.set_content(ARTICLE)
    return bytes(message)


def rss(*, content: bool = True) -> bytes:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    full = f"<content:encoded><![CDATA[{body}]]></content:encoded>" if content else ""
    return (
        "<?xml version='1.0' encoding='utf-8'?><rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'>"
        f"<channel><title>{OUTLET}</title><link>https://post.example/</link><item><title>{TITLE}</title>"
        f"<link>https://post.example/1</link><pubDate>Mon, 01 Jul 2024 23:30:00 -0400</pubDate>"
        f"<description>A quarrel over boats.</description>{full}</item></channel></rss>"
    ).encode()


def warc(*, status: str = "200 OK", packed: bool = False, body: bytes | None = None) -> bytes:
    """Two answers of a server, written out by hand; `packed` with gzip, record by record."""
    out = b""
    for number in (1, 2):
        payload = page() if body is None else body
        answer = f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\n\r\n".encode() + payload
        record = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://post.example/{number}\r\n"
            f"WARC-Date: 2025-01-01T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
        ).encode() + answer
        record += b"\r\n\r\n"
        out += gzip.compress(record, mtime=0) if packed else record
    return out


def archive(members: dict[str, bytes] | None = None) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in (members or {"b.txt": text_file(), "a/page.html": page()}).items():
            packed.writestr(name, data)
    return out.getvalue()


def word() -> bytes:
    from datetime import datetime

    from docx import Document

    out = io.BytesIO()
    made = Document()
    for paragraph in PARAGRAPHS:
        made.add_paragraph(paragraph)
    made.core_properties.title = TITLE
    made.core_properties.author = "Kari Lund"
    made.core_properties.created = datetime(2024, 7, 1, 23, 30)
    made.save(out)
    return out.getvalue()


def pdf(pages: list[list[str]] | None = None) -> bytes:
    """Pages of lines, written out by hand: one font, one line below the other."""
    pages = pages if pages is not None else [broken_lines(ARTICLE, 72)]
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    for lines in pages:
        shown = " ".join(f"({_escaped(line)}) Tj T*" for line in lines)
        stream = f"BT /F1 11 Tf 14 TL 60 780 Td {shown} ET"
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects) + 2} 0 R "
            "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica "
            "/Encoding /WinAnsiEncoding >> >> >> >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    objects.append(f"<< /Title ({TITLE}) /Author (Kari Lund) /CreationDate (D:20240701233000-04'00') >>")
    out = "%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n"
    out += "".join(f"{place:010} 00000 n \n" for place in places)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>\nstartxref\n{start}\n%%EOF\n"
    return out.encode("cp1252")


def locked_pdf(password: str) -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf())))
    writer.encrypt(user_password=password, owner_password="owner", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def broken_lines(text: str, width: int) -> list[str]:
    import textwrap

    return [line for paragraph in text.split("\n\n") for line in textwrap.wrap(paragraph, width)]


def _escaped(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


FILES = {
    "text": ("article.txt", text_file),
    "html": ("article.html", page),
    "jsonl": ("articles.jsonl", json_lines),
    "csv": ("articles.csv", table),
    "eml": ("article.eml", mail),
    "feed": ("feed.rss", rss),
    "warc": ("crawl.warc", warc),
    "zip": ("articles.zip", archive),
    "docx": ("article.docx", word),
    "pdf": ("article.pdf", pdf),
}
"""For each kind of file, a name and the making of one that reads well."""

"""Any text at all: the reader reads it or says why not, and every row quotes what it points at."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.errors import DetenteError
from detente.reading.sources.raw import RawDocument
from detente.recording.evidence import check
from detente.recording.reader import Reader

PIECES = (
    "Iran ", "Chad’s ", "the minister ", "of ", "said ", "that ", "accused ", "bombed ", "“", "”", '"', "'", ", ", ". ",
    ": ", "; ", "\n\n", "\n", "(", ")", "—", "-", "229 ", "$5 million ", "on Monday ", "in 2023 ", "Mr. ", "he ",
    "its ", "not ", "if ", "and ", "U.S. ", "\x00", "\ud800", "\u202e", "\u200b", "أ", "😀", "é", "e\u0301", "İ", "ß",
    "ﬁ", "½", "٣",
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=60).map("".join))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXTS, st.one_of(st.none(), st.text(max_size=20)))
def test_any_text_is_read_or_set_aside_and_quoted_exactly(reader: Reader, text: str, title: str | None) -> None:
    try:
        recording = reader.read(RawDocument(uri="any", text=text, title=title))
    except DetenteError as error:
        assert error.todo
        return
    document = recording.records[0]
    check(recording.records, document.text)  # type: ignore[union-attr]
    assert all(0 <= row.span.start <= row.span.end <= len(text) + 1 for row in recording.rejected)


def test_the_same_text_gives_the_same_rows_whatever_was_read_before(reader: Reader) -> None:
    text = "Ghana's envoy said on Monday that Togo had shelled a village; Togo denied it. At least 12 people died."
    first = reader.read(RawDocument(uri="a", text=text)).records
    reader.read(RawDocument(uri="b", text="Peru met Chile. He said they bombed it in 2019."))
    assert reader.read(RawDocument(uri="a", text=text)).records == first

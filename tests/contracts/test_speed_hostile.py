"""No text takes long for its length: not marks, digits or words without end, not one endless sentence.

Bounds are of processor time and generous: the texts take a quarter of them or less on a slow machine, and took minutes
where a step was not linear.
"""

from __future__ import annotations

import base64
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from detente.errors import InputError
from detente.reading.sources.raw import RawDocument
from detente.recording.reader import Reader

ROOT = Path(__file__).parents[2]
LENGTH = 300_000
OPENING = "The envoy of Chad said on Monday that the talks with Mali had failed and that the border would be closed. "
"""Plain English, so that the language is told and the text is read at all."""
PROSE_BOUND, JUNK_BOUND = 120.0, 30.0


def repeated(piece: str, length: int = LENGTH) -> str:
    return (piece * (length // len(piece) + 1))[:length]


def random_characters(length: int) -> str:
    chance = random.Random(7)
    ranges = [(0x20, 0x7E), (0xA0, 0x24F), (0x2010, 0x2040), (0x2190, 0x21FF), (0x1F600, 0x1F64F)]
    return "".join(chr(chance.randint(*chance.choice(ranges))) for _ in range(length - 60_000)) + repeated(
        OPENING, 60_000
    )


JUNK = {
    "one mark": "“" * LENGTH,
    "straight marks": '"' * LENGTH,
    "marks apart": repeated('“ ” " ’ '),
    "a mark a line": repeated('"\n\n'),
    "open quotations": repeated("“Iran said.\n\n"),
    "digits": "7" * LENGTH,
    "numbers": repeated("12 345.6 "),
    "one word": repeated("war "),
    "one name": repeated("Iran "),
    "names": repeated("Iran, Iraq, Chad and Mali, "),
    "a name a line": repeated("Iran\n\n"),
    "brackets": "(" * LENGTH,
    "dates": repeated("3 May 2024, "),
    "stops": repeated("U.S. "),
    "base64": base64.b64encode(random.Random(3).randbytes(LENGTH))[:LENGTH].decode(),
    "random characters": random_characters(LENGTH - 60_000) + repeated(OPENING, 60_000),
}
PROSE = {
    "one sentence": "the minister of Iran said that the envoy of Chad met him in Peru and ",
    "nested phrases": "the envoy of the king of Chad of a house of our port of Iran of Peru of Mali ",
    "nested claims": "he said that she claimed that Iran denied that they knew that Peru feared that Mali hoped that ",
    "nested quotations": "“Iran said: ‘we told Peru, “they went to Mali and the king said: ‘no envoy of Chad met us",
    "one running quotation": "“Iran and the envoy of Chad met a minister of Peru, who said that Mali was out.\n\n",
    "coordination": "Iran, Peru and Mali and the envoy or a king, who met and hit and bombed them but was not there, ",
    "pronouns": "He told them that she met him there, and they told it to her. Iran was not there. It told them. ",
    "labels": "ENVOY: Iran met Chad.\nQuestion: What did the king say of Peru?\nKING: We bombed it.\n\n",
    "titles": "Iranian Foreign Minister Ali Reza and the Prime Minister of Chad John Doe met President Jean of Mali. ",
    "straight quotations": '"Iran and the envoy of Chad met," said the king of Mali, who was "not there.\n\n',
}


def seconds(reader: Reader, text: str) -> float:
    began = time.process_time()
    reader.read(RawDocument(uri="hostile", text=text, language="en"))
    return time.process_time() - began


@pytest.mark.slow
@pytest.mark.parametrize("name", JUNK)
def test_junk_is_passed_over_quickly(reader: Reader, name: str) -> None:
    assert seconds(reader, repeated(OPENING, 6_000) + "\n\n" + JUNK[name]) < JUNK_BOUND


@pytest.mark.slow
@pytest.mark.parametrize("name", PROSE)
def test_endless_prose_takes_time_in_line_with_its_length(reader: Reader, name: str) -> None:
    assert seconds(reader, repeated(OPENING, 6_000) + "\n\n" + repeated(PROSE[name], 60_000)) < PROSE_BOUND / 3


@pytest.mark.slow
def test_a_book_is_read_within_its_time_and_memory() -> None:
    """300,000 characters of ordinary paragraphs, in a process of its own: its peak is what is measured."""
    program = f"""
import resource, sys, time
from pathlib import Path
from detente.reading.sources.raw import RawDocument
from detente.recording.reader import Reader
from detente.settings import Settings
paragraphs = [paragraph for path in sorted(Path("examples").glob("*.txt"))
              for paragraph in path.read_text(encoding="utf-8").split("\\n\\n")]
text = "\\n\\n".join(paragraphs * 20)[:{LENGTH}]
began = time.process_time()
rows = len(Reader(Settings(database=Path(), published="2024-05-15")).read(RawDocument(uri="book", text=text)).records)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
print(rows, time.process_time() - began, peak if sys.platform == "linux" else peak / 1024)
"""
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True, cwd=ROOT)
    rows, took, gibibytes = map(float, done.stdout.split())
    assert rows > 5_000
    assert took < PROSE_BOUND
    assert gibibytes < 1.5


@pytest.mark.parametrize("length", [1_000_001, 5_000_000])
def test_a_text_longer_than_any_article_is_set_aside_at_once(reader: Reader, length: int) -> None:
    began = time.process_time()
    with pytest.raises(InputError) as caught:
        reader.read(RawDocument(uri="book.txt", text=repeated(OPENING, length)))
    assert time.process_time() - began < 5
    assert caught.value.code == "D206"
    assert caught.value.value and caught.value.value.endswith(" characters")
    assert caught.value.expected and "1,000,000 characters" in caught.value.expected
    assert caught.value.todo and "cut it" in caught.value.todo

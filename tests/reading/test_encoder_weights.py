"""The weights of the package: they load, they are small, and they read a window alike wherever it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.errors import KnowledgeError
from detente.knowledge import Knowledge
from detente.model.document import Document
from detente.reading.encoder.answers import ARCS, HEADS
from detente.reading.encoder.confidence import Clues
from detente.reading.encoder.session import SIZES, OnnxSession
from detente.reading.encoder.step import EncoderStep
from detente.reading.encoder.weights import Weights, folder
from detente.reading.encoder.windows import Window
from detente.reading.pipeline import pipeline
from detente.reading.syntax import tree

FOLDER = folder("en")
LARGEST = 20_000_000  # bytes
pytestmark = pytest.mark.skipif(FOLDER is None, reason="the package has no weights of its own yet")
TEXT = "Kenya expelled two Peruvian envoys on Monday. The crew was released. “We protest,” the minister in Lima said."


@pytest.fixture(scope="module")
def step() -> EncoderStep:
    return EncoderStep(Knowledge())


@pytest.fixture(scope="module")
def windows(step: EncoderStep) -> list[Window]:
    from detente.reading.encoder.sheet import sheet

    doc = Document(document_id="x", uri="x", text=TEXT, text_sha256="", language="en", reader_version="")
    paper = pipeline(Knowledge(), ("layout", "parse", "actors", "claims", "events")).read(doc)
    assert paper.parse is not None
    return step.windows(TEXT, sheet(paper, tree(paper.parse), step.surfaces))


def test_both_files_are_small() -> None:
    assert FOLDER is not None
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < LARGEST


def test_every_answer_has_a_row_for_every_word(step: EncoderStep, windows: list[Window]) -> None:
    (scores,) = step.session.run(windows)
    words = len(windows[0].heads)
    assert [score.shape for score in scores[:-1]] == [(words, SIZES[name]) for name in HEADS]
    assert scores[-1].shape == (len(ARCS), words, words)


def test_a_window_is_read_alike_alone_and_among_others(step: EncoderStep, windows: list[Window]) -> None:
    alone = step.session.run(windows)[0]
    among = step.session.run([*windows, *windows, *windows])[2]
    assert all((one == other).all() for one, other in zip(alone, among, strict=True))


def test_the_longest_window_fits_the_network(step: EncoderStep) -> None:
    n = step.weights.width
    window = Window(0, n - 2, *([[1] * n] + [[0] * n] * 8), [()] * n, list(range(1, n - 1)), ())  # type: ignore[arg-type]
    assert step.session.run([window])[0][0].shape[0] == n - 2


def test_calibration_has_a_weight_for_every_clue(step: EncoderStep) -> None:
    for kind in ("whole", "open"):
        assert len(step.weights.calibration[kind]) == len(Clues(0.0, 0.5, 0.5, 0.5, 0.5).numbers())


def test_tables_that_break_their_form_are_named(tmp_path: Path) -> None:
    path = tmp_path / "encoder.json"
    path.write_text("{}")
    with pytest.raises(KnowledgeError, match=r"encoder\.json"):
        Weights.load(path)


def test_onnx_is_not_loaded_before_it_is_needed() -> None:
    import subprocess
    import sys

    code = "import sys, detente.reading.encoder.step; print({'onnxruntime', 'numpy'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_a_session_says_which_file_it_cannot_find(tmp_path: Path, windows: list[Window]) -> None:
    with pytest.raises(Exception, match=r"nothing\.onnx"):
        OnnxSession(tmp_path / "nothing.onnx").run(windows)

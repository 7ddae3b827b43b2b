"""The score of stance reads its format, counts by label and says what it got wrong."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from detente.errors import InputError
from detente.knowledge import Knowledge
from detente.serving.scores.stance import StanceScore

DEV = Path(__file__).parents[3] / "shared/data/attribution/directed_stance_dev.jsonl"


def row(name: str, text: str, p: str, q: str, label: int) -> bytes:
    mentions = [{"start": text.index(x), "end": text.index(x) + len(x), "text": x} for x in (p, q)]
    return msgspec.json.encode({"id": name, "text": text, "p": p, "q": q, "mentions": mentions, "label": label})


def test_the_figures_count_each_label(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    rows = [
        row("one", "Kenya condemned Gabon.", "Kenya", "Gabon", 3),
        row("two", "Peru was thanked by Chile.", "Peru", "Chile", 2),
        row("three", "A road joins Laos and Vietnam.", "Laos", "Vietnam", 0),
        row("four", "A road joins Fiji and Tonga.", "Fiji", "Tonga", 1),
    ]
    path.write_bytes(b"\n".join(rows) + b"\n\n")
    report = StanceScore().score(path, Knowledge())
    figures = {figure.name: figure.value for figure in report.figures}
    assert report.rows == 4
    assert figures["accuracy"] == 0.75
    assert figures["neg p to q F1"] == figures["pos q to p F1"] == 1
    assert figures["pos p to q F1"] == 0
    assert figures["neutral F1"] == pytest.approx(2 / 3)
    assert figures["macro F1"] == pytest.approx((2 / 3 + 0 + 1 + 1) / 4)
    (error,) = report.errors
    assert error.startswith("four: pos p to q read as neutral") and "[p: Fiji] and [q: Tonga]" in error


def test_a_limit_reads_only_the_first_rows(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(row("one", "Kenya condemned Gabon.", "Kenya", "Gabon", 3) + b"\n" + b"no json")
    assert StanceScore().score(path, Knowledge(), limit=1).rows == 1


@pytest.mark.parametrize("line", [b"{", b'{"id": "x"}', b'{"id": "x", "text": "", "mentions": [], "label": 0}'])
def test_a_row_of_another_form_is_named(tmp_path: Path, line: bytes) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(b"\n" + line)
    with pytest.raises(InputError, match="line 2"):
        StanceScore().score(path, Knowledge())


@pytest.mark.slow
def test_the_rules_hold_their_ground_on_the_open_set() -> None:
    if not DEV.exists():
        pytest.skip("the open stance set is not beside this checkout")
    report = StanceScore().score(DEV, Knowledge())
    assert report.figures[0].name == "macro F1"
    assert report.figures[0].value >= 0.45

"""The same articles give the same bytes: any number of workers, any order, any hash seed, time zone or locale."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ARTICLES = sorted((ROOT / "examples").glob("0*.txt"))[:6]


def _bytes(tmp_path: Path, articles: list[Path], name: str, *options: str, **environment: str) -> bytes:
    out = tmp_path / f"{name}.jsonl"
    names = [str(path.relative_to(ROOT)) for path in articles]
    command = [sys.executable, "-m", "detente", "read", *names, "--no-store", "-q", "-o", str(out), *options]
    subprocess.run(command, check=True, cwd=ROOT, env={**os.environ, **environment}, capture_output=True)
    return out.read_bytes()


@pytest.mark.slow
def test_bytes_do_not_depend_on_workers_order_seed_zone_or_locale(tmp_path: Path) -> None:
    once = _bytes(tmp_path, ARTICLES, "once", PYTHONHASHSEED="0", TZ="UTC", LC_ALL="C.UTF-8")
    assert once.count(b'"record":"event"') > 10
    assert _bytes(tmp_path, ARTICLES, "two", "--workers", "2", PYTHONHASHSEED="1") == once
    turned = [*ARTICLES[3:], *ARTICLES[:3]][::-1]
    assert _bytes(tmp_path, turned, "turned", PYTHONHASHSEED="2", TZ="Asia/Tokyo", LC_ALL="C") == once

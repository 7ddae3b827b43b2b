"""Lets every test import the factories that stand beside this file (`from records import article`), and shares what is
slow to load."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from detente.knowledge import Knowledge
from detente.recording.reader import Reader
from detente.settings import Settings


@pytest.fixture(scope="session")
def reader() -> Reader:
    """One reader for the whole session, for articles published on 15 May 2024."""
    return Reader(Settings(database=Path(), published="2024-05-15"))


@pytest.fixture(scope="session")
def knowledge(reader: Reader) -> Knowledge:
    return reader.knowledge

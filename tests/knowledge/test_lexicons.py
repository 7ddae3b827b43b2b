"""Every lexicon of every language: it says whose it is, grades its entries, repeats none, favours no state."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

import detente.knowledge
from detente.knowledge.loading import read_table, read_yaml
from detente.knowledge.territory import Territories

LEXICONS = Path(detente.knowledge.__file__).parent / "lexicons"
FILES = sorted(path for path in LEXICONS.glob("*/*") if path.suffix in (".yaml", ".csv"))
LISTS = [path for path in FILES if path.suffix == ".yaml" and path.name != "index.yaml"]
TABLES = [path for path in FILES if path.suffix == ".csv"]
LICENCES = {"Apache-2.0", "CC-BY-4.0"}
WEIGHED = (
    "stance.csv", "loaded.csv", "cues.csv", "events_verbs.csv", "events_frames.csv", "events_nouns.csv",
    "events_composition.csv", "events.yaml", "factuality.yaml", "attribution.yaml",
)  # fmt: skip
"""Files whose entries carry a stance, a score or an act; times, places, money and actors name states of need."""


def named(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


@cache
def content(path: Path) -> Any:
    return read_yaml(f"lexicons/{named(path)}", dict)


@cache
def index(language: str) -> dict[str, dict[str, Any]]:
    return {table["file"]: table for table in content(LEXICONS / language / "index.yaml")["tables"]}


def walk(node: Any) -> Iterator[Any]:
    yield node
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from walk(child)


def grades(node: Any) -> Iterator[Any]:
    """The values of every `strength`."""
    for part in walk(node):
        if isinstance(part, dict) and "strength" in part:
            yield part["strength"]


def test_every_language_has_the_same_files() -> None:
    by_language: dict[str, set[str]] = {}
    for path in FILES:
        by_language.setdefault(path.parent.name, set()).add(path.name)
    assert "en" in by_language
    assert all(names == by_language["en"] for names in by_language.values())


def test_nothing_else_lies_among_the_lexicons() -> None:
    strays = [path for path in LEXICONS.glob("*/*") if path not in FILES and path.name != "__pycache__"]
    assert strays == []


@pytest.mark.parametrize("path", LISTS, ids=named)
def test_a_list_says_whose_it_is(path: Path) -> None:
    found = content(path)
    assert found["language"] == path.parent.name
    assert found["source"].strip()
    assert found["licence"] in LICENCES


@pytest.mark.parametrize("path", TABLES, ids=named)
def test_a_table_stands_in_the_index_with_its_columns(path: Path) -> None:
    entry = index(path.parent.name)[path.name]
    assert content(path.parent / "index.yaml")["language"] == path.parent.name
    assert entry["source"].strip() and entry["holds"].strip()
    assert entry["licence"] in LICENCES
    rows = read_table(f"lexicons/{named(path)}")
    assert rows and list(rows[0]) == entry["columns"]
    assert set(entry["key"]) <= set(entry["columns"])


def test_the_index_names_no_file_that_is_not_there() -> None:
    for language in sorted({path.parent.name for path in FILES}):
        assert sorted(index(language)) == sorted(path.name for path in TABLES if path.parent.name == language)


@pytest.mark.parametrize("path", FILES, ids=named)
def test_a_strength_is_strong_or_weak(path: Path) -> None:
    if path.suffix == ".csv":
        found = [row["strength"] for row in read_table(f"lexicons/{named(path)}") if "strength" in row]
    else:
        found = list(grades(content(path)))
    assert set(found) <= {"strong", "weak"}, Counter(found)


@pytest.mark.parametrize("path", LISTS, ids=named)
def test_every_form_of_a_list_is_text(path: Path) -> None:
    """YAML takes no, on and off for truth values, and 10 for a number, unless they are quoted."""
    for part in walk(content(path)):
        if isinstance(part, list) and any(isinstance(item, str) for item in part):
            assert all(isinstance(item, str | dict | list) for item in part), part


@pytest.mark.parametrize("path", LISTS, ids=named)
def test_no_entry_stands_twice_in_a_list(path: Path) -> None:
    for part in walk(content(path)):
        if isinstance(part, list):
            texts = Counter(item for item in part if isinstance(item, str))
            assert [item for item, count in texts.items() if count > 1] == []
    kinds: Counter[tuple[str, str]] = Counter()
    for entry in content(path).get("entries", ()):
        for form in entry.get("forms", [entry["form"]] if "form" in entry else []):
            kinds[entry.get("kind", entry.get("class", "")), form] += 1
    assert [key for key, count in kinds.items() if count > 1] == []


@pytest.mark.parametrize("path", TABLES, ids=named)
def test_no_entry_stands_twice_in_a_table(path: Path) -> None:
    key = index(path.parent.name)[path.name]["key"]
    found = Counter(tuple(row[column] for column in key) for row in read_table(f"lexicons/{named(path)}"))
    assert [entry for entry, count in found.items() if count > 1] == []


@pytest.mark.parametrize("path", FILES, ids=named)
def test_entries_have_no_stray_spaces(path: Path) -> None:
    if path.suffix == ".csv":
        cells = [cell for row in read_table(f"lexicons/{named(path)}") for cell in row.values()]
    else:
        cells = [part for part in walk(content(path)) if isinstance(part, str)]
    assert [cell for cell in cells if "  " in cell] == []
    if path.suffix == ".csv":
        assert [cell for cell in cells if cell != cell.strip()] == []


@cache
def state_forms() -> frozenset[str]:
    """Names, adjectives, demonyms, capitals and seats in lower case. Initials are left out: "us" is a pronoun."""
    return frozenset(
        form.form.lower()
        for form in Territories.load().surface_forms()
        if not form.form.isupper() and not re.fullmatch(r"(?:[A-Z]\.)+[A-Z]?", form.form) and len(form.form) > 2
    )


def states_in(text: str) -> list[str]:
    """The names of states that stand in a text, whole words only, up to four words long."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    runs = {" ".join(words[i : i + n]) for n in range(1, 5) for i in range(len(words) - n + 1)}
    return sorted(runs & state_forms())


@pytest.mark.parametrize("path", [path for path in FILES if path.name in WEIGHED], ids=named)
def test_no_word_that_carries_a_weight_names_a_state(path: Path) -> None:
    if path.suffix == ".csv":
        lines = [" ".join(row.values()) for row in read_table(f"lexicons/{named(path)}")]
    else:
        lines = [part for part in walk(content(path)) if isinstance(part, str)]
    assert [(line, states) for line in lines if (states := states_in(line))] == []


def test_the_neutrality_test_would_see_a_state() -> None:
    assert states_in("anti-norwegian") == ["norwegian"]
    assert states_in("the Sri Lankan way") != []
    assert states_in("Nairobi") == ["nairobi"]
    assert states_in("give us a polished car") == []


def test_stances_lie_between_minus_one_and_one() -> None:
    for path in TABLES:
        if path.name in ("stance.csv", "loaded.csv", "cues.csv"):
            for row in read_table(f"lexicons/{named(path)}"):
                assert -1 <= float(row["stance"]) <= 1, row


@pytest.mark.parametrize("path", FILES, ids=named)
def test_yaml_and_csv_are_utf8_without_a_mark_or_carriage_returns(path: Path) -> None:
    data = path.read_bytes()
    assert not data.startswith(b"\xef\xbb\xbf") and b"\r" not in data
    data.decode("utf-8")
    assert path.suffix == ".csv" or yaml.safe_load(data) is not None

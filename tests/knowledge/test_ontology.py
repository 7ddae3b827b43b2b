"""The ontologies hold together: codes, types, modes, scores, sentences, and the lexicon that names them."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import get_args

import pytest

from detente.errors import LookupFailed
from detente.knowledge.loading import read_table
from detente.knowledge.ontology import Ontology
from detente.knowledge.territory import Territories
from detente.model.vocabulary import EventType, Quad

ROOT = Path(__file__).parents[2]
EVENTS = ROOT.parent / "shared/data/events"
TABLES = ("events_verbs", "events_frames", "events_nouns", "events_composition")
QUADS = {
    "1": "verbal_cooperation",
    "2": "material_cooperation",
    "3": "verbal_conflict",
    "4": "material_conflict",
}


@cache
def ontology() -> Ontology:
    return Ontology.load()


def published(name: str) -> Path:
    path = EVENTS / name
    if not path.exists():
        pytest.skip(f"the published file {name} is not beside this checkout")
    return path


def sentences() -> list[str]:
    found: list[str] = []
    for kind in ontology().types:
        found += [*kind.examples, kind.counter_example.text]
        for mode in kind.modes:
            found += [mode.example, mode.counter_example.text]
    for root in ontology().roots:
        found += [root.example, root.counter_example.text]
    return found


def meanings() -> list[str]:
    found = [context.definition for context in ontology().contexts] + [root.definition for root in ontology().roots]
    for kind in ontology().types:
        found += [kind.definition, *(mode.definition for mode in kind.modes)]
    return found


def test_every_code_has_a_known_type_a_class_and_a_score_in_range() -> None:
    for code in ontology().codes.values():
        assert code.type in get_args(EventType), code
        assert code.quad in get_args(Quad), code
        assert -10 <= code.goldstein <= 10, code


def test_codes_are_text_and_sorted_under_twenty_roots() -> None:
    codes = list(ontology().codes)
    assert codes == sorted(codes)
    assert all(re.fullmatch(r"\d{2,4}", code) for code in codes)
    assert ontology().code("010").label != ontology().code("10").label
    roots = [root.code for root in ontology().roots]
    assert roots == [f"{number:02}" for number in range(1, 21)]
    assert {code.root for code in ontology().codes.values()} == set(roots)
    # above each code stands its parent, but for the general codes "0" of a root
    assert all(code[:-1] in ontology().codes for code in codes if len(code) > 2)


def test_every_type_mode_and_context_of_a_code_has_a_meaning() -> None:
    contexts = {context.name for context in ontology().contexts}
    for code in ontology().codes.values():
        kind = ontology().type(code.type)
        if code.mode is not None:
            assert kind.mode(code.mode).definition
        assert all(context in contexts for context in (code.context or "").split("; ") if context), code


def test_the_class_of_a_code_is_that_of_its_type() -> None:
    """But for CONCEDE: the manual calls it verbal, the code table material."""
    for code in ontology().codes.values():
        expected = "material_cooperation" if code.type == "CONCEDE" else ontology().type(code.type).quad
        assert code.quad == expected, code


def test_scores_lie_on_the_side_of_their_class() -> None:
    for kind in ontology().types:
        for score in [kind.score, *(ontology().mode_score(kind.name, mode.name) for mode in kind.modes)]:
            if score is not None and kind.name != "REQUEST":  # asking for help is a little friendly
                assert -10 <= score <= 10
                assert (score > 0) == kind.quad.endswith("cooperation"), kind.name


def test_a_mode_without_a_score_has_that_of_the_mode_that_holds_it_now_or_of_its_type() -> None:
    assert ontology().mode_score("ASSAULT", "drone") == -9.5
    assert ontology().mode_score("ASSAULT", "assassinate") == ontology().mode_score("ASSAULT", "targeted")
    assert ontology().mode_score("ASSAULT", "massacre") == ontology().mode_score("ASSAULT") == -9
    assert ontology().mode_score("STATEMENT") is None


def test_only_modes_that_the_score_table_lacks_are_marked_so() -> None:
    for kind in ontology().types:
        for mode in kind.modes:
            assert (mode.score is None) == (mode.listed == "crosswalk"), f"{kind.name} {mode.name}"
            if mode.now is not None:
                assert kind.mode(mode.now).score is not None


def test_a_failed_lookup_lists_what_exists() -> None:
    with pytest.raises(LookupFailed, match="AGREE, CONSULT"):
        ontology().type("agree")
    with pytest.raises(LookupFailed, match="visit, third-party"):
        ontology().type("CONSULT").mode("letter")
    with pytest.raises(LookupFailed, match="2099"):
        ontology().code("2099")


def test_a_counter_example_names_another_kind_that_exists() -> None:
    for kind in ontology().types:
        own = [(kind.name, kind.counter_example.instead)]
        own += [(f"{kind.name} {mode.name}", mode.counter_example.instead) for mode in kind.modes]
        for name, instead in own:
            assert instead != name
            if instead != "none":
                other, _, mode = instead.partition(" ")
                assert not mode or ontology().type(other).mode(mode)
                assert ontology().type(other)
        assert kind.counter_example.instead.split()[0] != kind.name
    for root in ontology().roots:
        assert ontology().code(root.counter_example.instead).root != root.code


def test_sentences_are_whole_different_and_of_nobody_else() -> None:
    said = sentences()
    assert [sentence for sentence, count in Counter(said).items() if count > 1] == []
    for sentence in said:
        assert re.fullmatch(r"[A-Z].{15,120}[.]", sentence), sentence


def test_sentences_name_states_of_every_continent_and_none_often() -> None:
    named = Counter()
    territories = Territories.load()
    forms = {
        form.form: form.territory
        for form in territories.surface_forms()
        if form.kind in ("name", "adjective", "capital") and not form.form.isupper()
    }
    for sentence in sentences():
        words = re.findall(r"[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)*", sentence)
        found = {part for run in words for part in (run, *run.split(), re.sub(r"['’]s$", "", run))}
        named.update({forms[part] for part in found if part in forms})
    assert max(named.values()) <= 8, named.most_common(3)
    regions = Counter()
    for code, count in named.items():
        regions[territories.get(code).region] += count
    assert len(named) >= 60
    assert set(regions) == {"Africa", "Americas", "Asia", "Europe", "Middle East", "Oceania"}
    assert max(regions.values()) < 4 * min(regions.values()), regions


@pytest.mark.parametrize("text", ["labels", "meanings"])
def test_labels_and_meanings_are_tidy(text: str) -> None:
    names = [code.label for code in ontology().codes.values()] + [root.label for root in ontology().roots]
    for kind in ontology().types:
        names += [kind.label, *(mode.label for mode in kind.modes)]
    for line in names if text == "labels" else meanings():
        assert "  " not in line and line == line.strip(), line
        assert line[0].isupper() and not line.isupper(), line
        assert line.endswith(".") == (text == "meanings"), line
        assert not re.search(r"\b(\w+) \1\b", line), line
        assert line.isascii(), line


def test_words_of_the_labels_are_spelt_as_others_spell_them() -> None:
    """A word that stands in one label only and differs from a common one in one letter is most likely a slip."""
    different = {("charge", "change")}
    words = Counter(w for code in ontology().codes.values() for w in re.findall(r"[a-z]{6,}", code.label.lower()))
    common = {word for word, count in words.items() if count > 2}
    near = [
        (word, other)
        for word, count in sorted(words.items())
        if count == 1
        for other in sorted(common)
        if word != other and len(word) == len(other) and sum(a != b for a, b in zip(word, other, strict=True)) == 1
    ]
    assert set(near) <= different
    assert not {"adminstrative", "apolgize", "ostruct", "occured", "seperate", "goverment"} & words.keys()


@pytest.mark.parametrize("table", TABLES)
def test_codes_of_the_lexicon_exist_and_bear_their_own_type(table: str) -> None:
    for row in read_table(f"lexicons/en/{table}.csv"):
        if row["cameo"]:
            word = row.get("word", row.get("op"))
            assert row["cameo"] in ontology().codes, f"{word}: {row['cameo']}"
            if row["type"]:
                assert ontology().may_bear(row["cameo"], row["type"]), f"{word}: {row['cameo']} as {row['type']}"


def test_a_declared_departure_is_one() -> None:
    for reading in ontology().readings:
        assert ontology().code(reading.code).type != reading.type
    assert ontology().may_bear("057", "AGREE") and ontology().may_bear("057", "SUPPORT")
    assert not ontology().may_bear("190", "AGREE")


def test_the_table_agrees_with_the_published_one() -> None:
    with published("cameo_codes.csv").open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            ours = ontology().code(row["code"])
            assert (ours.goldstein, ours.quad) == (float(row["goldstein"]), QUADS[row["quad"]]), row["code"]
            assert ours.type == (row["plover16"] or "STATEMENT")


def test_the_mode_scores_agree_with_the_published_ones() -> None:
    with published("plover_scores.csv").open(encoding="utf-8", newline="") as handle:
        rows = {row["category_mode"]: float(row["score"]) for row in csv.DictReader(handle)}
    ours = {kind.name: kind.score for kind in ontology().types if kind.score is not None}
    for kind in ontology().types:
        ours |= {f"{kind.name}: {mode.name.capitalize()}": mode.score for mode in kind.modes if mode.score is not None}
    assert ours == rows


def test_the_crosswalk_is_carried_over_whole() -> None:
    sys.path.insert(0, str(ROOT / "data_build"))
    try:
        import ontologies
    finally:
        sys.path.pop(0)
    sources = published("cameo_codes.csv"), published("CAMEO2PLOVER-2021.txt")
    built = [dict(zip(ontologies.COLUMNS, row, strict=True)) for row in ontologies.build(*sources)]
    assert built == read_table("ontologies/cameo.csv")
    assert ontologies.differences(*sources) == ["1214: only in the crosswalk"]


def test_the_page_is_current() -> None:
    sys.path.insert(0, str(ROOT / "data_build"))
    try:
        import ontology_page
    finally:
        sys.path.pop(0)
    assert ontology_page.PAGE.read_text(encoding="utf-8") == ontology_page.page()


def test_the_meanings_are_read_only_when_asked_for() -> None:
    code = (
        "import sys; from detente.knowledge.ontology import Ontology; found = Ontology.load(); found.code('190');"
        "assert 'yaml' not in sys.modules and '_plover' not in vars(found);"
        "found.types; assert 'yaml' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)

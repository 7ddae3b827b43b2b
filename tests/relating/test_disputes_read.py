"""Disputes in what the reader makes of articles: the examples of the repository, and an article it all began with."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import detente
from detente.model import Dispute
from detente.relating.disputes import Article, disputes_in
from disputed import LEXICON

ROOT = Path(__file__).parents[2]
SEED = ROOT.parent / "shared" / "seeds" / "000_d607b62f6c46119c.txt"


def disputes_of_files(*paths: Path) -> tuple[Dispute, ...]:
    readings = [detente.read(path) for path in paths]
    articles = [Article(one.document, one.events, one.claims, one.figures) for one in readings]
    return disputes_in(articles, LEXICON).disputes


@cache
def of_examples() -> tuple[Dispute, ...]:
    return disputes_of_files(*sorted((ROOT / "examples").glob("*.txt")))


def words(dispute: Dispute) -> set[str]:
    return {version.evidence.quote for version in dispute.versions}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "quotes"),
    [
        ("figure", {"three", "one"}),
        ("figure", {"more than 5,000", "1,873", "1,790"}),
        ("occurrence", {"soldiers had taken away their papers", "The Salvadoran army denies that"}),
        ("naming", {"expelled", "left of their own will"}),
    ],
)
def test_the_examples_hold_the_disputes_they_were_written_for(kind: str, quotes: set[str]) -> None:
    assert [dispute for dispute in of_examples() if dispute.kind == kind and quotes <= words(dispute)] != []


@pytest.mark.slow
def test_no_dispute_of_the_examples_joins_articles_of_two_stories() -> None:
    for dispute in of_examples():
        outlets = {version.outlet for version in dispute.versions} - {"Continental Wire"}
        territories = {version.outlet_territory for version in dispute.versions} - {None}
        assert len(outlets) <= 2 and territories <= {*dispute.territories, "MRT", "GTM"}, dispute.about


@pytest.mark.seeds
@pytest.mark.skipif(not SEED.exists(), reason="the seed articles are not beside the project")
def test_the_figure_and_the_name_of_the_seed_article_are_disputed() -> None:
    found = {dispute.kind: dispute for dispute in disputes_of_files(SEED)}
    assert sorted(found) == ["figure", "naming"]
    figure = found["figure"]
    assert {version.value for version in figure.versions} == {229, 34, None}
    assert {version.stance for version in figure.versions} == {"holds", "omits"}
    assert "ethnic cleansing" in words(found["naming"])

"""How surely two statements are of one matter, and how far their voices stand apart: as the page on disputes says."""

from __future__ import annotations

import re
from pathlib import Path

from detente.model import Evidence
from detente.relating.disputes.matters import bond, opposition
from detente.relating.disputes.statement import Count, Holder, Scene, Statement

PAGE = Path(__file__).parents[2] / "docs" / "disputes.md"
SIDES = (("KEN", "TZA"),)
THREE = Count(
    low=3.0, high=3.0, is_about=False, value=3.0, bound="exact", unit="person", measure=None, of=(), words="three",
    territory=None,
)  # fmt: skip


def statement(
    text: str = "one", sentence: int = 0, *, key: str = "a", territory: str | None = "KEN", is_named: bool = True,
    **scene: object,
) -> Statement:  # fmt: skip
    return Statement(
        content=THREE, row_ids=("fig-1",), document_id=text, witness_id=text,
        evidence=Evidence(0, 5, "three"), sentence=sentence, voices=(), stance="holds", outlet=None,
        holder=Holder(key, territory, False, is_named), scene=Scene(**scene), outlet_territory=None, published=None,
    )  # type: ignore[arg-type]  # fmt: skip


def score(a: Statement, b: Statement) -> float:
    found = bond(a, b)
    assert found is not None
    return found.score


def published() -> dict[str, float]:
    rows = re.findall(
        r"^\| (of one .*|in one .*|between .*|two .*|one of .*) \| ([0-9.]+) \|$", PAGE.read_text("utf-8"), re.M
    )
    return {words: float(number) for words, number in rows}


def test_the_page_gives_the_numbers_of_the_program() -> None:
    one = {"happenings": ("hap-1",)}
    day, beside = {"start": "2024-05-06", "end": "2024-05-06"}, {"start": "2024-05-07", "end": "2024-05-07"}
    here = statement(dyads=SIDES)

    def there(**scene: object) -> Statement:
        return statement("two", dyads=SIDES, **scene)

    def told(day: int) -> Statement:
        return there(published=f"2024-05-{day:02}")

    def apart(**changes: object) -> float:
        found = opposition(statement(), statement(key="b", **changes))  # type: ignore[arg-type]
        assert found is not None
        return found[0]

    dated, first = statement(dyads=SIDES, **day), statement(dyads=SIDES, published="2024-05-01")
    assert published() == {
        "of one happening, in one article": score(statement(**one), statement(**one)),
        "of one happening, in two articles": score(statement(**one), statement("two", **one)),
        "in one article, up to 2 sentences apart": score(here, statement(sentence=2)),
        "in one article, up to 6 sentences apart": score(here, statement(sentence=6)),
        "in one article, further apart": score(here, statement(sentence=7)),
        "between the same sides, on the same days": score(dated, there(**day)),
        "between the same sides, on neighbouring days": score(dated, there(**beside)),
        "between the same sides, without days, told within 3 days": score(first, told(4)),
        "between the same sides, without days, told within 10 days": score(first, told(11)),
        "two sides, each for its territory": apart(territory="TZA"),
        "two voices, one of which speaks for no territory": apart(territory=None),
        "one of them is not named": apart(territory="TZA", is_named=False),
        "two voices of one side": apart(),
    }
    assert bond(first, told(12)) is None
    assert opposition(statement(), statement()) is None

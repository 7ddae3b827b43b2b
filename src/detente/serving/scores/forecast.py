"""Scores who-is-next: for each dated fact, the rank of the right object and of the right subject.

The ICEWS14 protocol of the literature on temporal knowledge graphs. Rows hold `s`, `r`, `o` (names), `sid`, `rid`,
`oid` (numbers) and `t` in hours; a day is 24 of them. Both directions are asked, (s, r, ?) and (?, r, o). Single-step:
a day is ranked by all that lies before it, earlier days of the scored file included, which the model is not fitted on.
Filtered by time: other right answers of the same day do not count against an answer. Ties are averaged over.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import msgspec

from detente.errors import InputError
from detente.knowledge import Knowledge
from detente.serving.scores.report import Figure, ScoreReport

if TYPE_CHECKING:
    from detente.relating.forecast.ranking.facts import Fact
    from detente.relating.forecast.ranking.ranker import Rank, Settings

HOURS_A_DAY = 24
_SHOWN = 60


class FactRow(msgspec.Struct, frozen=True):
    """One row of the set; other columns are ignored."""

    s: str
    r: str
    o: str
    t: int
    sid: int
    rid: int
    oid: int


class ForecastScore:
    """`history`: the files with what lies before; where none is named, those beside the scored one with the same
    beginning of the name (`icews14_train.jsonl`, `icews14_valid.jsonl`) that end before it begins. `names`: whether
    places and roles in names, `Police_(Peru)`, may be used."""

    name: ClassVar[str] = "forecast"

    def __init__(self, history: Sequence[Path] = (), *, names: bool = True, settings: Settings | None = None) -> None:
        self.history = tuple(history)
        self.names = names
        self.settings = settings

    def score(self, path: Path, knowledge: Knowledge, *, limit: int | None = None) -> ScoreReport:
        """MRR and Hits@1, 3, 10 over both directions and in each; `errors` show right answers that came far behind.

        InputError for a file of another form, or where no history is found.
        """
        from detente.relating.forecast.ranking.facts import facts_of
        from detente.relating.forecast.ranking.ranker import DEFAULT, ranks

        asked = rows(path, limit)
        if not asked:
            raise InputError("the file holds no fact", value=str(path), expected="one fact a line")
        first = min(row.t for row in asked)
        before = self._before(path, first)
        told = [row for file in before for row in rows(file) if row.t // HOURS_A_DAY < first // HOURS_A_DAY]
        if not told:
            raise InputError(
                "no history lies before the facts to forecast",
                value=str(path),
                expected="a file of earlier facts beside it, with the same beginning of the name",
                todo="name it: --history icews14_train.jsonl",
            )
        facts = facts_of([_fact(row) for row in (*told, *asked)], names=self.names)
        found = list(ranks(facts, first // HOURS_A_DAY, self.settings or DEFAULT))
        entities, relations = _names(told, asked)
        return ScoreReport(
            task=self.name,
            file=str(path),
            rows=len(asked),
            figures=tuple(_figures(found)),
            errors=tuple(_error(rank, entities, relations) for rank in _farthest(found)),
            notes=(
                "single-step: a day is ranked by everything before it; time-aware filter; ties averaged",
                f"fitted on the history only: {len(told)} facts of {', '.join(file.name for file in before)}",
                "places and roles in the entities' names are used" if self.names else "names are not used",
            ),
        )

    def _before(self, path: Path, first: int) -> list[Path]:
        if self.history:
            return list(self.history)
        beginning = path.stem.rpartition("_")[0]
        beside = sorted(path.parent.glob(f"{beginning}_*.jsonl")) if beginning else []
        return [file for file in beside if file != path and max((row.t for row in rows(file)), default=first) < first]


def rows(path: Path, limit: int | None = None) -> list[FactRow]:
    """The facts of the file, at most `limit`; InputError names the first line that is none."""
    decoder = msgspec.json.Decoder(FactRow)
    found: list[FactRow] = []
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        if limit is not None and len(found) >= limit:
            break
        if not line.strip():
            continue
        try:
            row = decoder.decode(line)
            if min(row.sid, row.rid, row.oid) < 0:
                raise msgspec.ValidationError("a number below 0")
        except (msgspec.DecodeError, msgspec.ValidationError) as error:
            raise InputError(
                "this is no dated fact",
                value=f"{path} line {number}: {error}",
                expected="s, r, o, their numbers sid, rid, oid, and t in hours",
            ) from None
        found.append(row)
    return found


def _fact(row: FactRow) -> Fact:
    from detente.relating.forecast.ranking.facts import Fact

    return Fact(row.sid, row.rid, row.oid, row.t // HOURS_A_DAY, row.s, row.o)


def _figures(found: list[Rank]) -> list[Figure]:
    parts = {
        "": found,
        "object ": [rank for rank in found if not rank.is_turned],
        "subject ": [rank for rank in found if rank.is_turned],
    }
    figures = []
    for part, of in parts.items():
        count = len(of)
        figures.append(Figure(f"{part}MRR", sum(1 / rank.rank for rank in of) / max(1, count), count))
        for most in (1, 3, 10):
            hits = sum(rank.rank <= most for rank in of)
            figures.append(Figure(f"{part}Hits@{most}", hits / max(1, count), count))
    return figures


def _names(*parts: list[FactRow]) -> tuple[dict[int, str], dict[int, str]]:
    entities: dict[int, str] = {}
    relations: dict[int, str] = {}
    for row in (row for part in parts for row in part):
        entities[row.sid], entities[row.oid], relations[row.rid] = row.s, row.o, row.r
    return entities, relations


def _farthest(found: list[Rank]) -> list[Rank]:
    return sorted(found, key=lambda rank: (-rank.rank, rank.day, rank.subject, rank.relation, rank.answer))[:_SHOWN]


def _error(rank: Rank, entities: dict[int, str], relations: dict[int, str]) -> str:
    one, answer = entities[rank.subject], entities[rank.answer]
    asked = f"? > {one}" if rank.is_turned else f"{one} > ?"
    return f"day {rank.day}: {relations[rank.relation]}: {asked}: {answer} came at {rank.rank:,.1f}"

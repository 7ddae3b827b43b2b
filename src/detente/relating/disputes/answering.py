"""What a denial answers: the rows of its article that it points back at ("denied this", "rejected that accusation").

A denial in so many words ("denied that its guns had fired") needs none of this; it is held against acts by `denying`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from msgspec.structs import replace

from detente.model import Claim
from detente.relating.disputes.page import Page
from detente.relating.disputes.statement import Act, Statement

HOSTILE = frozenset(("ASSAULT", "COERCE", "SANCTION", "THREATEN", "MOBILIZE", "PROTEST"))
_DEMAND = re.compile(r"\bclaims? (?:to|on|over|for)\b", re.IGNORECASE)
"""A claim to an island is no telling of what happened."""
_POINTING_WORDS = 6
_POINTS_WITHIN = 3
"""Sentences."""
_MOST_WEIGHED = 60
"""Statements before a denial that are weighed against each other, the nearest."""


def is_pointing(page: Page, claim: Claim) -> bool:
    """Whether the contents only point: "this", "any link", "that accusation"."""
    start, end = claim.contents[0].start, claim.contents[-1].end
    words = page.tokens_in(start, end)
    if len(words) > _POINTING_WORDS or _DEMAND.search(page.text, start, end):
        return False
    said = {token.word.removesuffix("s") for token in words} | {token.word for token in words}
    if not said.isdisjoint(page.lexicon.answer_nouns):
        return True
    return len(words) <= 2 and not said.isdisjoint(page.lexicon.pronouns)


def is_of_motive(page: Page, claim: Claim) -> bool:
    """ "Denied any link", "any political motive": what is denied is the reason, not the act."""
    return page.lexicon.untold.search(page.text, claim.contents[0].start, claim.contents[-1].end) is not None


def with_renaming(found: Sequence[Statement]) -> list[Statement]:
    """Who rejects a word that condemns an act and tells of an act of his own beside it rejects the word, not the act:
    "there is no embargo", where the bridge is shut for repair."""
    owned: dict[str, list[int]] = {}
    for one in found:
        act = one.content
        side = one.holder.territory
        if isinstance(act, Act) and one.stance == "holds" and act.type in HOSTILE and side in act.source_sides:
            owned.setdefault(side or "", []).append(one.sentence)
    done: list[Statement] = []
    for one in found:
        act = one.content
        if isinstance(act, Act) and one.stance == "denies" and act.is_loaded:
            own = owned.get(one.holder.territory or "", ())
            if any(abs(sentence - one.sentence) <= _POINTS_WITHIN for sentence in own[:_MOST_WEIGHED]):
                one = replace(one, content=replace(act, is_renaming=True))
        done.append(one)
    return done


def with_answers(found: Sequence[Statement]) -> list[Statement]:
    """Denials that only point are given the rows they point at: what another voice said last before them."""
    held = sorted((one for one in found if one.stance == "holds"), key=lambda one: (one.sentence, one.evidence.start))
    sentences = [one.sentence for one in held]
    done: list[Statement] = []
    for statement in found:
        content = statement.content
        if isinstance(content, Act) and content.points_back:
            first = bisect_left(sentences, statement.sentence - _POINTS_WITHIN)
            last = bisect_right(sentences, statement.sentence)
            before = held[max(first, last - _MOST_WEIGHED) : last]
            if (pointed := _last_before(statement, before)) is not None:
                statement = replace(statement, answers=pointed.row_ids)
        done.append(statement)
    return done


def _last_before(denial: Statement, held: Sequence[Statement]) -> Statement | None:
    side = denial.holder.territory

    def rank(statement: Statement) -> tuple[int, bool, bool, int]:
        content = statement.content
        assert isinstance(content, Act)
        length = statement.evidence.end - statement.evidence.start
        return denial.sentence - statement.sentence, side not in content.sources, content.type not in HOSTILE, -length

    before = [
        statement for statement in held
        if statement.evidence.start < denial.evidence.start
        and statement.holder.key != denial.holder.key
        and not (side is not None and statement.holder.territory == side)
        and _can_be_denied(statement, side, denial.sentence)
    ]  # fmt: skip
    return min(before, key=rank, default=None)


def _can_be_denied(statement: Statement, side: str | None, sentence: int) -> bool:
    """What somebody says; what the author tells only where it is a deed of the one who denies, told just before."""
    content = statement.content
    assert isinstance(content, Act)
    is_near = sentence - statement.sentence <= 1
    if not statement.holder.is_author:
        return content.is_accusing or (is_near and side is not None) or (side in content.sources)
    return side in content.sources and content.type in HOSTILE and is_near

"""Event coreference on a set in the form of ECB+: given the words of events, which are of one happening; and, given the
articles, which tell one story.

Nothing but words is known here: the gold marks which words name an event, and no type, party or date. Candidates are
the pairs inside the stories that we find ourselves; the gold topics are only scored against. Figures are those of the
field: MUC, B3 and CEAF-e over all marked events, those that stand alone included, and their mean, CoNLL F1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import ClassVar

import msgspec
from msgspec import Struct

from detente.knowledge import Knowledge
from detente.relating.happenings.scoring import Scorer
from detente.relating.happenings.settling import Pair, settle
from detente.relating.happenings.stories import stories_of
from detente.relating.happenings.telling import DOCUMENT_TERMS, Telling, bare_telling
from detente.relating.happenings.weighing import FLOOR, weights
from detente.relating.happenings.words import WordTable, word_table
from detente.serving.scores.partitions import b_cubed, ceaf_e, conll, grouping, muc
from detente.serving.scores.report import Figure, ScoreReport, named


class MentionRow(Struct, frozen=True):
    sent: int
    tokens: list[int]
    text: str
    chain: str


class ArticleRow(Struct, frozen=True):
    """One line of the file: an article with the words that name events, and the chain each belongs to."""

    doc_id: str
    topic: str
    subtopic: str
    sentences: dict[str, str]
    tokens: dict[str, list[str]]
    events: list[MentionRow]

    @property
    def text(self) -> str:
        return "\n".join(self.sentences.values())


class CoreferenceScore:
    """Scores a file of the coreference task. `limit` counts articles."""

    name: ClassVar[str] = "coreference"

    def score(self, path: Path, knowledge: Knowledge, *, limit: int | None = None) -> ScoreReport:
        rows = article_rows(path, limit)
        words = word_table(knowledge)
        stories = stories_of({row.doc_id: words.stems(row.text) for row in rows}, words)
        story_of = grouping(stories)
        tellings = {telling.key: telling for row in rows for telling in tellings_of(row, words)}
        gold = {mention_key(row, place): mention.chain for row in rows for place, mention in enumerate(row.events)}
        scores = scored(tellings, story_of, scorer_of(rows, words))
        found = grouping(settle(tellings, scores, weights().story_threshold))
        measures = [(name, measure(found, gold)) for name, measure in _MEASURES]
        figures = [Figure("events: CoNLL F1", conll(found, gold), len(gold))]
        for name, triple in measures:
            figures += named(f"events: {name}", triple, len(gold))
        for name, truth in (("story", _subtopics(rows)), ("topic", _topics(rows))):
            figures += named(f"articles by {name}: B3", b_cubed(story_of, truth), len(rows))
        return ScoreReport(
            self.name, path.name, len(rows), tuple(figures), tuple(_errors(found, gold, tellings)),
            (f"{len(stories)} stories found, {len(set(_subtopics(rows).values()))} marked",),
        )  # fmt: skip


_MEASURES = (("MUC", muc), ("B3", b_cubed), ("CEAF-e", ceaf_e))


def article_rows(path: Path, limit: int | None = None) -> list[ArticleRow]:
    lines = list(filter(None, path.read_text(encoding="utf-8").split("\n")))[:limit]
    return [msgspec.json.decode(line, type=ArticleRow) for line in lines]


def mention_key(row: ArticleRow, place: int) -> str:
    return f"{row.doc_id} {place:04d}"


def tellings_of(row: ArticleRow, words: WordTable) -> list[Telling]:
    """The marked events as tellings of which only words are known."""
    return [
        bare_telling(
            mention_key(row, place), row.doc_id, mention.text, " ".join(row.tokens[str(mention.sent)]),
            number=mention.sent, words=words,
        )
        for place, mention in enumerate(row.events)
    ]  # fmt: skip


def scorer_of(rows: Sequence[ArticleRow], words: WordTable) -> Scorer:
    articles = {row.doc_id: words.weighted_counts(Counter(words.stems(row.text)), most=DOCUMENT_TERMS) for row in rows}
    return Scorer(words, weights(), articles)


def scored(tellings: Mapping[str, Telling], story_of: Mapping[str, int], scorer: Scorer) -> dict[Pair, int]:
    """The scores of all pairs inside a story."""
    by_story: dict[int, list[str]] = {}
    for key in sorted(tellings):
        by_story.setdefault(story_of[tellings[key].document_id], []).append(key)
    least = FLOOR
    return {
        (one, other): score
        for keys in by_story.values()
        for place, one in enumerate(keys)
        for other in keys[place + 1 :]
        if (score := scorer.score(tellings[one], tellings[other])) > least
    }


def _subtopics(rows: Sequence[ArticleRow]) -> dict[str, str]:
    return {row.doc_id: row.subtopic for row in rows}


def _topics(rows: Sequence[ArticleRow]) -> dict[str, str]:
    return {row.doc_id: row.topic for row in rows}


def _errors(found: Mapping[str, int], gold: Mapping[str, str], tellings: Mapping[str, Telling]) -> list[str]:
    """Pairs of acts wrongly joined or wrongly parted, the commonest first."""
    counts: Counter[str] = Counter()
    keys = sorted(found)
    for place, one in enumerate(keys):
        for other in keys[place + 1 :]:
            is_joined, is_one = found[one] == found[other], gold[one] == gold[other]
            if is_joined != is_one:
                acts = sorted(" ".join(tellings[key].act) for key in (one, other))
                counts[f"{'joined' if is_joined else 'parted'}: {acts[0]} | {acts[1]}"] += 1
    return [f"{line} ({count} pairs)" for line, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]

"""Compiles `corpus/stories/{dev,test}/*.txt` to `corpus/build/stories_{dev,test}.jsonl`, or says what is wrong.

    python corpus/compile_stories.py                            everything, into corpus/build/
    python corpus/compile_stories.py corpus/stories/dev/x.txt   check these files only, write nothing

Exits with 1 where a line must be mended. Files are read in the order of their names, so the output is the same on any
machine.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

ROOT: Final = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT))

from authoring import Problem  # noqa: E402
from building import Builder  # noqa: E402
from codes import Codes  # noqa: E402
from linking import Linker  # noqa: E402
from storying import Story, read_stories  # noqa: E402

from detente.knowledge import Knowledge  # noqa: E402
from detente.serving.scores.corpus_rows import PassageRow  # noqa: E402
from detente.serving.scores.stories_rows import StoryRow  # noqa: E402

SPLITS: Final = ("dev", "test")
SAME_WORDS: Final = 8  # a sentence of this many words may stand once only, save in copies
FEWEST, MOST = 2, 4
SHORTEST, LONGEST = 80, 170  # words of an article
WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
SENTENCES: Final = (4, 10)  # title included


class Compiled(NamedTuple):
    """Rows of sound stories, and what must be mended in the others."""

    rows: list[StoryRow]
    problems: list[Problem]


def sources(root: Path = ROOT) -> list[Path]:
    """The files of all splits."""
    return [path for split in SPLITS for path in sorted((root / "stories" / split).glob("*.txt"))]


def compiled(paths: Sequence[Path], knowledge: Knowledge) -> Compiled:
    """The stories of these files; the split is the name of the folder."""
    codes = Codes(knowledge)
    done = Compiled([], [])
    ids: Counter[str] = Counter()
    for path in paths:
        stories, problems = read_stories(path, path.parent.name, f"stories/{path.parent.name}/{path.name}")
        done.problems.extend(problems)
        for story in stories:
            found: list[Problem] = []
            articles: list[PassageRow] = []
            for passage in story.passages:
                builder = Builder(passage, codes)
                articles.append(builder.build())
                found += builder.problems
            for name in (story.id, *(passage.id for passage in story.passages)):
                ids[name] += 1
                if ids[name] > 1:
                    found.append(Problem(story.file, story.id, story.line, f"the id {name} stands already"))
            found += [Problem(story.file, story.id, story.line, what) for what in _faults(story, articles)]
            if not found:
                linker = Linker(story, articles)
                row = linker.link()
                found += linker.problems
                if not found:
                    done.rows.append(row)
            done.problems.extend(found)
    done.problems.extend(_repeated(done.rows))
    return done


def _faults(story: Story, articles: Sequence[PassageRow]) -> Iterable[str]:
    if story.split not in SPLITS:
        yield f"no split: {story.split}"
    if not FEWEST <= len(articles) <= MOST:
        yield f"{len(articles)} articles; a story has {FEWEST} to {MOST}"
    for row in articles:
        words = len(row.text.split())
        if not SHORTEST <= words <= LONGEST:
            yield f"{row.id} has {words} words; an article has {SHORTEST} to {LONGEST}"
        if not SENTENCES[0] <= len(row.sentences) <= SENTENCES[1]:
            yield f"{row.id} has {len(row.sentences)} sentences; expected {SENTENCES[0]} to {SENTENCES[1]}"
        yield from _wrong_days(row)


def _wrong_days(row: PassageRow) -> Iterable[str]:
    """Week-days that are not the day given, and days that do not exist."""
    published = date.fromisoformat(row.published)
    for time in row.times:
        try:
            day = date.fromisoformat(time.value)
        except ValueError:
            if _DAY.fullmatch(time.value):
                yield f"{row.id}: no day: {time.value}"
            continue
        words = time.span.quote.casefold().split()
        if any(name in words and day.weekday() != number for number, name in enumerate(WEEKDAYS)):
            yield f"{row.id}: {time.value} is a {WEEKDAYS[day.weekday()]}, not “{time.span.quote}”"
        if len(words) == 1 and words[0] in WEEKDAYS and abs((published - day).days) > len(WEEKDAYS):
            yield f"{row.id}: “{time.span.quote}” is {time.value}, far from {row.published}"
        ago = {"today": 0, "yesterday": 1, "tomorrow": -1}.get(words[0]) if len(words) == 1 else None
        if ago is not None and (published - day).days != ago:
            yield f"{row.id}: “{time.span.quote}” is not {time.value}, seen from {row.published}"


def _repeated(rows: Sequence[StoryRow]) -> list[Problem]:
    """Sentences that stand twice and not in copies of one text."""
    problems: list[Problem] = []
    first: dict[str, tuple[str, int]] = {}
    for row in rows:
        group = {index: members for members in row.copies for index in members}
        for index, article in enumerate(row.articles):
            witness = min(group.get(index, (index,)))
            for sentence in article.sentences:
                words = " ".join(article.text[sentence.start : sentence.end].casefold().split())
                if len(words.split()) < SAME_WORDS:
                    continue
                there = first.setdefault(words, (row.id, witness))
                if there != (row.id, witness):
                    what = f"the sentence stands already in {there[0]}, in an article that is no copy"
                    problems.append(Problem(row.split, article.id, sentence.line, what))
    return problems


def write(rows: Sequence[StoryRow], folder: Path) -> None:
    """One file a split, one story a line."""
    folder.mkdir(parents=True, exist_ok=True)
    for split in SPLITS:
        lines = [msgspec.json.encode(row) for row in rows if row.split == split]
        (folder / f"stories_{split}.jsonl").write_bytes(b"".join(line + b"\n" for line in lines))


def summary(rows: Sequence[StoryRow]) -> str:
    """How much there is, in one line."""
    kinds = Counter(dispute.kind for row in rows for dispute in row.disputes)
    articles = sum(len(row.articles) for row in rows)
    events = sum(len(article.events) for row in rows for article in row.articles)
    told = ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items()))
    return (
        f"{len(rows)} stories, {articles} articles, {events} events, "
        f"{sum(len(row.happenings) for row in rows)} happenings told more than once, "
        f"{sum(kinds.values())} disputes ({told})"
    )


def main(arguments: Sequence[str]) -> int:
    given = [Path(argument).resolve() for argument in arguments]
    done = compiled(given or sources(), Knowledge())
    for problem in sorted(done.problems, key=lambda one: (one.file, one.line)):
        sys.stdout.write(f"{problem}\n")
    for split in SPLITS:
        rows = [row for row in done.rows if row.split == split]
        if rows:
            sys.stdout.write(f"{split}: {summary(rows)}\n")
    sys.stdout.write(f"{len(done.problems)} to mend\n")
    if not given and not done.problems:
        write(done.rows, ROOT / "build")
    return 1 if done.problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

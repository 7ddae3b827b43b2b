"""What holds between the articles of one story: copies, happenings, disputes and days of events.

What lives here: the lines of a story's block read against the rows of its articles (`stories/format.md` describes
them). What does not: which line belongs to which story (`storying`), the articles' own lines (`authoring`, `building`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final, cast, get_args

from authoring import Problem
from casting import listed
from quoting import NotFoundInSentence, counted, occurrences, pieces
from storying import LETTERS, Story

from detente.model.vocabulary import DisputeKind
from detente.serving.scores.corpus_rows import ActorRow, ClaimRow, EventRow, PassageRow, Stretch, Voiced
from detente.serving.scores.stories_rows import (
    DisputeRow,
    EventAt,
    EventDay,
    HappeningRow,
    Stance,
    StoryRow,
    VersionRow,
    WordsAt,
)

KINDS: Final = get_args(DisputeKind)
STANCES: Final = get_args(Stance)
_VERSION: Final = re.compile(r"(\w+) (.+?) at ([a-z]\d+: .+)$")
_PLACE: Final = re.compile(r"([a-z])(\d+)(?::| ) *(.+)$")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d$")
_UNNAMED, _AUTHOR, _NONE = "?", "@", "-"
AUTHOR: Final[Voiced] = "author"


class Unlinked(Exception):
    """What a writer must mend in one line of a block; the message is for the writer."""


class Linker:
    """Reads the block of one story against the rows of its articles. `problems` is filled as it goes."""

    def __init__(self, story: Story, articles: Sequence[PassageRow]) -> None:
        self.story = story
        self.articles = tuple(articles)
        self.problems: list[Problem] = []
        self.copies: list[tuple[int, ...]] = []
        self.happenings: list[HappeningRow] = []
        self.disputes: list[DisputeRow] = []
        self.days: list[EventDay] = []
        self._taken: dict[EventAt, str] = {}

    def link(self) -> StoryRow:
        readers: dict[str, Callable[[str], None]] = {
            "w": self._copies, "h": self._happening, "d": self._dispute, "t": self._day,
        }  # fmt: skip
        for letter in LETTERS:  # copies first: a version told in one is told in the other
            for line in self.story.lines:
                if line.letter == letter:
                    try:
                        readers[letter](line.words)
                    except (Unlinked, NotFoundInSentence) as error:
                        self.problems.append(Problem(self.story.file, self.story.id, line.number, str(error)))
        return StoryRow(
            id=self.story.id,
            split=self.story.split,  # type: ignore[arg-type]
            articles=self.articles,
            copies=tuple(self.copies),
            happenings=tuple(self.happenings),
            disputes=tuple(self.disputes),
            days=tuple(self.days),
        )

    # -- copies, happenings, days ------------------------------------------------------------------------

    def _copies(self, words: str) -> None:
        """`a c`: articles that are one witness."""
        group = tuple(sorted({self._article(letter) for letter in words.split()}))
        if len(group) < 2:
            raise Unlinked("copies are two articles or more: `+w a c`")
        if any(set(group) & set(other) for other in self.copies):
            raise Unlinked("an article stands in two groups of copies")
        self.copies.append(group)

    def _happening(self, words: str) -> None:
        """`name | a3 trigger | b2 trigger`."""
        name, *places = [part.strip() for part in words.split("|")]
        events = [at for place in places for at in self._events(place)]
        for at in events:
            if at in self._taken:
                raise Unlinked(f"“{self._trigger(at)}” stands already in the happening {self._taken[at]}")
            self._taken[at] = name
        if len(events) < 2:
            raise Unlinked(f"the happening {name} has one mention: no line is needed")
        if any(happening.name == name for happening in self.happenings):
            raise Unlinked(f"two happenings are called {name}")
        self.happenings.append(HappeningRow(name=name, events=tuple(events)))

    def _day(self, words: str) -> None:
        """`a3 trigger | 2019-06-11`, or `-` for none."""
        place, _, value = (part.strip() for part in words.partition("|"))
        if value != _NONE and not _DAY.match(value):
            raise Unlinked(f"no day: {value}; expected YYYY-MM-DD, or - for none")
        self.days += [EventDay(at=at, value=None if value == _NONE else value) for at in self._events(place)]

    def _events(self, place: str) -> list[EventAt]:
        """The annotated events with this trigger: several where one verb has several parties."""
        article, sentence, words = self._placed(place)
        row = self.articles[article]
        wanted = self._stretches(row, sentence, words)
        found = [
            (index, event)
            for index, event in enumerate(row.events)
            if event.sentence == sentence and event.trigger[: len(wanted)] == wanted
        ]
        if not found:
            known = "; ".join(" & ".join(t.quote for t in e.trigger) for e in row.events if e.sentence == sentence)
            raise Unlinked(f"no event with the trigger “{words}” in {place.split()[0]}; it has: {known or 'none'}")
        if len({event.type for _, event in found}) > 1:
            raise Unlinked(f"the trigger “{words}” has events of several types")
        return [EventAt(article=article, event=index) for index, _ in found]

    # -- disputes ----------------------------------------------------------------------------------------

    def _dispute(self, words: str) -> None:
        """`kind | about | version ; version …`."""
        kind, about, told = [part.strip() for part in [*words.split("|", 2), "", ""][:3]]
        if kind not in KINDS:
            raise Unlinked(f"no kind of dispute: {kind}; expected one of {', '.join(KINDS)}")
        if not about:
            raise Unlinked("a dispute says in plain words what it is about: `+d kind | about | version ; version`")
        versions = tuple(self._version(part) for part in listed(told, " ; "))
        if len(versions) < 2:
            raise Unlinked("a dispute has two versions or more, parted by ` ; `")
        self._check(kind, versions)
        self.disputes.append(DisputeRow(kind=cast(DisputeKind, kind), about=about, versions=versions))

    def _version(self, told: str) -> VersionRow:
        """`stance voice at a3: words / b5: words`."""
        found = _VERSION.match(told)
        if found is None or found.group(1) not in STANCES:
            raise Unlinked(f"no version: {told[:60]}; expected `holds VOICE at a3: words / b5: words`")
        stance, voice, rest = found.groups()
        places: list[WordsAt] = []
        for part in listed(rest, " / "):
            article, sentence, words = self._placed(part)
            stretches = self._stretches(self.articles[article], sentence, words)
            places.append(WordsAt(article=article, sentence=sentence, words=stretches))
        voiced, actors = self._voice(voice.strip(), places[0])
        places += [copy for place in tuple(places) for copy in self._copied(place) if copy not in places]
        return VersionRow(
            stance=cast(Stance, stance), voiced=voiced, places=tuple(dict.fromkeys(places)), actors=actors
        )

    def _voice(self, voice: str, place: WordsAt) -> tuple[Voiced, tuple[int, ...]]:
        if voice in (_UNNAMED, _AUTHOR):
            return ("unnamed" if voice == _UNNAMED else AUTHOR), ()
        row = self.articles[place.article]
        actors = tuple(self._speaker(row, place.sentence, part) for part in listed(voice, " + "))
        said = [claim for claim in row.claims if claim.sentence == place.sentence]
        done = [event for event in row.events if event.sentence == place.sentence]
        if not any(set(actors) <= self._standing(row, part) for part in (*said, *done)):
            raise Unlinked(f"“{voice}” neither speaks nor acts in that sentence: who holds this version there?")
        return "named", actors

    def _standing(self, row: PassageRow, part: ClaimRow | EventRow) -> set[int]:
        """The speakers or doers of a claim or event, as themselves and as what they point back at."""
        found = set(part.sources)
        return found | {index for actor in found for index in _back(row.actors, actor)}

    def _speaker(self, row: PassageRow, sentence: int, words: str) -> int:
        """The actor of these words in that sentence, `words#2` where they stand twice; `=words` in one before."""
        earlier = words.startswith("=")
        plain = words.lstrip("=")
        if counted(plain)[1] is not None and not earlier:
            place = self._stretches(row, sentence, plain)[0]
            plain = place.quote
            for index, actor in enumerate(row.actors):
                if actor.sentence == sentence and actor.span.start <= place.start and place.end <= actor.span.end:
                    return index
        for back in range(sentence - 1 if earlier else sentence, -1, -1):
            here = [i for i, actor in enumerate(row.actors) if actor.sentence == back]
            for fits in (
                [i for i in here if row.actors[i].span.quote.casefold() == plain.casefold()],
                [i for i in here if occurrences(row.actors[i].span.quote, plain)],
            ):
                if fits:
                    return fits[0]
            if not earlier:
                break
        raise Unlinked(f"the voice “{words}” is no actor of that sentence: write =words for an earlier one, @ or ?")

    def _copied(self, place: WordsAt) -> list[WordsAt]:
        """The same sentence in a copy of the article."""
        row = self.articles[place.article]
        own = row.sentences[place.sentence]
        text = row.text[own.start : own.end]
        found = []
        for group in self.copies:
            for other in group if place.article in group else ():
                copy = self.articles[other]
                for number, sentence in enumerate(copy.sentences):
                    if other != place.article and copy.text[sentence.start : sentence.end] == text:
                        by = sentence.start - own.start
                        moved = [Stretch(start=s.start + by, end=s.end + by, quote=s.quote) for s in place.words]
                        found.append(WordsAt(article=other, sentence=number, words=tuple(moved)))
        return found

    def _check(self, kind: str, versions: Sequence[VersionRow]) -> None:
        first = [version.places[0] for version in versions]
        if len(set(first)) < len(first):
            raise Unlinked("two versions stand on the same words")
        stances = {version.stance for version in versions}
        if kind == "occurrence" and stances == {"holds"}:
            raise Unlinked("nobody denies or omits: an occurrence in dispute has a version with `denies` or `omits`")
        if stances <= {"denies", "omits"} and kind != "occurrence":
            raise Unlinked("nobody holds anything: a dispute has a version with `holds`")
        if kind == "figure" and not any(self._counts(version) for version in versions):
            raise Unlinked("no version stands on an annotated figure (`f` line)")

    def _counts(self, version: VersionRow) -> bool:
        return any(
            figure.span.start < stretch.end and stretch.start < figure.span.end
            for place in version.places
            for figure in self.articles[place.article].figures
            for stretch in place.words
        )

    # -- places ------------------------------------------------------------------------------------------

    def _article(self, letter: str) -> int:
        index = ord(letter) - ord("a") if len(letter) == 1 else -1
        if not 0 <= index < len(self.articles):
            last = chr(ord("a") + len(self.articles) - 1)
            raise Unlinked(f"no article {letter}: the story has a to {last}")
        return index

    def _placed(self, place: str) -> tuple[int, int, str]:
        found = _PLACE.match(place.strip())
        if found is None:
            raise Unlinked(f"no place: {place[:40]}; expected article, sentence and words: `a3 boarded`")
        article = self._article(found.group(1))
        count = len(self.articles[article].sentences)
        number = int(found.group(2))
        if not 1 <= number <= count:
            raise Unlinked(f"article {found.group(1)} has {count} sentences, no {number}")
        return article, number - 1, found.group(3).strip()

    def _stretches(self, row: PassageRow, sentence: int, words: str) -> tuple[Stretch, ...]:
        own = row.sentences[sentence]
        text = row.text[own.start : own.end]
        try:
            ranges = pieces(text, words)
        except NotFoundInSentence as error:
            raise NotFoundInSentence(f"{error}: “{text[:60]}”") from None
        return tuple(Stretch(start=own.start + a, end=own.start + b, quote=text[a:b]) for a, b in ranges)

    def _trigger(self, at: EventAt) -> str:
        return self.articles[at.article].events[at.event].trigger[0].quote


def _back(actors: Sequence[ActorRow], index: int) -> list[int]:
    """What a pointing word stands for, to the first mention."""
    found: list[int] = []
    while (refers := actors[index].refers) is not None:
        found.append(refers)
        index = refers
    return found

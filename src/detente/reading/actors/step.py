"""The step that marks every mention of a possible actor, its use, and who it may be."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import ClassVar

from detente.knowledge import Knowledge
from detente.knowledge.loading import read_table
from detente.knowledge.wordlist import WordList
from detente.reading.actors.antecedents import Antecedents
from detente.reading.actors.composing import Composing
from detente.reading.actors.home import Home
from detente.reading.actors.identity import Identity
from detente.reading.actors.labelled import Labelled
from detente.reading.actors.lexicon import ActorLexicon
from detente.reading.actors.metonymy import Metonymy
from detente.reading.actors.names import NameTables
from detente.reading.actors.naming import Naming
from detente.reading.actors.organisations import Organisations
from detente.reading.actors.persons import Persons
from detente.reading.actors.phrase import Page, Phrase
from detente.reading.actors.pointing import Pointing
from detente.reading.actors.towns import Towns
from detente.reading.actors.words import Pieces, Words
from detente.reading.layout.datelines import dateline_end
from detente.reading.layout.labels import Labels
from detente.reading.marks import MentionMark, Span
from detente.reading.paper import Paper


class ActorStep:
    """Names, roles, organisations, persons and pointing words of one paper, as mentions in the order of the text."""

    name: ClassVar[str] = "actors"
    needs: ClassVar[frozenset[str]] = frozenset({"layout", "parse"})
    gives: ClassVar[frozenset[str]] = frozenset({"mentions"})

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge

    @cached_property
    def lexicon(self) -> ActorLexicon:
        return ActorLexicon.load(self.knowledge.language)

    @cached_property
    def tables(self) -> NameTables:
        return NameTables(self.knowledge, self.lexicon)

    @cached_property
    def naming(self) -> Naming:
        return Naming(self.tables, self.knowledge.territories, self.lexicon)

    @cached_property
    def composing(self) -> Composing:
        return Composing(self.tables.roles, self.lexicon)

    @cached_property
    def labels(self) -> Labels:
        words = WordList.load(self.knowledge.language, "attribution")
        return Labels({group.kind: words.forms(group.kind) for group in words.entries})

    @cached_property
    def labelled(self) -> Labelled:
        roles = self.knowledge.roster.roles
        return Labelled(self.naming, frozenset(role.word for role in roles if " " not in role.word))

    @cached_property
    def organisations(self) -> Organisations:
        return Organisations(self.lexicon)

    @cached_property
    def pointing(self) -> Pointing:
        return Pointing(self.lexicon)

    @cached_property
    def metonymy(self) -> Metonymy:
        rows = read_table(f"lexicons/{self.knowledge.language}/events_nouns.csv")
        acts = frozenset(row["word"] for row in rows if row["strength"] == "strong" and " " not in row["word"])
        return Metonymy(self.lexicon, acts)

    def read(self, paper: Paper) -> Paper:
        assert paper.layout is not None
        words = Words.of(paper)
        page = Page(words, paper.doc.document_id, covering=[None] * len(words), voice=_voices(paper, words))
        page.towns = Towns(self.knowledge.gazetteer, page)
        parts = Pieces.of(words.text)
        paragraphs = paper.layout.paragraphs
        page.datelines = tuple(one.span for one in paragraphs if one.kind in ("dateline", "byline")) + tuple(
            Span(one.span.start, end) for one in paragraphs if (end := dateline_end(paper.text, one)) is not None
        )
        page.headlines = tuple(
            one.span for one in paragraphs if one.kind in ("title", "heading") and _is_title_case(paper.words(one.span))
        )
        self.labelled.mark(page, self.labels.spoken(paper.text, paper.layout))
        self.naming.mark(page, parts)
        self.composing.mark(page, parts)
        self.organisations.mark(page)
        self.composing.link_bodies(page)
        persons = Persons(page, self.knowledge.roster, self.knowledge.territories, _published(paper))
        persons.complete()
        persons.link_appositions()
        persons.link_clauses(self.lexicon.leading)
        self.pointing.mark(page)
        self.metonymy.mark(page)
        persons.identify()
        Antecedents(page, self.lexicon).follow()
        persons.identify()
        Home(page, paper.doc.outlet_territory).settle(persons)
        Identity(page, self.knowledge.territories, self.lexicon, persons).tell()
        marks = tuple(
            _mark(words, phrase) for phrase in sorted(page.phrases, key=lambda p: (p.span.start, -p.span.end, p.head))
        )
        return paper.adding(mentions=marks, rejected=tuple(page.rejected))


def _is_title_case(heading: str) -> bool:
    """A capital on most of the words that are long enough for one."""
    long = [word for word in heading.split() if len(word) > 3 and word[0].isalpha()]
    return len(long) > 2 and sum(word[0].isupper() for word in long) > 0.7 * len(long)


def _mark(words: Words, phrase: Phrase) -> MentionMark:
    joint = not phrase.rivals and phrase.origin != "person" and phrase.person is None and len(phrase.candidates) > 1
    return MentionMark(
        span=phrase.span,
        head=max(words.starts[phrase.head], phrase.span.start),
        form=phrase.form,
        use=phrase.use or "actor",
        candidates=phrase.candidates,
        joint=joint,
        plural=phrase.plural or joint,
        score=round(phrase.score, 3),
        reason=phrase.reason,
    )


def _voices(paper: Paper, words: Words) -> list[int]:
    """For each token the number of the quotation that holds it. Quoted fragments, which share their sentence with the
    author's words, count as the author's."""
    voices = [0] * len(words)
    quotations = paper.layout.quotations if paper.layout is not None else ()
    for number, quotation in enumerate(quotations, start=1):
        if quotation.kind not in ("speech", "running"):
            continue
        for content in quotation.contents:
            if not paper.text[content.start : content.start + 1].isupper():
                continue
            for i in range(words.at(content.start), words.at(max(content.start, content.end - 1)) + 1):
                voices[i] = number
    return voices


def _published(paper: Paper) -> date | None:
    published = paper.doc.published
    return date.fromisoformat(published.start) if published is not None and published.start else None

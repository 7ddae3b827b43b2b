"""All statements of one document, and the disputes of one story: the pure core, over typed rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from msgspec import Struct

from detente.model import Claim, Document, Event, Figure, Happening
from detente.relating.disputes.acting import acts
from detente.relating.disputes.counting import counts
from detente.relating.disputes.lexicon import DisputeLexicon
from detente.relating.disputes.naming import names
from detente.relating.disputes.page import Page
from detente.relating.disputes.reasoning import motives
from detente.relating.disputes.settling import MemoryPool, Settlement, settle
from detente.relating.disputes.statement import Statement

MOST = 400
"""Statements of one kind that are taken from one document: a table of thousands of numbers is no story."""


class Article(Struct, frozen=True):
    """One document with the rows that disputes are made of."""

    document: Document
    events: tuple[Event, ...] = ()
    claims: tuple[Claim, ...] = ()
    figures: tuple[Figure, ...] = ()


def statements_of(
    article: Article, lexicon: DisputeLexicon, *, happenings: Mapping[str, str], witness_id: str | None = None
) -> list[Statement]:
    """What a document's rows state that others could contradict, in stable order.

    `happenings` gives the happening of an event by their ids, where it is told more than once; `witness_id` the
    document that this one copies.
    """
    page = Page(
        article.document, article.events, article.claims, article.figures, lexicon, happenings,
        witness_id or article.document.document_id,
    )  # fmt: skip
    named = names(page)[:MOST]
    kinds = (counts(page), named, acts(page, named), motives(page))
    found = [statement for of_kind in kinds for statement in islice(of_kind, MOST)]
    return sorted({statement.key: statement for statement in found}.values(), key=lambda one: one.key)


def disputes_in(
    articles: Iterable[Article],
    lexicon: DisputeLexicon,
    *,
    happenings: Sequence[Happening] = (),
    witnesses: Mapping[str, str] | None = None,
) -> Settlement:
    """The disputes of a story: of articles taken together, whatever their order. `witnesses` gives the document that a
    document copies."""
    of_event = {
        event_id: happening.happening_id
        for happening in happenings
        if len(happening.event_ids) > 1
        for event_id in happening.event_ids
    }
    copied = witnesses or {}
    found = [
        statement
        for article in articles
        for statement in statements_of(
            article, lexicon, happenings=of_event, witness_id=copied.get(article.document.document_id)
        )
    ]
    return settle(found, MemoryPool(found))

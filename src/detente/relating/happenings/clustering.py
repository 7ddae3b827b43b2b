"""Happenings in memory: from events and their articles to happenings, without a record.

What the record keeps up to date piece by piece (`keeping`) is, for the same events, the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from detente.knowledge import Knowledge
from detente.model import Document, Event, Happening
from detente.model.happening import Link, LinkKind
from detente.relating.happenings.blocking import entries, ranges
from detente.relating.happenings.building import Member, Told, build, happening_id
from detente.relating.happenings.decisions import Bonds, Decision, DecisionKind, bonds, found_again, standing
from detente.relating.happenings.scoring import Scorer, spoken_of
from detente.relating.happenings.settling import Pair, cohesion, settle
from detente.relating.happenings.telling import Telling, document_terms, own_key, telling_of, topic_of
from detente.relating.happenings.weighing import FLOOR, weights
from detente.relating.happenings.words import word_table
from detente.relating.witnesses import groups_of


def cluster(
    events: Iterable[Event],
    documents: Iterable[Document],
    witnesses: Mapping[str, str] | None = None,
    decisions: Sequence[Decision] = (),
    *,
    knowledge: Knowledge | None = None,
) -> list[Happening]:
    """The happenings of these events, in the order of their ids; every event stands in one.

    `witnesses` gives the witness each document counts as; without it copies are looked for in the documents' texts.
    """
    articles = {document.document_id: document for document in documents}
    told = {event.event_id: event for event in events}
    if witnesses is None:
        witnesses = groups_of({document_id: document.text for document_id, document in articles.items()})
    return _Clusters(told, articles, witnesses, decisions, knowledge or Knowledge()).happenings()


class _Clusters:
    def __init__(
        self,
        events: Mapping[str, Event],
        documents: Mapping[str, Document],
        witnesses: Mapping[str, str],
        decisions: Sequence[Decision],
        knowledge: Knowledge,
    ) -> None:
        self.events = events
        self.documents = documents
        self.witnesses = witnesses
        words = word_table(knowledge)
        self.weights = weights()
        articles = {key: document_terms(document, words) for key, document in documents.items()}
        topics = {key: topic_of(document, words) for key, document in documents.items()}
        self.scorer = Scorer(words, self.weights, articles)
        self.decided = self._decided(decisions)
        self.members: defaultdict[str, list[Member]] = defaultdict(list)
        self.tellings: dict[str, Telling] = {}
        self.key_of: dict[str, str] = {}
        self.by_document: defaultdict[str, list[Event]] = defaultdict(list)
        salts = {event_id: name for kind, joined, _, name in self.decided if kind == "split" for event_id in joined}
        for event_id in sorted(events):
            event = events[event_id]
            telling = telling_of(event, documents[event.document_id], words, topics[event.document_id])
            telling = own_key(telling, salts.get(event_id))
            self.key_of[event_id] = telling.key
            self.by_document[event.document_id].append(event)
            self.members[telling.key].append(
                Member(telling.order, event_id, event.document_id, telling.key, telling.status)
            )
            known = self.tellings.get(telling.key)
            if known is None or telling.order < known.order:
                self.tellings[telling.key] = telling

    def happenings(self) -> list[Happening]:
        scores, links = self._scores()
        held = self._bonds()
        groups = settle(self.tellings, scores, self.weights.threshold, held.together, held.apart)
        home = {key: group for group in groups for key in group}
        ids = {group: happening_id(self._members(group)) for group in groups}
        found = []
        for group in groups:
            targets = best_links(
                (kind, ids[home[other]], score) for key in group for other, kind, score in links.get(key, ())
            )
            found.append(
                build(
                    self._members(group),
                    [self._told(key) for key in group],
                    lambda document_id: self.witnesses.get(document_id, document_id),
                    [link for link in targets if link.happening_id != ids[group]],
                    cohesion(group, scores),
                )
            )
        return sorted(found, key=lambda happening: happening.happening_id)

    def _members(self, group: Iterable[str]) -> list[Member]:
        return [member for key in group for member in self.members[key]]

    def _told(self, key: str) -> Told:
        telling = self.tellings[key]
        event = self.events[telling.event_id]
        return Told(telling.order, event, self.documents[event.document_id].published, telling.realm, telling.is_series)

    def _scores(self) -> tuple[dict[Pair, int], dict[str, list[tuple[str, LinkKind, int]]]]:
        under: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
        for key, telling in self.tellings.items():
            for entry in entries(telling):
                under[entry.key].append((entry.day, key))
        scores: dict[Pair, int] = {}
        links: defaultdict[str, list[tuple[str, LinkKind, int]]] = defaultdict(list)
        for key, telling in self.tellings.items():
            near = {
                other
                for asked in ranges(telling, self.weights)
                for day, other in under.get(asked.key, ())
                if asked.first <= day <= asked.last and other != key
            }
            for other in sorted(near):
                if key < other:
                    score = self.scorer.same(telling, self.tellings[other])
                    if score > FLOOR:
                        scores[key, other] = score
                link = self.scorer.link(telling, self.tellings[other])
                if link is not None:
                    links[key].append((other, *link))
            links[key] += [(other, "about", 0) for other in self._spoken_of(telling)]
        return scores, links

    def _spoken_of(self, telling: Telling) -> list[str]:
        saying = self.events[telling.event_id]
        return sorted(
            {
                self.key_of[other.event_id]
                for other in self.by_document[telling.document_id]
                if spoken_of(saying, other, self.weights) and self.key_of[other.event_id] != telling.key
            }
        )

    def _decided(self, decisions: Sequence[Decision]) -> list[tuple[DecisionKind, list[str], list[str], str]]:
        by_text: defaultdict[str, dict[str, tuple[int, int, str]]] = defaultdict(dict)
        for event in self.events.values():
            sha = self.documents[event.document_id].text_sha256
            by_text[sha][event.event_id] = (event.trigger.start, event.trigger.end, event.type)
        found = []
        for decision in standing(decisions):
            joined, parted = (
                sorted(
                    {
                        event_id
                        for anchor in anchors
                        if (event_id := found_again(anchor, by_text.get(anchor.text_sha256, {}))) is not None
                    }
                )
                for anchors in (decision.anchors, decision.apart_from)
            )
            found.append((decision.kind, joined, parted, decision.decision_id))
        return found

    def _bonds(self) -> Bonds:
        return bonds(
            (kind, [self.key_of[event_id] for event_id in joined], [self.key_of[event_id] for event_id in parted])
            for kind, joined, parted, _ in self.decided
        )


def best_links(offered: Iterable[tuple[LinkKind, str, int]]) -> list[Link]:
    """Of each kind the best-scoring target; of equals the smaller id. What words speak of may be several."""
    best: dict[tuple[LinkKind, str], tuple[int, str]] = {}
    for kind, target, score in offered:
        slot = (kind, target if kind == "about" else "")
        if slot not in best or (-score, target) < best[slot]:
            best[slot] = (-score, target)
    return [Link(kind=kind, happening_id=target) for (kind, _), (_, target) in sorted(best.items())]

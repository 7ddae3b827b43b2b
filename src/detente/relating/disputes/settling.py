"""From statements to disputes: which contradict, which tell the same, and what becomes of each group.

Method: statements are nodes, contradictions of at least `LEAST` edges. Contradicted statements that say the same are
one group also where no chain of contradictions joins them; what tells the same in one article or of one happening,
uncontradicted itself, is added. Each connected group is a dispute. A group depends on the statements alone, not on
the order in which they came, so that settling what a new article touches gives what settling everything would.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from msgspec import Struct

from detente.model import Dispute
from detente.relating.disputes.blocks import lies_under, seeks_under, told_again_under
from detente.relating.disputes.counting import oppose_counts, same_count
from detente.relating.disputes.denying import oppose_acts, same_act
from detente.relating.disputes.reasoning import oppose_motives, same_motive
from detente.relating.disputes.renaming import oppose_names, same_name
from detente.relating.disputes.statement import Act, Aside, Count, Key, Link, Motive, Name, Statement
from detente.relating.disputes.versions import dispute_of

LEAST = 0.5
"""How sure a contradiction must be."""
LEAST_SAME = 0.7
"""How sure it must be that two statements of one content are of one matter."""


class Pool(Protocol):
    """Where statements are looked for."""

    def fetch(self, keys: Iterable[str]) -> None:
        """Make ready to be asked for these keys, all at once."""
        ...

    def under(self, keys: Sequence[str]) -> Iterable[Statement]:
        """All statements that lie under one of the keys, each time the same objects."""
        ...


class MemoryPool:
    """Statements of one story, by their keys."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        self.by_key: dict[str, list[Statement]] = {}
        for statement in statements:
            for key in lies_under(statement):
                self.by_key.setdefault(key, []).append(statement)

    def fetch(self, keys: Iterable[str]) -> None:
        """Nothing to do: all is in memory."""

    def under(self, keys: Sequence[str]) -> Iterable[Statement]:
        found = {id(statement): statement for key in keys for statement in self.by_key.get(key, ())}
        return found.values()


class Settlement(Struct, frozen=True):
    """Disputes by id; what was held against each other and set aside; which statements each dispute is made of, by its
    id; and all statements that were looked at, so that no other dispute holds one of them."""

    disputes: tuple[Dispute, ...]
    aside: tuple[Aside, ...]
    members: Mapping[str, tuple[str, ...]]
    seen: tuple[str, ...]


class _Node(Struct):
    statement: Statement
    links: dict[Key, Link]
    same: list[Key]
    told_again: list[Key]
    sought: tuple[str, ...]
    again: tuple[str, ...]


def _keys(statement: Statement) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return seeks_under(statement), told_again_under(statement)


def settle(start: Iterable[Statement], pool: Pool, *, keep_aside: bool = True) -> Settlement:
    """All disputes that a statement of `start` is part of, or that are joined to one through it."""
    graph = _Graph(pool, keep_aside=keep_aside)
    graph.grow(start)
    found = {dispute.dispute_id: (dispute, statements) for dispute, statements in graph.disputes()}
    asides = {(aside.row_ids, aside.reason): aside for aside in graph.aside}
    return Settlement(
        tuple(found[dispute_id][0] for dispute_id in sorted(found)),
        tuple(asides[key] for key in sorted(asides)),
        {dispute_id: tuple(one.statement_id for one in statements) for dispute_id, (_, statements) in found.items()},
        tuple(graph.nodes[key].statement.statement_id for key in sorted(graph.nodes)),
    )


class _Graph:
    def __init__(self, pool: Pool, *, keep_aside: bool) -> None:
        self.pool = pool
        self.keep_aside = keep_aside
        self._keys: dict[int, Key] = {}
        self._held: list[Statement] = []
        self.nodes: dict[Key, _Node] = {}
        self.aside: list[Aside] = []

    def grow(self, start: Iterable[Statement]) -> None:
        """Take in statements and all that they are joined to, until nothing is new."""
        waiting = {self._key(statement): statement for statement in start}
        while waiting:
            added = [_Node(waiting[key], {}, [], [], *_keys(waiting[key])) for key in sorted(waiting)]
            self.nodes |= {self._key(node.statement): node for node in added}
            self.pool.fetch(key for node in added for key in (*node.sought, *node.again))
            waiting = {}
            for node in added:
                for other in self._near(node):
                    if (key := self._key(other)) not in self.nodes:
                        waiting[key] = other

    def _key(self, statement: Statement) -> Key:
        """The key, worked out once for each object that the pool gives."""
        known = self._keys.get(id(statement))
        if known is None:
            known = self._keys[id(statement)] = statement.key
            self._held.append(statement)
        return known

    def _near(self, node: _Node) -> Iterator[Statement]:
        statement, own = node.statement, self._key(node.statement)
        for other in self.pool.under(node.sought):
            key = self._key(other)
            if key == own:
                continue
            first, second = (statement, other) if own < key else (other, statement)
            found = oppose(first, second)
            if isinstance(found, Link) and found.score >= LEAST:
                node.links[key] = found
                yield other
            elif found is not None and self.keep_aside:
                reason = (
                    found if isinstance(found, str) else f"too unsure ({found.score:.2f}): " + "; ".join(found.reasons)
                )
                self.aside.append(
                    Aside(
                        kind=statement.kind,
                        row_ids=(first.row_ids[0], second.row_ids[0]),
                        document_ids=(first.document_id, second.document_id),
                        reason=reason,
                    )
                )
        yield from self._same(statement, node.told_again, node.again)
        if node.links:
            yield from self._same(statement, node.same, lies_under(statement))

    def _same(self, statement: Statement, found: list[Key], keys: Sequence[str]) -> Iterator[Statement]:
        own = self._key(statement)
        for other in self.pool.under(keys):
            key = self._key(other)
            if key != own and is_same(*((statement, other) if own < key else (other, statement))):
                found.append(key)
                yield other

    def disputes(self) -> Iterator[tuple[Dispute, Sequence[Statement]]]:
        """One dispute for each group of nodes that contradictions, and sameness among them, hold together, with its
        statements."""
        opposed = [key for key in sorted(self.nodes) if self.nodes[key].links]
        group: dict[Key, Key] = {key: key for key in opposed}

        def root(key: Key) -> Key:
            while group[key] != key:
                group[key] = key = group[group[key]]
            return key

        for key in opposed:
            node = self.nodes[key]
            for other in (*node.links, *node.same):
                if other in group:
                    low, high = sorted((root(key), root(other)))
                    group[high] = low
        members: dict[Key, list[Key]] = {}
        for key in opposed:
            members.setdefault(root(key), []).append(key)
        for keys in members.values():
            told_again = {other for key in keys for other in self.nodes[key].told_again if other not in group}
            links = [link for key in keys for link in self.nodes[key].links.values()]
            statements = [self.nodes[key].statement for key in sorted({*keys, *told_again})]
            yield dispute_of(statements, links), statements


def oppose(a: Statement, b: Statement) -> Link | str | None:
    """Whether two statements, in their stable order, contradict: a link, a reason why not, or None."""
    if type(a.content) is not type(b.content):
        return None
    match a.content:
        case Count():
            return oppose_counts(a, b)
        case Act():
            return oppose_acts(a, b)
        case Name():
            return oppose_names(a, b)
        case Motive():
            return oppose_motives(a, b)


def is_left_out(a: Statement, b: Statement) -> bool:
    """Whether one leaves out the act that the other holds: it adds to a dispute on that act, and makes none."""
    if {a.stance, b.stance} != {"holds", "omits"} or type(a.content) is not type(b.content):
        return False
    held, omitted = (a, b) if a.stance == "holds" else (b, a)
    if not set(omitted.answers).isdisjoint(held.row_ids):
        return True
    return isinstance(held.content, Act) and not set(held.scene.happenings).isdisjoint(omitted.scene.happenings)


def is_same(a: Statement, b: Statement) -> bool:
    """Whether two statements, in their stable order, say the same of one matter."""
    if a.stance != b.stance:
        return is_left_out(a, b)
    score: float | None
    match a.content:
        case Count():
            score = same_count(a, b)
        case Act():
            score = same_act(a, b)
        case Name():
            score = same_name(a, b)
        case Motive():
            score = same_motive(a, b)
    return score is not None and score >= LEAST_SAME

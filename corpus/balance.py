"""What the corpus holds, and whether any state is cast in one part more often than chance would.

    python corpus/balance.py [train|dev|test] …    counts, what is rare, and the balance of parts

Chance: among the events or claims in which a territory has one of two parts (aggressor or victim, accuser or accused,
denier or other speaker, …), how often it has the first is compared with how often everybody has, by an exact two-sided
binomial test; the bound is .05 shared out among all tests (Bonferroni). Below that bound a finding is no proof, so the
report also lists everybody who was met only on one side.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import comb
from pathlib import Path
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT))

from codes import MODES, TYPES  # noqa: E402
from compile import SPLITS, compiled, sources  # noqa: E402

from detente.knowledge import Knowledge  # noqa: E402
from detente.serving.scores.corpus_rows import PassageRow  # noqa: E402

CONFLICT: Final = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "THREATEN", "SANCTION"})
HELP: Final = frozenset({"AID", "COOPERATE", "SUPPORT", "CONCEDE", "RETREAT"})
EMPTY_SHARE: Final = 0.25
LEVEL: Final = 0.05
ONE_SIDED: Final = 4  # met this often and always on one side: listed
SHOWN: Final = 12


class Finding(NamedTuple):
    """One territory in one part: `first` of `total` against `expected`, and how likely that or rarer is by chance."""

    part: str
    territory: str
    first: int
    total: int
    expected: float
    chance: float


@dataclass(slots=True)
class Parts:
    """For each pair of parts, how often each territory has the one and the other."""

    counts: dict[str, Counter[tuple[str, bool]]] = field(default_factory=dict)

    def add(self, part: str, territories: Iterable[str], first: bool) -> None:
        for territory in territories:
            self.counts.setdefault(part, Counter())[territory, first] += 1

    def findings(self) -> list[Finding]:
        """Every territory in every part, the least likely first."""
        found = []
        for part, counts in self.counts.items():
            total = sum(counts.values())
            share = sum(n for (_, first), n in counts.items() if first) / total
            for territory in sorted({territory for territory, _ in counts}):
                first, other = counts[territory, True], counts[territory, False]
                chance = two_sided(first, first + other, share)
                found.append(Finding(part, territory, first, first + other, share, chance))
        return sorted(found, key=lambda one: (one.chance, one.part, one.territory))


def two_sided(hits: int, trials: int, share: float) -> float:
    """How likely a count as rare as this or rarer is, where each trial hits with this share (exact binomial)."""
    odds = [comb(trials, k) * share**k * (1 - share) ** (trials - k) for k in range(trials + 1)]
    return min(1.0, sum(odd for odd in odds if odd <= odds[hits] * (1 + 1e-9)))


def parts(rows: Sequence[PassageRow]) -> Parts:
    """Who is cast as what. Negated acts count too: to be charged with an act, even falsely, is to be cast so."""
    done = Parts()
    for row in rows:
        where = [actor.territories for actor in row.actors]
        for event in row.events:
            sides = (
                {code for i in event.sources for code in where[i]},
                {code for i in event.targets for code in where[i]},
            )
            names = {
                "aggressor/victim": event.type in CONFLICT,
                "attacker/attacked": event.type == "ASSAULT",
                "accuser/accused": event.type == "ACCUSE",
                "helper/helped": event.type in HELP,
            }
            for name, holds in names.items():
                if holds and not event.reciprocal:
                    done.add(name, sorted(sides[0]), True)
                    done.add(name, sorted(sides[1]), False)
        for claim in row.claims:
            speakers = sorted({code for i in claim.sources for code in where[i]})
            done.add("denier/other speaker", speakers, claim.act == "deny")
            done.add("omitter/other speaker", speakers, claim.act == "omit")
        speaking = {i for claim in row.claims for i in claim.sources}
        for i, actor in enumerate(row.actors):
            if actor.use == "actor":
                done.add("witness/silent", actor.territories, i in speaking)
    return done


def beyond_chance(rows: Sequence[PassageRow]) -> list[Finding]:
    """The findings under the shared-out bound: the corpus is out of balance where there is one."""
    found = parts(rows).findings()
    return [one for one in found if one.chance < LEVEL / len(found)]


def empty_share(rows: Sequence[PassageRow]) -> float:
    """The share of sentences with no interstate event."""
    sentences = [sentence for row in rows for sentence in row.sentences]
    return sum(sentence.none is not None for sentence in sentences) / len(sentences) if sentences else 0.0


def report(rows: Sequence[PassageRow], knowledge: Knowledge) -> str:
    """The whole report as text."""
    events = [event for row in rows for event in row.events]
    claims = [claim for row in rows for claim in row.claims]
    sentences = [sentence for row in rows for sentence in row.sentences]
    territories = Counter(
        code for row in rows for actor in row.actors if actor.use == "actor" for code in actor.territories
    )
    regions: Counter[str] = Counter()
    for code, count in territories.items():
        regions[knowledge.territories.by_code[code].region] += count
    lines = [
        f"{len(rows)} passages, {len(sentences)} sentences, {sum(len(row.text.split()) for row in rows)} words, "
        f"{len(events)} events, {len(claims)} claims, {sum(len(row.actors) for row in rows)} mentions, "
        f"{sum(len(row.figures) for row in rows)} figures, {sum(len(row.times) for row in rows)} times, "
        f"{sum(len(row.stances) for row in rows)} stances",
        f"no interstate event: {empty_share(rows):.1%} of sentences (at least {EMPTY_SHARE:.0%})",
        _counts("why none", Counter(s.none for s in sentences if s.none)),
        _counts("genre (sentences)", Counter(row.genre for row in rows for _ in row.sentences)),
        _counts("writer (sentences)", Counter(row.writer for row in rows for _ in row.sentences)),
        _counts("type", Counter(event.type for event in events), zero=TYPES),
        _counts("polarity", Counter(event.polarity for event in events)),
        _counts("modality", Counter(event.modality for event in events)),
        _counts("construction", Counter(event.construction for event in events)),
        _counts("sides", Counter(_sides(event.sources, event.targets, event.reciprocal) for event in events)),
        _counts("mode", Counter(f"{e.type}/{e.mode}" for e in events if e.mode)),
        "modes never met: " + " ".join(
            f"{kind}/{mode}" for kind, modes in MODES.items() for mode in modes.split()
            if (kind, mode) not in {(e.type, e.mode) for e in events}
        ),
        _counts("claim act", Counter(claim.act for claim in claims)),
        _counts("claim form", Counter(claim.form for claim in claims)),
        _counts("claim source", Counter(claim.voiced for claim in claims)),
        _counts("claim depth", Counter(str(len(claim.voices)) for claim in claims)),
        f"negated cues: {sum(c.cue_polarity == 'negated' for c in claims)}; claims in pieces: "
        f"{sum(len(c.contents) > 1 for c in claims)}; different cues: {len(_cues(rows))}",
        _counts("commonest cues", Counter(dict(_cues(rows).most_common(SHOWN)))),
        _counts("events by voices", Counter(str(len(event.voices) + 1) for event in events)),
        _counts("actor kind", Counter(actor.kind for row in rows for actor in row.actors)),
        _counts("actor use", Counter(actor.use for row in rows for actor in row.actors)),
        _counts("figure bound", Counter(figure.bound for row in rows for figure in row.figures)),
        _counts("region (mentions)", regions),
        f"dyads: {len({dyad for row in rows for dyad in row.dyads})}; territories: {len(territories)}",
        _counts("commonest territories", Counter(dict(territories.most_common(SHOWN * 2)))),
        "states never met: " + " ".join(
            code for code, one in sorted(knowledge.territories.by_code.items())
            if one.kind == "state" and code not in territories
        ),
        *_balance(rows),
    ]  # fmt: skip
    return "\n".join(lines)


def _balance(rows: Sequence[PassageRow]) -> list[str]:
    found = parts(rows).findings()
    beyond = beyond_chance(rows)
    lines = [f"balance: {len(beyond)} of {len(found)} parts beyond chance (p < {LEVEL}/{len(found)})"]
    lines += [f"  BEYOND CHANCE {_shown(one)}" for one in beyond]
    lines += [f"  least likely  {_shown(one)}" for one in found[:SHOWN] if one not in beyond]
    for part in ("aggressor/victim", "accuser/accused", "helper/helped"):
        sided = [one for one in found if one.part == part and one.total >= ONE_SIDED and one.first in (0, one.total)]
        first, _, second = part.partition("/")
        for name, only in ((first, [o for o in sided if o.first]), (second, [o for o in sided if not o.first])):
            if only:
                shown = ", ".join(f"{one.territory} {one.total}" for one in sorted(only, key=lambda o: -o.total))
                lines.append(f"  only as {name} so far (write the other part too): {shown}")
    return lines


def _shown(one: Finding) -> str:
    first = one.part.partition("/")[0]
    return f"{one.territory} is {first} {one.first} of {one.total} (everybody {one.expected:.0%}), p = {one.chance:.3f}"


def _cues(rows: Sequence[PassageRow]) -> Counter[str]:
    return Counter(
        " … ".join(c.quote.lower() for c in claim.cues) for row in rows for claim in row.claims if claim.cues
    )


def _sides(sources: tuple[int, ...], targets: tuple[int, ...], reciprocal: bool) -> str:
    if reciprocal:
        return "reciprocal"
    if not sources or not targets:
        return "no source" if not sources else "no target"
    return "one to one" if len(sources) == len(targets) == 1 else "many"


def _counts(name: str, counts: Counter[str], zero: Sequence[str] = ()) -> str:
    shown = sorted(((n, key) for key, n in counts.items()), key=lambda pair: (-pair[0], pair[1]))
    missing = [f"{key} 0" for key in zero if not counts[key]]
    return f"{name}: " + ", ".join([f"{key} {n}" for n, key in shown if n] + missing)


def main(arguments: Sequence[str]) -> int:
    wanted = tuple(arguments) or SPLITS
    knowledge = Knowledge()
    done = compiled([path for path in sources() if path.parent.name in wanted], knowledge)
    sys.stdout.write(report(done.rows, knowledge) + "\n")
    if done.problems:
        sys.stdout.write(f"left out: passages with {len(done.problems)} problems; see corpus/compile.py\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

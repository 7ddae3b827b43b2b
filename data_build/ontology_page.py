"""Makes `docs/ontologies.md` from the ontologies' own data: types, modes, contexts, CAMEO roots and codes."""

from __future__ import annotations

from pathlib import Path

from detente.knowledge.ontology import CameoRoot, CounterExample, Ontology, PloverMode, PloverType

PAGE = Path(__file__).parents[1] / "docs/ontologies.md"
HEAD = """# The event ontologies

This page is made by `python data_build/ontology_page.py` from `src/detente/knowledge/ontologies/`.

Every event has a **type** of PLOVER, or STATEMENT; where the words allow, a **mode** (how) and **contexts** (about
what); and a **CAMEO code** as deep as the words allow, with the code table's Goldstein score and quad class. Names,
codes, scores and classes are published facts; labels, definitions and sentences are this project's own and tell of
nothing that happened. A counter-example looks like its kind and is of another, named after the arrow.

PLOVER's own special contexts (historical, future, hypothetical, negation) are no contexts here: an event says them in
its date, its modality and its polarity.
"""
SOURCES = """## Where the sources part

The published crosswalk and the code table give the same type, mode and context for every code that both have. They,
and this project, part in the following.

- `1214` stands in the crosswalk only; its class and score are those of `1211` to `1213`.
- `175` has in both a context, `pro_autocracy`, in the place of its mode. Here it is a context.
- `08` heads two types in the crosswalk, CONCEDE and RETREAT; the code itself is CONCEDE, and those below it are of one
  or the other.
- ACCUSE has the score 3 in the printed score table; it is -3 here, as its modes are negative.
- The manual puts CONCEDE under verbal cooperation; the code table puts all of `08` under material cooperation. An
  event's `quad` follows the code table.
- Modes marked "crosswalk only" are used by codes but are not in the score table. They keep their names; their score is
  that of the mode named after the arrow, or of their type.
"""


def page() -> str:
    """The page as text; made from the data, so that it cannot fall behind it."""
    ontology = Ontology.load()
    parts = [HEAD, "## PLOVER types\n", _summary(ontology)]
    parts += [_type(kind) for kind in ontology.types]
    parts += ["## Contexts\n", _contexts(ontology), SOURCES, _readings(ontology)]
    parts += ["## CAMEO roots\n", *(_root(root) for root in ontology.roots)]
    parts += ["## CAMEO codes\n", _codes(ontology)]
    return "\n".join(parts)


def _summary(ontology: Ontology) -> str:
    lines = ["| type | label | quad | score |", "|---|---|---|---:|"]
    lines += [
        f"| [{kind.name}](#{kind.name.lower()}) | {kind.label} | {_words(kind.quad)} | {_number(kind.score)} |"
        for kind in ontology.types
    ]
    return "\n".join(lines) + "\n"


def _type(kind: PloverType) -> str:
    lines = [f"### {kind.name}\n", f"{kind.definition}\n"]
    lines += [f"- {sentence}" for sentence in kind.examples]
    lines.append(f"- Not: {_counter(kind.counter_example)}\n")
    if kind.modes:
        lines += ["| mode | score | meaning | example | not |", "|---|---:|---|---|---|"]
        lines += [_mode(mode) for mode in kind.modes]
        lines.append("")
    return "\n".join(lines)


def _mode(mode: PloverMode) -> str:
    score = _number(mode.score)
    if mode.listed == "crosswalk":
        score = "crosswalk only" + (f" → {mode.now}" if mode.now else "")
    meaning = f"**{mode.label}.** {mode.definition}"
    return f"| `{mode.name}` | {score} | {meaning} | {mode.example} | {_counter(mode.counter_example)} |"


def _contexts(ontology: Ontology) -> str:
    lines = ["| context | meaning |", "|---|---|"]
    for context in ontology.contexts:
        only = " (crosswalk only)" if context.listed == "crosswalk" else ""
        lines.append(f"| `{context.name}`{only} | {context.definition} |")
    return "\n".join(lines) + "\n"


def _readings(ontology: Ontology) -> str:
    lines = ["Events of this project bear some codes under another type than the crosswalk's:\n"]
    lines += [f"- `{reading.code}` as {reading.type}: {reading.why}." for reading in ontology.readings]
    return "\n".join(lines) + "\n"


def _root(root: CameoRoot) -> str:
    sentences = f"- {root.example}\n- Not: {_counter(root.counter_example)}\n"
    return f"### {root.code} {root.label}\n\n{root.definition}\n\n{sentences}"


def _codes(ontology: Ontology) -> str:
    lines = ["| code | label | Goldstein | quad | type | mode | context |", "|---|---|---:|---|---|---|---|"]
    for code in ontology.codes.values():
        cells = (code.code, code.label, _number(code.goldstein), _words(code.quad), code.type)
        lines.append("| " + " | ".join((*cells, code.mode or "", code.context or "")) + " |")
    return "\n".join(lines) + "\n"


def _counter(counter: CounterExample) -> str:
    return f"{counter.text} → {'no event' if counter.instead == 'none' else counter.instead}"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def _words(name: str) -> str:
    return name.replace("_", " ")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

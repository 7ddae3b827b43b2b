"""One door for every part that can be added: sources, steps, exports, scores.

A part is a class named by an entry point in the group `detente.<kind>`; the built-in parts are declared
in `BUILT_IN` in the same form and loaded through the same door. Importing this module loads none of them.
"""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import entry_points
from typing import Any

from detente.errors import LookupFailed

BUILT_IN: dict[str, dict[str, str]] = {
    "steps": {
        "layout": "detente.reading.layout:LayoutStep",
        "parse": "detente.reading.parse:ParseStep",
        "actors": "detente.reading.actors:ActorStep",
        "times": "detente.reading.times:TimeStep",
        "places": "detente.reading.places:PlaceStep",
        "figures": "detente.reading.figures:FigureStep",
        "claims": "detente.reading.claims:ClaimStep",
        "events": "detente.reading.events:EventStep",
        "encoder": "detente.reading.encoder:EncoderStep",
    },
    "sources": {
        "stdin": "detente.reading.sources.stdin:StandardInput",
        "url": "detente.reading.sources.url:Url",
        "folder": "detente.reading.sources.folder:Folder",
        "glob": "detente.reading.sources.glob:Glob",
        "text": "detente.reading.sources.text:Text",
        "html": "detente.reading.sources.html:Html",
        "jsonl": "detente.reading.sources.jsonl:JsonLines",
        "csv": "detente.reading.sources.csv:Csv",
        "warc": "detente.reading.sources.warc:Warc",
        "pdf": "detente.reading.sources.pdf:Pdf",
        "docx": "detente.reading.sources.docx:Docx",
        "eml": "detente.reading.sources.eml:Eml",
        "feed": "detente.reading.sources.feed:Feed",
        "zip": "detente.reading.sources.zip:Zip",
        "gzip": "detente.reading.sources.gzip:Gzip",
    },
    "exports": {
        "jsonl": "detente.serving.exports.jsonl:JsonLines",
        "csv": "detente.serving.exports.csv:Csv",
        "parquet": "detente.serving.exports.parquet:Parquet",
    },
    "scores": {
        "relations": "detente.serving.scores.relations:RelationsScore",
        "triples": "detente.serving.scores.triples:TriplesScore",
        "factuality": "detente.serving.scores.factuality:FactualityScore",
        "attribution": "detente.serving.scores.attribution:AttributionScore",
        "times": "detente.serving.scores.times:TimeScore",
        "publication": "detente.serving.scores.publication:PublicationScore",
        "places": "detente.serving.scores.places:PlaceScore",
        "stance": "detente.serving.scores.stance:StanceScore",
        "corpus": "detente.serving.scores.corpus:CorpusScore",
        "coreference": "detente.serving.scores.coreference:CoreferenceScore",
        "stories": "detente.serving.scores.stories:StoriesScore",
        "forecast": "detente.serving.scores.forecast:ForecastScore",
    },
}


def names(kind: str) -> list[str]:
    """Names of all parts of a kind, built in and installed, sorted."""
    return sorted({*BUILT_IN[kind], *(point.name for point in entry_points(group=f"detente.{kind}"))})


def find(kind: str, name: str) -> Any:
    """The part called `name`; LookupFailed lists what exists."""
    target = BUILT_IN[kind].get(name)
    if target is not None:
        module, _, attribute = target.partition(":")
        return getattr(import_module(module), attribute)
    for point in entry_points(group=f"detente.{kind}", name=name):
        return point.load()
    raise LookupFailed(f"no {kind[:-1]} of that name", value=name, expected="one of " + ", ".join(names(kind)))

"""Exchanging two countries in an article exchanges them in the record, and changes nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from detente.model import ActorRef, AnyRecord, Claim, Event
from detente.reading.sources.raw import RawDocument
from detente.recording.reader import Reader
from detente.settings import Settings

REPORTS = [
    "{A} expelled two {b} diplomats on Monday. {B} rejected the {a} accusation of spying as baseless.",
    "{B}'s foreign minister said that {a} warplanes had bombed a {b} village. {A} denied the attack.",
    "{CapA} imposed sanctions on {B}. According to {b} officials, {A} also threatened to close the border.",
    "{A} and {B} signed a trade agreement in Geneva. {CapB} promised to release three {a} fishermen.",
    "The {a} president will visit {B} next week, the {b} government announced.",
]
COUNTRIES = {
    "PER": ("Peru", "Peruvian", "Lima"),
    "KEN": ("Kenya", "Kenyan", "Nairobi"),
    "VNM": ("Vietnam", "Vietnamese", "Hanoi"),
    "SRB": ("Serbia", "Serbian", "Belgrade"),
    "USA": ("America", "American", "Washington"),
    "IRN": ("Iran", "Iranian", "Tehran"),
    "RUS": ("Russia", "Russian", "Moscow"),
    "UKR": ("Ukraine", "Ukrainian", "Kyiv"),
    "AZE": ("Azerbaijan", "Azerbaijani", "Baku"),
    "ARM": ("Armenia", "Armenian", "Yerevan"),
}
PAIRS = [("PER", "KEN"), ("VNM", "SRB"), ("USA", "IRN"), ("RUS", "UKR"), ("AZE", "ARM"), ("KEN", "RUS"), ("USA", "VNM")]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(Settings(database=Path(), published="2024-05-15"))


def _written(report: str, first: str, second: str) -> str:
    (a, adj_a, cap_a), (b, adj_b, cap_b) = COUNTRIES[first], COUNTRIES[second]
    return report.format(A=a, B=b, a=adj_a, b=adj_b, CapA=cap_a, CapB=cap_b)


def _lines(records: tuple[AnyRecord, ...]) -> list[str]:
    """Events and claims by territory alone, without words, offsets or ids."""
    lines = []
    for row in records:
        if isinstance(row, Event):
            kept = f"{row.type} {row.cameo} {row.polarity} {row.modality} {row.confidence}"
            lines.append(f"{kept} {_ends(row.sources)} > {_ends(row.targets)} / {_ends(row.voices[1:])}")
        elif isinstance(row, Claim):
            lines.append(f"{row.act} {row.form} {row.cue_polarity} {_ends(row.voices[1:])} about {_ends(row.about)}")
    return lines


def _ends(refs: tuple[ActorRef, ...]) -> str:
    return ",".join(f"{ref.territory}:{ref.kind}:{ref.stance}" for ref in refs)


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_swapped_countries_give_a_swapped_record(reader: Reader, report: str, first: str, second: str) -> None:
    here = _lines(reader.read(RawDocument(uri="swap", text=_written(report, first, second))).records)
    there = _lines(reader.read(RawDocument(uri="swap", text=_written(report, second, first))).records)
    assert here, "the report must give rows, or the test could not fail"
    exchanged = {first: second, second: first}
    swapped = [re.sub(f"{first}|{second}", lambda found: exchanged[found.group()], line) for line in here]
    assert sorted(there) == sorted(swapped)

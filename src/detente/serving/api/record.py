"""`detente.Record`: a kept record, opened for reading, as typed records and as data frames."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Self, cast

from detente.errors import LookupFailed, UsageError
from detente.model import (
    Actor,
    AnyRecord,
    Claim,
    Dispute,
    Document,
    Event,
    Figure,
    Happening,
    Mention,
    Moment,
    Place,
)
from detente.recording.store import Counts, Filter, Hit, SetAside, Store
from detente.recording.store.queries import RELATED_KINDS
from detente.recording.store.searching import SEARCHED_KINDS
from detente.serving.exports.tables import ALWAYS

if TYPE_CHECKING:
    from detente.relating.dyad.page import DyadPage
    from detente.relating.forecast.forecasting import Forecast
    from detente.relating.index import IndexSeries

Library = Literal["pandas", "polars", "arrow"]


class Record:
    """A record on disk. Use it in a `with` block, or close it.

    Every listing takes the filters of `detente.recording.store.Filter` by keyword and gives a list in a stable order:

        with detente.Record("detente.db") as record:
            for event in record.events(dyad=("KEN", "PER"), since="2024-01"):
                print(event.type, event.evidence.quote)
            frame = record.frame("claims", speaker="KEN")

    Nothing is written through it; another program may add articles meanwhile.
    """

    def __init__(self, path: Path | str) -> None:
        """Open the record at `path`. Raises StoreError where there is none or it cannot be read."""
        self._store = Store.open(path, read_only=True)

    def close(self) -> None:
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Record({str(self._store.path)!r})"

    def documents(self, **filters: Any) -> list[Document]:
        return list(self._store.documents(asked(filters)))

    def actors(self, **filters: Any) -> list[Actor]:
        return list(self._store.actors(asked(filters)))

    def mentions(self, **filters: Any) -> list[Mention]:
        return list(self._store.mentions(asked(filters)))

    def events(self, **filters: Any) -> list[Event]:
        return list(self._store.events(asked(filters)))

    def claims(self, **filters: Any) -> list[Claim]:
        return list(self._store.claims(asked(filters)))

    def figures(self, **filters: Any) -> list[Figure]:
        return list(self._store.figures(asked(filters)))

    def moments(self, **filters: Any) -> list[Moment]:
        return list(self._store.moments(asked(filters)))

    def places(self, **filters: Any) -> list[Place]:
        return list(self._store.places(asked(filters)))

    def happenings(self, **scope: Any) -> list[Happening]:
        """The same event told by several articles, once. Narrowed by `dyad`, `type`, `since`, `until`, `document_id`,
        `limit` and `offset`. Raises NotRelated where articles came since `detente.relate` was last called."""
        from detente.relating.happenings import happenings_of

        return list(happenings_of(self._related(), **scope))

    def disputes(self, **scope: Any) -> list[Dispute]:
        """Versions by different voices that cannot all hold. Narrowed by `dyad`, `kind`, `since`, `until`,
        `document_id`, `limit` and `offset`. Raises NotRelated as `happenings` does."""
        from detente.relating.disputes import disputes_of

        return list(disputes_of(self._related(), **scope))

    def index(self, a: str, b: str, *, without: Collection[str] = (), **options: Any) -> IndexSeries:
        """The relation index of two territories: `step`, `directed`, `since` and `until` as in
        `detente.relating.index.index_of`; `without` holds texts such as `outlet=X`."""
        from detente.relating.index import index_of, left_out

        return index_of(self._related(), a, b, without=[left_out(one) for one in without], **options)

    def forecast(self, a: str, b: str, *, as_of: str | None = None, **options: Any) -> Forecast:
        """How likely `a` does this or that to `b` soon, with the score card of such forecasts: `horizons` as in
        `detente.relating.forecast.forecast`; `as_of` is the last day of the record where it is not given."""
        from detente.relating.forecast import forecast

        found: Forecast = forecast(self._related(), a, b, as_of=as_of, **options)
        return found

    def dyad(
        self, a: str, b: str, *, since: str | None = None, until: str | None = None, without: Collection[str] = ()
    ) -> DyadPage:
        """What the record says between two territories: what `detente dyad` prints."""
        from detente.relating.dyad.page import dyad_page
        from detente.relating.index import left_out

        leaving = [left_out(one) for one in without]
        return dyad_page(self._related(), *sorted((a, b)), since=since, until=until, without=leaving)

    def _related(self) -> Store:
        from detente.relating.refresh import require_related

        require_related(self._store)
        return self._store

    def get(self, any_id: str) -> AnyRecord:
        """The record with this id, or whose id alone begins so. Raises LookupFailed where there is none."""
        found = self._store.get(any_id)
        if found is None:
            raise LookupFailed("no row has this id", value=any_id, todo="list ids with events(), claims(), documents()")
        return found

    def rows_of(self, document_id: str) -> list[AnyRecord]:
        """A document, its rows in order and its actors. Raises LookupFailed for an unknown document."""
        rows = self._store.rows_of(document_id)
        if not rows:
            raise LookupFailed("no document has this id", value=document_id, todo="list ids with documents()")
        return rows

    def records(self) -> Iterator[AnyRecord]:
        """All records in export order, one at a time."""
        return self._store.records()

    def search(self, query: str, limit: int = 20, *, kinds: Collection[str] = SEARCHED_KINDS) -> list[Hit]:
        """Documents and rows that hold all words of the query, best first."""
        return self._store.search(query, limit, kinds=kinds)

    def counts(self) -> Counts:
        return self._store.counts()

    def set_aside(self) -> list[SetAside]:
        """Documents that could not be read, with the reason."""
        return self._store.set_aside_rows()

    def frame(self, kind: str, library: Library = "pandas", *, flat: bool = True, **filters: Any) -> Any:
        """The rows of a kind (`events` or `event`) as a pandas or Polars data frame or an Arrow table.

        `flat` gives the columns of the CSV export, with lists as lists; else structs and lists as in the model. Raises
        UsageError for an unknown kind or library, and where the library is not installed.
        """
        name = kind.removesuffix("s")
        if name not in ALWAYS:
            raise UsageError(
                "no kind of record is called so", value=kind, expected=_listed(f"{one}s" for one in ALWAYS)
            )
        convert = _converter(library)
        from detente.serving.exports.arrow import flat_table, nested_table

        if name in RELATED_KINDS:
            rows: Iterable[AnyRecord] = getattr(self, f"{name}s")(**filters)
        else:
            rows = cast("Callable[[Filter], Iterator[AnyRecord]]", getattr(self._store, f"{name}s"))(asked(filters))
        return convert(flat_table(name, rows) if flat else nested_table(name, list(rows)))


def asked(filters: dict[str, Any]) -> Filter:
    """The filter that keyword arguments make. Raises UsageError for a name that is no filter."""
    unknown = sorted(filters.keys() - set(Filter.__struct_fields__))
    if unknown:
        raise UsageError("no filter is called so", value=", ".join(unknown), expected=_listed(Filter.__struct_fields__))
    return Filter(**filters)


def _converter(library: str) -> Callable[[Any], Any]:
    """What makes the library's frame of an Arrow table; the library is looked for before any row is read."""
    if library == "arrow":
        return lambda table: table
    if library not in ("pandas", "polars"):
        raise UsageError("no library for frames is called so", value=library, expected="pandas, polars or arrow")
    try:
        module = import_module(library)
    except ImportError as error:
        raise UsageError(
            f"{library} is not installed", todo="pip install 'detente[frames]', or ask for library=\"arrow\""
        ) from error
    if library == "pandas":
        return lambda table: table.to_pandas()
    return cast("Callable[[Any], Any]", module.from_arrow)


def _listed(names: Collection[str] | Iterator[str]) -> str:
    return "one of " + ", ".join(names)

"""Every input, one after the other, as articles. The one door that the command line and the API come in by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.errors import InputError, UsageError
from detente.reading.sources.choosing import source_for, unpacked
from detente.reading.sources.errors import stumbled
from detente.reading.sources.local import local_uri, opened
from detente.reading.sources.raw import FIELDS, Found, SetAside, SourceOptions


def open_inputs(inputs: Sequence[str], options: SourceOptions | None = None) -> Iterator[Found]:
    """The articles in `inputs`: files, folders, patterns, URLs, or - for standard input; always in the same order.

    What cannot be read comes as a SetAside with its reason, and the rest goes on. Raises UsageError at once where
    `options.columns` names no field of the document record.
    """
    options = SourceOptions() if options is None else options
    for field in options.columns:
        if field not in FIELDS:
            raise UsageError(
                "--column names no field",
                value=field,
                expected="one of " + ", ".join(FIELDS),
                todo="write the field first: --column text=body",
            )
    return _all(inputs, options)


def open_place(place: str, options: SourceOptions) -> Iterator[Found]:
    """The articles at one place."""
    source = source_for(place)
    try:
        yield from source.read(place, options) if source is not None else open_file(place, options)
    except InputError as error:
        yield SetAside(place, error)
    except Exception as error:  # noqa: BLE001  an installed source may raise anything; one input must not cost the rest
        yield SetAside(place, stumbled(place, error))


def open_file(place: str, options: SourceOptions) -> Iterator[Found]:
    """The articles in one file of any kind."""
    try:
        with opened(place) as parcel:
            yield from unpacked(parcel, options)
    except InputError as error:
        yield SetAside(local_uri(place), error)


def _all(inputs: Sequence[str], options: SourceOptions) -> Iterator[Found]:
    for place in inputs:
        yield from open_place(place, options)

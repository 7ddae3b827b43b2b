"""One document with its rows, checked before anything of it is written."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

import msgspec
from msgspec import Struct

from detente.model import Actor, AnyRecord, Claim, Document
from detente.recording import evidence
from detente.recording.order import id_of, kind_of
from detente.recording.store.failures import RowRefused
from detente.recording.store.rows import DocumentRow, decoded, encoded

_WHERE = "this is an error in the step that made the rows; nothing of this document was written"


class Batch(Struct, frozen=True):
    """`rows` and `actors` are pairs of a record and its JSON; `digest` tells two readings of a document apart.

    The digest leaves out the document's address, so that one article under two addresses is one document.
    """

    document: Document
    rows: tuple[tuple[DocumentRow, str], ...]
    actors: tuple[tuple[Actor, str], ...]
    digest: str


def batch_of(records: Sequence[AnyRecord]) -> Batch:
    """Check that the records are one document and its rows, and that each stands on its words and reads back the same.

    Raises EvidenceError and RowRefused. A row given twice counts once.
    """
    documents = [record for record in records if isinstance(record, Document)]
    if len(documents) != 1:
        raise RowRefused("the records of one document were expected", value=f"{len(documents)} documents", todo=_WHERE)
    document = documents[0]
    evidence.check(records, document.text)
    _written(document)
    lines: dict[tuple[str, str], str] = {}
    rows: list[tuple[DocumentRow, str]] = []
    actors: list[tuple[Actor, str]] = []
    for record in records:
        if isinstance(record, Document):
            continue
        if isinstance(record, Actor):
            record = msgspec.structs.replace(record, roles=tuple(sorted(set(record.roles))))
        line = _written(record)
        known = lines.setdefault((kind_of(record), id_of(record)), line)
        if known is not line:
            if known != line:
                raise RowRefused("two different rows bear one id", value=evidence.row_name(record), todo=_WHERE)
            continue
        if isinstance(record, Actor):
            actors.append((record, line))
        elif isinstance(record, DocumentRow):
            rows.append((_own(record, document), line))
        else:
            raise RowRefused("a document has no rows of this kind", value=evidence.row_name(record), todo=_WHERE)
    _check_parents(rows)
    bare = encoded(msgspec.structs.replace(document, uri=""))
    digest = sha256("\n".join([bare, *sorted(lines.values())]).encode()).hexdigest()
    return Batch(document, tuple(rows), tuple(actors), digest)


def _own(record: DocumentRow, document: Document) -> DocumentRow:
    if record.document_id != document.document_id:
        raise RowRefused(
            f"{evidence.row_name(record)} belongs to another document",
            value=record.document_id,
            expected=document.document_id,
            todo=_WHERE,
        )
    return record


def _check_parents(rows: Sequence[tuple[DocumentRow, str]]) -> None:
    claims = [row for row, _ in rows if isinstance(row, Claim)]
    ids = {claim.claim_id for claim in claims}
    for claim in claims:
        if claim.parent_claim_id is not None and claim.parent_claim_id not in ids:
            raise RowRefused(
                f"{evidence.row_name(claim)} stands in a claim that is not among the rows",
                value=claim.parent_claim_id,
                todo=_WHERE,
            )


def _written(record: AnyRecord) -> str:
    """The record's JSON, once it is sure that it reads back as the same record."""
    try:
        line = encoded(record)
        same = decoded(line) == record
    except (msgspec.MsgspecError, UnicodeError, OverflowError, TypeError, ValueError) as error:
        raise RowRefused(
            f"{evidence.row_name(record)} does not fit the record contract ({error})", todo=_WHERE
        ) from error
    if not same:
        raise RowRefused(
            f"{evidence.row_name(record)} would not read back the same",
            expected="tuples, and numbers that are finite",
            todo=_WHERE,
        )
    return line

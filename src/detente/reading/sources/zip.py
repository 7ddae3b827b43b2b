"""Zip archives of articles of any kind. A Word file is a zip too and is handed on."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import ClassVar

from detente import registry
from detente.errors import InputError
from detente.reading.sources.choosing import by_suffix, kinds, unpacked
from detente.reading.sources.errors import BrokenArchive, EmptyFolder, EncryptedArchive, InflatesTooFar, UnreadKind
from detente.reading.sources.file_kind import FileKind
from detente.reading.sources.folder import is_hidden
from detente.reading.sources.parcel import Budget, Parcel
from detente.reading.sources.raw import Found, SetAside, SourceOptions


class Zip(FileKind):
    """Members in the order of their names, as `archive.zip!/folder/name.txt`. What it would unpack to is reckoned
    before anything is unpacked."""

    name: ClassVar[str] = "zip"
    suffixes: ClassVar[tuple[str, ...]] = (".zip",)
    media_types: ClassVar[tuple[str, ...]] = ("application/zip", "application/x-zip-compressed")

    def is_signed(self, head: bytes) -> bool:
        return head.startswith((b"PK\x03\x04", b"PK\x05\x06"))

    def unpack(self, parcel: Parcel, options: SourceOptions) -> Iterator[Found]:
        data = parcel.whole(options.largest_file_bytes)
        budget = parcel.budget or Budget(options.largest_inflated_bytes)
        with opened_zip(data, parcel.uri, options.most_packed_files) as archive:
            members = archive.infolist()
            if any(member.filename == "word/document.xml" for member in members):
                word = Parcel.of_bytes(parcel.uri, data, name=parcel.name, budget=budget)
                yield from registry.find("sources", "docx")().unpack(word, options)
                return
            budget = _entered(budget, parcel.uri)
            chosen = sorted((m for m in members if _is_file(m)), key=lambda member: member.filename)
            budget.check(sum(member.file_size for member in chosen), parcel.uri)
            yield from _articles(archive, chosen, parcel, budget, options)


def opened_zip(data: bytes, uri: str, most_files: int) -> zipfile.ZipFile:
    """The archive. Raises BrokenArchive, or InflatesTooFar where it names too many files."""
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except Exception as error:  # zipfile raises errors of many kinds for what is no zip
        raise broken(uri, str(error)) from error
    if len(archive.filelist) > most_files:
        raise InflatesTooFar(
            f"{uri} holds too many files",
            value=f"{len(archive.filelist):,}",
            expected=f"at most {most_files:,}",
            todo="unpack it and give the folder",
        )
    return archive


def member_bytes(archive: zipfile.ZipFile, member: zipfile.ZipInfo, uri: str) -> bytes:
    """One member, never more than it declares. Raises BrokenArchive or EncryptedArchive."""
    if member.flag_bits & 1:
        raise EncryptedArchive(
            f"{uri} is encrypted",
            value="it asks for a password",
            expected="an archive that opens without one",
            todo="unpack it with its password and give the folder",
        )
    try:
        with archive.open(member) as stream:
            return stream.read(member.file_size + 1)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError, RuntimeError) as error:
        raise broken(uri, str(error)) from error


def broken(uri: str, value: str) -> BrokenArchive:
    return BrokenArchive(
        f"{uri} cannot be unpacked",
        value=value[:200],
        expected="a whole archive",
        todo="download it again, or unpack it yourself and give the folder",
    )


def _articles(
    archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], parcel: Parcel, budget: Budget, options: SourceOptions
) -> Iterator[Found]:
    known = kinds()
    read = 0
    for member in members:
        uri = f"{parcel.uri}!/{member.filename}"
        if "." in member.filename.rsplit("/", 1)[-1] and by_suffix(member.filename, known) is None:
            yield SetAside(uri, _unread(uri))
            continue
        read += 1
        try:
            budget.spend(member.file_size, uri)
            inner = Parcel.of_bytes(uri, member_bytes(archive, member, uri), name=member.filename, budget=budget)
        except InputError as error:
            yield SetAside(uri, error)
            continue
        yield from unpacked(inner, options)
    if not read:
        raise EmptyFolder(
            f"there are no articles in the archive {parcel.uri}",
            value=f"{len(members)} files, none of a kind that is read",
            expected="files ending in " + ", ".join(sorted(s for kind in known for s in kind.suffixes)),
            todo="give the archive or the folder that holds the articles",
        )


def _entered(budget: Budget, uri: str) -> Budget:
    """One archive deeper: the same store of bytes, one level less."""
    if budget.depth <= 0:
        raise InflatesTooFar(
            f"{uri} lies too deep",
            value="an archive in an archive in an archive",
            expected="at most three, one in the other",
            todo="unpack it yourself and give the folder",
        )
    return budget.deeper()


def _is_file(member: zipfile.ZipInfo) -> bool:
    return not member.is_dir() and not any(is_hidden(part) for part in member.filename.split("/"))


def _unread(uri: str) -> UnreadKind:
    return UnreadKind(
        f"{uri} is of a kind that is not read in archives",
        value=uri.rsplit(".", 1)[-1],
        expected="an article",
        todo="leave it out, or unpack it and name it on its own to have it read as text",
    )

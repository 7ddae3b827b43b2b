"""A folder of articles, with all folders in it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from detente.reading.sources.choosing import by_suffix, kinds
from detente.reading.sources.errors import EmptyFolder, FolderLoop, UnreadKind
from detente.reading.sources.local import local_uri, unopened
from detente.reading.sources.raw import Found, SetAside, SourceOptions


class Folder:
    """Files in the order of their paths; hidden ones are passed over, those of a kind that is not read set aside."""

    name: ClassVar[str] = "folder"

    def accepts(self, place: str) -> bool:
        return os.path.isdir(place)  # noqa: PTH112  Path.is_dir raises for names too long and folders closed to us

    def read(self, place: str, options: SourceOptions) -> Iterator[Found]:
        from detente.reading.sources.opening import open_file

        known = kinds()
        is_empty = True
        for item in _walk(Path(place)):
            if isinstance(item, SetAside):
                is_empty = False
                yield item
            elif (item.suffix and by_suffix(item.name, known) is None) or not _is_regular(item):
                yield _unread(item)
            else:
                is_empty = False
                yield from open_file(str(item), options)
        if is_empty:
            yield SetAside(
                local_uri(place),
                EmptyFolder(
                    f"there are no articles in the folder {local_uri(place)}",
                    value="no file of a kind that is read",
                    expected="files ending in " + ", ".join(sorted(s for kind in known for s in kind.suffixes)),
                    todo="give the folder that holds the articles, or name a file on its own to have it read as text",
                ),
            )


def is_hidden(name: str) -> bool:
    """Files that systems and programs leave behind: dot files, lock files of office programs, Mac and Windows dirt."""
    return name.startswith((".", "~$")) or name in ("__MACOSX", "Thumbs.db", "desktop.ini")


def _walk(top: Path) -> Iterator[Path | SetAside]:
    """Regular files below `top` by path; each folder once, however many links lead to it."""
    seen: set[str] = set()
    waiting: list[tuple[Path, tuple[str, ...]]] = [(top, ())]
    while waiting:
        path, above = waiting.pop()
        if path is not top and not os.path.isdir(path):  # noqa: PTH112  as above
            yield path
            continue
        real = os.path.realpath(path)
        if real in above:
            yield _loop(path, real)
            continue
        if real in seen:
            continue
        seen.add(real)
        try:
            names = sorted((entry.name for entry in os.scandir(path) if not is_hidden(entry.name)), reverse=True)
        except OSError as error:
            yield SetAside(local_uri(str(path)), unopened(local_uri(str(path)), error))
            continue
        waiting.extend((path / name, (*above, real)) for name in names)


def _is_regular(path: Path) -> bool:
    """False for pipes and devices, which would keep a reader waiting; what cannot be looked at is left to be opened."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return True


def _loop(path: Path, real: str) -> SetAside:
    uri = local_uri(str(path))
    return SetAside(
        uri,
        FolderLoop(
            f"the link {uri} leads back to a folder it lies in",
            value=real,
            expected="folders that end",
            todo="remove the link; the other files were read",
        ),
    )


def _unread(path: Path) -> SetAside:
    uri = local_uri(str(path))
    return SetAside(
        uri,
        UnreadKind(
            f"{uri} is of a kind that is not read in folders",
            value=path.suffix or "a pipe or a device",
            expected="an article",
            todo="leave it out, or name it on its own to have it read as text",
        ),
    )

"""The trained weights and the tables that belong to them, read from the package.

`encoder.onnx` is made by `make train`; `encoder.json` holds the vocabulary, the numbers of tags, relations, modes and
ways, the weights of the ways, and the calibration.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from detente.errors import KnowledgeError
from detente.reading.encoder.windows import Pieces, Tables

if TYPE_CHECKING:
    from numpy.typing import NDArray


def folder(language: str) -> Path | None:
    """Where the weights of a language lie, None where it has none."""
    found = Path(__file__).parents[2] / "knowledge" / "weights" / language
    return found if (found / "encoder.onnx").is_file() else None


class Weights(Struct, frozen=True, dict=True):
    """What stands beside the network. `distance` to `role` have one row a number and one column an arc; `width` is the
    most pieces of a window."""

    vocabulary: list[str]
    tags: dict[str, int]
    deps: dict[str, int]
    modes: dict[str, int]
    ways: dict[str, int]
    distance: list[list[float]]
    sentence: list[list[float]]
    way: list[list[float]]
    role: list[list[float]] = []
    calibration: dict[str, list[float]] = {}
    width: int = 192

    @classmethod
    def load(cls, path: Path) -> Weights:
        """The tables of the file; KnowledgeError where it is none."""
        try:
            return msgspec.json.decode(path.read_bytes(), type=cls)
        except msgspec.DecodeError as error:
            raise KnowledgeError("the tables of the encoder break their form", value=f"{path}: {error}") from error

    @cached_property
    def pieces(self) -> Pieces:
        return Pieces(self.vocabulary)

    @cached_property
    def tables(self) -> Tables:
        return Tables(self.tags, self.deps)

    @cached_property
    def _between(self) -> list[NDArray[Any]]:
        from numpy import array, float32

        return [array(table, float32) for table in (self.distance, self.sentence, self.way, self.role) if table]

    def between(self, pairs: Sequence[tuple[int, int, int, int]]) -> NDArray[Any]:
        """What the arcs add for these numbers of `pairs`: [4, words]."""
        from numpy import array

        columns = array(pairs, int).T
        added: NDArray[Any] = sum(table[column] for table, column in zip(self._between, columns, strict=False)).T
        return added

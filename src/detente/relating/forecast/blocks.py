"""Products of a tall table in small blocks: the same to the last bit whatever number of threads the machine lends, and
no slower where others use it too. Large products are shared out by the linear algebra under numpy, and wait for all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_CELLS: Final = 8192  # fewer than OpenBLAS shares out


class Tall:
    """A table of many rows and few columns, cut into blocks; rows of zeros are added to fill the last."""

    def __init__(self, rows: Floats) -> None:
        self.height, width = rows.shape
        block = max(1, min(_CELLS // max(1, width), 262_144 // max(1, width * width)))
        blocks = -(-self.height // block) or 1
        padded = np.zeros((blocks * block, width))
        padded[: self.height] = rows
        self._blocks = padded.reshape(blocks, block, width)

    def times(self, vector: Floats) -> Floats:
        """rows @ vector."""
        product: Floats = (self._blocks @ vector).reshape(-1)[: self.height]
        return product

    def turned_times(self, vector: Floats) -> Floats:
        """rows.T @ vector."""
        filled = np.zeros(self._blocks.shape[:2])
        filled.reshape(-1)[: self.height] = vector
        product: Floats = (filled[:, None, :] @ self._blocks).sum(axis=(0, 1))
        return product

    def gram(self, weight: Floats) -> Floats:
        """rows.T @ diag(weight) @ rows."""
        filled = np.zeros(self._blocks.shape[:2])
        filled.reshape(-1)[: self.height] = weight
        product: Floats = (np.swapaxes(self._blocks, 1, 2) @ (self._blocks * filled[:, :, None])).sum(axis=0)
        return product

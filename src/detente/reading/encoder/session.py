"""Runs the quantised network: one window at a time on one thread, so that a window is read alike wherever it stands.

onnxruntime and numpy are imported here when the first window is run, not before.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from detente.errors import UsageError
from detente.reading.encoder.answers import HEADS
from detente.reading.encoder.windows import Window

if TYPE_CHECKING:
    from numpy.typing import NDArray

SIZES: Final = {
    "trigger": 18, "inside": 1, "mode": 64, "negated": 1, "modality": 5, "mention": 17, "use": 3, "side": 8,
    "cue": 13, "incue": 1, "cue_negated": 1,
}  # fmt: skip
"""How many columns each answer has."""


class OnnxSession:
    """`path` is the ONNX file that `training.export` writes."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @cached_property
    def _network(self) -> Any:
        try:
            import onnxruntime
        except ImportError as error:
            raise UsageError("the encoder's runtime is not installed", todo="pip install 'detente[encoder]'") from error

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        return onnxruntime.InferenceSession(str(self.path), options, providers=["CPUExecutionProvider"])

    def run(self, windows: list[Window]) -> list[list[NDArray[Any]]]:
        return [self._run(window) for window in windows]

    def _run(self, window: Window) -> list[NDArray[Any]]:
        from numpy import array, int64, split, zeros

        slots = zeros((len(window.pieces), 2), int64)
        for at, sides in enumerate(window.sides):
            for k, side in enumerate(sides):
                slots[at, k] = side
        columns = (
            window.caps,
            window.named,
            window.mention,
            window.use,
            window.act,
            window.said,
            window.tag,
            window.dep,
        )
        found, arcs = self._network.run(
            ["answers", "arcs"],
            {
                "pieces": array(window.pieces, int64),
                "features": array(columns, int64),
                "slots": slots,
                "heads": array(window.heads, int64),
            },
        )
        ends = [sum(SIZES[name] for name in HEADS[: k + 1]) for k in range(len(HEADS) - 1)]
        return [*split(found, ends, axis=1), arcs]

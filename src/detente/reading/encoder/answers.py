"""What the encoder says of the words of one window, as probabilities.

What lives here: the names and order of its answers, and the sums that turn scores into probabilities. Running the
weights is `session`'s business, drawing marks from the answers `decoding`'s.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Protocol

from msgspec import Struct

from detente.reading.encoder.windows import Window

if TYPE_CHECKING:
    from numpy.typing import NDArray

HEADS: Final = (
    "trigger", "inside", "mode", "negated", "modality", "mention", "use", "side", "cue", "incue", "cue_negated",
)  # fmt: skip
ARCS: Final = ("source", "target", "speaker", "contents")


class Answers(Struct, frozen=True):
    """One row a word. `trigger` [words, 18], 0 for none; `side` [words, 8] by slot; `arcs` [4, words, words] are
    scores, to which the weights of `pairs` are still to be added; the others in the order of the vocabularies."""

    trigger: NDArray[Any]
    inside: NDArray[Any]
    mode: NDArray[Any]
    negated: NDArray[Any]
    modality: NDArray[Any]
    mention: NDArray[Any]
    use: NDArray[Any]
    side: NDArray[Any]
    cue: NDArray[Any]
    incue: NDArray[Any]
    cue_negated: NDArray[Any]
    arcs: NDArray[Any]


class Session(Protocol):
    """Runs the weights over windows."""

    def run(self, windows: list[Window]) -> list[list[NDArray[Any]]]:
        """For each window the scores in the order of HEADS, then those of ARCS."""
        ...


def answers(scores: list[NDArray[Any]]) -> Answers:
    """Scores of one window, in the order of HEADS and ARCS, as probabilities."""
    found = {name: _probability(name, score) for name, score in zip(HEADS, scores, strict=False)}
    return Answers(**found, arcs=scores[-1])


def _probability(name: str, score: NDArray[Any]) -> NDArray[Any]:
    if name == "side":
        return sigmoid(score)
    return sigmoid(score[:, 0]) if score.shape[1] == 1 else softmax(score)


def sigmoid(score: NDArray[Any]) -> NDArray[Any]:
    from numpy import clip, exp

    probability: NDArray[Any] = 1.0 / (1.0 + exp(-clip(score, -30, 30)))
    return probability


def softmax(score: NDArray[Any]) -> NDArray[Any]:
    from numpy import exp

    raised = exp(score - score.max(-1, keepdims=True))
    probability: NDArray[Any] = raised / raised.sum(-1, keepdims=True)
    return probability

"""The encoder: a trained network that reads the paper after the rules, and what joins both.

It is no step of the usual pipeline yet: see `docs/model_card.md` for why, and `docs/training.md` for how it is made.
"""

from detente.reading.encoder.step import EncoderStep

__all__ = ["EncoderStep"]

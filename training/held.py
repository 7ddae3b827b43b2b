"""Which passages of the training part are held out: one in ten by the digest of its id, so that the choice stays when
others are added."""

from __future__ import annotations

from hashlib import sha256

SHARE = 10


def is_held(passage_id: str) -> bool:
    """True for passages that no weights are trained on: they choose the epoch, calibrate, and stand in the gate."""
    return int.from_bytes(sha256(passage_id.encode()).digest()[:4]) % SHARE == 0

"""Ids are hashes of content: the same input gives the same id on any machine, in any order."""

from __future__ import annotations

from hashlib import sha256


def make_id(prefix: str, *parts: object) -> str:
    """`prefix-` and 16 hexadecimal digits of the SHA-256 of the parts, which are told apart by a unit separator."""
    digest = sha256("\x1f".join("" if part is None else str(part) for part in parts).encode("utf-8", "surrogatepass"))
    return f"{prefix}-{digest.hexdigest()[:16]}"

"""From texts to groups of copies, in memory. Copies of copies are one group, so that order does not matter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from detente.relating.witnesses.shingles import Sketch, bands_of, is_copy, sketch_of


def groups_of(texts: Mapping[str, str]) -> dict[str, str]:
    """For each document_id of `texts` the witness it counts as: the smallest document_id among its near-copies."""
    sketches = {document_id: sketch_of(texts[document_id]) for document_id in sorted(texts)}
    root = {document_id: document_id for document_id in sketches}
    by_band: defaultdict[int, list[str]] = defaultdict(list)
    for document_id, sketch in sketches.items():
        near: set[str] = set()
        for band in bands_of(sketch):
            near.update(by_band[band])
            by_band[band].append(document_id)
        _join(root, sketches, document_id, near)
    return {document_id: _top(root, document_id) for document_id in sketches}


def _join(root: dict[str, str], sketches: Mapping[str, Sketch], document_id: str, near: set[str]) -> None:
    for other in sorted(near):
        one, two = _top(root, document_id), _top(root, other)
        if one != two and is_copy(sketches[document_id], sketches[other]):
            root[max(one, two)] = min(one, two)


def _top(root: dict[str, str], document_id: str) -> str:
    while root[document_id] != document_id:
        root[document_id] = root[root[document_id]]
        document_id = root[document_id]
    return document_id

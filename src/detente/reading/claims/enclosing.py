"""Which stretches hold a stretch: look-ups that stay fast however many claims a document has."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from detente.reading.marks import Span


class Enclosures:
    """Stretches with an owner each. Building sorts them; a look-up costs a bisection and one step for every
    stretch that is open there."""

    def __init__(self, parts: Iterable[tuple[Span, int]]) -> None:
        self.parts = sorted(parts, key=lambda item: (item[0].start, -item[0].end, item[1]))
        self.starts = [part.start for part, _ in self.parts]
        self.open_before: list[int] = []
        """For each part the nearest one before it that has not ended where it starts; -1 where there is none."""
        stack: list[int] = []
        for index, (part, _) in enumerate(self.parts):
            while stack and self.parts[stack[-1]][0].end <= part.start:
                stack.pop()
            self.open_before.append(stack[-1] if stack else -1)
            stack.append(index)

    def holding(self, span: Span) -> Iterator[int]:
        """The owners of all stretches that hold `span`, the last to start first; an owner may come twice."""
        place = bisect_right(self.starts, span.start) - 1
        while place >= 0:
            part, owner = self.parts[place]
            if part.end >= span.end:
                yield owner
            place = self.open_before[place]

"""Who is mentioned: names, roles, bodies, persons and the words that point back at them.

`words` are the parse as columns; `names` the listed forms; `naming`, `composing`, `organisations`, `persons` and
`pointing` find phrases; `metonymy` tells their use; `antecedents` follows what points back; `identity` makes
candidates; `step` runs them. Dates of office and first persons are settled in `recording.resolution`.
"""

from __future__ import annotations

from detente.reading.actors.step import ActorStep

__all__ = ["ActorStep"]

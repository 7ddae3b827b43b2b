"""Near-copies of one text count as one witness: found by MinHash and checked on the shingles themselves.

Which documents are copies is decided here; what a happening makes of it is decided in `relating.happenings`.
"""

from detente.relating.witnesses.groups import groups_of
from detente.relating.witnesses.keeping import renew_witnesses
from detente.relating.witnesses.shingles import Sketch, bands_of, is_copy, sketch_of

__all__ = ["Sketch", "bands_of", "groups_of", "is_copy", "renew_witnesses", "sketch_of"]

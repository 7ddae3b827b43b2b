"""Stance between two named parties: who is for or against whom, from the words between them.

`lexicon` holds the words, `clause` tells who stands where in the parse, `reader` joins the two, and `leaning` adds what
acts and claims show and picks the strongest reason. Nothing here judges whether a stance is deserved.
"""

from detente.reading.stance.leaning import ENOUGH, head_of, strongest
from detente.reading.stance.lexicon import StanceLexicon, StanceWord
from detente.reading.stance.reader import Lean, StanceReader

__all__ = ["ENOUGH", "Lean", "StanceLexicon", "StanceReader", "StanceWord", "head_of", "strongest"]

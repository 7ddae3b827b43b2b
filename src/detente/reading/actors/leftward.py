"""Leftwards from a role noun: modifiers, territories, a possessor, a determiner."""

from __future__ import annotations

from detente.reading.actors.growth import Left, name_ending
from detente.reading.actors.lexicon import ActorLexicon
from detente.reading.actors.phrase import Page, Phrase
from detente.reading.actors.words import Words

_MODIFIER_TAGS = frozenset({"JJ", "JJS", "JJR", "NN", "NNP", "NNPS", "VBN", "VBG", "CD", "RB", "AFX"})
_NOUN_PHRASE_TAGS = frozenset({"NN", "NNP", "NNS", "JJ", "NNPS", "VBN", "CD"})
_APOSTROPHES = frozenset({"'s", "’s", "'", "’"})
_FURTHEST = 25
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})


class Leftward:
    """Gathers what stands before a role noun. Built once; holds only knowledge."""

    def __init__(self, lexicon: ActorLexicon) -> None:
        self.lexicon = lexicon

    def gather(self, page: Page, i: int, end: int) -> Left:
        """From token i leftwards; modifiers must hang on a token up to `end`."""
        words = page.words
        left = Left(i + 1)
        sentence = words.sentence[i + 1]
        furthest = max(0, i - _FURTHEST)
        while i >= furthest and words.sentence[i] == sentence:
            after = self._step(page, i, end, left)
            if after is None or after >= i:  # an outer phrase may begin further right than what it holds
                break
            i = after
        while left.first < end and words.lower[left.first] in ("-", "and", ",", "or"):
            left.first += 1
        return left

    def _step(self, page: Page, i: int, end: int, left: Left) -> int | None:
        """Take token i, or the phrase it closes, into `left`: the next token to look at, or None to stop."""
        words = page.words
        over = page.outermost(i)
        if over is not None:
            return self._take_phrase(page, i, over, end, left)
        low, tag = words.lower[i], words.tags[i]
        if low in _APOSTROPHES and tag == "POS":
            self._possess(page, i, left)
            return None
        if tag == "PRP$":
            left.first, left.possessor_words = i, (i, i)
            left.definite = left.determined = True
            return None
        if low == "the" or tag in ("DT", "PDT"):
            self._determine(words, i, left)
            return None
        if low in self.lexicon.attitude and left.names and left.names[-1].first == i + 2:
            left.names.pop()
            left.first = i
        elif low == "-" or tag == "HYPH":
            if i == 0 or words.ends[i] != words.starts[i + 1] or words.starts[i] != words.ends[i - 1]:
                return None
        elif low in ("and", "or", "&", ","):
            if not self._joins(page, i, left):
                return None
        elif low in self.lexicon.participle and tag in ("VBN", "VBD", "JJ", "NN"):
            return self._take_participle(page, i, left)
        elif self._modifies(words, i, end):
            left.first = i
            left.former = left.former or low in self.lexicon.former
        else:
            return None
        return i - 1

    def _take_phrase(self, page: Page, i: int, over: Phrase, end: int, left: Left) -> int | None:
        words = page.words
        if over.span.end < words.ends[i] and over.is_territory:
            left.first = i
            return i - 1
        if end - over.first > _FURTHEST or not self._is_joined(page, over, left, end):
            return None
        left.names.append(over)
        left.first = over.first
        return over.first - 1

    def _determine(self, words: Words, i: int, left: Left) -> None:
        if left.first != i + 1:
            return
        left.first, left.determined = i, True
        left.definite = left.definite or words.lower[i] in _DEFINITE
        if i and words.lower[i - 1] in ("both", "all", "half") and words.sentence[i - 1] == words.sentence[i]:
            left.first = i - 1

    def _take_participle(self, page: Page, i: int, left: Left) -> int | None:
        """As in "Baku based", "Iranian-backed": a circumstance; where a body is based may tell whose it is."""
        words = page.words
        name = name_ending(page, i - 1)
        if name is None and i > 1 and words.lower[i - 1] == "-":
            name = name_ending(page, i - 2)
        if name is None and i > 1 and words.lower[i - 1] == "-" and words.lower[i - 2].isalpha():
            left.first = i - 2
            return i - 3
        if name is None:
            return None
        if words.lower[i] in ("based", "headquartered"):
            left.based = name
        left.first = name.first
        return name.first - 1

    def _modifies(self, words: Words, i: int, end: int) -> bool:
        tag, low = words.tags[i], words.lower[i]
        if tag not in _MODIFIER_TAGS:
            return False
        if words.is_capitalised(i) and tag.startswith("NNP") and not words.opens_sentence(i):
            return True
        if tag in ("VBN", "VBG") and words.deps[i] != "amod":
            return False
        return i < words.heads[i] <= end or low in self.lexicon.rank or low in self.lexicon.portfolio

    def _joins(self, page: Page, i: int, left: Left) -> bool:
        """As in "Armenian and Azerbaijani leaders", "Foreign and Trade Minister"."""
        words = page.words
        before = name_ending(page, i - 1)
        if before is not None and left.names and left.names[-1].first == i + 1:
            return before.origin == "adjective" or left.names[-1].origin != "adjective"
        if i < 1 or left.names or words.lower[i] == ",":
            return False
        ahead, behind = words.lower[i + 1], words.lower[i - 1]
        return ahead in self.lexicon.portfolio and behind in self.lexicon.portfolio and words.is_capitalised(i - 1)

    def _is_joined(self, page: Page, over: Phrase, left: Left, end: int) -> bool:
        """Whether a name directly before belongs to the phrase."""
        words = page.words
        dep, head = words.deps[over.head], words.heads[over.head]
        if over.origin == "adjective" and not over.plural:
            return True
        if not (over.is_territory or over.origin == "organisation"):
            return over.origin in ("role", "person") and dep in ("compound", "nmod") and head > over.last
        if (
            left.names
            and over.origin != "adjective"
            and words.lower[over.last + 1] != "-"
            and not left.names[-1].is_territory
        ):
            return False
        if dep in ("compound", "nmod", "amod", "npadvmod") or over.last < head <= end:
            return True
        return dep not in ("pobj", "dobj", "nsubj", "nsubjpass", "conj", "appos") and head > over.last

    def _possess(self, page: Page, i: int, left: Left) -> None:
        """The possessor before the apostrophe at token i: a phrase, or words that may point back."""
        words = page.words
        over = page.outermost(i - 1) if i else None
        if over is not None and i - over.first > _FURTHEST:
            return
        if over is not None and over.last in (i - 1, i):
            left.possessor, left.first = over, over.first
            if over.first and words.lower[over.first - 1] == "the":
                left.first = over.first - 1
        else:
            start = i - 1
            while start > max(0, i - _FURTHEST) and words.tags[start] in _NOUN_PHRASE_TAGS:
                start -= 1
            if words.tags[start] not in ("DT", "PRP$"):
                start += 1
            if start >= i:
                return
            left.first, left.possessor_words = start, (start, i - 1)
        left.definite = left.determined = True

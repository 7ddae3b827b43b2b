"""Pronouns as phrases: gender and number, and which of them stand for nobody ("it is difficult to say")."""

from __future__ import annotations

from detente.reading.actors.lexicon import ActorLexicon
from detente.reading.actors.phrase import Origin, Phrase
from detente.reading.actors.words import Words

_SINGULAR_PERSON = {
    "he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f",
}  # fmt: skip
_THING = frozenset({"it", "its", "itself"})
_PLURAL = frozenset({"they", "them", "their", "theirs", "themselves"})
_SELVES = frozenset({"i", "me", "my", "mine", "myself"})
_BE = frozenset({"be", "become", "'s", "’s", "’"})
_EXPLETIVE_VERBS = frozenset({"seem", "appear", "take", "turn", "happen", "follow", "matter", "rain", "depend", "look"})


def pronoun_phrase(words: Words, i: int, lexicon: ActorLexicon) -> Phrase | None:
    """The phrase of the pronoun at token i, or None for those that name no party ("you", "one")."""
    low = words.lower[i]
    origin: Origin = "first_person" if low in lexicon.first_person else "pronoun"
    phrase = Phrase(i, i, i, words.span(i, i), origin, "pronoun", "other", words.raw[i], key=low)
    if origin == "first_person":
        phrase.plural = low not in _SELVES
    elif low in _SINGULAR_PERSON:
        phrase.gender, phrase.kind = _SINGULAR_PERSON[low], "person"
    elif low in _PLURAL:
        phrase.plural = True
    elif low not in _THING:
        return None
    return phrase


def why_nobody(words: Words, i: int) -> str | None:
    """As in "It is difficult to say", "it's no secret that", "it should be remembered that", "it seems": nobody."""
    verb = words.heads[i]
    if words.deps[i] == "expl":
        return "it stands for nobody: expletive"
    if words.deps[i] not in ("nsubj", "nsubjpass") or verb <= i:
        return None
    if words.lemmas[verb] in _EXPLETIVE_VERBS and words.tags[verb].startswith("VB"):
        return f"it stands for nobody: {words.lemmas[verb]}"
    end = min(len(words), verb + 9)
    later = [words.lower[k] for k in range(verb + 1, end) if words.sentence[k] == words.sentence[i]]
    deps = {words.deps[k] for k in range(verb + 1, end) if words.heads[k] == verb}
    predicate = {words.tags[k][:2] for k in range(verb + 1, min(verb + 4, end))}
    if words.lemmas[verb] in _BE and ({"to", "that", "how", "what", "whether", "for"} & set(later[:6])):
        return "it stands for nobody: it is ... to/that"
    if words.lemmas[verb] in _BE and ("JJ" in predicate and {"ccomp", "xcomp", "advcl", "csubj"} & deps):
        return "it stands for nobody: it is ... to/that"
    if words.deps[i] == "nsubjpass" and ({"that", "how", "whether"} & set(later[:3]) or "ccomp" in deps):
        return "it stands for nobody: it is said that"
    return None

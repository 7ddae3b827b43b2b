"""What was said, by whom, in which words."""

from __future__ import annotations

from detente.model.actor import ActorRef
from detente.model.evidence import Evidence
from detente.model.record import Record
from detente.model.vocabulary import Act, Form, Polarity


class Claim(Record, frozen=True, kw_only=True):
    """One attributed stretch. `voices` is the chain that vouches for the contents: it ends with the speaker.

    `cue_polarity` is negated for "fails to mention that P": the claim holds P, and the act is omit.
    """

    claim_id: str
    document_id: str
    evidence: Evidence
    contents: tuple[Evidence, ...]
    speaker: ActorRef | None
    cue: Evidence | None
    form: Form
    act: Act
    cue_polarity: Polarity = "affirmed"
    parent_claim_id: str | None = None
    about: tuple[ActorRef, ...] = ()
    loaded: tuple[Evidence, ...] = ()
    voices: tuple[ActorRef, ...] = ()
    confidence: float
    reasons: tuple[str, ...] = ()

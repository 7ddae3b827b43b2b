"""Whether a page shows only the opening of an article. The phrases are data: knowledge/lexicons/en/paywalls.yaml."""

from __future__ import annotations

from typing import Any

from detente.reading.sources.phrases import phrases

_STUB_WORDS = 200
_LOCKED_WORDS = 120


def is_stub(article: str, page: str, *, is_free: Any = None) -> bool:
    """Whether `article` is a stub: it is short, and the page asks for a subscription in a strong phrase or in two weak
    ones, or states for machines that it is not free (`is_free` false)."""
    words = len(article.split())
    if words >= _STUB_WORDS:
        return False
    if str(is_free).lower() == "false" and words < _LOCKED_WORDS:
        return True
    lowered = " ".join(page.lower().replace("’", "'").split())
    found = [phrase.strength for phrase in phrases("paywalls") if phrase.form in lowered]
    return "strong" in found or len(found) > 1

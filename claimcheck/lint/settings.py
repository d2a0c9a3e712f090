"""What a newsroom can set for the rules, beside which of them apply."""

from __future__ import annotations

from typing import Annotated

import msgspec


class Settings(msgspec.Struct, frozen=True, kw_only=True, rename="kebab", forbid_unknown_fields=True):
    """Settings of single rules; in a configuration file their names have hyphens."""

    known_names: list[str] = []
    """CC103: speakers who need no introduction, by their full name in the article."""

    accepted_verbs: list[str] = []
    """CC301: reporting verbs that the house accepts although they are on the list, in any form ("admitted")."""

    scare_quotes: list[str] = []
    """CC303: terms that may stand in quotation marks, without the marks."""

    opinion_score: Annotated[float, msgspec.Meta(ge=0.0, le=1.0)] = 0.95
    """CC302: least probability of ``opinion`` for a sentence to be reported."""

    short_story: Annotated[int, msgspec.Meta(ge=1)] = 8
    """CC203: a story of fewer sentences may have a single source."""

    at_length: Annotated[int, msgspec.Meta(ge=1)] = 20
    """CC204: words of a speaker from which on the one they accuse should have a reply."""

"""Attributions to speakers: who "he" is; name, kind, title, justification."""

from claimcheck.speakers.describe import Resolved
from claimcheck.speakers.parting import part
from claimcheck.speakers.pointing import Pointer
from claimcheck.speakers.resolver import resolve

__all__ = ["Pointer", "Resolved", "part", "resolve"]

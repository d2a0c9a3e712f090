"""The gold annotation of one article, as people write it and as the scorer and the training read it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, get_args

Label = Literal["fact", "claim", "opinion", "none"]
Kind = Literal["named_person", "named_organization", "document", "unnamed_person", "unnamed_group"]
Role = Literal["source", "cue", "content"]

LABELS: tuple[str, ...] = get_args(Label)
KINDS: tuple[str, ...] = get_args(Kind)
ROLES: tuple[Role, ...] = get_args(Role)

AUTHOR = "AUTHOR"
"""Speaker key for the writer of the article quoting themself."""
UNKNOWN = "UNKNOWN"
"""Speaker key where nothing in the article tells who speaks."""

Fragment = tuple[int, int]
"""Half-open span of code points into the article's text."""


@dataclass(slots=True)
class GoldSentence:
    """One labelled sentence. ``speakers`` are keys into ``GoldArticle.speakers``, outermost first."""

    start: int
    end: int
    label: Label
    speakers: list[str] = field(default_factory=list)
    hard: bool = False
    opinion: bool = False
    """The writer judges in this sentence too, although it is a claim."""


@dataclass(slots=True)
class GoldAttribution:
    """One attribution event: at most one source and one cue, any number of content fragments.

    ``speaker`` is a key into ``GoldArticle.speakers``, or ``None`` where the corpus does not say.
    """

    source: list[Fragment] = field(default_factory=list)
    cue: list[Fragment] = field(default_factory=list)
    content: list[Fragment] = field(default_factory=list)
    speaker: str | None = None

    def fragments(self, role: Role) -> list[Fragment]:
        """The fragments of one role, in the order of the text."""
        fragments: list[Fragment] = getattr(self, role)
        return fragments


@dataclass(slots=True)
class GoldSpeaker:
    """Who a source is. ``name``, ``title`` and ``justification`` stand verbatim in the article."""

    name: str
    kind: Kind | None = None
    title: str | None = None
    justification: str | None = None


@dataclass(slots=True)
class GoldArticle:
    """An article with everything annotated in it. Offsets are code points into ``text``."""

    id: str
    text: str
    sentences: list[GoldSentence] = field(default_factory=list)
    attributions: list[GoldAttribution] = field(default_factory=list)
    speakers: dict[str, GoldSpeaker] = field(default_factory=dict)
    meta: dict[str, Any] = field(default_factory=dict)
    """What the header says besides: stratum, variety, split, date, ..."""

    def name_of(self, key: str) -> str:
        """The name behind a speaker key; ``AUTHOR`` and ``UNKNOWN`` stand for themselves."""
        return self.speakers[key].name if key in self.speakers else key

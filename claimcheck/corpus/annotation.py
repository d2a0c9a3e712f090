"""The gold annotation of one article, as people write it and as the scorer and the training read it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, get_args

from claimcheck.report import AUTHOR

Label = Literal["fact", "claim", "opinion", "none"]
Kind = Literal["named_person", "named_organization", "document", "unnamed_person", "unnamed_group"]
Role = Literal["source", "cue", "content"]
Split = Literal["train", "dev", "test"]

LABELS: tuple[Label, ...] = get_args(Label)
KINDS: tuple[Kind, ...] = get_args(Kind)
ROLES: tuple[Role, ...] = get_args(Role)
SPLITS: tuple[Split, ...] = get_args(Split)

STRATA = (
    "analysis",
    "business and markets",
    "courts and police",
    "culture",
    "documents and data",
    "editorial and column",
    "fact-check",
    "interview and profile",
    "letter or essay",
    "live blog",
    "local news",
    "obituary",
    "politics",
    "press release",
    "science and health",
    "sport",
    "technology",
    "translated news",
    "war and diplomacy",
    "wire news",
)
"""What ``stratum`` may be in a header; the article's folder has the same name with hyphens."""
VARIETIES = ("British", "American", "Indian", "African", "Australian", "international", "translated")
DESKS = ("news", "analysis", "opinion", "feature", "release")

UNKNOWN = "UNKNOWN"
"""Speaker key where nothing in the article tells who speaks."""
RESERVED = frozenset({AUTHOR, UNKNOWN})
"""Speaker keys that stand for nobody in the header."""

PRONOUNS = frozenset(
    {"i", "you", "he", "she", "it", "we", "they", "one", "this", "that", "these", "those", "who", "which"}
    | {"me", "him", "her", "us", "them", "my", "your", "his", "its", "our", "their"}
    | {"mine", "yours", "hers", "ours", "theirs", "others"}
    | {"myself", "yourself", "himself", "herself", "itself", "ourselves", "themselves"}
)
"""Words that point to a source instead of naming it."""

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
    """A careful second person could well choose another label."""
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

    def spans(self) -> list[tuple[Role, Fragment]]:
        """All fragments with their role; at least one."""
        return [(role, fragment) for role in ROLES for fragment in self.fragments(role)]

    @property
    def start(self) -> int:
        """Where its first fragment begins."""
        return min(fragment[0] for _, fragment in self.spans())


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
    meta: dict[str, str] = field(default_factory=dict)
    """What the header says besides: stratum, variety, desk, split."""

    def quote(self, span: Fragment) -> str:
        """The text of a span, on one line."""
        return " ".join(self.text[span[0] : span[1]].split())

    def name_of(self, key: str) -> str:
        """The name behind a speaker key; ``AUTHOR`` and ``UNKNOWN`` stand for themselves."""
        return self.speakers[key].name if key in self.speakers else key

    def sentence_at(self, offset: int) -> GoldSentence | None:
        """The sentence that an offset lies in."""
        return next((s for s in self.sentences if s.start <= offset < s.end), None)

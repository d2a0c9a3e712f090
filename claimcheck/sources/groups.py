"""Audits of several articles added up, and what articles are grouped by."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from claimcheck.report import AUTHOR, Kind
from claimcheck.sources.parts import KINDS, NAMED, SIDES, Side, balance, in_order, loudest, share
from claimcheck.sources.types import Audit, Loudest, Part, Voice


class Group:
    """Adds audits up, one at a time, and keeps no more of them than their speakers.

    A row of the result is a name and a kind of source; names are compared without regard to case. Named persons and
    organizations of the same name are taken to be the same. Documents, unnamed sources and `AUTHOR` share a row where
    they share the words, but each article's are counted as others.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.articles = self.sentences = self.words = self.claims = self.attributed = 0
        self._counts: dict[Side | Kind, tuple[int, int, int]] = dict.fromkeys((*SIDES, *KINDS), (0, 0, 0))
        self._rows: dict[tuple[str, Kind], Voice] = {}
        self._loudest: Loudest | None = None
        """Among speakers who are counted by themselves in every article."""

    def add(self, audit: Audit) -> None:
        """Add the audit of an article, or of a group whose articles are not in this one yet."""
        self.articles += audit.articles
        self.sentences += audit.sentences
        self.words += audit.words
        self.claims += audit.claims
        self.attributed += audit.attributed
        # No word is in two articles, so words add up.
        for name, (claims, words, alone) in self._counts.items():
            part: Part = audit.balance.kinds[name] if name in audit.balance.kinds else getattr(audit.balance, name)
            self._counts[name] = (claims + part.claims, words + part.words, alone + part.alone)
        for key, voice in _rows(audit.speakers).items():
            self._rows[key] = _merged(self._rows[key], voice) if key in self._rows else voice
        top = audit.balance.loudest
        if top and not _same(top) and (self._loudest is None or top.words > self._loudest.words):
            self._loudest = top

    def audit(self) -> Audit:
        """What has been added so far, as one audit."""
        voices = in_order(
            msgspec.structs.replace(voice, share=share(voice.words, self.words)) for voice in self._rows.values()
        )
        top = next((voice for voice in voices if _same(voice)), None)
        found = loudest(top, self.words, self.attributed) if top else None
        # Somebody unnamed who is the loudest of all was the loudest in their article too.
        if self._loudest and (found is None or self._loudest.words > found.words):
            found = msgspec.structs.replace(
                self._loudest,
                share=share(self._loudest.words, self.words),
                of_attributed=share(self._loudest.words, self.attributed),
            )
        return Audit(
            name=self.name,
            title=None,
            articles=self.articles,
            sentences=self.sentences,
            words=self.words,
            claims=self.claims,
            attributed=self.attributed,
            attributed_share=share(self.attributed, self.words),
            balance=balance(self._counts, self.attributed, voices, found),
            speakers=voices,
        )


def combine(audits: Iterable[Audit], name: str) -> Audit:
    """The audits of several articles as one, under a name such as that of their outlet."""
    group = Group(name)
    for audit in audits:
        group.add(audit)
    return group.audit()


def folder_of(path: str) -> str:
    """The folder of a file as it was named, or of a page; of "-", standard input."""
    if path == "-":
        return "standard input"
    if outlet_of(path):
        return path.rpartition("/")[0] if urlsplit(path).path.strip("/") else path.rstrip("/")
    return os.fspath(Path(path).parent)


def outlet_of(id: str) -> str | None:
    """The outlet of an article by its id: the site of a web address, without "www."; ``None`` for other ids."""
    try:
        address = urlsplit(id.strip())
        host = address.hostname
    except ValueError:
        return None
    if address.scheme.lower() not in ("http", "https") or not host:
        return None
    return host.removeprefix("www.").rstrip(".") or None


def _same(voice: Voice | Loudest) -> bool:
    """Whether the same name in another article means the same speaker."""
    return voice.kind in NAMED and voice.name != AUTHOR


def _rows(voices: Iterable[Voice]) -> dict[tuple[str, Kind], Voice]:
    """The voices of one audit by name and kind."""
    rows: dict[tuple[str, Kind], Voice] = {}
    for voice in voices:
        key = (" ".join(voice.name.split()).casefold(), voice.kind)
        if key in rows:
            # They speak in the same article, and who says most comes first there.
            early, late = sorted((rows[key], voice), key=lambda v: v.first.start if v.first else 0)
            voice = msgspec.structs.replace(_merged(early, late), articles=rows[key].articles)
        rows[key] = voice
    return rows


def _merged(a: Voice, b: Voice) -> Voice:
    """One row of two, of which ``a`` was read first; what is told of them is told by the first that tells it."""
    return Voice(
        name=a.name,
        kind=a.kind,
        title=a.title or b.title,
        justification=a.justification or b.justification,
        articles=a.articles + b.articles,
        speakers=1 if _same(a) else a.speakers + b.speakers,
        claims=a.claims + b.claims,
        direct=a.direct + b.direct,
        indirect=a.indirect + b.indirect,
        mixed=a.mixed + b.mixed,
        words=a.words + b.words,
        share=0.0,
        first=a.first or b.first,
        last=b.last or a.last,
    )

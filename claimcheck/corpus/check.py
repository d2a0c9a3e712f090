"""Find what is inconsistent in an annotated article. Every message says where and what to do."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator

from claimcheck.corpus.annotation import KINDS, ROLES, Fragment, GoldArticle
from claimcheck.corpus.inline import is_reserved

_WORD = re.compile(r"\w+(?:[-'’.]\w+)*")


def check(article: GoldArticle) -> Iterator[str]:
    """Yield one message for each inconsistency of one article; none for a sound one."""
    yield from _check_sentences(article)
    yield from _check_spans(article)
    yield from _check_speakers(article)


def _quote(article: GoldArticle, span: Fragment) -> str:
    text = " ".join(article.text[span[0] : span[1]].split())
    return f"{article.id}: “{text if len(text) < 60 else text[:57] + '...'}”"


def _check_sentences(article: GoldArticle) -> Iterator[str]:
    covered = 0
    for s in article.sentences:
        if article.text[covered : s.start].strip():
            yield f"{_quote(article, (covered, s.start))}: this text belongs to no sentence"
        covered = s.end
        where = _quote(article, (s.start, s.end))
        contents = [a for a in article.attributions for f in a.content if f[0] < s.end and s.start < f[1]]
        if s.label == "claim":
            if not s.speakers:
                yield f"{where}: a claim names its speaker, or UNKNOWN"
            if not contents:
                yield f"{where}: a claim has the content of some attribution in it: mark it with {{con1|...}}"
            tied = {a.speaker for a in contents if a.speaker}
            for key in s.speakers:
                if key not in tied and not is_reserved(key) and not _is_outer(article, key, s.start, s.end):
                    yield f"{where}: speaker {key} is listed, but no attribution with content in this sentence is theirs"
        else:
            if s.speakers:
                yield f"{where}: only a claim has speakers, this is labelled {s.label}"
            if s.opinion:
                yield f"{where}: '+opinion' belongs to a claim"
    if article.text[covered:].strip():
        yield f"{_quote(article, (covered, len(article.text)))}: this text belongs to no sentence"


def _is_outer(article: GoldArticle, key: str, start: int, end: int) -> bool:
    """Whether the speaker has a source or cue in the sentence, as the inner or outer link of a chain does."""
    return any(a.speaker == key and any(start <= f[0] < end for f in a.source + a.cue) for a in article.attributions)


def _check_spans(article: GoldArticle) -> Iterator[str]:
    words = [(m.start(), m.end()) for m in _WORD.finditer(article.text)]
    inside = {i for a, b in words for i in range(a + 1, b)}
    for a in article.attributions:
        spans = [f for role in ROLES for f in a.fragments(role)]
        where = _quote(article, spans[0])
        if not a.content:
            yield f"{where}: an attribution without content"
        if len(a.source) > 1 or len(a.cue) > 1:
            yield f"{where}: an attribution has one source and one cue at most; give the second a number of its own"
        if a.source and not a.cue and "\n" not in article.text[min(a.source[0][1], a.content[0][0] if a.content else 0) :]:
            pass
        if a.speaker is None:
            yield f"{where}: says no speaker: write {{src1=key|...}}, or {{con1=key|...}} where there is no source"
        for role in ROLES:
            for start, end in a.fragments(role):
                if start in inside and article.text[start - 1] not in "-'’." or end in inside and article.text[end] not in "-'’.":
                    yield f"{_quote(article, (start, end))}: the {role} begins or ends inside a word"
        # A cue or source may stand inside a gap of the content, never inside the content of its own attribution.
        for (r1, f1), (r2, f2) in itertools.combinations([(r, f) for r in ROLES for f in a.fragments(r)], 2):
            if f1[0] < f2[1] and f2[0] < f1[1]:
                yield f"{_quote(article, f1)}: {r1} and {r2} of one attribution overlap"
    for role in ROLES:
        fragments = sorted({f for a in article.attributions for f in a.fragments(role)})
        for f1, f2 in itertools.pairwise(fragments):
            if f2[0] < f1[1] and not f2[1] <= f1[1]:
                yield f"{_quote(article, f1)}: two {role} spans cross"


def _check_speakers(article: GoldArticle) -> Iterator[str]:
    used = {a.speaker for a in article.attributions} | {k for s in article.sentences for k in s.speakers}
    for key in sorted(k for k in used if k is not None and k not in article.speakers and not is_reserved(k)):
        yield f"{article.id}: speaker {key} is used but not in the header"
    names: dict[str, str] = {}
    for key, speaker in article.speakers.items():
        where = f"{article.id}: speaker {key}"
        if key not in used:
            yield f"{where}: is in the header but never speaks"
        if speaker.kind not in KINDS:
            yield f"{where}: kind must be one of {', '.join(KINDS)}"
        for field in ("name", "title", "justification"):
            value = getattr(speaker, field)
            if value is not None and value not in article.text:
                yield f"{where}: the {field} “{value}” does not stand in the text, word for word"
        if speaker.name in names:
            yield f"{where}: has the same name as speaker {names[speaker.name]}"
        names[speaker.name] = key


def near_duplicates(articles: Iterable[GoldArticle], *, n: int = 8, limit: float = 0.02) -> Iterator[tuple[str, str, float]]:
    """Pairs of articles that share more than ``limit`` of the shorter one's word ``n``-grams, with the share."""
    grams = {}
    for article in articles:
        words = [m[0].lower() for m in _WORD.finditer(article.text)]
        grams[article.id] = {tuple(words[i : i + n]) for i in range(len(words) - n + 1)}
    for (a, x), (b, y) in itertools.combinations(grams.items(), 2):
        if x and y and (share := len(x & y) / min(len(x), len(y))) > limit:
            yield a, b, share

"""Find what is inconsistent in annotated articles. Every message says where and what to do."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from claimcheck.corpus import overlap
from claimcheck.corpus.annotation import (
    DESKS,
    KINDS,
    PRONOUNS,
    RESERVED,
    SPLITS,
    STRATA,
    VARIETIES,
    Fragment,
    GoldArticle,
    GoldAttribution,
    GoldSpeaker,
)

OVERLAP = 0.02
"""Share of n-grams in common above which two articles are near-duplicates."""
SAME_SENTENCE = 5
"""Words from which a sentence should stand in one article only; shorter ones ("He declined.") recur by nature."""

_CLITIC = re.compile(r"(?<=\w)(?:n['’]t|['’](?:s|d|m|ll|re|ve))\b", re.I)
_POSSESSIVE = re.compile(r"['’]s\b")
_ARTICLE = re.compile(r"(?:[Aa]n?|[Tt]he) ")
_TITLE = re.compile(
    r"(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Judge|Justice|Sheriff|Captain|Colonel|General|Sergeant|Detective|Inspector"
    r"|PC|DC|Mayor|Governor|Gov|Senator|Sen|Rep|Councillor|Cllr|President|Minister|Rev|Reverend)\.? "
)


def check(article: GoldArticle) -> Iterator[str]:
    """Yield one message for each inconsistency within one article; none for a sound one."""
    yield from _check_sentences(article)
    yield from _check_spans(article)
    yield from _check_speakers(article)


def check_all(articles: Sequence[GoldArticle], *, n: int = overlap.NGRAM, limit: float = OVERLAP) -> Iterator[str]:
    """Yield one message for each inconsistency within and between the articles of a corpus."""
    for article in articles:
        yield from _check_header(article)
        yield from check(article)
    yield from _check_duplicates(articles, n, limit)
    yield from _check_same_sentences(articles)
    yield from _check_splits(articles)


def check_amount(articles: Sequence[GoldArticle], minimum: int) -> Iterator[str]:
    """Yield one message for each stratum with fewer than ``minimum`` articles, none included."""
    counts = Counter(a.meta.get("stratum") for a in articles)
    for stratum in STRATA:
        if counts[stratum] < minimum:
            yield f"stratum {stratum}: has {counts[stratum]} article{'s' * (counts[stratum] != 1)}, fewer than {minimum}"


def _check_header(article: GoldArticle) -> Iterator[str]:
    for field, known in (("stratum", STRATA), ("variety", VARIETIES), ("desk", DESKS)):
        if article.meta.get(field) not in known:
            yield f"{article.id}: {field} in the header must be one of {', '.join(known)}"
    stratum = article.meta.get("stratum")
    if stratum in STRATA and "/" in article.id and article.id.split("/")[0] != stratum.replace(" ", "-"):
        yield f"{article.id}: the header says {stratum}, the folder another stratum: move the file or mend the header"


def _check_sentences(article: GoldArticle) -> Iterator[str]:
    covered = 0
    for s in article.sentences:
        if article.text[covered : s.start].strip():
            yield f"{_where(article, (covered, s.start))}: this text belongs to no sentence"
        covered = s.end
        where = _where(article, (s.start, s.end))
        if len(set(s.speakers)) < len(s.speakers):
            yield f"{where}: a speaker is listed twice"
        if s.label != "claim":
            if s.speakers:
                yield f"{where}: only a claim has speakers, this is labelled {s.label}"
            continue
        here = [a for a in article.attributions if any(f[0] < s.end and s.start < f[1] for f in a.content)]
        if not s.speakers:
            yield f"{where}: a claim names its speaker, or UNKNOWN"
        if not here:
            yield f"{where}: a claim has the content of some attribution in it: mark it with {{con1|...}}"
        # The inner or outer link of a chain may have its source or cue here and its content elsewhere.
        here += [a for a in article.attributions if any(s.start <= f[0] < s.end for f in a.source + a.cue)]
        for key in s.speakers:
            if key not in RESERVED and not any(a.speaker == key for a in here):
                yield f"{where}: speaker {key} is listed, but no attribution in this sentence is theirs"
    if article.text[covered:].strip():
        yield f"{_where(article, (covered, len(article.text)))}: this text belongs to no sentence"


def _check_spans(article: GoldArticle) -> Iterator[str]:
    inside = _inside_words(article.text)
    for a in article.attributions:
        yield from _check_attribution(article, a)
        for role, (start, end) in a.spans():
            if start in inside or end in inside:
                yield f"{_where(article, (start, end))}: the {role} begins or ends inside a word"
    open_spans: list[Fragment] = []
    for start, end in sorted({f for a in article.attributions for _, f in a.spans()}, key=lambda f: (f[0], -f[1])):
        while open_spans and open_spans[-1][1] <= start:
            open_spans.pop()
        if open_spans and end > open_spans[-1][1]:
            yield f"{_where(article, (start, end))}: crosses another span: nest them, or end one earlier"
        open_spans.append((start, end))


def _check_attribution(article: GoldArticle, a: GoldAttribution) -> Iterator[str]:
    where = _where(article, a.spans()[0][1])
    if not a.content:
        yield f"{where}: an attribution without content"
    if len(a.source) > 1 or len(a.cue) > 1:
        yield f"{where}: an attribution has one source and one cue at most; give the second a number of its own"
    if a.speaker is None:
        yield f"{where}: says no speaker: write {{src1=key|...}}, or {{con1=key|...}} where there is no source"
    for (role1, f1), (role2, f2) in itertools.combinations(a.spans(), 2):
        if f1[0] < f2[1] and f2[0] < f1[1]:
            yield f"{_where(article, f1)}: {role1} and {role2} of one attribution overlap"
    for f1, f2 in itertools.pairwise(a.content):
        gap = article.text[f1[1] : f2[0]]
        if "\n" in gap:
            yield f"{_where(article, f2)}: the content goes on in a new paragraph: give it a new number there"
        elif not gap.strip() and article.sentence_at(f1[0]) is article.sentence_at(f2[0]):
            yield f"{_where(article, f2)}: two fragments of content side by side: make them one"
    for start, end in a.source:
        # "Smith's warning": the source is "Smith's"; "she's warned": it is "she", and the cue may begin at "'s".
        if (
            _POSSESSIVE.match(article.text, end)
            and all(end != f[0] for f in a.cue)
            and article.text[start:end].split()[-1].lower() not in PRONOUNS
        ):
            yield f"{_where(article, (start, end + 2))}: the possessive ending belongs to the source"


def _inside_words(text: str) -> set[int]:
    """The offsets inside a word, where no span begins or ends. Parts of a compound are words, and so is a clitic:
    "Kremlin-backed" may end after "Kremlin", "he's said" after "he".
    """
    inside = {i for match in overlap.WORD.finditer(text) for i in range(match.start() + 1, match.end())}
    inside -= {match.start() for match in _CLITIC.finditer(text)}
    return inside - {edge for match in re.finditer("-", text) for edge in match.span()}


def _check_speakers(article: GoldArticle) -> Iterator[str]:
    used = {a.speaker for a in article.attributions} | {key for s in article.sentences for key in s.speakers}
    for key in sorted(key for key in used if key is not None and key not in article.speakers and key not in RESERVED):
        yield f"{article.id}: speaker {key} is used but not in the header"
    key_of: dict[str, str] = {}
    for key, speaker in article.speakers.items():
        where = f"{article.id}: speaker {key}"
        if key not in used:
            yield f"{where}: is in the header but never speaks"
        if speaker.name in key_of:
            yield f"{where}: has the same name as speaker {key_of[speaker.name]}"
        key_of[speaker.name] = key
        yield from (f"{where}: {problem}" for problem in _check_speaker(speaker, article.text))


def _check_speaker(speaker: GoldSpeaker, text: str) -> Iterator[str]:
    if speaker.kind not in KINDS:
        yield f"kind must be one of {', '.join(KINDS)}"
    for field in ("name", "title", "justification"):
        value = getattr(speaker, field)
        if value is not None and not re.search(rf"(?<!\w){re.escape(value)}(?!\w)", text):
            yield f"the {field} “{value}” does not stand in the text, word for word"
    unnamed = speaker.kind in ("unnamed_person", "unnamed_group")
    if _ARTICLE.match(speaker.name) and (unnamed or speaker.name[0].islower()):
        yield f"the name “{speaker.name}” begins with an article: leave it out"
    if speaker.kind == "named_person" and _TITLE.match(speaker.name):
        yield f"the name “{speaker.name}” begins with a title: leave it out, or make it the title"


def _check_duplicates(articles: Sequence[GoldArticle], n: int, limit: float) -> Iterator[str]:
    # On some file systems two names that differ in case only are one.
    for id, count in Counter(a.id.casefold() for a in articles).items():
        if count > 1:
            yield f"{id}: {count} articles have this id"
    for (a, b), share in overlap.shared(articles, n).items():
        if a != b and share > limit:
            yield f"{a} and {b}: near-duplicates, {share:.1%} of {n}-grams in common: remove one or rewrite it"


def _check_same_sentences(articles: Sequence[GoldArticle]) -> Iterator[str]:
    seen: dict[tuple[str, ...], str] = {}
    for article in articles:
        for s in article.sentences:
            key = tuple(overlap.words(article.text[s.start : s.end]))
            if s.label == "none" or len(key) < SAME_SENTENCE:
                continue
            if seen.setdefault(key, article.id) != article.id:
                yield f"{_where(article, (s.start, s.end))}: the same sentence stands in {seen[key]}"


def _check_splits(articles: Sequence[GoldArticle]) -> Iterator[str]:
    without = [a.id for a in articles if "split" not in a.meta]
    if without:
        some = ", ".join(without[:3]) + (", ..." if len(without) > 3 else "")
        yield f"{some}: {len(without)} article{' has' if len(without) == 1 else 's have'} no split: run 'claimcheck corpus split'"
    for article in articles:
        if article.meta.get("split", "train") not in SPLITS:
            yield f"{article.id}: split must be one of {', '.join(SPLITS)}, not {article.meta['split']}"


def _where(article: GoldArticle, span: Fragment) -> str:
    text = article.quote(span)
    return f"{article.id}: “{text if len(text) < 60 else text[:57] + '...'}”"

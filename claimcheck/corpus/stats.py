"""The numbers of a corpus: what its datasheet tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from claimcheck.corpus import markdown, overlap
from claimcheck.corpus.annotation import DESKS, KINDS, LABELS, PRONOUNS, SPLITS, VARIETIES, GoldArticle, GoldAttribution

SAY = frozenset({"say", "says", "said", "saying"})


@dataclass(slots=True)
class Count:
    """How much there is of something. The share of hard ones counts sentences that are not ``none``."""

    articles: int = 0
    sentences: int = 0
    words: int = 0
    attributions: int = 0
    labels: dict[str, int] = field(default_factory=dict)
    hard: int = 0

    @classmethod
    def of(cls, articles: Sequence[GoldArticle]) -> Count:
        """Count some articles."""
        sentences = [s for a in articles for s in a.sentences]
        labels = Counter(s.label for s in sentences)
        return cls(
            articles=len(articles),
            sentences=len(sentences),
            words=sum(len(overlap.words(a.text)) for a in articles),
            attributions=sum(len(a.attributions) for a in articles),
            labels={label: labels[label] for label in LABELS},
            hard=sum(s.hard for s in sentences),
        )

    def row(self) -> list[object]:
        """Its numbers as a row of a table with the columns ``COLUMNS``."""
        return [self.articles, self.sentences, *self.labels.values(), self.hard, self.attributions, self.words]


COLUMNS = ["articles", "sentences", *LABELS, "hard", "attributions", "words"]


@dataclass(slots=True)
class Statistics:
    """The numbers of a corpus. Shares are of all there are of a thing: cues, sources, sentences."""

    total: Count
    strata: dict[str, Count]
    splits: dict[str, Count]
    varieties: dict[str, Count]
    desks: dict[str, Count]
    attributions: dict[str, float]
    sentences: dict[str, float]
    speakers: dict[str, int]
    """Speakers of each kind."""
    mentions: dict[str, int]
    """Attributions to a speaker of each kind; author and unknown besides."""
    cues: dict[str, int]
    """The most frequent cues."""
    overlap: dict[str, float]
    """The n-grams that two splits, or the two closest articles, have in common."""
    ngram: int

    def markdown(self) -> str:
        """The numbers as tables of a datasheet."""
        return _markdown(self)


def statistics(articles: Sequence[GoldArticle], *, n: int = overlap.NGRAM) -> Statistics:
    """Count a corpus; ``n`` is the length of the n-grams whose overlap is measured."""
    pairs = overlap.shared(articles, n)
    cues = _cues(articles)
    return Statistics(
        total=Count.of(articles),
        strata=_by(articles, "stratum"),
        splits=_by(articles, "split", SPLITS),
        varieties=_by(articles, "variety", VARIETIES),
        desks=_by(articles, "desk", DESKS),
        attributions=_attributions(articles, cues),
        sentences=_sentences(articles),
        speakers=_ordered(Counter(s.kind or "none" for a in articles for s in a.speakers.values())),
        mentions=_ordered(Counter(_kind(article, a) for article in articles for a in article.attributions)),
        cues=dict(cues.most_common(25)),
        overlap={f"{a} and {b}": share for (a, b), share in overlap.between_splits(articles, n).items()}
        | {"closest articles": max(pairs.values(), default=0.0)},
        ngram=n,
    )


def _by(articles: Sequence[GoldArticle], field: str, order: Iterable[str] = ()) -> dict[str, Count]:
    """Counts by the value of a header field: those of ``order`` that occur, then others, then articles without."""
    values = {a.meta.get(field, "") for a in articles}
    known = [value for value in order if value in values]
    return {
        value or f"no {field}": Count.of([a for a in articles if a.meta.get(field, "") == value])
        for value in [*known, *sorted(values - set(known), key=lambda v: (not v, v))]
    }


def _ordered(counts: Counter[str]) -> dict[str, int]:
    return {key: counts[key] for key in [*KINDS, *sorted(set(counts) - set(KINDS))] if counts[key]}


def _kind(article: GoldArticle, attribution: GoldAttribution) -> str:
    key = attribution.speaker
    return (article.speakers[key].kind or "none") if key in article.speakers else str(key).lower()


def _cues(articles: Iterable[GoldArticle]) -> Counter[str]:
    """How often each cue occurs, in lower case; several fragments of one are one phrase."""
    return Counter(
        " ".join(article.quote(f) for f in a.cue).lower() for article in articles for a in article.attributions if a.cue
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _attributions(articles: Iterable[GoldArticle], cues: Counter[str]) -> dict[str, float]:
    counts: Counter[str] = Counter()
    for article in articles:
        for a in article.attributions:
            counts["all"] += 1
            counts["with source"] += bool(a.source)
            counts["with cue"] += bool(a.cue)
            counts["continuations"] += not a.source and not a.cue
            counts["several fragments"] += len(a.content) > 1
            counts["several sentences"] += len({id(article.sentence_at(f[0])) for f in a.content}) > 1
            counts["pronoun sources"] += bool(a.source) and article.quote(a.source[0]).lower() in PRONOUNS
            counts["cue before source"] += bool(a.source and a.cue) and a.cue[0] < a.source[0]
            counts["paragraphs apart"] += "\n" in article.text[a.start : max(f[1] for _, f in a.spans())]
    said = sum(count for cue, count in cues.items() if SAY & set(overlap.words(cue)))
    return {
        **{name: counts[name] for name in ("all", "with source", "with cue", "continuations")},
        "share of continuations": _share(counts["continuations"], counts["all"]),
        "content in several fragments": counts["several fragments"],
        "content in several sentences": counts["several sentences"],
        "in two paragraphs": counts["paragraphs apart"],
        "share with the cue before the source": _share(counts["cue before source"], counts["with source"]),
        "pronoun sources": counts["pronoun sources"],
        "share of pronoun sources": _share(counts["pronoun sources"], counts["with source"]),
        "distinct cues": len(cues),
        "distinct cues of one word": sum(len(cue.split()) == 1 for cue in cues),
        "share of cues that occur once": _share(sum(c == 1 for c in cues.values()), cues.total()),
        "share of cues with a form of say": _share(said, cues.total()),
    }


def _sentences(articles: Iterable[GoldArticle]) -> dict[str, float]:
    counts: Counter[str] = Counter()
    for article in articles:
        contents = [f for a in article.attributions for f in a.content]
        for s in article.sentences:
            counts["labelled"] += s.label != "none"
            counts["hard"] += s.hard
            counts["claim+opinion"] += s.opinion
            counts["several speakers"] += len(s.speakers) > 1
            counts["attribution in a fact"] += s.label == "fact" and any(s.start <= f[0] < s.end for f in contents)
    return {
        "share of hard ones": _share(counts["hard"], counts["labelled"]),
        "claims framed by an opinion": counts["claim+opinion"],
        "claims with several speakers": counts["several speakers"],
        "facts with an attribution in passing": counts["attribution in a fact"],
    }


def _markdown(s: Statistics) -> str:
    def counts(name: str, groups: dict[str, Count]) -> str:
        return markdown.table([name, *COLUMNS], [[key, *count.row()] for key, count in groups.items()])

    def figures(name: str, values: dict[str, float]) -> str:
        return markdown.table([name, "count"], [[key, markdown.figure(value)] for key, value in values.items()])

    return "\n\n".join(
        [
            counts("stratum", s.strata | {"**all**": s.total}),
            counts("split", s.splits),
            counts("variety", s.varieties),
            counts("desk", s.desks),
            figures("sentences", s.sentences),
            figures("attributions", s.attributions),
            markdown.table(
                ["kind of speaker", "speakers", "attributions"],
                [[kind, s.speakers.get(kind, 0), count] for kind, count in s.mentions.items()],
            ),
            markdown.table([f"{s.ngram}-grams in common", "share"], [[k, f"{v:.2%}"] for k, v in s.overlap.items()]),
            "The most frequent cues: " + ", ".join(f"{cue} ({count})" for cue, count in s.cues.items()) + ".",
        ]
    )

"""Gold annotation as reports: what a model without errors would say of an article.

The examples of the rules are written in the corpus's inline format and become reports here, so that rules are tested
for themselves, whatever model there is; the corpus becomes reports for judging the rules.
"""

from __future__ import annotations

from claimcheck._version import __version__
from claimcheck.corpus.annotation import Fragment, GoldArticle, GoldAttribution, GoldSpeaker
from claimcheck.corpus.inline import parse
from claimcheck.corpus.records import joined
from claimcheck.quotations import quotation_spans
from claimcheck.report import AUTHOR, SCHEMA, Claim, Label, Model, Quotation, Report, Scores, Sentence, Span, Speaker

_SURE, _HARD = 0.98, 0.55
"""What a gold label counts as a probability: in a plain and in a hard case."""


def example(text: str) -> Report:
    """The report of an article in the inline format; a header may be left out where nobody speaks.

    Raises:
        InlineError: if the text is malformed.
    """
    if not text.lstrip().startswith("+++"):
        text = f"+++\n+++\n{text}"
    return to_report(parse(text.lstrip(), id="example"))


def to_report(article: GoldArticle) -> Report:
    """The report that says of an article what its annotation says."""
    text = article.text
    chains = _chains(article)
    contents = [joined(article, a.content) for a in article.attributions]
    keys = list(dict.fromkeys(key for chain in chains for key in chain if key in article.speakers or key == AUTHOR))
    ids = {key: i for i, key in enumerate(keys)}
    quotations = quotation_spans(text)
    # Attributions without content have no place in a report.
    numbered = [k for k, content in enumerate(contents) if content]
    claims = [
        Claim(
            id=number,
            quotation=_quotation(text, contents[k], quotations),
            confidence=1.0,
            content=[Span(*c) for c in contents[k]],
            cue=_hull(article.attributions[k].cue),
            source=_hull(article.attributions[k].source),
            speakers=[ids[key] for key in chains[k] if key in ids],
        )
        for number, k in enumerate(numbered)
    ]
    total = max(1, len(text.split()))
    speakers = []
    for key in keys:
        gold = article.speakers.get(key, GoldSpeaker(AUTHOR, "named_person"))
        own = [k for k in numbered if key in chains[k]]
        covered = sum(len(text[a:b].split()) for a, b in {c for k in own for c in contents[k]})
        mentions = {f for a in article.attributions if a.speaker == key for f in a.source}
        speakers.append(
            Speaker(
                id=ids[key],
                name=gold.name,
                kind=gold.kind or "named_person",
                title=gold.title,
                justification=gold.justification,
                mentions=[Span(*m) for m in sorted(mentions)],
                share=min(1.0, round(covered / total, 4)),
            )
        )
    sentences = []
    for s in article.sentences:
        # A byline and the like counts as the writer reporting, as in reports that a model makes.
        label: Label = "fact" if s.label == "none" else s.label
        p = _HARD if s.hard else _SURE
        rest = (1 - p) / 2
        scores = {"fact": rest, "claim": rest, "opinion": rest, label: p}
        own = [c.id for c in claims if any(x.start < s.end and s.start < x.end for x in c.content)]
        sentences.append(Sentence(s.start, s.end, label, Scores(**scores), own))
    return Report(SCHEMA, article.id, None, text, sentences, claims, speakers, [], Model("gold", "1"), __version__)


def _hull(fragments: list[Fragment]) -> Span | None:
    return Span(fragments[0][0], fragments[-1][1]) if fragments else None


def _chains(article: GoldArticle) -> list[list[str]]:
    """For each attribution its speakers' keys, outermost first: those of what it is nested in, and its own."""
    attributions = article.attributions
    outer = [_outer(i, attributions) for i in range(len(attributions))]
    chains = []
    for i, a in enumerate(attributions):
        chain = [a.speaker] if a.speaker else []
        k, seen = outer[i], {i}
        while k is not None and k not in seen:
            seen.add(k)
            if (speaker := attributions[k].speaker) and speaker not in chain:
                chain.insert(0, speaker)
            k = outer[k]
        chains.append(chain)
    return chains


def _outer(i: int, attributions: list[GoldAttribution]) -> int | None:
    """The innermost attribution that another one is nested in, or that comes first and has the same content."""
    own = attributions[i]
    anchor = (own.source or own.cue or own.content)[0]
    best, size = None, 0
    for k, other in enumerate(attributions):
        if k == i:
            continue
        for start, end in other.content:
            if not (start <= anchor[0] and anchor[1] <= end):
                same = own.content == other.content and own.start != other.start
                if not (same and (other.source or other.cue) and _head(other) < _head(own)):
                    continue
            elif (start, end) == anchor and not (own.source or own.cue):
                continue
            if best is None or end - start < size:
                best, size = k, end - start
    return best


def _head(a: GoldAttribution) -> int:
    return min(f[0] for f in [*a.source, *a.cue]) if a.source or a.cue else a.start


def _quotation(text: str, content: list[Fragment], quotations: list[Fragment]) -> Quotation:
    """Whether content stands in quotation marks, without them, or partly in them."""
    inside = outside = 0
    for start, end in content:
        for i in range(start, end):
            if text[i].isalnum():
                quoted = any(a <= i < b for a, b in quotations)
                inside, outside = inside + quoted, outside + (not quoted)
    if not inside:
        return "indirect"
    return "direct" if inside >= 0.9 * (inside + outside) else "mixed"

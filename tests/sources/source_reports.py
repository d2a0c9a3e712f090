"""Reports made by hand, in which every figure can be counted on the page."""

from __future__ import annotations

from claimcheck.report import Claim, Kind, Model, Quotation, Report, Scores, Sentence, Span, Speaker


def speaker(name: str, kind: Kind = "named_person", title: str | None = None, ground: str | None = None) -> Speaker:
    """A speaker; the report gives the id and the mention."""
    return Speaker(0, name, kind, title, ground, [], 0)


def report(
    text: str,
    claims: list[tuple[str | list[str], list[int]] | tuple[str | list[str], list[int], Quotation]],
    speakers: list[Speaker],
    *,
    id: str = "article",
    title: str | None = None,
) -> Report:
    """A report on a text with a sentence a line.

    Claims are their content (words of the text), their speakers, and how they are quoted, indirectly by default.
    """
    sentences, at = [], 0
    for line in text.splitlines():
        if line:
            sentences.append(Sentence(at, at + len(line), "fact", Scores(1, 0, 0), []))
        at += len(line) + 1
    found = []
    for i, claim in enumerate(claims):
        content = [claim[0]] if isinstance(claim[0], str) else claim[0]
        spans = [Span(text.index(c), text.index(c) + len(c)) for c in content]
        quotation: Quotation = claim[2] if len(claim) == 3 else "indirect"
        found.append(Claim(i, quotation, 1, spans, None, None, claim[1]))
    named = []
    for i, s in enumerate(speakers):
        at = text.find(s.name)
        mentions = [Span(at, at + len(s.name))] if s.name and at >= 0 else []
        named.append(Speaker(i, s.name, s.kind, s.title, s.justification, mentions, 0))
    return Report("claimcheck-report/1", id, title, text, sentences, found, named, [], Model("m", "1"), "0")

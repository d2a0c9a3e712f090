"""A report as W3C Web Annotations (JSON-LD), so that annotation tools can show it over the article.

Each sentence is classified; each claim is identified with its speakers; cues and sources are linked to their claim.
Selectors give both the position in code points, as the recommendation counts, and the words with what stands around
them, so that a tool finds them in a page that has other text too.

The recommendation: https://www.w3.org/TR/annotation-model/
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from typing import Any

from claimcheck.render.safe import encodable, one_line
from claimcheck.render.words import KINDS, LABELS, QUOTATIONS, UNKNOWN, speaker_ids
from claimcheck.report import Claim, Report, Span

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32
"""Code points before and after a selection that its selector repeats."""


def render(report: Report, *, source: str | None = None) -> str:
    """All annotations of a report as one ``AnnotationPage``.

    Args:
        report: what to write.
        source: IRI of the article, for tools that look for annotations of a page; by default one is made from the
            report's text, so that the same text always has the same.
    """
    page = uuid.uuid5(uuid.NAMESPACE_URL, encodable(f"{report.id}\n{report.text}")).urn
    source = encodable(source) if source else uuid.uuid5(uuid.NAMESPACE_URL, encodable(report.text)).urn
    items = list(_Writer(report, page, source).annotations())
    label = one_line(report.title or report.id) or "Article"
    document = {
        "@context": CONTEXT,
        "id": page,
        "type": "AnnotationPage",
        "partOf": {
            "id": f"{page}#all",
            "type": "AnnotationCollection",
            "label": f"{label}: who stands behind every sentence",
            "total": len(items),
        },
        "startIndex": 0,
        "items": items,
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


class _Writer:
    def __init__(self, report: Report, page: str, source: str) -> None:
        self.report = report
        self.text = encodable(report.text)
        self.page = page
        self.source = source
        version = encodable(report.claimcheck)
        self.generator = {"id": "urn:claimcheck", "type": "Software", "name": f"claimcheck {version}"}

    def annotations(self) -> Iterator[dict[str, Any]]:
        """Sentences first, then every claim with its source and cue; what has no place in the text is left out."""
        for i, sentence in enumerate(self.report.sentences):
            if target := self._target(Span(sentence.start, sentence.end)):
                body = self._words(sentence.label, "classifying")
                meaning = self._words(LABELS[sentence.label], "describing")
                yield self._annotation(f"sentence-{i}", "classifying", [body, meaning], [target])
        for i, claim in enumerate(self.report.claims):
            targets = [target for span in claim.content if (target := self._target(span))]
            if targets:
                yield self._annotation(f"claim-{i}", "identifying", self._bodies(claim), targets)
            for name, span in (("source", claim.source), ("cue", claim.cue)):
                if span and (target := self._target(span)):
                    bodies = [self._words(name, "tagging")]
                    if targets:
                        # A plain IRI would do in the model; as a resource with a purpose, tools that expect bodies to
                        # be objects read it too.
                        linked = {"type": "SpecificResource", "purpose": "linking", "source": f"{self.page}#claim-{i}"}
                        bodies.append(linked)
                    yield self._annotation(f"claim-{i}-{name}", "linking", bodies, [target])

    def _bodies(self, claim: Claim) -> list[dict[str, Any]]:
        speakers = [self.report.speakers[i] for i in speaker_ids(self.report, claim)]
        bodies = []
        for s in speakers:
            about = [KINDS[s.kind], *(one_line(x) for x in (s.title, s.justification) if x)]
            bodies.append(self._words(one_line(s.name) or UNKNOWN, "identifying"))
            bodies.append(self._words(", ".join(about), "describing"))
        if not speakers:
            bodies.append(self._words(UNKNOWN, "identifying"))
        bodies.append(self._words(QUOTATIONS[claim.quotation], "tagging"))
        return bodies

    def _annotation(
        self, name: str, motivation: str, bodies: list[dict[str, Any]], targets: list[dict[str, Any]]
    ) -> dict[str, Any]:
        return {
            "id": f"{self.page}#{name}",
            "type": "Annotation",
            "motivation": motivation,
            "generator": self.generator,
            "body": bodies,
            "target": targets,
        }

    def _words(self, value: str, purpose: str) -> dict[str, Any]:
        return {"type": "TextualBody", "value": value, "format": "text/plain", "purpose": purpose}

    def _target(self, span: Span) -> dict[str, Any] | None:
        start, end = span.start, min(span.end, len(self.text))
        if start >= end:
            return None
        quote = {"type": "TextQuoteSelector", "exact": self.text[start:end]}
        if before := self.text[max(0, start - AROUND) : start]:
            quote["prefix"] = before
        if after := self.text[end : end + AROUND]:
            quote["suffix"] = after
        position = {"type": "TextPositionSelector", "start": start, "end": end}
        return {"type": "SpecificResource", "source": self.source, "selector": [quote, position]}

"""A report as the rules read it: the report, and by position what lies around a character.

Reports come from models and from files that people made, so nothing here relies on their being right: ids that point
nowhere are left out, spans are cut to the text.
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Iterator
from functools import cached_property

from claimcheck.paragraphs import paragraphs
from claimcheck.quotations import quotation_spans
from claimcheck.report import Claim, Report, Sentence, Span, Speaker

PRONOUNS = frozenset(
    ["i", "he", "she", "it", "we", "they", "you", "who", "which", "one", "this", "that", "these", "those"]
)
"""Words that point to a source instead of naming it."""
WORD = re.compile(r"[^\W_]+(?:[-‐‑.'’][^\W_]+)*")
_AMERICAN = re.compile(r"\b[a-z]{3,}(?<!pr)(?<!s)iz(?:e|es|ed|ing|ation)\b|\b(?:color|center|labor|defense|favor)\w*\b")
_ENDS_SENTENCE = re.compile(r"[.!?…:]['\"’”»›)\]]*$")


class _Overlaps:
    """Claims by where they are, for questions about a span."""

    def __init__(self, spans: list[tuple[Span, Claim]]) -> None:
        self._spans = sorted(spans, key=lambda item: (item[0].start, item[0].end, item[1].id))
        self._starts = [span.start for span, _ in self._spans]
        self._reach = list(itertools.accumulate((span.end for span, _ in self._spans), max))
        """How far the spans up to each one reach: where it is too short, none before overlaps either."""

    def over(self, start: int, end: int) -> list[Claim]:
        """The claims of the spans that overlap one, each once."""
        found: dict[int, Claim] = {}
        k = bisect.bisect_left(self._starts, end) - 1
        while k >= 0 and self._reach[k] > start:
            span, claim = self._spans[k]
            if span.end > start:
                found[claim.id] = claim
            k -= 1
        return list(reversed(found.values()))


class Story:
    """One report with its derived views. Offsets are code points, spans half-open."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.text = report.text
        self.sentences = [s for s in report.sentences if s.start < s.end <= len(report.text)]
        self._sentence_starts = [s.start for s in self.sentences]

    @cached_property
    def paragraphs(self) -> list[Span]:
        """The paragraphs, in order."""
        return [Span(a, b) for a, b in paragraphs(self.text)]

    @cached_property
    def is_american(self) -> bool:
        """Whether some word has an American spelling."""
        return _AMERICAN.search(self.text) is not None

    @cached_property
    def quotations(self) -> list[Span]:
        """The outermost quotations with their marks, in order."""
        return [Span(a, b) for a, b in quotation_spans(self.text)]

    @cached_property
    def claims(self) -> list[Claim]:
        """The claims that have content, in the order of the text."""
        return sorted((c for c in self.report.claims if c.content), key=lambda c: (min(c.content).start, c.id))

    @cached_property
    def by_speaker(self) -> dict[int, list[Claim]]:
        """For each speaker's id the claims that are theirs, in the order of the text."""
        found: dict[int, list[Claim]] = {s.id: [] for s in self.report.speakers}
        for claim in self.claims:
            for i in dict.fromkeys(claim.speakers):
                if i in found:
                    found[i].append(claim)
        return found

    def speakers(self, claim: Claim) -> list[Speaker]:
        """A claim's speakers, outermost first."""
        return [self.report.speakers[i] for i in claim.speakers if i < len(self.report.speakers)]

    def sentence_at(self, position: int) -> Sentence | None:
        """The sentence around a character."""
        k = bisect.bisect_right(self._sentence_starts, position) - 1
        return self.sentences[k] if k >= 0 and position < self.sentences[k].end else None

    def sentence_before(self, sentence: Sentence) -> Sentence | None:
        """The sentence before another one."""
        k = bisect.bisect_left(self._sentence_starts, sentence.start) - 1
        return self.sentences[k] if k >= 0 else None

    def sentence_after(self, sentence: Sentence) -> Sentence | None:
        """The sentence after another one."""
        k = bisect.bisect_right(self._sentence_starts, sentence.start)
        return self.sentences[k] if k < len(self.sentences) else None

    def paragraph_at(self, position: int) -> Span | None:
        """The paragraph around a character."""
        k = bisect.bisect_right(self.paragraphs, Span(position, len(self.text) + 1)) - 1
        return self.paragraphs[k] if k >= 0 and position < self.paragraphs[k].end else None

    def quotation_at(self, position: int) -> Span | None:
        """The outermost quotation around a character."""
        k = bisect.bisect_right(self.quotations, Span(position, len(self.text) + 1)) - 1
        return self.quotations[k] if k >= 0 and position < self.quotations[k].end else None

    def claims_over(self, start: int, end: int) -> list[Claim]:
        """The claims with content that overlaps a span, in the order of the text."""
        return self._contents.over(start, end)

    def claims_at(self, start: int, end: int) -> list[Claim]:
        """The claims with content, cue or source that overlaps a span, in the order of the text."""
        return self._anything.over(start, end)

    @cached_property
    def _contents(self) -> _Overlaps:
        return _Overlaps([(s, c) for c in self.claims for s in c.content])

    @cached_property
    def _anything(self) -> _Overlaps:
        return _Overlaps([(s, c) for c in self.claims for s in (*c.content, c.cue, c.source) if s is not None])

    def is_heading(self, sentence: Sentence) -> bool:
        """Whether a sentence is a headline, subheading or byline: all of a short paragraph, without a full stop."""
        paragraph = self.paragraph_at(sentence.start)
        if paragraph is None or (paragraph.start, paragraph.end) != (sentence.start, sentence.end):
            return False
        words = self.words(sentence.start, sentence.end)
        if self.paragraphs and paragraph == self.paragraphs[0] and len(self.paragraphs) > 1:
            return len(words) <= 25
        return len(words) <= 15 and _ENDS_SENTENCE.search(self.text[sentence.start : sentence.end]) is None

    def words(self, start: int, end: int) -> list[str]:
        """The words of a span, as they stand."""
        return WORD.findall(self.text, start, end)

    def quote(self, start: int, end: int, *, longest: int = 60) -> str:
        """The words of a span on one line, shortened to ``longest`` characters, for a message."""
        line = " ".join(self.text[start:end].split())
        return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"

    def find(self, words: str, start: int = 0) -> Iterator[Span]:
        """Where some words stand as whole words, in the same case, whatever white space is between them."""
        if parts := words.split():
            pattern = r"(?<!\w)" + r"\s+".join(map(re.escape, parts)) + r"(?!\w)"
            for match in re.compile(pattern).finditer(self.text, start):
                yield Span(match.start(), match.end())

"""The words everybody speaks: what claimcheck says about an article.

These types *are* the report contract, version 1: their fields, in this order, make the JSON that
``claimcheck check --format json`` writes. All offsets are Unicode code points into ``Report.text``, half-open:
``report.text[span.start:span.end]`` is what the span covers. This module imports nothing of the project.
"""

from __future__ import annotations

import json
import re
from typing import Annotated, Any, Literal, TypeVar

import msgspec

_T = TypeVar("_T")
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")

SCHEMA: Literal["claimcheck-report/1"] = "claimcheck-report/1"

AUTHOR = "AUTHOR"
"""The name of the speaker where writers quote themselves."""

Label = Literal["fact", "claim", "opinion"]
"""Who stands behind a sentence: the writer reporting, a source, or the writer judging."""

Quotation = Literal["direct", "indirect", "mixed"]
"""Whether a claim's content stands in quotation marks, without them, or partly in them."""

Kind = Literal["named_person", "named_organization", "document", "unnamed_person", "unnamed_group"]
"""The five kinds of source used in journalism studies."""

Severity = Literal["error", "warning", "info"]

Offset = Annotated[int, msgspec.Meta(ge=0)]
Index = Annotated[int, msgspec.Meta(ge=0)]
Probability = Annotated[float, msgspec.Meta(ge=0.0, le=1.0)]


class Span(msgspec.Struct, frozen=True, order=True, forbid_unknown_fields=True):
    """A stretch of the article: code points ``start`` to ``end``, half-open, never empty."""

    start: Offset
    end: Offset

    def of(self, text: str) -> str:
        """The words the span covers in ``text``."""
        return text[self.start : self.end]


class Scores(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The probability of each label of a sentence; they sum to one up to rounding."""

    fact: Probability
    claim: Probability
    opinion: Probability


class Sentence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence, its label, and the ids of the claims with content in it."""

    start: Offset
    end: Offset
    label: Label
    scores: Scores
    claims: list[Index]


class Claim(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One attribution: what is said (``content``, in order), the words that attribute it, and whose it is.

    ``source`` is the mention as it stands in the text ("he"); ``speakers`` are ids into ``Report.speakers``,
    outermost first in a chain. The continuation of a quotation has neither cue nor source and still has a speaker.
    """

    id: Index
    quotation: Quotation
    confidence: Probability
    content: list[Span]
    cue: Span | None
    source: Span | None
    speakers: list[Index]


class Speaker(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody who stands behind claims. ``share`` is their part of the article's words, 0 to 1."""

    id: Index
    name: str
    kind: Kind
    title: str | None
    justification: str | None
    mentions: list[Span]
    share: Probability


class Finding(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an editorial rule has found, and where."""

    rule: str
    start: Offset
    end: Offset
    message: str
    severity: Severity


class Model(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The model a report was made with."""

    name: str
    version: str


class Report(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who stands behind every sentence of one article."""

    schema: Literal["claimcheck-report/1"]
    id: str
    title: str | None
    text: str
    sentences: list[Sentence]
    claims: list[Claim]
    speakers: list[Speaker]
    findings: list[Finding]
    model: Model
    claimcheck: str

    def to_json(self, *, indent: int | None = None) -> str:
        """The report as one JSON object, on one line unless ``indent`` (spaces) is given."""
        try:
            encoded = msgspec.json.encode(self).decode()
        except UnicodeEncodeError:
            # A text with lone surrogates is no valid Unicode; JSON can still carry it, as escapes.
            # Two that would pair up on reading are replaced, since one character in their place would move all offsets.
            text = _PAIR.sub("\N{REPLACEMENT CHARACTER}" * 2, self.text)
            return json.dumps(msgspec.to_builtins(self) | {"text": text}, indent=indent)
        return msgspec.json.format(encoded, indent=indent) if indent is not None else encoded

    @classmethod
    def from_json(cls, data: str | bytes) -> Report:
        """Read what :meth:`to_json` wrote.

        Raises:
            ValueError: if ``data`` is no JSON or no report of this version; the message names the field.
        """
        return read_json(data, cls)

    def speaker_names(self, claim: Claim) -> list[str]:
        """The names of a claim's speakers, outermost first."""
        return [self.speakers[i].name for i in claim.speakers]


def read_json(data: str | bytes, kind: type[_T]) -> _T:
    """Read a contract that was written as JSON, lone surrogates included.

    Raises:
        ValueError: if ``data`` is no JSON, or not of this kind; the message names the field.
    """
    try:
        return msgspec.json.decode(data, type=kind)
    except msgspec.ValidationError:
        raise
    except (msgspec.DecodeError, UnicodeError):
        # Escaped lone surrogates, which msgspec refuses; anything truly malformed fails here too.
        try:
            return msgspec.convert(json.loads(data), type=kind)
        except RecursionError:
            raise ValueError("this is no JSON that claimcheck wrote: it is nested too deeply") from None
    except RecursionError:
        raise ValueError("this is no JSON that claimcheck wrote: it is nested too deeply") from None


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a report; ``claimcheck/report.schema.json`` is this, written down."""
    schema = msgspec.json.schema(Report)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": SCHEMA, **schema}

"""A report as rows of five tables, for those who count: articles, sentences, claims, speakers, findings.

Every row names its article twice: ``article`` is its number in the input (from 0), unique whatever the ids are, and
``article_id`` its id. Claims are numbered within their article as in the report, and so are sentences and speakers:
``sentences.claims`` holds values of ``claims.claim`` and ``claims.speakers`` values of ``speakers.speaker``. Spans are
code points into ``articles.text``; what they cover stands beside them, so that most questions need no slicing.

Nothing of a report is lost: the tables hold every field of it.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from claimcheck.report import Report, Span

if TYPE_CHECKING:
    import pyarrow

NAMES = ("sentences", "claims", "speakers", "findings", "articles")

Row = dict[str, Any]

_SPANS = "list<span>"
_COLUMNS: dict[str, dict[str, str]] = {
    "articles": {
        "title": "string",
        "text": "string",
        "model": "string",
        "model_version": "string",
        "claimcheck": "string",
    },
    "sentences": {
        "sentence": "int",
        "start": "int",
        "end": "int",
        "text": "string",
        "label": "string",
        "fact": "double",
        "claim": "double",
        "opinion": "double",
        "claims": "list<int>",
    },
    "claims": {
        "claim": "int",
        "quotation": "string",
        "confidence": "double",
        "content": _SPANS,
        "content_text": "string",
        "cue_start": "int",
        "cue_end": "int",
        "cue_text": "string",
        "source_start": "int",
        "source_end": "int",
        "source_text": "string",
        "speakers": "list<int>",
    },
    "speakers": {
        "speaker": "int",
        "name": "string",
        "kind": "string",
        "title": "string",
        "justification": "string",
        "mentions": _SPANS,
        "share": "double",
    },
    "findings": {"rule": "string", "start": "int", "end": "int", "message": "string", "severity": "string"},
}
_SURROGATES = re.compile("[\ud800-\udfff]")


def rows(report: Report, number: int | None = None) -> dict[str, list[Row]]:
    """The rows of each table. ``number`` is the article's; without one the rows have no column ``article``."""
    key: Row = {} if number is None else {"article": number}
    key["article_id"] = _valid(report.id)
    text = _valid(report.text)
    model = report.model
    article = {"title": _valid_or_none(report.title), "text": text, "model": model.name, "model_version": model.version}
    return {
        "articles": [{**key, **article, "claimcheck": report.claimcheck}],
        "sentences": [
            {
                **key,
                "sentence": i,
                "start": s.start,
                "end": s.end,
                "text": text[s.start : s.end],
                "label": s.label,
                "fact": s.scores.fact,
                "claim": s.scores.claim,
                "opinion": s.scores.opinion,
                "claims": s.claims,
            }
            for i, s in enumerate(report.sentences)
        ],
        "claims": [
            {
                **key,
                "claim": c.id,
                "quotation": c.quotation,
                "confidence": c.confidence,
                "content": _spans(c.content),
                "content_text": " ".join(span.of(text) for span in c.content),
                **_named("cue", c.cue, text),
                **_named("source", c.source, text),
                "speakers": c.speakers,
            }
            for c in report.claims
        ],
        "speakers": [
            {
                **key,
                "speaker": s.id,
                "name": _valid(s.name),
                "kind": s.kind,
                "title": _valid_or_none(s.title),
                "justification": _valid_or_none(s.justification),
                "mentions": _spans(s.mentions),
                "share": s.share,
            }
            for s in report.speakers
        ],
        "findings": [
            {
                **key,
                "rule": f.rule,
                "start": f.start,
                "end": f.end,
                "message": _valid(f.message),
                "severity": f.severity,
            }
            for f in report.findings
        ],
    }


@cache
def schema(table: str) -> pyarrow.Schema:
    """The Arrow schema of a table. Needs pyarrow."""
    import pyarrow

    span = pyarrow.struct([pyarrow.field(name, pyarrow.int32(), nullable=False) for name in ("start", "end")])
    types = {
        "int": pyarrow.int32(),
        "double": pyarrow.float64(),
        "string": pyarrow.string(),
        "list<int>": pyarrow.list_(pyarrow.int32()),
        _SPANS: pyarrow.list_(span),
    }
    key = [("article", pyarrow.int64()), ("article_id", pyarrow.string())]
    return pyarrow.schema([*key, *((name, types[kind]) for name, kind in _COLUMNS[table].items())])


def columns(table: str) -> list[str]:
    """The names of a table's columns without ``article``."""
    return ["article_id", *_COLUMNS[table]]


def ddl(table: str) -> str:
    """The columns of a table without ``article`` as Spark wants them named."""
    names = {"list<int>": "array<int>", _SPANS: "array<struct<start:int,end:int>>"}
    columns = {"article_id": "string", **_COLUMNS[table]}
    return ", ".join(f"`{name}` {names.get(kind, kind)}" for name, kind in columns.items())


def _valid(text: str) -> str:
    """The text with a character in place of each lone surrogate, which Arrow refuses; offsets stay right."""
    return _SURROGATES.sub("\ufffd", text)


def _valid_or_none(text: str | None) -> str | None:
    return None if text is None else _valid(text)


def _spans(spans: list[Span]) -> list[Row]:
    return [{"start": s.start, "end": s.end} for s in spans]


def _named(name: str, span: Span | None, text: str) -> Row:
    start, end, words = (span.start, span.end, span.of(text)) if span else (None, None, None)
    return {f"{name}_start": start, f"{name}_end": end, f"{name}_text": words}

"""The corpus's own format: one article a file, one sentence a line, annotation in braces.

``fixtures/corpus/FORMAT.md`` describes it for people. In short::

    +++
    stratum = "war and diplomacy"
    [speakers.lysenko]
    name = "Maksym Lysenko"
    kind = "named_person"
    title = "adviser to the president"
    +++

    claim lysenko | {con1|"The world must act,"} {cue1|urged} {src1=lysenko|Maksym Lysenko}, adviser to the president.
    claim lysenko | {con1|"We cannot wait."}

Lines that follow each other are sentences of one paragraph, joined by a space; a blank line ends the paragraph.
Offsets are never written down, so that editing a sentence cannot make them wrong.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path
from typing import Any, cast

from claimcheck.corpus.annotation import (
    LABELS,
    RESERVED,
    GoldArticle,
    GoldAttribution,
    GoldSentence,
    GoldSpeaker,
    Label,
    Role,
)
from claimcheck.errors import InputError

TAGS: dict[str, Role] = {"src": "source", "cue": "cue", "con": "content"}
_TAG_OF = {role: tag for tag, role in TAGS.items()}
_SPEAKER_FIELDS = tuple(f.name for f in fields(GoldSpeaker))
_KEY = r"[\w.-]+"
_HEADER = re.compile(r"\A\ufeff?\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.S | re.M)
_LINE = re.compile(
    rf"(?P<label>{'|'.join(LABELS)})(?:(?<=claim)(?P<opinion>\+opinion))?(?P<hard>\?)?"
    rf"(?P<speakers>(?:[ ]+{_KEY})*)[ ]*\|(?P<body>.*)\Z"
)
_OPEN = re.compile(rf"\{{(?P<tag>{'|'.join(TAGS)})(?P<number>\d+)(?:=(?P<speaker>{_KEY}))?\|")
_ESCAPED = re.compile(r"\\([{}\\])")


class InlineError(InputError):
    """A file in the inline format that cannot be read: ``problems`` says file, line and what to do, one each."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def read(path: Path) -> GoldArticle:
    """Read one file; the article's id is its folder and its name without the suffix.

    Raises:
        InlineError: see :func:`parse`.
        InputError: if the file cannot be read.
    """
    id = f"{path.parent.name}/{path.stem}"
    try:
        return parse(path.read_text(encoding="utf-8"), id=id)
    except UnicodeDecodeError as error:
        raise InlineError(f"{id}: the file is not UTF-8 at byte {error.start}; save it as UTF-8") from error
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror}") from error


def parse(source: str, *, id: str) -> GoldArticle:
    """Read one article in the inline format.

    Raises:
        InlineError: with every line that is malformed, or what is wrong with the header.
    """
    source = source.replace("\r\n", "\n")
    header = _HEADER.match(source)
    if header is None:
        raise InlineError(f"{id}: the file must begin with a TOML header between two lines of +++")
    meta, speakers = _parse_header(header[1], id)

    problems: list[str] = []
    text = separator = ""
    sentences: list[GoldSentence] = []
    attributions: dict[int, GoldAttribution] = {}
    first_line = source[: header.end()].count("\n") + 1
    for number, line in enumerate(source[header.end() :].split("\n"), first_line):
        if not (line := line.strip()):
            separator = "\n\n" if text else ""
            continue
        try:
            match = _LINE.match(line)
            if match is None:
                raise InlineError(f"a line is 'LABEL [speaker ...] | sentence', LABEL one of {', '.join(LABELS)}")
            start = len(text) + len(separator)
            body = _parse_body(match["body"].strip(), start, attributions)
        except InlineError as error:
            problems += (f"{id}:{number}: {problem}" for problem in error.problems)
            continue
        text += separator + body
        separator = " "
        sentences.append(
            GoldSentence(
                start,
                len(text),
                cast(Label, match["label"]),
                match["speakers"].split(),
                hard=bool(match["hard"]),
                opinion=bool(match["opinion"]),
            )
        )
    if not sentences and not problems:
        problems.append(f"{id}: there is no sentence in the file")
    if problems:
        raise InlineError(*problems)
    for a in attributions.values():
        for role in TAGS.values():
            a.fragments(role).sort()
    in_order = sorted(attributions.items(), key=lambda item: (item[1].start, item[0]))
    return GoldArticle(id, text, sentences, [a for _, a in in_order], speakers, meta)


def _parse_header(header: str, id: str) -> tuple[dict[str, str], dict[str, GoldSpeaker]]:
    try:
        meta: dict[str, Any] = tomllib.loads(header)
    except tomllib.TOMLDecodeError as error:
        raise InlineError(f"{id}: the header is not valid TOML: {error}") from error
    problems = []
    speakers = {}
    tables = meta.pop("speakers", {})
    for key, value in tables.items() if isinstance(tables, dict) else [("speakers", tables)]:
        if key in RESERVED or not re.fullmatch(_KEY, key):
            problems.append(f"{id}: speaker {key}: choose another key, of letters and digits")
        if not isinstance(value, dict) or "name" not in value or not set(value) <= set(_SPEAKER_FIELDS):
            problems.append(f"{id}: speaker {key}: has a name, and may have {', '.join(_SPEAKER_FIELDS[1:])}")
        else:
            problems += _not_strings(value, f"{id}: speaker {key}")
            speakers[key] = GoldSpeaker(**value)
    problems += _not_strings(meta, f"{id}: the header")
    if problems:
        raise InlineError(*problems)
    return meta, speakers


def _not_strings(table: dict[str, Any], where: str) -> Iterable[str]:
    return (f'{where}: write {k} = "..."' for k, v in table.items() if not (isinstance(v, str) and v))


def _parse_body(body: str, offset: int, attributions: dict[int, GoldAttribution]) -> str:
    """Strip the markup from one sentence, noting each span under its attribution's number."""
    text = ""
    stack: list[tuple[Role, int, str | None, int]] = []
    i = 0
    while i < len(body):
        if escaped := _ESCAPED.match(body, i):
            text += escaped[1]
            i = escaped.end()
        elif body[i] == "{":
            opening = _OPEN.match(body, i)
            if opening is None:
                raise InlineError(
                    "expected {src1=key|...}, {cue1|...} or {con1|...} at "
                    f"{body[i : i + 30]!r}; a literal brace is \\{{"
                )
            stack.append((TAGS[opening["tag"]], int(opening["number"]), opening["speaker"], len(text)))
            i = opening.end()
        elif body[i] == "}":
            if not stack:
                raise InlineError(f"a closing brace without an opening one, after {body[max(0, i - 30) : i]!r}")
            role, number, speaker, start = stack.pop()
            if not text[start:] or text[start:] != text[start:].strip():
                raise InlineError(f"the {role} {number} {text[start:]!r} is empty or has space at its edge")
            a = attributions.setdefault(number, GoldAttribution())
            if speaker and a.speaker and a.speaker != speaker:
                raise InlineError(f"attribution {number} has two speakers, {a.speaker} and {speaker}")
            a.speaker = speaker or a.speaker
            a.fragments(role).append((offset + start, offset + len(text)))
            i += 1
        else:
            text += body[i]
            i += 1
    if stack:
        raise InlineError(f"the brace of {stack[-1][0]} {stack[-1][1]} is never closed")
    if not text:
        raise InlineError("the sentence is empty")
    return text


def write(article: GoldArticle) -> str:
    """The article in the inline format; ``parse(write(a), id=a.id) == a`` for articles that :func:`parse` made.

    Raises:
        InlineError: if two spans cross, or a fragment crosses a sentence's edge.
    """
    lines = ["+++", *_table(article.meta)]
    for key, speaker in article.speakers.items():
        values = {name: getattr(speaker, name) for name in _SPEAKER_FIELDS}
        lines += ["", f"[speakers.{_toml_key(key)}]", *_table({k: v for k, v in values.items() if v is not None})]
    lines += ["+++", ""]
    previous: GoldSentence | None = None
    for s in article.sentences:
        if previous and "\n" in article.text[previous.end : s.start]:
            lines.append("")
        previous = s
        label = s.label + ("+opinion" if s.opinion else "") + ("?" if s.hard else "")
        lines.append(" ".join([label, *s.speakers, "|", _write_body(article, s)]))
    return "\n".join(lines) + "\n"


def _table(values: dict[str, str]) -> list[str]:
    return [f"{_toml_key(key)} = {_toml_string(value)}" for key, value in values.items()]


def _toml_key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else _toml_string(key)


def _toml_string(value: str) -> str:
    """A TOML basic string: a JSON string, but for DEL, which TOML wants escaped."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _write_body(article: GoldArticle, sentence: GoldSentence) -> str:
    spans = []
    for number, a in enumerate(article.attributions, 1):
        # The speaker is written once: on the source, or on the content where there is no source.
        named = (a.source or a.content or a.cue)[0] if a.speaker else None
        for role in ("source", "content", "cue"):
            for start, end in a.fragments(role):
                key = ""
                if named == (start, end):
                    key, named = f"={a.speaker}", None
                if sentence.start <= start < sentence.end:
                    if end > sentence.end:
                        raise InlineError(f"{article.id}: {role} {article.text[start:end]!r} crosses a sentence's end")
                    spans.append((start, end, f"{{{_TAG_OF[role]}{number}{key}|"))
    spans.sort(key=lambda span: (span[0], -span[1]))
    out = ""
    ends: list[int] = []
    for i in range(sentence.start, sentence.end + 1):
        while ends and ends[-1] == i:
            ends.pop()
            out += "}"
        while spans and spans[0][0] == i:
            _, end, opening = spans.pop(0)
            if ends and end > ends[-1]:
                raise InlineError(f"{article.id}: two spans cross at {article.text[i:end]!r}")
            ends.append(end)
            out += opening
        if i < sentence.end:
            out += re.sub(r"[{}\\]", r"\\\g<0>", article.text[i])
    return out

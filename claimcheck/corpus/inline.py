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

import re
import tomllib
from pathlib import Path

import tomli_w

from claimcheck.corpus.annotation import (
    AUTHOR,
    LABELS,
    UNKNOWN,
    GoldArticle,
    GoldAttribution,
    GoldSentence,
    GoldSpeaker,
    Role,
)

TAGS: dict[str, Role] = {"src": "source", "cue": "cue", "con": "content"}
_TAG_OF = {role: tag for tag, role in TAGS.items()}
_HEADER = re.compile(r"\A\ufeff?\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.S | re.M)
_LINE = re.compile(r"(?P<label>[a-z]+)(?P<opinion>\+opinion)?(?P<hard>\?)?(?P<speakers>(?:[ ]+[\w.-]+)*)[ ]*\|[ ]?(?P<body>.*)\Z")
_OPEN = re.compile(r"\{(?P<tag>src|cue|con)(?P<number>\d+)(?:=(?P<speaker>[\w.-]+))?\|")
_ESCAPED = re.compile(r"\\([{}\\])")


class InlineError(ValueError):
    """A file in the inline format that cannot be read; says which file, which line and what to do."""


def parse(source: str, *, id: str) -> GoldArticle:
    """Read one article in the inline format.

    Raises:
        InlineError: with the line number, if the header or a line is malformed.
    """
    source = source.replace("\r\n", "\n")
    header = _HEADER.match(source)
    if header is None:
        raise InlineError(f"{id}: the file must begin with a TOML header between two lines of +++")
    try:
        meta = tomllib.loads(header[1])
    except tomllib.TOMLDecodeError as error:
        raise InlineError(f"{id}: the header is not valid TOML: {error}") from error
    speakers = {}
    for key, value in meta.pop("speakers", {}).items():
        unknown = set(value) - {"name", "kind", "title", "justification"}
        if unknown or "name" not in value:
            raise InlineError(f"{id}: speaker {key}: needs a name and knows kind, title and justification; found {sorted(value)}")
        speakers[key] = GoldSpeaker(**value)

    parts: list[str] = []
    length = 0
    sentences: list[GoldSentence] = []
    attributions: dict[int, GoldAttribution] = {}
    separator = ""
    first_line = source[: header.end()].count("\n") + 1
    for number, line in enumerate(source[header.end() :].split("\n"), first_line):
        line = line.strip()
        if not line:
            if parts:
                separator = "\n\n"
            continue
        match = _LINE.match(line)
        if match is None or match["label"] not in LABELS:
            raise InlineError(f"{id}:{number}: a line is 'LABEL [speaker ...] | sentence', LABEL one of {', '.join(LABELS)}")
        if separator:
            parts.append(separator)
            length += len(separator)
        body = _parse_body(match["body"].strip(), length, attributions, f"{id}:{number}")
        if not body.strip():
            raise InlineError(f"{id}:{number}: the sentence is empty")
        sentences.append(
            GoldSentence(
                length,
                length + len(body),
                match["label"],  # type: ignore[arg-type]  # checked against LABELS above
                match["speakers"].split(),
                bool(match["hard"]),
                bool(match["opinion"]),
            )
        )
        parts.append(body)
        length += len(body)
        separator = " "
    if not sentences:
        raise InlineError(f"{id}: there is no sentence in the file")
    for a in attributions.values():
        for role in TAGS.values():
            a.fragments(role).sort()
    ordered = sorted(attributions.values(), key=lambda a: min(f for r in TAGS.values() for f in a.fragments(r)))
    return GoldArticle(id, "".join(parts), sentences, ordered, speakers, meta)


def _parse_body(body: str, offset: int, attributions: dict[int, GoldAttribution], where: str) -> str:
    """Strip the markup from one sentence, noting each span under its attribution's number."""
    out: list[str] = []
    length = 0
    stack: list[tuple[Role, int, str | None, int]] = []
    i = 0
    while i < len(body):
        character = body[i]
        if escaped := _ESCAPED.match(body, i):
            out.append(escaped[1])
            length += 1
            i = escaped.end()
        elif character == "{":
            opening = _OPEN.match(body, i)
            if opening is None:
                raise InlineError(f"{where}: expected {{src1=key|...}}, {{cue1|...}} or {{con1|...}} at {body[i : i + 30]!r}; a literal brace is \\{{")
            stack.append((TAGS[opening["tag"]], int(opening["number"]), opening["speaker"], length))
            i = opening.end()
        elif character == "}":
            if not stack:
                raise InlineError(f"{where}: a closing brace without an opening one, after {body[max(0, i - 30) : i]!r}")
            role, number, speaker, start = stack.pop()
            text = "".join(out)[start:length]
            if not text.strip() or text != text.strip():
                raise InlineError(f"{where}: the {role} {number} {text!r} is empty or has space at its edge")
            a = attributions.setdefault(number, GoldAttribution())
            if speaker is not None:
                if a.speaker not in (None, speaker):
                    raise InlineError(f"{where}: attribution {number} has two speakers, {a.speaker} and {speaker}")
                a.speaker = speaker
            a.fragments(role).append((offset + start, offset + length))
            i += 1
        else:
            out.append(character)
            length += 1
            i += 1
    if stack:
        raise InlineError(f"{where}: the brace of {stack[-1][0]} {stack[-1][1]} is never closed")
    return "".join(out)


def write(article: GoldArticle) -> str:
    """The article in the inline format; ``parse(write(a), id=a.id) == a`` for articles that :func:`parse` made.

    Raises:
        InlineError: if two spans cross, or a fragment crosses a sentence's edge.
    """
    header = dict(article.meta)
    if article.speakers:
        header["speakers"] = {
            key: {f: v for f in ("name", "kind", "title", "justification") if (v := getattr(s, f)) is not None}
            for key, s in article.speakers.items()
        }
    lines = ["+++", tomli_w.dumps(header).strip(), "+++", ""]
    previous = None
    for s in article.sentences:
        if previous is not None and "\n" in article.text[previous : s.start]:
            lines.append("")
        previous = s.end
        flags = ("+opinion" if s.opinion else "") + ("?" if s.hard else "")
        lines.append(" ".join([s.label + flags, *s.speakers, "|", _write_body(article, s)]))
    return "\n".join(lines) + "\n"


def _write_body(article: GoldArticle, sentence: GoldSentence) -> str:
    spans = []
    for number, a in enumerate(article.attributions, 1):
        tagged = False
        for role in ("source", "content", "cue"):
            for start, end in a.fragments(role):
                # The speaker is written once, on the source, or on the content where there is no source.
                named = a.speaker is not None and not tagged and role == ("source" if a.source else "content" if a.content else "cue")
                tagged |= named
                if sentence.start <= start < sentence.end:
                    if end > sentence.end:
                        raise InlineError(f"{article.id}: the {role} {article.text[start:end]!r} crosses the end of its sentence")
                    spans.append((start, end, f"{{{_TAG_OF[role]}{number}" + (f"={a.speaker}" if named else "") + "|"))
    spans.sort(key=lambda s: (s[0], -s[1]))
    out, stack = [], []
    for i in range(sentence.start, sentence.end + 1):
        while stack and stack[-1] == i:
            stack.pop()
            out.append("}")
        while spans and spans[0][0] == i and i < sentence.end:
            _, end, opening = spans.pop(0)
            if stack and end > stack[-1]:
                raise InlineError(f"{article.id}: two spans cross at {article.text[i:end]!r}")
            stack.append(end)
            out.append(opening)
        if i < sentence.end:
            character = article.text[i]
            out.append("\\" + character if character in "{}\\" else character)
    return "".join(out)


def read(path: Path) -> GoldArticle:
    """Read one file; the article's id is its path below the corpus folder, without the suffix.

    Raises:
        InlineError: see :func:`parse`.
        OSError: if the file cannot be read.
    """
    return parse(path.read_text(encoding="utf-8"), id=f"{path.parent.name}/{path.stem}")


def is_reserved(key: str) -> bool:
    """Whether a speaker key stands for nobody in the header: the author, or somebody unknown."""
    return key in (AUTHOR, UNKNOWN)

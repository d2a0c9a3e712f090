"""The corpus as brat standoff: ``NAME.txt`` with the text, ``NAME.ann`` with everything annotated in it.

    T1  Sentence 0 40       each sentence, with the attributes Label, Hard and OpinionToo
    A1  Label T1 claim
    #1  Speakers T1         lysenko driver
    T2  Content 0 12;20 31  fragments of one span are separated by semicolons
    T3  Cue 13 17
    R1  HasCue Arg1:T2 Arg2:T3
    #2  Speaker T2          lysenko
    #3  Article T1          what the header says, as JSON: meta and speakers

An attribution is its content with the source and the cue that relations tie to it; where it has no content, the cue or
the source stands in its place. Offsets are code points, as brat counts them.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, cast

from claimcheck.corpus.annotation import (
    LABELS,
    ROLES,
    Fragment,
    GoldArticle,
    GoldAttribution,
    GoldSentence,
    GoldSpeaker,
    Label,
    Role,
)
from claimcheck.corpus.folder import write
from claimcheck.errors import InputError

_TYPE_OF: dict[Role, str] = {role: role.capitalize() for role in ROLES}
_ROLE_OF = {type: role for role, type in _TYPE_OF.items()}

ANNOTATION_CONF = f"""[entities]
Sentence
{chr(10).join(_TYPE_OF.values())}

[relations]
HasSource Arg1:Content|Cue, Arg2:Source
HasCue Arg1:Content, Arg2:Cue
<OVERLAP> Arg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>

[events]

[attributes]
Label Arg:Sentence, Value:{"|".join(LABELS)}
Hard Arg:Sentence
OpinionToo Arg:Sentence
"""
"""What brat must know to show the files, as ``annotation.conf`` beside them."""


def save(article: GoldArticle, folder: Path) -> None:
    """Write an article below a folder, as ``STRATUM/NAME.txt`` and ``.ann``.

    Raises:
        InputError: if a file cannot be written.
    """
    text, ann, conf = targets(article, folder)
    write({text: article.text, ann: to_ann(article), conf: ANNOTATION_CONF})


def targets(article: GoldArticle, folder: Path) -> tuple[Path, Path, Path]:
    """The files that `save` writes: text, annotation, and what brat must know of all."""
    text = folder / f"{article.id}.txt"
    return text, text.with_suffix(".ann"), folder / "annotation.conf"


def load(path: Path) -> GoldArticle:
    """Read an article from its ``.txt`` and the ``.ann`` beside it.

    Raises:
        InputError: if a file cannot be read, or a line of the annotation is malformed.
    """
    try:
        texts = []
        for file in (path, path.with_suffix(".ann")):
            with open(file, encoding="utf-8", newline="") as stream:
                texts.append(stream.read())
    except OSError as error:
        raise InputError(f"cannot read {file}: {error.strerror}") from error
    return from_ann(*texts, id=f"{path.parent.name}/{path.stem}")


def to_ann(article: GoldArticle) -> str:
    """The annotation of an article in standoff lines."""
    writer = _Writer(article.text)
    for s in article.sentences:
        ref = writer.span("Sentence", [(s.start, s.end)])
        writer.attribute(f"Label {ref} {s.label}")
        if s.hard:
            writer.attribute(f"Hard {ref}")
        if s.opinion:
            writer.attribute(f"OpinionToo {ref}")
        if s.speakers:
            writer.note("Speakers", ref, " ".join(s.speakers))
    for a in article.attributions:
        # The content, or what stands in its place, comes first and has the others tied to it.
        first, *others = [
            (role, writer.span(_TYPE_OF[role], a.fragments(role))) for role in reversed(ROLES) if a.fragments(role)
        ]
        for role, ref in others:
            writer.relation(f"Has{_TYPE_OF[role]} Arg1:{first[1]} Arg2:{ref}")
        if a.speaker is not None:
            writer.note("Speaker", first[1], a.speaker)
    header = {"meta": article.meta, "speakers": {key: asdict(s) for key, s in article.speakers.items()}}
    writer.note("Article", "T1", json.dumps(header, ensure_ascii=False))
    return "".join(writer.lines)


class _Writer:
    """Standoff lines, each kind numbered on its own."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines: list[str] = []
        self._numbers: defaultdict[str, int] = defaultdict(int)

    def span(self, type: str, fragments: list[Fragment]) -> str:
        offsets = ";".join(f"{start} {end}" for start, end in fragments)
        quoted = " ".join(self.text[start:end] for start, end in fragments)
        return self._add("T", f"{type} {offsets}\t{quoted}")

    def attribute(self, line: str) -> None:
        self._add("A", line)

    def relation(self, line: str) -> None:
        self._add("R", line)

    def note(self, type: str, ref: str, text: str) -> None:
        self._add("#", f"{type} {ref}\t{text}")

    def _add(self, kind: str, line: str) -> str:
        self._numbers[kind] += 1
        id = f"{kind}{self._numbers[kind]}"
        self.lines.append(f"{id}\t{line}\n")
        return id


def from_ann(text: str, annotation: str, *, id: str) -> GoldArticle:
    """The article of a text and its standoff lines; ``from_ann(a.text, to_ann(a), id=a.id) == a``.

    Raises:
        InputError: with the number of a line that is malformed, or refers to what is not there.
    """
    reader = _Reader(len(text))
    for number, line in enumerate(annotation.split("\n"), 1):
        if not line.strip():
            continue
        try:
            reader.take(line)
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            raise InputError(f"{id}.ann:{number}: not a line of our standoff: {line!r}") from error
    try:
        return GoldArticle(id, text, reader.sentences(), reader.attributions(), reader.speakers, reader.meta)
    except ValueError as error:
        raise InputError(f"{id}.ann: {error}") from error


class _Reader:
    """Collects what standoff lines say, in whatever order they come."""

    def __init__(self, length: int) -> None:
        self._length = length
        self._spans: dict[str, tuple[str, list[Fragment]]] = {}
        self._attributes: defaultdict[str, dict[str, str]] = defaultdict(dict)
        self._notes: dict[tuple[str, str], str] = {}
        self._tied: defaultdict[str, list[str]] = defaultdict(list)
        self.meta: dict[str, str] = {}
        self.speakers: dict[str, GoldSpeaker] = {}

    def take(self, line: str) -> None:
        id, body, *rest = line.split("\t", 2)
        match id[0]:
            case "T":
                type, offsets = body.split(" ", 1)
                if type not in _ROLE_OF and type != "Sentence":
                    raise ValueError(type)
                self._spans[id] = type, sorted(self._fragments(offsets))
            case "A":
                name, ref, *value = body.split(" ")
                self._attributes[ref][name] = value[0] if value else ""
            case "R":
                _, first, second = body.split(" ")
                self._tied[first.removeprefix("Arg1:")].append(second.removeprefix("Arg2:"))
            case "#":
                type, ref = body.split(" ")
                if type == "Article":
                    self._take_header(json.loads(rest[0]))
                else:
                    self._notes[type, ref] = rest[0]
            case _:
                raise ValueError(id)

    def _fragments(self, offsets: str) -> Iterator[Fragment]:
        for fragment in offsets.split(";"):
            start, end = map(int, fragment.split(" "))
            if not 0 <= start < end <= self._length:
                raise ValueError(f"{offsets} is no span of the text")
            yield start, end

    def _take_header(self, header: dict[str, Any]) -> None:
        self.meta = dict(header["meta"])
        self.speakers = {key: GoldSpeaker(**value) for key, value in header["speakers"].items()}

    def sentences(self) -> list[GoldSentence]:
        sentences = []
        for ref, (type, [(start, end), *_]) in self._spans.items():
            if type != "Sentence":
                continue
            attributes = self._attributes[ref]
            if attributes.get("Label") not in LABELS:
                raise ValueError(f"sentence {ref}: its Label is missing, or none of {', '.join(LABELS)}")
            sentences.append(
                GoldSentence(
                    start,
                    end,
                    cast(Label, attributes["Label"]),
                    self._notes.get(("Speakers", ref), "").split(),
                    hard="Hard" in attributes,
                    opinion="OpinionToo" in attributes,
                )
            )
        return sorted(sentences, key=lambda s: s.start)

    def attributions(self) -> list[GoldAttribution]:
        tied = {ref for refs in self._tied.values() for ref in refs}
        attributions = []
        for ref, (type, _) in self._spans.items():
            if type == "Sentence" or ref in tied:
                continue
            a = GoldAttribution(speaker=self._notes.get(("Speaker", ref)))
            for part in (ref, *self._tied[ref]):
                if part not in self._spans or self._spans[part][0] == "Sentence":
                    raise ValueError(f"a relation of {ref} leads to {part}, which is no source, cue or content")
                part_type, fragments = self._spans[part]
                a.fragments(_ROLE_OF[part_type]).extend(fragments)
            attributions.append(a)
        return sorted(attributions, key=lambda a: a.start)

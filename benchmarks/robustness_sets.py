"""Reads the robustness set: minimal pairs (``fixtures/pairs``) and invariance templates (``fixtures/invariance``).

``fixtures/pairs/README.md`` and ``fixtures/invariance/README.md`` describe the formats for people.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
PAIRS = ROOT / "fixtures" / "pairs"
INVARIANCE = ROOT / "fixtures" / "invariance"
LABELS = ("fact", "claim", "opinion")

_CHOICE = re.compile(r"\{([^{}|]*)\|([^{}|]*)\}")
_SLOT = re.compile(r"<(\w+)(?:\.(\w+))?>")
_WORD = re.compile(r"\w+(?:['’]\w+)*|[^\w\s]")
PRONOUNS = {
    "m": {"he": "he", "him": "him", "his": "his"},
    "f": {"he": "she", "him": "her", "his": "her"},
}
PEOPLE = ("person", "rival")
"""Slots whose fillers have a gender."""


@dataclass(frozen=True, slots=True)
class Side:
    """One passage of a pair: the judged sentence is ``text[start:end]``, offsets in code points."""

    text: str
    start: int
    end: int
    label: str
    speaker: str | None

    @property
    def sentence(self) -> str:
        """The judged sentence."""
        return self.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two passages that differ in a few words and in the label of the judged sentence."""

    id: str
    phenomenon: str
    english: str
    desk: str
    sides: tuple[Side, Side]

    @property
    def differing(self) -> int:
        """Words that stand in one passage only, on the side that has more of them; punctuation is not counted."""
        a, b = (_WORD.findall(s.text) for s in self.sides)
        changes = difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
        only_a: list[str] = [w for what, i, j, _, _ in changes if what != "equal" for w in a[i:j]]
        only_b: list[str] = [w for what, _, _, k, m in changes if what != "equal" for w in b[k:m]]
        return max(sum(w[0].isalnum() for w in words) for words in (only_a, only_b))


def pairs(folder: Path = PAIRS) -> list[Pair]:
    """All pairs, by phenomenon (the file's name) and in the order of the file.

    Raises:
        ValueError: if an entry is malformed; the message names file and entry.
    """
    found = []
    for path in sorted(folder.glob("*.yaml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8")):
            try:
                found.append(_pair(entry, path.stem))
            except (KeyError, TypeError, ValueError) as error:
                raise ValueError(f"{path}, {entry.get('id', entry)}: {error}") from error
    return found


def _pair(entry: dict[str, Any], phenomenon: str) -> Pair:
    unknown = set(entry) - {"id", "english", "desk", "labels", "speaker", "text"}
    if unknown:
        raise ValueError(f"unknown field {', '.join(sorted(unknown))}")
    a, b = (_side(entry, i) for i in range(2))
    return Pair(entry["id"], phenomenon, entry["english"], entry["desk"], (a, b))


def _side(entry: dict[str, Any], which: int) -> Side:
    if len(entry["labels"]) != 2:
        raise ValueError("labels has two labels")
    label = entry["labels"][which]
    if label not in LABELS:
        raise ValueError(f"{label!r} is no label")
    text = _CHOICE.sub(lambda m: m[which + 1], entry["text"].strip())
    start, end = text.find("[["), text.find("]]")
    if start < 0 or end < start or re.sub(r"\[\[|\]\]", "", text, count=2) != re.sub(r"[\[\]{}|]", "", text):
        raise ValueError("mark one sentence by [[ and ]], and alternatives by {one|other}")
    text = text[:start] + text[start + 2 : end] + text[end + 2 :]
    return Side(text, start, end - 2, label, entry.get("speaker") if label == "claim" else None)


@dataclass(frozen=True, slots=True)
class Template:
    """A passage with slots: its sentences with their labels, as written."""

    id: str
    desk: str
    sentences: list[tuple[str, str]]

    @property
    def slots(self) -> list[str]:
        """Names of the slots, in the order of the text."""
        return list(dict.fromkeys(m[1] for _, text in self.sentences for m in _SLOT.finditer(text)))


@dataclass(frozen=True, slots=True)
class Variant:
    """A template filled: all slots with their first filler, but ``slot`` (None in the original) with ``filler``.

    ``kind`` is what was swapped: the slot, or "gender" where a person's filler has another gender than the original's.
    """

    template: str
    kind: str
    slot: str | None
    filler: str | None
    text: str
    spans: list[tuple[int, int]]
    labels: list[str]


def templates(folder: Path = INVARIANCE) -> list[Template]:
    """All templates, in the order of the file.

    Raises:
        ValueError: if a line has no label.
    """
    found = []
    for entry in yaml.safe_load((folder / "templates.yaml").read_text(encoding="utf-8")):
        sentences = []
        for line in entry["text"].splitlines():
            label, bar, sentence = (part.strip() for part in line.partition("|"))
            if label not in LABELS or not bar or not sentence:
                raise ValueError(f"{entry['id']}: a line is 'LABEL | sentence', not {line!r}")
            sentences.append((label, sentence))
        found.append(Template(entry["id"], entry["desk"], sentences))
    return found


def fillers(folder: Path = INVARIANCE) -> dict[str, list[str]]:
    """Slot -> its fillers, the original's first."""
    loaded: dict[str, list[str]] = yaml.safe_load((folder / "fillers.yaml").read_text(encoding="utf-8"))
    return loaded


def variants(template: Template, fillers: dict[str, list[str]]) -> Iterator[Variant]:
    """The original, then each slot's other fillers, one slot swapped at a time.

    Raises:
        KeyError: if a slot has no fillers.
    """
    first = {slot: fillers[slot][0] for slot in template.slots}
    yield _fill(template, first, "original", None)
    for slot in template.slots:
        for filler in fillers[slot][1:]:
            regendered = slot in PEOPLE and filler[0] != first[slot][0]
            yield _fill(template, first | {slot: filler}, "gender" if regendered else slot, slot)


def _fill(template: Template, chosen: dict[str, str], kind: str, slot: str | None) -> Variant:
    def filled(match: re.Match[str]) -> str:
        name, form = match[1], match[2]
        if name not in PEOPLE:
            return chosen[name]
        gender, _, person = chosen[name].partition(" ")
        if form is None:
            return person
        pronoun = PRONOUNS[gender][form.lower()]
        return pronoun.capitalize() if form[0].isupper() else pronoun

    text = ""
    spans = []
    for _, sentence in template.sentences:
        words = _SLOT.sub(filled, sentence)
        # "the BBC" at the head of a sentence
        words = words[0].upper() + words[1:]
        start = len(text) + bool(text)
        text += " " * bool(text) + words
        spans.append((start, len(text)))
    labels = [label for label, _ in template.sentences]
    return Variant(template.id, kind, slot, chosen[slot] if slot else None, text, spans, labels)

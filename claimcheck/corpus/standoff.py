"""Annotation apart from its text: for articles whose sentences may not stand in this repository.

A record holds offsets only, and the digest of the text that they count in; every name is where it stands. ``joined`` puts
a record and its text together to a record of ``shared/gold``, as :mod:`claimcheck.corpus.records` writes them.
"""

from __future__ import annotations

import hashlib
from typing import Any

from claimcheck.corpus.annotation import RESERVED, ROLES


def digest(text: str) -> str:
    """SHA-256 of a text in UTF-8, in hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def apart(record: dict[str, Any]) -> dict[str, Any]:
    """What was annotated in a record, without a word of its text.

    Raises:
        ValueError: if a speaker's name does not stand in the text.
    """
    text = record["text"]

    def place(name: str) -> Any:
        if name in RESERVED:
            return name
        start = text.find(name)
        if start < 0:
            raise ValueError(f"{record['id']}: the name {name!r} does not stand in the text")
        return [start, start + len(name)]

    result: dict[str, Any] = {"id": record["id"], "sha256": digest(text), "sentences": []}
    for s in record["sentences"]:
        speakers = [place(name) for name in s["speakers"]]
        marks = {name: True for name in ("hard", "opinion") if s.get(name)}
        result["sentences"].append(
            {"start": s["start"], "end": s["end"], "label": s["label"], "speakers": speakers, **marks}
        )
    if "attributions" in record:
        result["attributions"] = [
            {
                **{role: a[role] for role in ROLES if a[role]},
                **({"speaker": place(a["speaker"])} if a.get("speaker") else {}),
            }
            for a in record["attributions"]
        ]
    return result


def joined(record: dict[str, Any], text: str) -> dict[str, Any]:
    """A record of :func:`apart` with its text.

    Raises:
        ValueError: if the offsets count in another text.
    """
    if record["sha256"] != digest(text):
        raise ValueError(f"{record['id']}: the annotation is of another text than the one given")

    def name(place: Any) -> Any:
        return place if place is None or isinstance(place, str) else text[place[0] : place[1]]

    result: dict[str, Any] = {
        "id": record["id"],
        "text": text,
        "sentences": [
            {"hard": False, "opinion": False, **s, "speakers": [name(p) for p in s["speakers"]]}
            for s in record["sentences"]
        ],
    }
    if "attributions" in record:
        result["attributions"] = [
            {**{role: a.get(role, []) for role in ROLES}, "speaker": name(a.get("speaker"))}
            for a in record["attributions"]
        ]
    return result

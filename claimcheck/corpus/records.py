"""Articles of the corpus as records: the JSONL of ``shared/gold``, which the scorer and the training read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from claimcheck.corpus.annotation import (
    ROLES,
    Fragment,
    GoldArticle,
    GoldAttribution,
    GoldSentence,
    GoldSpeaker,
)


def joined(article: GoldArticle, fragments: list[Fragment]) -> list[Fragment]:
    """Fragments with only the space between two sentences between them as one: a quotation that runs on is one span."""
    result: list[Fragment] = []
    for start, end in fragments:
        if result and article.text[result[-1][1] : start] == " " and article.sentence_at(result[-1][1]) is None:
            result[-1] = (result[-1][0], end)
        else:
            result.append((start, end))
    return result


def _divided(sentences: list[GoldSentence], fragments: list[Fragment]) -> list[Fragment]:
    """The reverse of :func:`joined`: fragments that end where their sentence ends."""
    return [
        (max(start, s.start), min(end, s.end))
        for start, end in fragments
        for s in sentences
        if s.start < end and start < s.end
    ]


def to_record(article: GoldArticle) -> dict[str, Any]:
    """The article in the format of ``shared/gold/dev.jsonl``, with the speakers' names and, besides, all we know."""
    return {
        "id": article.id,
        "text": article.text,
        "sentences": [
            {
                "start": s.start,
                "end": s.end,
                "label": s.label,
                "speakers": [article.name_of(k) for k in s.speakers],
                "hard": s.hard,
                "opinion": s.opinion or s.label == "opinion",
            }
            for s in article.sentences
        ],
        "attributions": [
            {
                "source": [list(f) for f in a.source],
                "cue": [list(f) for f in a.cue],
                "content": [list(f) for f in joined(article, a.content)],
                "speaker": article.name_of(a.speaker) if a.speaker else None,
            }
            for a in article.attributions
        ],
        "speakers": [
            {"key": key, "name": s.name, "kind": s.kind, "title": s.title, "justification": s.justification}
            for key, s in article.speakers.items()
        ],
        "meta": dict(article.meta),
    }


def from_record(record: dict[str, Any]) -> GoldArticle:
    """The article of a record; ``from_record(to_record(a)) == a`` where no two speakers have one name."""
    speakers = {s["key"]: GoldSpeaker(s["name"], s["kind"], s["title"], s["justification"]) for s in record["speakers"]}
    key_of = {speaker.name: key for key, speaker in speakers.items()}
    sentences = [
        GoldSentence(
            s["start"],
            s["end"],
            s["label"],
            [key_of.get(name, name) for name in s["speakers"]],
            hard=s["hard"],
            opinion=s["opinion"] and s["label"] != "opinion",
        )
        for s in record["sentences"]
    ]
    attributions = []
    for a in record["attributions"]:
        spans = {role: [(start, end) for start, end in a[role]] for role in ROLES}
        spans["content"] = _divided(sentences, spans["content"])
        speaker = a["speaker"]
        attributions.append(GoldAttribution(**spans, speaker=key_of.get(speaker, speaker)))
    return GoldArticle(record["id"], record["text"], sentences, attributions, speakers, dict(record["meta"]))


def to_jsonl(articles: Iterable[GoldArticle]) -> Iterator[str]:
    """One line of JSON for each article, its newline included."""
    for article in articles:
        yield json.dumps(to_record(article), ensure_ascii=False) + "\n"

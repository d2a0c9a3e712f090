"""Articles of the corpus as records: the JSONL of ``shared/gold``, which the scorer and the training read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from claimcheck.corpus import inline
from claimcheck.corpus.annotation import ROLES, Fragment, GoldArticle, Role


def walk(folder: Path) -> Iterator[GoldArticle]:
    """All articles below a corpus folder, ``STRATUM/NAME.txt``, in the order of their paths.

    Raises:
        InlineError: if a file is malformed.
        FileNotFoundError: if there is no article.
    """
    files = sorted(folder.glob("*/*.txt"))
    if not files:
        raise FileNotFoundError(f"there is no article in {folder}: expected files like {folder}/STRATUM/NAME.txt")
    for file in files:
        yield inline.read(file)


def joined(article: GoldArticle, fragments: list[Fragment]) -> list[Fragment]:
    """Fragments with only a space between them as one: a quotation that runs on over sentences is one span."""
    result: list[Fragment] = []
    for start, end in fragments:
        gap = article.text[result[-1][1] : start] if result else "-"
        if not gap.strip() and "\n" not in gap:
            result[-1] = (result[-1][0], end)
        else:
            result.append((start, end))
    return result


def to_record(article: GoldArticle) -> dict[str, Any]:
    """The article in the format of ``shared/gold/dev.jsonl``, with the speakers' names and, besides, all we know."""

    def fragments(role: Role, spans: list[Fragment]) -> list[list[int]]:
        return [list(f) for f in (joined(article, spans) if role == "content" else spans)]

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
                **{role: fragments(role, a.fragments(role)) for role in ROLES},
                "speaker": article.name_of(a.speaker) if a.speaker else None,
            }
            for a in article.attributions
        ],
        "speakers": [
            {"name": s.name, "kind": s.kind, "title": s.title, "justification": s.justification}
            for s in article.speakers.values()
        ],
        "meta": article.meta,
    }

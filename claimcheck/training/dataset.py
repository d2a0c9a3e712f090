"""Our own corpus as a data set of the ``datasets`` library, for experiments outside the recipes.

It lives here and not in ``claimcheck.corpus`` because ``training`` is the only room that imports ``datasets``: the
corpus can be read, checked and converted without the ``train`` extra.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from claimcheck.corpus.annotation import KINDS, LABELS, SPLITS
from claimcheck.corpus.folder import walk
from claimcheck.corpus.records import to_record
from claimcheck.errors import InputError

if TYPE_CHECKING:
    from datasets import Dataset, DatasetDict, Features


def features() -> Features:
    """The columns of the data set: a record of ``claimcheck.corpus.records``, typed."""
    from datasets import ClassLabel, Features, Value

    text, flag, offset = Value("string"), Value("bool"), Value("int32")
    fragments = [[offset]]
    return Features(
        {
            "id": text,
            "text": text,
            "sentences": [
                {
                    "start": offset,
                    "end": offset,
                    "label": ClassLabel(names=list(LABELS)),
                    "speakers": [text],
                    "hard": flag,
                    "opinion": flag,
                }
            ],
            "attributions": [{"source": fragments, "cue": fragments, "content": fragments, "speaker": text}],
            "speakers": [
                {
                    "key": text,
                    "name": text,
                    "kind": ClassLabel(names=list(KINDS)),
                    "title": text,
                    "justification": text,
                }
            ],
            "meta": {"stratum": text, "variety": text, "desk": text, "split": text},
        }
    )


def load_corpus(folder: str | Path, split: str | None = None) -> Dataset | DatasetDict:
    """The corpus, one article a row: one split of it, or all of them by name.

    Raises:
        InputError: if an article is malformed, or no article has that split.
    """
    from datasets import Dataset, DatasetDict

    columns = features()
    rows: dict[str, list[dict[str, object]]] = {name: [] for name in SPLITS}
    for article in walk(Path(folder)):
        record = to_record(article)
        record["meta"] = {field: article.meta.get(field) for field in columns["meta"]}
        rows.setdefault(article.meta.get("split", ""), []).append(record)
    if not rows.get(split or "train"):
        raise InputError(f"{folder}: no article has split {split or 'train'}: run 'claimcheck corpus split {folder}'")
    if split:
        return Dataset.from_list(rows[split], features=columns)
    return DatasetDict({name: Dataset.from_list(rows[name], features=columns) for name in SPLITS})

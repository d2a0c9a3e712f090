"""The corpus as a data set: typed columns, splits, and no ``datasets`` until it is asked for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from claimcheck.corpus import inline
from claimcheck.errors import InputError
from claimcheck.training.dataset import load_corpus

SOURCE = """\
+++
stratum = "sport"
split = "{split}"
variety = "African"
desk = "news"

[speakers.aba]
name = "Aba Mensah"
kind = "named_person"
+++

fact | Hearts won {number} times.
claim? aba | {{con1|"We ran,"}} {{src1=aba|Aba Mensah}} {{cue1|said}}, {{con1|"and ran."}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sport").mkdir()
    for number, split in enumerate(["train", "train", "dev", "test"]):
        (tmp_path / "sport" / f"{number}.txt").write_text(SOURCE.format(split=split, number=number))
    return tmp_path


def test_the_splits_are_loaded_with_typed_columns(folder: Path) -> None:
    data = load_corpus(folder)
    assert {name: len(split) for name, split in data.items()} == {"train": 2, "dev": 1, "test": 1}
    row = data["dev"][0]
    assert row["id"] == "sport/2"
    labels = data["dev"].features["sentences"].feature["label"]
    assert [labels.int2str(s["label"]) for s in row["sentences"]] == ["fact", "claim"]
    assert row["sentences"][1] == {**row["sentences"][1], "speakers": ["Aba Mensah"], "hard": True, "opinion": False}
    article = inline.read(folder / "sport" / "2.txt")
    (a,) = row["attributions"]
    assert [tuple(f) for f in a["content"]] == article.attributions[0].content
    assert (len(a["content"]), len(a["cue"]), a["speaker"]) == (2, 1, "Aba Mensah")
    assert row["speakers"][0]["title"] is None
    assert row["meta"] == {"stratum": "sport", "variety": "African", "desk": "news", "split": "dev"}


def test_one_split_is_one_data_set(folder: Path) -> None:
    assert load_corpus(folder, "train")["id"][:] == ["sport/0", "sport/1"]


def test_a_split_without_articles_is_refused(folder: Path) -> None:
    with pytest.raises(InputError, match="no article has split validation"):
        load_corpus(folder, "validation")


def test_importing_the_corpus_imports_none_of_the_training_extra() -> None:
    heavy = "{'datasets', 'torch', 'transformers', 'tomli_w', 'onnxruntime'}"
    rooms = "annotation, inline, folder, check, stats, split, brat, agreement, records"
    code = (
        f"from claimcheck.corpus import {rooms}; import claimcheck.cli.corpus, sys; print({heavy} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"

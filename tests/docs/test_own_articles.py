"""The recipe of the how-to page is one that trains: its fields are known and what it names is there."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from claimcheck.training.config import read_config
from claimcheck.training.data import taught_as_well, training_articles
from claimcheck.training.shipped import is_model

ROOT = Path(__file__).parents[2]


def test_the_recipe_can_be_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = (ROOT / "docs/howto/your-own-articles.md").read_text(encoding="utf-8")
    recipe = re.findall(r'```toml title="ours.toml"\n(.*?)```', page, re.S)[0]
    (tmp_path / "ours.toml").write_text(recipe, encoding="utf-8")
    example = sorted((ROOT / "fixtures/practice/wire-news").glob("*.txt"))[0]
    (tmp_path / "ours/politics").mkdir(parents=True)
    shutil.copy(example, tmp_path / "ours/politics/01-ours.txt")
    (tmp_path / "ours-dev.jsonl").touch()
    for folder in ("models", "fixtures"):
        (tmp_path / folder).symlink_to(ROOT / folder)
    monkeypatch.chdir(tmp_path)
    config = read_config(Path("ours.toml"))
    assert is_model(config.encoder)
    assert all(map(is_model, config.teachers))
    articles = {a["id"] for a in training_articles(config)}
    assert "politics/01-ours" in articles - taught_as_well(config)
    assert taught_as_well(config) & articles

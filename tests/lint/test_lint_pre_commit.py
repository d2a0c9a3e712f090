"""The hook that other repositories run before a commit: it reads the files it is handed, and can read them."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from claimcheck.article.files import FORMATS
from claimcheck.cli import app

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def hook() -> dict[str, Any]:
    (only,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert isinstance(only, dict)
    return only


@pytest.mark.parametrize("suffix", [suffix for suffix in FORMATS if suffix])
def test_every_format_of_one_article_is_handed_over(hook: dict[str, Any], suffix: str) -> None:
    assert re.search(hook["files"], f"articles/a{suffix}")


def test_other_files_are_not_handed_over(hook: dict[str, Any]) -> None:
    for name in ("a.py", "txt", "a.txt.gz", "page.html.j2", "Makefile"):
        assert not re.search(hook["files"], name)


def test_what_reads_pages_and_documents_is_installed_with_it(hook: dict[str, Any]) -> None:
    # pre-commit installs "." and these, in the repository of the hook; "." alone has no extra.
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    assert hook["additional_dependencies"] == [".[formats]"]
    assert "formats" in extras


def test_it_runs_a_command_that_there_is(hook: dict[str, Any]) -> None:
    program, command = hook["entry"].split()
    assert program == "claimcheck"
    assert command in {c.callback.__name__ for c in app.registered_commands if c.callback}
    assert hook["require_serial"], "one process: the model is loaded once"

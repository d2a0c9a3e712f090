"""The site builds without a warning, its pages are there, and nothing in it is fetched from elsewhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from claimcheck.lint.registry import RULES

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site."""
    for module in ("mkdocs", "material", "mkdocstrings", "mkdocstrings_handlers.python"):
        pytest.importorskip(module, reason="the extra docs is not installed")
    folder = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)],
        cwd=ROOT,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder


def html(site: Path, page: str) -> str:
    return (site / page / "index.html").read_text(encoding="utf-8")


def test_readme_model_card_and_the_like_are_pages_that_lead_to_each_other(site: Path) -> None:
    assert 'href="report/"' in html(site, "")
    assert 'href="model-card/"' in html(site, "")
    assert 'href="../corpus/"' in html(site, "model-card")
    assert 'href="../model-card/"' in html(site, "tutorial")


def test_the_commands_are_those_of_the_program(site: Path) -> None:
    page = html(site, "reference/commands")
    for command in ("check", "lint", "batch", "corpus"):
        assert f"claimcheck {command}</code>" in page
    assert "--unsafe-fixes" in page


def test_the_python_reference_is_made_from_docstrings(site: Path) -> None:
    page = html(site, "reference/python")
    for name in ("claimcheck.checker.load", "claimcheck.checker.Checker.check_many", "claimcheck.report.Speaker"):
        assert f'id="{name}"' in page
    assert "Reports for articles, in their order, as a stream" in page
    assert ":func:" not in page


def test_every_rule_is_on_the_page_of_the_rules(site: Path) -> None:
    page = html(site, "rules")
    for rule in RULES:
        assert f'id="{rule.code.lower()}-{rule.name}"' in page


def test_pages_fetch_nothing_from_elsewhere(site: Path) -> None:
    pages = list(site.rglob("*.html"))
    assert len(pages) >= 18
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert re.findall(r"<(?:script|img|iframe)[^>]+src=\"?(?:https?:)?//", text) == []
        assert re.findall(r"<link[^>]+rel=\"?(?:stylesheet|preconnect|preload)[^>]+href=\"?(?:https?:)?//", text) == []


def test_the_site_has_no_program_of_the_repository_in_it(site: Path) -> None:
    assert list(site.rglob("hooks.py")) == []

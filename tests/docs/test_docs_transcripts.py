"""What tutorial and how-to pages show is what happens."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from claimcheck.model import default_folder

sys.path.insert(0, str(Path(__file__).parent))
import transcripts

DOCS = transcripts.ROOT / "docs"
PAGES = [DOCS / "tutorial.md", DOCS / "reference" / "python.md", *sorted((DOCS / "howto").glob("*.md"))]
NEEDS = {"cms-hook": ["curl", "jq"], "github-action": ["jq"]}

pytestmark = pytest.mark.skipif(not default_folder().is_dir(), reason="no model in models/")


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_a_page_shows_what_its_commands_print(page: Path) -> None:
    if missing := [tool for tool in NEEDS.get(page.stem, []) if shutil.which(tool) is None]:
        pytest.skip(f"needs {', '.join(missing)}")
    if page.stem == "notebook":
        pytest.importorskip("IPython")
        pytest.importorskip("pandas")
    written = page.read_text(encoding="utf-8")
    now, figures = transcripts.performed(written)
    assert now == written, f"run: python tests/docs/transcripts.py {page.relative_to(transcripts.ROOT)}"
    for name, data in figures.items():
        assert (transcripts.IMAGES / name).read_bytes() == data


def test_a_changed_output_would_be_noticed() -> None:
    page = "```console\n$ echo now\nbefore\n```\n\n```pycon\n>>> 1 + 1\n3\n```\n"
    now, _ = transcripts.performed(page)
    assert now == page.replace("before", "now").replace("3", "2")


def test_the_cms_hook_has_ten_lines() -> None:
    page = (DOCS / "howto" / "cms-hook.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python title=\"hook.py\"\n(.*?)```", page, re.S)
    assert len([line for line in code.splitlines() if line.strip()]) <= 10


def test_the_workflow_fails_where_there_are_findings_and_only_there(tmp_path: Path) -> None:
    page = (DOCS / "howto" / "github-action.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```yaml title=\".github/workflows/claimcheck.yml\"\n(.*?)```", page, re.S)
    workflow = yaml.safe_load(code)
    (command,) = (s["run"] for s in workflow["jobs"]["lint"]["steps"] if "claimcheck lint" in s.get("run", ""))
    command = command.replace("claimcheck lint", f"{sys.executable} -m claimcheck lint", 1)
    articles = tmp_path / "articles" / "may"
    articles.mkdir(parents=True)
    (articles / "photo.jpg").write_bytes(b"\xff\xd8")
    (articles / "clean.txt").write_text("The hall was cold on Friday. Forty people came.\n", encoding="utf-8")
    # GitHub runs a step's command with "bash -e".
    assert subprocess.run(["bash", "-e", "-c", command], cwd=tmp_path, check=False).returncode == 0
    (articles / "marks.md").write_text("She wrote «we played in coats” on the door.\n", encoding="utf-8")
    done = subprocess.run(["bash", "-e", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "::error file=articles/may/marks.md,line=1," in done.stdout

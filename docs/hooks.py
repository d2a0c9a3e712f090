"""Pages of the site that are not files in ``docs/``: texts from elsewhere in the repository, and the commands' reference.

mkdocs calls the functions named ``on_...``.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).parent.parent
COPIES = {
    "README.md": "index.md",
    "CHANGELOG.md": "changelog.md",
    "CONTRIBUTING.md": "contributing.md",
    "fixtures/corpus/README.md": "corpus.md",
    "models/claimcheck-en/README.md": "model-card.md",
    "models/claimcheck-en-lg/README.md": "model-card-lg.md",
}
"""Files of the repository, and the pages they are on the site."""
COMMANDS = "reference/commands.md"

_LINK = re.compile(r"(?<!!)\[(?P<words>[^\]\[]+)\]\((?P<target>(?![a-z]+:|#)[^)#\s]+)(?P<anchor>#[^)\s]*)?\)")
_ROLE = re.compile(r":(?:attr|class|data|exc|func|meth|mod):(?=<code>|`)")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that are made."""
    for source, page in COPIES.items():
        files.append(File.generated(config, page, content=(ROOT / source).read_text(encoding="utf-8")))
    files.append(File.generated(config, COMMANDS, content=commands()))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Links that work in the repository, led to where their targets are on the site."""
    here = page.file.src_uri
    origin = next((source for source, copy in COPIES.items() if copy == here), f"docs/{here}")

    def lead(link: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(origin), link["target"]))
        where = COPIES.get(target) or target.removeprefix("docs/")
        if target in COPIES or target.startswith("docs/"):
            return (
                f"[{link['words']}]({posixpath.relpath(where, posixpath.dirname(here) or '.')}{link['anchor'] or ''})"
            )
        # The site has no such page: say where the file is, if there is one, and leave mkdocs to complain if not.
        return f"{link['words']} (`{target}`)" if (ROOT / target).exists() else link[0]

    return _LINK.sub(lead, markdown)


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Docstrings name code in the manner of Sphinx, ":func:`load`"; here the name is enough."""
    return _ROLE.sub("", html)


def commands() -> str:
    """The reference of the command line, from the commands."""
    import typer
    from typer.cli import get_docs_for_click

    from claimcheck.cli import app

    command = typer.main.get_command(app)
    written = get_docs_for_click(obj=command, ctx=typer.Context(command), name="claimcheck")
    codes = "Exit codes: 0 nothing found, 1 findings, 2 bad usage or bad input, which is said in a sentence with what to do."
    return written.replace("# `claimcheck`", "# Commands", 1).replace("**Usage**", f"{codes}\n\n**Usage**", 1)

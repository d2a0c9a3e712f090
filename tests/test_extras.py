"""Extras: what is missing is named, and the library does not need the command line to say so."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import claimcheck
from claimcheck.errors import ClaimcheckError
from claimcheck.extras import require

PACKAGE = Path(claimcheck.__file__).parent
LIBRARY = sorted(
    path
    for path in PACKAGE.rglob("*.py")
    if path != PACKAGE / "__main__.py" and not path.is_relative_to(PACKAGE / "cli")
)


def imported(path: Path) -> set[str]:
    """The modules that a file imports, within functions too."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def test_the_library_imports_nothing_of_the_command_line() -> None:
    assert len(LIBRARY) > 100
    for path in LIBRARY:
        for name in imported(path):
            assert not f"{name}.".startswith(("claimcheck.cli.", "typer.")), path


def test_what_is_missing_is_named_with_what_needs_it_and_how_it_is_installed() -> None:
    require("Reading tables", "bulk", "json", "gzip")
    with pytest.raises(ClaimcheckError) as caught:
        require("Reading tables", "bulk", "json", "no_such_module")
    assert (
        str(caught.value)
        == "Reading tables needs no_such_module: pip install '.[bulk]' in a copy of claimcheck's repository"
    )

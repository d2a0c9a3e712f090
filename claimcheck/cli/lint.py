"""``claimcheck lint``: what a careful editor would ask of some articles."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimcheck.cli.output import to_file
from claimcheck.cli.streams import say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import IO

    from claimcheck.checker import Checker
    from claimcheck.lint.config import Config
    from claimcheck.lint.desk import Copy, Outcome
    from claimcheck.lint.engine import Policy
    from claimcheck.lint.registry import Choice


class Format(StrEnum):
    """How findings are written."""

    terminal = "terminal"
    json = "json"
    sarif = "sarif"
    github = "github"


_Paths = Annotated[
    list[str] | None, typer.Argument(metavar="[PATH ...|-]", help="Articles; - or nothing for standard input.")
]
_Select = Annotated[
    list[str] | None,
    typer.Option("--select", metavar="CODES", help="Rules to apply: codes, prefixes (CC3) or names, with commas."),
]
_Ignore = Annotated[list[str] | None, typer.Option("--ignore", metavar="CODES", help="Rules to leave out.")]
_Section = Annotated[
    str | None,
    typer.Option(
        "--section", metavar="NAME", help="Section of the paper; by default the configuration's for the path."
    ),
]
_Config = Annotated[
    Path | None,
    typer.Option(
        "--config", metavar="FILE", help="Configuration; by default the nearest claimcheck.toml or pyproject.toml."
    ),
]
_Fix = Annotated[bool, typer.Option("--fix", help="Mend what can be mended safely, and show the difference.")]
_Unsafe = Annotated[
    bool,
    typer.Option("--unsafe-fixes", help="With --fix or --diff: also what may change the meaning, such as plain verbs."),
]
_Diff = Annotated[bool, typer.Option("--diff", help="Show what --fix would change, and change nothing.")]
_Format = Annotated[
    Format, typer.Option("--format", "-f", help="terminal to read, json, sarif, or github for annotations.")
]
_Output = Annotated[
    Path | None, to_file("Write findings, or with --diff the difference, to a file instead of standard output.")
]
_Model = Annotated[
    str | None, typer.Option("--model", "-m", metavar="DIR", help="A model folder, or the name of a model that ships.")
]
_Explain = Annotated[
    str | None, typer.Option("--explain", metavar="CODE", help="Say what a rule is for, with examples, and stop.")
]


def lint(
    paths: _Paths = None,
    select: _Select = None,
    ignore: _Ignore = None,
    section: _Section = None,
    config: _Config = None,
    fix: _Fix = False,
    unsafe_fixes: _Unsafe = False,
    diff: _Diff = False,
    format: _Format = Format.terminal,
    output: _Output = None,
    model: _Model = None,
    explain: _Explain = None,
) -> None:
    """Check articles against editorial rules. Exit code 1 if a rule finds something."""
    if explain is not None:
        _explain(explain, output)
        return
    from claimcheck.checker import load
    from claimcheck.cli.output import destination, keep_apart
    from claimcheck.cli.reading import tell_empty
    from claimcheck.errors import InputError
    from claimcheck.lint.desk import examine, receive
    from claimcheck.lint.registry import Choice, check_prefixes

    paths = paths or ["-"]
    if paths.count("-") > 1:
        raise InputError("Standard input (-) can be read once only.")
    if unsafe_fixes and not (fix or diff):
        raise InputError("--unsafe-fixes goes with --fix or --diff.")
    if fix and "-" in paths:
        raise InputError("Standard input cannot be mended in place. Use --diff to see what --fix would change.")
    keep_apart(output, [*paths, *([config] if config else [])])
    command = Choice(
        check_prefixes(_codes(select, "--select"), "--select") if select else None,
        check_prefixes(_codes(ignore), "--ignore") if ignore else (),
    )
    configurations: dict[Path, Config] = {}
    pairs: list[tuple[Copy, Policy]] = []
    empty: list[str] = []
    for path in paths:
        # Read first: what is wrong with a path is said best by who reads it.
        copies = list(receive(path))
        policy = _policy(path, config, section, command, configurations)
        pairs += ((copy, policy) for copy in copies)
        if not copies:
            empty.append(path)
    tell_empty(empty, found=bool(pairs))
    for copy, _ in pairs:
        for note in copy.notes:
            say(f"claimcheck: {note}")
    checker = load(model)
    outcomes = list(examine(checker, pairs))
    if diff and (output or format is Format.terminal):
        with destination(output) as stream:
            changed = _mend(outcomes, unsafe=unsafe_fixes, write=False, show=stream.write)
        raise typer.Exit(1 if changed else 0)
    if fix or diff:
        # Machine formats keep standard output for themselves.
        show = partial(typer.echo, nl=False, err=format is not Format.terminal)
        changed = _mend(outcomes, unsafe=unsafe_fixes, write=not diff, show=show)
        if diff:
            raise typer.Exit(1 if changed else 0)
        outcomes = _again(checker, outcomes, changed)
    with destination(output) as stream:
        _write(outcomes, format, stream)
    raise typer.Exit(1 if any(outcome.diagnoses for outcome in outcomes) else 0)


def _codes(options: list[str], needed: str = "") -> list[str]:
    """The codes in options that hold some each.

    Raises:
        InputError: if there is none, where the option of the name ``needed`` needs one.
    """
    from claimcheck.errors import InputError

    codes = [code for option in options for code in option.split(",") if code.strip()]
    if needed and not codes:
        raise InputError(f"{needed} {','.join(options)!r}: names no rule. Give codes, such as {needed} CC2,CC301.")
    return codes


def _policy(path: str, file: Path | None, section: str | None, command: Choice, known: dict[Path, Config]) -> Policy:
    """The rules for one path, by the configuration given or the nearest one."""
    from claimcheck.lint import config as configuration

    folder = Path() if path == "-" else Path(path).parent
    key = file or folder.resolve()
    if key not in known:
        known[key] = configuration.read(file) if file is not None else configuration.find(folder)
    found = known[key]
    return found.policy(section or (None if path == "-" else found.section_of(Path(path))), command)


def _mend(outcomes: Sequence[Outcome], *, unsafe: bool, write: bool, show: Callable[[str], object]) -> set[int]:
    """Show what fixes change and, if asked to, change it. The numbers of the outcomes whose files changed."""
    from claimcheck.lint import desk
    from claimcheck.lint.fixes import difference
    from claimcheck.render.safe import shown

    changed: set[int] = set()
    for number, outcome in enumerate(outcomes):
        after = outcome.mended(unsafe=unsafe)
        if after is None or outcome.copy.source is None:
            continue
        changed.add(number)
        # The difference is shown before anything is written.
        show(shown(difference(outcome.copy.source.text, after, outcome.report.id)))
        if write:
            desk.write(outcome.copy, after)
    return changed


def _again(checker: Checker, outcomes: list[Outcome], changed: set[int]) -> list[Outcome]:
    """The outcomes with those whose files changed read and checked anew."""
    from claimcheck.lint.desk import examine, receive

    fresh = [(copy, outcomes[k].policy) for k in sorted(changed) for copy in receive(outcomes[k].report.id)]
    renewed = dict(zip(sorted(changed), examine(checker, fresh), strict=True))
    return [renewed.get(k, outcome) for k, outcome in enumerate(outcomes)]


def _write(outcomes: Sequence[Outcome], format: Format, stream: IO[str]) -> None:
    if format is Format.sarif:
        from claimcheck.lint.registry import RULES
        from claimcheck.render import sarif

        stream.write(sarif.render([outcome.in_file() for outcome in outcomes], RULES))
    elif format is Format.github:
        from claimcheck.render import github

        for outcome in outcomes:
            stream.write(github.render(outcome.in_file()))
    elif format is Format.json:
        from claimcheck.lint import console

        stream.write(console.to_json(outcomes))
    else:
        from claimcheck.cli import output
        from claimcheck.lint import console

        console.show(outcomes, output.console(stream))


def _explain(code: str, output: Path | None) -> None:
    from claimcheck.cli.output import destination
    from claimcheck.lint.docs import explain
    from claimcheck.lint.registry import check_prefixes

    prefixes = check_prefixes(_codes([code], "--explain"), "--explain")
    with destination(output) as stream:
        stream.write("\n".join(map(explain, prefixes)) + "\n")

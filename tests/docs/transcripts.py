"""Runs what a page of the documentation shows, and writes down what came of it.

In a page, in this order from the top:

- a fence with a title, such as ```` ```python title="hook.py" ````, is a file that the reader makes;
- a fence ``console`` is a terminal: lines after "$ " are commands, the others what they print;
- a fence ``pycon`` is a Python session: ">>> " and "... ", and what is printed.

All of a page happens in one folder, which has the repository's ``fixtures/plain`` in it. A figure in ``docs/images`` is
what a command of the page has left under that name.

After a change of the model or of an output: ``python tests/docs/transcripts.py docs/tutorial.md docs/reference/*.md docs/howto/*.md``
"""

from __future__ import annotations

import ast
import contextlib
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
IMAGES = ROOT / "docs" / "images"

_FENCE = re.compile(r"^```(?P<language>\w+)(?: title=\"(?P<title>[^\"]+)\")?\n(?P<body>.*?)^```$", re.M | re.S)
_REFUSED = 7
"""curl's exit code where nobody listens yet."""


def performed(page: str) -> tuple[str, dict[str, bytes]]:
    """The page with what its commands print now, and the figures of ``docs/images`` that they have drawn."""
    with tempfile.TemporaryDirectory() as temporary, _Terminal(Path(temporary)) as terminal:
        shutil.copytree(ROOT / "fixtures" / "plain", terminal.folder / "fixtures" / "plain")
        written = _FENCE.sub(terminal.perform, page)
        names = re.findall(r"\]\((?:\.\./)?images/([\w-]+\.svg)\)", page)
        return written, {name: (terminal.folder / name).read_bytes() for name in names}


class _Terminal:
    """A folder in which the fences of a page are performed one after the other."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._running: list[subprocess.Popen[bytes]] = []
        self._names: dict[str, Any] = {"__name__": "__main__"}

    def __enter__(self) -> _Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._running:
            process.terminate()
            process.wait()

    def perform(self, fence: re.Match[str]) -> str:
        """The fence with what comes of it."""
        language, title, body = fence["language"], fence["title"], fence["body"]
        if title:
            file = self.folder / title
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(body, encoding="utf-8")
        elif language == "console":
            return f"```console\n{''.join(self._commands(body))}```"
        elif language == "pycon":
            with contextlib.chdir(self.folder):
                return f"```pycon\n{''.join(self._session(body))}```"
        return fence[0]

    def _commands(self, body: str) -> Iterator[str]:
        for line in body.splitlines():
            if line.startswith("$ "):
                yield f"{line}\n{self._run(line[2:])}"

    def _run(self, command: str) -> str:
        programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        environment = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "FORCE_COLOR")} | {"PATH": programs}
        if command.endswith(" &"):
            arguments = command.removesuffix(" &").split()
            quiet = subprocess.DEVNULL
            self._running.append(
                subprocess.Popen(arguments, cwd=self.folder, env=environment, stdout=quiet, stderr=quiet)
            )
            return ""
        for _ in range(120):
            done = subprocess.run(
                ["bash", "-o", "pipefail", "-c", command],
                cwd=self.folder,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                check=False,
                timeout=120,
            )
            if done.returncode != _REFUSED or not self._running:
                break
            time.sleep(0.5)
        return _trimmed(done.stdout.decode())

    def _session(self, body: str) -> Iterator[str]:
        for example in re.findall(r"^>>> .*\n(?:\.\.\. ?.*\n)*", body, re.M):
            source = re.sub(r"^(?:>>>|\.\.\.) ?", "", example, flags=re.M)
            printed = io.StringIO()
            with contextlib.redirect_stdout(printed):
                for statement in ast.parse(source).body:
                    exec(compile(ast.Interactive([statement]), "<page>", "single"), self._names)
            yield example + _trimmed(printed.getvalue())


def _trimmed(output: str) -> str:
    """Without the spaces that fill lines of a terminal, which editors cut off."""
    lines = [line.rstrip() for line in output.rstrip().splitlines()]
    return "".join(f"{line}\n" for line in lines)


def main() -> None:
    """Write the pages named on the command line anew, and their figures."""
    for path in map(Path, sys.argv[1:]):
        page, figures = performed(path.read_text(encoding="utf-8"))
        path.write_text(page, encoding="utf-8")
        IMAGES.mkdir(exist_ok=True)
        for name, data in figures.items():
            (IMAGES / name).write_bytes(data)


if __name__ == "__main__":
    main()

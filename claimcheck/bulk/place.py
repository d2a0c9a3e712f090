"""Where the output of a run lies, what of it is there already, and how a part gets there.

The rule that makes a run resumable: **a part is done if and only if its file in the main folder exists**, and that
file gets its name, in one step and after all else of the part, when it is whole. Only the process that holds the lock
gives names; workers write in a working folder that nobody reads. So, wherever a run is cut off:

- nothing is lost: a part without its file is done again, and the cut of the input into parts is always the same;
- nothing is twice: a part has one file, and doing it again could only replace that by itself;
- nothing is half: what was being written is still in the working folder, which the next run throws away.

A single file is put together from the parts at the end, in the working folder too, and gets its name in one step. Only then is
the run marked complete, and only then are the parts removed.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from claimcheck.bulk import tables
from claimcheck.bulk.inputs import files
from claimcheck.bulk.work import Done
from claimcheck.bulk.write import ERRORS, Format, part_name, refused, settle
from claimcheck.errors import InputError

_SINGLE = (".jsonl", ".jsonl.gz")
_PART = re.compile(r"part-(\d{8,})\.(?:jsonl|jsonl\.gz|parquet)\Z")
_FOLDERS = ("reports", *tables.NAMES)
"""Of all formats."""
_WORKING = ".working-"


@dataclass(frozen=True)
class Place:
    """The files and folders of an output."""

    single: Path | None
    """The one file to write, if that is what was asked for."""
    root: Path
    """Holds a folder for each table, and in it a file for each part."""
    manifest: Path
    errors: Path
    folders: tuple[str, ...]
    """The tables. The last is the main one: its file says that a part is done."""
    suffix: str

    def done(self) -> set[int]:
        """The numbers of the parts that are done."""
        return set(self._parts(self.folders[-1]))

    def commit(self, done: Done) -> None:
        """Give the files of a part their names, the one in the main folder last."""
        with refused(self.root):
            if ERRORS not in done.files:
                # Of an attempt that was cut off before its last step, and had an error by chance.
                self._part(ERRORS, done.number).unlink(missing_ok=True)
            for folder, path in done.files.items():
                target = self._part(folder, done.number)
                target.parent.mkdir(exist_ok=True)
                path.replace(target)

    def finish(self, working: Path) -> int:
        """Write the file of all errors, and the single file if one is wanted; the number of errors."""
        with refused(self.root):
            errors = self._parts(ERRORS)
            if errors:
                _join(errors, self.errors, working)
            else:
                self.errors.unlink(missing_ok=True)
            if self.single:
                _join(self._parts(self.folders[-1]), self.single, working)
            if not errors:
                return 0
            with open(self.errors, "rb") as stream:
                return sum(1 for _ in stream)

    def tidy(self) -> None:
        """Remove what is not needed once the output is complete."""
        if self.single:
            shutil.rmtree(self.root, ignore_errors=True)
        else:
            self._remove(ERRORS)

    def clear(self) -> None:
        """Remove the output of an earlier run, all but its manifest, and nothing else that lies there."""
        for folder in (*_FOLDERS, ERRORS):
            self._remove(folder)
        with refused(self.root):
            for path in (self.errors, self.single):
                if path:
                    path.unlink(missing_ok=True)

    def occupied(self) -> Path | None:
        """A file that is already where output would go."""
        found = [path for path in (self.single, self.errors) if path and path.exists()]
        for folder in _FOLDERS:
            found += list(self._parts(folder).values())[:1]
        return found[0] if found else None

    def overwrites(self, inputs: Iterable[str]) -> str | None:
        """An input that lies where output goes, which a restart would remove."""
        inputs = list(inputs)
        own = {path.resolve() for path in (self.single, self.manifest, self.errors) if path}
        folders = [(self.root / folder).resolve() for folder in (*_FOLDERS, ERRORS)]
        for name in inputs:
            path = Path(name).resolve()
            if path in own or any(path.is_relative_to(folder) for folder in folders):
                return name
        # Links in folders, and hard ones, lead there by other names.
        there = {(found.st_dev, found.st_ino) for path in own if (found := _stat(path))}
        for file in files(inputs) if there else ():
            if isinstance(file, str) and (found := _stat(Path(file))) and (found.st_dev, found.st_ino) in there:
                return file
        return None

    @contextmanager
    def working(self) -> Iterator[Path]:
        """Lock the output, and make a folder for unfinished files in it.

        Raises:
            InputError: if it cannot be written there, or another process does.
        """
        try:
            with ExitStack() as stack:
                with refused(self.root):
                    self.root.mkdir(parents=True, exist_ok=True)
                    stack.enter_context(_locked(self.root / ".lock"))
                    for old in self.root.glob(f"{_WORKING}*"):
                        shutil.rmtree(old, ignore_errors=True)
                    folder = Path(tempfile.mkdtemp(dir=self.root, prefix=_WORKING))
                stack.callback(shutil.rmtree, folder, ignore_errors=True)
                yield folder
        finally:
            if self.single:
                with suppress(OSError):  # something is in it
                    self.root.rmdir()

    def _part(self, folder: str, number: int) -> Path:
        return self.root / folder / f"{part_name(number)}{'.jsonl' if folder == ERRORS else self.suffix}"

    def _parts(self, folder: str) -> dict[int, Path]:
        """The parts in a folder, in order."""
        with refused(self.root):
            try:
                found = [(match, path) for path in (self.root / folder).iterdir() if (match := _PART.match(path.name))]
            except FileNotFoundError:
                return {}
        return dict(sorted((int(match[1]), path) for match, path in found))

    def _remove(self, folder: str) -> None:
        for path in self._parts(folder).values():
            with refused(self.root):
                path.unlink(missing_ok=True)
        with suppress(OSError):  # somebody else's file is in it
            (self.root / folder).rmdir()


def place(out: str, format: Format) -> Place:
    """Where the output goes: to one file if ``out`` ends in .jsonl or .jsonl.gz, else into a folder.

    Raises:
        InputError: if that cannot be.
    """
    path = Path(out)
    suffix = next((s for s in reversed(_SINGLE) if path.name.lower().endswith(s)), None)
    if suffix and not path.is_dir():
        if format == "parquet":
            raise InputError(
                f"{out}: Parquet output is a folder of tables. Give a folder (--out), or the format jsonl (--format)."
            )
        if not path.parent.is_dir():
            raise InputError(f"{out}: there is no folder {path.parent}. Make it, or choose another place (--out).")
        beside = {name: path.with_name(f"{path.name}.{name}") for name in ("parts", "manifest.json", "errors.jsonl")}
        return Place(path, beside["parts"], beside["manifest.json"], beside["errors.jsonl"], ("reports",), suffix)
    if path.exists() and not path.is_dir():
        raise InputError(f"{out}: is a file. Give a name that ends in .jsonl or .jsonl.gz, or a folder (--out).")
    manifest, errors = path / "manifest.json", path / "errors.jsonl"
    if format == "parquet":
        return Place(None, path, manifest, errors, tables.NAMES, ".parquet")
    return Place(None, path, manifest, errors, ("reports",), ".jsonl")


def _stat(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except OSError:
        return None


def _join(parts: dict[int, Path], target: Path, working: Path) -> None:
    """Put files together to one, which gets its name when it is whole."""
    temporary = working / "joined"
    with open(temporary, "wb") as whole:
        for path in parts.values():
            with open(path, "rb") as part:
                shutil.copyfileobj(part, whole, 1 << 20)
        settle(whole)
    temporary.replace(target)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold a lock that the end of the process, however sudden, opens. Removes the file at the end."""
    busy = InputError(f"another run is writing to {path.parent}. Wait for it, or choose another place (--out).")
    with open(path, "wb") as stream:
        try:
            import fcntl

            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise busy from None
        except (ImportError, OSError):
            pass  # Windows, or a file system without locks: two runs at once are the user's to avoid
        # The run that held the lock before has removed the file, and yet another may have made its own since.
        try:
            ours = os.path.samestat(os.fstat(stream.fileno()), path.stat())
        except FileNotFoundError:
            ours = False
        if not ours:
            raise busy
        try:
            yield
        finally:
            with suppress(OSError):  # no lock any more, as nobody holds it
                path.unlink()

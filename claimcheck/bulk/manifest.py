"""What a run is: enough to tell whether another one goes on with it, or is another run."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Literal

import msgspec

from claimcheck.bulk.inputs import Surveyed
from claimcheck.bulk.write import Format, refused, settle
from claimcheck.errors import InputError


class ModelRecord(msgspec.Struct, frozen=True):
    """The model of a run. ``digest`` is the SHA-256 of its ``config.json``, which holds those of its other files."""

    name: str
    version: str
    digest: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """The file beside the output that says what made it. All but the last three fields make a run what it is."""

    schema: Literal["claimcheck-batch/1"] = "claimcheck-batch/1"
    claimcheck: str
    model: ModelRecord
    format: Format
    part_articles: int
    part_characters: int
    inputs: list[Surveyed]
    articles: int | None = None
    """Articles in the input, those with errors too; null until the run is complete."""
    errors: int | None = None
    parts: int | None = None

    @property
    def complete(self) -> bool:
        """Whether the output is all there."""
        return self.articles is not None

    def differences(self, other: Manifest) -> list[str]:
        """Why ``other`` is no continuation of the run that this describes; nothing if it is one."""
        found = []
        if [i.path for i in self.inputs] != [i.path for i in other.inputs]:
            found.append(f"its inputs were {' '.join(i.path for i in self.inputs)}")
        else:
            changed = [a.path for a, b in zip(self.inputs, other.inputs, strict=True) if a.digest != b.digest]
            if changed:
                found.append(f"{', '.join(changed)} changed since")
        if self.model != other.model:
            found.append(f"its model was {self.model.name} {self.model.version} ({self.model.digest[:12]})")
        if self.format != other.format:
            found.append(f"its format was {self.format}")
        if self.claimcheck != other.claimcheck:
            found.append(f"claimcheck was {self.claimcheck}")
        if not found and (self.part_articles, self.part_characters) != (other.part_articles, other.part_characters):
            found.append("its parts were of another size")
        return found


def model_record(folder: Path, name: str, version: str) -> ModelRecord:
    """What to remember of the model in ``folder``."""
    return ModelRecord(name, version, hashlib.sha256((folder / "config.json").read_bytes()).hexdigest())


def read(path: Path) -> Manifest | None:
    """The manifest in a file, or None if there is no such file.

    Raises:
        InputError: if the file is something else.
    """
    try:
        return msgspec.json.decode(path.read_bytes(), type=Manifest)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.DecodeError) as error:
        raise InputError(f"{path}: is no manifest of a run ({error}). Choose another place (--out).") from error


def write(manifest: Manifest, path: Path, working: Path) -> None:
    """Write a manifest, whole or not at all; ``working`` is a folder of the same file system for what is unfinished.

    Raises:
        InputError: if it cannot be written there.
    """
    temporary = working / "manifest.json"
    with refused(path.parent):
        with open(temporary, "wb") as stream:
            stream.write(msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n")
            settle(stream)
        temporary.replace(path)

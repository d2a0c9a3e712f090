"""House rules: which rules apply in which section of the paper, from ``claimcheck.toml`` or ``pyproject.toml``.

    [tool.claimcheck]                      # in claimcheck.toml without this table's name
    select = ["ALL"]
    ignore = ["CC303"]
    section = "news"                       # of articles that no path below matches
    known-names = ["Grace Adeyemi"]        # settings of single rules, see claimcheck.lint.settings

    [tool.claimcheck.paths]                # patterns as in .gitignore, the last that matches wins
    "opinion/" = "opinion"
    "sport/*.md" = "sport"

    [tool.claimcheck.sections.sport]       # what is different there
    ignore = ["CC302"]
    accepted-verbs = ["admitted"]

``select`` in a section replaces the general one, ``ignore`` adds to it; the sections in :data:`SECTIONS` are there
without being written down. Options on the command line come last.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from claimcheck.errors import InputError
from claimcheck.lint.engine import Policy
from claimcheck.lint.registry import Choice, check_prefixes, resolve
from claimcheck.lint.settings import Settings

FILES = ("claimcheck.toml", ".claimcheck.toml", "pyproject.toml")
"""Where configuration is looked for in a folder, the first that has any."""

SECTIONS: dict[str, tuple[str, ...]] = {
    "news": (),
    "analysis": ("CC302",),
    "feature": ("CC203", "CC302"),
    "opinion": ("CC201", "CC203", "CC301", "CC302", "CC303"),
    "release": ("CC203", "CC204", "CC302"),
}
"""Sections every paper has, and the rules that do not apply there unless its configuration says otherwise."""

_CHOICES = ("select", "ignore")
_SETTINGS = tuple(f.encode_name for f in msgspec.structs.fields(Settings))


@dataclass(frozen=True, slots=True)
class Layer:
    """What one table of the configuration says: the choice of rules, and settings by their names in the file."""

    choice: Choice = field(default_factory=Choice)
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Config:
    """A newsroom's configuration.

    Attributes:
        folder: which the patterns in ``paths`` are relative to.
        section: of articles that no pattern matches.
        paths: pattern and section, in the order of the file.
    """

    folder: Path = Path()
    general: Layer = field(default_factory=Layer)
    section: str = "news"
    paths: tuple[tuple[str, str], ...] = ()
    sections: Mapping[str, Layer] = field(default_factory=dict)

    def section_of(self, path: Path) -> str:
        """The section that an article belongs to by its path."""
        from pathspec import GitIgnoreSpec

        try:
            relative = path.resolve().relative_to(self.folder.resolve()).as_posix()
        except ValueError:
            relative = path.as_posix()
        section = self.section
        for pattern, name in self.paths:
            if GitIgnoreSpec.from_lines([pattern]).match_file(relative):
                section = name
        return section

    def policy(self, section: str | None = None, command: Choice | None = None) -> Policy:
        """The rules and settings of a section.

        Args:
            section: its name; by default the configuration's.
            command: what the command line chooses, over everything else.

        Raises:
            InputError: if there is no such section.
        """
        name = section or self.section
        if name not in SECTIONS and name not in self.sections:
            known = ", ".join(dict.fromkeys([*SECTIONS, *self.sections]))
            raise InputError(f"there is no section {name!r}. There are {known}; others are made in claimcheck.toml.")
        own = self.sections.get(name, Layer())
        choices = [self.general.choice, Choice(ignore=SECTIONS.get(name, ())), own.choice]
        if command is not None:
            choices.append(command)
        settings = msgspec.convert({**self.general.settings, **own.settings}, Settings)
        return Policy(resolve(choices), settings, name)


def find(start: Path) -> Config:
    """The configuration nearest to a file or folder, upwards; the default one where there is none.

    Raises:
        InputError: if a configuration file cannot be used, when the message names the key, or a folder not be searched.
    """
    try:
        folder = start.resolve()
    except (OSError, RuntimeError) as error:  # a loop of links
        raise InputError(f"{start}: not a folder that can be looked into ({error}). Check the path.") from error
    for candidate in [folder, *folder.parents]:
        for name in FILES:
            file = candidate / name
            try:
                there = file.is_file()
            except OSError as error:
                raise InputError(
                    f"{candidate}: cannot be searched for {name} ({error.strerror}). Ask its owner, or name the "
                    "configuration with --config."
                ) from error
            if there and (config := _read(file)) is not None:
                return config
    return Config()


def read(file: Path) -> Config:
    """The configuration in one file, of whatever name.

    Raises:
        InputError: if it cannot be used, or is a ``pyproject.toml`` without ``[tool.claimcheck]``.
    """
    if (config := _read(file)) is None:
        raise InputError(f"{file}: there is no table [tool.claimcheck]. Write one, or choose another --config.")
    return config


def _read(file: Path) -> Config | None:
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(
            f"{file}: cannot be read ({error.strerror}). Ask its owner, or choose another --config."
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{file}: is not valid TOML: {error}") from error
    if file.name == "pyproject.toml":
        tool = data.get("tool")
        table = tool.get("claimcheck") if isinstance(tool, dict) else None
        return _config(table, file, "tool.claimcheck") if isinstance(table, dict) else None
    return _config(data, file, "")


def _config(table: dict[str, Any], file: Path, where: str) -> Config:
    own = dict(table)
    section = own.pop("section", "news")
    paths = own.pop("paths", {})
    sections = own.pop("sections", {})
    if not isinstance(section, str):
        raise InputError(f'{file}: {_key(where, "section")} is the name of a section, such as "news".')
    if not (isinstance(paths, dict) and all(isinstance(v, str) for v in paths.values())):
        raise InputError(f'{file}: {_key(where, "paths")} is a table of patterns and sections: "opinion/" = "opinion".')
    if not (isinstance(sections, dict) and all(isinstance(v, dict) for v in sections.values())):
        raise InputError(f"{file}: {_key(where, 'sections')} has a table for each section.")
    for pattern in paths:
        _check_pattern(pattern, f"{file}: {_key(where, 'paths')}")
    layers = {name: _layer(value, file, _key(where, f"sections.{name}")) for name, value in sections.items()}
    for key, name in [*paths.items(), (_key(where, "section"), section)]:
        if name not in SECTIONS and name not in layers:
            known = ", ".join(dict.fromkeys([*SECTIONS, *layers]))
            raise InputError(f"{file}: {key!r} names a section {name!r} that does not exist. There are {known}.")
    return Config(file.parent, _layer(own, file, where), section, tuple(paths.items()), layers)


def _check_pattern(pattern: str, where: str) -> None:
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([pattern])
    except (ValueError, re.error) as error:
        raise InputError(
            f'{where}: {pattern!r} is no pattern as in .gitignore ({error}). Write it like "opinion/" or "sport/*.md".'
        ) from error


def _layer(table: dict[str, Any], file: Path, where: str) -> Layer:
    settings = dict(table)
    chosen: dict[str, tuple[str, ...]] = {}
    for key in _CHOICES:
        if key in settings:
            value = settings.pop(key)
            if not (isinstance(value, list) and all(isinstance(v, str) for v in value)):
                raise InputError(f'{file}: {_key(where, key)} is a list of codes, such as ["CC1", "CC302"].')
            chosen[key] = check_prefixes(value, f"{file}: {_key(where, key)}")
    for key in settings:
        if key not in _SETTINGS:
            known = ", ".join((*_CHOICES, *_SETTINGS))
            raise InputError(f"{file}: {_key(where, key)} is unknown. There are {known}.")
    try:
        msgspec.convert(settings, Settings)
    except msgspec.ValidationError as error:
        raise InputError(f"{file}: {where or 'a setting'}: {error}") from error
    return Layer(Choice(chosen.get("select"), chosen.get("ignore", ())), settings)


def _key(where: str, key: str) -> str:
    return f"{where}.{key}" if where else key

"""The gender that most bearers of a given name have, from a list that ships beside this module."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def _genders() -> dict[str, float]:
    lines = Path(__file__).with_suffix(".txt").read_text(encoding="ascii").splitlines()
    men, women = [line for line in lines if not line.startswith("#")]
    return {**dict.fromkeys(men.split(), 1.0), **dict.fromkeys(women.split(), -1.0)}


def gender(name: str) -> float:
    """1.0 for a man's given name, -1.0 for a woman's, 0.0 for one that both have or that is unknown."""
    return _genders().get(name.lower(), 0.0)

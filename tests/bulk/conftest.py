"""What the tests of bulk work share."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimcheck.checker import Checker, load


@pytest.fixture(scope="session")
def tiny_checker(tiny_model: Path) -> Checker:
    return load(tiny_model, threads=1)

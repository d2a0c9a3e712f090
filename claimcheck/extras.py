"""What needs an extra says so, instead of failing on an import."""

from __future__ import annotations

from importlib.util import find_spec

from claimcheck.errors import ClaimcheckError


def require(what: str, extra: str, *modules: str) -> None:
    """Check that the modules of an extra are installed; ``what`` is what needs them ("Training").

    Raises:
        ClaimcheckError: naming what is missing and how to install it.
    """
    if missing := [m for m in modules if find_spec(m) is None]:
        # Not "claimcheck[...]": under that name the package index has a project of somebody else's.
        where = "in a copy of claimcheck's repository"
        raise ClaimcheckError(f"{what} needs {', '.join(missing)}: pip install '.[{extra}]' {where}")

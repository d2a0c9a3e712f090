"""What can go wrong, as exceptions.

    ClaimcheckError
    ├── InputError    the article cannot be read: missing, a directory, blank, binary, too large, ...
    └── ModelError    the model folder cannot be used: missing, incomplete, damaged, of another version

Each message says what is wrong, where, and what to do about it, in words meant for the person at the keyboard; the
command line prints it as it stands and exits with status 2.
"""


class ClaimcheckError(Exception):
    """Base of everything that claimcheck raises on purpose."""


class InputError(ClaimcheckError):
    """An article cannot be read."""


class ModelError(ClaimcheckError):
    """A model cannot be loaded."""

"""``python -m claimcheck``: the command, wherever the package is importable."""

from claimcheck.cli import main

main()

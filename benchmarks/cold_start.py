"""Cold start: ``claimcheck check`` on one article to its result, against only importing torch and transformers.

    python benchmarks/cold_start.py [--article FILE] [--rounds 7]

Both are fresh processes of this interpreter, run in turn, so that a busy machine disturbs both alike. Prints seconds
(median, and the range) and the ratio of the medians.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ARTICLES = Path(__file__).parent.parent / "fixtures" / "plain"


def seconds(command: list[str]) -> float:
    """Wall-clock seconds of a command, which must succeed."""
    began = time.perf_counter()
    # An installed package is compiled; a checkout is, too, after the first run, unless the environment forbids it.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(command, check=True, capture_output=True, env=environment)
    return time.perf_counter() - began


def main() -> None:
    """Run the rounds and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--article", type=Path, help="plain text; by default two shipped articles, about 700 words")
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    article = options.article
    if article is None:
        article = Path("cold_start_article.txt")
        texts = [(ARTICLES / name).read_text(encoding="utf-8") for name in ("court-report.txt", "science-story.txt")]
        article.write_text("\n".join(texts), encoding="utf-8")
    words = len(article.read_text(encoding="utf-8").split())
    commands = {
        f"claimcheck check, {words} words": [sys.executable, "-m", "claimcheck", "check", str(article)],
        'python -c "import torch, transformers"': [sys.executable, "-c", "import torch, transformers"],
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    for command in commands.values():
        seconds(command)  # fills the disk cache, and compiles
    for _ in range(options.rounds):
        for name, command in commands.items():
            times[name].append(seconds(command))
    if options.article is None:
        article.unlink()
    medians = [statistics.median(t) for t in times.values()]
    for (name, t), median in zip(times.items(), medians, strict=True):
        print(f"{name:42} {median:6.2f} s   ({min(t):.2f} to {max(t):.2f})")
    print(f"{'ratio':42} {medians[1] / medians[0]:6.2f}")


if __name__ == "__main__":
    main()

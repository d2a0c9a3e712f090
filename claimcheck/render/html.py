"""A report as one page that needs nothing else: no server, no network, no other file.

Every text of the article reaches the page through the template engine's escaping. Should something slip through all the
same, the page's own security policy lets nothing load, and nothing run but the script it was made with.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup, escape

from claimcheck.render import plot
from claimcheck.render.page import Page
from claimcheck.render.safe import one_line
from claimcheck.report import Report


def render(report: Report) -> str:
    """The page of a report, to be written as UTF-8. Any report can be shown, one with hostile text too."""
    style, script = _part("report.css"), _part("report.js")
    policy = [
        "default-src 'none'",
        f"style-src '{_hash(style)}'",
        f"script-src '{_hash(script)}'",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    return _template().render(
        page=Page(report),
        policy="; ".join(policy),
        # These four are the project's own, or escaped by what made them.
        style=Markup(style),
        script=Markup(script),
        labels=Markup(plot.labels(report)),
        strips=[Markup(strip) for strip in plot.strips(report)],
    )


@cache
def _part(name: str) -> str:
    return files("claimcheck.render").joinpath("templates", name).read_text(encoding="utf-8")


@cache
def _template() -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["attributes"] = _attributes
    environment.filters["line"] = one_line
    return environment.from_string(_part("report.html.jinja"))


def _attributes(values: Mapping[str, str]) -> Markup:
    """Attributes of an element, those without a value left out."""
    return Markup("").join(Markup(' {}="{}"').format(name, escape(v.strip())) for name, v in values.items() if v)


def _hash(text: str) -> str:
    """A style sheet or script as a security policy names it."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()

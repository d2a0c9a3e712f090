"""The page ``docs/rules.md``, made from the rules: ``python -m claimcheck.lint.docs > docs/rules.md``."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterator

import msgspec

from claimcheck.lint.config import SECTIONS
from claimcheck.lint.gold import example
from claimcheck.lint.registry import ALL, RULES
from claimcheck.lint.rule import FAMILIES, Example, Rule
from claimcheck.lint.settings import Settings

_INTRODUCTION = """\
# Rules

What `claimcheck lint` looks for. Each rule has a code and a name; both can be selected, ignored and silenced:

    claimcheck lint --select CC2,CC301 --ignore CC203 article.md

A prefix means every rule whose code begins with it, `ALL` every rule, and the longer prefix wins within one place. Places are asked in
this order: configuration, what the section leaves out, the section's own table, the command line. A `select` replaces all that
came before it, what the section leaves out too; an `ignore` takes away from it. A comment silences rules for the
paragraph it stands in, or for the next one where it stands alone:

    <!-- claimcheck: ignore CC101 -->   in Markdown and HTML
    # claimcheck: ignore CC101          in plain text and Word; in Markdown it would be a heading

`ignore-file` instead of `ignore` silences them for the whole article, and a comment without codes silences all. The
rules read the report that claimcheck makes of an article, so they err where it errs;
[how often they are right](rules-precision.md) was judged by hand.

*This page is made from the rules by `python -m claimcheck.lint.docs`; do not edit it.*
"""

_SETTINGS_TEXT = {
    "known_names": "CC103: speakers who need no introduction, by their full name in the article",
    "accepted_verbs": "CC301: reporting verbs that the house accepts, each form by itself (`admits`, `admitted`)",
    "scare_quotes": "CC303: terms that may stand in quotation marks, without the marks",
    "opinion_score": "CC302: least probability of `opinion` for a sentence to be reported",
    "short_story": "CC203: a story of fewer sentences may have a single source",
    "at_length": "CC204: words of a speaker from which on the one they accuse should have a reply",
}


def page() -> str:
    """The whole page, in Markdown."""
    return "\n".join([_INTRODUCTION, *_table(), *_sections(), *(line for rule in RULES for line in _rule(rule))])


def explain(prefix: str) -> str:
    """The part of the page about the rules whose codes begin with a prefix."""
    return "\n".join(line for rule in RULES if prefix == ALL or rule.code.startswith(prefix) for line in _rule(rule))


def _table() -> Iterator[str]:
    family = ""
    for rule in RULES:
        if rule.code[:3] != family:
            family = rule.code[:3]
            yield from (
                f"\n**{FAMILIES[family]}** ({family})\n",
                "| code | name | severity | fix |",
                "|---|---|---|---|",
            )
        yield f"| [{rule.code}](#{rule.code.lower()}-{rule.name}) | {rule.name} | {rule.severity} | {_fixes(rule)} |"
    yield ""


def _fixes(rule: Rule) -> str:
    """What ``--fix`` can do about a rule, as its failing examples show."""
    from claimcheck.lint.engine import Policy, diagnose

    found = [d.fix for e in rule.fails for d in diagnose(example(textwrap.dedent(e.text)), Policy([rule])) if d.fix]
    return "" if not found else "safe" if all(fix.safe for fix in found) else "unsafe"


def _sections() -> Iterator[str]:
    yield "## Sections\n"
    yield (
        "An article belongs to a section of the paper, by its path or by `--section`. These are there without being "
        "configured; a paper's own are made in `claimcheck.toml` or under `[tool.claimcheck]` in `pyproject.toml`:\n"
    )
    yield "| section | rules that do not apply |\n|---|---|"
    for name, ignored in SECTIONS.items():
        yield f"| {name} | {', '.join(ignored) or '-'} |"
    yield """
    # claimcheck.toml
    ignore = ["CC303"]
    known-names = ["Grace Adeyemi"]

    [paths]                     # patterns as in .gitignore, the last that matches wins
    "comment/" = "opinion"
    "sport/*.md" = "sport"

    [sections.sport]
    ignore = ["CC302"]          # beside the general ones; "select" would replace them
    accepted-verbs = ["admitted"]
"""
    yield (
        "The nearest of `claimcheck.toml`, `.claimcheck.toml` and `pyproject.toml` in the article's folder or above it counts, one "
        "file only, and its patterns are relative to it; `--config FILE` names another. Beside the settings it has `select` (every "
        "rule), `ignore` (none) and `section` (`news`), of articles that no path matches.\n"
    )
    yield "| setting | default | what it does |\n|---|---|---|"
    for setting in msgspec.structs.fields(Settings):
        default = "`[]`" if setting.default is msgspec.NODEFAULT else f"`{setting.default}`"
        yield f"| `{setting.encode_name}` | {default} | {_SETTINGS_TEXT[setting.name]} |"
    yield ""


def _rule(rule: Rule) -> Iterator[str]:
    yield f"## {rule.code} {rule.name}\n"
    yield f"*{rule.severity}.* {rule.summary}\n"
    yield f"**Why.** {rule.rationale}\n"
    yield f"**Limits.** {rule.limits}\n"
    yield "**Asked for by**\n"
    yield from (f"- {r.work}: {r.about}" for r in rule.references)
    yield "\n**Fails**\n"
    yield from (line for e in rule.fails for line in _example(e))
    yield "**Passes**\n"
    yield from (line for e in rule.passes for line in _example(e))


def _example(e: Example) -> Iterator[str]:
    """An example's text as a quotation, what the rule points at in bold, and the text after a fix."""
    report = example(textwrap.dedent(e.text))
    text, position = "", 0
    for words in e.finds:
        at = report.text.index(words, position)
        text += _escaped(report.text[position:at]) + f"**{_escaped(words)}**"
        position = at + len(words)
    text += _escaped(report.text[position:])
    note = f" *(section {e.section})*" if e.section != "news" else ""
    yield from _quoted(text + note)
    if e.fixed is not None:
        yield "after `--fix`:\n" if _is_safe(e) else "after `--fix --unsafe-fixes`:\n"
        yield from _quoted(_escaped(e.fixed))


def _is_safe(e: Example) -> bool:
    from claimcheck.lint.engine import Policy, diagnose

    fixes = [
        d.fix for d in diagnose(example(textwrap.dedent(e.text)), Policy([r for r in RULES if e in r.fails])) if d.fix
    ]
    return all(fix.safe for fix in fixes)


def _quoted(text: str) -> Iterator[str]:
    for line in text.splitlines():
        yield f"> {line}" if line else ">"
    yield ""


def _escaped(text: str) -> str:
    return "".join(f"\\{c}" if c in "*_<>[]`" else c for c in text)


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.write(page())

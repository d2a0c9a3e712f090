"""claimcheck: who stands behind this sentence?

>>> from claimcheck import load
>>> checker = load()
>>> report = checker.check("Taxes will fall, the minister said.")
>>> report.sentences[0].label
'claim'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from claimcheck._version import __version__

if TYPE_CHECKING:
    from claimcheck.article import Article, read_article, read_articles, read_url
    from claimcheck.checker import Checker, load
    from claimcheck.errors import ClaimcheckError, InputError, ModelError
    from claimcheck.report import Claim, Finding, Report, Scores, Sentence, Span, Speaker

_HOMES = {
    "Article": "article",
    **dict.fromkeys(("read_article", "read_articles", "read_url"), "article"),
    "Checker": "checker",
    "load": "checker",
    "ClaimcheckError": "errors",
    "InputError": "errors",
    "ModelError": "errors",
    **dict.fromkeys(("Claim", "Finding", "Report", "Scores", "Sentence", "Span", "Speaker"), "report"),
}

__all__ = [
    "Article",
    "Checker",
    "Claim",
    "ClaimcheckError",
    "Finding",
    "InputError",
    "ModelError",
    "Report",
    "Scores",
    "Sentence",
    "Span",
    "Speaker",
    "__version__",
    "load",
    "read_article",
    "read_articles",
    "read_url",
]


def __getattr__(name: str) -> Any:
    # Names are fetched when they are used: `claimcheck --help` must not wait for onnxruntime.
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(f"claimcheck.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})

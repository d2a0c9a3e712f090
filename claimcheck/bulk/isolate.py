"""Reports for articles of which any may fail: a failure costs its article, not the ones beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from claimcheck.errors import ModelError

if TYPE_CHECKING:
    from claimcheck.article import Article
    from claimcheck.checker import Checker
    from claimcheck.report import Report

REPORT_IT = "This is a fault of claimcheck: please report it with the article."


def check_each(checker: Checker, articles: Sequence[Article]) -> Iterator[Report | Exception]:
    """A report, or what was raised, for each article in order.

    Articles are read together as long as that goes well. When it does not, they are read one by one up to the one that
    fails, and together again from there.

    Raises:
        ModelError: if the model itself cannot be used, which is no article's fault.
    """
    done = 0
    while done < len(articles):
        try:
            for report in checker.check_many(articles[done:]):
                yield report
                done += 1
            return
        except ModelError:
            raise
        except Exception:
            while done < len(articles):
                try:
                    report = checker.check(articles[done])
                except ModelError:
                    raise
                except Exception as error:
                    yield error
                    done += 1
                    break
                yield report
                done += 1


def message(error: Exception) -> str:
    """What to write into the errors file of an article that could not be checked."""
    return f"could not be checked: {type(error).__name__}: {error}. {REPORT_IT}"

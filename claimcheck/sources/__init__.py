"""The source audit: whose voices an article carries, how loud each is, and how they balance.

>>> from claimcheck.sources import audit
>>> found = audit(report)
>>> [(s.name, s.claims, s.share) for s in found.speakers]
[('Ana Reis', 3, 0.2143), ('officials', 1, 0.0536)]
>>> found.balance.unnamed.share
0.2

``audit`` knows a `Report` and nothing else of the project; `Group` adds the audits of several articles up. What every
figure counts is defined in ``docs/sources.md``.
"""

from claimcheck.sources.count import audit
from claimcheck.sources.groups import Group, combine, folder_of, outlet_of
from claimcheck.sources.types import SCHEMA, Audit, Audits, Balance, Loudest, Part, Place, Voice, json_schema

__all__ = [
    "SCHEMA",
    "Audit",
    "Audits",
    "Balance",
    "Group",
    "Loudest",
    "Part",
    "Place",
    "Voice",
    "audit",
    "combine",
    "folder_of",
    "json_schema",
    "outlet_of",
]

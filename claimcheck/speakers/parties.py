"""American lawmakers: the party and state in brackets after their names, by which they are called again.

"Sen. Mike Lee (R-Utah)" is later "the Utah Republican", "Senator Reid of Nevada" is "the Nevada Democrat".
"""

from __future__ import annotations

import re

_PARTY = re.compile(r"\s?[,(\[]\s?([RDI])[-–, ]\s?([A-Z][a-z]*\.?(?:\s?[A-Z][a-z]*\.?){0,2})(?=[)\],])")
_NAMES = {"R": "republican", "D": "democrat", "I": "independent"}
_STATES = {
    "ala": "alabama", "ariz": "arizona", "ark": "arkansas", "calif": "california", "colo": "colorado",
    "conn": "connecticut", "del": "delaware", "fla": "florida", "ga": "georgia", "ill": "illinois", "ind": "indiana",
    "kan": "kansas", "ky": "kentucky", "la": "louisiana", "md": "maryland", "mass": "massachusetts", "mich": "michigan",
    "minn": "minnesota", "miss": "mississippi", "mo": "missouri", "mont": "montana", "neb": "nebraska", "nev": "nevada",
    "nh": "new hampshire", "nj": "new jersey", "nm": "new mexico", "ny": "new york", "nc": "north carolina",
    "nd": "north dakota", "okla": "oklahoma", "ore": "oregon", "pa": "pennsylvania", "ri": "rhode island",
    "sc": "south carolina", "sd": "south dakota", "tenn": "tennessee", "tex": "texas", "tx": "texas", "vt": "vermont",
    "va": "virginia", "wash": "washington", "wva": "west virginia", "wis": "wisconsin", "wyo": "wyoming",
    "ca": "california", "fl": "florida", "oh": "ohio", "az": "arizona", "co": "colorado",
}  # fmt: skip


def after(text: str, end: int) -> tuple[str, list[str], int] | None:
    """Party and the words of the state given right after a name that ends at ``end``, in lower case, and their end."""
    found = _PARTY.match(text, end, end + 24)
    if found is None:
        return None
    state = re.sub(r"[.\s]", "", found.group(2)).lower()
    full = _STATES.get(state) or found.group(2).lower().strip(" .")
    return _NAMES[found.group(1)], full.split(), found.end()

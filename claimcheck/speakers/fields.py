"""Nouns that can stand for each other because they call the same sort of people, bodies or documents.

"The researchers" may go back to "a research team", "the agency" to a bureau, "the missive" to a letter. What such a
match counts is learned, see ``antecedents``.
"""

from __future__ import annotations

_FIELDS: dict[str, str] = {
    "scholars": """scientist researcher author team group study professor expert academic scholar writer analyst economist
        investigator biologist engineer""",
    "lawmakers": """senator representative lawmaker legislator democrat republican politician congressman councillor
        member mp peer independent conservative liberal""",
    "candidates": """candidate nominee front-runner frontrunner contender hopeful rival challenger opponent president
        businessman democrat republican socialist""",
    "police": "officer police detective sergeant investigator constable sheriff inspector superintendent force",
    "lawyers": "attorney lawyer prosecutor counsel defender",
    "companies": """company firm maker retailer airline manufacturer bank operator developer startup giant group business
        chain supplier insurer lender producer builder carrier vendor corporation employer owner publisher studio""",
    "outlets": """newspaper paper tabloid magazine outlet site website broadsheet daily weekly channel network station
        broadcaster publication blog agency editorial column service""",
    "offices": """agency department ministry bureau regulator watchdog authority office commission service
        administration board body council committee panel institute operator overseer""",
    "courts": "court bench judge tribunal justice jury panel magistrate sheriff",
    "clubs": "team club side squad franchise",
    "groups": """group organization organisation body association charity foundation ngo campaign coalition alliance
        network institute movement union federation league society committee party lobby""",
    "reports": "report study review paper audit survey document findings analysis research inquiry investigation probe",
    "letters": "letter missive memo memorandum email e-mail message note petition statement document",
    "polls": "poll survey polling study",
    "filings": "lawsuit suit complaint filing petition case indictment charge",
    "families": "father dad mother mum mom parent grandmother grandfather",
    "women": "woman lady girl mother widow wife daughter sister grandmother resident voter",
    "men": "man boy father widower husband son brother grandfather resident voter",
    "coaches": "coach manager trainer boss",
    "players": "player striker defender midfielder goalkeeper keeper captain forward batter pitcher star",
    "doctors": "doctor physician surgeon nurse medic",
    "writers": "author writer novelist journalist columnist reporter editor poet biographer",
}
_OF: dict[str, set[str]] = {}
for _field, _words in _FIELDS.items():
    for _word in _words.split():
        _OF.setdefault(_word, set()).add(_field)
NONE: frozenset[str] = frozenset()


def shared(head: str, others: set[str]) -> str:
    """A field that a noun has in common with some others, "" for none; the first in the order of the alphabet."""
    mine = _OF.get(head)
    if not mine:
        return ""
    theirs = set().union(*(_OF.get(o, NONE) for o in others)) if others else set()
    return min(mine & theirs, default="")

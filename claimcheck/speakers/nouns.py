"""Common nouns that call a source: their number, and whether a person, a body, a group or a document is meant."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from claimcheck.speakers import lexicon as lex
from claimcheck.speakers import trades

NounKind = Literal["person", "body", "group", "document"]

_SINGULARS = {"women": "woman", "men": "man", "children": "child", "people": "people", "police": "police"}
_UNCHANGED = frozenset(
    ["series", "news", "congress", "press", "business", "campus", "census", "d'affaires", "d’affaires"]
)
_SEVERAL = frozenset(
    ["both", "many", "some", "others", "several", "few", "most", "all", "those", "dozens", "hundreds", "thousands"]
)
_SHEETS = re.compile(r"(?:sheet|book|card|script|roster)$")
_WRITTEN = re.compile(r"(?:sheet|book|card|script|graph|slip|out|off|tion|sis|ment|film|song|case)$")
"""What a noun that no list knows ends with if it is more likely a document than a person."""
_PEOPLE = re.compile(r"(?:er|or|ist|ian|ant|ent|ee|man|woman|person|ive|ain|eur|ard|aunt|nun)$")
_TRADES = re.compile(r"(?:er|or|ist|ian|man|woman|ess|smith|wright|nephew|niece|keeper|founder|friend)$")
_QUALITY = re.compile(
    r"(?:less|ness|est)$|^(?:eager|bitter|clever|sober|proper|tender|slender|sinister|older|younger|better|bigger|smaller"
    r"|larger|higher|lower|upper|inner|outer|other|stronger|weaker|taller|louder|richer|poorer|wiser|fitter|calmer|quieter"
    r"|sadder|angrier|happier|busier|thinner|safer|freer|nearer|closer|further|farther|minor|major|inferior|superior)$"
)
"""Adjectives and qualities that end as trades do."""
_NO_HEAD = re.compile(
    r"(?:ed|able|ible|ful|less)$|^(?:familiar|close|present|loyal|critical|old|aware|alike|who|own|here|there|nearby|upstairs|downstairs|overseas|abroad|online|inside|outside|known|seen|taken|written|held|kept|made|shown|sent|led|run|heard|paid|laid|drawn|built)$|^\d"
)
"""Adjectives and participles that stand after the noun they belong to: "people familiar with", "a memo released"."""


def singular(word: str) -> str:
    """A noun's singular by its form, in lower case: "farmers" -> "farmer"; other words as they are."""
    if word in _SINGULARS:
        return _SINGULARS[word]
    if len(word) < 4 or word in _UNCHANGED:
        return word
    if word.endswith("women"):
        return word[:-5] + "woman"
    if word.endswith("men") and len(word) > 5:
        return word[:-3] + "man"
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "ches", "shes", "xes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def is_plural(word: str) -> bool:
    """Whether a noun is several people or things, by its form."""
    return word in lex.PLURAL_NOUNS or word in _SEVERAL or singular(word) != word


@lru_cache(maxsize=4096)
def canonical(word: str) -> str:
    """A role word in the form under which roles are compared: singular, abbreviations and synonyms joined."""
    single = singular(word.lower())
    return lex.SAME_TITLE.get(single, single)


DOCUMENTS = lex.DOCUMENTS | {singular(w) for w in lex.DOCUMENTS}
BODIES = lex.ORG_HEADS | {singular(w) for w in lex.ORG_HEADS}
PEOPLE = lex.PERSON_NOUNS | lex.TITLE_ENDS
_LISTED = PEOPLE | lex.GROUPS | DOCUMENTS | BODIES
KNOWN = (
    lex.PERSON_NOUNS | lex.DOCUMENTS | lex.GROUPS | lex.PLURAL_NOUNS | lex.ORG_HEADS | (lex.TITLES - {"dean", "bishop"})
)
"""Words that are rather common nouns than names where a capital tells nothing."""


def kind_of(word: str) -> NounKind:
    """What a noun calls, in lower case; a noun that no list knows is judged by its ending."""
    single = singular(word)
    if single in PEOPLE or lex.SAME_TITLE.get(single) in PEOPLE:
        return "person"
    if word in lex.GROUPS or single in lex.GROUPS:
        return "group"
    if word in DOCUMENTS or single in DOCUMENTS:
        return "document"
    if word in BODIES or single in BODIES:
        return "body"
    if _SHEETS.search(single):
        return "document"
    return "document" if _WRITTEN.search(single) and not _PEOPLE.search(single) else "person"


def is_known(word: str) -> bool:
    """Whether some list knows a noun."""
    return word in _LISTED or singular(word) in _LISTED


def is_role(word: str) -> bool:
    """Whether a noun says what somebody is or does: "governor", "bus driver"'s "driver"."""
    single = singular(word)
    if single in PEOPLE or lex.SAME_TITLE.get(single) in PEOPLE or single in lex.KIN or single in trades.TRADES:
        return True
    if single in DOCUMENTS or single in trades.THINGS:
        return False
    return bool(_TRADES.search(word)) and len(word) > 4 and word not in lex.FUNCTION and not _QUALITY.search(word)


def gender(word: str) -> float:
    """1.0 for a noun that only men are called, -1.0 for one that only women are, else 0.0; of a compound its last part tells."""
    single = singular(word.rsplit("-", 1)[-1])
    told = lex.GENDERED_NOUNS.get(single, "f" if single.endswith("woman") else "")
    return {"m": 1.0, "f": -1.0}.get(told, 0.0)


def cannot_head(word: str) -> bool:
    """Whether a word before the end of a noun phrase is rather an adjective, participle or date than its head."""
    if word in lex.FUNCTION:
        return True
    return bool(_NO_HEAD.search(word)) and not is_known(word)

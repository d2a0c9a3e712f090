"""Mentions of names: what a run of capitalised words says of its bearer, its title split off."""

from __future__ import annotations

import re

from claimcheck.speakers import clues, nouns, trades
from claimcheck.speakers import lexicon as lex
from claimcheck.speakers.capitals import Capitals
from claimcheck.speakers.document import SPACES, Document
from claimcheck.speakers.entities import NameMention

_SCHOLAR = re.compile(r"^[a-z-]+(?:ologist|ographer|ician|(?<!christ)ist)$")
_PLURAL = re.compile(r"^[a-z-]{4,}(?<![siu])s$")
_GIVEN_TITLES = frozenset(["dean", "deacon"])
"""Titles that are given names, too: right after another role they are."""
_NAMES_IN_S = lex.KNOWN_BODIES | lex.words(
    """naples athens honduras cyprus wales maldives bahamas philippines seychelles netherlands texas kansas arkansas
    massachusetts dallas vegas"""
)
"""Names that look like plurals."""
_BEFORE_OFFICE = re.compile(r"^(?:ex|then)-")
"""What a hyphen joins to an office somebody had: "Ex-president Ana Sousa"."""
_ACADEMIC = frozenset(["university", "college", "campus", "faculty", "seminary", "cathedral", "abbey", "diocese"])
"""Where deans are."""


def read(doc: Document, capitals: Capitals, i: int, j: int) -> NameMention | None:
    """The mention that the run of tokens ``i`` to ``j`` is, its title split off; a bare title makes none."""
    if j > i + 1 and doc.words[j].lower() in lex.POSTNOMINALS and doc.words[j].isupper():
        j -= 1
    words = doc.words[i : j + 1]
    low = [w.lower() for w in words]
    cut = _title_length(doc, capitals, i, low)
    bare = False
    if cut < 0:
        if len(low) > 1:
            return None
        cut, bare = 0, True  # "Judge": a role, unless somebody of that name is in the article
    title, name = low[:cut], words[cut:]
    gender = 0.0
    for w in title:
        gender += {"m": 2.0, "f": -2.0}.get(lex.HONORIFICS.get(w, ""), 0.0) + 2.0 * nouns.gender(w)
    if i and doc.gap(i - 1, i) in SPACES:
        # "his sister Ana Sousa"
        gender += 2.0 * nouns.gender(doc.words[i - 1])
    if len(name) > 1 and (g := lex.GIVEN_NAMES.get(name[0].lower())):
        gender += 1.0 if g == "m" else -1.0
    weak = (
        bare or capitals.headline[i] or (capitals.initial[i] and not cut and j == i and not capitals.middle[words[0]])
    )
    if i in capitals.source_at and not bare:
        weak = weak and capitals.headline[i] and len(name) > 3
    elif weak and not bare and not capitals.headline[i] and not nouns.is_known(low[0]):
        after = doc.text[doc.ends[j] : doc.ends[j] + 24]
        weak = not (after.startswith(",") and clues.is_a_persons(after))  # "Widodo, 41, carried his pupils"
    if (
        not bare
        and not cut
        and i
        and doc.words[i - 1] == "the"
        and low[-1] in capitals.lower
        and lex.ORG_HEADS.isdisjoint(low)  # "the Department of Health"
    ):
        bare = weak = True  # "the International Arbiter": a role in capitals
    if (
        j == i
        and capitals.initial[i]
        and not (capitals.alone if nouns.is_known(low[0]) else capitals.middle)[words[0]]
        and (_PLURAL.search(low[0]) or (nouns.is_plural(low[0]) and nouns.singular(low[0]) in nouns.PEOPLE))
        and not doc.possessive[i]
        and _is_common(doc, i)
        and (
            nouns.is_role(low[0])
            or low[0] in capitals.lower
            or not clues.is_a_persons(doc.text[doc.ends[i] : doc.ends[i] + 24])
        )
    ):
        bare = weak = True  # "Residents said", "Workers said" beside "Harbour Workers"
    if (
        j == i
        and capitals.initial[i]
        and not capitals.middle[words[0]]
        and low[0] in lex.ORG_HEADS
        and j + 1 < len(doc.words)
        and doc.gap(j, j + 1) in SPACES
        and doc.words[j + 1].islower()
        and nouns.is_role(doc.words[j + 1])
    ):
        bare = weak = True  # "Ministry spokeswoman Ana Sousa"
    if j == i and low[0] in nouns.PEOPLE and _other_office_follows(doc, j):
        bare = weak = True  # "said Founder and Chief Executive Ana Sousa"
    common = low[0] in nouns.DOCUMENTS or low[0] in lex.GROUPS
    if j == i and common and capitals.initial[i] and not capitals.middle[words[0]]:
        bare = weak = True  # "Data from the institute", "Family of a missing hiker"
    if j == i and not cut and low[0] in lex.NATIONALS and i and doc.low[i - 1] in lex.ARTICLES:
        bare = weak = True  # "said the Italian"
    if low[-1].endswith("s") and low[-1][:-1] in lex.DEMONYMS and not cut:
        bare = weak = True  # "Republicans", "House Republicans": a group, and no name
    if low[-1] in ("republican", "democrat") and not cut:
        bare = weak = True  # "the Utah Republican": somebody of that party
    return NameMention(
        doc.starts[i + cut],
        doc.ends[j],
        tuple(name),
        i + cut,
        j,
        doc.starts[i],
        tuple(title),
        tuple(clues.of_mention(doc, i, i + cut, j, title, capitals.lower, capitals.headline[i])),
        gender,
        weak,
        bare,
    )


def _other_office_follows(doc: Document, j: int) -> bool:
    """Whether "and" and an office in capitals that somebody is named by come after a word."""
    words = doc.words
    if j + 3 >= len(words) or any(doc.gap(k, k + 1) not in SPACES for k in (j, j + 1, j + 2)):
        return False
    office = doc.low[j + 2] in lex.TITLES | lex.TITLE_MODIFIERS and words[j + 2][0].isupper()
    return words[j + 1] == "and" and office and words[j + 3][0].isupper()


def _is_common(doc: Document, i: int) -> bool:
    """Whether a word in -s that opens a sentence is a plural: "Residents" is, "Brussels" and "Siemens and Thales" are not."""
    words = doc.words
    low = doc.low[i]
    if low in lex.CAPITALS or low in _NAMES_IN_S:
        return False
    beside = words[i + 2] if i + 2 < len(words) and words[i + 1] == "and" else ""
    return not (beside[:1].isupper() and not nouns.is_known(beside.lower()))


def _after_role(doc: Document, i: int, cut: int, low: list[str]) -> bool:
    """Whether a role stands right before the last word of a title, which then begins the name: "captain Dean Bell"."""
    if cut > 1:
        return low[cut - 2] in lex.TITLE_ENDS or low[cut - 2] in lex.PERSON_NOUNS
    return i > 0 and doc.gap(i - 1, i) in SPACES and nouns.is_role(doc.words[i - 1])


def _is_given(doc: Document, capitals: Capitals, i: int, low: list[str]) -> bool:
    """Whether a title that is a given name too is one: "Dean Bell" where no dean and no other Bell is spoken of."""
    if len(low) != 2 or low[0] in capitals.lower or (i and doc.low[i - 1] in lex.ARTICLES):
        return False
    before = capitals.before
    if low[0] in before.get("of", ()) or not before.keys().isdisjoint(_ACADEMIC):
        return False  # "Dean of Students"
    others = before.get(low[1], set()) - {low[0]} - lex.HONORIFICS.keys() - lex.FUNCTION
    return not others  # "Ana Bell", then "Dean Bell"


def _title_length(doc: Document, capitals: Capitals, i: int, low: list[str]) -> int:
    """How many words of a run are a title; -1 if all of them are."""
    if low[-1] == "party" and len(low) > 1:
        return 0  # "the Conservative Party"
    if all(w in lex.TITLES or w in lex.HONORIFICS or w == "head" for w in low):
        # An honorific stands before a surname such as "King".
        return 1 if len(low) > 1 and low[0] in lex.HONORIFICS else -1
    # "Senator Ana del Prado" is none.
    body = low[-1] in lex.ORG_HEADS or any(w in lex.ORG_LINKS and w not in lex.PARTICLES for w in low)
    if body and low[-1] not in lex.ORG_HEADS:
        # "Bank of Tarn Governor Jo Bell": an office and one to three words after the body's name.
        link = max((k for k, w in enumerate(low) if w in lex.ORG_LINKS), default=-1)
        office = max((k for k in range(link + 2, len(low) - 1) if low[k] in lex.TITLE_ENDS), default=-1)
        while 0 < office < len(low) - 2 and low[office + 1] in lex.TITLES:
            office += 1  # "Chief Executive"
        if office > 0 and len(low) - office <= 4 and not any(w in lex.ORG_HEADS for w in low[office + 1 :]):
            return office + 1
    trade = low[0] in trades.TRADES or (len(low) > 2 and _SCHOLAR.search(low[0]) is not None)
    cut = int(trade and not body and len(low) > 1 and capitals.initial[i])
    for k, w in enumerate(low[:-1]):
        plain = _BEFORE_OFFICE.sub("", w)
        if w in lex.HONORIFICS or (not body and (plain in lex.TITLE_ENDS or plain in lex.PERSON_NOUNS)):
            cut = k + 1
    if not cut and not body and low[0] == "deputy" and len(low) > 1:
        cut = 1  # a member of parliament, or a sheriff's: "Deputy Ana Sousa"
    if (
        cut == len(low) - 1
        and low[cut - 1] in _GIVEN_TITLES
        and (_after_role(doc, i, cut, low) or _is_given(doc, capitals, i, low))
    ):
        cut -= 1
    if not cut and not body and len(low) >= 3 and i >= 2 and low[0] not in lex.GIVEN_NAMES:
        # "Secretary of State Jo Bell", "Head of Mission Jo Bell": what follows "of" begins with the office.
        of = i - 2 if doc.words[i - 1] == "the" else i - 1
        if of > 0 and doc.words[of] in ("of", "for", "from") and nouns.is_role(doc.words[of - 1].lower()):
            cut = max(1, len(low) - 2)
    return 0 if all(w in lex.TITLES for w in low[cut:]) and low[0] not in lex.HONORIFICS else cut

"""One noun phrase to a reference: the name that heads it, the one in apposition to it or of an office's holder, else a nominal."""

from __future__ import annotations

import re

from claimcheck.speakers import lexicon as lex
from claimcheck.speakers import nominals, nouns
from claimcheck.speakers.document import Document
from claimcheck.speakers.entities import NameMention
from claimcheck.speakers.head_zones import breaks, is_person, zone_end
from claimcheck.speakers.references import Reference

_LONGEST_OFFICE = 8
"""Tokens between the name with which an office begins and its holder's, at most."""
_OFFICE_GAP = re.compile(r"[ \u00a0]|[–-]|[ \u00a0]\(|\)[ \u00a0]|[”\"’'][ \u00a0]")
_NO_OFFICE = frozenset(["and", "or", "but", "with", "about", "against", "by", "as", "on", "after", "that"])
_EITHER = lex.FIRMS | lex.words(
    "consultant auditor adviser advisor pollster lobbyist architect designer investor partner forecaster"
)
"""What a body is called as often as a person, with its name beside it."""


def read(doc: Document, mentions: list[NameMention], tokens: list[int], start: int, end: int) -> Reference:
    """The reference that the noun phrase of some tokens is; ``mentions`` are the names in it."""
    zone = zone_end(doc, tokens, mentions)
    head = tokens[zone - 1]
    for m in mentions:
        if m.first <= head <= m.last or (m.last == head - 1 and doc.words[head].lower() in lex.POSTNOMINALS):
            m = _apposed_holder(doc, mentions, m, tokens) or _holder(doc, mentions, m) or m
            return Reference("name", start, end, name=m, gender=m.gender)
    nominal = nominals.read(doc, mentions, tokens, zone, start, end)
    if nominal.kind == "person" and zone < len(tokens) and doc.words[tokens[zone]] == "of":
        # "head of mission Jo Bell", "Leader of the House Jo Bell"; but critics of President Bell are not he
        for m in mentions:
            office = m.title and not nominal.plural and not any(_is_office(w) for w in m.title)
            if office and m.last == tokens[-1] and is_person(m):
                return Reference("name", start, end, name=m, gender=m.gender)
    # "his top aide, Jo Bell", "the weather bureau, PAGASA": the name is the apposition.
    for m in mentions:
        if _ends_place(doc, mentions, m, head):
            continue
        if m.first > head and (m.entity is not None or not m.weak) and _apposed(doc, m, head):
            if doc.possessive[m.last]:
                break
            # Little tells an unknown name of a company from a person's: that it ends the source does.
            fits = is_person(m) == (nominal.kind == "person") or (nominal.kind == "body" and m.last == tokens[-1])
            fits = fits or (nominal.head in _EITHER and m.last == tokens[-1] and m.first - len(m.title) == head + 1)
            fits = fits or (m.last == tokens[-1] and _called_a_body(doc, m, head))
            if fits and not (nominal.plural and nominal.kind == "person"):
                return Reference("name", start, end, name=m, gender=m.gender)
            if not fits and not nominal.plural and (bearer := _borne(doc, mentions, m)) is not None:
                return Reference("name", start, end, name=bearer, gender=bearer.gender)
            break
    return nominal


def _called_a_body(doc: Document, m: NameMention, head: int) -> bool:
    """Whether a name has the noun of a body before it in an apposition: "its main tenant, the budget carrier Orla Air"."""
    k = m.first - len(m.title) - 1
    if k <= head or m.title or doc.gap(k, k + 1) != " " or not doc.words[k].islower():
        return False
    body = nouns.kind_of(doc.low[k]) == "body" or (doc.low[k] in lex.FIRMS and not is_person(m))
    while k > head and not breaks(doc, k - 1, k):
        k -= 1
    return body and doc.low[k] in lex.ARTICLES


def _ends_place(doc: Document, mentions: list[NameMention], m: NameMention, head: int) -> bool:
    """Whether a name is the second half of a place: "The company, based in Austin, Texas, "."""
    town = next((x for x in mentions if head < x.first and x.last == m.first - len(m.title) - 1), None)
    if town is None or doc.gap(town.last, m.first) not in (", ", ",\u00a0") or m.title:
        return False
    body = any(w in lex.ORG_HEADS or w in lex.ORG_ENDS for w in m.key) or is_person(m)
    body = body or any(w.isupper() and len(w) > 2 and "." not in w for w in m.words)
    return doc.low[town.first - 1] in ("in", "near", "outside", "from", "at") and not body


def _is_office(word: str) -> bool:
    """Whether a word of a title, in lower case, says by itself what somebody is: "president", "mr"."""
    return word in lex.TITLES or word in lex.HONORIFICS or nouns.is_role(word)


def _holder(doc: Document, mentions: list[NameMention], office: NameMention) -> NameMention | None:
    """The person named right after an office that begins with a name: "Tarn Union (TU) head Vera Lund"."""
    role = nouns.is_role(office.words[-1].lower())
    surname = len(office.words) > 1 and not nouns.is_known(office.words[-1].lower())  # "Jo Chapman of New Dawn"
    if doc.possessive[office.last] or (is_person(office) and (not role or surname)):
        return None
    for m in mentions:
        first = m.first - len(m.title)
        if not office.last < first <= office.last + _LONGEST_OFFICE or not is_person(m) or doc.possessive[m.last]:
            continue
        between = range(office.last + 1, first)
        words = [doc.words[i].lower() for i in between]
        joined = all(_OFFICE_GAP.fullmatch(doc.gap(i, i + 1)) for i in range(office.last, first))
        if not joined or any(w in _NO_OFFICE or w in lex.SAID or w in lex.RELATIVES for w in words):
            return None
        if m.title or (words and nouns.is_role(words[-1])) or (role and words and words[0] in lex.PREPOSITIONS):
            return m
    return None


def _apposed_holder(
    doc: Document, mentions: list[NameMention], office: NameMention, tokens: list[int]
) -> NameMention | None:
    """The person named after the comma that ends an office in capitals: "the club's Sporting Director, Vera Lund"."""
    first = office.first - len(office.title)
    if (
        doc.possessive[office.last]
        or not nouns.is_role(doc.low[office.last])
        or len(office.words) + len(office.title) < 2
    ):
        return None
    k = first - 1
    while k >= tokens[0] and doc.words[k].islower() and doc.low[k] not in lex.FUNCTION and not doc.possessive[k]:
        k -= 1
    if k < tokens[0] or not (doc.low[k] in lex.ARTICLES or doc.low[k] in nominals.POSSESSIVES or doc.possessive[k]):
        return None
    for m in mentions:
        begin = m.first - len(m.title)
        if m.first <= office.last or "," not in doc.gap(begin - 1, begin):
            continue
        between = range(office.last + 1, begin)
        if any(breaks(doc, i - 1, i) for i in between) or any(doc.low[i] in lex.SAID for i in between):
            return None
        ends = m.last == tokens[-1] or doc.text[doc.ends[m.last] : doc.ends[m.last] + 1] in (",", ";", ")")
        return m if ends and is_person(m) and not doc.possessive[m.last] else None
    return None


def _borne(doc: Document, mentions: list[NameMention], body: NameMention) -> NameMention | None:
    """The person whose role a body's name begins: "Tarn Harbour Union chairwoman Vera Lund"."""
    for m in mentions:
        if m.first > body.last:
            between = range(body.last + 1, m.first - len(m.title))
            roles = [doc.words[i].lower() for i in (*between, *range(m.first - len(m.title), m.first))]
            joined = all(doc.gap(i, i + 1).isspace() for i in range(body.last, m.first))
            return m if 0 < len(roles) < 5 and joined and nouns.is_role(roles[-1]) and is_person(m) else None
    return None


def _apposed(doc: Document, m: NameMention, head: int) -> bool:
    """Whether a name begins a phrase of its own, after a comma, a dash or a bracket, its role words aside."""
    i = m.first - len(m.title)
    for _ in range(8):
        if i - 1 < head:
            return False
        if breaks(doc, i - 1, i):
            return True
        low = doc.words[i - 1].lower()
        if (
            (low in lex.FUNCTION and low not in lex.ARTICLES and low not in ("former", "new", "own"))
            or low in lex.SPEECH
            or low.endswith("ing")
        ):
            return False
        i -= 1
    return False

"""Source spans to references: a name, a pronoun, a nominal ("the governor"), or several of them joined by "and"."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from claimcheck.paragraphs import Span
from claimcheck.speakers import lexicon as lex
from claimcheck.speakers.document import Document
from claimcheck.speakers.entities import NameMention
from claimcheck.speakers.names import Names

Type = Literal["name", "pronoun", "nominal", "empty"]
Determiner = Literal["definite", "indefinite", "possessive", "bare"]

_MAX_PHRASE = 14
"""Tokens in the noun phrase that names an unnamed source, at most."""


@dataclass(slots=True, eq=False)
class Reference:
    """One source as it is mentioned: ``start`` to ``end`` in code points.

    Attributes:
        paradigm: of a pronoun: he, she, they, it, i, we, you, who; of a possessive determiner before a nominal too.
        head: the head noun of a nominal, canonical, in lower case.
        phrase: the noun phrase of a nominal, without article, relative clause and apposition.
        modifiers: the other content words of the nominal.
    """

    type: Type
    start: int
    end: int
    paradigm: str = ""
    name: NameMention | None = None
    head: str = ""
    determiner: Determiner = "bare"
    plural: bool = False
    gender: float = 0.0
    phrase: Span = (0, 0)
    modifiers: frozenset[str] = field(default_factory=frozenset)


def parse(doc: Document, names: Names, span: Span) -> list[Reference]:
    """The references in a source span, in the order of the text; none for a span without a word."""
    tokens = list(doc.tokens_in(*span))[:80]
    if not tokens:
        return []
    start, end = span
    first = doc.words[tokens[0]].lower()
    alone = len(tokens) == 1 or _breaks(doc, tokens[0]) or doc.words[tokens[1]].lower() in (
        "himself herself themselves itself too also both all alone who whom which said says later then himself".split()
    )
    if first in lex.PRONOUNS and first not in ("that",) and (alone or first in ("he", "she", "they", "it", "i", "we", "you", "who")):
        return [Reference("pronoun", start, end, paradigm=lex.PRONOUNS[first], plural=first in ("they", "them", "their"))]
    mentions = names.within(start, end)
    groups = _coordinated(doc, names, mentions, tokens)
    if groups:
        return [Reference("name", m.whole, m.end, name=m, gender=m.gender) for m in groups]
    return [_single(doc, names, mentions, tokens, start, end)]


def _breaks(doc: Document, i: int) -> bool:
    """Whether something other than a space follows the token."""
    after = doc.text[doc.ends[i] : doc.ends[i] + 1]
    return not after.isspace() and after not in "'’"


def _zone_end(doc: Document, tokens: list[int], mentions: list[NameMention]) -> int:
    """Index into ``tokens`` where the head zone ends: before a comma, a relative pronoun or a preposition."""
    inside = {i for m in mentions for i in range(m.first + 1, m.last + 1)}
    for k, i in enumerate(tokens):
        if k and i not in inside:
            gap = doc.text[doc.ends[tokens[k - 1]] : doc.starts[i]]
            if any(c in gap for c in ",;:()[]–—―") or " - " in gap:
                return k
        low = doc.words[i].lower()
        if k and i not in inside and doc.words[i].islower() and (low in lex.PREPOSITIONS or low in lex.RELATIVES or low in ("and", "or", "but", "is", "was", "has", "have", "had", "are", "were", "said", "told", "says")):
            return k
    return len(tokens)


def _coordinated(doc: Document, names: Names, mentions: list[NameMention], tokens: list[int]) -> list[NameMention]:
    """The names of people or bodies named side by side ("Ana Sousa and Jo Bell"), if there are several."""
    if len(mentions) < 2:
        return []
    zone = _zone_end(doc, tokens, mentions)
    head_last = tokens[zone - 1]
    chain: list[NameMention] = []
    for m in mentions:
        if not chain:
            # The first name must be the head: it ends the head zone, or "economists A B and C D".
            if m.first <= head_last and m.last >= head_last and not doc.possessive[m.last]:
                chain = [m]
            continue
        between = doc.text[chain[-1].end : m.whole].strip()
        words = between.replace(",", " ").replace("&", " and ").split()
        joined = words in (["and"], ["or"], ["and", "the"], ["and", "his"], ["and", "her"]) or (not words and between == ",")
        if joined and not doc.possessive[m.last]:
            chain.append(m)
        elif words and words[-1] == "and" and _is_person(chain[-1]) and _is_person(m) and between.startswith(","):
            # "Ana Sousa, head of research, and Jo Bell": what stands between is an apposition.
            chain.append(m)
    if len(chain) == 2 and not any(c in doc.text[chain[0].end : chain[1].whole] for c in ("and", "or", "&")):
        return []
    return chain if len(chain) > 1 else []


def _is_person(m: NameMention) -> bool:
    return m.evidence > 0 if m.entity is None else m.entity.is_person


def _single(doc: Document, names: Names, mentions: list[NameMention], tokens: list[int], start: int, end: int) -> Reference:
    zone = _zone_end(doc, tokens, mentions)
    head = tokens[zone - 1]
    named = [m for m in mentions if m.first <= head <= m.last]
    if named:
        m = named[-1]
        cut_off = doc.possessive[m.last] and zone < len(tokens) and False
        if not cut_off:
            return Reference("name", start, end, name=m, gender=m.gender)
    # "his top aide, Jo Bell", "the president of the bank, Jo Bell": the name is the apposition.
    following = [m for m in mentions if m.first > head and _after_comma(doc, m)]
    if following and (zone < len(tokens)):
        m = following[0]
        if _is_person(m) and not doc.possessive[m.last] and _head_can_be_person(doc.words[head].lower()):
            return Reference("name", start, end, name=m, gender=m.gender)
    return _nominal(doc, tokens, zone, start, end)


def _after_comma(doc: Document, m: NameMention) -> bool:
    before = doc.text[max(0, m.whole - 3) : m.whole].strip()
    return before[-1:] in ",(–—-:" and before != ""


def _head_can_be_person(head: str) -> bool:
    return head not in lex.DOCUMENTS and head not in lex.ORG_HEADS


def _nominal(doc: Document, tokens: list[int], zone: int, start: int, end: int) -> Reference:
    low = [doc.words[i].lower() for i in tokens]
    k = 0
    determiner: Determiner = "bare"
    paradigm = ""
    if low[0] in ("my", "our", "your", "his", "her", "its", "their"):
        determiner, paradigm = "possessive", lex.PRONOUNS[low[0]]
    elif low[0] in lex.DEFINITE:
        determiner, k = "definite", 1 if low[0] == "the" and len(low) > 1 else 0
    elif low[0] in lex.INDEFINITE or low[0].isdigit():
        determiner, k = "indefinite", 1 if low[0] in ("a", "an") and len(low) > 1 else 0
    elif doc.possessive[tokens[0]]:
        determiner = "possessive"
    zone = max(zone, k + 1)
    head_index = zone - 1
    for j in range(zone - 1, k - 1, -1):
        w = low[j]
        if w in lex.PERSON_NOUNS or w in lex.DOCUMENTS or w in lex.GROUPS or w in lex.ORG_HEADS or _singular(w) in lex.PERSON_NOUNS:
            head_index = j
            break
    head = low[head_index]
    last = len(tokens)
    for j in range(zone, len(tokens)):
        gap = doc.text[doc.ends[tokens[j - 1]] : doc.starts[tokens[j]]]
        if low[j] in lex.RELATIVES or any(c in gap for c in ",;:()–—\"“”"):
            last = j
            break
    last = min(last, k + _MAX_PHRASE)
    plural = is_plural(head) or low[0] in lex.NUMERALS and head_index > 0
    singular = _singular(head)
    phrase_end = doc.ends[tokens[last - 1]]
    # "the Florida senator's": the possessive mark is no part of the name, a plural's apostrophe neither.
    phrase = (doc.starts[tokens[k]], max(phrase_end, doc.starts[tokens[k]] + 1))
    g = lex.GENDERED_NOUNS.get(singular, "")
    modifiers = frozenset(
        w for j, w in enumerate(low[:last]) if j != head_index and w not in lex.FUNCTION and w not in lex.ARTICLES
    )
    return Reference(
        "nominal",
        start,
        end,
        paradigm=paradigm,
        head=lex.SAME_TITLE.get(singular, singular),
        determiner=determiner,
        plural=plural,
        gender={"m": 1.0, "f": -1.0}.get(g, 0.0),
        phrase=phrase,
        modifiers=modifiers,
    )


def _singular(word: str) -> str:
    if word in lex.PLURAL_NOUNS or len(word) < 4:
        return {"women": "woman", "men": "man", "parents": "parent", "critics": "critic", "sources": "source", "officials": "official"}.get(word, word)
    if word.endswith("men"):
        return word[:-3] + "man"
    if word.endswith("women"):
        return word[:-5] + "woman"
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "ches", "shes", "xes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def is_plural(word: str) -> bool:
    """Whether a noun is several people or things, by its form."""
    return word in lex.PLURAL_NOUNS or word in ("both", "many", "some", "others", "several", "few", "most") or _singular(word) != word

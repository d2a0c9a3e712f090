"""Source spans to references: a name, a pronoun, a nominal ("the governor"), or several of them joined by "and"."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from claimcheck.paragraphs import Span
from claimcheck.speakers import lexicon as lex
from claimcheck.speakers import nouns
from claimcheck.speakers.cast import Cast
from claimcheck.speakers.clues import log_odds
from claimcheck.speakers.document import Document
from claimcheck.speakers.entities import NameMention

Type = Literal["name", "pronoun", "nominal"]
Determiner = Literal["definite", "indefinite", "possessive", "bare"]

_SHARE = re.compile(
    r"(?:(?:only|about|nearly|almost|some|just|(?:more|fewer|less) than|an average of|another|as many as|the|a|vast"
    r"|overwhelming|slim|paltry|of|–|-|,)\s+)*(?:\d[\d.,]*\s*(?:percent\b|per\s?cent\b|%)|(?:one|two|three|four|\d+) in"
    r" (?:two|three|four|five|six|seven|eight|nine|ten|\d+)\b|(?:half|two-thirds|three-quarters|third|quarter|majority)\s+of\b|(?:less|more) than (?:a|one) (?:third|quarter|half)$)"
    r"|.*\b(?:surveyed|polled|respondents)\b",
    re.IGNORECASE | re.DOTALL,
)
"""A part of those who were asked: "41 percent of voters"."""
_JOINT = re.compile(r"(?<!\w)(?:and|or|&)\s")
_OWNERS = frozenset(["his", "her", "their", "its", "the"])
_RELATIVE_WORD = re.compile(r"\b(?:who|which|whose|said|says)\b")
_EXAMPLES = frozenset(["including", "like"])
_REACH = 14
"""Tokens after a head in which its examples begin."""
_STARTS_PHRASE = frozenset(
    [
        "the",
        "a",
        "an",
        "some",
        "many",
        "several",
        "other",
        "others",
        "his",
        "her",
        "their",
        "its",
        "most",
        "both",
        "two",
        "three",
        "four",
    ]
)
_MAX_PHRASE = 14
"""Tokens in the noun phrase that names an unnamed source, at most."""
_MAX_SOURCE = 80
"""Tokens of a source span that are looked at: a longer one is the network's mistake."""
_BREAKS = frozenset(',;:()[]–—―"“”«»\n')
_LONGEST_OFFICE = 8
"""Tokens between the name with which an office begins and its holder's, at most."""
_OFFICE_GAP = re.compile(r"[ \u00a0]|[–-]|[ \u00a0]\(|\)[ \u00a0]|[”\"’'][ \u00a0]")
_NO_OFFICE = frozenset(["and", "or", "but", "with", "about", "against", "by", "as", "on", "after", "that"])
_ENDS_HEAD = (
    lex.PREPOSITIONS
    | lex.SAID
    | lex.RELATIVES
    | frozenset(
        [
            "and",
            "or",
            "but",
            "nor",
            "is",
            "was",
            "has",
            "have",
            "had",
            "are",
            "were",
            "said",
            "told",
            "says",
            "himself",
            "herself",
            "themselves",
            "itself",
            "too",
        ]
    )
)
_POSSESSIVES = frozenset(["my", "our", "your", "his", "her", "its", "their"])
_BEFORE_NOUNS = _POSSESSIVES | {"that", "which", "whose"}
_EITHER = lex.FIRMS | lex.words(
    "consultant auditor adviser advisor pollster lobbyist architect designer investor partner forecaster"
)
"""What a body is called as often as a person, with its name beside it."""
_OF_SEVERAL = frozenset(["one", "another", "other", "first", "second", "third", "fourth"])
"""Words that call one of several people, whom an apposition may describe: "Another, a nurse"."""
_STANDING = lex.words("senior leading prominent influential powerful respected opposition political religious")
"""Words before "figure" with which it is a person, and no number."""
_PAIRS = frozenset(["both", "pair", "couple", "two", "duo"])


@dataclass(slots=True, eq=False)
class Reference:
    """One source as it is mentioned: ``start`` to ``end`` in code points.

    Attributes:
        paradigm: of a pronoun: he, she, they, it, i, we, you, who; of a possessive determiner before a nominal too.
        name: the name mention of a name; of a nominal the name that possesses or modifies its head, if any.
        head: the head noun of a nominal, canonical, in lower case.
        kind: what such a head calls.
        phrase: the noun phrase of a nominal, without article, relative clause and apposition.
        modifiers: the other content words of the nominal.
        plain: whether a nominal is a head with two modifiers at most and nothing after it.
        share: whether it is a part of those who were asked in a poll. owned: whether ``name`` possesses it.
        pair: whether it means two mentioned just before ("both", "the couple").
    """

    type: Type
    start: int
    end: int
    paradigm: str = ""
    name: NameMention | None = None
    head: str = ""
    kind: nouns.NounKind = "person"
    determiner: Determiner = "bare"
    plural: bool = False
    gender: float = 0.0
    phrase: Span = (0, 0)
    modifiers: frozenset[str] = field(default_factory=frozenset)
    pair: bool = False
    plain: bool = False
    share: bool = False
    owned: bool = False


def parse(doc: Document, cast: Cast, span: Span) -> list[Reference]:
    """The references in a source span, in the order of the text; none for a span without a word."""
    tokens = list(doc.tokens_in(*span))[:_MAX_SOURCE]
    while tokens and (
        doc.words[tokens[0]].lower() in ("and", "but", "yet", "so", "even", "only", "then", "as", *lex.SAID)
    ):
        tokens.pop(0)
    if not tokens:
        return []
    start, end = span
    first = doc.words[tokens[0]]
    paradigm = lex.PRONOUNS.get(first.lower(), "")
    if first == "US" or (first == "IT" and len(tokens) == 1):
        paradigm = ""  # a country, a department
    mentions = [m for m in cast.within(start, end) if m.entity is not None or not m.bare]
    if first == "WHO" and (not doc.words[tokens[-1]].isupper() or any(m.first == tokens[0] for m in mentions)):
        paradigm = ""  # the World Health Organization, where not all is in capitals
    alone = (
        len(tokens) == 1 or not doc.gap(tokens[0], tokens[1]).isspace() or doc.words[tokens[1]].lower() in _ENDS_HEAD
    )
    if paradigm and (alone or first.lower() not in _BEFORE_NOUNS):
        plural = paradigm == "they"
        return [Reference("pronoun", start, end, paradigm=paradigm, plural=plural)]
    groups = _coordinated(doc, mentions, tokens)
    if groups:
        return [Reference("name", m.whole, m.end, name=m, gender=m.gender) for m in groups]
    if several := _several(doc, mentions, tokens):
        return several
    single = _single(doc, mentions, tokens, start, end)
    if single.type == "name" and single.name is not None and single.name.first > tokens[0]:
        # "the mayor, Ana Sousa, and the police chief, Jo Bell"
        begins = single.name.first
        named = _coordinated(doc, [m for m in mentions if m.first >= begins], [k for k in tokens if k >= begins])
        if named and all(_is_person(m) for m in named):
            return [Reference("name", m.whole, m.end, name=m, gender=m.gender) for m in named]
    return [single]


def _several(doc: Document, mentions: list[NameMention], tokens: list[int]) -> list[Reference]:
    """A noun phrase with examples ("critics, including Ana Sousa") or another one beside it ("the mayor and his wife")."""
    zone = _zone_end(doc, tokens, mentions)
    rest = tokens[zone:]
    if len(rest) < 2 or any(m.first <= tokens[zone - 1] <= m.last for m in mentions):
        return []
    low = [doc.words[i].lower() for i in rest[:3]]
    first, last = tokens[0], tokens[zone - 1]
    group = _single(doc, [], tokens[:zone], doc.starts[first], doc.ends[last])
    at, skip = _examples(doc, tokens, zone)
    if skip:
        if len(tokens) <= at + skip:
            return []
        found = _names_from(doc, mentions, tokens[at + skip :])
        return [group, *found] if doc.words[tokens[at]].lower() == "including" and found else found
    named = _listed(doc, mentions, last, rest) if group.plural else []
    if named and all(_is_person(m) == (group.kind == "person") for m in named):
        return [Reference("name", m.whole, m.end, name=m, gender=m.gender) for m in named]
    k = 1 if low[0] == "and" else 0
    if k and low[1] in _STARTS_PHRASE and not group.share and low[1] not in ("its", "most"):
        inside = [m for m in mentions if m.first >= rest[1]]
        return [group, _single(doc, inside, rest[1:], doc.starts[rest[1]], doc.ends[tokens[-1]])]
    return []


def _listed(doc: Document, mentions: list[NameMention], last: int, rest: list[int]) -> list[NameMention]:
    """The names after the first comma of a plural phrase: "Two mayors of the coast, Ana Sousa and Jo Bell".

    Args:
        last: the token of the head. rest: the tokens after it.
    """
    for k, i in enumerate(rest[:_REACH]):
        if "," not in doc.gap(last if not k else rest[k - 1], i):
            continue
        of = doc.words[rest[k - 1]] if k else ""
        after = [m for m in mentions if m.first >= i]
        if not after or (of and nouns.is_plural(of) and nouns.kind_of(of) == "person"):
            return []  # "families of two victims, Ana Sousa and Jo Bell"
        before = range(i, after[0].first - len(after[0].title))
        if len(before) > 2 or not all(doc.words[j].islower() and nouns.is_known(doc.words[j]) for j in before):
            return []
        named = _coordinated(doc, after, rest[k:])
        return named if not k or all(_is_person(m) for m in named) else []
    return []


def _examples(doc: Document, tokens: list[int], zone: int) -> tuple[int, int]:
    """Index into ``tokens`` of "like", "including", "such as" or "led by", and its length in tokens; length 0 for none.

    It follows the head zone, or a comma after what is said of the head: "critics of the plan, like Ana Sousa".
    """
    for k in range(zone, min(len(tokens) - 1, zone + _REACH)):
        if k > zone and "," not in doc.gap(tokens[k - 1], tokens[k]):
            continue
        words = doc.words[tokens[k]].lower(), doc.words[tokens[k + 1]].lower()
        if words[0] in _EXAMPLES:
            return k, 1
        if words == ("led", "by") and nouns.kind_of(doc.low[tokens[zone - 1]]) == "body":
            break  # "the mission, led by Ana Sousa, said it"
        if words == ("such", "as") or (words == ("led", "by") and "," in doc.gap(tokens[k - 1], tokens[k])):
            return k, 2  # "states led by Ohio" are more than Ohio
        if k > zone:
            break
    return zone, 0


def _names_from(doc: Document, mentions: list[NameMention], tokens: list[int]) -> list[Reference]:
    """The names in some tokens that are sources: several joined by "and", or one that heads the phrase."""
    after = [m for m in mentions if m.first >= tokens[0]]
    if not after:
        return []
    named = _coordinated(doc, after, tokens)
    if not named:
        single = _single(doc, after, tokens, doc.starts[tokens[0]], doc.ends[tokens[-1]])
        if single.name is None or single.type != "name":
            return []
        # "the mayor, Ana Sousa, and Jo Bell"
        first = single.name.first
        named = _coordinated(doc, [m for m in after if m.first >= first], [k for k in tokens if k >= first])
        if not named:
            return [single]
    return [Reference("name", m.whole, m.end, name=m, gender=m.gender) for m in named]


def _breaks(doc: Document, left: int, right: int) -> bool:
    """Whether punctuation that ends a phrase stands between two tokens."""
    gap = doc.text[doc.ends[left] : min(doc.starts[right], doc.ends[left] + 12)]
    return any(c in _BREAKS for c in gap) or " - " in gap


def _zone_end(doc: Document, tokens: list[int], mentions: list[NameMention]) -> int:
    """Index into ``tokens`` where the head zone ends: before a comma, a relative pronoun or a preposition.

    "and" before more role words and a name does not end it: "radio host and author Jo Bell".
    """
    inside = {i for m in mentions for i in range(m.first - len(m.title) + 1, m.last + 1)}
    named = {m.first for m in mentions}
    for k, i in enumerate(tokens):
        if not k or i in inside or (i in named and doc.words[i] == "WHO"):
            continue
        if _breaks(doc, tokens[k - 1], i):
            return k
        low = doc.words[i].lower()
        previous = doc.words[tokens[k - 1]].lower()
        participle = low.endswith(("ed", "ing")) and doc.words[i].islower() and not nouns.is_known(low)
        named_next = k + 1 == len(tokens) or i + 1 in inside
        if participle and nouns.is_known(previous) and previous not in lex.TITLE_MODIFIERS and not named_next:
            return k  # "a memo leaked to the press"
        if low in ("this", "last", "next", "dated") and nouns.is_known(previous):
            return k
        if low == "such" and k + 1 < len(tokens) and doc.words[tokens[k + 1]].lower() == "as":
            return k
        if low in _ENDS_HEAD and (doc.words[i].islower() or low in lex.RELATIVES):
            if (
                low == "and"
                and _role_then_name(doc, tokens[k + 1 :], mentions)
                and not _ends_name(tokens[k - 1], mentions)
            ):
                continue
            if owns_office(doc, i):
                continue
            return k
    return len(tokens)


def owns_office(doc: Document, of: int) -> bool:
    """Whether "of" is inside the name of an office that owns one: "the secretary of state's office"."""
    inside = doc.low[of] == "of" and of + 2 < len(doc.words) and doc.words[of + 1].islower()
    return inside and doc.possessive[of + 1] and nouns.kind_of(doc.low[of + 2]) == "body"


def _ends_name(token: int, mentions: list[NameMention]) -> bool:
    return any(m.last == token and _is_person(m) for m in mentions)


def _role_then_name(doc: Document, tokens: list[int], mentions: list[NameMention]) -> bool:
    """Whether some tokens are role words in lower case and then a person's name."""
    for k, i in enumerate(tokens[:8]):
        named = [m for m in mentions if m.first - len(m.title) <= i <= m.last]
        if named:
            return (k > 0 or bool(named[0].title)) and _is_person(named[0]) and not doc.possessive[named[0].last]
        if doc.low[i] in lex.FUNCTION and doc.low[i] != "former":
            return False
        if k and _breaks(doc, tokens[k - 1], i):
            return False
    return False


def _coordinated(doc: Document, mentions: list[NameMention], tokens: list[int]) -> list[NameMention]:
    """The names of people or bodies named side by side ("Ana Sousa and Jo Bell"), if there are several."""
    if len(mentions) < 2:
        return []
    head = tokens[_zone_end(doc, tokens, mentions) - 1]
    chain: list[NameMention] = []
    joined_by_word = False
    for m in mentions:
        if not chain:
            # The first name is the head: it ends the head zone.
            if m.first <= head <= m.last and not doc.possessive[m.last]:
                chain = [m]
            continue
        if _is_adjective(doc, m):
            continue  # "and her French counterpart, Jo Bell"
        between = doc.text[chain[-1].end : m.whole]
        if doc.possessive[m.last] or not (link := _link(between, _is_person(chain[-1]) and _is_person(m))):
            continue
        joined_by_word |= link == "and"
        chain.append(m)
    return chain if len(chain) > 1 and joined_by_word else []


def _is_adjective(doc: Document, m: NameMention) -> bool:
    """Whether a name is a people's, before the noun it belongs to: "her French counterpart"."""
    k = m.last
    people = len(m.words) == 1 and (m.key[0] in lex.NATIONALITIES or m.key[0] in lex.DEMONYMS)
    if not people or k + 1 >= len(doc.words) or doc.gap(k, k + 1) != " ":
        return False
    noun = doc.words[k + 1]
    return noun.islower() and noun not in lex.FUNCTION and noun not in lex.SPEECH


def _link(between: str, people: bool) -> str:
    """How what stands between two names joins them: "and", "," or "" for not at all.

    Between people there may be an apposition and a role: "Ana Sousa, head of research, and the lawyer Jo Bell".
    """
    text = between.strip() + " "
    if text == ", ":
        return ","
    joints = list(_JOINT.finditer(text))
    if not joints:
        return ""
    left, word, right = text[: joints[-1].start()], joints[-1].group(), text[joints[-1].end() :]
    left, roles = left.strip(), [w for w in right.removesuffix(", ").split() if w.lower() not in lex.NATIONALITIES]
    noun = roles[-1] if roles else ""
    if roles and roles[0] in _OWNERS and (nouns.is_role(noun) or noun == "counterpart"):
        roles = roles[:1] if noun == "counterpart" else [*roles[:-1], noun]  # "and his wife, Jo Bell"
    if not word or any(w in lex.PREPOSITIONS or w in lex.RELATIVES or not w.islower() for w in roles):
        return ""
    if left in ("", ",") and (not roles or roles[-1] in ("the", "his", "her")):
        return "and"
    apposed = left[:1] in (",", "(", "–", "—") or left.startswith(("of ", "from "))
    named = (
        not roles or roles[-1] in ("the", "his", "her", "their") or nouns.is_role(roles[-1]) or roles[-1] == "former"
    )
    return "and" if people and named and (apposed or not left) and not _RELATIVE_WORD.search(left) else ""


def _is_person(m: NameMention) -> bool:
    return log_odds(Counter(m.clues), len(m.words)) > 0 if m.entity is None else m.entity.is_person


def _single(doc: Document, mentions: list[NameMention], tokens: list[int], start: int, end: int) -> Reference:
    zone = _zone_end(doc, tokens, mentions)
    head = tokens[zone - 1]
    for m in mentions:
        if m.first <= head <= m.last or (m.last == head - 1 and doc.words[head].lower() in lex.POSTNOMINALS):
            m = _apposed_holder(doc, mentions, m, tokens) or _holder(doc, mentions, m) or m
            return Reference("name", start, end, name=m, gender=m.gender)
    nominal = _nominal(doc, mentions, tokens, zone, start, end)
    if nominal.kind == "person" and zone < len(tokens) and doc.words[tokens[zone]] == "of":
        # "head of mission Jo Bell", "Leader of the House Jo Bell"; but critics of President Bell are not he
        for m in mentions:
            office = m.title and not nominal.plural and not any(_is_office(w) for w in m.title)
            if office and m.last == tokens[-1] and _is_person(m):
                return Reference("name", start, end, name=m, gender=m.gender)
    # "his top aide, Jo Bell", "the weather bureau, PAGASA": the name is the apposition.
    for m in mentions:
        if _ends_place(doc, mentions, m, head):
            continue
        if m.first > head and (m.entity is not None or not m.weak) and _apposed(doc, m, head):
            if doc.possessive[m.last]:
                break
            # Little tells an unknown name of a company from a person's: that it ends the source does.
            fits = _is_person(m) == (nominal.kind == "person") or (nominal.kind == "body" and m.last == tokens[-1])
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
    body = nouns.kind_of(doc.low[k]) == "body" or (doc.low[k] in lex.FIRMS and not _is_person(m))
    while k > head and not _breaks(doc, k - 1, k):
        k -= 1
    return body and doc.low[k] in lex.ARTICLES


def _ends_place(doc: Document, mentions: list[NameMention], m: NameMention, head: int) -> bool:
    """Whether a name is the second half of a place: "The company, based in Austin, Texas, "."""
    town = next((x for x in mentions if head < x.first and x.last == m.first - len(m.title) - 1), None)
    if town is None or doc.gap(town.last, m.first) not in (", ", ",\u00a0") or m.title:
        return False
    body = any(w in lex.ORG_HEADS or w in lex.ORG_ENDS for w in m.key) or _is_person(m)
    body = body or any(w.isupper() and len(w) > 2 and "." not in w for w in m.words)
    return doc.low[town.first - 1] in ("in", "near", "outside", "from", "at") and not body


def _is_office(word: str) -> bool:
    """Whether a word of a title, in lower case, says by itself what somebody is: "president", "mr"."""
    return word in lex.TITLES or word in lex.HONORIFICS or nouns.is_role(word)


def _holder(doc: Document, mentions: list[NameMention], office: NameMention) -> NameMention | None:
    """The person named right after an office that begins with a name: "Tarn Union (TU) head Vera Lund"."""
    role = nouns.is_role(office.words[-1].lower())
    surname = len(office.words) > 1 and not nouns.is_known(office.words[-1].lower())  # "Jo Chapman of New Dawn"
    if doc.possessive[office.last] or (_is_person(office) and (not role or surname)):
        return None
    for m in mentions:
        first = m.first - len(m.title)
        if not office.last < first <= office.last + _LONGEST_OFFICE or not _is_person(m) or doc.possessive[m.last]:
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
    if k < tokens[0] or not (doc.low[k] in lex.ARTICLES or doc.low[k] in _POSSESSIVES or doc.possessive[k]):
        return None
    for m in mentions:
        begin = m.first - len(m.title)
        if m.first <= office.last or "," not in doc.gap(begin - 1, begin):
            continue
        between = range(office.last + 1, begin)
        if any(_breaks(doc, i - 1, i) for i in between) or any(doc.low[i] in lex.SAID for i in between):
            return None
        ends = m.last == tokens[-1] or doc.text[doc.ends[m.last] : doc.ends[m.last] + 1] in (",", ";", ")")
        return m if ends and _is_person(m) and not doc.possessive[m.last] else None
    return None


def _borne(doc: Document, mentions: list[NameMention], body: NameMention) -> NameMention | None:
    """The person whose role a body's name begins: "Tarn Harbour Union chairwoman Vera Lund"."""
    for m in mentions:
        if m.first > body.last:
            between = range(body.last + 1, m.first - len(m.title))
            roles = [doc.words[i].lower() for i in (*between, *range(m.first - len(m.title), m.first))]
            joined = all(doc.gap(i, i + 1).isspace() for i in range(body.last, m.first))
            return m if 0 < len(roles) < 5 and joined and nouns.is_role(roles[-1]) and _is_person(m) else None
    return None


def _apposed(doc: Document, m: NameMention, head: int) -> bool:
    """Whether a name begins a phrase of its own, after a comma, a dash or a bracket, its role words aside."""
    i = m.first - len(m.title)
    for _ in range(8):
        if i - 1 < head:
            return False
        if _breaks(doc, i - 1, i):
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


_GENERAL = frozenset(
    [
        "people",
        "person",
        "persons",
        "official",
        "officials",
        "those",
        "company",
        "firm",
        "one",
        "someone",
        "somebody",
        "anyone",
        "engineers",
    ]
)


def _general(words: list[str]) -> bool:
    """Whether a noun phrase says so little that its relative clause is needed: "people who saw the offer"."""
    return bool(words) and words[-1] in _GENERAL and len(words) <= 2


def _is_figure(low: list[str], head: int) -> bool:
    """Whether figures are people: "a senior figure", "a figure close to the bishop", not "the latest figures"."""
    if low[head] not in ("figure", "figures"):
        return False
    return not _STANDING.isdisjoint(low[:head]) or low[head + 1 : head + 2] in (["close"], ["within"])


def _kind(low: list[str], head: int, share: bool) -> nouns.NounKind:
    """What a noun phrase speaks of, by its head and what stands before it."""
    if share or _is_figure(low, head):
        return "person"
    compound = " ".join(low[max(0, head - 1) : head + 1]) in lex.COMPOUNDS
    return "body" if compound else nouns.kind_of(low[head])


def _nominal(
    doc: Document, mentions: list[NameMention], tokens: list[int], zone: int, start: int, end: int
) -> Reference:
    low = [doc.words[i].lower() for i in tokens]
    aside = next((j for j in (1, 2) if j < len(tokens) and low[j - 1] in _OF_SEVERAL), 0)
    aside = aside if aside and "," in doc.gap(tokens[aside - 1], tokens[aside]) else 0
    if aside and len(tokens) > aside + 1 and low[aside] in ("a", "an"):
        tokens = tokens[aside:]  # "The second, a nurse at the clinic": what the second is says more
        return _nominal(doc, mentions, tokens, _zone_end(doc, tokens, mentions), start, end)
    k = 0
    determiner: Determiner = "bare"
    paradigm = ""
    if low[0] in _POSSESSIVES:
        determiner, paradigm = "possessive", lex.PRONOUNS[low[0]]
    elif low[0] in lex.DEFINITE:
        determiner, k = "definite", 1 if low[0] in ("the", "this", "that", "these", "those") and len(low) > 1 else 0
    elif low[0] in lex.INDEFINITE or low[0].isdigit():
        counted = low[0] in ("a", "an", "one", "another", "several", "most", "any") and len(low) > 1
        determiner, k = "indefinite", int(counted and low[1] not in lex.PREPOSITIONS and aside != 1)
    elif any(doc.possessive[i] for i in tokens[: zone - 1]):
        determiner = "possessive"
    zone = max(zone, k + 1)
    head_index = zone - 1
    if nouns.cannot_head(low[head_index]) or tokens[head_index] in {m.last for m in mentions}:
        head_index = next((j for j in range(zone - 1, k - 1, -1) if nouns.is_known(low[j])), head_index)
    last = len(tokens)
    for j in range(k + 1, len(tokens)):
        if (
            (low[j] in lex.RELATIVES and not _general(low[k:j]))
            or low[j] in ("himself", "herself", "themselves")
            or _breaks(doc, tokens[j - 1], tokens[j])
        ):
            last = j
            break
    last = min(last, k + _MAX_PHRASE)
    while last - 1 > head_index and low[last - 1].endswith("ed") and nouns.cannot_head(low[last - 1]):
        last -= 1  # "A lawsuit filed"
    while last > zone and (low[last - 1] in _ENDS_HEAD or low[last - 1] in lex.ARTICLES):
        last -= 1
    head = low[head_index]
    share = _SHARE.match(doc.text, start, min(end, start + 200)) is not None
    single = nouns.singular(head)
    pair = low[0] == "both" or (low[0] in lex.DEFINITE and any(w in _PAIRS for w in low[:zone]))
    possessor = next((m for m in mentions if m.last < tokens[head_index] or m.first > tokens[head_index]), None)
    # "critics of President Holm" have nothing of his.
    others = {
        i
        for m in mentions
        if m.first > tokens[head_index] and _is_person(m)
        for i in range(m.first - len(m.title), m.last + 1)
    }
    return Reference(
        "nominal",
        start,
        end,
        paradigm=paradigm,
        name=possessor,
        head=nouns.canonical(head),
        kind=_kind(low[:last], head_index, share),
        determiner=determiner,
        plural=nouns.is_plural(head) or low[0] in lex.NUMERALS or share,
        gender={"m": 1.0, "f": -1.0}.get(lex.GENDERED_NOUNS.get(single, ""), 0.0),
        phrase=(doc.starts[tokens[k]], doc.ends[tokens[last - 1]]),
        modifiers=frozenset(
            w for j, w in enumerate(low[:last]) if j != head_index and w not in lex.FUNCTION and tokens[j] not in others
        ),
        pair=pair,
        plain=last - k <= 3 and last == zone,
        share=share,
        owned=possessor is not None and possessor.last < tokens[head_index] and doc.possessive[possessor.last],
    )

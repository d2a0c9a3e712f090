"""Coordination: several names or noun phrases in one source, joined by "and", listed after a comma or given as examples."""

from __future__ import annotations

import re

from claimcheck.speakers import lexicon as lex
from claimcheck.speakers import noun_phrases, nouns
from claimcheck.speakers.document import Document
from claimcheck.speakers.entities import NameMention
from claimcheck.speakers.head_zones import is_person, zone_end
from claimcheck.speakers.references import Reference

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


def several(doc: Document, mentions: list[NameMention], tokens: list[int]) -> list[Reference]:
    """A noun phrase with examples ("critics, including Ana Sousa") or another one beside it ("the mayor and his wife")."""
    zone = zone_end(doc, tokens, mentions)
    rest = tokens[zone:]
    if len(rest) < 2 or any(m.first <= tokens[zone - 1] <= m.last for m in mentions):
        return []
    low = [doc.words[i].lower() for i in rest[:3]]
    first, last = tokens[0], tokens[zone - 1]
    group = noun_phrases.read(doc, [], tokens[:zone], doc.starts[first], doc.ends[last])
    at, skip = _examples(doc, tokens, zone)
    if skip:
        if len(tokens) <= at + skip:
            return []
        found = _names_from(doc, mentions, tokens[at + skip :])
        return [group, *found] if doc.words[tokens[at]].lower() == "including" and found else found
    named = _listed(doc, mentions, last, rest) if group.plural or group.pair else []
    if named and all(is_person(m) == (group.kind == "person" or group.pair) for m in named):
        return [Reference("name", m.whole, m.end, name=m, gender=m.gender) for m in named]
    k = 1 if low[0] == "and" else 0
    if k and low[1] in _STARTS_PHRASE and not group.share and low[1] not in ("its", "most"):
        inside = [m for m in mentions if m.first >= rest[1]]
        return [group, noun_phrases.read(doc, inside, rest[1:], doc.starts[rest[1]], doc.ends[tokens[-1]])]
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
        named = coordinated(doc, after, rest[k:])
        return named if not k or all(is_person(m) for m in named) else []
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
    named = coordinated(doc, after, tokens)
    if not named:
        single = noun_phrases.read(doc, after, tokens, doc.starts[tokens[0]], doc.ends[tokens[-1]])
        if single.name is None or single.type != "name":
            return []
        # "the mayor, Ana Sousa, and Jo Bell"
        first = single.name.first
        named = coordinated(doc, [m for m in after if m.first >= first], [k for k in tokens if k >= first])
        if not named:
            return [single]
    return [Reference("name", m.whole, m.end, name=m, gender=m.gender) for m in named]


def coordinated(doc: Document, mentions: list[NameMention], tokens: list[int]) -> list[NameMention]:
    """The names of people or bodies named side by side ("Ana Sousa and Jo Bell"), if there are several."""
    if len(mentions) < 2:
        return []
    head = tokens[zone_end(doc, tokens, mentions) - 1]
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
        if doc.possessive[m.last] or not (link := _link(between, is_person(chain[-1]) and is_person(m))):
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

"""Titles after a name: "Ana Sousa, adviser to the president", "Ana Sousa, who is a nurse"; what stands there may be grounds instead."""

from __future__ import annotations

import re

from claimcheck.paragraphs import Span
from claimcheck.speakers import grounds, nouns, parties
from claimcheck.speakers import lexicon as lex
from claimcheck.speakers.boundaries import clause_end, trimmed
from claimcheck.speakers.cast import Cast
from claimcheck.speakers.document import INLINE_SPACES, Document
from claimcheck.speakers.entities import Entity, NameMention
from claimcheck.speakers.roles import Roles, learn, learn_gender, title_value
from claimcheck.speakers.syntax import PAST

_LONGEST = 160
"""Code points of an apposition or relative clause, at most."""
_PERSONS = frozenset(["honorific", "given", "title", "age", "middle_initial"])
"""Clues with which a name is not a body's, whatever follows it."""
_AGE = re.compile(r"[,(]?\s*(?:aged\s+)?\d{1,3}\s*[,)]")
_TEENS = re.compile(r"\b1[3-9]\b")
_POSTNOMINAL = re.compile(
    r"\s(?:" + "|".join(sorted(w.upper() for w in lex.POSTNOMINALS)) + r")(?=,)"
    r"|(?:,?\s(?:M\.?D|Ph\.?D|R\.?N|M\.?P\.?H|D\.?O|J\.?D|M\.?B\.?A|M\.?S|D\.?V\.?M|Psy\.?D|Pharm\.?D|Ed\.?D|C\.?P\.?A)\.?(?=,))+"
)
IS_ROLE = re.compile(
    r"(?:who\s+)?(?:is|was|has been|had been|serves as|served as|works as|worked as|became|is now|was then)\s+"
    r"(?:(?:now|then|once|also|still|both|formerly|herself|himself)\s+)?(?:(?:a|an|the|his|her|its|their|our|my)\s+)?"
)
_ANYBODY = frozenset(["man", "woman", "person"])
"""Nouns that say no more than that somebody is somebody."""
_DIVISION = re.compile(
    r", ((?:[A-Z][\w’'-]+)(?: (?:and|of|for|&|[A-Z][\w’'-]+)){0,4}(?<! and)(?<! of)(?<! for)(?<! &))(?=[,.;)])"
)
"""What follows an office after a comma, in capitals, up to another mark."""
_WHEN = re.compile(r"(then|now|at the time|until recently|formerly|previously|currently)\s+(?=\w)")
"""When somebody is what an apposition says: "Ana Sousa, then the bank's treasurer"."""
_ATTACHED = re.compile(
    r"(?:,?\s+of\s+(?=the\s+[\w’']|[A-Z])|,\s+for\s+(?=the\s+(?:defen[cs]e|prosecution|state|[Cc]rown|[Ss]tate)\b))"
)
_DOES = re.compile(
    r"who\s+(?:runs?|ran|owns?|owned|chairs?|chaired|founded|teaches|taught|keeps|heads?|headed|manages?|edits)\b"
)
"""A relative clause that says what somebody is."""
_RUNS = re.compile(
    r"\s((?:has\s+)?(?:(?:runs|owns|owned|chairs|founded|heads|manages|edits)\s(?=(?:a|an|the|his|her|its|their|this|one|two)\s|[A-Z])|(?:teaches|taught)\s))"
)
"""A clause of the writer's own that says what somebody does: "Ana Sousa owns the bakery"."""
_PRACTISING = re.compile(r",\s+(prosecuting|defending|presiding|mitigating)\b")
_ENDS_ROLE = lex.FUNCTION - {"first", "second", "former", "new", "old", "long", "own", "now"}


def note(doc: Document, cast: Cast, m: NameMention, entity: Entity, roles: Roles) -> None:
    """Note the title or the grounds after a name; one of them at most opens there."""
    text, position = doc.text, m.end
    sentence = doc.sentence_span(m.start)
    limit = min(len(text), m.end + _LONGEST, sentence[1] if sentence[1] > m.end else len(text))
    if party := parties.after(text, m.end):
        entity.heads.add(party[0])
        entity.modifiers.update(party[1])
        position = party[2] + (text[party[2] : party[2] + 1] in (")", "]"))
    if letters := _POSTNOMINAL.match(text, position, limit):
        position = letters.end()
    if age := _AGE.match(text, position, limit):
        position = age.end() - (text[age.end() - 1] == ",")
        if _TEENS.search(age.group()):
            entity.heads.add("teenager")
    found = IS_ROLE.match(text, _skip(text, position), limit)
    if found and role_at(doc, cast, found.end(), limit, entity, roles, 0.7):
        return
    if doing := _RUNS.match(text, position, limit):
        if entity.person > -2 and doc.quotation_at(m.start) < 0:
            roles.add_ground(entity, (doing.start(1), clause_end(doc, doing.end(), limit)), 0.3)
        return
    if relative := grounds.RELATIVE.match(text, position, limit):
        end = clause_end(doc, relative.end(), limit)
        _relative(doc, cast, (relative.start(1), end), entity, roles)
        return
    if doing := grounds.PARTICIPLE.match(text, position, limit):
        roles.add_ground(entity, (doing.start(1), clause_end(doc, doing.start(1), limit)), 0.4)
        return
    if practising := _PRACTISING.match(text, position, limit):
        roles.add_title(entity, practising.span(1), 0.5)
        return
    if attached := _ATTACHED.match(text, position, limit):
        end = clause_end(doc, attached.end(), limit)
        zone = list(doc.tokens_in(attached.start(), end))
        if (verb := _verb_after_name(doc, zone)) > 0:
            end = doc.ends[verb - 1]  # "Ana Sousa of the Tarn Party said it was late"
            zone = [k for k in zone if k < verb]
        if attached.group().lstrip(", ").startswith("for") or any(
            doc.low[k] in lex.ORG_HEADS or doc.low[k] in lex.ORG_ENDS for k in zone
        ):
            roles.add_title(entity, (doc.starts[zone[0]], end), 0.3)
        return
    if text[position : position + 1] in (",", "(") or text[position : position + 3].strip().startswith(("–", "—")):
        start = position + 1
        while start < limit and not text[start].isalnum():
            if text[start] in '"“”«»\n':
                return
            start += 1
        past = 0.0
        if when := _WHEN.match(text, start, limit):
            start, past = when.end(), float(when.group(1) not in ("now", "currently"))
        before = m.first - len(m.title) - 1
        if _titles_another(doc, cast, start):
            return
        if before < 0 or doc.low[before] not in lex.PREPOSITIONS or not _names_another(doc, cast, start):
            role_at(doc, cast, start, limit, entity, roles, 1.3, past)


def _titles_another(doc: Document, cast: Cast, start: int) -> bool:
    """Whether another name with its title begins at a position: "Rep. Jo Bell, Sen. Ana Sousa and Gov. Tom Reed said"."""
    m = next((m for m in cast.within(start, start + 160) if m.whole == start), None)
    return m is not None and bool(m.title) and m.entity is not None and not doc.possessive[m.last]


def _names_another(doc: Document, cast: Cast, start: int) -> bool:
    """Whether a person's whole name begins at a position: "a lawyer for Ana Sousa, Tom Baker, said"."""
    m = next((m for m in cast.within(start, start + 1) if m.whole == start), None)
    if m is None or m.entity is None or not m.entity.is_person or len(m.words) < 2:
        return False
    return m.key[-1] not in lex.TITLE_ENDS and doc.text[m.end : m.end + 1] in (",", ";", ".", ")", "")


def _verb_after_name(doc: Document, zone: list[int]) -> int:
    """The first word after a capitalised one that looks like a verb, or -1."""
    named = False
    for k in zone:
        w = doc.words[k]
        if named and w.islower():
            ended = w.endswith("ed") and len(w) > 4 and doc.low[k - 1] not in lex.FUNCTION
            if w in lex.SPEECH or w in PAST or ended:
                return k
        named |= w[0].isupper()
    return -1


def _skip(text: str, position: int) -> int:
    """Past a comma and the spaces after it."""
    position += text[position : position + 1] == ","
    while text[position : position + 1].isspace():
        position += 1
    return position


def role_at(
    doc: Document, cast: Cast, start: int, limit: int, entity: Entity, roles: Roles, value: float, past: float = 0.0
) -> bool:
    """Read a noun phrase that says what an entity is, and note it as a title; whether there is one.

    Args:
        start, limit: code points where the phrase begins, and which it does not go beyond.
        value: what such a title counts (:class:`Roles`); below 1 the phrase must be a trade of few words.
        past: how much less it counts for being what somebody was.
    """
    tokens = list(doc.tokens_in(start, limit))
    if not tokens or doc.starts[tokens[0]] != start:
        return False
    determined = doc.words[tokens[0]].lower() in lex.DETERMINERS or value < 1
    if doc.words[tokens[0]].lower() in lex.DETERMINERS:
        tokens = tokens[1:]
    zone: list[int] = []
    for j in tokens[:10]:
        w = doc.words[j]
        low = w.lower()
        if zone and any(c in ',;:()–—"“”.\n' for c in doc.gap(zone[-1], j)):
            break
        if w.islower() and (low in _ENDS_ROLE or low in lex.PREPOSITIONS or low in lex.RELATIVES):
            break
        if zone and low.endswith(("ed", "ing")) and nouns.is_role(doc.words[zone[-1]]) and not nouns.is_known(low):
            break  # "a geologist called in"
        zone.append(j)
    if zone and doc.low[min(zone[-1] + 1, len(doc.low) - 1)] == "than":
        return False  # "happier than"
    if not zone or doc.words[zone[0]] in lex.SPEECH or (value > 1 and (_speaks(doc, zone) or _acts(doc, zone))):
        return False
    if not determined and doc.words[zone[0]] in PAST:
        return False  # "Ana Sousa, went further"
    head = doc.words[zone[-1]].lower()
    body = nouns.kind_of(head) == "body" and (not nouns.is_role(head) or head.endswith("maker"))
    if body and value > 1 and entity.named and not entity.clues.keys().isdisjoint(_PERSONS):
        return False  # "According to Ana Sousa, the council ..."
    trade = (
        nouns.is_role(head)
        and not body
        and head
        not in (
            "man",
            "woman",
            "friend",
            "person",
            "number",
            "favourite",
            "winner",
            "loser",
        )
    )
    if value < 1 and not (trade and len(zone) < 6):
        return False
    if not (trade or (determined and (nouns.is_known(head) or entity.is_person) and not nouns.cannot_head(head))):
        return False
    if not determined and doc.words[zone[0]].endswith(("ed", "ing", "es")) and len(zone) < 2:
        return False
    end = clause_end(doc, start, limit)
    span = (doc.starts[zone[0]], end)
    if relative := grounds.RELATIVE.search(doc.text, *span):
        _relative(doc, cast, (relative.start(1), end), entity, roles)
        span = (span[0], relative.start())
    elif value > 1 and (relative := grounds.THEN_RELATIVE.match(doc.text, end, limit)):
        _relative(doc, cast, (relative.start(1), clause_end(doc, relative.end(), limit)), entity, roles)
    learn(doc, entity, [k for k in tokens if doc.starts[k] < span[1]])
    learn_gender(doc, entity, zone[-1])
    entity.heads.add(nouns.canonical(head))
    if value > 1:
        firm = nouns.singular(head) in lex.FIRMS
        entity.clues["body_apposition" if body else "firm_apposition" if firm else "person_apposition"] += 1
    if head not in _ANYBODY:
        span = trimmed(doc, span) if value < 1 else _with_division(doc, cast, trimmed(doc, span), limit)
        roles.add_title(entity, span, title_value(doc, zone, value) - past)
    return True


def _with_division(doc: Document, cast: Cast, span: Span, limit: int) -> Span:
    """A title in capitals with what it is of, where only a comma parts them: "Director, Harbour Operations"."""
    following = _DIVISION.match(doc.text, span[1], limit)
    if following is None or not all(doc.words[k][0].isupper() for k in doc.tokens_in(*span)):
        return span
    if doc.low[doc.token_at(span[1] - 1)] not in lex.TITLE_ENDS:
        return span
    first, last = following.span(1)
    people = [m for m in cast.within(first, last) if m.entity and not m.entity.clues.keys().isdisjoint(_PERSONS)]
    return span if people else (span[0], last)


def _speaks(doc: Document, zone: list[int]) -> bool:
    """Whether a noun phrase is the subject of a verb of speech: "It rained in Tarn, the forecaster said"."""
    following = zone[-1] + 1
    beside = following < len(doc.words) and doc.gap(zone[-1], following) in INLINE_SPACES
    for k in [*zone[1:], following] if beside else zone[1:]:
        w = doc.words[k]
        if w in lex.SAID:
            # "the lawyer asked to lead it" is an apposition.
            passive = k + 1 < len(doc.words) and (doc.low[k + 1] in lex.PREPOSITIONS or doc.low[k + 1] == "to")
            return w in ("said", "says") or not passive
    return False


def _acts(doc: Document, zone: list[int]) -> bool:
    """Whether a noun phrase is the subject of a clause: "According to Jo Bell, the mayor will resign", "the board wants its"."""
    after = zone[-1] + 1
    beside = after < len(doc.words) and doc.gap(zone[-1], after) in INLINE_SPACES
    if beside and doc.words[after] in lex.AUXILIARIES:
        return True
    low = doc.low[zone[-1]]
    verb = len(zone) > 1 and low.endswith("s") and not nouns.is_known(low) and nouns.is_known(doc.low[zone[-2]])
    return verb and beside and doc.low[after] in lex.DETERMINERS | {"your", "that", "this"}


def _relative(doc: Document, cast: Cast, span: Span, entity: Entity, roles: Roles) -> None:
    """A relative clause: grounds to speak, or, where nothing else says it, what somebody is."""
    clause = doc.text[span[0] : span[1]]
    if clause in ("who", "which") or (clause.startswith("whose ") and len(doc.tokens_in(*span)) < 3):
        return  # "the union, whose president, Ana Sousa, said"
    found = IS_ROLE.match(clause)
    if found and role_at(doc, cast, span[0] + found.end(), span[1], entity, roles, 0.7):
        return
    if _DOES.match(clause):
        roles.add_title(entity, span, 0.1)
    grounds.note(clause, span, entity, roles)

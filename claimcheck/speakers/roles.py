"""What the article says of a speaker besides the name: the title before or after it, and the grounds to speak.

Everything is a span of the article. Titles stand before a name ("Governor Ana Sousa", "the bank's chief economist Ana
Sousa", "the minister, Ana Sousa") or after it ("Ana Sousa, adviser to the president"); grounds are relative clauses
and participles ("who saw the crash", "briefed on the talks").
"""

from __future__ import annotations

import re

from claimcheck.paragraphs import Span
from claimcheck.speakers import lexicon as lex
from claimcheck.speakers import nouns, parties
from claimcheck.speakers.cast import Cast
from claimcheck.speakers.document import Document
from claimcheck.speakers.entities import Entity, NameMention
from claimcheck.speakers.mentions import Reference
from claimcheck.speakers.syntax import PAST

_LONGEST = 160
"""Code points of an apposition or relative clause, at most."""
_DETERMINERS = frozenset(["the", "a", "an", "one", "another", "his", "her", "its", "their", "our", "my", "whose"])
_AUXILIARIES = lex.words(
    "will would shall should can could may might must has have had is are was were does did do cannot won't isn't hasn't"
)
_PERSONS = frozenset(["honorific", "given", "title", "age", "middle_initial"])
"""Clues with which a name is not a body's, whatever follows it."""
_INITIALS = re.compile(r"[A-Z](?:\.[A-Z])+")
"""An abbreviation whose last full stop ends no sentence inside a title: "the U.N. envoy"."""
_GAPS = frozenset([" ", "\u00a0", "\u202f"])
_AGE = re.compile(r"[,(]?\s*(?:aged\s+)?\d{1,3}\s*[,)]")
_TEENS = re.compile(r"\b1[3-9]\b")
_POSTNOMINAL = re.compile(
    r"\s(?:" + "|".join(sorted(w.upper() for w in lex.POSTNOMINALS)) + r")(?=,)"
    r"|(?:,?\s(?:M\.?D|Ph\.?D|R\.?N|M\.?P\.?H|D\.?O|J\.?D|M\.?B\.?A|M\.?S|D\.?V\.?M|Psy\.?D|Pharm\.?D|Ed\.?D|C\.?P\.?A)\.?(?=,))+"
)
_RELATIVE = re.compile(r",?\s*((?:with |of |to |for )?(?:who|whose|whom))\b")
_THEN_RELATIVE = re.compile(
    r",\s+(who)\s+(?:\w+ly\s+|also\s+)?(?:(?:was|were|is|are)(?:\s+not|n['’]t)\s+(?:\w+ly\s+)?(?:involved|part|an? author)|(?:did\s+not|didn['’]t)\s+(?:take\s+part|work)"
    r"|had\s+no\s+(?:role|part|involvement)|(?:has|have|had)\s+(?:studied|researched|worked|treated|covered|represented|reviewed|investigated)|studie[sd]|witnessed|saw|reviewed|led|co-?led)\b"
)
"""Standing to speak, after an apposition: "a nurse at Tarn Hospital, who was not involved in the study"."""
_IS_ROLE = re.compile(
    r"(?:who\s+)?(?:is|was|has been|had been|serves as|served as|works as|worked as|became|is now|was then)\s+"
    r"(?:(?:now|then|once|also|still|both|formerly|herself|himself)\s+)?(?:(?:a|an|the|his|her|its|their|our|my)\s+)?"
)
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
_WORK = re.compile(r"[\"“][A-Z][^\"“”\n]{1,80}[\"”]")
_BEFORE_WORK = re.compile(
    r"\b(?:of|books?|novels?|memoir|film|play|podcast|show|series|documentary|biography|called|titled|entitled|newsletter|blog) $"
)
"""What stands before the title of a work: "author of ", "host of the podcast "."""
_PRACTISING = re.compile(r",\s+(prosecuting|defending|presiding|mitigating)\b")
_PLACE = re.compile(r"\s+(?:(?:in|on|near|from|at|with)\s|there\b|here\b)")
"""A phrase right after the head that says where: cut off, unless it names a body or a field of work."""
_FIELD = re.compile(
    r"\s+(?:in\s+[a-z]|on\s+[a-z]|at\s.*(?:[Uu]niversit|[Cc]ollege|[Ii]nstitut|[Ss]chool|[Hh]ospital|[Bb]ank|insurer|[Cc]ent(?:er|re)\b))"
)
_SCHOLAR = re.compile(
    r"(?:[a-z]ist|[a-z]ician|analyst|student|researcher|scholar|professor|lecturer|driver|superintendent)$"
)
"""Where such people work is part of what they are: "economist in Tampere", unlike "shopkeeper in Tampere"."""
_RURAL = re.compile(r"(?:farmer|grower|miner|herder|fisherman|rancher)$")
_CIRCUMSTANCE = re.compile(
    r"\s+(?:since|during|until|through|that|who|when|where|whose)\b|\s+for\s+(?:\d|[a-z-]+\s+(?:years|decades|seasons|months)\b|one\b|its\b)"
    r"|\s+to\s+(?=[a-z]+\s)(?!(?:the|a|an|his|her|its|their)\b)"
    r"|\s+(?:called|known|named|hired|charged|representing|travelling|working|living|leading|speaking|specialising|specializing)\b"
)
_CIRCUMSTANTIAL = re.compile(r"(?:-year-old|-based|-born)$")
"""Modifiers before a role that say how old or where from somebody is."""
_TIMES = frozenset(
    ["morning", "afternoon", "evening", "night", "day", "week", "weekend", "month", "year", "summer", "autumn", "winter",
     "spring", "decade", "season", "time", "moment", "end", "beginning", "way", "result", "place"]
)  # fmt: skip
"""Nouns of a circumstance before a comma, not of a role."""
_MODIFIERS = frozenset(
    [
        "former",
        "acting",
        "deputy",
        "vice",
        "chief",
        "senior",
        "retired",
        "then",
        "assistant",
        "interim",
        "outgoing",
        "incoming",
        "lead",
        "head",
    ]
)
_RELIGIOUS = frozenset(
    ["father", "sister", "brother", "fr", "rev", "revd", "reverend", "elder", "dr", "prof", "cr", "hon"]
)
_GROUNDS = re.compile(
    r"\b(?:saw|seen|witness\w*|watch\w*|heard|survived|lost|paid|waited|led|organi[sz]ed|sued|studie[sd]|measured|lives?"
    r"|lived|work(?:s|ed)|attended|wrote|walked|for \w+ (?:years|decades|seasons)|since \d{4}|asked not|anonym\w+|condition|(?:not|n.t) (?:want|wish)(?:ing)? to be (?:named|identified)"
    r"|declined|authori[sz]ed|briefed|familiar|knowledge|was (?:there|on|in|at|standing|sitting)|present|whose (?!organi[sz]ation|name|byline|\d)|spent|drew|put"
    r"|bought|retires|came home|represents|advised|treated"
    r"|(?:was|were|is|are) (?:not|n't) part of|not take part|no (?:role|part|involvement|connection|ties)|(?:is|was) (?:also )?(?:one of|among))\b"
)
_EXPERIENCE = re.compile(
    r"who\s+(?:\w+ly\s+|first\s+|still\s+|also\s+|now\s+)?(?:(?:has|have|had|was|were|is|are)\s+(?:\w+ly\s+|not\s+|also\s+)?"
    r"(?:been|\d|\w{2,}(?:ed|ing|en|un|ut)\b)|\w{3,}(?:ed|s)\b|sat\b|ran\b|took\b|set\b|found\b|held\b|built\b|grew\b|met\b|went\b)"
)
"""A clause that tells what somebody has done or does."""
_ASIDE = re.compile(
    r"who\s+(?:(?:has|have|had)\s+)?(?:\w+ly\s+)?(?:died?\b|is\s+(?:\d|\w+teen\b)|was\s+(?:born|hired|killed|charged|jailed|sentenced"
    r"|arrested|known|named)\b|does\b|is\s+known|calls?\b|called\b|says\b|seems\b|expects?\b|plans?\b|hopes?\b|wants?\b|will\b"
    r"|likes?\b|loves?\b|looks?\b|appeared\b|declined\b|arrived\b|resigned\b|succeeded\b|defeated\b|faces\b|denies\b|denied\b"
    r"|(?:is|are|was|were)\s+(?:\w+ly\s+|very\s+|so\s+|not\s+)?(?:annoyed|delighted|disappointed|excited|keen|open|outspoken|pleased"
    r"|relieved|surprised|thrilled|tired|willing|unwilling|worried)\b"
    r"|pleaded\b|styles?\b|makes\b|supports?\b|opposes?\b|opposed\b|voted\b|expressed\b|attended\b|won\b|has\s+(?:a|an|the)\b)"
)
"""A clause that says nothing of why somebody may speak."""
_ABBREVIATED = re.compile(
    r"\b(?:St|Mt|Ft|Mr|Mrs|Ms|Dr|Rev|Sgt|Lt|Capt|Col|Gen|Gov|Sen|Rep|Prof|Jan|Feb|Aug|Sept|Oct|Nov|Dec)\.\s[A-Z\d]$"
)
"""A word whose full stop ends no clause: "who worked at St. Orla's"."""
_PARTICIPLE = re.compile(
    r",?\s+((?:briefed|retained|speaking on|mending|living|working|waiting|queu\w+|standing (?:in|on|at|by|near)|travelling|called as|obtained|familiar with|involved in"
    r"|close to|with (?:\w+ )?knowledge of)\b)"
)


_PARTIES = frozenset(["democrat", "republican", "conservative", "liberal", "independent"])
_ENDS_ROLE = lex.FUNCTION - {"first", "second", "former", "new", "old", "long", "own", "now"}


class Roles:
    """Titles and grounds of the entities, with what each candidate counts; filled by :func:`collect`."""

    def __init__(self) -> None:
        self._titles: dict[int, list[tuple[float, Span]]] = {}
        self._grounds: dict[int, list[tuple[float, Span]]] = {}

    def add_title(self, entity: Entity, span: Span, value: float) -> None:
        """Note a candidate title, better with a higher ``value``."""
        if span[0] < span[1]:
            self._titles.setdefault(id(entity), []).append((value, span))

    def add_ground(self, entity: Entity, span: Span, value: float) -> None:
        """Note a candidate justification, better with a higher ``value``."""
        if span[0] < span[1]:
            self._grounds.setdefault(id(entity), []).append((value, span))

    def title(self, entity: Entity) -> Span | None:
        """The best title of an entity, the first of equals."""
        return _top(self._titles.get(id(entity)))

    def ground(self, entity: Entity) -> Span | None:
        """The best justification of an entity, the first of equals."""
        return _top(self._grounds.get(id(entity)))


def _top(found: list[tuple[float, Span]] | None) -> Span | None:
    return max(found, key=lambda f: (f[0], -f[1][0]))[1] if found else None


def collect(doc: Document, cast: Cast) -> Roles:
    """Titles and relative clauses beside every name, and the role words they give the entities."""
    roles = Roles()
    for m in cast.mentions:
        if m.entity is not None:
            _note_short_form(m, m.entity)
            _before(doc, cast, m, m.entity, roles)
            if not doc.possessive[m.last]:
                _after(doc, cast, m, m.entity, roles)
    return roles


def _note_short_form(m: NameMention, entity: Entity) -> None:
    """People are called again by their last name, bodies by the beginning of theirs."""
    if len(entity.words) > 1 and len(m.key) == 1 and not m.weak:
        if m.key[0] == entity.words[-1]:
            entity.clues["last_alone"] += 1
        elif m.key[0] == entity.words[0]:
            entity.clues["first_alone"] += 1


def _learn(doc: Document, entity: Entity, tokens: range | list[int]) -> None:
    """The role words and modifiers of a description are what a later nominal may repeat."""
    for j in tokens:
        low = doc.words[j].lower()
        if nouns.is_known(low) or (low == doc.words[j] and nouns.is_role(low)):
            entity.heads.add(nouns.canonical(low))
        if low not in lex.FUNCTION:
            entity.modifiers.add(low)


def _value(doc: Document, tokens: range | list[int], base: float) -> float:
    """What a title counts: an office is worth more than a trade, a trade more than kinship."""
    low = [nouns.singular(doc.words[j].lower()) for j in tokens]
    office = any(w in lex.TITLE_ENDS for w in low)
    kin = any(w in lex.KIN for w in low)
    if low and low[-1] in _PARTIES:
        return base - 0.8  # a party is less than the office of whoever belongs to it
    former = 1.0 if low and low[0] in ("former", "ex") else 0.0  # what somebody is now says more
    return base + (0.6 if office else 0.0) - (0.5 if kin else 0.0) - former


# --- before the name -----------------------------------------------------------------------------------------------


def _before(doc: Document, cast: Cast, m: NameMention, entity: Entity, roles: Roles) -> None:
    first = m.first - len(m.title)
    religious = [j for j in range(first, m.first) if doc.words[j].lower() in _RELIGIOUS]
    if religious:
        end = doc.ends[religious[-1]]
        end += doc.text[end : end + 1] == "."
        roles.add_title(entity, (doc.starts[religious[0]], end), 0.15)
    titled = [j for j in range(first, m.first) if doc.words[j].lower() not in lex.HONORIFICS]
    start = titled[0] if titled else first
    j = start
    while (
        j > 0
        and start - j < 5
        and (doc.gap(j - 1, j) in _GAPS or _after_initials(doc, j))
        and not doc.possessive[j - 1]
    ):
        w = doc.words[j - 1]
        low = w.lower()
        if (low in lex.FUNCTION and low != "former") or low in lex.SPEECH or low.endswith("ly"):
            break
        if w in ("elder", "younger"):
            break  # "the elder Sousa"
        if j == start and not titled and not (w.islower() or _opens_role(doc, j - 1)):
            break
        if j == start and not titled and (low == "former" or not (nouns.is_role(low) or _determined(doc, j - 1))):
            break
        board = titled and low in lex.ORG_HEADS and j > 1 and doc.words[j - 2][0].isupper()  # "School board Chair"
        if (
            (titled or j < start)
            and w.islower()
            and low not in _MODIFIERS
            and (titled or low.endswith("ed"))
            and not board
        ):
            break
        if j < start and _has_object(doc, j - 1):
            break  # "of signing Tarn striker Ana Sousa"
        if low in lex.HONORIFICS and w[0].isupper():
            break
        if w in ("elder", "older", "younger") and j > 1 and doc.low[j - 2] == "the":
            break  # "the elder Sousa"
        j -= 1
    tokens = range(j, start) if not titled else range(j, titled[-1] + 1)
    if len(tokens) and entity.person > -2:
        tokens = _office_of(doc, tokens)
        while len(tokens) > 1 and _CIRCUMSTANTIAL.search(doc.low[tokens[0]]):
            tokens = tokens[1:]
        if body := cast.at(tokens[0]):
            tokens = range(min(tokens[0], body.first), tokens[-1] + 1)  # "Bank of Tarn economist Jo Bell"
        tokens = _with_other_office(doc, cast, tokens)
        _learn(doc, entity, tokens)
        end = doc.ends[tokens[-1]]
        end += doc.text[end : end + 1] == "." and doc.words[tokens[-1]].lower() in lex.SAME_TITLE
        shouted = all(doc.words[k].isupper() for k in tokens) and doc.words[m.last].isupper()
        roles.add_title(entity, (doc.starts[tokens[0]], end), _value(doc, tokens, 1.0) - 0.1 * shouted)
        if doc.low[tokens[-1]] not in _PARTIES:
            return
        first = tokens[0]  # "the county's treasurer, Democrat Ana Sousa"
    if first > 0 and doc.gap(first - 1, first) in _GAPS and doc.words[first - 1].islower():
        if doc.words[first - 1] in lex.FUNCTION or entity.person < 0:
            return
        _phrase_before(doc, m, first - 1, entity, roles, apposed=False)
    elif first > 0 and entity.person > -2 and _apposed(doc, first):
        last = first - 1
        while last > 0 and doc.words[last].lower() in lex.ARTICLES:
            last -= 1  # "the moderator, the Rev. Otis Tolliver"
        _phrase_before(doc, m, last, entity, roles, apposed=True)


def _with_other_office(doc: Document, cast: Cast, tokens: range) -> range:
    """The tokens of a title with another office before "and": "Chairman and CEO Jo Bell", but not "the mayor and Dr Bell"."""
    j = tokens[0] - 2
    if j < 0 or doc.low[j + 1] != "and" or any(doc.gap(k, k + 1) not in _GAPS for k in (j, j + 1)):
        return tokens
    office = nouns.is_role(doc.low[j]) and not nouns.is_plural(doc.low[j])
    if not office or ((name := cast.at(j)) is not None and name.entity is not None and len(name.words) > 1):
        return tokens
    while (
        j > 0
        and doc.gap(j - 1, j) in _GAPS
        and (doc.low[j - 1] in lex.TITLES or doc.low[j - 1] in _MODIFIERS or doc.low[j - 1] == "co")
    ):
        j -= 1
    before = doc.low[j - 1] if j and doc.gap(j - 1, j) in _GAPS else ""
    return tokens if before in _DETERMINERS else range(j, tokens[-1] + 1)


def _has_object(doc: Document, j: int) -> bool:
    """Whether a word before the description of a person is rather a verb than part of it: "signing", "to sign"."""
    w, following = doc.words[j], doc.words[j + 1]
    if not w.islower() or "-" in w or w in _MODIFIERS or nouns.is_role(w):
        return False
    before = doc.low[j - 1] if j and doc.gap(j - 1, j) in _GAPS else ""
    if before in _DETERMINERS or (j and doc.possessive[j - 1]):
        return False  # "the reigning Tarn champion Ana Sousa"
    if w in PAST or following == "former" or before in _AUXILIARIES:
        return True
    parted = following[0].isupper() or following in _MODIFIERS  # "managing director" is a role
    return parted and (before == "to" or w.endswith("ing"))


def _after_initials(doc: Document, j: int) -> bool:
    """Whether only an abbreviation's full stop stands between a token and the one before."""
    if doc.gap(j - 1, j) not in (". ", ".\u00a0") or not _INITIALS.fullmatch(doc.words[j - 1]):
        return False
    return doc.sentence_of(doc.starts[j - 1]) == doc.sentence_of(doc.starts[j])


def _office_of(doc: Document, tokens: range) -> range:
    """The tokens of a title with the office before "of", where they are only what it is of: "Leader of the House Jo Bell"."""
    if nouns.is_role(doc.low[tokens[-1]]):
        return tokens
    j = tokens[0] - 1
    while j > 0 and doc.low[j] in lex.ARTICLES:
        j -= 1
    if j < 1 or doc.low[j] not in ("of", "for") or not nouns.is_role(doc.low[j - 1]):
        return tokens
    if any(doc.gap(k, k + 1) not in _GAPS for k in range(j - 1, tokens[0])):
        return tokens
    first = j - 1
    while first > 0 and doc.low[first - 1] in _MODIFIERS and doc.gap(first - 1, first) in _GAPS:
        first -= 1
    return range(first, tokens[-1] + 1)


def _opens_role(doc: Document, j: int) -> bool:
    """Whether a capitalised role word opens a sentence before a name."""
    return (doc.before(j) == "" or doc.before(j) in ".!?") and not (j and _after_initials(doc, j))


def _determined(doc: Document, j: int) -> bool:
    """Whether a determiner stands before the (at most three) lower-case words that end with a token."""
    for k in range(j, max(-1, j - 3), -1):
        if not doc.words[k].islower() or k == 0 or doc.gap(k - 1, k) not in _GAPS:
            return False
        if doc.words[k - 1].lower() in ("the", "his", "her", "my", "our", "their", "its") or doc.possessive[k - 1]:
            return not nouns.cannot_head(doc.words[j])
    return False


def _apposed(doc: Document, first: int) -> bool:
    previous = first - 1
    while previous > 0 and doc.words[previous].lower() in lex.ARTICLES:
        first, previous = previous, previous - 1
    gap = doc.gap(previous, first)
    return gap.strip() in (",", "–", "—", ":") and "\n" not in gap


def _phrase_before(doc: Document, m: NameMention, last: int, entity: Entity, roles: Roles, *, apposed: bool) -> None:
    """A noun phrase that ends with token ``last`` and has a role as head: "the head of the ward, "."""
    if apposed and _opens_with_body(doc, last) and _verb_after_comma(doc, m.last):
        entity.clues["body_apposition"] += 1
        return
    enclosed = apposed and len(m.words) > 1 and doc.text[m.end : m.end + 1] == ","
    j = last
    while j >= 0 and last - j < 12:
        if j < last and not _after_initials(doc, j + 1) and any(c in ',.;:–—!?\n"“”«»' for c in doc.gap(j, j + 1)):
            return
        low = doc.words[j].lower()
        determiner = low in _DETERMINERS or doc.possessive[j]
        if determiner and j < last:
            zone = []
            for k in range(j + 1, last + 1):
                if doc.words[k].lower() in lex.PREPOSITIONS:
                    break
                if (
                    k > j + 1
                    and k < last
                    and doc.low[k].endswith("ing")
                    and doc.low[k - 1] not in ("man", "woman")
                    and nouns.is_role(doc.low[k - 1])
                    and not nouns.is_known(doc.low[k])
                ):
                    break  # "the lawyer defending the couple"
                zone.append(k)
            head = doc.words[zone[-1]].lower() if zone else ""
            # Between commas a person's name says that the noun before it is a role, whatever it is: "the first mate, Jo Bell,".
            named = enclosed and low not in ("a", "an", "one", "another") and entity.is_person
            role = nouns.is_role(head) or (named and _may_be_role(head) and not _circumstance(doc, j))
            if role and apposed and _is_of_another(doc, j):
                j -= 1
                continue
            if role and (apposed or len(zone) < last - j):
                _learn(doc, entity, range(j + 1, last + 1))
                span = trimmed(doc, (doc.starts[j + 1], doc.ends[last]))
                roles.add_title(entity, span, _value(doc, zone, 1.1 if low != "a" else 0.9))
                if entity.person < 3:
                    entity.clues["firm_apposition" if nouns.singular(head) in lex.FIRMS else "person_apposition"] += 1
                return
        if apposed and _opens_bare(doc, j):
            _learn(doc, entity, range(j, last + 1))
            span = trimmed(doc, (doc.starts[j], doc.ends[last]))
            roles.add_title(entity, span, _value(doc, [j], 1.1))
            if entity.person < 3:
                entity.clues["person_apposition"] += 1
            return
        j -= 1


def _opens_bare(doc: Document, j: int) -> bool:
    """Whether a sentence opens with a role that has no article: "Counsel for the families, Jo Bell, said"."""
    following = doc.low[j + 1 : j + 2]
    role = nouns.is_known(doc.low[j]) and nouns.is_role(doc.low[j]) and not nouns.is_plural(doc.low[j])
    return role and not {"of", "for", "to"}.isdisjoint(following) and _opens_role(doc, j)


def _opens_with_body(doc: Document, last: int) -> bool:
    """Whether a sentence begins with a noun phrase for a body that ends with a token: "The army's media wing, ISPR"."""
    first = doc.token_at(doc.sentence_span(doc.starts[last])[0])
    tokens = range(first, last + 1)
    if not 1 < len(tokens) < 9 or not (doc.low[first] in _DETERMINERS or any(doc.possessive[k] for k in tokens[:3])):
        return False
    of = next((k for k in tokens if doc.low[k] in lex.PREPOSITIONS), last + 1)
    if of <= last and doc.low[of] != "of":
        return False
    if any(doc.gap(k, k + 1) not in _GAPS and not doc.possessive[k] for k in tokens[:-1]):
        return False
    head = doc.low[of - 1]
    return nouns.kind_of(head) == "body" and not nouns.is_role(head)


def _verb_after_comma(doc: Document, last: int) -> bool:
    """Whether a comma and a verb follow a token: "the army's media wing, ISPR, said"."""
    following = last + 1
    if following >= len(doc.words) or doc.gap(last, following) != ", ":
        return False
    return doc.words[following] in lex.SPEECH or doc.words[following] in PAST


def _may_be_role(head: str) -> bool:
    """Whether a noun that no list knows may say what a person is: in the singular, and no adjective or time."""
    other = nouns.is_known(head) or nouns.is_plural(head) or nouns.cannot_head(head) or head in _TIMES
    return bool(head) and not other


def _is_of_another(doc: Document, determiner: int) -> bool:
    """Whether a role is only whose relative or lawyer somebody is: "the victim" in "the mother of the victim, "."""
    k = determiner
    while k > 0 and doc.possessive[k] and doc.gap(k - 1, k) in _GAPS:
        k -= 1
    if (
        k < 2
        or doc.low[k - 1] not in ("of", "for", "to")
        or any(doc.gap(x, x + 1) not in _GAPS for x in (k - 2, k - 1))
    ):
        return False
    if not nouns.is_role(doc.low[k - 2]):
        return False
    first = k - 2
    while (
        first > 0
        and doc.gap(first - 1, first) in _GAPS
        and doc.words[first - 1].islower()
        and doc.low[first - 1] not in lex.FUNCTION
    ):
        first -= 1
    determined = first > 0 and (
        doc.low[first - 1] in ("the", "his", "her", "their", "its") or doc.possessive[first - 1]
    )
    return determined or _opens_bare(doc, k - 2)


def _circumstance(doc: Document, determiner: int) -> bool:
    """Whether a preposition stands before a noun phrase: "at the museum, "."""
    before = determiner
    while before > 0 and doc.possessive[before] and doc.gap(before - 1, before) in _GAPS:
        before -= 1  # "in the town's museum, "
        if doc.low[before] in _DETERMINERS:
            break
    if before == 0 or doc.gap(before - 1, before) not in _GAPS:
        return False
    low = doc.low[before - 1]
    return low in lex.PREPOSITIONS or (
        doc.words[before - 1].islower() and low.endswith("ing") and not nouns.is_known(low)
    )


# --- after the name ------------------------------------------------------------------------------------------------


def _after(doc: Document, cast: Cast, m: NameMention, entity: Entity, roles: Roles) -> None:
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
    found = _IS_ROLE.match(text, _skip(text, position), limit)
    if found and _role_at(doc, found.end(), limit, entity, roles, 0.7):
        return
    if doing := _RUNS.match(text, position, limit):
        if entity.person > -2 and doc.quotation_at(m.start) < 0:
            roles.add_ground(entity, (doing.start(1), clause_end(doc, doing.end(), limit)), 0.3)
        return
    if relative := _RELATIVE.match(text, position, limit):
        end = clause_end(doc, relative.end(), limit)
        _relative(doc, (relative.start(1), end), entity, roles)
        return
    if doing := _PARTICIPLE.match(text, position, limit):
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
        if before < 0 or doc.low[before] not in lex.PREPOSITIONS or not _names_another(doc, cast, start):
            _role_at(doc, start, limit, entity, roles, 1.3, past)


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


def _role_at(
    doc: Document, start: int, limit: int, entity: Entity, roles: Roles, value: float, past: float = 0.0
) -> bool:
    """Read a noun phrase that says what an entity is; whether there is one. What it was (``past``) counts for less."""
    tokens = list(doc.tokens_in(start, limit))
    if not tokens or doc.starts[tokens[0]] != start:
        return False
    determined = doc.words[tokens[0]].lower() in _DETERMINERS or value < 1
    if doc.words[tokens[0]].lower() in _DETERMINERS:
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
    if relative := _RELATIVE.search(doc.text, *span):
        _relative(doc, (relative.start(1), end), entity, roles)
        span = (span[0], relative.start())
    elif value > 1 and (relative := _THEN_RELATIVE.match(doc.text, end, limit)):
        _relative(doc, (relative.start(1), clause_end(doc, relative.end(), limit)), entity, roles)
    _learn(doc, entity, [k for k in tokens if doc.starts[k] < span[1]])
    entity.heads.add(nouns.canonical(head))
    if value > 1:
        firm = nouns.singular(head) in lex.FIRMS
        entity.clues["body_apposition" if body else "firm_apposition" if firm else "person_apposition"] += 1
    roles.add_title(entity, trimmed(doc, span), _value(doc, zone, value) - past)
    return True


def _speaks(doc: Document, zone: list[int]) -> bool:
    """Whether a noun phrase is the subject of a verb of speech: "It rained in Tarn, the forecaster said"."""
    following = zone[-1] + 1
    beside = following < len(doc.words) and doc.gap(zone[-1], following) in _GAPS
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
    beside = after < len(doc.words) and doc.gap(zone[-1], after) in _GAPS
    if beside and doc.words[after] in _AUXILIARIES:
        return True
    low = doc.low[zone[-1]]
    verb = len(zone) > 1 and low.endswith("s") and not nouns.is_known(low) and nouns.is_known(doc.low[zone[-2]])
    return verb and beside and doc.low[after] in _DETERMINERS | {"your", "that", "this"}


def _relative(doc: Document, span: Span, entity: Entity, roles: Roles) -> None:
    """A relative clause: grounds to speak, or, where nothing else says it, what somebody is."""
    clause = doc.text[span[0] : span[1]]
    if clause in ("who", "which") or (clause.startswith("whose ") and len(doc.tokens_in(*span)) < 3):
        return  # "the union, whose president, Ana Sousa, said"
    found = _IS_ROLE.match(clause)
    if found and _role_at(doc, span[0] + found.end(), span[1], entity, roles, 0.7):
        return
    if _DOES.match(clause):
        roles.add_title(entity, span, 0.1)
    if _GROUNDS.search(clause):
        roles.add_ground(entity, span, 1.0)
    elif entity.person > -2 and _EXPERIENCE.search(clause) and not _ASIDE.search(clause):
        roles.add_ground(entity, span, 0.5)


def clause_end(doc: Document, start: int, limit: int) -> int:
    """Where an apposition or relative clause ends: before the next comma, bracket, dash, mark or end of sentence."""
    i, text = start, doc.text
    while i < limit:
        c = text[i]
        if c in '"“' and (work := _WORK.match(text, i, limit)) and _BEFORE_WORK.search(text, start, i):
            i = work.end()
            if text[i - 2] in ",.":
                return i
            continue
        if c in ',;:()[]"“”«»\n?!–—' and not (c == "," and text[i + 1 : i + 2].isdigit()):
            break
        if c == "." and (i + 1 >= limit or text[i + 1].isspace() or text[i + 1] in '"”’»'):
            initial = i >= 2 and text[i - 1].isupper() and not text[i - 2].isalnum()
            if i + 1 >= limit or not (initial or _ABBREVIATED.search(text, max(start, i - 5), i + 3)):
                break
        i += 1
    while i > start and (text[i - 1].isspace() or text[i - 1] in ".,"):
        i -= 1
    return max(i, min(start + 1, limit))


def trimmed(doc: Document, span: Span) -> Span:
    """A title without what is said of place, time and circumstances: "nurse in Leeds" -> "nurse"."""
    start, end = span
    if doc.text.startswith("own ", start):
        start += 4
    if found := _CIRCUMSTANCE.search(doc.text, start, end):
        end = found.start()
    preposition = next(
        (j for j in doc.tokens_in(start, end) if doc.words[j] in lex.PREPOSITIONS or doc.words[j] in ("there", "here")),
        -1,
    )
    if preposition > 0 and doc.ends[preposition - 1] > start:
        at = doc.ends[preposition - 1]
        scholar = _SCHOLAR.search(doc.words[preposition - 1]) and doc.words[preposition] in ("in", "at", "from")
        scholar = scholar or (
            doc.words[preposition] == "at"
            and not _RURAL.search(doc.words[preposition - 1])
            and doc.text[at + 4 : at + 5].isupper()
        )
        if not scholar and _PLACE.match(doc.text, at, end + 1) and not _FIELD.match(doc.text, at, end):
            end = at
    while end > start and not doc.text[end - 1].isalnum() and doc.text[end - 1] not in '."”':
        end -= 1
    return start, end


def grounds_of_phrase(doc: Document, phrase: Span, end: int) -> Span | None:
    """What a source's own words say of why it may speak: "a nurse who saw the crash" -> "who saw the crash".

    Args:
        phrase: the source's noun phrase. end: where the source ends.
    """
    limit = max(end, phrase[1])
    for pattern in (_RELATIVE, _PARTICIPLE):
        if found := pattern.search(doc.text, phrase[0], limit):
            stop = clause_end(doc, found.start(1), limit)
            return (found.start(1), stop) if len(doc.tokens_in(found.start(1), stop)) > 1 else None
    return None


def is_title(ref: Reference) -> bool:
    """Whether a nominal says what somebody is, and not only that they are somebody: "the composer", not "the woman"."""
    plain = (
        not ref.head.endswith("-old")
        and ref.head not in ("man", "woman", "person", "boy", "girl")
        and ref.head not in lex.NATIONALS
    )
    return plain and ref.kind == "person" and ref.determiner == "definite" and not ref.plural and ref.name is None

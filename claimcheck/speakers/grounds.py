"""Grounds to speak: relative clauses and participles ("who saw the crash", "briefed on the talks") that say why to listen."""

from __future__ import annotations

import re

from claimcheck.paragraphs import Span
from claimcheck.speakers.boundaries import clause_end
from claimcheck.speakers.document import Document
from claimcheck.speakers.entities import Entity
from claimcheck.speakers.roles import Roles

RELATIVE = re.compile(r",?\s*((?:with |of |to |for )?(?:who|whose|whom))\b")
"""A relative clause about somebody; whether it gives grounds is asked afterwards."""
THEN_RELATIVE = re.compile(
    r",\s+(who)\s+(?:\w+ly\s+|also\s+)?(?:(?:was|were|is|are)(?:\s+not|n['’]t)\s+(?:\w+ly\s+)?(?:involved|part|an? author)|(?:did\s+not|didn['’]t)\s+(?:take\s+part|work)"
    r"|had\s+no\s+(?:role|part|involvement)|(?:has|have|had)\s+(?:studied|researched|worked|treated|covered|represented|reviewed|investigated)|studie[sd]|witnessed|saw|reviewed|led|co-?led)\b"
)
"""Standing to speak, after an apposition: "a nurse at Tarn Hospital, who was not involved in the study"."""
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
PARTICIPLE = re.compile(
    r",?\s+((?:briefed|retained|speaking on|mending|living|working|waiting|queu\w+|standing (?:in|on|at|by|near)|travelling|called as|obtained|familiar with|involved in"
    r"|close to|with (?:\w+ )?knowledge of)\b)"
)
"""A participle or preposition that opens grounds without "who"."""


def note(clause: str, span: Span, entity: Entity, roles: Roles) -> None:
    """Take a relative clause that stands at a span for the grounds of an entity, if it says any."""
    if _GROUNDS.search(clause):
        roles.add_ground(entity, span, 1.0)
    elif entity.person > -2 and _EXPERIENCE.search(clause) and not _ASIDE.search(clause):
        roles.add_ground(entity, span, 0.5)


def of_phrase(doc: Document, phrase: Span, end: int) -> Span | None:
    """What a source's own words say of why it may speak: "a nurse who saw the crash" -> "who saw the crash".

    Args:
        phrase: the source's noun phrase. end: where the source ends.
    """
    limit = max(end, phrase[1])
    for pattern in (RELATIVE, PARTICIPLE):
        if found := pattern.search(doc.text, phrase[0], limit):
            stop = clause_end(doc, found.start(1), limit)
            return (found.start(1), stop) if len(doc.tokens_in(found.start(1), stop)) > 1 else None
    return None

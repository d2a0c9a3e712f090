"""The closed lists that several rules know, all in lower case. A missing word costs a finding, never a wrong one."""

from __future__ import annotations

import re

from claimcheck.speakers.lexicon import words as words

HONORIFICS = {
    **dict.fromkeys(words("mr sir lord father brother uncle herr monsieur don señor imam sheikh"), "m"),
    **dict.fromkeys(words("mrs ms miss dame lady madam mme sister aunt auntie frau señora doña"), "f"),
}
"""Forms of address that tell a gender."""

TITLES = words(
    """president premier chancellor senator sen rep representative congressman congresswoman gov governor mayor justice
    judge magistrate sheriff recorder coroner colonel col general gen lieutenant lt major maj captain capt commander
    sergeant sgt corporal admiral officer inspector insp constable superintendent detective pc dc ds di commissioner
    professor prof doctor dr reverend rev fr father sister pastor bishop archbishop cardinal rabbi imam ambassador
    councillor cllr cr alderman minister secretary speaker deputy provost principal matron coach captain king queen
    prince princess lord lady sir dame baroness sheikh chief elder uncle aunt auntie mum mom mam mama dad baba
    grandmother grandma granny gran nan nana grandfather grandpa grandad granddad mr mrs ms miss"""
)
"""Words before a name that say what its bearer is, or how they are addressed."""

KIN = words(
    """wife husband widow widower mother father sister brother son daughter uncle aunt cousin niece nephew grandmother
    grandfather partner fiancé fiancée fiance fiancee boyfriend girlfriend neighbour neighbor friend colleague"""
)

PRONOUN_GENDER = {
    **dict.fromkeys(words("he him his himself"), "m"),
    **dict.fromkeys(words("she her hers herself"), "f"),
}

OFFICES = words(
    """president minister premier chancellor mayor governor judge magistrate justice coroner commissioner ambassador
    envoy ombudsman secretary speaker king queen prince princess pope sheriff registrar auditor-general chairman
    chairwoman chair headteacher headmaster principal umpire referee moderator vicar comptroller collector treasurer
    captain goalkeeper champion defendant plaintiff complainant claimant prosecutor"""
)
"""Who can be found by the office alone."""

VOICES = words(
    "spokesman spokeswoman spokesperson spokespeople spokesmen spokeswomen representative representatives statement"
)
"""Who speaks for a body and not for themselves."""

COUNSEL = words("lawyer lawyers attorney attorneys barrister barristers solicitor solicitors counsel")
"""Who speaks for a client and not for themselves, where the article says for whom."""

SOURCE_GROUPS = words(
    """sources source officials official people person persons aides aide insiders insider experts expert analysts
    analyst critics critic opponents opponent observers observer diplomats diplomat executives executive lawyers
    lawyer employees employee workers worker staffers staffer colleagues colleague friends friend traders trader
    economists economist witnesses witness members member delegates delegate managers manager investigators
    investigator officers officer advisers advisor advisors adviser lawmakers lawmaker politicians politician
    ministers senators mps councillors directors director engineers engineer doctors doctor nurses nurse bankers
    banker investors investor veterans activists activist campaigners campaigner dealers dealer brokers broker
    allies ally associates associate neighbours neighbour neighbors neighbor auditors consultants
    consultant strategists strategist commentators insurers scientists academics figures someone somebody"""
)
"""Heads of noun phrases for several people each of whom has a name that could be asked for."""

TALKING_GROUPS = words(
    """sources officials insiders aides diplomats critics opponents experts analysts observers advisers advisors allies
    friends associates colleagues neighbours neighbors witnesses traders dealers brokers commentators"""
)
"""Those of them that need no number to be a source; "lawmakers" or "economists" without one are mostly a class."""

INDEFINITE = words(
    """a an one another some several many few most two three four five six seven eight nine ten dozens unnamed
    anonymous certain other others various"""
)

BENCH = words("judge justice magistrate juror umpire referee coroner")
ASKERS = words("reporter reporters interviewer moderator host narrator questioner presenter anchor correspondent")
"""Who rules and who asks: the story hands them words, but rests nothing on them."""

PERSONS = words(
    """person man woman guy bloke guest clerk nurse cook chef pilot guard aide friend rival scholar student graduate
    witness victim survivor patient resident member official source spouse tenant captain monk priest nun vicar poet
    athlete coach spectator passer-by bystander neighbour neighbor colleague boss chief executive representative
    insider delegate activist expert critic fan figure staffer veteran trustee silk brigadier corporal colonel general
    sergeant soldier deputy bargee sophomore mother father parent brother sister uncle aunt cousin son daughter
    husband wife widow widower grandmother grandfather mp mla ms td senator congressman minister"""
)
CHILDREN = words(
    "boy girl child children kid kids pupil pupils schoolboy schoolgirl schoolchildren grader sophomore freshman"
)
"""Whose names are often withheld for their sake."""

FIRST_PERSON = words("my our")

CUT = re.compile(
    r"\s(?:of|at|in|on|from|for|with|without|to|near|by|who|whom|whose|which|that|close|familiar|briefed|acting|involved"
    r"|working|speaking|surnamed|known|around|inside|outside|along|across|behind|under|between|against|about|as)\s|[,(;:]"
)


_PERSON_LIKE = re.compile(
    r"\w+(?:er|or|ist|ian|eer|man|woman|grapher|analyst|assistant|consultant|accountant|servant|attendant)$"
)
_NO_PERSON = words(
    """paper newspaper letter order number poster filter computer weather matter offer answer banner helicopter corner
    tanker error mirror sector factor newsletter chapter register charter ledger power quarter water manor tower
    trailer container teaser folder binder flyer sticker ticker disclaimer questionnaire primer tender"""
)


def is_person(word: str) -> bool:
    """Whether a noun means a person, as far as its form tells."""
    return word in PERSONS or word in SOURCE_GROUPS or (_PERSON_LIKE.match(word) is not None and word not in _NO_PERSON)


def head(phrase: str) -> str:
    """The head noun of a noun phrase, in lower case: ``"two people who were in the room"`` -> ``"people"``."""
    match = CUT.search(phrase)
    found = re.findall(r"[^\W_]+(?:[-'’.][^\W_]+)*", phrase[: match.start()] if match else phrase)
    return found[-1].lower() if found else ""

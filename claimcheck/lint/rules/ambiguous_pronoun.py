"""CC102: "he said" where two men have just been named."""

from __future__ import annotations

import re
from collections.abc import Iterable

from claimcheck.lint import references as ref
from claimcheck.lint.people import Mention, People, surname
from claimcheck.lint.rule import Example, Problem, Rule
from claimcheck.lint.settings import Settings
from claimcheck.lint.story import Story
from claimcheck.report import Claim, Span

_GENITIVE = re.compile(r"\bof\s+(?:(?:the|a|an)\s+)?(?:[a-z][\w-]*\s+){0,2}$")
"""Before a name that only says whose something is, as a possessive does: "the murder of journalist Jo Bell"."""
_GENDER = {"he": "m", "she": "f"}


def check(story: Story, settings: Settings) -> Iterable[Problem]:
    """Claims by "he" or "she" just after two people whom the pronoun could mean."""
    people = People(story)
    for claim in story.claims:
        if claim.source is None:
            continue
        pronoun = claim.source.of(story.text)
        if wanted := _GENDER.get(pronoun.lower()):
            names = _candidates(story, people, claim, claim.source, wanted)
            if len(names) > 1:
                who = f"{', '.join(names[:-1])} or {names[-1]}"
                yield Problem(claim.source.start, claim.source.end, f'"{pronoun}" could be {who}: use the name.')


def _candidates(story: Story, people: People, claim: Claim, source: Span, wanted: str) -> list[str]:
    """The names that a pronoun could stand for; fewer than two where the words around it decide."""
    sentence = story.sentence_at(source.start)
    paragraph = story.paragraph_at(source.start)
    if sentence is None or paragraph is None:
        return []
    if next(people.between(sentence.start, source.start), None) is not None:
        return []  # somebody named in the same sentence is its subject, and the pronoun's
    previous = story.sentence_before(sentence)
    if previous is None or previous.start < paragraph.start or _goes_on(story, claim, previous.start, sentence.start):
        return []
    names = _named(people, previous.start, previous.end, wanted)
    spoke = {m.surname for c in story.claims_at(previous.start, previous.end) for m in _sources(people, c)}
    if len(spoke.intersection(surname(name) for name in names)) == 1:
        return []  # whoever has just spoken goes on
    after = {m.surname for m in people.between(source.end, sentence.end)}
    return [name for name in names if surname(name) not in after]


def _named(people: People, start: int, end: int, wanted: str) -> list[str]:
    """Different people of a gender: by their surnames, or by their full names where they share one."""
    text = people.story.text
    found = [
        m for m in people.between(start, end) if m.gender == wanted and not _GENITIVE.search(text, start, m.span.start)
    ]
    names: dict[str, list[str]] = {}
    for m in found:
        full = names.setdefault(m.surname, [])
        if m.name not in full and " " in m.name:
            full.append(m.name)
    return [name for last, full in names.items() for name in (full if len(full) > 1 else [last])]


def _sources(people: People, claim: Claim) -> list[Mention]:
    return list(people.between(claim.source.start, claim.source.end)) if claim.source is not None else []


def _goes_on(story: Story, claim: Claim, start: int, end: int) -> bool:
    """Whether the same speaker was already speaking in the sentence before, and simply goes on."""
    return any(set(c.speakers) & set(claim.speakers) for c in story.claims_at(start, end) if c.id != claim.id)


RULE = Rule(
    code="CC102",
    name="ambiguous-pronoun",
    severity="warning",
    summary="A speaker is only “he” or “she” where two people just named could be meant.",
    rationale=(
        "The writer knows who spoke; the reader has to guess, and a wrong guess puts words into somebody's mouth. "
        "Repeating a name costs nothing."
    ),
    limits=(
        "It looks at the sentence before in the same paragraph, and counts only people whose gender the article itself "
        "or a common given name tells. Where somebody is named in the pronoun's own sentence, or the sentence before "
        "already reports the same speaker, the pronoun is taken to mean them."
    ),
    references=(
        ref.CHICAGO.on("a pronoun has one clear antecedent"),
        ref.SPJ.on("sources are identified clearly"),
    ),
    fails=(
        Example(
            """
            +++
            [speakers.doyle]
            name = "Martin Doyle"
            kind = "named_person"
            title = "the harbour master"
            [speakers.price]
            name = "Alan Price"
            kind = "named_person"
            title = "the shipowner"
            +++
            claim doyle | {con1|"The berth is full,"} {cue1|said} {src1=doyle|Martin Doyle, the harbour master}.
            claim price | {con2|"We paid for it,"} {cue2|said} {src2=price|Mr Price}, the shipowner.

            fact | Alan Price met Mr Doyle on the quay on Monday.
            claim doyle | {src3=doyle|He} {cue3|said} {con3|the ship would have to leave by Friday}.
            """,
            finds=("He",),
        ),
    ),
    passes=(
        Example(
            """
            +++
            [speakers.doyle]
            name = "Martin Doyle"
            kind = "named_person"
            title = "the harbour master"
            [speakers.price]
            name = "Anna Price"
            kind = "named_person"
            title = "the shipowner"
            +++
            claim price | {con2|"We paid for it,"} {cue2|said} {src2=price|Anna Price}, the shipowner.
            fact | Anna Price met Martin Doyle on the quay on Monday.
            claim doyle | {src3=doyle|He} {cue3|said} {con3|the ship would have to leave by Friday}.
            """
        ),
        Example(
            """
            +++
            [speakers.doyle]
            name = "Martin Doyle"
            kind = "named_person"
            title = "the harbour master"
            +++
            claim doyle | {src1=doyle|Martin Doyle, the harbour master}, {cue1|said} {con1|Mr Price had been warned}.
            claim doyle | {src2=doyle|He} {cue2|added} {con2|that nobody answered}.
            """
        ),
    ),
    check=check,
)

"""Who sits by: what an agenda says of the public that goes, and of what is taken without it or handed back.

Told by default: people who are no members beside a word of going, or a meeting that goes into closed session; but for
what speaks of something else.
"""

import re
from functools import cache

from indexer.exempt import denials, wording
from kpi_tools.vocabulary import words_in

SENTENCE = re.compile(r"(?<=[.!?;])\s+")
PUBLIC = (  # who sits by, and no road, toilet or meeting that is called so
    r"(?:press\b|(?:the|of|and|or)\s+public\b(?!\s+(?!(?:and|or|is|are|was|were|be|being|will|to|who|has|have|had|may|must|"
    r"should|shall|present|not|from|at|in|leaves?|left|goes|go|gone|withdr\w+|during|then|now|therefore|accordingly|"
    r"thereupon|also|all|having|under|by|as|when|until|while)\b)\w))"
)
NEAR = r"\W+(?:\w+\W+){0,9}?"
UNSURE = re.compile(
    r"\b(?:if|where|when(?:ever)?\s+(?:an?|any)|unless|whether|rights?|in\s+case|in\s+the\s+event)\b", re.IGNORECASE
)
DONE = re.compile(r"\b(?:is|are|was|were|had|have|has|left|withdrew|went)\b", re.IGNORECASE)
NOT_DONE = re.compile(r"\b(?:will|would|be|been)\b", re.IGNORECASE)
# Of another meeting than the one that is told of.
OTHER_MEETING = re.compile(
    r"\b(?:one|another|an\s+earlier|the\s+(?:last|previous)|some|any|every|each|no)\s+meetings?\b|\blast\s+year\b",
    re.IGNORECASE,
)
MAY = re.compile(r"\b(?:may|might|could|can)\b", re.IGNORECASE)


def goes(text: str, listed: bool = True, sure: bool = True) -> bool:
    """Whether a text of an agenda says so; `listed`: it stands in its list, and so does not tell what may ever be;
    not `sure`: or whether this is to be decided, as it may be of items that are named."""
    said = [sentence for sentence in SENTENCE.split(text) if listed or not sure or not MAY.search(sentence)]
    of_papers = [sentence for sentence in said if wording.of_sentence(sentence, "item")]
    return any(_goes(sentence, sure) for sentence in said) or any(_holds(sentence, sure) for sentence in of_papers)


def is_gone(sentence: str) -> bool:
    """Whether a sentence of minutes says so, so that what comes next is heard without them."""
    elsewhen = NOT_DONE.search(sentence) or OTHER_MEETING.search(sentence)
    return bool(DONE.search(sentence)) and not elsewhen and _goes(sentence, sure=True)


def _goes(sentence: str, sure: bool) -> bool:
    told = any(form.search(sentence) for form in _forms()) or wording.is_for_few(sentence, "sat")
    return told and _holds(sentence, sure)


def _holds(sentence: str, sure: bool) -> bool:
    unsure = sure and UNSURE.search(sentence)
    return not (unsure or is_elsewhere(sentence) or denials.DENIED.search(sentence))


def is_elsewhere(text: str) -> bool:
    """Whether a text speaks of another reason to go, as of a fire."""
    return bool(_elsewhere().search(text))


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    words = words_in("marks")
    told = words["presence"]
    sure = rf"(?:{PUBLIC}|(?:{wording.either(told['people'])})\b)"
    maybe = rf"(?:{wording.either(told['perhaps'])})\b"
    going, bidden = wording.either([*told["going"], *words["class"]["left"]]), wording.either(told["bidden"])
    patterns = (
        rf"\b(?:go|goes|going|move|moves|moving|resolve|pass|adjourn|enter|retire)\b{NEAR}(?:{wording.either(told['into'])})\b",
        rf"\b{sure}{NEAR}(?:{going})\b(?!\s+with\b(?!\s+the\s+(?:press|public)))",
        rf"\b(?:{wording.either(told['without'])})\W+(?:the\s+|any\s+|members\s+of\s+)*{sure}",
        rf"\b{maybe}{NEAR}(?:{bidden})\b{NEAR}(?:{going})\b",
    )
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


@cache
def _elsewhere() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{wording.either(words_in('marks')['presence']['elsewhere'])})\b", re.IGNORECASE)

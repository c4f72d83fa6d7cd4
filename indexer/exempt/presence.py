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
DONE = re.compile(r"\b(?:is|are|was|were|had|have|has|left|withdrew|went|sat|stood|took|rose|\w+ed)\b", re.IGNORECASE)
NOT_DONE = re.compile(
    r"^(?!.*\b(?:resolved|ruled|agreed|voted?|carried|decided|moved)\b.*\bthat\b).*\bbe\b|\b(?:will|would|been)\b|"
    r"\b(?:said|reported|noted|told|explained|advised|added|heard)\b.*\bthat\b",
    re.IGNORECASE,
)
NOTHING = (  # and so no comments are left, nor questions with somebody
    r"(?!\s+(?:with\b(?!\s+the\s+(?:press|public))|\d|(?:an?|some|many|few|several|most|no|their|more|over|about|of)\b))"
)
ENDS = (  # of how somebody is out of the room, and not of a crisis, or outside a shop
    r"(?=\W*$|\s*[,;]|\W+(?:at\s+(?:this|that)|while|whilst|until|during|as|when|before|after|and|then|now|"
    r"for\s+(?:this|the|what|that)|(?:of|from)\s+the\s+(?:room|meeting|chamber|hall))\b)"
)
# Of another meeting than the one that is told of.
OTHER_MEETING = re.compile(
    r"\b(?:one|another|an\s+earlier|the\s+(?:last|previous)|some|any|every|each|no)\s+meetings?\b|\blast\s+year\b",
    re.IGNORECASE,
)
# What says that the meeting is in public again, as a heading or in a paragraph of its own.
RETURNED = denials.any_of(
    r"^(?!.*\b(?:exclu|withdr|leav|left|toilet|consult)\w*)\D*?\b(?:public|press|observers|onlookers|spectators|visitors|gallery|audience)\b(?!\s+\w*(?:toilet|realm|house)).*"
    r"\b(?:re-?\s?admitted|re-?joined|returned|(?:came|come|were|now|welcomed|the\s+public|the\s+gallery)\s+back|back\s+in|"
    r"(?:called|invited|brought|let|asked|allowed|welcomed)\s+(?:back|in\s+again)|(?:filled|seated|sat|present|admitted|open)\s+(?:again|once\s+more))\b",
    r"\bdoors?\W+(?:\w+\W+){0,3}?(?:re-?opened|open(?:ed)?\s+(?:again|once\s+more|to\s+(?:the\s+)?public))\b",
    r"\b(?:meeting|session|business)\b.*\b(?:return\w*|back|again)\s+(?:in)?(?:to\s+)?(?:open|public)\b|^\W*(?:\d+\W+)?(?:open|public)\s+(?:session|meeting)\s+(?:is\s+|was\s+)?resum\w+",
    r"\bre-?\s?admission\s+of\s+(?:the\s+)?(?:press|public)\b|^\W*(?:\d+\W+)?return\s+of\s+(?:the\s+)?(?:press|public)\b(?!\s+(?!and)\w)|\b(?:c[ao]mes?|go|goes|went|moved?|rose|resum\w+)\s+out\s+of\s+committee\b",
)
NOT_YET = denials.any_of(r"\b(?:will|would|if|when|whether|once|until|after|before|may|might|not|unless)\b")
BRIEF = 60  # characters of a sentence that goes before others
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


def returned(text: str, heading: bool) -> bool:
    """Whether a heading says that the public is back, or a paragraph of one sentence, or of a brief one first."""
    first, *more = SENTENCE.split(text)
    said = text if heading or not more else first * (len(first) < BRIEF)
    return bool(RETURNED.search(said)) and (heading or not NOT_YET.search(said))


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
        rf"\b{sure}{NEAR}(?:{going})\b{NOTHING}",
        rf"\b(?:{wording.either(told['without'])})\W+(?:the\s+|any\s+|members\s+of\s+)*{sure}",
        rf"\b{maybe}{NEAR}(?:{bidden})\b{NEAR}(?:{going})\b",
        rf"\b(?:{sure}|{maybe}|(?:{wording.either(told['whoever'])})\b){NEAR}(?:{wording.either(told['out'])}){ENDS}",
        rf"\b(?:{wording.either(told['nobody'])}){NEAR}in\s+the\s+(?:room|chamber|hall|gallery)\b",
    )
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


@cache
def _elsewhere() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{wording.either(words_in('marks')['presence']['elsewhere'])})\b", re.IGNORECASE)

"""The words by which councils mark papers as exempt or public, and those that only speak of exemption.

A mark is a heading, a line in a margin, a field ("Classification: Exempt") or a sentence about the paper itself. Words
in a sentence of the report, in a list of its appendices or in its section on the law mark nothing.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Literal

from indexer.exempt import presence, wording
from indexer.exempt.denials import CLOSED, DENIED, PAPERS, WORD, any_of

Mark = Literal["exempt", "public", ""]

_TWO = r"(?:part|rhan)\s+(?:2|ii|b|two)\b"
_WELSH = r"(?:eithriedig|cyfrinachol|preifat)"
_PUBLIC = (
    r"(?:press\s+(?:and|or)\s+(?:the\s+)?public|public\s+(?:and|or)\s+(?:the\s+)?press|"
    r"(?<!members\sof\s)the\s+(?:press|public))"
)


# A line that bars the public, whatever stands around it.
BARRED = any_of(
    r"\bnot\s*for\s*(?:the\s+)?(?:\w+\s+)?(?:publication|public\b|press\b|disclosure|general\s+release|circulation)",
    r"\bnot\s+to\s+be\s+(?:\w+\s+)?(?:published|disclosed|circulated|shared|made\s+public|released|revealed)\b|\bdo\s+not\s+(?:publish|share|circulate)\b",
    r"\b(?:withheld|excluded|removed|omitted|left\s+out)\s+(?:from|of)\s+(?:the\s+)?(?:publication|publi(?:c|shed)\s+(?:copy|copies|version|pack)|public$)",
    r"\b(?:withheld|held\s+back|kept(?:\s+back)?)\s+from\s+(?:the\s+)?(?:press|public)\b|\bnot\s+for\s+(?:onward\s+\w+|sharing|forwarding|copying)\b",
    r"\bpink\s+(?:papers?|pages?|sheets?|reports?)\b|\b(?:printed\s+)?on\s+pink\b",
    r"\bofficial\W+sensitive\b|\bcommercial(?:ly)?\W+(?:in\W+)?(?:confidence|sensitive)\b|^\W*protect\W{1,3}\w+\W*$",
    r"\blegal(?:ly)?\s+(?:professional\s+)?privileged?\b|\bun-?redacted\b",
    r"\b(?:members|councillors|officers|board|governors|trustees|parties|panel|auditors|directors|advis[eo]rs)\W{0,2}(?:\s+\w+)?\s+only\b|\binternal\s+use\s+only\b",
    r"\b(?:circulat|distribut)\w+\b.*\bonly\b|\bin\s+(?:closed|private)\s+session\b|\bofficers?\s+use\s+only\b",
    r"\b(?:items?|reports?|business|matters?|meeting|session|to\s+be)\b.*\bin\s+private(?=\W*$|\W*[-–—:;,.(]|\s+(?:by|at|under|as)\b)",
    r"^\W*(?:items?|matters?|business|reports?)\b.*\bin\s+committee\W*$|^\W*in\s+committee\W*$",
    r"\b(?:public\s+bodies\W+)?admission\s+to\s+meetings\W+act\b",
    r"\bnot\s+(?:open|available|accessible)\s+to\s+(?:the\s+)?(?:press|public)\b",
    r"\bin\s+the\s+absence\s+of\s+the\s+(?:press|public)\b|\bwith\s+the\s+(?:press\s+and\s+(?:the\s+)?)?public\s+excluded\b",
    r"\bin\s+camera\b|\bmembers\s+and\s+(?:senior\s+)?officers\s+only\b",
    r"\bnid\s+i.?w\s+(?:g?chyhoeddi|gyhoeddi)\b|\bheb\s+ei\s+gyhoeddi\b",  # Welsh
    r"\bn[ai]d?\s+y(?:w|dyw|dynt)\b.*\b(?:g?ch?|g)yhoedd(?:i|us)?\b|\bn?rhinwedd\s+paragraff",
    r"^\W*(?:eithriedig|cyfrinachol)\W*$",
    rf"\b{_WELSH}\W*$|^\W*{_WELSH}\s*[-–—:|/([]|\b(?:eithrio|gwahardd)\b.*\b(?:wasg|cyhoedd)\b|\badroddiad(?:au)?\s+{_WELSH}\b",
)

# A heading, or a line at the head or foot of a page.
HEADED = any_of(
    r"\bexclu(?:sion|de|ding)\b.*\b(?:press|public)\b|\b(?:press|public)\b.*\bexcluded\b",
    r"\bby\s+virtue\s+of\s+(?:section|paragraphs?|category)\b",
    r"\bparagraphs?\s+\d[\d,\s&and]*\s+of\s+(?:part\s+(?:1|i|one)\s+of\s+)?schedule\b",
    r"\bparagraphs?\b.{0,40}\bschedule\s+(?:12\s*a|7\s*a)\b|\bschedule\s+(?:12\s*a|7\s*a)\b.{0,60}\bpara(?:graph)?s?\b",
    rf"^\W*(?:\d+\W+)?(?:strictly\s+)?(?:official\W+)?(?:{WORD}|private|sensitive)"
    rf"(?:\W+(?:and\W+|or\W+)?(?:{WORD}|private))*\W*(?:page\s*)?\d*(?:\s+of\s+\d+)?\W*$",
    rf"^\W*(?:{WORD}|private)\s*[-–—:|/([*]|[-–—|([*]\s*(?:strictly\s+)?(?:(?:private|{WORD})\W+(?:and|&)\s+)?(?:{WORD}|private)\s*[-–—|)\]*]",
    rf"^\W*(?:strictly\s+)?(?:(?:private|{WORD})\W+(?:and|&)\s+)?{WORD}\s+(?:until|by|under|to\s+members|for\s+members)\b",
    r"\bsection\s+(?:100\s*[ai]|50\s*a)\b",
    r"\bclosed\s+(?:session|business(?!\s+(?:premises|rates|grants))|agenda|part|meeting|report|minutes|papers)\b",
    r"\binformation\s+(?:relating\s+to|in\s+respect\s+of)\b.*\bpara(?:graph)?s?\s*\d",
    r"^\W*(?:\d+\W+)?(?-i:CONF(?:ID)?)\b\W*[-–:]|[-–—:(\[|]\s*(?:legally\s+)?privileged\W*$|^\W*privileged\s+(?:and|&|advice)\b",
    rf"^\W*{_TWO}\W+(?:(?!of\b|the\b)\w+\s+)?(?:meeting|board|committee|cabinet|session|agenda)\b"
    r"(?=\W*(?:$|\d|held|meeting|agenda|minutes|papers?|mon|tues|wednes|thurs|fri))",
    rf"[|]\s*private\W*$|[-–—:|,([/*]\s*(?:strictly\s+)?(?:(?:private|{WORD})\W+(?:and|&)\s+)?{WORD}\W*(?:page\s*\d*(?:\s+of\s+\d+)?)?\W*$",
    rf"\b{CLOSED}\s+(?:{WORD}\s+|cabinet\s+|committee\s+|agenda\s+)?{PAPERS}\b",
    r"\bexempt\s+(?:by|under|from\s+(?:publication|disclosure)|pursuant|in\s+accordance|within|paras?\b|paragraph)",
    r"[(\[]\s*(?:exempt|confidential|restricted)\s*(?:[-–—:,/)\]]|under|by|para|item|report|information|appendix|from)",
    r"[(\[]\s*(?:private|closed|pink|part\s+(?:2|ii|two))\s*(?:items?|session|report|appendix|minutes?|business)?\s*[)\]]",
    rf"^\W*{_TWO}\W*\(?\s*(?:exempt|private|confidential|closed|restricted|not\b|pink|press|in\s+private|agenda|items?|"
    r"reports?|business|minutes?|papers?)\b",
    rf"\b(?:appendix|annexe?|report|item|minute|schedule|enclosure)\b.*\W{WORD}\W*$",
)
TITLED = any_of(  # how a closed paper's own title begins, however long it is
    rf"^\W*(?:strictly\s+)?(?:{WORD}|private)\s+(?:report|paper|minutes|appendix|annexe?|briefing|item|supplement)\s+(?:of|by|from|to|on)\b"
)
# A word that closes wherever it stands in a heading, unless it is said of housing, taxes, roads, money or advice.
OTHER = (
    r"accommod|propert|dwelling|hous|homes|charit|vat\b|suppl|disposal|organi|bod(?:y|ies)\b|person|people|employ|staff\b|"
    r"vehicle|develop|works|sites?\b|income|expend|schemes?\b|provider|tenan|activit|categor|or\b|from\b|byway|parking|"
    r"class(?:es)?\b|visitors?\b|goods\b|transactions?\b|mileage|growth|funds?\b|reserves?\b|grants?\b|donation|speed|waste|counsel|interview|survey|questionnaire|helpline|hotline|advice|"
    r"reporting|shredding|support\b|roads?\b|streets?\b|zones?\b|hours\b|lanes?\b|junction|access\s+(?:to\s+(?!members|officers|the\s+(?:press|public))|roads?|lanes?|routes?)|input\b"
)
STANDS = re.compile(
    rf"(?<!\bor\s)(?<!\bnon[\s-])\b(?:{WORD}|eithriedig|cyfrinachol)\b(?!\W+(?:vat\s+)?(?:{OTHER}))", re.IGNORECASE
)
CAPITALS = re.compile(r"\b(?:EXEMPT|CONFIDENTIAL|RESTRICTED|PRIVATE)\b")
BARE_PART = any_of(
    rf"^\W*{_TWO}\W*(?:page\s*\d+(?:\s+of\s+\d+)?)?\W*$"
)  # at the head of a page; elsewhere it may be a report's own second part

# A field of a report's front: "Classification: Exempt", "Is this report exempt? Yes".
FIELD = re.compile(
    r"^\W*(?P<label>(?:protective\s+|security\s+|document\s+)?(?:marking|classification|status|access|publication|"
    r"confidentiality|category)|(?:report\s+)?type(?:\s+of\s+report)?|(?:public|open)\s*(?:or|/)\s*\w+|agenda\s+part|"
    r"part\s+(?:1|i)\s*(?:or|/)\s*(?:part\s+)?(?:2|ii)|sensitivity|(?P<part>part)|"
    r"(?P<publishing>openness|privacy|(?:(?:can|may|should|is|to)\s+(?:th(?:is|e)\s+\w+\s+)?)?(?:be\s+)?(?:(?:suitable\s+|open\s+)?for\s+)?"
    r"(?:publish(?:ed|able)?|publication|public(?:ly)?\s+(?:access|available|report|document|item)|"
    r"(?:open|available)\s+to\s+(?:the\s+)?(?:press|public)[\w\s]*))|"
    r"(?P<reason>reasons?\s+for\s+(?:the\s+)?(?:exemption|confidentiality)|exempt(?:ion)?\s+(?:category|reason|paragraph)s?)|"
    r"(?:(?:is|does)\s+th(?:e|is)\s+\w+\s+)?(?:contain\w*\s+(?:any\s+)?)?(?P<closing>exempt(?:ion)?|confidential|restricted|(?:to\s+be\s+)?(?:\w+\s+)?in\s+private)"
    r"(?:\s*(?:/|or|and)\s*(?:exempt|confidential))?(?:\s+(?:information|report|item|status|appendix|appendices))*)"
    r"\s*[:?|\-–—\t]+\s*(?P<value>.+)$",
    re.IGNORECASE,
)
# A label that asks for what is exempt, in whatever words; anything but a no or a figure says that there is some.
ASKED = re.compile(
    r"^(?P<label>[^:|]*\b(?:exempt|confidential)\s+(?:information|content|matters?|elements?|append\w*|annex\w*)\b[^:|]*)"
    r"[:|]\s*(?!\W*\d)(?P<value>\w.*)$",
    re.IGNORECASE,
)
_CLOSING_VALUE = re.compile(
    rf"^\W*(?:(?:part(?:ly|ially)?|in\s+part)\W+)?(?:{WORD}|private|{_TWO}|official\W+sensitive|not\s+for\s+publication)",
    re.IGNORECASE,
)
_OPEN_VALUE = re.compile(
    r"^\W*(?:public|open|unrestricted|unclassified|official\W*$|part\s+(?:1|i|a|one)\b|for\s+(?:general\s+release|publication)|"
    r"not\s+(?:exempt|confidential|restricted)|non\W*(?:exempt|confidential))",
    re.IGNORECASE,
)
_OF_TWO = re.compile(r"^\W*(?:2|ii|b|two)\W*$", re.IGNORECASE)
_YES = re.compile(r"^\W*(?:yes|part(?:ly|ially)?|in\s+part)\b", re.IGNORECASE)  # in part: which is not said
_REASON = re.compile(r"^\W*(?:paragraphs?|paras?|schedule|category|[1-7]\b(?!/))", re.IGNORECASE)
_GROUND = re.compile(r"\b(?:information|affairs|privileged?|negotiations?|commercial\w*|sensitiv\w+)\b", re.IGNORECASE)
NO = re.compile(r"^\W*(?:no\b|none|nil|not\s+applicable|n/?a\b|there\s+(?:is|are)\s+no)", re.IGNORECASE)

# A heading that opens.
OPENED = any_of(
    r"\bunrestricted\b",
    r"\bfor\s+general\s+release\b",
    r"^\W*(?:\d+\W+)?public(?:\s+(?:reports?|documents?|items?|session|agenda|papers?|appendix|minutes|business|pack|part)"
    r"(?:\W+(?:continued|resumed|re-?opened))?)?\W*$",
    rf"^\W*non\W?{WORD}\s+(?:items|business|agenda|session|matters|reports)\W*$",
    r"^\W*part\s+(?:1|i|a|one)\b\W*(?:\(?\s*(?:public|open|items?|agenda)\b.*)?$",
    r"(?<!not\s)\b(?:open|available)\s+to\s+(?:the\s+)?(?:press\s+and\s+)?public\b",
    r"^\W*(?:\d+\W+)?open\s+(?:session|business|items?|agenda|report)\W*$",
    presence.RETURNED.pattern,
)

# A sentence about the paper that it stands in, or about what follows it.
ABOUT_ITSELF = re.compile(
    r"\bth(?:is|ese)\s+(?:\w+\s+){0,2}?(?:reports?|papers?|documents?|items?|pages?|minutes?|briefing|notes?|pack|agenda|"
    r"supplement|file|workbook|sheet|tab|paper|appendix|appendices|annexe?|schedule|information)\b.*"
    rf"(?:\b{WORD}\b|not\s+for\s+publication|not\s+(?:to\s+)?be\s+(?:published|disclosed|released|made\s+public))"
    r"|\b(?:report|paper|document|item)\s+(?:is|are)\s+(?:(?:deemed|considered|classified|as|to|be)\s+)*"
    rf"(?:{WORD}\b|not\s+for\s+publication)"
    r"|\b(?:report|paper|document|item)\b.*\binformation\b.*\b(?:within|under|in)\s+paragraphs?\s+\d.*\bschedule\s+(?:12|7)\s*a\b"
    rf"|\b{WORD}\s+information\s+is\s+(?:set\s+out|given|contained|included)\s+in\s+(?:section|paragraph|part|page)s?\s+\d"
    r"|^\W*(?:the\s+)?(?:(?:those|all)\s+)?(?:tabs?|sheets?|cells?|paragraphs?|sections?|pages?|figures?|rows?|columns?|tables?|text|words|entries|parts?)\b"
    r"(?:(?!\bappend|\bannex).)*\b(?:is|are)\b.*\b(?:exempt|confidential|not\s+for\s+publication|withheld)\b"
    r"|\b(?:public|press)\b.*\b(?:is|are|may|will)\b.*\bexcluded\b.*\bth(?:is|ese)\s+(?:items?|reports?|business|matters?)\b",
    re.IGNORECASE,
)
# What says that exempt papers come next, or further on nobody knows where.
FOLLOWS = any_of(
    r"\b(?:moved|went|goes|entered|resolved)\b.*\binto\s+(?:closed|private)\s+session\b",
    rf"\bthe\s+following\s+(?:items?|reports?|pages?|papers?|minutes?|sections?)\b.*(?:\b{WORD}\b|not\s+for\s+publication|in\s+private\b)",
    r"\b(?:public|press)\b.*\bexcluded\b.*\b(?:(?:remainder|rest|remaining|following|next)\b|items?\s+\d)",
    rf"\b{_PUBLIC}\b.*\b(?:withdrew|left{presence.NOTHING}|asked\s+to\s+leave)\b",
    rf"\b{CLOSED}\s+{PAPERS}\s+(?:\w+\s+){{0,3}}(?:follows?\b|overleaf\b|(?:at|towards)\s+the\s+(?:end|back|rear)\b)",
)
ELSEWHERE = re.compile(
    r"^\W*(?:the\s+)?(?:append|annex|schedul|enclos|attach)\w*\b.*\b(?:is|are|has|have|will|contains?)\b|\bif\b|\bwhere\b|\bwhen(?:ever)?\s+(?:an?|any|the)\b|"
    r"\b(?:separate|accompanying|another|other)\b|\bbut\b|\bwith\s+(?:an?|the)\s+\w*\s*(?:append|annex)|"
    r"\b(?:has|have|contains?|includes?)\s+(?:\w+\s+){0,3}(?:append|annex)",
    re.IGNORECASE,
)
MENTION = re.compile(
    r"^(?:the|an?|our)\s+(?:\w+\s+){1,6}?(?:considered|received|discussed|noted|agreed|approved|held|took|made|issued)\b(?=.*\.\s*$)|"
    r"\b(?:has|have|had|was|were|is|are|will|been|see|refer|contained|set\s+out|attached|provided|circulated|available|refers?)\b",
    re.IGNORECASE,
)
# What heads a list of a report's appendices, or its section on what of it is exempt; such speak of papers elsewhere.
LISTS = re.compile(
    r"^\W*(?:\d+(?:\.\d+)*\.?\s+)?(?:list\s+of\s+)?(?:appendices|annexe?s|attachments|enclosures|contents|"
    r"(?:list\s+of\s+)?(?:background|supporting)\s+(?:papers|documents))\b",
    re.IGNORECASE,
)
OF_LAW = any_of(
    rf"^\W*(?:\d+(?:\.\d+)*\.?\s+)?(?:\w+\s+(?:and|or|/)\s+)?{WORD}(?:\s+(?:and|or|/)\s+\w+)?\s+"
    r"(?:information|implications|items?)\W*$"
)
# A mark that says something of the paper in which it stands, rather than heading a part of it.
BARE = any_of(rf"^\W*(?:strictly\s+)?(?:{WORD}|private)(?:\W+(?:and\W+|or\W+)?(?:{WORD}|private))*\W*$")
STATEMENT = any_of(
    BARRED.pattern, r"\bparagraph|\bvirtue\b|\bschedule\s+(?:12|7)", r"\bexempt\s+(?:by|under|from|information)\b",
    BARE.pattern,
)  # fmt: skip
ENDED = any_of(rf"^\W*end\s+of\s+(?:the\s+)?{CLOSED}\s+{PAPERS}\W*$")  # which closes what stands before it
CAPTION = any_of(r"^\W*(?:table|figure|chart|graph|plan|map)\s+[\dA-Z]")
FOR_GOOD = any_of(
    r"\bexclu(?:sion|de|ding)\b.*\b(?:press|public)\b|\b(?:press|public)\b.*\bexcluded\b",
    rf"^\W*{_TWO}(?!\W+(?:report|paper|minute|appendix|annexe?|document|briefing|addendum)\b)",
    rf"\b{CLOSED}\s+(?:and\s+\w+\s+)?(?:items|reports|agenda|business|session|part|matters)\b",
    r"\bclosed\s+(?:part|session)\s+of\s+(?:the|this|our)\s+(?:meeting|agenda|evening)\b",
)  # fmt: skip
# Of what else a thing can be exempt, as a field's label says.
ELSE = any_of(r"\bassessment\b|\bcall\W?in\b|\bvat\b|\b(?:tax|rates?|levy|fees?|charges?|duty|licen[cs]\w+)\b")
# What a cover says of all the papers behind it.
WHOLE = any_of(
    rf"\b{CLOSED}\b(?:\W+\w+){{0,2}}\W+(?:supplement\w*|pack|agenda|papers|reports|documents?|addendum)\b",
    r"\bnot\s+for\s+publication\b", r"\bpink\s+papers\b",
    rf"^\W*(?:strictly\s+)?(?:official\W+)?(?:{WORD}|private|sensitive)(?:\W+(?:and\W+|or\W+)?(?:{WORD}|private))*\W*$",
)  # fmt: skip
# The same at the head of a longer statement, or in a sentence; of one that names parts, each part speaks for itself.
OUTRIGHT = any_of(
    rf"^\W*(?:strictly\s+)?(?:(?:{WORD}|private)\W+(?:and\W+)?)*not\s+for\s+publication\b(?!.*\b(?:items?|append|annex|pages?)\b)"
)
OF_ALL = any_of(
    r"\bth(?:is|ese)\s+(?:\w+\s+){0,2}(?:reports?|papers|documents?|agenda|pack|bundle|booklet|supplement\w*)\s+"
    r"(?:is|are|has|have|must|may|should|shall)\b(?:(?!\bitems?\b|\bappend|\bannex).)*"
    rf"(?:\b{WORD}\b|\bnot\s+for\s+publication\b|\bnot\s+be\s+(?:published|disclosed|made\s+public))"
)
LONGEST = 110  # characters of a heading
SPELT = re.compile(r"\b(?:[A-Za-z]\.){5,}(?:[A-Za-z]\b)?")


@lru_cache(1 << 9)  # a table's texts are asked for row by row, for each of several questions
def plain(text: str) -> str:
    """The text on one line, letters that are drawn as one apart and what is not seen left out; "P R I V A T E" and
    "P.R.I.V.A.T.E." without what stands between their letters."""
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")
    words = (SPELT.sub(lambda found: found[0].replace(".", ""), text) if "." in text else text).split()
    spaced = len(words) > 4 and all(len(word) == 1 for word in words)
    return wording.spelt(wording.ticked("".join(words) if spaced else " ".join(words)))


def of_heading(text: str, near_head: bool = True) -> Mark:
    """What a heading or a line in a margin marks; `near_head`: at the head of a page or an agenda's part."""
    if (field := of_field(text)) or wording.of_sentence(text, "rule"):
        return field
    told = wording.of_line(text) or wording.of_bracket(text) or wording.is_for_few(text)
    told = told or (len(text) <= LONGEST and _is_of_item(text))
    if told and (text.isupper() or not ELSEWHERE.search(text)):
        return "exempt"
    if OPENED.search(text):
        return "public"
    if DENIED.search(text) or (ELSEWHERE.search(text) and not text.isupper()):
        return ""
    if BARRED.search(text) and (len(text) <= LONGEST or BARRED.match(text.lstrip(" (["))):
        return "exempt"
    said = len(text) > LONGEST or (MENTION.search(text) and not text.isupper())
    capital = not text.isupper() and CAPITALS.search(text)
    headed = capital or STANDS.search(text) or HEADED.search(text) or (near_head and BARE_PART.match(text))
    return "exempt" if headed and not said else ""


def of_field(text: str) -> Mark:
    """What a field of a report's front marks, given as "label: value"."""
    found = FIELD.match(text)
    if not found:
        asked = ASKED.match(text)
        by_form = asked is not None and not (
            DENIED.search(text) or NO.match(asked["value"]) or _OPEN_VALUE.match(asked["value"])
        )
        return "exempt" if by_form or wording.of_field(text) == "closes" else ""
    if found["publishing"]:
        return "exempt" if re.match(rf"\W*(?:no?\b(?!/)|closed\b|{CLOSED})", found["value"], re.IGNORECASE) else ""
    if found["part"]:
        return "exempt" if _OF_TWO.match(found["value"]) else ""
    if NO.match(found["value"]):
        return "public" if found["closing"] or found["reason"] else ""
    if _OPEN_VALUE.match(found["value"]):
        return "public"
    told, value = found["closing"] or found["reason"], found["value"]
    said_yes = (
        (found["reason"] or "").lower().endswith("confidentiality")
        or (told and _REASON.match(value))
        or (found["reason"] and _GROUND.search(value))
        or (found["closing"] and _YES.match(value))
    )
    return "exempt" if said_yes or _CLOSING_VALUE.match(found["value"]) else ""


def of_sentence(text: str) -> Mark:
    """What a sentence says of the paper that it stands in: that it is exempt, or nothing."""
    if DENIED.search(text) or ELSEWHERE.search(text):
        return ""
    return "exempt" if ABOUT_ITSELF.search(text) or _is_of_item(text) else ""


def _is_of_item(text: str) -> bool:
    return wording.of_sentence(text, "item") and not presence.is_elsewhere(text)


def follows(text: str) -> bool:
    """Whether a sentence says that exempt papers come next, or further on nobody knows where."""
    told = wording.of_sentence(text, "follows") or wording.is_for_few(text, "sat")
    return told or bool(FOLLOWS.search(text)) or presence.is_gone(text)

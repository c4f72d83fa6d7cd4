"""What says that nothing is exempt, and the words that this and what marks a paper share."""

import re

WORD = r"(?:exempt|restricted|confidential)"
CLOSED = r"(?:exempt|restricted|confidential|private|pink)"
# What exempts: the sections and schedules of the access to information acts.
LAW = (
    r"(?:section\s+(?:50\s*\(?a|100\s*\(?[ai]\b)|schedule\s+(?:12|7)\s*\(?a\b|"
    r"(?:public\s+bodies\W+)?admission\s+to\s+meetings\b)"
)
PAPERS = (
    r"(?:items?|reports?|appendix|appendices|annex(?:es|e|ures?)?|minutes?|papers?|business|session|supplement\w*|pack|"
    r"agenda|documents?|part|information|section|schedule|matters?|briefing|enclosures?|attachments?|pages?|cabinet|"
    r"committee|council|meeting|addendum|version|extract|notes?|circulation|distribution)"
)


def any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


# What says that nothing is exempt.
DENIED = any_of(
    rf"\b(?:no|neither|without|non)\b\W+(?:(?:an?|any|such|other|further|additional|known|current)\s+)?{WORD}",
    rf"\bnot\b(?:\W+(?:contain\w*|includ\w+|consider\w*|deem\w*|thought|to|be|an?|any|have|hold|disclos\w+|involv\w+)\b)*\W+{WORD}",
    rf"\b(?:nothing|none)\b(?:\W+\w+){{0,8}}?\W+{WORD}",
    r"\b(?:nothing|none)(?:\s+of\s+(?:it|them|these|which))?\s+(?:is|are|was|were|has\s+been|being)\s+(?:withheld|excluded|held\s+back)",
    rf"\b{WORD}\b.*[\s:?-](?:no|none|nil|not\s+applicable|n/a)\W*$",
    r"\bexempt\s+from\s+(?!(?:\w+\s+)?(?:publication|disclosure)\b|the\s+(?:press|public|access))",
    rf"\bnon\W?{WORD}",
    r"\b(?:items?|reports?|papers?|business|matters?)\b.*\b(?:excluded|private)\b.*[\s:?–-](?:none|nil|not\s+applicable)\W*$",
)

# What says behind such a heading that it came to nothing.
NEEDLESS = any_of(
    r"\bnot\s+(?:necessary|required|needed|put|passed|carried|moved|called\s+for)\b",
    rf"\b(?:no|none)\s+(?:need\b|such\b|of\s+(?:the|these)\b|(?:{CLOSED}|closed)\s+{PAPERS}\b)",
    rf"\bno\s+(?:items?|reports?|papers?|business|matters?)\b(?:\W+\w+){{0,5}}?\W+(?:was|were|is|are)\W+{CLOSED}\b",
    rf"\bno\s+(?:\w+\s+)?(?:items?|reports?|papers?|business|matters?)\b(?:\W+\w+){{0,14}}?\W+(?:part\s+(?:ii|2|b|two)|{CLOSED}\s+{PAPERS}|exclu\w+|private)\b",
    r"\b(?:motion|resolution|proposal)\b.*\b(?:fell|lost|withdrawn|defeated)\b",
    r"\b(?:remained|stayed|continued)\s+(?:open|public|in\s+public|in\s+open\s+session)\b",
)
IN_CASE = any_of(r"\b(?:in\s+case|if|should|were\s+to)\b")


def needed(sentences: list[str]) -> list[str]:
    """The sentences without what would be moved if there were exempt papers, behind one that says there are none."""
    needless = next((at for at, said in enumerate(sentences) if NEEDLESS.search(said)), len(sentences))
    return sentences[:needless] if any(map(IN_CASE.search, sentences[needless + 1 :])) else sentences

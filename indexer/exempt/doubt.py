"""What is in doubt, and so closed: appendices that a paper calls exempt where it speaks of them."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from indexer.exempt import denials, marks, presence, wording
from indexer.text.layout import Block

_ONE = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2}(?:\.\d{1,2})?[a-z]?|(?-i:[IVX]{2,5}|[A-Z]\d?))\b"
_KIND = r"\b(app(?:end\w*|x)?\b\.?|annex\w*|enclos\w*|attach\w*|schedul\w*)"
_LIST = rf"{_ONE}(?:\s*(?:,|and|&|to|[-–])\s*{_ONE})*"
APPENDICES = re.compile(rf"{_KIND}\s+(?:nos?\.?\s*)?(?!12a\b|7a\b)({_LIST})", re.IGNORECASE)
ITEMS = re.compile(
    rf"\b(?:items?|reports?)\s+(?:nos?\.?\s*)?({_LIST})|\b(?-i:([A-H]))\s+(?:items|agenda)\b", re.IGNORECASE
)
BARE = re.compile(  # what the public goes for, where no word says that these are items
    rf"(?:\b(?:for|before|during|from|at|of)\s+|:\s*)({_LIST})(?=\W*$|\W+(?:and|or|as|by|on|because|under|are|is)\b)",
    re.IGNORECASE,
)
_ITEM = rf"items?\s+(?:nos?\.?\s*)?({_ONE})"
# An appendix of an item, and not the item: "Appendix 2 of agenda item 6", "item 6 has exempt appendices".
PART_OF = re.compile(
    rf"{_KIND}(?:\s+(?:nos?\.?\s*)?{_LIST})?\W+(?:(?:to|of|in|for|at|on|the|report|attached|agenda)\W+)*{_ITEM}|"
    rf"\b{_ITEM}\W+(?:(?:has|have|contains?|includes?|with|an?|the|its|exempt|confidential|restricted|private)\W+)*{_KIND}",
    re.IGNORECASE,
)
APPENDED = re.compile(_KIND, re.IGNORECASE)
ORDINALS = ("first", "second", "third", "fourth", "fifth")
ORDINAL = re.compile(  # "the second appendix", or "The second is ..." where appendices are spoken of
    rf"\bthe\s+({'|'.join(ORDINALS)})(?:\s+{_KIND}|(?=\s+(?:is|gives|sets|has|contains|tells|shows|lists)\b))",
    re.IGNORECASE,
)
EXCEPTED = re.compile(  # "open to the public save for" Appendix C
    r"\b(?:open|public|published|publication|exempt|confidential|restricted|private)\b.*"
    r"\b(?:save|except\w*|apart\s+from|other\s+than|but\s+for)\W+(?:(?:for|the|its)\W+)*$",
    re.IGNORECASE,
)
NOT_ALL = re.compile(r"\b(?:following(?!\s+resolution)|remain\w*|rest|below|other)\b", re.IGNORECASE)
ONE = re.compile(_ONE, re.IGNORECASE)
RANGE = re.compile(rf"({_ONE})\s*(?:to|[-–])\s*({_ONE})", re.IGNORECASE)
HEAD = re.compile(rf"^\W*(?:\w+\s+)?{_KIND}(?:\s+(?:nos?\.?\s*)?({_ONE}))?", re.IGNORECASE)
STEM = re.compile(r"[a-z]+|\d+")  # of "b1" and "2.1", which are parts of B and of 2
UNNUMBERED = re.compile(
    rf"\b(?:the|its|all|both|these|an|one|two|three|with|has|have|contains?)\s+(?:\w+\s+)?{_KIND}(?!\s+(?:nos?\.?\s*)?{_ONE})(.*)$",
    re.IGNORECASE,
)
ALONE = re.compile(rf"^\W*(?:\d[\d.]*\W+)?(?:list\s+of\s+)?{_KIND}\W*$", re.IGNORECASE)  # over a list of them
ENTRY = re.compile(rf"^\W*{_ONE}\s*[-–—:.)]", re.IGNORECASE)
LISTING = re.compile(rf"^\W*({_KIND}\s*:\s*)", re.IGNORECASE)
BEFORE = re.compile(r"\b(?:exempt|restricted|confidential|private|pink)\W+(?:\w+\W+)?$", re.IGNORECASE)
OPEN_FOR = re.compile(
    r"\b(?:meeting|session|chamber|doors?|public|press)\b(?!.*\b(?:not|exclud\w+|leave|speak)\b).{0,60}"
    r"\b(?:open|admitted|welcome|attend|present|stay)\b.{0,30}\b(?:for|during|until)\W+(?:the\s+)?(?:end\s+of\s+)?items?\b",
    re.IGNORECASE,
)
PARTLY = re.compile(
    rf"\b(?:part(?:ly|ially)?(?!\s+(?:2|ii|b)\b)|body|main\s+report|report\W+(?:is\s+)?open)\b|{_KIND}\s+{_LIST}\s+only\b",
    re.IGNORECASE,
)
POINTED = re.compile(  # "a confidential appendix is attached at" Appendix C
    rf"\b(?:exempt|restricted|confidential|private)\s+(?:\w+\s+)?(?:{_KIND}|reports?|papers?|letters?|documents?|valuations?)\b"
    r".*\b(?:at|as|in|is|see|being)\W*$",
    re.IGNORECASE,
)
SAID = re.compile(
    r"^(?>.*?\b(?:is|are|be|been|being|as|which|contains?)\b).*\b(?:exempt|confidential|restricted|withheld|(?:held|kept)\s+(?:back|from)|in\s+private|excluded|"
    r"pink|private(?!\s+(?!under\b|by\b|and\b|as\b|for\b|because\b)\w)|not\s+for\s+publication|not\s+(?:be\s+)?(?:published|public)|part\s+(?:2|ii)|"
    r"(?:under|in)\s+(?:\w+\s+)?(?:sealed|separate)\s+(?:cover|envelopes?)|"
    r"(?:supplied|sent|circulated|issued|given|handed|provided|distributed|available)\b.*\b(?:to|for)\s+(?:\w+\s+)?(?:members|councillors)(?!\s+of\b)|"
    r"not\s+(?:be\s+)?(?:made\s+)?(?:available|open|disclosed)\s+to\s+(?:the\s+)?(?:press|public))\b"
    r"(?!\s+(?:accommodation|propert|from\s+call))",
    re.IGNORECASE | re.MULTILINE,
)
CLOSED = re.compile(
    r"\b(?:exempt|confidential|excluded|withheld|in\s+private|private\s+session|not\s+(?:be\s+)?(?:for\s+publication|published)|part\s+(?:2|ii)|"
    rf"sealed\s+(?:covers?|envelopes?)|{denials.LAW}.*|(?:disclos\w+|contain\w*|involv\w+)\b.*\bwithin\s+(?:the\s+meaning\s+of\s+)?paragraphs?\s+\d+)\b",
    re.IGNORECASE,
)
HELD = re.compile(  # the papers of items, where members alone are told how they may come to see them
    r"^(?=.*\b(?:papers?|reports?|documents?|items?)\b)(?=.*\b(?:members|councillors)\b)"
    r"(?!.*\b(?:public|website|online|follow\w*|later|shortly|due\s+course|soon|at\s+the\s+meeting|(?:asked|reminded)\s+to\s+(?:read|see)|questions?|speak|vote|interests?)\b)"
    r".*\b(?:inspect\w*|read|seen?|lodged|hard\s+cop\w+|paper\s+cop\w+|in\s+person|numbered|collect\w*|hand(?:ed)?|sight|"
    r"out\s+of\s+the\s+(?:building|room|office))\b",
    re.IGNORECASE,
)
ANY = "*"  # instead of a number: an appendix that has none
NOTHING_BETWEEN = re.compile(r"^\W*(?:and|or|to)?\W*$", re.IGNORECASE)
SENTENCE = re.compile(r"(?<=[.!?;])\s+")
LONGEST = 110  # characters of a line that heads an appendix

Place = tuple[int, float]  # page, top
Named = Mapping[str, frozenset[str]]  # by item, the appendices called exempt in it


def named(said: Iterable[tuple[str, str]], known: Collection[str] = ()) -> Named:
    """The appendices that are called exempt in these texts, each given with the item that it stands in: of that item,
    or of the one that the text names, ANY if that is not `known`."""
    found: dict[str, set[str]] = defaultdict(set)
    for item, text in said:
        told = ORDINAL.sub(_counted, marks.plain(text)) if APPENDED.search(text) else marks.plain(text)
        for sentence in [told] if LISTING.match(told) else SENTENCE.split(told):
            of = [number for part in PART_OF.finditer(sentence) for number in part.group(2, 3) if number]
            for other in of or [item]:
                found[other if other in known or not of else ANY].update(_called_exempt(sentence))
    return {item: frozenset(names) for item, names in found.items() if names}


def listed(page: Sequence[Block]) -> Iterator[str]:
    """The texts of a page; entries below the heading of a list of appendices with that word: "Appendix B - Offers"."""
    kind = ""
    for block in page:
        text = marks.plain(block.text)
        if alone := ALONE.match(text):
            kind = alone[1]
        elif not ENTRY.match(text):
            kind = ""
        yield f"{kind} {text}" if kind and not alone else block.text


def is_entry(page: Sequence[Block], at: int) -> bool:
    """Whether a block calls an appendix exempt beside others, and heads none."""
    beside = [block for block in page[max(at - 1, 0) : at + 2] if block.level is None and HEAD.match(block.text)]
    return len(beside) > 1 and page[at] in beside and bool(named([("", page[at].text)]))


def of_item(named: Named, item: str) -> frozenset[str]:
    """The appendices called exempt in an item, and those of items that nobody knows."""
    return named.get(item, frozenset()) | named.get(ANY, frozenset())


def heads(text: str, names: frozenset[str]) -> bool:
    """Whether a text heads one of these appendices."""
    found = HEAD.match(marks.plain(text)) if names and len(text) <= LONGEST else None
    if found is None or marks.MENTION.search(text):
        return False
    number = (found[2] or ANY).lower()
    stem = STEM.match(number)
    return any(_name(found[1], each) in names for each in {number, stem[0] if stem else number, ANY * 2})


def only_parts(text: str) -> bool:
    """Whether a field says of some appendices that they are exempt, and of what is around them that it is open."""
    return bool(PARTLY.search(text)) and any(any(_called_exempt(part)) for part in SENTENCE.split(text))


def items_named(texts: Iterable[str]) -> frozenset[str]:
    """The numbers of the items that these texts of an agenda say are exempt, or are taken without the public."""
    clauses = (clause for text in texts for clause in SENTENCE.split(marks.plain(text)))
    told = [PART_OF.sub(" ", clause) for clause in clauses]
    goes = [clause for clause in told if presence.goes(clause, sure=False)]
    shut = [clause for clause in told if CLOSED.search(clause) or HELD.search(clause) or wording.is_for_few(clause, "")]
    closing = [clause for clause in shut if not denials.DENIED.search(clause)]
    found = [one for clause in goes + closing for one in ITEMS.finditer(clause)]
    found += [one for clause in goes if not ITEMS.search(clause) for one in BARE.finditer(clause)]
    return frozenset(number.lower() for one in found for number in _numbers(one[1] or one[2]))


def items_opened(texts: Iterable[str]) -> frozenset[str]:
    """The numbers of the items for which these texts say that the meeting is open, as it is for no others."""
    clauses = [clause for text in texts for clause in SENTENCE.split(marks.plain(text)) if OPEN_FOR.search(clause)]
    found = (one for clause in clauses if not denials.DENIED.search(clause) for one in ITEMS.finditer(clause))
    return frozenset(number.lower() for one in found for number in _numbers(one[1] or one[2]))


def names_all(text: str) -> bool:
    """Whether a text names all the items, or the appendices of items, that it says are exempt, by their numbers."""
    return bool(PART_OF.search(text) or items_named([text])) and not NOT_ALL.search(text)


def _counted(found: re.Match[str]) -> str:
    """ "the second appendix" by the numbers that it may have."""
    at = ORDINALS.index(found[1].lower())
    return f"Appendix {at + 1} and {'ABCDE'[at]}"


def _name(kind: str, number: str) -> str:
    return f"{kind[:3]} {number}".lower()


def _called_exempt(sentence: str) -> Iterator[str]:
    """ "append 2" for each that a sentence, or an entry of a list, calls exempt."""
    if listing := LISTING.match(sentence):  # "Appendices: A - Plan; B - Offers (exempt)"
        parts = re.split(r"\s*[;,]\s*", sentence[listing.end() :])
        yield from (name for part in parts for name in _called_exempt(f"{listing[2]} {part}"))
        return
    found = list(APPENDICES.finditer(sentence))
    if (one := UNNUMBERED.search(sentence)) and not denials.DENIED.search(sentence):
        if SAID.search(one[2]):
            yield _name(one[1], ANY * 2)
        elif BEFORE.search(sentence[: one.start(1)]):
            yield _name(one[1], ANY * (1 + one[1].lower().rstrip(".").endswith("s")))
    shared = False  # with the one after it: "Appendix 1 and Appendix 2 are exempt"
    for at, one in reversed(list(enumerate(found))):
        rest = sentence[one.end() : found[at + 1].start() if at + 1 < len(found) else len(sentence)]
        before = sentence[found[at - 1].end() if at else 0 : one.start()]
        alone = NOTHING_BETWEEN.match(rest)
        said = bool(SAID.search(rest) or marks.BARRED.search(rest)) and not denials.DENIED.search(rest)
        shared = said or _is_excepted(before) or (shared and bool(alone))
        told = marks.of_heading(f"{one[0]}{rest}", near_head=False) == "exempt"
        if (
            shared
            or told
            or ((BEFORE.search(before) or POINTED.search(before)) and not denials.DENIED.search(before + one[0]))
        ):
            yield from (_name(one[1], number) for number in _numbers(one[2]))


def _is_excepted(before: str) -> bool:
    """Whether what stands before an appendix says of all but this one that it is open."""
    closes = re.search(denials.WORD, before, re.IGNORECASE) and not denials.DENIED.search(before)
    return bool(EXCEPTED.search(before)) and not closes


def _numbers(text: str) -> Iterator[str]:
    """Each number in "B and C" or "2 to 4"."""
    yield from ONE.findall(text)
    for first, last in RANGE.findall(text):
        if first.isdigit() and last.isdigit():
            yield from map(str, range(int(first), int(last)))
        elif len(first) == len(last) == 1:
            yield from map(chr, range(ord(first), ord(last)))

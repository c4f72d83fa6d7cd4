"""What was left in a paper that should not be: words of its template, half a sentence."""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from corpus.paper import Passage
from kpi_tools.checks.days import MONTH
from kpi_tools.checks.slip import MOST_QUOTE, Slip, View, entry, near, slip

# What a form, a spreadsheet or a writer's program leaves in a text, and gaps that were to be filled.
_TEMPLATE = re.compile(
    r"\b(?i:insert|add|delete|type)\s(?i:(?:an?|the|new|your|this|extra|further|more)\s)*"
    r"(?i:lines?|rows?|text|name|date|figures?|table|chart|graph|title|details|number|logo)\s(?i:above|below|here)\b"
    r"|\b(?i:click|tap)\s(?i:here\s)?(?i:or\s(?:tap|click)\s)?(?i:here\s)?to\s(?i:enter|add|choose|insert)\b"
    r"|#(?:REF!|DIV/0!|VALUE!|NAME\?|NUM!)|\bError! (?:Reference source|Bookmark|No text)"
    r"|\[(?i:insert|enter|add|name of|date of)\b[^\]]{0,40}\]|\b(?i:lorem ipsum)\b"
    rf"|(?<![\w.])(?:£\s?X{{2,}}\b|X{{2,}}\s?%|X{{2,}}\s{MONTH}\b(?=\s20\d\d)|XX/XX/\w+)"
)
# A word after which a sentence goes on; some may also end one: "the report it refers to".
_GOES_ON = r"(?:and|or|the|an?|their|its|of|for|with|from)"
_BROKEN = re.compile(rf"\b{_GOES_ON} [.;](?=\s|$)", re.IGNORECASE)
_UNFINISHED = re.compile(rf"(?:\b(?:{_GOES_ON}|to|to be|will|is|are|by|in)|(?<=[a-z]{{2}}),)$")
MOST_WORDS = 8  # of what breaks off
_QUESTION = re.compile(r"\?\)?$")
_SHORT = ("ref", "due", "lead", "councils", "links", "driver", "owner", "status")
_ENTRIES = {
    "risk": ("description", "cause", "impact", "mitigation"),
    "plan_item": ("description", "milestone", "progress"),
}


def left_from_the_template(view: View) -> Iterator[Slip]:
    """Words of a form that nobody replaced: "insert line above", "£XX", a formula's error."""
    papers: dict[tuple[str, str], list[tuple[Passage, re.Match[str]]]] = defaultdict(list)
    for passage in view.passages:
        for found in _TEMPLATE.finditer(passage.text):
            papers[passage.places[0].document, found[0].casefold()].append((passage, found))
    for every in papers.values():
        times = f", {len(every)} times" if len(every) > 1 else ""
        yield slip(
            "left from a template",
            f"{every[0][1][0]!r} was left from a template{times}.",
            *((passage.places[0], near(passage.text, found)) for passage, found in every),
        )


def questions_left(view: View) -> Iterator[Slip]:
    """A question mark that somebody left in a plan's or a register's short entries: "S05 (?)", "Happy to close?"."""
    for record in view.records:
        for name in _SHORT if record.kind in _ENTRIES and record.place.document not in view.scanned else ():
            text = record.fields.get(name, "").strip()
            if _QUESTION.search(text) and text in record.quote:
                about = record.fields["description"][:80].strip()
                sentence = f"{about!r}: its {name} still asks {text!r}."
                yield slip("left from a template", sentence, entry(record, text))


def unfinished_entries(view: View) -> Iterator[Slip]:
    """A sentence that breaks off: before its full stop, or at the end of an entry which another follows on its page."""
    for passage in view.passages:
        for found in _BROKEN.finditer(passage.text) if passage.places[0].document not in view.scanned else ():
            yield slip(
                "unfinished sentence",
                f"A sentence breaks off after {_end(passage.text[: found.end() - 2])!r}.",
                (passage.places[0], near(passage.text, found)),
            )
    for record, after in pairwise(view.records):
        place, below = record.place, after.place
        follows = (record.kind, place.document, place.page) == (after.kind, below.document, below.page)
        for name in _ENTRIES.get(record.kind, ()) if follows and place.document not in view.scanned else ():
            text = record.fields[name].strip()
            if _UNFINISHED.search(text) and text in record.quote:
                about = record.fields["ref"] or record.fields["description"][:80].strip()
                yield slip(
                    "unfinished sentence",
                    f"The {name} of {about!r} breaks off: {_end(text)!r}.",
                    (place, text[-MOST_QUOTE:]),
                )


def _end(text: str) -> str:
    return " ".join(text.split()[-MOST_WORDS:])

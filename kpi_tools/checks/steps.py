"""The steps of plans against each other, against the days they name, and against what the report says of them."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus.paper import Passage
from kpi_tools.checks.plans import DONE
from kpi_tools.checks.slip import Slip, View, entry, listed, near, sentences, slip
from kpi_tools.due import find_days, read_due
from kpi_tools.ledger import Record
from kpi_tools.names import squash

FEWEST_STEPS, FEWEST_NOTES = 3, 2  # of items that are not alike by chance
_NOTE = 40  # letters of a note by which it is known, as a page's end may cut it off
_TESTS, _LIVE = re.compile(r"\btest(?:s|ing)?\b", re.IGNORECASE), re.compile(r"^\W*go(?:es)?[- ]?live\b", re.IGNORECASE)
_TO_BE = re.compile(
    r"(?<![^.•;])(?P<what>[^.•;]+?)\s+to be (?P<verb>[a-z]+?)(?:ed|d)\s+by\s+(?P<when>[^.•;]+)", re.IGNORECASE
)
_GOING_ON = re.compile(r"\b(?:ongoing|continuing|still|under ?way|in progress)\b", re.IGNORECASE)
_WORD = re.compile(r"[a-z]{4,}")
# A paragraph that begins with the name of an item: "Disaster Recovery – tests scheduled for March".
_ABOUT = re.compile(
    r"^(?:\d[\d.]*\s+)?(?P<name>[A-Z][^–:]{2,60}?)\s*(?:\([^)]*\)\s*)?(?:–|:|\s-)\s+(?P<says>.+)", re.DOTALL
)
_TO_COME = re.compile(
    r"\b(?:scheduled for|planned for|due to (?:take place|start|begin)"
    r"|(?:have|has) agreed to (?:do|undertake|carry out))\b",
    re.IGNORECASE,
)
# What a paragraph says of the whole item in its first sentence.
_SAID_DONE = re.compile(
    r"(?:this|it|the work)\s+(?:has (?:now )?been|is now|is|was)\s+(?:fully )?(?:completed?|finished|concluded)\b"
    r"(?!\s+(?:by|in|on|to|subject|except|apart)\b)",
    re.IGNORECASE,
)
_SAID_OPEN = re.compile(
    r"(?!.*\b(?:next|another|further|again|annual)\b)"
    r"(?:(?:this |it |there is a |we )?needs? to (?:be )?[a-z]+|(?:this|it) is still to be [a-z]+)",
    re.IGNORECASE,
)
_STILL = re.compile(r"not started|started|in progress|ongoing|paused|on hold|wip", re.IGNORECASE)
_AGAIN = re.compile(r"\b(?:next|another|further|again|second|annual|new|follow[- ]up)\b", re.IGNORECASE)
_DONE = re.compile(
    r"(?<!\bbe )(?<!being )(?<!not )(?<!yet )\b"
    r"(?:undertaken|carried out|conducted|(?:has|have) been (?:fully )?completed|(?:was|were) completed)\b",
    re.IGNORECASE,
)
_EVENT = re.compile(
    r"\b(audit|consultation|inspection|migration|pilot|procurement|review|survey|test(?:ing)?|tender|training|upgrade|workshop)s?\b",
    re.IGNORECASE,
)


def items_alike(view: View) -> Iterator[Slip]:
    """Items of a plan with the very same steps, days, statuses and notes, word for word."""
    alike: dict[tuple[object, ...], list[Sequence[Record]]] = defaultdict(list)
    for steps in _items(view):
        noted = sum(bool(step.fields["progress"]) for step in steps)
        if steps[0].fields["ref"] and len(steps) >= FEWEST_STEPS and noted >= FEWEST_NOTES:
            alike[steps[0].place.document, steps[0].fields["plan"], *map(_printed, steps)].append(steps)
    for items in alike.values():
        if len(items) > 1:
            refs = [steps[0].fields["ref"] for steps in items]
            yield slip(
                "identical steps",
                f"{listed(refs)} have the very same {len(items[0])} steps, with the same due dates, statuses and notes"
                " word for word: they may have been copied and not brought up to date.",
                *(entry(steps[0]) for steps in items),
            )


def live_before_it_is_tested(view: View) -> Iterator[Slip]:
    """An item whose testing is due on the day on which it goes live, or later."""
    for steps in _items(view):
        for test, live in pairwise(steps):
            tested, there = read_due(test.fields["due"]), read_due(live.fields["due"])
            if not _TESTS.search(test.fields["milestone"]) or not _LIVE.search(live.fields["milestone"]):
                continue
            if tested and there and tested >= there:
                yield slip(
                    "dates that disagree",
                    f"{_name(test)}: {test.fields['milestone']!r} is due on {test.fields['due']},"
                    f" {'the day' if tested == there else 'after the day'} on which it is to go live"
                    f" ({live.fields['due']}).",
                    entry(test),
                    entry(live),
                )


def passed_and_going_on(view: View) -> Iterator[Slip]:
    """A milestone that names its own day, which had passed while the status calls the same work ongoing."""
    for record in view.of_kind("plan_item"):
        if not record.as_of:
            continue
        for found in _TO_BE.finditer(record.fields["milestone"]):
            days = {day.day for day in find_days(found["when"])}
            status = _ongoing(record, found["what"], found["verb"])
            if len(days) == 1 and status and days.pop() < record.as_of:
                yield slip(
                    "overdue, still going on",
                    f"{_name(record)}: {found[0].strip(' •')!r}, but in the paper of {record.as_of:%-d %B %Y} the"
                    f" status is {status!r}.",
                    (record.place, found[0].strip(" •")),
                    (record.place, status),
                )


def text_behind_the_plan(view: View) -> Iterator[Slip]:
    """The report speaks of something as still to come, and the notes on that item of the plan say that it was done."""
    items = list(_items(view))
    for passage in view.prose:
        about = _ABOUT.match(passage.text)
        for steps in items if about else ():
            if about and steps[0].place.document == passage.places[0].document and _is_of(about["name"], steps[0]):
                yield from _behind(passage, about["says"], steps)


def text_and_status(view: View) -> Iterator[Slip]:
    """The report calls an item completed of which no step is, or one as yet to be done of which each is closed."""
    items = list(_items(view))
    for passage in view.prose:
        about = _ABOUT.match(passage.text)
        first = next(iter(sentences(about["says"])), "") if about else ""
        for steps in items if first else ():
            if not about or steps[0].place.document != passage.places[0].document:
                continue
            for said, status, tells in ((_SAID_DONE, _STILL, "completed"), (_SAID_OPEN, DONE, "yet to be done")):
                given = [step.fields["status"].strip() for step in steps if step.fields["status"].strip()]
                if not _is_of(about["name"], steps[0]) or not given or not said.match(first):
                    continue
                if all(map(status.fullmatch, given)):
                    yield slip(
                        "text against the plan",
                        f"{_name(steps[0])}: the report speaks of it as {tells} ({first!r}), but its delivery status in"
                        f" the plan is {listed(sorted({repr(each) for each in given}))}.",
                        (passage.places[0], first),
                        entry(steps[0]),
                    )


def _behind(passage: Passage, says: str, steps: Sequence[Record]) -> Iterator[Slip]:
    coming = [said for said in sentences(says) if _TO_COME.search(said) and not _AGAIN.search(said)]
    events = {event for sentence in coming for event in _events(sentence)}
    for step in steps:
        for note in sentences(step.fields["progress"]):
            done = next((found for found in _DONE.finditer(note) if events & _events_by(note, found)), None)
            if coming and done and not _is_after(coming[0], note):
                event = (events & _events_by(note, done)).pop()
                yield slip(
                    "text behind the plan",
                    f"{_name(step)}: the report speaks of the {event} as still to come ({coming[0]!r}), but the plan's"
                    " note says that it was done.",
                    (passage.places[0], coming[0]),
                    (step.place, near(note, done)),
                )
                return


def _is_after(coming: str, note: str) -> bool:
    """Whether what is to come has a later date than any in the note: it may be done every year."""
    ahead, past = ([day.day for day in find_days(text)] for text in (coming, note))
    return bool(ahead and past and max(ahead) > max(past))


def _events_by(note: str, done: re.Match[str]) -> set[str]:
    """What the words "undertaken" or "has been completed" are said of: what stands shortly before them."""
    return _events(note[max(done.start() - 40, 0) : done.start()])


def _events(text: str) -> set[str]:
    return {
        event.casefold().removesuffix("ing") if "test" in event.casefold() else event.casefold()
        for event in _EVENT.findall(text)
    }


def _items(view: View) -> Iterator[Sequence[Record]]:
    """The steps of each item of each plan, in order."""
    items: dict[tuple[str, ...], list[Record]] = defaultdict(list)
    for record in view.of_kind("plan_item"):
        about = (record.fields[name] for name in ("plan", "part", "ref", "description"))
        items[record.place.document, *about].append(record)
    yield from items.values()


def _printed(step: Record) -> tuple[str, ...]:
    cells = (squash(step.fields[name]) for name in ("milestone", "due", "status", "rag"))
    return *cells, squash(step.fields["progress"])[:_NOTE]


def _ongoing(record: Record, what: str, verb: str) -> str:
    """The sentence of an item's status or notes that calls the same work ongoing; "" for none."""
    nouns = set(_WORD.findall(what.casefold()))
    stem = re.sub(r"([^aeiou])\1$", r"\1", verb.casefold())  # "transferr", "novat"
    for text in (record.fields["status"], record.fields["progress"]):
        for sentence in sentences(text):
            plain = sentence.casefold()
            same = re.search(rf"\b{re.escape(stem)}", plain) and nouns & set(_WORD.findall(plain))
            if same and _GOING_ON.search(plain):
                return sentence
    return ""


def _is_of(name: str, step: Record) -> bool:
    """Whether a paragraph's first words are the name of an item, or all but its last word."""
    said, known = name.casefold().split(), step.fields["description"].casefold().split()
    return bool(said) and said in (known, known[:-1])


def _name(step: Record) -> str:
    return f"{step.fields['ref']} {step.fields['description'][:80]}".strip() or "A plan item"

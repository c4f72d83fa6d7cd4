"""How people ask, written as phrases: what one finds, and what it does not."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.question.phrases import classes_of, phrase, said
from bot.question.terms import names, places, says, which, without

TABLES = (
    "subject", "index", "groups", "order", "over", "follow", "asked", "needed", "text", "risk", "item", "agenda",
    "change", "people", "money", "bound", "stands", "unmet",
)  # fmt: skip
CLASSES = classes_of({"met": "met|meet*|miss*", "past": "{above|below} (the|its) target", "judged": "<met>|<past>"})


@pytest.mark.parametrize(
    ("written", "text", "found"),
    [
        ("which month .. <judged>", "In which month did Havant miss it?", True),  # a class, its endings and a gap
        ("which month .. <judged>", "which months were missed", False),  # words are whole, unless a star says else
        ("which month .. <judged>", "which month? They missed it.", False),  # no phrase runs over a question mark
        ("month .. <past>", "a month below target", True),  # what is optional may be left out
        ("month .. <past>", "a month below its target", True),
        ("month .. <past>", "a month below some target", False),
        ("most !{recent|of}", "the most calls", True),
        ("most !{recent|of}", "the most recent pack", False),
        ("most !{recent|of}", "who had the most", True),  # nothing follows
        ("up !{.. by how}", "did it go up and by how much", False),  # nor may it follow further on
        ("^ how many", "And how many were there?", True),  # "and" opens a question and says nothing
        ("^ how many", "Ok, thanks. And how many were there?", True),
        ("^ how many", "do you know how many there were", False),
        ("up to $", "what is it up to?", True),
        ("up to $", "up to June", False),
        ("below #", "below £1,250.50", True),
        ("below #", "below the line", False),
        ("over #", "the over-65s", False),
        ("over #*", "the over-65s", True),
        ("a ..2 b", "a x y b", True),
        ("a ..2 b", "a x y z b", False),
        ("* again", "again", False),
        ("year on year", "the year-on-year change", True),  # a hyphen parts words
        ("didn't meet", "they didnt meet it", True),  # and an apostrophe may be left out
        ("council total", "the council’s total", True),
        ("do it", "how did we do (it is late)", False),  # a bracket keeps apart what stands on its two sides
    ],
)
def test_a_phrase_is_found(written: str, text: str, found: bool) -> None:
    """Each sign of a phrase means what the module says of it."""
    assert phrase(written, CLASSES).found(said(text)) is found


@pytest.mark.parametrize("written", ["", "{met", "met}", "(a", "<unknown> b", "a|b", "a | ) b"])
def test_a_phrase_that_is_none_is_refused(written: str) -> None:
    """A slip in the vocabulary is told when it is read, and matches nothing in silence."""
    with pytest.raises(ValueError):
        phrase(written, CLASSES)


WORDS = st.lists(st.sampled_from(["alpha", "beta", "gamma", "delta"]), min_size=1, max_size=6)


@given(WORDS, WORDS, WORDS)
def test_words_are_found_in_their_order(before: list[str], words: list[str], after: list[str]) -> None:
    """Plain words are found wherever they stand together, a gap lets others come between, and `spans` is where."""
    text = " ".join((*before, *words, *after))
    one = phrase(" ".join(words), {})
    assert one.found(said(text))
    assert all(text[start:end] == " ".join(words) for start, end in one.spans(said(text)))
    assert phrase(" .. ".join(words), {}).found(said(" between ".join((*before, *words, *after))))


@given(st.text(max_size=60))
def test_any_text_is_heard(text: str) -> None:
    """No text is too odd to be looked at; what is left out of it is left out once and for all."""
    assert isinstance(says("asked.why", text), bool)
    assert all(0 <= start < end <= len(text) for start, end in places("asked.asides", text))


def lists(path: str = "") -> Iterator[str]:
    """The path of each list of phrases in the vocabulary, but for the classes."""
    for name in names(path) if path else ("operation", *TABLES):
        full = f"{path}.{name}".strip(".")
        yield from lists(full) if isinstance(names(full), dict) else [full]


def test_all_the_vocabulary_can_be_read() -> None:
    """Every phrase of the vocabulary is one: each list is asked once for a text that has none of them."""
    known = list(lists())
    assert len(known) > 100
    assert not [path for path in known if says(path, "xyzzy")]


def test_a_word_of_a_class_is_known_to_every_phrase_with_it() -> None:
    """One word for meeting a target is as good as another, in each way to ask about it."""
    asked = ("which months did we {} the target", "how often did they {} it", "did Havant {} its target in June")
    for question in asked:
        readings = {which("operation", question.format(w), "sure", "phrases") for w in ("meet", "miss", "hit", "reach")}
        assert len(readings) == 1, question


def test_what_is_said_by_the_way_is_left_out() -> None:
    """`without` takes out whole phrases, and leaves the rest as it was."""
    assert without("asked.asides", "longest run of months for Calls").split() == ["for", "Calls"]


@pytest.mark.parametrize(
    ("question", "operation"),
    [
        ("how many points did calls slump between June and August?", "change"),  # however a fall is called
        ("how much did recycling leap by in May?", "change"),
        ("did calls ever dip beneath target?", "periods"),
        ("in which months was it short of its target?", "periods"),
        ("the typical wait this year", "average"),
        ("which ward was the priciest?", "rank"),
        ("which of the five is furthest behind in June?", "rank"),
        ("were there more misses than in June?", "compare"),
        ("is debt recovery better or worse than its target?", "against_target"),
        ("was it below target all along?", "periods"),
        ("is a bigger figure good?", "definition"),
        ("is collection ahead of last year?", "compare"),
        ("how many councils missed the target?", "against_target"),  # not by how much
        ("calls fell how much from May to June?", "change"),
        ("is high or low good for recovery notices?", "definition"),
        ("what was the earliest month it dropped below 60%?", "beyond"),
        ("which areas are below the overall figure?", "beyond"),
        ("which are below the council target?", "against_target"),
        ("what exactly does it count?", "definition"),
        ("what is it supposed to be?", "definition"),
        ("what is the difference in calls between March and June?", "compare"),
        ("when is the next meeting?", "value"),  # a meeting meets no target
        ("what is the failure threshold?", "value"),
        ("five day search target, South, Q1 2021/22", "value"),  # its figure
        ("requests to target, August", "value"),
        ("explain what it is and what it should be", "definition"),
        ("have calls got any better", "trend"),
        ("they missed it in which month?", "periods"),
        ("what has it averaged in 2021?", "average"),
        ("plot the total calls", "trend"),
        ("what should the cost of waste be?", "definition"),
        ("how many times has it come up short?", "periods"),  # which is no rise
        ("when did it hit its peak?", "rank"),  # which is no target
        ("biggest streak of misses since May", "streak"),
        ("how often is it measured?", "frequency"),
        ("how frequently was it off target?", "periods"),
        ("how many months was it red for?", "periods"),
        ("how many green bins were there?", "value"),  # what is green is no rating
        ("of the councils how many missed it?", "against_target"),
        ("months it rose from March to June, how many?", "moves"),
        ("swing in calls from March to June", "change"),
        ("as a percentage, how much did it change?", "change"),
        ("what separated it from its target?", "margin"),
        ("who came second for calls in March?", "rank"),
        ("which council was runner up in March?", "rank"),
        ("which months broke 90%?", "beyond"),
        ("in how many months did calls clear 80%?", "beyond"),
        ("savings delivered, mean April to June", "average"),
        ("what does it mean?", "definition"),
        ("how many month on month rises were there?", "moves"),
        ("is it above or below overall, and by how much?", "margin"),
    ],
)
def test_an_operation_is_told_however_it_is_said(question: str, operation: str) -> None:
    """A synonym is listed once, in its class, and serves every phrase that has the class."""
    assert (which("operation", question, "sure", "phrases") or "value") == operation

"""Which figures of a scan are believed: those that two readings of three agree on, and that a paper may print."""

from collections.abc import Sequence

import numpy as np
import pytest

from corpus.paper import Cell, Table
from indexer.scan import doubt
from indexer.scan.tesseract import Word
from indexer.scan.unclear import IN_PIECES, TOGETHER, unclear
from kpi_tools.figures import UNSURE

NO_INK = np.zeros((300, 1200), dtype=np.bool_)


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("85.67%", False, "a share"),
        ("8567%", True, "a share that lost its point"),
        ("193.5%", True, "more than the whole"),
        ("105%", True, "more than the whole"),
        ("100%", False, "the whole"),
        ("1O5", True, "a letter in a figure"),
        ("l05", True, "a letter before a figure"),
        ("9S.2", True, "a letter for a digit"),
        ("1,234", False, "thousands"),
        ("1,23", True, "a comma for a point"),
        ("12,3456", True, "thousands that are none"),
        ("97:5", True, "a colon for a point"),
        ("6:30", False, "a time of day"),
        ("1..5", True, "two points"),
        ("PI002", False, "a code"),
        ("2021/22", False, "a year"),
        ("£1.2m", False, "millions"),
        ("20th", False, "a day"),
    ],
)
def test_what_no_paper_prints(text: str, expected: bool, why: str) -> None:
    """What cannot be a figure as printed is known as such; ordinary figures, codes and years are left alone."""
    assert doubt.impossible(text) is expected, why


def word(text: str, left: float = 100, sure: float = 95, top: float = 100) -> Word:
    return Word(text, left, top, left + 20 * len(text), top + 30, sure)


def marked(first: Sequence[Word], second: Sequence[Word], alone: str) -> list[str]:
    return doubt.marked(first, second, NO_INK, lambda disputed: [alone] * len(disputed))


@pytest.mark.parametrize(
    ("sure", "second", "alone", "expected", "why"),
    [
        (95, "75.2", "", "75.2", "both readings agree"),
        (95, "75.2.", "", "75.2", "a speck behind the figure"),
        (95, "78.2", "75.2", "75.2", "two of three agree"),
        (95, "78.2", "76.2", UNSURE, "no two agree"),
        (95, "78.2", "78.2", UNSURE, "the first is alone: it is not mended"),
        (95, "", "", "75.2", "quite sure, and nothing against it"),
        (70, "", "", UNSURE, "not so sure, and nobody to confirm it"),
        (45, "75.2", "", UNSURE, "hardly sure: one witness is not enough"),
        (45, "75.2", "75.2", "75.2", "hardly sure, but all agree"),
        (45, "78.2", "78.2", "78.2", "hardly sure, and the other two agree"),
        (45, "78.2", "76.2", UNSURE, "hardly sure, and no two agree"),
        (10, "75.2", "", UNSURE, "a guess"),
        (10, "75.2", "75.2", "75.2", "a guess, which the other two bear out"),
    ],
)
def test_two_readings_of_three_must_agree(sure: float, second: str, alone: str, expected: str, why: str) -> None:
    """A figure is believed on two witnesses; a reading that is sure of itself is never replaced by others."""
    assert marked([word("75.2", sure=sure)], [word(second)] if second else [], alone) == [expected], why


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("P1002", "PI002", "numbers of indicators begin with a nought"),
        ("(KP104)", "(KPI04)", "key indicators too"),
        ("KPIs/Pls", "KPIs/PIs", "several of them"),
        ("KPIs/PlIs", "KPIs/PIs", "with a stroke too many"),
        ("Pl", "P1", "no word, and no abbreviation"),
        ("P1200", "P1200", "what may be a number stays one"),
        ("Ql", "Q1", "no word"),
        ("CP1", "CP1", "another code"),
    ],
)
def test_names_with_a_one_or_an_i(text: str, expected: str, why: str) -> None:
    """Where a name's form leaves no other reading, a letter that looks like a one is that letter."""
    assert marked([word(text)], [word(text)], "") == [expected], why


@pytest.mark.parametrize(
    ("text", "second", "expected"), [("15", "KPI15", "15"), ("15)", "(KPI15)", "15)"), ("15", "215", UNSURE)]
)
def test_a_references_number_may_be_read_with_its_letters(text: str, second: str, expected: str) -> None:
    """Letters before it are no contradiction, digits are."""
    wide = Word(second, 40, 100, 240, 130, 90)
    assert marked([word(text, sure=45)], [wide], text) == [expected]


def test_a_sign_that_was_read_as_a_digit_is_doubtful() -> None:
    """A number's first character is as high as the others; one that is lower is a sign such as "at least"."""
    for height, expected in ((30, "2380"), (22, UNSURE)):
        inked = NO_INK.copy()
        for left in (122, 142, 162):
            inked[100:130, left : left + 14] = True
        inked[130 - height : 130, 102:116] = True
        assert doubt.marked([word("2380")], [word("2380")], inked, lambda _: [""]) == [expected]
    tall = NO_INK.copy()
    tall[100:130, 102:116] = tall[100:130, 122:136] = tall[95:136, 142:150] = True
    assert doubt.marked([word("06)", top=98)], [word("06)", top=98)], tall, lambda _: [""]) == ["06)"]


def test_words_without_figures_are_left_alone() -> None:
    """Doubt is about figures: other words stay as they were read."""
    assert marked([word("Havant", sure=40)], [], "") == ["Havant"]


def test_ink_that_was_not_read_makes_a_figure_doubtful() -> None:
    """A minus that is in the picture and not in the word, or a point between its digits, is not passed over."""
    plain = NO_INK.copy()
    plain[100:130, 100:180] = True
    dash, point = plain.copy(), NO_INK.copy()
    dash[113:117, 80:94] = True
    point[100:130, 100:120] = point[100:130, 140:160] = point[100:130, 165:180] = True
    point[125:130, 127:132] = True
    first, second = [word("4521")], [word("4521")]
    for inked, expected in ((plain, "4521"), (dash, UNSURE), (point, UNSURE)):
        assert doubt.marked(first, second, inked, lambda _: [""]) == [expected]


@pytest.mark.parametrize(
    ("texts", "expected", "why"),
    [
        (["75.15%", "6899%", "70.01%", "52.21%"], {1}, "a lost point"),
        (["£14.68", "£1522", "£14.99"], {1}, "a lost point of money"),
        (["1,012", "998", "1.034", "1,020"], {2}, "a comma read as a point"),
        (["99.85%", "100%", "98.20%"], set(), "a round share fits as it is"),
        (["130", "0.84", "1.09", "151", "0.96", "0.72"], {0, 3}, "two of them"),
        (["12", "340", "0.84", "91.20", "1,250"], set(), "figures of several kinds"),
        (["12", "340", "7"], set(), "whole numbers of any size"),
        (["22.6", "24"], set(), "too few to tell"),
        (["Jan 23", "72.1%", "73.8%", "71.6%"], set(), "a label with a number"),
        (["Hart", "81.5%", "79.0%", ""], set(), "labels and blanks are no figures"),
    ],
)
def test_figures_that_lost_their_point(texts: list[str], expected: set[int], why: str) -> None:
    """A figure with other decimals than all beside it is doubtful where it would fit with its point moved."""
    assert doubt.misplaced(texts) == expected, why


@pytest.mark.parametrize(
    ("rows", "expected", "why"),
    [
        ([["Measure", "2018/19 2019/20"], ["Calls", "95.1% 94.2%"], ["Fees", "£14 £15"]], TOGETHER,
         "two columns in one"),
        ([["Measure", "Q1", "Target"], ["", "", "2021/22"], ["Calls", "95%", "94%"]], IN_PIECES,
         "a header in two rows"),
        ([["Measure", "Q1", "Target"], ["Calls", "95%", "94%"], ["Fees", "£14", "£15"]], "", "nothing against it"),
        ([["Measure", "Q1"], ["Calls", "95% (p)"], ["Fees", "14 days"]], "", "words beside a figure"),
        ([["", "Jul", "Aug"], ["Hilltop 46", "", "42"], ["Old Town 29", "", "27"], ["All areas 30", "", "26"]],
         TOGETHER, "names and their first figures"),
        ([["", "Jul"], ["Ward 1", "42"], ["Ward 2", "27"], ["Ward 3", "26"]], "", "names with a number"),
        ([["", "Apr", "May Jun", "Jul"], ["Calls", "95", "96", "97"]], TOGETHER, "two months in one cell"),
        ([["", "Apr 2022 May 2022"], ["Calls", "95"]], TOGETHER, "two months with their years"),
        ([["Milestone", "Due", "Lead"], ["Reports", "May 2022 June 2022", "Client"]], "", "two dates of an action"),
        ([["", "Apr 2022", "Q1 2022/23"], ["Calls", "95", "96"]], "", "one period each"),
    ],
)  # fmt: skip
def test_tables_that_are_not_taken_apart(rows: list[list[str]], expected: str, why: str) -> None:
    """Where columns or a header were not read for certain, no figure of a scanned table is believed."""
    box = (0.0, 0.0, 1.0, 1.0)
    cells = tuple(tuple(Cell(text, 1, box) for text in row) for row in rows)
    assert unclear(Table(1, 1, box, (), "", cells)) == expected, why


@pytest.mark.parametrize(
    ("first", "second", "alone", "expected", "why"),
    [
        ("P11", "P11", "P1", UNSURE, "two readings against one are not enough for a code"),
        ("P11", "P1", "Pl", "P1", "two others agree, one by a letter that looks the same"),
        ("CP11", "CP11", "CPi1", "CP11", "the same digits"),
        ("CP4", "CP4", "CcP4", "CP4", "the same digits, and its letters are read alike twice"),
        ("PI004", "PI004", "PI009", UNSURE, "another code"),
        ("PI0O4", "PI004", "PI004", "PI004", "a nought among digits that was read for a letter"),
        ("PI004", "PI004", "", "PI004", "nothing against it"),
        ("1.42", "1.42", "142", "1.42", "a figure, of which two are sure"),
    ],
)
def test_codes_are_believed_where_nothing_contradicts(
    first: str, second: str, alone: str, expected: str, why: str
) -> None:
    """A figure under a wrong code would be another measure's: one reading with other digits makes a code doubtful."""
    assert marked([word(first)], [word(second)], alone) == [expected], why


@pytest.mark.parametrize(
    ("text", "sure", "second", "alone", "expected", "why"),
    [
        ("Compreuon", 60, "Compreuon", "completion", "completion", "a word where the first is none"),
        ("Compreuon", 85, "Compreuon", "completion", "Compreuon", "the first is sure, and one is against it"),
        ("Compreuon", 85, "Completion", "Completion", "Completion", "two are against it"),
        ("Mendip", 60, "Mendip", "Management", "Mendip", "a name, and a word that is not like it"),
        ("Empioyee", 91, "Empioyee", "", "Employee", "a letter that looks the same"),
        ("Extemal", 92, "Extemal", "", "External", "two letters that look like one"),
        ("catts", 91, "catls", "", "calls", "letters that blur alike"),
        ("trelf", 91, "trelf", "trelf", "trelf", "all three have it"),
        ("catps", 91, "calls", "catps", "catps", "another bears it out"),
        ("catps", 91, "calls", "", UNSURE, "one reading has a word there, none bears it out"),
        ("seconds", 12, "seconds", "secuius", "seconds", "a smudge that another reading bears out"),
        ("seconds", 12, "", "secuius", "", "a smudge"),
    ],
)
def test_words_that_are_none_are_read_as_others_have_them(
    text: str, sure: float, second: str, alone: str, expected: str, why: str
) -> None:
    """A name with a slip would be another measure; what is no word is replaced by a word that was read there too."""
    assert marked([word(text, sure=sure)], [word(second)] if second else [], alone) == [expected], why


@pytest.mark.parametrize(
    ("first", "alone", "expected", "why"),
    [
        (word("al", sure=60), ("1", "1"), "1", "a figure, read so twice"),
        (word("al", sure=60), ("1", "7"), UNSURE, "which figure?"),
        (word("al", sure=60), ("Al", "al"), UNSURE, "perhaps a figure"),
        (word("G", sure=60), ("G", "G"), "G", "a letter"),
        (word("al", sure=90), ("1", "1"), "al", "letters that are trusted"),
    ],
)
def test_letters_that_stand_alone_may_be_a_figure(first: Word, alone: tuple[str, str], expected: str, why: str) -> None:
    """A cell's only digit is often read as letters: it is read twice more by itself. In a line of text it is left."""
    read = dict(zip((first.x0, first.x0 - 7.5), alone, strict=True))
    by_itself = lambda words: [read.get(one.x0, "") for one in words]  # noqa: E731
    assert doubt.marked([first], [], NO_INK, by_itself) == [expected], why
    beside = word("Smith", left=first.x1 + 10)
    assert doubt.marked([first, beside], [], NO_INK, by_itself) == [first.text, "Smith"]
    assert doubt.marked([word("Qi", sure=60)], [], NO_INK, by_itself) == ["Q1"]


def test_a_digit_that_is_in_the_picture_and_not_in_the_word_makes_it_doubtful() -> None:
    """A number has no more pieces of ink side by side than characters."""
    inked = NO_INK.copy()
    inked[100:130, 102:116] = inked[100:130, 124:138] = True
    for text, expected in (("27", "27"), ("2", UNSURE)):
        both = [Word(text, 100, 100, 140, 130, 95)]
        assert doubt.marked(both, both, inked, lambda _: [""]) == [expected]

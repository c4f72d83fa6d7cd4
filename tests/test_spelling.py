"""Slips in the small words of a question are mended, and no other word is touched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.question.spelling import SMALL, mended


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("wich months did we miss", "which months did we miss"),  # a letter left out
        ("waht is the target", "what is the target"),  # two swapped
        ("whoo leads it", "who leads it"),  # one doubled
        ("hwo many bins", "how many bins"),  # of two words the one that goes before "many"
        ("hwo leads it", "who leads it"),
        ("whats due, and whens it done", "what is due, and when is it done"),  # no apostrophe
        ("wats due", "what is due"),  # and a slip besides
        ("theyve said it isnt so", "they have said it isn't so"),
        ("We're late, it’s due", "we are late, it is due"),
        ("wen did it end", "when did it end"),  # a word, too, but not where a question begins
        ("Wen from Leeds did it", "Wen from Leeds did it"),
        ("three are red", "three are red"),
        ("were its hats here, a form for men", "were its hats here, a form for men"),
        ("the HWO plan of Mr Hwo", "the HWO plan of Mr Hwo"),  # names
        ("hsa and frm", "hsa and frm"),  # too short to be sure
    ],
)
def test_slips_in_small_words_are_mended(said: str, meant: str) -> None:
    """What is no word of English and one slip from a small word is that word."""
    assert mended(said) == meant


@given(st.lists(st.sampled_from([*SMALL, "Havant", "bins", "PI002", "80%", "council", "waste", "plan?"]), max_size=9))
def test_what_is_right_stays(words: list[str]) -> None:
    """A question without a slip is not changed, whatever stands beside whatever."""
    assert mended(" ".join(words)) == " ".join(words)

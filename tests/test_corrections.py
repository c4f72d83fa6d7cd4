"""Corrections by hand: they hold without indexing again, they are told of, and a wrong file is told of too."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from bot.engine import Engine
from corpus.errors import SettingError
from corpus.settings import Settings
from kpi_tools.corrections import FILE, CorrectedStore, Corrections, Used, load
from kpi_tools.frames import build
from kpi_tools.measures import Observation, Target
from tests.checks_view import line

CALLS = "Customer Services | PI002 | % of calls answered"
READ = line(CALLS, "Havant", {"Jul-21": "82%", "Aug-21": "84%"}, "> 80%")


def correct(folder: Path, text: str) -> Corrections:
    (folder / FILE).write_text(text, encoding="utf-8")
    return load(folder / FILE)


def judged(fixes: Corrections, read: tuple[Sequence[Observation], Sequence[Target]]) -> list[tuple[str, str, object]]:
    """Each figure's entity, code and whether it met its target, as the frame has them."""
    observations = fixes.observations(read[0])
    made = build(observations, fixes.aims(read[1], observations)).sort_values("start")
    return [(row["entity"], row["code"], row["met"]) for row in made.to_dict("records")]


@pytest.mark.parametrize(
    ("text", "met"),
    [
        ('[[target]]\ncode = "PI002"\ntarget = "> 83%"', [False, True]),
        ('[[target]]\ncode = "PI 002"\nservice = "customer services"\ntarget = "at least 85%"', [False, False]),
        ('[[target]]\ncode = "PI002"\ntarget = "> 83%"\nentity = "Havant"', [False, True]),
        ('[[target]]\ncode = "PI002"\ntarget = "> 83%"\nentity = "Hart"', [True, True]),
        ('[[target]]\ncode = "PI002"\ntarget = "> 90%"\nsince = "Aug-21"\nuntil = "Sep-21"', [True, False]),
        ('[[target]]\ncode = "PI002"\nservice = "Land Charges"\ntarget = "> 90%"', [True, True]),
    ],
)
def test_a_target_by_hand(tmp_path: Path, text: str, met: list[bool]) -> None:
    """It stands in place of the one that was read, for its measure, entity and time alone."""
    assert [row[2] for row in judged(correct(tmp_path, text), READ)] == met


def test_a_polarity_by_hand(tmp_path: Path) -> None:
    """A target that was read without a direction is judged by the one set by hand."""
    read = line("Revenues | K1 | Cost of a bill (£)", "Hart", {"Jul-21": "£4"}, "£5")
    assert judged(correct(tmp_path, ""), read)[0][2] is None
    assert judged(correct(tmp_path, '[[measure]]\ncode = "K1"\npolarity = "lower"'), read)[0][2] is True
    assert judged(correct(tmp_path, '[[measure]]\ncode = "K1"\npolarity = "higher"'), read)[0][2] is False


def test_other_names(tmp_path: Path) -> None:
    """An entity and a code by other names come together with their own."""
    fixes = correct(
        tmp_path, '[[alias]]\nname = "Seaside"\nmeans = "Havant"\n[[measure]]\ncode = "PI002"\nalso = ["CS-02"]'
    )
    other = line("Customer Services | CS-02 | % answered in time", "Seaside", {"Sep-21": "70%"})
    rows = judged(fixes, ([*READ[0], *other[0]], READ[1]))
    assert rows == [("Havant", "PI002", True), ("Havant", "PI002", True), ("Havant", "PI002", False)]
    assert fixes.in_question("How did seaside do, not Seasiders?") == "How did Havant do, not Seasiders?"


def test_an_answer_that_rests_on_one_says_so(tmp_path: Path) -> None:
    """Said of figures that were judged by it, and of no others."""
    fixes = correct(
        tmp_path, '[[target]]\ncode = "PI002"\ntarget = "> 83%"\n[[measure]]\ncode = "K1"\npolarity = "lower"'
    )
    used = Used("Customer Services", "PI002", "", "Havant", "%", "83", False)
    assert fixes.notes([used, used]) == [f"The target of PI002 (> 83%) is set by hand in {FILE}."]
    assert fixes.notes([Used("", "K1", "", "Hart", "£", "5", True)]) == [
        f"That lower is better for K1 is set by hand in {FILE}."
    ]
    assert not fixes.notes(
        [Used("", "PI002", "", "Havant", "%", "80", True), Used("", "K1", "", "Hart", "£", None, None)]
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[target]\n", "line 1"),
        ('[[targets]]\ncode = "A"', "[[targets]] is not known"),
        ('target = "> 5"', "must be written as [[target]]"),
        ('[[target]]\ncode = "A"\ntarget = "> 5"\n[[target]]\nkode = "A"', "[[target]] 2: 'kode' is not known"),
        ('[[target]]\ntarget = "> 5%"', "'code' or 'name'"),
        ('[[target]]\ncode = "A"\ntarget = "5%"', "'target' must be a bound"),
        ('[[target]]\ncode = "A"\ntarget = 5', "'target' must be a text"),
        ('[[target]]\ncode = "A"\ntarget = "> 5"\nsince = "soon"', "'since' must be a period"),
        ('[[measure]]\ncode = "A"\npolarity = "up"', "'polarity' must be"),
        ('[[measure]]\ncode = "A"\nalso = "B"', "'also' must be a list"),
        ('[[alias]]\nname = "A"', "'means' must be a text"),
    ],
)
def test_a_wrong_file_is_told_of(tmp_path: Path, text: str, words: str) -> None:
    """One sentence with the file, the table and the key."""
    with pytest.raises(SettingError) as error:
        correct(tmp_path, text)
    assert words in str(error.value)
    assert FILE in str(error.value)


def test_the_store_has_them_at_once(sample_settings: Settings, tmp_path: Path) -> None:
    """A file that is written while the engine runs holds for the next question, and no longer than it is there."""
    settings = Settings(home=str(tmp_path), database_url=sample_settings.database)
    engine, question = Engine(settings), "Did Havant meet the target for calls PI002 in February 2021?"
    before = engine.ask(question, date(2021, 12, 31))
    (tmp_path / FILE).write_text('[[target]]\nservice = "Customer Services"\ncode = "PI002"\ntarget = "> 5%"\n')
    with_it = engine.ask(question, date(2021, 12, 31))
    (tmp_path / FILE).unlink()
    after = engine.ask(question, date(2021, 12, 31))
    assert [[g.met for g in a.figures] for a in (before, with_it, after)] == [[False], [True], [False]]
    assert any(FILE in said for said in with_it.assumptions)
    assert before.answer == after.answer
    assert not CorrectedStore(settings).corrections

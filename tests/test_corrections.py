"""Corrections by hand: they hold without indexing again, they are told of, and a wrong file is told of too."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from bot.engine import Engine
from corpus.errors import SettingError
from corpus.settings import Settings
from indexer.index import index_paths
from kpi_tools.corrected import CorrectedStore
from kpi_tools.corrections import FILE, Corrections, load, unused
from kpi_tools.frames import build
from kpi_tools.measures import Observation, Target
from tests.checks_view import line
from tests.handmade import Letters

CALLS = "Customer Services | PI002 | % of calls answered"
ALIAS = '[[alias]]\nname = "A"\nmeans = "B"'
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
    used = ("Customer Services", "PI002", ""), "Havant", "%", "83", False
    assert fixes.notes([used, used]) == [f"The target of PI002 (> 83%) is set by hand in {FILE}."]
    assert fixes.notes([(("", "K1", ""), "Hart", "£", "5", True)]) == [
        f"That lower is better for K1 is set by hand in {FILE}."
    ]
    assert not fixes.notes([(("", "PI002", ""), "Havant", "%", "80", True), (("", "K1", ""), "Hart", "£", None, None)])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[target]\n", "line 1: a table must be written like [[target]]"),
        ("[[target]]\ncode = PI002", "line 2: a value must be a text in straight quotation marks"),
        ("[[target]]\ncode = “PI002”", "line 2: a value must be a text in straight quotation marks"),
        ('[[target]]\ncode = "PI002\ntarget = "> 5%"', "line 2: a quotation mark is missing"),
        ('[[target]]\ncode = "PI002"\ntarg', "line 3: between a key and its value there must be '='"),
        ('[[target]]\ncode = "A"\ncode = "B"', "line 3: the key stands twice"),
        ("\x00", "line 1: "),
        ("a = " + "[" * 5000, "brackets within brackets"),
        ('[[targets]]\ncode = "A"', "[[targets]] is not known"),
        ('target = "> 5"', "must be written as [[target]]"),
        ('[[target]]\ncode = "A"\ntarget = "> 5"\n[[target]]\nkode = "A"', "line 5, [[target]] 2: 'kode' is not known"),
        ('[[target]]\ntarget = "> 5%"', "'code' or 'name'"),
        ('[[target]]\ncode = "A"\ntarget = "5%"', "'target' must be a bound"),
        ('[[target]]\ncode = "A"\ntarget = 5', "'target' must be a text"),
        ('[[target]]\ncode = "A"\ntarget = "> 5"\nsince = "soon"', "'since' must be a period"),
        ('[[measure]]\ncode = "A"\npolarity = "up"', "'polarity' must be"),
        ('[[measure]]\ncode = "A"\nalso = "B"', "'also' must be a list"),
        ('[[measure]]\ncode = "A"\nalso = [""]', "'also' must be a list"),
        ('[[measure]]\ncode = "A"', "it corrects nothing"),
        ('[[alias]]\nname = "A"', "'means' must be a text"),
        (
            '[[alias]]\nname = "A"\nmeans = "B"\n[[alias]]\nname = "a"\nmeans = "C"',
            "line 5, [[alias]] 2: 'a' already means 'B'",
        ),
        (
            '[[alias]]\nname = "A"\nmeans = "B"\n[[alias]]\nname = "B"\nmeans = "A"',
            "'B' is itself given another meaning",
        ),
        ('[[target]]\ncode = "A"\ntarget = "> 5"\nsince = "Mar-22"\nuntil = "Apr-21"', "line 5, [[target]] 1: it ends"),
        ('[[exempt]]\nitem = "8"', "'document' must be a text"),
    ],
)
def test_a_wrong_file_is_told_of(tmp_path: Path, text: str, words: str) -> None:
    """One sentence with the file, the table and the key."""
    with pytest.raises(SettingError) as error:
        correct(tmp_path, text)
    assert words in str(error.value)
    assert FILE in str(error.value)


def test_a_file_as_editors_save_it(tmp_path: Path) -> None:
    """With a byte order mark and the line ends of Windows; a text in another encoding is told of with its line."""
    file = tmp_path / FILE
    file.write_bytes(b'\xef\xbb\xbf[[alias]]\r\nname = "(a+)+$"\r\nmeans = "\\\\1"\r\n')
    assert load(file).in_question("What of (a+)+$ ?") == "What of \\1 ?"
    file.write_bytes('[[alias]]\nname = "Café"\nmeans = "B"'.encode("latin-1"))
    with pytest.raises(SettingError, match="line 2: the file is not saved as UTF-8"):
        load(file)


def test_what_corrects_nothing_is_told(tmp_path: Path) -> None:
    """A code that no measure has, and a paper that is not there, each with its line; what fits is not told."""
    text = '[[target]]\ncode = "PI002"\ntarget = "> 83%"\n[[measure]]\ncode = "PI02"\npolarity = "lower"\n'
    correct(tmp_path, text + '[[exempt]]\ndocument = "b.pdf"\n')
    told = unused(tmp_path, READ[0], ["a.pdf"])
    assert [sentence.partition(FILE)[2] for sentence in told] == [
        ", line 4, [[measure]] 1: no measure of the papers fits PI02",
        ", line 8, [[exempt]] 1: no paper of the index is called 'b.pdf'",
    ]
    assert unused(tmp_path / "elsewhere", READ[0], []) == []


PAPER = """Hart District Council
Cabinet, 6 October 2021

Land Charges

Monthly - PI001 - % Searched on time\t\t
\tJul-21\tAug-21
Hart\t{}%\t82%
"""


def test_they_outlive_the_index(tmp_path: Path) -> None:
    """Papers that are read again, that change, and an index that is deleted and made anew: what is closed stays so."""
    home, paper = tmp_path / "home", tmp_path / "hart-2021-10-06.txt"
    home.mkdir()
    settings = Settings(home=str(home))
    (home / FILE).write_text(
        '[[target]]\ncode = "PI001"\ntarget = "> 81%"\n[[exempt]]\ndocument = "hart-2021-10-06.txt"\n', encoding="utf-8"
    )
    for value in ("80", "90", "90"):
        paper.write_text(PAPER.format(value), encoding="utf-8")
        assert not index_paths([paper], settings, embedder=Letters()).stopped
        store = CorrectedStore(settings)
        seen = store.observations()
        assert [o.figure.printed for o in seen] == [f"{value}%", "82%"]
        assert all(o.exempt for o in seen)
        assert store.observations(exempt=False) == []
        assert {aim.quote for aim in store.targets()} == {f"target set by hand in {FILE}: > 81%"}
        store.close()
        if value == "90":
            for file in home.glob("packclerk.db*"):
                file.unlink()


def test_what_is_closed_by_hand_closes_at_the_next_run(tmp_path: Path) -> None:
    """A paper that is here already is closed by a run with nothing new; the same once more changes nothing."""
    settings, paper = Settings(home=str(tmp_path)), tmp_path / "hart-2021-10-06.txt"
    paper.write_text(PAPER.format("80"), encoding="utf-8")
    index_paths([paper], settings, embedder=Letters())
    store = CorrectedStore(settings)
    assert len(store.observations(exempt=False)) == 2
    (tmp_path / FILE).write_text('[[exempt]]\ndocument = "hart-2021-10-06.txt"\n', encoding="utf-8")
    index_paths([paper], settings, embedder=Letters())
    assert store.observations(exempt=False) == []
    before = store.generation()
    index_paths([paper], settings, embedder=Letters())
    assert store.generation() == before


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


def test_a_council_that_the_papers_do_not_have_is_told(tmp_path: Path) -> None:
    """A slip in a council's name corrects nothing, and says so with its line; one that is another's name is none."""
    text = (
        '[[alias]]\nname = "HBC"\nmeans = "Havent"\n'
        '[[target]]\ncode = "PI002"\nentity = "Camden"\ntarget = "> 5%"\n'
        '[[alias]]\nname = "The Borough"\nmeans = "Havant"\n'
        '[[target]]\ncode = "PI002"\nentity = "The Borough"\ntarget = "> 5%"\n'
    )
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    told = unused(tmp_path, READ[0], [])
    assert [sentence.partition(", ")[2] for sentence in told] == [
        "line 3, [[alias]] 1: no figure of the papers is for 'Havent'",
        "line 6, [[target]] 1: no figure of the papers is for 'Camden'",
    ]

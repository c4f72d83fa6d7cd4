"""The store gives back what was saved, as it was, a whole paper at a time."""

import sqlite3
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import RequestError, SettingError, StoreError
from kpi_tools.extraction import Extraction
from kpi_tools.figures import Figure
from kpi_tools.measures import Measure
from kpi_tools.periods import Period
from kpi_tools.saved import Changes
from kpi_tools.store import Store
from tests.handmade import CALLS, extraction, observation, passage, record

WORDS = ("calls", "bins", "late", "lease", "sold", "pools")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(f"sqlite:///{tmp_path}/home/packclerk.db")


def save(store: Store, paper: Extraction) -> Changes:
    revision = store.intend_adding(len(paper.passages))
    return store.save(paper, Path("/papers") / paper.pack.document, revision)


def test_all_of_a_paper_comes_back_as_it_was(store: Store) -> None:
    """Proves that observations, reasons, targets, records, notes and passages survive the database unchanged."""
    paper = extraction(
        observations=[observation(), observation("N/A", "Mendip", exempt=True, ocr=True)],
        passages=[passage("Calls were answered."), passage("A secret.", exempt=True)],
    )
    save(store, paper)
    assert store.observations() == list(paper.observations)
    assert store.targets() == list(paper.targets)
    assert store.records() == list(paper.records)
    assert store.notes("a.pdf") == list(paper.notes)
    assert list(store.passages().values()) == list(paper.passages)
    kept = store.papers()[0]
    assert (kept.document, kept.path, kept.sha256, kept.pages) == ("a.pdf", Path("/papers/a.pdf"), paper.pack.sha256, 2)
    assert kept.counts == {
        "observations": 2, "targets": 1, "records": 2, "passages": 2, "tables": 0, "unread": 1,
    }  # fmt: skip


def test_the_public_see_nothing_exempt(store: Store) -> None:
    """Proves that exempt=False leaves out every exempt row, of each kind."""
    save(store, extraction(
        observations=[observation(), observation("1%", exempt=True)],
        passages=[passage("open pools"), passage("closed pools", exempt=True)],
    ))  # fmt: skip
    assert [one.figure.printed for one in store.observations(exempt=False)] == ["45.66%"]
    assert [one.kind for one in store.records(exempt=False)] == ["risk"]
    assert [one.text for one in store.passages(exempt=False).values()] == ["open pools"]
    assert len(store.matches("pools", 9, exempt=True)) == 2
    assert len(store.matches("pools", 9, exempt=False)) == 1
    assert store.passages(["1-1"], exempt=False) == {}


@settings(deadline=None, max_examples=40)
@given(
    value=st.decimals(allow_nan=False, allow_infinity=False, places=6),
    printed=st.text(st.characters(codec="utf-8"), max_size=40),
    start=st.dates(),
)
def test_any_figure_survives(value: Decimal, printed: str, start: date) -> None:
    """Proves that no digit, no letter and no date is bent on the way through the database."""
    store = Store("sqlite://")
    one = observation(period=Period(start, start, printed), quote=printed)
    object.__setattr__(one, "figure", Figure(value, "£", printed))
    save(store, extraction(observations=[one]))
    assert store.observations() == [one]
    assert str(store.observations()[0].figure.value) == str(value)  # type: ignore[union-attr]
    store.close()


def test_later_papers_come_last(store: Store) -> None:
    """Proves the order that restatements rely on: by paper date, not by the order of indexing."""
    for document, day in (("c.pdf", date(2022, 4, 6)), ("a.pdf", date(2021, 10, 6)), ("b.pdf", None)):
        save(store, extraction(document, [observation(document=document)], day=day))
    assert [one.place.document for one in store.observations()] == ["b.pdf", "a.pdf", "c.pdf"]
    assert [one.document for one in store.papers()] == ["b.pdf", "a.pdf", "c.pdf"]


def test_a_paper_replaces_itself(store: Store) -> None:
    """Proves that a new revision leaves nothing of the old one, and a note of the vectors that are to go."""
    assert not save(store, extraction(passages=[passage("old words"), passage("more")], content="1")).replaced
    before = store.generation()
    assert save(store, extraction(passages=[passage("new words")], content="2")).replaced
    assert [one.text for one in store.passages().values()] == ["new words"]
    assert store.matches("old", 9) == []
    assert store.generation() == before + 1
    assert [(one.kind, one.ids) for one in store.intents()] == [("drop", ["1-0", "1-1"])]


def test_a_paper_is_removed(store: Store) -> None:
    """Proves that removal takes all of a paper, and that a name that is not there is told."""
    save(store, extraction(observations=[observation()], passages=[passage("words")]))
    store.remove("a.pdf")
    assert (store.papers(), store.observations(), store.passages(), store.matches("words", 9)) == ([], [], {}, [])
    with pytest.raises(RequestError, match=r"no paper 'a\.pdf'"):
        store.remove("a.pdf")


def test_a_failed_save_changes_nothing(store: Store) -> None:
    """Proves all or nothing: two papers cannot have one content, so the second save fails halfway."""
    save(store, extraction(passages=[passage("words")], content="same"))
    before = (store.generation(), store.papers(), store.passages())
    with pytest.raises(StoreError):
        save(store, extraction("b.pdf", passages=[passage("other")], content="same"))
    assert (store.generation(), store.papers(), store.passages()) == before


RESTATED = [
    ("74.88%", "75.10%", True, "another value"),
    ("75.1%", "75.10%", False, "the same value with more digits"),
    ("N/A", "75.10%", False, "a reason is no figure"),
    ("75", "75.10%", False, "figures in different units are not held against each other"),
]


@pytest.mark.parametrize(("before", "after", "told", "why"), RESTATED)
def test_restatements(store: Store, before: str, after: str, told: bool, why: str) -> None:
    """Proves what counts as a restatement, whichever paper is indexed first."""
    old = extraction("old.pdf", [observation(before, document="old.pdf")], day=date(2021, 4, 1))
    spelt = Measure("CUSTOMER SERVICES", "PI002", "Calls answered", "%", "")
    new = extraction("new.pdf", [observation(after, document="new.pdf", measure=spelt)], day=date(2021, 10, 1))
    save(store, old)
    found = save(store, new).restated
    assert [(one.earlier.figure.printed, one.later.figure.printed) for one in found] == [(before, after)] * told, why
    store.remove("old.pdf")
    assert [(one.earlier, one.later) for one in save(store, old).restated] == [
        (one.earlier, one.later) for one in found
    ]


def test_codes_of_different_services_are_different_measures(store: Store) -> None:
    """Proves that PI002 of one service never restates PI002 of another."""
    land = Measure("Land Charges", "PI002", "% searches", "%", "")
    save(store, extraction("old.pdf", [observation("1%", document="old.pdf")]))
    assert save(store, extraction("new.pdf", [observation("2%", document="new.pdf", measure=land)])).restated == ()


def test_a_paper_that_names_no_service_restates(store: Store) -> None:
    """Proves that a figure under no service restates that of the same code and name under one."""
    homeless = replace(CALLS, service="")
    save(store, extraction("old.pdf", [observation("1%", document="old.pdf")], day=date(2021, 9, 1)))
    other = replace(homeless, name="Land searches")
    assert save(store, extraction("x.pdf", [observation("3%", document="x.pdf", measure=other)])).restated == ()
    store.remove("x.pdf")
    changes = save(store, extraction("new.pdf", [observation("2%", document="new.pdf", measure=homeless)]))
    told = [(one.earlier.place.document, one.later.place.document) for one in changes.restated]
    assert told == [("old.pdf", "new.pdf")]


def test_only_neighbours_restate(store: Store) -> None:
    """Proves that a figure corrected once is told once: the third paper repeats the second."""
    for document, printed, day in (("1.pdf", "1%", 1), ("2.pdf", "2%", 2), ("3.pdf", "2%", 3)):
        one = observation(printed, document=document)
        changes = save(store, extraction(document, [one], day=date(2021, day, 1)))
        assert len(changes.restated) == (document == "2.pdf")


ASKED = [
    "calls",
    "CALL",
    "answering",
    '"',
    "calls AND",
    "NEAR(calls",
    "calls*",
    "text:calls",
    "-calls",
    "calls^2 ' OR 1=1",
]


@pytest.mark.parametrize("question", ASKED)
def test_questions_are_words_not_syntax(store: Store, question: str) -> None:
    """Proves that no question can be taken for query syntax, and that inflected words match."""
    save(store, extraction(passages=[passage("Calls were answered."), passage("Bins.")]))
    assert [found for found, _ in store.matches(question, 9)] == ["1-0"] * (question != '"')


def test_little_words_find_nothing_of_their_own(store: Store) -> None:
    """Proves that a passage full of little words is not taken for what was asked, unless they are all there is."""
    save(store, extraction(passages=[passage("What did the what do to the what?"), passage("Exit plans.")]))
    assert [found for found, _ in store.matches("What did the members do about the exit plan?", 9)] == ["1-1"]
    assert [found for found, _ in store.matches("what did the", 9)] == ["1-0"]


def test_records_of_one_kind(store: Store) -> None:
    """Proves the choice of a kind."""
    save(store, extraction())
    assert store.records("risk") == [record("risk")]
    assert store.records("budget_line") == []


def test_records_of_an_earlier_reading_are_read(store: Store, tmp_path: Path) -> None:
    """Proves that a field that a kind of record has gained since is empty until the paper is read again."""
    save(store, extraction())
    with sqlite3.connect(tmp_path / "home/packclerk.db") as connection:
        connection.execute("UPDATE records SET fields = json_remove(fields, '$.mitigation') WHERE kind = 'risk'")
    connection.close()
    (found,) = store.records("risk")
    assert found.fields == {**record("risk").fields, "mitigation": ""}


def test_threads_are_kept(store: Store) -> None:
    """Proves that a conversation is found again, and does not count as new knowledge."""
    before = store.generation()
    assert store.threads.of("C1/1") is None
    store.threads.save("C1/1", {"entity": "Havant"})
    store.threads.save("C1/1", {"entity": "Mendip", "months": [1, 2]})
    assert store.threads.of("C1/1") == {"entity": "Mendip", "months": [1, 2]}
    assert store.generation() == before


def test_a_snapshot_stands_still(store: Store) -> None:
    """Proves that readings of one snapshot agree, though a paper is removed between them."""
    save(store, extraction(observations=[observation()]))
    with store.snapshot() as still:
        first = still.observations()
        remover = threading.Thread(target=store.remove, args=("a.pdf",))
        remover.start()
        assert (still.observations(), len(still.papers())) == (first, 1)
    remover.join()
    assert store.observations() == []


def test_reading_leaves_the_file_alone(store: Store, tmp_path: Path) -> None:
    """Proves that a reader changes no byte and adds no file beside the database."""
    save(store, extraction(observations=[observation()], passages=[passage("words")]))
    store.close()
    home = tmp_path / "home"
    before = {one: (one.stat().st_mtime_ns, one.read_bytes()) for one in home.iterdir()}
    again = Store(f"sqlite:///{home}/packclerk.db")
    assert (len(again.observations()), len(again.matches("words", 9)), again.intents()) == (1, 1, [])
    again.close()
    assert {one: (one.stat().st_mtime_ns, one.read_bytes()) for one in home.iterdir()} == before


def test_many_processes_may_open_a_new_index_at_once(tmp_path: Path) -> None:
    """Proves that the tables are made once."""
    code = f"from kpi_tools.store import Store; print(Store('sqlite:///{tmp_path}/x.db').generation())"
    running = [subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) for _ in range(3)]
    assert [one.communicate()[0] for one in running] == [b"0\n"] * 3


def test_what_is_no_index_is_told(tmp_path: Path) -> None:
    """Proves one sentence each for a file that is no database, a folder that cannot be, an unknown database."""
    (tmp_path / "a.db").write_bytes(b"no database at all " * 99)
    with pytest.raises(StoreError, match="no database of packclerk"):
        Store(f"sqlite:///{tmp_path}/a.db")
    with pytest.raises(StoreError, match="cannot be made"):
        Store(f"sqlite:///{tmp_path}/a.db/b.db")
    with pytest.raises(SettingError, match="mysql"):
        Store("mysql://localhost/x")
    with pytest.raises(SettingError, match="not the URL"):
        Store("packclerk.db")


def test_another_version_is_told(store: Store, tmp_path: Path) -> None:
    """Proves that an index of another version is not read as if it were of this one."""
    store.close()
    with sqlite3.connect(tmp_path / "home/packclerk.db") as connection:
        connection.execute("UPDATE state SET schema_version = 99")
    connection.close()
    with pytest.raises(StoreError, match="another version"):
        Store(f"sqlite:///{tmp_path}/home/packclerk.db")


def test_a_full_disk_is_told_and_loses_nothing(store: Store) -> None:
    """Proves one sentence and an untouched index when the database may not grow."""
    save(store, extraction(passages=[passage("words")]))
    with store._database.writing() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")
    big = extraction("b.pdf", passages=[passage("long " * 5000 + str(n)) for n in range(50)])
    with pytest.raises(StoreError, match="disk is full"):
        save(store, big)
    assert [one.document for one in store.papers()] == ["a.pdf"]


def test_a_ruling_by_hand_holds_against_reading_and_stays(store: Store) -> None:
    """Proves that a paper or an item ruled exempt is hidden with all drawn from it, also after it is read anew."""
    paper = extraction(observations=[observation()], passages=[passage("Calls were answered.")])
    save(store, paper)
    store.classify("a.pdf", exempt=True, item="8")
    save(store, paper)
    assert not store.observations(exempt=False)
    assert not store.passages(exempt=False)
    assert store.observations(exempt=True)
    store.classify("a.pdf", exempt=False)
    assert store.observations(exempt=False)
    assert store.passages(exempt=False)


def test_a_ruling_that_opens_is_of_what_was_ruled_on(store: Store) -> None:
    """Proves that another paper under the name of one that was opened is as its own pages say, and that one under the
    name of a closed paper is closed."""
    closed = [passage("The lease was sold.", exempt=True)]
    save(store, extraction(passages=closed, content="1"))
    store.classify("a.pdf", exempt=False)
    save(store, extraction(passages=closed, content="1"))
    assert store.passages(exempt=False)
    save(store, extraction(passages=closed, content="2"))
    assert not store.passages(exempt=False)
    store.classify("a.pdf", exempt=True)
    save(store, extraction(passages=[passage("Bins were emptied.")], content="3"))
    assert not store.passages(exempt=False)


@given(
    mine=st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=9), min_size=1, max_size=6),
    closed=st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=30), max_size=6),
    asked=st.lists(st.sampled_from(WORDS), min_size=1, max_size=3),
    ruled=st.booleans(),
)
@settings(deadline=None, max_examples=40)
def test_exempt_passages_move_no_score(
    mine: list[list[str]], closed: list[list[str]], asked: list[str], ruled: bool
) -> None:
    """Proves that the public's matches have the very scores of an index into which nothing exempt was read, whether
    reading found it exempt or a ruling."""
    scores = []
    for more in ([], closed):
        store = Store("sqlite://")
        own = [passage(" ".join(words)) for words in mine]
        save(store, extraction("a.pdf", passages=own))
        if more:
            shut = [passage(" ".join(words), "b.pdf", exempt=not ruled) for words in more]
            save(store, extraction("b.pdf", passages=shut))
        if more and ruled:
            store.classify("b.pdf", exempt=True)
        scores.append(store.matches(" ".join(asked), 9, exempt=False))
        store.close()
    assert scores[0] == scores[1]


def test_a_ruling_on_what_is_not_there_is_told(store: Store) -> None:
    """Proves that who mistypes an item or a paper is not left believing that it is closed."""
    save(store, extraction(observations=[observation()]))
    with pytest.raises(RequestError, match=r"no item '9' in a\.pdf; its items are 8"):
        store.classify("a.pdf", exempt=True, item="9")
    assert store.observations(exempt=False)
    with pytest.raises(RequestError, match=r"no paper 'b\.pdf'"):
        store.classify("b.pdf", exempt=True)

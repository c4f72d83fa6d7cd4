"""What a paper told before it was ruled exempt, renamed, copied, numbered anew or taken away, it tells the public no
more: their answers are those of an index into which it was never read."""

import json
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from unittest.mock import Mock

import pytest
from click.testing import CliRunner
from PIL import Image
from reportlab.lib.utils import ImageReader

from bot.cli import main
from bot.engine import Engine
from bot.slack.home import view
from corpus.settings import Settings
from indexer.index import index_paths, remove_paper
from kpi_tools import store as store_module
from kpi_tools.corrections import FILE
from kpi_tools.public import PublicStore
from kpi_tools.store import Store
from tests.drawing import Drawing
from tests.handmade import Letters
from tests.marked import AGENDA, FILLER, Paper, draw

TODAY = date(2022, 6, 1)
CALLS = "# Monthly - PI002 - % Calls answered within 20 seconds"
OPEN: Paper = [
    ["# Customer Services performance", "Five Councils Joint Committee, 6 April 2022", CALLS,
     "| Council | Jan-22 | Feb-22 | Mar-22 |", "| Havant | 75.15% | 74.14% | 73.13% |",
     "| Mendip | 85.15% | 84.14% | 83.13% |", f"Calls were answered late as the contact centre moved. {FILLER}"],
]  # fmt: skip
SECRET: Paper = [
    ["# Severance and disposals", "Five Councils Joint Committee, 4 May 2022", CALLS,
     "| Council | Apr-22 | May-22 | Jun-22 |", "| Havant | 61.61% | 62.62% | 63.63% |",
     "| Zedshire | 64.64% | 65.65% | 66.66% |"],
    ["# Severance", "# Monthly - PI777 - % Settlements agreed", "| Council | Jan-22 | Feb-22 | Mar-22 |",
     "| Havant | 91.91% | 92.92% | 93.93% |",
     f"Quillfeather bought the Lakeside depot for £8,151,623 as calls to the contact centre had ended. {FILLER}"],
]  # fmt: skip
SECRETS = ("61.61", "63.63", "66.66", "91.91", "PI777", "Zedshire", "Quillfeather", "Lakeside", "8,151,623")
ASKED = (
    "what is the latest PI002 for Havant?", "which council was best in PI002?", "PI777", "Zedshir PI002",
    "settlments agred", "who bought the Lakeside depot?", "why were calls answered late?", "which papers are there?",
    "how far do the papers go?", "which councils are there?", "which measures are there?", "give me a brief of Havant",
)  # fmt: skip
COMMANDS = (
    ("papers", "--json"), ("export", "observations"), ("export", "passages"), ("kpi", "rank", "--code", "PI002"),
    ("ledger", "timeline"), ("ledger", "status", "--json"), ("ledger", "people"), ("ledger", "budget", "--json"),
    ("ask", "--explain", "setlements agred in Zedshire"),
)  # fmt: skip


def index(home: Path, *papers: Path) -> Settings:
    settings = Settings(home=str(home))
    report = index_paths(papers, settings, embedder=Letters())
    assert report.ok, report.lines()
    return settings


def engine_of(settings: Settings) -> Engine:
    engine = Engine(settings)
    engine.__dict__["_embedder"] = Letters()
    return engine


def heard(settings: Settings, engine: Engine | None = None) -> list[str]:
    """What the public are told: answers, what commands print, the home tab."""
    asking = engine or engine_of(settings)
    told = [json.dumps(asking.ask(q, TODAY, cleared=False).to_json(True) | {"elapsed_ms": 0}) for q in ASKED]
    for command in COMMANDS:
        ran = CliRunner().invoke(main, ["--data", settings.home, *command, "--as", "public"])
        told.append(f"{ran.exit_code} {ran.output}".replace(Path(settings.home).name, "HOME"))
    return [*told, json.dumps(view(PublicStore(settings), lambda q: asking.ask(q, TODAY, cleared=False).answer))]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a public paper, and one with another that is public as it reads, beside the papers."""
    folder = tmp_path_factory.mktemp("after")
    first, second = draw(folder / "open.pdf", OPEN), draw(folder / "depot.pdf", SECRET)
    index(folder / "alone", first)
    index(folder / "both", first, second)
    return folder


@pytest.fixture(scope="module")
def alone(base: Path) -> list[str]:
    """What the public are told where the other paper was never read."""
    return heard(Settings(home=str(base / "alone")))


def ruled(home: Path, _: Path) -> None:
    Store(Settings(home=str(home)).database).classify("depot.pdf", exempt=True)


def removed(home: Path, _: Path) -> None:
    remove_paper("depot.pdf", Settings(home=str(home)), embedder=Letters())


def renamed(home: Path, folder: Path) -> None:
    """Its file has another name by now, and is indexed again."""
    ruled(home, folder)
    (folder / "depot.pdf").rename(folder / "site.pdf")
    index(home, folder / "site.pdf")


def copied(home: Path, folder: Path) -> None:
    """A copy of it under another name is indexed while it is there."""
    ruled(home, folder)
    shutil.copy(folder / "depot.pdf", folder / "site.pdf")
    index(home, folder / "depot.pdf", folder / "site.pdf")


def removed_and_renamed(home: Path, folder: Path) -> None:
    ruled(home, folder)
    removed(home, folder)
    (folder / "depot.pdf").rename(folder / "site.pdf")
    index(home, folder / "site.pdf")


def removed_and_back(home: Path, folder: Path) -> None:
    ruled(home, folder)
    removed(home, folder)
    index(home, folder / "depot.pdf")


def changed(home: Path, folder: Path) -> None:
    """It came again, with a page more."""
    ruled(home, folder)
    draw(folder / "depot.pdf", [*SECRET, [f"Quillfeather paid. {FILLER}"]])
    index(home, folder / "depot.pdf")


def changed_and_renamed(home: Path, folder: Path) -> None:
    """A later version of it comes under another name, with all that stood in it."""
    ruled(home, folder)
    draw(folder / "depot-v2.pdf", [*SECRET, ["# Next steps", f"Members heard of it. {FILLER}"]])
    index(home, folder / "depot-v2.pdf")


def corrected(name: str, item: str = "") -> Callable[[Path, Path], None]:
    def correct(home: Path, folder: Path) -> None:
        (home / FILE).write_text(f'[[exempt]]\ndocument = "{name}"\n' + (f'item = "{item}"\n' if item else ""))
        index(home, folder / "depot.pdf")

    return correct


LIVES = {
    "ruled exempt": ruled, "removed": removed, "renamed": renamed, "copied": copied, "removed, renamed":
    removed_and_renamed, "removed, and back": removed_and_back, "changed": changed,
    "corrected in capitals": corrected("DEPOT.PDF"), "corrected with a folder": corrected("papers/depot.pdf"),
    "corrected without its ending": corrected("depot"), "corrected by a pattern": corrected(" depot.pdf "),
}  # fmt: skip


@pytest.mark.parametrize("life", LIVES)
def test_as_though_it_had_never_been_read(base: Path, alone: list[str], tmp_path: Path, life: str) -> None:
    """Also to an engine that knew it before, in a thread that was of it."""
    home, folder = tmp_path / "home", tmp_path / "papers"
    shutil.copytree(base / "both", home)
    folder.mkdir()
    for name in ("open.pdf", "depot.pdf"):
        shutil.copy(base / name, folder / name)
    settings = Settings(home=str(home))
    warm = engine_of(settings)
    assert "61.61" in warm.ask("how did Havant PI002 trend?", TODAY, "t", cleared=False).answer or life
    LIVES[life](home, folder)
    warm.ask("and Zedshire?", TODAY, "t", cleared=False)
    told = heard(settings, warm)
    assert not [s for s in SECRETS if any(s in t for t, q in zip(told, ASKED, strict=False) if s not in q)]
    assert told == [said.replace("alone", "home") for said in alone]
    live = Store(settings.database).passage_ids()
    assert len(live) == len(set(live))


def test_a_later_version_under_another_name(base: Path, tmp_path: Path) -> None:
    """What was ruled exempt is so wherever it comes again."""
    home, folder = tmp_path / "home", tmp_path / "papers"
    shutil.copytree(base / "both", home)
    folder.mkdir()
    shutil.copy(base / "depot.pdf", folder / "depot.pdf")
    changed_and_renamed(home, folder)
    told = " ".join(heard(Settings(home=str(home)))[len(ASKED) :])
    assert not [s for s in ("61.61", "91.91", "Quillfeather bought", "8,151,623") if s in told]


PACK: Paper = [
    [*AGENDA, "1. Minutes of the last meeting", "2. Performance of the contact centre", "3. Lakeside depot"],
    ["^ Agenda Item 1", "# Minutes of the last meeting", f"OPENone {FILLER}"],
    ["^ Agenda Item 2", "# Performance of the contact centre", f"OPENtwo {FILLER}"],
    ["^ Agenda Item 3", "# Lakeside depot", f"Quillfeather bought it for £8,151,623. {FILLER}"],
]  # fmt: skip
ANEW: Paper = [
    [*AGENDA, "1. Apologies", "2. Minutes of the last meeting", "3. Performance of the contact centre",
     "4. Lakeside depot"],
    ["^ Agenda Item 2", "# Minutes of the last meeting", f"OPENone {FILLER}"],
    ["^ Agenda Item 3", "# Performance of the contact centre", f"OPENtwo {FILLER}"],
    ["^ Agenda Item 4", "# Lakeside depot", f"Quillfeather bought it for £8,151,623. {FILLER}"],
]  # fmt: skip


def test_items_that_are_numbered_anew(tmp_path: Path) -> None:
    """A ruling on an item goes with what stands in it."""
    settings = index(tmp_path / "home", draw(tmp_path / "a.pdf", PACK))
    Store(settings.database).classify("a.pdf", exempt=True, item="3")
    assert "8,151,623" not in str(PublicStore(settings).passages())
    index(tmp_path / "home", draw(tmp_path / "a.pdf", ANEW))
    assert "8,151,623" not in str(PublicStore(settings).passages())
    assert "OPENone" in str(PublicStore(settings).passages())


@pytest.mark.parametrize("item", ["Item 3", "3.", "agenda item 3"])
def test_an_item_by_other_words(tmp_path: Path, item: str) -> None:
    """In the file of corrections an item is known however it is written."""
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / FILE).write_text(f'[[exempt]]\ndocument = "a.pdf"\nitem = "{item}"\n')
    settings = index(tmp_path / "home", draw(tmp_path / "a.pdf", PACK))
    assert "8,151,623" not in str(PublicStore(settings).passages())


def test_a_title_that_was_ruled_since(tmp_path: Path) -> None:
    """A paper is not named by its first report once that is ruled exempt."""
    paper: Paper = [
        ["^ Agenda Item 1", "# Sale of Lakeside to Quillfeather", f"Members heard of it. {FILLER}"],
        ["^ Agenda Item 2", "# Waste collections", f"OPENone {FILLER}"],
    ]
    settings = index(tmp_path / "home", draw(tmp_path / "a.pdf", paper))
    assert "Quillfeather" in PublicStore(settings).papers()[0].title
    Store(settings.database).classify("a.pdf", exempt=True, item="1")
    assert "Quillfeather" not in " ".join(heard(settings))


def test_opened_by_hand_and_changed_since(tmp_path: Path) -> None:
    """A ruling that opens is of the content that was looked at."""
    settings = index(tmp_path / "home", draw(tmp_path / "a.pdf", [["# CONFIDENTIAL", f"OPENone {FILLER}"]]))
    Store(settings.database).classify("a.pdf", exempt=False)
    assert "OPENone" in str(PublicStore(settings).passages())
    index(tmp_path / "home", draw(tmp_path / "a.pdf", [["# CONFIDENTIAL", f"SHUTone {FILLER}"]]))
    assert "SHUTone" not in str(PublicStore(settings).passages())


def test_the_day_on_which_only_an_exempt_part_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """To the public the paper is as it was: nothing tells that it was read again."""
    closed = ["# CONFIDENTIAL", f"Quillfeather bought it. {FILLER}"]
    settings = index(tmp_path / "home", draw(tmp_path / "a.pdf", [*OPEN, closed]))
    before = heard(settings)
    monkeypatch.setattr(store_module, "datetime", Mock(now=Mock(return_value=datetime(2031, 1, 1, tzinfo=UTC))))
    index(tmp_path / "home", draw(tmp_path / "a.pdf", [*OPEN, [*closed, "The price was £8,151,623."]]))
    assert heard(settings) == before


def test_a_name_that_only_corrections_give(base: Path, tmp_path: Path) -> None:
    """Another name of an exempt council is not answered with the council's own."""
    home = tmp_path / "home"
    shutil.copytree(base / "both", home)
    settings = Settings(home=str(home))
    Store(settings.database).classify("depot.pdf", exempt=True)
    (home / FILE).write_text(
        '[[alias]]\nname = "Northtown"\nmeans = "Zedshire"\n[[measure]]\ncode = "PI777"\nalso = ["XY-9"]\n'
    )
    for question in ("what was Northtown's PI002?", "Northtown", "what was XY-9 for Havant?", "XY-9"):
        told = json.dumps(engine_of(settings).ask(question, TODAY, cleared=False).to_json(True))
        assert not [s for s in ("Zedshire", "PI777", "Settlements") if s in told], told


def _heading(drawing: Drawing) -> None:
    drawing.text("Exempt: Quillfeather bought Lakeside", size=14, bold=True)


def _picture(drawing: Drawing) -> None:
    drawing.text("Exempt annex", size=14, bold=True)
    drawing.canvas.drawImage(ImageReader(Image.new("RGB", (40, 40), "red")), 100, 300, 200, 200)


def _numbers(drawing: Drawing) -> None:
    drawing.text("Exempt annex", size=14, bold=True)
    drawing.table([["1", "2"], ["3", "4"]], [60, 60])


@pytest.mark.parametrize("closed", [_heading, _picture, _numbers])
def test_a_page_of_which_something_is_exempt_is_not_shown(tmp_path: Path, closed: Callable[[Drawing], None]) -> None:
    """Though nothing could be drawn from what is exempt of it: the picture of a page shows all that stands on it."""
    drawing = Drawing(tmp_path / "a.pdf")
    drawing.text("Performance of the contact centre", size=14, bold=True)
    for _ in range(3):
        drawing.text(FILLER[:90])
    closed(drawing)
    drawing.page().text(FILLER[:90])
    settings = index(tmp_path / "home", drawing.page().done())
    assert 1 not in PublicStore(settings).open_pages("a.pdf")

"""Files that are not as they should be: each is read as far as it goes, or refused in a sentence of its own."""

import os
import signal
import struct
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from corpus.errors import PaperError
from corpus.settings import Limits
from indexer.loading import load, load_tables
from indexer.pdf import read_sheets
from indexer.processes.watched import LostError
from indexer.processes.workers import workers
from indexer.reader import read_pack
from indexer.report import Report
from indexer.sheet import Sheet
from indexer.tasks import Pages
from kpi_tools.extraction import Extraction
from kpi_tools.saved import Changes

SAYS = "BT /F1 12 Tf 72 700 Td (Report of the Director on calls) Tj ET"
SOUND = {
    1: "<</Type /Catalog /Pages 2 0 R>>",
    2: "<</Type /Pages /Kids [3 0 R] /Count 1>>",
    3: "<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources <</Font <</F1 5 0 R>>>>>>",
    5: "<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>",
}


def written(path: Path, changed: Mapping[int, str], content: str = SAYS) -> Path:
    """A file of one page with some of its objects changed, and without a table of where they stand."""
    objects = {**SOUND, 4: f"<</Length {len(content)}>>\nstream\n{content}\nendstream", **changed}
    body = "".join(f"{number} 0 obj\n{text}\nendobj\n" for number, text in sorted(objects.items()))
    path.write_text(f"%PDF-1.7\n{body}trailer\n<</Root 1 0 R>>\n%%EOF\n", encoding="latin-1")
    return path


def texts(path: Path) -> list[str]:
    return [sheet.text for sheet in load(path, path.name)[2]]


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({}, "nothing but a table of its objects is missing"),
        ({2: "<</Type /Pages /Kids [3 0 R 2 0 R] /Count 2>>"}, "its tree of pages leads back to itself"),
        ({2: "<</Type /Pages /Kids [3 0 R] /Count 400000>>"}, "it claims more pages than there are"),
        ({2: "<</Type /Pages /Kids [3 0 R] /Count 0>>"}, "it claims to have no pages"),
        ({3: SOUND[3].replace("[0 0 595 842]", "[595 842 0 0]")}, "its corners stand the wrong way round"),
        ({3: SOUND[3].replace("/MediaBox [0 0 595 842]", "")}, "its page has no size"),
        ({3: SOUND[3].replace("/Parent", "/Rotate 45 /Parent")}, "its page is turned by half a right angle"),
    ],
)
def test_a_page_that_is_there_is_read(tmp_path: Path, changed: Mapping[int, str], why: str) -> None:
    """Whatever else is wrong, what the page says is read."""
    found = texts(written(tmp_path / "odd.pdf", changed))
    assert [text for text in found if text] == ["Report of the Director on calls"], why


def packed(path: Path, pages: int, said: int) -> Path:
    """A file of so many pages that says how many it has, with all that stands in its tree in one packed stream."""
    kids = range(5, 5 + pages)
    objects = {
        **{number: text for number, text in SOUND.items() if number in (1, 5)},
        2: f"<</Type /Pages /Kids [{' '.join(f'{kid + 1} 0 R' for kid in kids)}] /Count {said}>>",
        **{kid + 1: SOUND[3] for kid in kids},
    }
    heads, texts = [f"{number} {1000 * at} " for at, number in enumerate(objects)], objects.values()
    held = zlib.compress("".join([*heads, *(text.ljust(1000) for text in texts)]).encode())
    top = max(objects) + 3
    parts = [
        b"4 0 obj\n<</Length %d>>\nstream\n%s\nendstream\nendobj\n" % (len(SAYS), SAYS.encode()),
        b"%d 0 obj\n<</Type /ObjStm /N %d /First %d /Filter /FlateDecode /Length %d>>\nstream\n%s\nendstream\nendobj\n"
        % (top - 1, len(objects), len("".join(heads)), len(held), held),
    ]
    starts = {4: 9, top - 1: 9 + len(parts[0]), top: 9 + len(b"".join(parts))}
    inside = {number: struct.pack(">BIH", 2, top - 1, at) for at, number in enumerate(objects)}
    plain = {number: struct.pack(">BIH", 1, start, 0) for number, start in starts.items()}
    where = b"".join((inside | plain).get(number, bytes(7)) for number in range(top + 1))
    table = b"%d 0 obj\n<</Type /XRef /Size %d /W [1 4 2] /Root 1 0 R /Length %d>>\nstream\n%s\nendstream\nendobj\n"
    foot = b"startxref\n%d\n%%%%EOF\n" % starts[top]
    path.write_bytes(b"".join([b"%PDF-1.5\n", *parts, table % (top, top + 1, len(where), where), foot]))
    return path


@pytest.mark.parametrize("said", [1, 4, 6])
def test_pages_that_a_file_does_not_count_are_read(tmp_path: Path, said: int) -> None:
    """Also where no page object can be seen before it is unpacked."""
    found = texts(packed(tmp_path / "few.pdf", 4, said))
    assert [text for text in found if text] == ["Report of the Director on calls"] * 4


def test_labels_without_end_take_no_page_away(tmp_path: Path) -> None:
    """Labels that lead back to themselves bring the reading process down; the page is read all the same."""
    endless = {1: "<</Type /Catalog /Pages 2 0 R /PageLabels 6 0 R>>", 6: "<</Kids [6 0 R]>>"}
    path = written(tmp_path / "labels.pdf", endless)
    with workers(Limits()) as pool:
        assert [sheet.text for sheet in load(path, path.name, pool.map)[2]] == ["Report of the Director on calls"]


@pytest.mark.parametrize(
    ("changed", "content", "told"),
    [
        ({3: "<</Type /Font /Parent 2 0 R>>"}, SAYS, r"its one page has no text that can be read \(damaged\)"),
        ({}, "0 0 m 9 9 l S", r"its one page has no text that can be read \(blank\)"),
        ({2: "<</Type /Pages /Kids [] /Count 0>>", 3: "null"}, SAYS, "it has no pages"),
        ({1: "<</Type /Catalog>>", 3: "null"}, SAYS, "its pages cannot be found"),
    ],
)
def test_what_cannot_be_read_has_its_sentence(
    tmp_path: Path, changed: Mapping[int, str], content: str, told: str
) -> None:
    """A damaged page is not taken for a picture or a blank one."""
    with pytest.raises(PaperError, match=told):
        texts(written(tmp_path / "odd.pdf", changed, content))


@pytest.mark.parametrize("kept", ["", "trailer\n<</Size 6 /Ro", "trailer\n<</Root 1 0 R /ID [<90", "xref\n0 6\n00000"])
def test_a_file_that_was_cut_off_at_its_end_is_read(tmp_path: Path, kept: str) -> None:
    """Where nothing says which object the file begins with, its catalogue is found all the same."""
    path = written(tmp_path / "cut.pdf", {})
    body, _, _ = path.read_text(encoding="latin-1").partition("trailer")
    path.write_text(body + kept, encoding="latin-1")
    assert texts(path) == ["Report of the Director on calls"]


SPAN = "/Span <</ActualText (%s)>> BDC (%s) Tj EMC"
FI, FL = SPAN % ("fi", r"\336"), SPAN % ("fl", r"\337")
LIGATURES = f"BT /F1 12 Tf 50 300 Td (Con) Tj {FI} (rmed ) Tj {FI} (lled in ) Tj {FL} (ats) Tj ET"


@pytest.mark.parametrize(
    "content",
    [
        LIGATURES,
        "q .8 0 0 .8 40 90 cm /X1 Do Q",
        "q 1 0 0 1 0 200 cm /X1 Do Q",
        "q 0 1 -1 0 500 40 cm /X1 Do Q",
        LIGATURES.replace("50 300 Td", "0 1 -1 0 200 300 Tm"),
        LIGATURES.replace("50 300 Td", "0 -1 1 0 200 700 Tm"),
    ],
    ids=["level", "smaller in a form", "moved by a form", "turned by a form", "upwards", "downwards"],
)
def test_letters_drawn_as_one_are_kept_in_forms_and_sideways(tmp_path: Path, content: str) -> None:
    """The file says of each what it reads as."""
    bounds = "/BBox [0 0 595 842] /Resources <</Font <</F1 5 0 R>>>>"
    objects = {
        3: SOUND[3].replace("/Font", "/XObject <</X1 6 0 R>> /Font", 1),
        5: "<</Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /MacRomanEncoding>>",
        6: f"<</Type /XObject /Subtype /Form {bounds} /Length {len(LIGATURES)}>>\nstream\n{LIGATURES}\nendstream",
    }
    found = texts(written(tmp_path / "drawn.pdf", objects, content))
    assert [text.split() for text in found] == [["Confirmed", "filled", "in", "flats"]]


def test_a_file_that_was_cut_off_in_its_midst_is_refused(tmp_path: Path) -> None:
    """What is missing of it would be missing in silence: objects that are referred to, or bytes that it counts."""
    path = written(tmp_path / "cut.pdf", {6: "<</Title (of the whole)>>"})
    whole = path.read_text(encoding="latin-1")
    path.write_text(whole[: whole.index("5 0 obj")], encoding="latin-1")
    with pytest.raises(PaperError, match="it is damaged"):
        texts(path)
    counted = whole.replace("%PDF-1.7\n", "%PDF-1.7\n9 0 obj\n<</Linearized 1/L 20000/O 3/N 1>>\nendobj\n")
    path.write_text(counted[: counted.index("5 0 obj")], encoding="latin-1")
    with pytest.raises(PaperError, match=r"it is cut off: \d+ of its 20,000 bytes are there"):
        texts(path)
    for cut in (counted, counted.replace("%%EOF\n", ""), counted[: counted.index("6 0 obj") + 12]):
        path.write_text(cut, encoding="latin-1")
        assert texts(path) == ["Report of the Director on calls"]


@pytest.mark.parametrize(
    "before", ["", "Saved by a gateway.\n" * 200], ids=["its first bytes lost", "far from its start"]
)
def test_a_file_whose_head_is_not_where_it_should_be_is_read(tmp_path: Path, before: str) -> None:
    """It is known by its objects."""
    path = written(tmp_path / "head.pdf", {})
    whole = path.read_text(encoding="latin-1")
    path.write_text(before + whole if before else whole[5:], encoding="latin-1")
    assert texts(path) == ["Report of the Director on calls"]


def test_nothing_encrypted_is_mended(tmp_path: Path) -> None:
    """Without its end nothing says how it is encrypted, and what it says would be read as it is not meant."""
    path = written(tmp_path / "cut.pdf", {7: "<</Filter /Standard /V 1 /R 2 /O (o) /U (u) /P -1>>"})
    body, _, _ = path.read_text(encoding="latin-1").partition("trailer")
    path.write_text(body, encoding="latin-1")
    with pytest.raises(PaperError):
        texts(path)


def numbers(task: Pages) -> list[Sheet]:
    """The pages of a file of which the seventh, and all from the hundredth on, take the process that reads them."""
    if task.first <= 7 <= task.last or task.last >= 100:
        os.kill(os.getpid(), signal.SIGKILL)
    return [Sheet(number, 595, 842, (), (), "said") for number in range(task.first, task.last + 1)]


def test_a_page_that_takes_its_process_is_lost_alone() -> None:
    """Of a range the other pages are kept, and the lost one says why; where too many are lost, the paper is."""
    with workers(Limits()) as pool:
        found = [sheet for part in pool.map(numbers, [Pages(Path("a.pdf"), "a.pdf", 1, 12)]) for sheet in part]
        assert [sheet.number for sheet in found] == list(range(1, 13))
        assert {sheet.number: sheet.lost for sheet in found if sheet.lost} == {
            7: "reading it took the reading process down"
        }
        with pytest.raises(LostError, match="took the reading process down"):
            list(pool.map(numbers, [Pages(Path("a.pdf"), "a.pdf", 101, 112)]))


def test_a_damaged_page_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    """A page that neither engine opens is named with the reason, and is not called a picture."""
    kids = {2: "<</Type /Pages /Kids [3 0 R 6 0 R] /Count 2>>", 6: "<</Type /Font /Parent 2 0 R>>"}
    path = written(tmp_path / "odd.pdf", kids)
    pack = read_pack(path, path.name)
    assert pack.pages[0].text == "Report of the Director on calls"
    assert (pack.unread_pages, pack.lost_pages) == ((), ((2, "it is damaged"),))
    report = Report()
    report.add(Extraction(pack, (), (), (), (), ()), Changes(False, ()))
    assert "  odd.pdf, page 2: it is damaged" in report.lines()


def test_to_close_a_damaged_file_loses_no_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """pdfplumber closes a file by reading its pages, which raises where one of them is damaged."""
    kids = {2: "<</Type /Pages /Kids [3 0 R 6 0 R] /Count 2>>", 6: "<</Type /Font /Parent 2 0 R>>"}
    path = written(tmp_path / "odd.pdf", kids)
    monkeypatch.setattr("pdfplumber.PDF.close", lambda _: pytest.fail("read once more"))
    assert [sheet.lost for sheet in read_sheets(Pages(path, path.name, 1, 2))] == ["", "it is damaged"]


def test_no_error_is_that_of_another_file(tmp_path: Path) -> None:
    """PDFium gives some failures no code of their own: what an encrypted file was told before is not told of them."""
    crypt = "<</Filter /Standard /V 9 /R 9 /O (o) /U (u) /P -1>>"
    body = f"%PDF-1.7\n1 0 obj\n{SOUND[1]}\nendobj\n7 0 obj\n{crypt}\nendobj\n"
    locked = tmp_path / "locked.pdf"
    locked.write_text(f"{body}trailer\n<</Root 1 0 R /Encrypt 7 0 R>>\n%%EOF\n")
    with pytest.raises(PaperError, match="encrypted"):
        texts(locked)
    parts = ["%PDF-1.3\n", f"1 0 obj\n{SOUND[1]}\nendobj\n", "2 0 obj\n<</Type /Pages /Kids [] /Count 0>>\nendobj\n"]
    places = [len(parts[0]), len(parts[0] + parts[1])]
    table = "xref\n0 3\n0000000000 65535 f \n" + "".join(f"{place:010} 00000 n \n" for place in places)
    body = "".join(parts)
    none = tmp_path / "none.pdf"
    none.write_text(f"{body}{table}trailer <</Root 1 0 R /Size 3>>\nstartxref\n{len(body)}\n%%EOF\n")
    with pytest.raises(PaperError, match=r"its pages cannot be found|it has no pages"):
        texts(none)


def squares(count: int) -> Iterable[str]:
    return (f".{n % 9} g {n * 7 % 590} {n * 11 % 840} 5 5 re f" for n in range(count))


def test_a_picture_made_of_shades_is_no_table(tmp_path: Path) -> None:
    """Tens of thousands of small shades cost seconds, not minutes; they rule no table, and the text is read."""
    path = written(tmp_path / "map.pdf", {}, "\n".join([*squares(8_000), "0 g", SAYS]))
    with workers(Limits(seconds=30)) as pool:
        assert [sheet.grids for sheet in load_tables(path, pool.map)] == [()]
    assert texts(path) == ["Report of the Director on calls"]

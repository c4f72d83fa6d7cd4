"""Pages of which a part is damaged: PDFium reads the rest in silence, and what is left of a table may be wrong."""

import base64 as b64
import re
import zlib
from pathlib import Path

import pytest

from corpus.errors import PaperError
from indexer.loading import load, load_tables

SAYS = b"BT /F1 12 Tf 72 %d Td (Line %d of the report on calls: %d.%d%%) Tj ET\n"


def paper(path: Path, *damages: tuple[bytes, bytes]) -> Path:
    """A file of three pages, what the second says in a form, in which bytes were replaced."""
    content = {n: b"".join(SAYS % (700 - 12 * m, m, n, m) for m in range(20)) for n in (1, 2, 3)}
    objects = {
        1: b"<</Type /Catalog /Pages 2 0 R /Metadata 99 0 R>>",
        2: b"<</Type /Pages /Kids [3 0 R 4 0 R 5 0 R] /Count 3 /Resources <</Font <</F1 9 0 R>>>>>>",
        4: b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents [7 0 R] "
        b"/Resources <</Font <</F1 9 0 R>> /XObject <</X1 10 0 R>>>>>>",
        9: b"<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>",
        10: stream(content[2], b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources <</Font <</F1 9 0 R>>>>"),
        7: stream(b"q /X1 Do Q"),
    }
    for number, at in ((1, 3), (3, 5)):
        objects[at] = b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R>>" % (at + 3)
        objects[at + 3] = stream(content[number])
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % each for each in sorted(objects.items()))
    for old, new in damages:
        assert old in body
        body = body.replace(old, new)
    path.write_bytes(b"%PDF-1.7\n" + body + b"trailer\n<</Root 1 0 R>>\n%%EOF\n")
    return path


def stream(content: bytes, head: bytes = b"") -> bytes:
    packed = zlib.compress(content)
    return b"<<%s /Length %d /Filter /FlateDecode>>\nstream\n%s\nendstream" % (head, len(packed), packed)


def other(number: int) -> tuple[bytes, bytes]:
    """Other bytes for the end of what a page says."""
    packed = zlib.compress(b"".join(SAYS % (700 - 12 * m, m, number, m) for m in range(20)))
    old = packed[-24:]
    return old, bytes(byte ^ 0x55 for byte in old)


@pytest.mark.parametrize(
    ("damage", "pages", "why"),
    [
        (other(3), [3], "a stream does not inflate"),
        (other(2), [2], "a form does not"),
        ((b"/Contents 6 0 R", b"/Contents 66 0 R"), [1], "what a page says is not there"),
        ((b"\n10 0 obj", b"\n77 0 obj"), [2], "a form has lost its number"),
        ((b"/Helvetica", b"/Helvetica"), [], "all is there but what the catalog says of itself"),
    ],
)
def test_a_page_is_unread_of_which_a_part_is_damaged(
    tmp_path: Path, damage: tuple[bytes, bytes], pages: list[int], why: str
) -> None:
    """It is told with its reason, the others are read, and so it is where the tables alone are asked for."""
    path = paper(tmp_path / "damaged.pdf", damage)
    _, _, sheets = load(path, path.name)
    told = [(page, "part of its content is damaged") for page in pages]
    assert [(sheet.number, sheet.lost) for sheet in sheets if sheet.lost] == told, why
    assert [(sheet.number, sheet.lost) for sheet in load_tables(path) if sheet.lost] == told
    assert all("Line 19 of the report" in sheet.text for sheet in sheets if not sheet.lost)


def test_what_all_pages_need_leaves_none(tmp_path: Path) -> None:
    """A font that is not there: nobody knows what the letters are."""
    path = paper(tmp_path / "damaged.pdf", (b"\n9 0 obj", b"\n88 0 obj"))
    with pytest.raises(PaperError, match="part of its content is damaged"):
        load(path, path.name)


@pytest.mark.parametrize(
    ("damage", "why"),
    [
        ((b"(Line 9 of", b"(Line\xf19 of"), ""),  # a sign that no font of it has is a sign all the same
        ((b"(Line 9 of", b"\0" * 16), "a hole where text was"),
        ((b"\nendstream", b"\nenxstream"), ""),
    ],
)
@pytest.mark.parametrize("lettered", [False, True], ids=["plain", "as letters"])
def test_a_page_that_is_alone_is_refused_rather_than_read_in_part(
    tmp_path: Path, damage: tuple[bytes, bytes], why: str, lettered: bool
) -> None:
    """Whether what it says stands there as it is, or in letters (ASCII85), of which none is as high as that sign."""
    said = b"".join(SAYS % (700 - 12 * m, m, 1, m) for m in range(20))
    old, new = damage
    if lettered and old in said:
        old = b64.a85encode(said)[100:116]
        new = new if b"\0" in new else b"\xf1" * 16
        why = why or "no letters"
    held, head = (b64.a85encode(said) + b"~>", b"/Filter /ASCII85Decode") if lettered else (said, b"")
    body = (
        b"1 0 obj\n<</Type /Catalog /Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type /Pages /Kids [3 0 R] /Count 1>>\nendobj\n"
        b"3 0 obj\n<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources <</Font <</F1 5 0 R>>>>>>\nendobj\n4 0 obj\n<<%s /Length %d>>\nstream\n%s\nendstream\nendobj\n"
        b"5 0 obj\n<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>\nendobj\n" % (head, len(held), held)
    )
    assert old in body
    path = tmp_path / "alone.pdf"
    path.write_bytes(b"%PDF-1.7\n" + body.replace(old, new, 1) + b"trailer\n<</Root 1 0 R>>\n%%EOF\n")
    if why:
        with pytest.raises(PaperError, match="part of its content is damaged"):
            load(path, path.name)
    else:
        assert "Line 19 of the report" in load(path, path.name)[2][0].text


@pytest.mark.parametrize(
    ("between", "lost", "why"),
    [
        (bytes(32), [3], "where a sector was lost, nothing stands"),
        (b"BT <004\x8f> Tj ET ", [3], "no digit of a string's"),
        (b"1 0 0 1 72 7\x07\x00 Tm ", [3], "no number"),
        (b"0 0 m 10 1O l S ", [3], "a letter for a digit"),
        (b"/P <</MCID 0>> BDC [(a (b) \\( \xe9) -.5 <00 4F>] TJ EMC % all\n0 0 m 9 9 l S f* ", [], "all may stand"),
        (b"BI /W 1 /H 1 /BPC 8 /CS /G ID \xff EI ", [], "a picture's byte"),
    ],
)
def test_damage_of_what_is_not_deflated_is_seen(tmp_path: Path, between: bytes, lost: list[int], why: str) -> None:
    """No sum tells it, but what may stand between the words that a page says is known."""
    said = SAYS % (700, 1, 1, 1)
    content = said + between + said
    plain = b"<</Length %d>>\nstream\n%s\nendstream" % (len(content), content)
    path = paper(tmp_path / "damaged.pdf")
    whole = path.read_bytes()
    path.write_bytes(re.sub(rb"(?<=\n8 0 obj\n)[\s\S]*?(?=\nendobj)", lambda _: plain, whole, count=1))
    assert [sheet.number for sheet in load(path, path.name)[2] if sheet.lost] == lost, why

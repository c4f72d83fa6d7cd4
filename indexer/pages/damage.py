"""What of a PDF is damaged in silence: of a stream that does not inflate PDFium takes what it can, of an object that is
missing nothing, and a page is the shorter for it."""

import re
import zlib
from collections.abc import Iterator
from mmap import mmap

STREAM = re.compile(rb"(?<!end)stream\r?\n")
END = re.compile(rb"endstream|endobj|[\r\n]\d{1,7} \d{1,5} obj\b")
OBJECT = re.compile(rb"(\d{1,7})\s+\d{1,5}\s+obj\b")
REFERENCE = re.compile(rb"(\d{1,7})\s+\d{1,5}\s+R\b")
FILTER = re.compile(rb"/Filter\s*\[?\s*/(\w+)")
INFLATED = frozenset((b"FlateDecode", b"Fl"))
LETTERS = frozenset((b"ASCII85Decode", b"A85"))
OTHERS = frozenset(
    (b"ASCIIHexDecode", b"AHx", b"LZWDecode", b"LZW", b"RunLengthDecode", b"RL", b"Crypt",
     b"CCITTFaxDecode", b"CCF", b"DCTDecode", b"DCT", b"JBIG2Decode", b"JPXDecode")
)  # fmt: skip
# Of streams that hold no text: pictures, the programs of fonts, and what leads to objects, which PDFium finds itself
BLIND = re.compile(rb"/(?:Image|Length1|Type1C|CIDFontType0C|OpenType|XRef|Metadata)\b")
# What pages do without: the outline, what a file says of itself, and where it says that they begin
ASIDE = re.compile(rb"/(?:First|Last|Next|Prev|Info|Outlines|Root|Metadata|StructTreeRoot)\s+\d{1,7}\s+\d{1,5}\s+R\b")
PACKED = re.compile(rb"(?=[\s\S]*?/ObjStm\b)[\s\S]*?/First\s+(\d{1,7})")  # objects in one
LENGTH = re.compile(rb"/Length\s+(\d{1,9})(?!\d|\s+\d+\s+R)")
MOST_BREAK = 24  # bytes between a stream and its end, also where that is misspelt
SHOWS = re.compile(rb"[\])>]\s*T[jJ]\b")  # text
# All that may stand in content: numbers, names, strings (one within another), inline pictures, and operators by name
CONTENT = re.compile(
    rb"""(?:[-+.\d\s\0\[\]]++|(?<=\d)[Ee](?=[-\d])|<[0-9A-Fa-f\s]*+>
    |\((?:[^()\\]|\\[\s\S]|\((?:[^()\\]|\\[\s\S])*+\))*+\)|<<|>>
    |/[^\s\0()<>\[\]{}/%]*+|%[^\r\n]*+|BI\s(?>[\s\S]*?\sID\s)(?>[\s\S]*?\sEI(?!\S))
    |(?:[fBbW]\*|[BE][TX]|T[*cwzLfrsdDmJj]|cm|re|RG|rg|gs|Do|SCN?|scn?|CS|cs|ri|sh|d[01]|[MD]P|B[MD]C|EMC|true|false
    |null|[qQwJjMdimlcvyhSsfFBbnWGgKk'"])(?![^\s\0()<>\[\]{}/%]))*+""",
    re.VERBOSE,
)
HOLE = re.compile(rb"\0{16}|\xff{16}")  # what a lost sector is filled with
LETTERED = re.compile(rb"(?:\s*+<~)?[!-uz\s\0]*+(?:~[\s\S]{0,24})?")
CMAP = b"endcmap"  # what ends a font's table: the rest is no part of it
LOCKED = b"/Encrypt"
MOST = 1 << 26  # bytes of one stream: of a larger one the rest is not looked at


def damaged(whole: mmap) -> set[int]:
    """The numbers of the objects of a file that are streams which cannot be unpacked, or that are spoken of and not
    there; none of an encrypted file, whose streams cannot be looked at."""
    if whole.find(LOCKED) >= 0:
        return set()
    broken, known, plain, at = set[int](), set[int](), bytearray(), 0
    for begun, end in _streams(whole):
        before = whole[at:begun]
        plain += before
        at = end
        number, head = _head(before)
        packed = PACKED.match(head)
        held = _unpacked(head, whole[begun:end])
        if held is None:
            broken.add(number)
        elif packed:
            known.update(map(int, held[: int(packed[1])].split()[::2]))
            plain += held[int(packed[1]) :]
    plain += whole[at:]
    known.update(map(int, OBJECT.findall(plain)))
    return broken | (set(map(int, REFERENCE.findall(ASIDE.sub(b"", plain)))) - known)


def _streams(whole: mmap) -> Iterator[tuple[int, int]]:
    """From where to where the file's streams reach."""
    at = 0
    while begun := STREAM.search(whole, at):
        end = END.search(whole, begun.end())
        at = end.start() if end else len(whole)
        yield begun.end(), at


def _head(before: bytes) -> tuple[int, bytes]:
    """The number of the object that a stream is, and what is said of it; 0 where that is lost."""
    found = None
    for found in OBJECT.finditer(before):  # noqa: B007
        pass
    return (int(found[1]), before[found.end() :]) if found else (0, before)


def _unpacked(head: bytes, held: bytes) -> bytes | None:
    """What a deflated stream holds, of any other nothing; None where it cannot be unpacked, or has a hole."""
    if BLIND.search(head):
        return b""
    packed = FILTER.search(head)
    if not packed:
        said = LENGTH.search(head)
        length = int(said[1]) if said else len(held)
        whole = length <= len(held) <= length + MOST_BREAK
        sound = whole and not HOLE.search(held) and CONTENT.fullmatch(held[:length])
        return b"" if sound or not SHOWS.search(held) else None
    if packed[1] in LETTERS:
        return b"" if LETTERED.fullmatch(held) and not HOLE.search(held) else None
    if packed[1] not in INFLATED:
        return b"" if packed[1] in OTHERS else None
    inflating = zlib.decompressobj()
    bare = zlib.decompressobj(-zlib.MAX_WBITS)  # some programs write no checksum
    try:
        piece = inflating.decompress(held, MOST)
        if not (inflating.eof or inflating.unconsumed_tail):
            bare.decompress(held[2:], MOST)
    except zlib.error:
        return None
    return piece if inflating.eof or inflating.unconsumed_tail or bare.eof or CMAP in piece else None

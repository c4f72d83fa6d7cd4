"""What a PDF says of itself in fields that PDFium does not tell: labels that an office's program put on it, and the
packet of XML that most programs write."""

import mmap
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

PACKET = re.compile(rb"<x:xmpmeta\b[\s\S]{0,262144}?</x:xmpmeta\s*>")
INFO = re.compile(rb"/Info\s+(\d{1,7})\s+(\d{1,5})\s+R\b")
FIELD = re.compile(rb"/([^\s/()<>\[\]]{1,127})\s*(?:\(((?:\\[\s\S]|[^\\()]){0,2048})\)|<([0-9A-Fa-f\s]{0,4096})>)")
ESCAPED = re.compile(rb"\\([0-7]{1,3}|[\s\S])")
DATED = re.compile(r"^(?:D:)?\d{4}")
MOST = 65_536  # bytes of the fields
MOST_SAID = 400  # characters of one


def said(path: Path) -> tuple[str, ...]:
    """The texts of these fields, each once."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as whole:
        texts = [*_packets(whole), *_fields(whole)]
    return tuple(dict.fromkeys(t for text in texts if (t := " ".join(text.split())[:MOST_SAID]) and not DATED.match(t)))


def _packets(whole: mmap.mmap) -> Iterator[str]:
    for packet in PACKET.finditer(whole):
        try:
            root = ElementTree.fromstring(packet[0])
        except ElementTree.ParseError:
            continue
        for element in root.iter():
            yield from (element.text or "", *element.attrib.values())


def _fields(whole: mmap.mmap) -> Iterator[str]:
    """The strings of the dictionaries that a trailer names as the file's own."""
    for number, generation in set(INFO.findall(whole)):
        for begun in re.finditer(rb"\b%s\s+%s\s+obj\b" % (number, generation), whole):
            held = whole[begun.end() : begun.end() + MOST].partition(b"endobj")[0]
            for _, plain, digits in FIELD.findall(held):
                yield _text(
                    bytes.fromhex(digits.decode())
                    if digits and not len(b"".join(digits.split())) % 2
                    else _plain(plain)
                )


def _plain(text: bytes) -> bytes:
    def one(found: re.Match[bytes]) -> bytes:
        return bytes([int(found[1], 8) % 256]) if found[1].isdigit() else found[1]

    return ESCAPED.sub(one, text)


def _text(held: bytes) -> str:
    return held[2:].decode("utf-16-be", "replace") if held.startswith(b"\xfe\xff") else held.decode("latin-1")

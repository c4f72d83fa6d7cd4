"""What worker processes do with a file. They import no more than that takes: what reads text, workbooks and documents,
and the libraries and all that finds tables, only where it is needed."""

from dataclasses import replace
from pathlib import Path

from corpus.errors import PaperError
from indexer.sheet import Facts, Sheet
from indexer.tasks import Pages

FOLDERS = 2  # whose names may say something of a file
TEXT_SUFFIXES = (".txt", ".md")
WORKBOOK_SUFFIXES = (".xlsx", ".xlsm")
DOCUMENT_SUFFIXES = (".docx", ".docm")

Loaded = tuple[str, Facts, list[Sheet]]


def opened(task: tuple[Path, str, int, bool]) -> Loaded:
    """A file's sha256, what `_inside` finds in it, and the names of the folders that it lies in. Raises PaperError."""
    sha256, facts, sheets = _inside(task)
    folders = tuple(parent.name for parent in list(task[0].absolute().parents)[:FOLDERS])
    return sha256, replace(facts, said=(*facts.said, *folders)), sheets


def _inside(task: tuple[Path, str, int, bool]) -> Loaded:
    """A file's sha256; of a PDF what it says of itself (`bare`: no more than how many pages it has, and no sha256), and
    no sheets yet; a text, a workbook or a document whole."""
    path, document, most_pages, bare = task
    if path.is_dir():
        raise PaperError(document, "it is a folder")
    try:
        sha256 = "" if bare else sha256_of(path)
        if is_text(path):
            from indexer.text.endless import EndlessError

            try:
                sheets, labels = _text(path, document)
            except EndlessError as error:
                raise PaperError(document, str(error)) from error
            return sha256, Facts("", "", (), labels, _said(path)), sheets
        from indexer.pdf import survey

        return sha256, survey(path, document, most_pages, bare), []
    except OSError as error:
        raise PaperError(document, f"the file cannot be opened ({error.strerror or error})") from error


def sha256_of(path: Path) -> str:
    """The sha256 of a file, in hexadecimal digits."""
    import hashlib

    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sheets(pages: Pages) -> list[Sheet]:
    """The sheets of a range of a PDF's pages."""
    from indexer.pdf import read_sheets

    return read_sheets(pages)


def tables(pages: Pages) -> list[Sheet]:
    """As `sheets`, with nothing but the tables."""
    from indexer.pdf import read_tables

    return read_tables(pages)


def is_text(path: Path) -> bool:
    """Whether a file is a text, a workbook or a document, which have no pages of their own."""
    return path.suffix.lower() in (*TEXT_SUFFIXES, *WORKBOOK_SUFFIXES, *DOCUMENT_SUFFIXES)


def _text(path: Path, document: str) -> tuple[list[Sheet], tuple[str, ...]]:
    """The sheets of such a file, and their labels."""
    suffix = path.suffix.lower()
    if suffix in WORKBOOK_SUFFIXES:
        from indexer.formats import workbook

        return workbook.read_sheets(path.read_bytes(), document)
    if suffix in DOCUMENT_SUFFIXES:
        from indexer.formats import worddoc

        found = worddoc.read_sheets(path.read_bytes(), document)
    else:
        from indexer.formats import textfile

        found = textfile.read_sheets(path.read_bytes(), document)
    return found, ("",) * len(found)


def _said(path: Path) -> tuple[str, ...]:
    """What a package of Word or Excel says of itself beside its text; nothing, where it is a text."""
    if path.suffix.lower() in TEXT_SUFFIXES:
        return ()
    from indexer.formats import office

    return office.said(path.read_bytes())

"""`corrections.toml` as it is read: every mistake in it is told in one sentence with the file and the line."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from corpus.errors import SettingError

# The tables that the file may have, and the keys of each.
TABLES: Mapping[str, tuple[str, ...]] = {
    "alias": ("name", "means"),
    "measure": ("service", "code", "name", "also", "polarity"),
    "target": ("service", "code", "name", "entity", "target", "since", "until"),
    "exempt": ("document", "item"),
}
# What Python's reader of TOML says, and what an officer can do about it.
_SAID = (
    ("Invalid statement", 'this is neither a table like [[target]] nor a line like code = "PI002"'),
    ("Invalid value", "a value must be a text in straight quotation marks"),
    ("Expected '='", "between a key and its value there must be '='"),
    ("Illegal character", "a quotation mark is missing at the end of a text, or a character is not allowed"),
    ("Unterminated string", "a quotation mark is missing at the end of a text"),
    ("Unescaped '\\'", "a backslash must be written twice"),
    ("Cannot overwrite a value", "the key stands twice in one table"),
    ("Expected newline", "something stands behind the value; a text needs quotation marks around all of it"),
    ("Expected ']]'", "a table must be written like [[target]], with two brackets on each side"),
    ("Unclosed array", "a list must end with ']'"),
    ("Cannot mutate immutable", "a table must be written like [[target]], with two brackets on each side"),
    ("Cannot declare", "a table must be written like [[target]], with two brackets on each side"),
)
T = TypeVar("T")
_LINE = re.compile(r"\(at line (\d+), column \d+\)")


@dataclass(frozen=True, slots=True)
class Entry:
    """One table of the file: its keys, and where it stands."""

    path: Path
    kind: str
    number: int
    keys: Mapping[str, Any]
    line: int
    lines: Mapping[str, int]  # of its keys

    def wrong(self, what: str, key: str = "") -> SettingError:
        """The error of this table, or of one of its keys, with its line."""
        line = self.lines.get(key, self.line)
        return SettingError(f"{self.path}, line {line}, [[{self.kind}]] {self.number}: {what}")

    def text(self, key: str, needed: bool = True) -> str:
        """A text, "" where it is not there and not needed."""
        value = self.keys.get(key, "")
        if not isinstance(value, str) or (needed and not value.strip()):
            raise self.wrong(f"{key!r} must be a text in quotation marks", key)
        return value.strip()

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, none where it is not there."""
        value = self.keys.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
            raise self.wrong(f"{key!r} must be a list of codes and names in quotation marks", key)
        return tuple(one.strip() for one in value)

    def read(self, key: str, read: Callable[[str], T | None], like: str, needed: bool = True) -> T | None:
        """A text read as something else; `like` says what it must be."""
        said = self.text(key, needed)
        found = read(said) if said else None
        if said and found is None:
            raise self.wrong(f"{key!r} must be {like}, not {said!r}", key)
        return found


def entries(path: Path) -> Mapping[str, list[Entry]]:
    """The tables of the file by their kind. SettingError with the line that makes no sense."""
    written = _written(path)
    told = _parsed(path, written)
    for kind, tables in told.items():
        begins = re.compile(rf"\s*(?:\[+\s*)?[\"']?{re.escape(kind)}\b")
        line = next((at for at, text in enumerate(written.split("\n"), 1) if begins.match(text)), 1)
        if kind not in TABLES:
            raise SettingError(
                f"{path}, line {line}: [[{kind}]] is not known; a table is one of"
                f" {', '.join(f'[[{name}]]' for name in TABLES)}"
            )
        if not isinstance(tables, list) or not all(isinstance(one, dict) for one in tables):
            raise SettingError(f"{path}, line {line}: {kind} must be written as [[{kind}]]")
    return {kind: list(_entries(path, written, kind, told.get(kind, []))) for kind in TABLES}


def _written(path: Path) -> str:
    try:
        content = path.read_bytes()
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise SettingError(f"{path}, line {line}: the file is not saved as UTF-8 text") from None
    except OSError as error:
        raise SettingError(f"{path}: the file cannot be read ({error.strerror})") from None


def _parsed(path: Path, written: str) -> Mapping[str, Any]:
    import tomllib

    try:
        return tomllib.loads(written)
    except tomllib.TOMLDecodeError as error:
        said, at = str(error), _LINE.search(str(error))
        line = int(at[1]) if at else written.rstrip("\n").count("\n") + 1
        if said.startswith("Illegal character '\\n'"):
            said = "Unterminated string"
        why = next((plain for start, plain in _SAID if said.startswith(start)), _LINE.sub("", said).strip())
        raise SettingError(f"{path}, line {line}: {why}") from None
    except RecursionError:
        raise SettingError(f"{path}: it has brackets within brackets without end") from None


def _entries(path: Path, written: str, kind: str, tables: list[Mapping[str, Any]]) -> Iterator[Entry]:
    texts = written.split("\n")
    heads = [line for line, text in enumerate(texts, 1) if re.match(rf"\s*\[\[\s*{kind}\s*\]\]", text)]
    for number, keys in enumerate(tables, 1):
        line = heads[number - 1] if number <= len(heads) else 1
        end = heads[number] - 1 if number < len(heads) else len(texts)
        begins = {key: re.compile(rf"\s*{re.escape(key)}\s*=") for key in keys}
        lines = {key: at for at in range(end, line - 1, -1) for key in keys if begins[key].match(texts[at - 1])}
        entry = Entry(path, kind, number, keys, line, lines)
        if unknown := [key for key in keys if key not in TABLES[kind]]:
            raise entry.wrong(f"{unknown[0]!r} is not known; a key is one of {', '.join(TABLES[kind])}", unknown[0])
        yield entry

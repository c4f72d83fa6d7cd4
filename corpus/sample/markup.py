"""The sources of the sample papers: a small part of Markdown, and directives in HTML comments.

`# title`, `## heading`, `### run-in heading`, `1. numbered paragraph`, `- bullet`, `(a) point`, `| a | table | row |`,
plain paragraphs (a blank line ends one) and `<!-- name: argument -->` for what Markdown has no word for. In a table `<`
is covered by the cell to its left and `^` by the cell above. A comment `<!-- note: ... -->` explains the data and is
not drawn.
"""

import re
from dataclasses import dataclass

DIRECTIVE = re.compile(r"<!-- (\w+)(?::\s+(.*?))?\s*-->", re.DOTALL)
STARTS = (
    (re.compile(r"(###) "), "run-in"),
    (re.compile(r"(##) "), "heading"),
    (re.compile(r"(#) "), "title"),
    (re.compile(r"(\d+\.) "), "number"),
    (re.compile(r"(-|\([a-z]\)) "), "bullet"),
)


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a paper. `mark` is what opens a paragraph ("1.", "(a)", "-"); `rows` are a table's cells."""

    kind: str
    text: str = ""
    mark: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


def blocks(source: str) -> list[Block]:
    """The blocks of a source, in order; a directive is a block of its name."""
    found: list[Block] = []
    at = 0
    for directive in DIRECTIVE.finditer(source):
        found += _prose(source[at : directive.start()])
        at = directive.end()
        if directive[1] != "note":
            found.append(Block(directive[1], directive[2] or ""))
    return found + _prose(source[at:])


def _prose(source: str) -> list[Block]:
    return [block for part in re.split(r"\n\s*\n", source) if part.strip() for block in _part(part.strip())]


def _part(part: str) -> list[Block]:
    """A table, or paragraphs: a line that starts one begins a new block, any other line goes on with the last."""
    if part.startswith("|"):
        return [Block("table", rows=tuple(_cells(line) for line in part.splitlines()))]
    found: list[Block] = []
    for line in part.splitlines():
        opened = next(((kind, m) for start, kind in STARTS if (m := start.match(line))), None)
        if opened:
            kind, match = opened
            found.append(Block(kind, line[match.end() :].strip(), match[1]))
        elif found:
            found[-1] = Block(found[-1].kind, f"{found[-1].text} {line.strip()}", found[-1].mark)
        else:
            found.append(Block("text", line.strip()))
    return found


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|"))

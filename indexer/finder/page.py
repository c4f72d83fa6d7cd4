"""What the finder is handed: a page's objects as dicts in pdfplumber's form, in points from the top left corner."""

from typing import Any, Protocol

from indexer.text.letters import Char

Thing = dict[str, Any]


class Page(Protocol):
    """A page, from a PDF or from a picture of one. `edges` are level and upright lines, with `orientation` h or v."""

    @property
    def page_number(self) -> int: ...
    @property
    def width(self) -> float: ...
    @property
    def height(self) -> float: ...
    @property
    def chars(self) -> list[Char]: ...
    @property
    def edges(self) -> list[Thing]: ...
    @property
    def rects(self) -> list[Thing]: ...
    @property
    def lines(self) -> list[Thing]: ...
    @property
    def images(self) -> list[Thing]: ...

"""Where the tables of a page are: from its characters and lines, whoever read them."""

from indexer.finder.grids import find_grids

__all__ = ["find_grids"]

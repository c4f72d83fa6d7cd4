"""Parts of a paper on disk: of a long one they take much memory, and are needed one after the other."""

import pickle
import weakref
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import IO, Any, TypeVar, overload

AT_ONCE = 256  # things that are written, and read, together

T = TypeVar("T")
Where = tuple[int, int]  # where a part begins in its file, and how many things it is


class Part(Sequence[T]):
    """The things that `write` has written at some place of a file."""

    def __init__(self, file: "File", where: Where) -> None:
        self._file = file
        self._start, self._count = where

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[T]:
        left, place = self._count, self._start
        while left:
            some, place = self._file.read(place)
            left -= len(some)
            yield from some

    @overload
    def __getitem__(self, at: int) -> T: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[T]: ...

    def __getitem__(self, at: int | slice) -> T | Sequence[T]:
        if isinstance(at, slice):
            return list(self)[at]
        return next(islice(self, range(self._count)[at], None))


class File:
    """A file that is open until nobody has a part of it any more; it may be deleted before."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")
        weakref.finalize(self, self._file.close)

    def read(self, place: int) -> tuple[Any, int]:
        """What stands at a place, and the place behind it."""
        self._file.seek(place)
        return pickle.load(self._file), self._file.tell()

    def part(self, where: Where) -> Sequence[Any]:
        """The part that stands there; () for an empty one."""
        return Part(self, where) if where[1] else ()


def write(file: IO[bytes], things: Iterable[object]) -> Where:
    """Write a part; where it stands."""
    start, count, some = file.tell(), 0, list[object]()
    for count, thing in enumerate(things, 1):  # noqa: B007
        some.append(thing)
        if len(some) == AT_ONCE:
            pickle.dump(some, file)
            some.clear()
    if some:
        pickle.dump(some, file)
    return start, count

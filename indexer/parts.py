"""Things that are set aside on disk: those of a long paper take much memory, and are needed one after the other."""

import pickle
import weakref
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any, TypeVar, overload

TOGETHER = 64  # things that are written, and read, together
AT_HAND = 4  # such pieces that a file keeps at hand

T = TypeVar("T")
Where = tuple[tuple[int, ...], int]  # where the pieces of a part stand in its file, and how many things it is


class Part(Sequence[T]):
    """Things that stand in a file; what is pickled with one has them as a tuple."""

    def __init__(self, file: "File", where: Where) -> None:
        self._file = file
        self._places, self._count = where

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[T]:
        return chain.from_iterable(map(self._file.read, self._places))

    @overload
    def __getitem__(self, at: int) -> T: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[T]: ...

    def __getitem__(self, at: int | slice) -> T | Sequence[T]:
        which = range(self._count)[at]
        if isinstance(which, range):
            return tuple(self[each] for each in which)
        thing: T = self._file.read(self._places[which // TOGETHER])[which % TOGETHER]
        return thing

    def __reduce__(self) -> tuple[type[tuple[T, ...]], tuple[tuple[T, ...]]]:
        return tuple, (tuple(self),)


class File:
    """A file that is open until nobody has a part of it any more; it may be deleted before."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._at_hand: dict[int, Any] = {}
        weakref.finalize(self, file.close)

    @classmethod
    def at(cls, path: Path) -> "File":
        """The file that stands there, to be read."""
        return cls(path.open("rb"))

    def read(self, place: int) -> Any:
        """What stands at a place."""
        found = self._at_hand.pop(place, None)
        if found is None:
            self._file.seek(place)
            found = pickle.load(self._file)
        self._at_hand[place] = found
        if len(self._at_hand) > AT_HAND:
            del self._at_hand[next(iter(self._at_hand))]
        return found

    def write(self, thing: object) -> int:
        """Write a thing behind all others; where it stands."""
        packed = pickle.dumps(thing, pickle.HIGHEST_PROTOCOL)  # first: to make it may be to read of this file
        place = self._file.seek(0, 2)
        self._file.write(packed)
        return place

    def put(self, things: Iterable[object]) -> Where:
        """Write a part; where it stands."""
        places, count, every = list[int](), 0, iter(things)
        while some := list(islice(every, TOGETHER)):
            places.append(self.write(some))
            count += len(some)
        return tuple(places), count

    def part(self, where: Where) -> Sequence[Any]:
        """The part that stands there; () for an empty one."""
        return Part(self, where) if where[1] else ()


class Aside:
    """Where things of one kind are set aside: the first of them, `most` at most, in memory, as most papers are short,
    and the others in a file of its own, which is gone as soon as nobody has a part of it any more."""

    def __init__(self, most: int) -> None:
        self._room = most
        self._file: File | None = None

    def put(self, things: Iterable[T]) -> Sequence[T]:
        """The things, set aside where they are not."""
        if isinstance(things, Part):
            return things
        every = iter(things)
        few = tuple(islice(every, self._room + 1))
        if len(few) <= self._room:
            self._room -= len(few)
            return few
        if not self._file:
            from tempfile import TemporaryFile

            self._file = File(TemporaryFile(prefix="packclerk-"))  # noqa: SIM115 - see File
        return self._file.part(self._file.put(chain(few, every)))

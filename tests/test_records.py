"""Data classes of the house against those of the standard library."""

import copy
import dataclasses
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from corpus.records import dataclass


def _made(decorate: Callable[[type], type], name: str) -> Any:
    class Each:
        """What stands somewhere."""

        place: str
        row: int = 3
        notes: list[str] = dataclasses.field(default_factory=list)
        seen: int = dataclasses.field(default=0, compare=False, repr=False)

        @property
        def said(self) -> str:
            return f"{self.place}:{self.row}"

    Each.__name__ = Each.__qualname__ = name
    return decorate(Each)


@dataclass(frozen=True, slots=True)
class One:
    """A frozen one of a single field."""

    value: str = ""


@dataclass(slots=True)
class Later:
    """One whose last field is made out of the first."""

    first: int
    twice: int = dataclasses.field(init=False)

    def __post_init__(self) -> None:
        self.twice = 2 * self.first


OPTIONS: list[dict[str, bool]] = [
    {},
    {"slots": True},
    {"frozen": True},
    {"eq": False},
    {"frozen": True, "slots": True, "order": True},
    {"frozen": True, "slots": True, "eq": False},
]


MAKES: list[Callable[[Any], Any]] = [lambda c: c("A"), lambda c: c("B", 4), lambda c: c(place="C", notes=["n"], seen=1)]
WRONG: list[Callable[[Any], Any]] = [lambda c: c(), lambda c: c("A", nothing=1)]
CHANGES: list[Callable[[Any], None]] = [
    lambda one: setattr(one, "value", "b"),
    lambda one: delattr(one, "value"),
    lambda one: setattr(one, "more", 1),
]


@pytest.mark.parametrize("options", OPTIONS)
def test_they_are_as_those_of_the_standard_library(options: dict[str, bool]) -> None:
    """Made, shown, compared, replaced and told in the same way."""
    ours, theirs = (_made(how(**options), "Each") for how in (dataclass, dataclasses.dataclass))
    for make in MAKES:
        one, other = make(ours), make(theirs)
        assert repr(one).rpartition(".")[2] == repr(other).rpartition(".")[2]
        assert dataclasses.asdict(one) == dataclasses.asdict(other)
        assert dataclasses.astuple(dataclasses.replace(one, row=9)) == dataclasses.astuple(
            dataclasses.replace(other, row=9)
        )
        assert (one == make(ours), one == other) == (other == make(theirs), False)
        assert one.said == other.said
        assert hasattr(one, "__dict__") == hasattr(other, "__dict__")
    assert [f.name for f in dataclasses.fields(ours)] == [f.name for f in dataclasses.fields(theirs)]
    assert (ours("A").notes is ours("A").notes) is False
    assert (ours.__hash__ is None) == (theirs.__hash__ is None)
    for wrong in WRONG:
        for each in (ours, theirs):
            with pytest.raises(TypeError):
                wrong(each)
    if "order" in options:
        assert sorted([ours("B"), ours("A", 2), ours("A", 1)])[0].row == 1
        assert ours("A") <= ours("A")
        with pytest.raises(TypeError):
            _ = ours("A") < theirs("B")


def test_what_is_frozen_does_not_change() -> None:
    """Nothing of it can be set or deleted; it has a hash by its values, and is copied and pickled by them."""
    one = One("a")
    for change in CHANGES:
        with pytest.raises(dataclasses.FrozenInstanceError):
            change(one)
    assert {one, One("a"), One("b")} == {One("b"), One("a")}
    assert pickle.loads(pickle.dumps(one)) == copy.deepcopy(one) == copy.copy(one) == one


def test_a_field_may_be_made_afterwards() -> None:
    """By what follows the making, which pickling keeps as it is."""
    one = Later(2)
    assert one.twice == 4
    one.twice = 5
    assert pickle.loads(pickle.dumps(one)).twice == 5
    assert (one == Later(2), one == dataclasses.replace(one)) == (False, False)

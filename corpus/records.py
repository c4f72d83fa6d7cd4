"""Data classes that are made in an eighth of the time.

`dataclass` does what the standard library's does, as far as this house uses it. That one writes and compiles up to
seven functions for every class, which takes half a millisecond: of what a start imports of the house it was a third.
Here one is compiled, that which makes an instance; the others are the same for all classes. An instance that never
changes is pickled by its values, which takes a fraction of the time too.
"""

import dataclasses
import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, Field, FrozenInstanceError, field
from functools import partial
from inspect import get_annotations
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

Values = Callable[[Any], tuple[Any, ...]]  # of an instance

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(cls=None, **options):
        return partial(_made, **options) if cls is None else _made(cls, **options)


def _made(cls: type, frozen: bool = False, slots: bool = False, eq: bool = True, order: bool = False) -> type:
    fields = {name: _field(cls, name, kind) for name, kind in get_annotations(cls).items()}
    compared = _values(name for name, each in fields.items() if each.compare)
    own: dict[str, Any] = {"__dataclass_fields__": fields, "__init__": _init(cls, fields, frozen), "__repr__": _told}
    if eq:
        own |= {
            "__eq__": _by(operator.eq, compared),
            "__hash__": (lambda self: hash(compared(self))) if frozen else None,
        }
    if order:
        own |= {f"__{each.__name__}__": _by(each, compared) for each in ORDER}
    if frozen:
        values = _values(fields)
        own |= {"__setattr__": _fixed, "__delattr__": _fixed, "__reduce__": lambda self: (self.__class__, values(self))}
    written = {name: value for name, value in cls.__dict__.items() if name not in fields}  # a default is no attribute
    if not slots:
        for name in fields.keys() & cls.__dict__.keys():
            delattr(cls, name)
        for name in own.keys() - written.keys():
            setattr(cls, name, own[name])
        return cls
    for name in ("__dict__", "__weakref__"):
        written.pop(name, None)
    slotted = type(cls)(cls.__name__, cls.__bases__, own | written | {"__slots__": tuple(fields)})
    slotted.__qualname__ = cls.__qualname__
    return slotted


ORDER = (operator.lt, operator.le, operator.gt, operator.ge)


def _field(cls: type, name: str, kind: Any) -> "Field[Any]":
    default = cls.__dict__.get(name, MISSING)
    found: Any = default if isinstance(default, Field) else field(default=default)
    found.name, found.type = name, kind
    found._field_type = dataclasses._FIELD  # type: ignore[attr-defined]  # by which `fields` knows it
    return found  # type: ignore[no-any-return]


def _init(cls: type, fields: "Mapping[str, Field[Any]]", frozen: bool) -> Any:
    """The function that makes an instance."""
    given, lines = ["self"], []
    space: dict[str, Any] = {"MISSING": MISSING, "put": object.__setattr__}
    for name, each in fields.items():
        if not each.init:
            continue
        value = name
        if each.default is not MISSING:
            space[f"default_{name}"] = each.default
            given.append(f"{name}=default_{name}")
        elif each.default_factory is not MISSING:
            space[f"new_{name}"] = each.default_factory
            given.append(f"{name}=MISSING")
            value = f"new_{name}() if {name} is MISSING else {name}"
        else:
            given.append(name)
        lines.append(f" put(self, {name!r}, {value})" if frozen else f" self.{name} = {value}")
    if hasattr(cls, "__post_init__"):
        lines.append(" self.__post_init__()")
    exec("\n".join([f"def __init__({', '.join(given)}):", *lines, " pass"]), space)
    return space["__init__"]


def _values(names: Iterable[str]) -> Values:
    found = tuple(names)
    if len(found) > 1:
        return operator.attrgetter(*found)
    return lambda self: tuple([getattr(self, name) for name in found])


def _by(compare: Callable[[Any, Any], bool], values: Values) -> Any:
    def method(self: Any, other: Any) -> Any:
        return compare(values(self), values(other)) if other.__class__ is self.__class__ else NotImplemented

    return method


def _told(self: Any) -> str:
    said = [f"{name}={getattr(self, name)!r}" for name, each in self.__dataclass_fields__.items() if each.repr]
    return f"{self.__class__.__qualname__}({', '.join(said)})"


def _fixed(_self: Any, name: str, _value: object = None) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")

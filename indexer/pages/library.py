"""PDFium itself: the library that pypdfium2 brings, without pypdfium2's own bindings. Of their 450 functions we call
fifty, and importing them takes as long as finding the tables of a few pages."""

import ctypes
from importlib.util import find_spec
from pathlib import Path
from typing import Any


class Pointer(ctypes.c_void_p):
    """An address, kept as ctypes takes it: its own class, so that it is not made an int on its way out."""


def _file() -> Path:
    found = find_spec("pypdfium2_raw")
    assert found and found.submodule_search_locations
    (folder,) = found.submodule_search_locations
    return next(Path(folder).glob("*pdfium.*"))


_library = ctypes.CDLL(str(_file()))
_held = ctypes.PyDLL(None, handle=_library._handle)
INT, DOUBLE, LONG, ADDRESS = ctypes.c_int, ctypes.c_double, ctypes.c_ulong, ctypes.c_void_p


def call(name: str, result: Any, *arguments: Any) -> Any:
    """A function that may take its time: others may run meanwhile."""
    return _told(_library[name], result, arguments)


def quick(name: str, result: Any, *arguments: Any) -> Any:
    """A function that is called for every character or path: it does not give up the interpreter's lock. Where its
    arguments are not told they are not looked at: numbers go as ints, addresses as Pointers, both of which ctypes hands
    on as they are, in a third of the time."""
    return _told(_held[name], result, arguments)


def _told(function: Any, result: Any, arguments: Any) -> Any:
    function.restype = result
    if arguments:
        function.argtypes = arguments
    return function


class _Configuration(ctypes.Structure):
    _fields_ = (("version", INT), ("fonts", ADDRESS), ("isolate", ADDRESS), ("slot", ctypes.c_uint))


call("FPDF_InitLibraryWithConfig", None)(ctypes.byref(_Configuration(version=2)))

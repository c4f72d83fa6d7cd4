"""The words that papers and questions use, kept as data in the files beside this one."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def words_in(name: str) -> dict[str, Any]:
    """What the file `name`.toml holds, read once."""
    return tomllib.loads((files(__name__) / f"{name}.toml").read_text(encoding="utf-8"))

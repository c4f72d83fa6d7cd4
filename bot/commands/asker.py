"""The option --as: for whom a command answers."""

from collections.abc import Callable
from typing import Any

import click

NAMES = {"cleared": True, "public": False}
DECLARED = ("--as", "cleared")
SETTINGS: dict[str, Any] = {
    "type": click.Choice(list(NAMES)),
    "default": "cleared",
    "callback": lambda _ctx, _param, value: NAMES[value],
    "help": "What the asker may see: the exempt papers too, or public ones only.",
}


def as_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the option, as `cleared`: whether it may use exempt papers."""
    return click.option(*DECLARED, **SETTINGS)(command)


AS = click.Option(DECLARED, **SETTINGS)

"""Commands made of tools: their names, helps and options come out of the tools' signatures and docstrings."""

import inspect
import re
from collections.abc import Callable, Mapping
from typing import Any, Literal, get_args, get_origin

import click

Tool = Callable[..., Any]


class Tools(click.Group):
    """A group whose commands are tools; they are imported only when one of them is wanted."""

    def __init__(
        self, *, tools: Callable[[], Mapping[str, Tool]], made: Callable[[str, Tool], click.Command], **attrs: Any
    ) -> None:
        super().__init__(**attrs)
        self._tools, self._made = tools, made

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(self._tools())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        tool = self._tools().get(cmd_name)
        return self._made(cmd_name, tool) if tool else None


def doc_of(tool: Callable[..., Any]) -> tuple[str, dict[str, str]]:
    """A docstring's text, and its lines "option: what it does"."""
    doc = inspect.getdoc(tool) or ""
    lines = dict(re.findall(r"^(\w+): (.+)$", doc, re.MULTILINE))
    return re.sub(r"^\w+: .+$\n?", "", doc, flags=re.MULTILINE).strip(), lines


def option_of(param: inspect.Parameter, text: str) -> click.Option:
    flag = f"--{param.name.replace('_', '-')}"
    if param.annotation is bool:
        return click.Option([flag], is_flag=True, default=param.default, help=text)
    kind = click.Choice(get_args(param.annotation)) if get_origin(param.annotation) is Literal else param.annotation
    return click.Option([flag], type=kind, default=param.default, show_default=True, help=text)

"""The house itself: which way imports run, that no library strays, how long a module may be, and that settings and
their example agree."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus import settings
from corpus.errors import SettingError

ROOT = Path(__file__).parents[1]
CHAIN = ["corpus", "kpi_tools", "indexer", "bot"]  # each may import those before it
PARTS = {  # the folders within a layer; each may import those before it
    "indexer": [
        "text",
        "exempt",
        "meeting",
        "finder",
        "shapes",
        "cards",
        "formats",
        "pages",
        "scan",
        "processes",
        "retrieval",
    ],
    "bot": ["question", "answers", "slack", "commands"],
}
HOMES = {  # a library and the only modules that may import it
    "pdfplumber": {"indexer/pages/plumber.py"},
    "pypdfium2": set(),  # of it we take the library alone
    "chromadb": {"indexer/retrieval/vectors.py"},
    "sentence_transformers": {"indexer/retrieval/embedder.py"},
    "torch": {"indexer/retrieval/embedder.py"},
    "httpx": {"bot/llm.py", "indexer/retrieval/vectors.py"},
    "matplotlib": {"bot/slack/charts.py"},
    "slack_bolt": {"bot/slack/app.py", "bot/slack/line.py"},
    "slack_sdk": {"bot/slack/app.py", "bot/slack/line.py", "bot/slack/webapi.py"},
    "websocket": {"bot/slack/line.py"},
}
LONGEST = 300  # lines of a module


def imports(path: Path) -> Iterator[str]:
    """The top-level names of all that a module imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


def whole_names(path: Path) -> Iterator[str]:
    """All that a module imports, by whole names: "bot.slack.app" for `from bot.slack import app`."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("layer", CHAIN)
def test_imports_run_one_way(layer: str) -> None:
    """No layer imports one that stands after it in the chain."""
    later = set(CHAIN[CHAIN.index(layer) + 1 :])
    wrong = [(p.name, name) for p in (ROOT / layer).rglob("*.py") for name in imports(p) if name in later]
    assert not wrong


@pytest.mark.parametrize("layer", PARTS)
def test_imports_run_one_way_within_a_layer(layer: str) -> None:
    """No folder of a layer imports one that stands after it; and every folder stands in the list."""
    parts = PARTS[layer]
    assert sorted(p.name for p in (ROOT / layer).iterdir() if (p / "__init__.py").exists()) == sorted(parts)
    later = {part: tuple(f"{layer}.{name}." for name in parts[at + 1 :]) for at, part in enumerate(parts)}
    wrong = [
        (path.name, name)
        for part, barred in later.items()
        for path in (ROOT / layer / part).rglob("*.py")
        for name in whole_names(path)
        if barred and f"{name}.".startswith(barred)
    ]
    assert not wrong


def test_each_library_has_one_home() -> None:
    """A library that has a home is imported nowhere else."""
    for layer in CHAIN:
        for path in (ROOT / layer).rglob("*.py"):
            for name in set(imports(path)) & set(HOMES):
                assert path.relative_to(ROOT).as_posix() in HOMES[name], f"{path} imports {name}"


def test_no_module_is_too_long_to_be_read_at_one_go() -> None:
    """No module of ours, nor of the bench, has more lines than a reader takes in."""
    modules = (path for layer in (*CHAIN, "bench") for path in (ROOT / layer).rglob("*.py"))
    counted = {
        path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines()) for path in modules
    }
    assert len(counted) > 100
    assert {name: lines for name, lines in counted.items() if lines > LONGEST} == {}


def test_env_example_names_every_setting() -> None:
    """.env.example shows exactly the variables that are read, in their order."""
    shown = re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE)
    assert shown == settings.names()


def test_settings_come_from_the_environment_over_the_file(tmp_path: Path) -> None:
    """A variable of the environment wins over the file, and --data over both; quotes and comments are understood."""
    env = tmp_path / ".env"
    env.write_text(
        "# a comment\nexport PACKCLERK_HOME='/from/file'\nSLACK_BOT_TOKEN=xoxb-1 # the bot\n", encoding="utf-8"
    )
    assert settings.load({}, env).home == "/from/file"
    assert settings.load({"PACKCLERK_HOME": "/from/env"}, env).home == "/from/env"
    assert settings.load({"PACKCLERK_HOME": "/from/env"}, env, home="/from/option").home == "/from/option"
    assert settings.load({}, env).slack_bot_token == "xoxb-1"


def test_a_broken_env_file_is_named_with_its_line(tmp_path: Path) -> None:
    """A line that is no setting is reported with its place, not passed over."""
    env = tmp_path / ".env"
    env.write_text("PACKCLERK_HOME=/x\nnonsense\n", encoding="utf-8")
    with pytest.raises(SettingError, match="line 2"):
        settings.load({}, env)

"""The command line: `packclerk`, one command with a handful of verbs."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from bot.asking import asking_day, question_object
from bot.commands.shared import as_option
from bot.start import finish, lenient, print_tables, said
from corpus.errors import PackclerkError, RequestError
from corpus.settings import Settings, load

# The commands of other modules, each by its own name there. A command imports what it needs when it is called: the
# store and the frames take longer to import than the tables of a short paper take to find.
ELSEWHERE = {
    "check": "bot.commands.review",
    "conversations": "bot.commands.conversations",
    "kpi": "bot.commands.kpi",
    "ledger": "bot.commands.ledger_tools",
    "papers": "bot.commands.review",
    "plans": "bot.commands.ledger_tables",
    "rectification": "bot.commands.ledger_tables",
    "risks": "bot.commands.ledger_tables",
}


class Group(click.Group):
    """A group whose commands end with one sentence, not a traceback, on what packclerk or the machine has to say."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *ELSEWHERE})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in ELSEWHERE:
            return super().get_command(ctx, cmd_name)
        found: click.Command = getattr(import_module(ELSEWHERE[cmd_name]), cmd_name)
        return found

    def invoke(self, ctx: click.Context) -> Any:
        try:
            try:
                return super().invoke(ctx)
            finally:
                finish()
        except (PackclerkError, OSError) as error:
            if sentence := said(error):
                raise click.ClickException(sentence) from None
            ctx.exit(1)


@click.group(cls=Group)
@click.option("--data", metavar="DIR", help="Where the index lives (also PACKCLERK_HOME).")
@click.version_option(package_name="packclerk")
@click.pass_context
def main(ctx: click.Context, data: str | None) -> None:
    """Answers questions about council committee papers, every figure cited to its cell."""
    lenient()
    ctx.obj = load(home=data)


def _day(_ctx: click.Context, _param: click.Parameter, value: str | None) -> date:
    try:
        return asking_day(value) if value else date.today()
    except ValueError:
        raise click.BadParameter(f"{value!r} is not a day like 2021-10-06, of 1900 to 2199") from None


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.pass_obj
def index(settings: Settings, paths: tuple[Path, ...]) -> None:
    """Read papers (files or folders) into the index; exit 1 if any could not be read."""
    from indexer.index import index_paths

    with _progress() as progress:
        report = index_paths(paths, settings, progress)
    for line in report.lines():
        click.echo(line)
    sys.exit(0 if report.ok else 1)


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None]]:
    """A progress bar on standard error; silent where that is no terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("Reading", total=None)
        yield lambda what, done, total: bar.update(task, description=what[:48], completed=done, total=total)


@main.command()
@click.argument("question", required=False)
@click.option("--today", callback=_day, metavar="YYYY-MM-DD", help="The asking day, for 'this year'.")
@click.option("--thread", default="", metavar="ID", help="Questions of the same thread follow on.")
@click.option("--json", "as_json", is_flag=True, help="The answer object.")
@click.option("--explain", is_flag=True, help="Also what was understood; in JSON under the key understood.")
@click.option(
    "--jsonl",
    type=click.File("r", encoding="utf-8-sig", errors="surrogateescape"),
    metavar="FILE",
    help="Question objects in, answers out.",
)
@as_option
@click.pass_obj
def ask(
    settings: Settings,
    question: str | None,
    today: date,
    thread: str,
    as_json: bool,
    explain: bool,
    jsonl: Any,
    cleared: bool,
) -> None:
    """Answer QUESTION from the papers, or one question a line with --jsonl."""
    from bot.assist import answering

    answer_to = answering(settings)
    if jsonl:
        for number, line in enumerate(jsonl, 1):
            if not line.strip():
                continue
            answer = answer_to(*question_object(line, number, today), cleared)
            click.echo(json.dumps(answer.to_json(explain), ensure_ascii=False))
        return
    if not question or not question.strip():
        raise RequestError('Ask a question, as in: packclerk ask "how did Havant PI002 trend this year?"')
    answer = answer_to(question, today, thread, cleared)
    if as_json:
        click.echo(json.dumps(answer.to_json(explain), ensure_ascii=False, indent=2))
    else:
        from bot.render import print_answer  # rich is slow to import, and JSON needs none

        print_answer(answer, explained=explain)


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Boxes, rows and merged cells as JSON.")
@click.pass_obj
def tables(settings: Settings, file: Path, as_json: bool) -> None:
    """Show the tables of one PDF."""
    if as_json:
        print_tables(file, settings.limits)
        return
    from bot.render import show_tables  # rich is slow to import, and JSON needs none
    from indexer.reading import read_tables

    found, more = read_tables(file, settings.limits)
    show_tables({"tables": list(found), **more})


@main.command()
@click.argument("pack")
@click.pass_obj
def remove(settings: Settings, pack: str) -> None:
    """Take PACK out of the index, with all that was drawn from it."""
    from bot.commands.review import paper_named
    from indexer.index import remove_paper
    from kpi_tools.store import Store

    document = paper_named(Store(settings.database), pack).document
    remove_paper(document, settings)
    click.echo(f"Removed {document}.")


@main.command()
@click.argument("pack")
@click.argument("as_what", metavar="exempt|public", type=click.Choice(["exempt", "public"]))
@click.option("--item", default="", metavar="N", help="One agenda item of it only.")
@click.pass_obj
def classify(settings: Settings, pack: str, as_what: str, item: str) -> None:
    """Set by hand whether PACK, or one item of it, is exempt or public, whatever reading found."""
    from bot.commands.review import paper_named
    from kpi_tools.store import Store

    store = Store(settings.database)
    document = paper_named(store, pack).document
    store.classify(document, as_what == "exempt", item)
    click.echo(f"{f'Item {item} of {document}' if item else document} is now {as_what}.")


@main.command()
@click.argument("what", type=click.Choice(["observations", "targets", "ledger", "passages"]))
@as_option
@click.pass_obj
def export(settings: Settings, what: str, cleared: bool) -> None:
    """Print all records of one kind as JSON lines."""
    from bot.commands.export import EXPORTS
    from kpi_tools.public import PublicStore
    from kpi_tools.store import Store

    for record in EXPORTS[what](Store(settings.database) if cleared else PublicStore(settings)):
        click.echo(json.dumps(record, ensure_ascii=False))


@main.command("bot")
@click.option("--http", type=click.IntRange(0, 65535), default=0, metavar="PORT", help="Take Slack's requests here.")
@click.option("--health", type=click.IntRange(0, 65535), default=0, metavar="PORT", help="Serve /healthz and /readyz.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address that these ports are of.")
@click.pass_obj
def run_bot(settings: Settings, http: int, health: int, host: str) -> None:
    """Run the Slack bot, over Socket Mode or as a web server that Slack calls at /slack/events."""
    from threading import Thread

    from bot.assist import assisted
    from bot.engine import Engine
    from bot.llm import language_model
    from bot.slack.app import run

    engine = Engine(settings)
    Thread(target=engine.warm, daemon=True).start()  # it takes seconds, for which all who ask would wait
    run(settings, assisted(engine, language_model(settings)), host, http, health)

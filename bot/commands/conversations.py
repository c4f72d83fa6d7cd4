"""`packclerk conversations`: what is kept of what was asked and answered in Slack, to be handed out or deleted."""

import json

import click

from corpus.errors import RequestError
from corpus.settings import Settings

USER = click.option("--user", default="", metavar="ID", help="Of this Slack user alone (U...).")
OLDER = click.option(
    "--older-than", "days", type=click.IntRange(0), default=0, metavar="DAYS", help="If as old as that."
)


@click.group()
def conversations() -> None:
    """Hand out or delete what is kept of the conversations in Slack."""


@conversations.command()
@USER
@OLDER
@click.pass_obj
def export(settings: Settings, user: str, days: int) -> None:
    """Print questions, answers, subscriptions and opinions as JSON lines."""
    from bot.slack.inbox import Inbox
    from bot.slack.kept import DAY, Conversations

    path = settings.home_path / "slack.db"
    for record in (*Inbox(path).export(user, days * DAY), *Conversations(path).export(user, days * DAY)):
        click.echo(json.dumps(record, ensure_ascii=False))


@conversations.command()
@USER
@OLDER
@click.option("--all", "everything", is_flag=True, help="Of everybody, whatever its age.")
@click.pass_obj
def purge(settings: Settings, user: str, days: int, everything: bool) -> None:
    """Delete what `export` with the same options prints, and what threads remember of it."""
    from bot.slack.inbox import Inbox
    from bot.slack.kept import DAY, Conversations
    from bot.slack.retention import purge as delete

    if not (user or days or everything):
        raise RequestError("Say what to delete: --user, --older-than or --all.")
    path = settings.home_path / "slack.db"
    click.echo(f"Deleted {delete(settings, Inbox(path), Conversations(path), user, days * DAY)} records.")

"""What is kept of the conversations in Slack, deleted by user and age: on command, and every day what has grown old."""

from bot.slack.inbox import Inbox
from bot.slack.kept import Conversations
from corpus.settings import Settings
from kpi_tools.store import Store


def purge(settings: Settings, inbox: Inbox, kept: Conversations, user: str = "", older: float = 0.0) -> int:
    """Delete all of a user (of everybody, for "") that is older than so many seconds; how many records there were."""
    _forget_threads(settings, inbox, user, older)
    return inbox.purge(user, older) + kept.purge(user, older)


def forget_old(settings: Settings, inbox: Inbox, kept: Conversations, older: float) -> None:
    """Delete questions and answers older than so many seconds; subscriptions stay."""
    _forget_threads(settings, inbox, "", older)
    inbox.forget(older)
    kept.forget_answers(older)


def _forget_threads(settings: Settings, inbox: Inbox, user: str, older: float) -> None:
    threads = inbox.threads(user, older)
    names = [f"{thread}|{who}" for thread in threads for who in ("cleared", "public")]
    if names:
        Store(settings.database).threads.forget(names)

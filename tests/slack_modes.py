"""A bot that the strict fake Slack reaches: over its web socket, or over signed HTTP."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bot.slack.app import Bot, build
from bot.slack.replies import Ask
from bot.slack.webserver import WebServer
from corpus.settings import Settings
from tests.fake_slack import APP_TOKEN, BOT_TOKEN, FakeSlack

MODES = ("socket", "http")
SECRET = "a signing secret"


def settings_for(slack: FakeSlack, home: Path, **more: str) -> Settings:
    """Settings of a bot that talks to this Slack."""
    tokens = {"slack_bot_token": BOT_TOKEN, "slack_app_token": APP_TOKEN, "slack_signing_secret": SECRET}
    return Settings(home=str(home), **(tokens | {"slack_api_url": slack.url} | more))


@contextmanager
def connected(slack: FakeSlack, settings: Settings, ask: Ask, mode: str, ping: float = 0.2) -> Iterator[Bot]:
    """A bot that hears from Slack in this mode."""
    with ExitStack() as stack:
        bot = stack.enter_context(build(settings, ask, ping, http=mode == "http"))
        if mode == "http":
            server = stack.enter_context(WebServer("127.0.0.1", 0, bot.ready, bot.dispatch, SECRET))
            slack.post_to(f"http://127.0.0.1:{server.port}/slack/events", SECRET)
        else:
            assert slack.connected()
        slack.idle = lambda: not bot.desk.waiting and (bot.told is None or bot.told.done())
        yield bot


def begin_anew(slack: FakeSlack, bot: Bot) -> None:
    """All is as at the beginning, for a next test that shares them."""
    slack.answers(0, settle=True)
    slack.begin_anew()
    bot.inbox.purge()
    bot.kept.purge()

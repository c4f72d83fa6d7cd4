"""Who works on what comes from Slack, by its kind."""

from collections.abc import Mapping

from bot.slack.desk import Handler
from bot.slack.digests import Digests
from bot.slack.home import Home
from bot.slack.presses import Presses
from bot.slack.replies import Office
from bot.slack.source import Sources
from bot.slack.uploads import Uploads
from corpus.settings import Settings


def handlers(office: Office, settings: Settings, digests: Digests, home: Home) -> Mapping[str, Handler]:
    """A handler for each kind of Question; "" is for those in words."""
    presses = Presses(office, Sources(settings))
    return {
        "": digests.reply,
        "press": presses.reply,
        "press_alone": presses.reply,
        "home": home.reply,
        "file": Uploads(office, settings).reply,
    }

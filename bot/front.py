"""Who works on what comes from Slack, by its kind."""

from collections.abc import Mapping

from bot.desk import Handler
from bot.digests import Digests
from bot.home import Home
from bot.presses import Presses
from bot.replies import Office
from bot.source import Sources
from bot.uploads import Uploads
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

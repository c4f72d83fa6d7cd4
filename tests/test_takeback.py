"""What stands in Slack is taken back when others come to read it, or when what it rests on is exempt by then; not
before."""

import time
from collections.abc import Callable, Iterator
from itertools import count

import pytest

from bot.slack import takeback
from bot.slack.app import Bot
from bot.slack.kept import Said
from bot.slack.retention import purge
from kpi_tools.store import Store
from tests.attacked import CLOSED, ME, OPEN, Workspace, bot, joined, press, slack
from tests.fake_slack import Params
from tests.marked import FILLER
from tests.test_attacked_slack import TABLE, add

__all__ = ["bot", "slack"]

NUMBERS = count(1)
ASKED = "how did Havant's PI055 go from April to June 2023?"
Look = Callable[[], None]


@pytest.fixture
def look(slack: Workspace, bot: Bot, monkeypatch: pytest.MonkeyPatch) -> Look:
    """Look at all that stands, as the bot does every minute."""
    monkeypatch.setattr(takeback, "MINUTE", 0.0)

    def look() -> None:
        bot.look()
        slack.answers(0, settle=True)

    return look


@pytest.fixture
def room(slack: Workspace, bot: Bot) -> Params:
    """An exempt answer that stands among the cleared, and nothing of other tests beside it."""
    for said in bot.kept.standing():
        bot.kept.fell(said)
    slack.say(f"{ME} {CLOSED}", channel="C2")
    [message] = slack.answers(settle=True)
    assert "61.73" in message["text"]
    return message


@pytest.fixture
def parks(bot: Bot) -> Iterator[str]:
    """A public paper."""
    document = f"lawns-{next(NUMBERS)}.pdf"
    add(bot, document, [f"# Lawns\n# Monthly - PI055 - % Lawns mown on time\n{TABLE}\n{FILLER}"])
    yield document
    if document in {paper.document for paper in Store(bot.settings.database).papers()}:
        Store(bot.settings.database).remove(document)


def close(bot: Bot, document: str) -> None:
    """It comes again, marked."""
    add(bot, document, [f"# CONFIDENTIAL\n# Monthly - PI055 - % Lawns mown on time\n{TABLE}\n{FILLER}"])


@pytest.mark.usefixtures("room")
class TestOthersCome:
    def test_under_another_id(self, slack: Workspace, bot: Bot) -> None:
        """A room that is shared with another organisation may have another id from then on."""
        slack.channels["C22"] = slack.channels["C2"] | {"id": "C22", "is_ext_shared": True}
        slack.messages[:] = [message | {"channel": "C22"} for message in slack.messages]
        slack.deliver({"type": "channel_id_changed", "old_channel_id": "C2", "new_channel_id": "C22"})
        assert slack.until(lambda: not slack.messages and not bot.kept.standing())

    @pytest.mark.parametrize("user", ["", "U1"])
    def test_after_a_purge(self, slack: Workspace, bot: Bot, look: Look, user: str) -> None:
        """Who asked is forgotten; what stands is not."""
        purge(bot.settings, bot.inbox, bot.kept, user)
        assert not list(bot.kept.export("U1"))
        joined(slack)
        look()
        assert not slack.messages

    def test_after_its_time(self, slack: Workspace, bot: Bot, look: Look) -> None:
        """The same when the answer is too old to be kept."""
        bot.kept.forget_answers(0.0)
        joined(slack)
        look()
        assert not slack.messages


def test_somebody_comes_while_it_is_sent(slack: Workspace) -> None:
    """Slack told of it before we could note what we had said."""
    slack.hold("chat.postMessage")
    slack.say(f"{ME} {CLOSED}", channel="C2")
    assert slack.until(lambda: bool(slack.messages))
    joined(slack)
    slack.deliver({"type": "member_joined_channel", "channel": "C2", "user": "U2"})
    assert slack.until(lambda: not [e for e in slack.sent if e not in slack.acknowledged])
    slack.let_go()
    assert slack.until(lambda: not slack.messages)


def test_what_was_said_before_a_crash(slack: Workspace, bot: Bot, room: Params, look: Look) -> None:
    """Slack had taken it, and we had not noted that."""
    [said] = bot.kept.standing()
    bot.kept.fell(said)
    with bot.inbox._db as db:
        db.execute("UPDATE questions SET state = 'sending' WHERE ts = ?", (room["thread_ts"],))
    look()
    assert [(each.number, each.cleared) for each in bot.kept.standing()] == [(room["ts"], True)]
    joined(slack)
    look()
    assert not slack.messages


class TestExemptSince:
    def test_a_ruling(self, slack: Workspace, bot: Bot, look: Look) -> None:
        """By hand, of what an open channel was told."""
        document = "hedges.pdf"
        table = "| Council | Apr-23 | May-23 | Jun-23 |\n| Mendip | 41.1% | 42.2% | 43.3% |"
        add(bot, document, [f"# Hedges\n# Monthly - PI056 - % Hedges trimmed by March\n{table}"])
        slack.say(f"{ME} how did Mendip's PI056 go from April to June 2023?")
        [message] = slack.answers()
        assert "41.1" in message["text"]
        Store(bot.settings.database).classify(document, exempt=True)
        look()
        assert not slack.messages
        Store(bot.settings.database).remove(document)

    @pytest.mark.parametrize(("channel", "user"), [("C1", "U1"), ("D-U2", "U2")])
    def test_read_anew(self, slack: Workspace, bot: Bot, parks: str, look: Look, channel: str, user: str) -> None:
        """Also in the direct messages of who is not cleared."""
        slack.say(f"{ME} {ASKED}", channel=channel, user=user)
        [message] = slack.answers(settle=True)
        assert "31.31" in message["text"]
        close(bot, parks)
        look()
        assert not slack.messages

    def test_a_file(self, slack: Workspace, bot: Bot, parks: str, look: Look) -> None:
        """The figures that a button brought."""
        slack.say(f"{ME} {ASKED}")
        [message] = slack.answers(settle=True)
        press(slack, message, "csv", "U2")
        assert slack.until(lambda: bool(slack.files))
        slack.answers(settle=True)
        close(bot, parks)
        look()
        assert not slack.files

    def test_a_digest(self, slack: Workspace, bot: Bot, look: Look) -> None:
        """What a subscriber was told."""
        slack.say("subscribe to Havant", channel="D-U2", user="U2")
        slack.answers(settle=True)
        document = f"lawns-{next(NUMBERS)}.pdf"
        add(bot, document, [f"# Lawns\n# Monthly - PI055 - % Lawns mown on time\n{TABLE}\n{FILLER}"])
        look()
        assert "32.32" in str(slack.answers(2)[1])
        close(bot, document)
        look()
        assert "32.32" not in str(slack.messages)
        Store(bot.settings.database).remove(document)

    def test_what_is_public_stays(self, slack: Workspace, bot: Bot, parks: str, look: Look) -> None:
        """Where another paper was closed, where it was removed, and where only its page has something exempt, too."""
        slack.say(f"{ME} {OPEN}")
        slack.say(f"{ME} {ASKED}")
        slack.say(f"{ME} how did Havant's PI002 trend from January to March 2022?")
        slack.answers(3, settle=True)
        look()
        Store(bot.settings.database).remove(parks)
        look()
        assert len(slack.messages) == 3


def test_a_note_of_an_earlier_version(bot: Bot) -> None:
    """What stood before papers were noted with it is taken for exempt, as nothing else was noted then."""
    path, db = bot.settings.home_path / "slack.db", bot.kept._db
    db.execute("CREATE TABLE standing (channel TEXT, number TEXT, user TEXT, at REAL)")
    db.execute("INSERT INTO standing VALUES ('C2', '1.5', 'U1', ?)", (time.time(),))
    db.commit()
    type(bot.kept)(path).close()
    assert Said("C2", "1.5", True, ()) in bot.kept.standing()
    bot.kept.fell(Said("C2", "1.5", True, ()))

"""Attempts upon what lies between a look at who may see and what then leaves us, upon what stands in Slack already, and
upon what is drawn from papers that changed since. `tests/attacked.py` looks, after each test."""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from bot.slack import takeback
from bot.slack.app import Bot
from bot.slack.presses import CITED, NO_PICTURE
from indexer.extract import extract
from indexer.reader import read_pack
from kpi_tools.store import Store
from tests.attacked import (
    CLOSED,
    ME,
    MET,
    SECRETS,
    Workspace,
    bot,
    joined,
    nothing_exempt_comes_out,
    press,
    slack,
)  # fmt: skip
from tests.fake_slack import BOT_USER, Params
from tests.marked import FILLER, draw, held

__all__ = ["bot", "nothing_exempt_comes_out", "slack"]

NUMBERS = count(1)
BID = b"CONFIDENTIAL\n\nLakeside\n\nSum\tJan-21\tFeb-21\nZedshire offer\t61.73%\t62.84%\n"


def after_first(slack: Workspace, method: str, change: Callable[[], object], seconds: int = 1) -> None:
    """Let Slack ask us to wait with a method, and change something while we do."""
    slack.limited[method] = deque([seconds])

    def watch() -> None:
        slack.until(lambda: not slack.limited[method])
        change()

    threading.Thread(target=watch).start()


LOST: dict[str, Callable[[Workspace], object]] = {
    "somebody joins": joined,
    "clearance is lost": lambda s: s.groups.update(S1=[]),
    "the room is shared": lambda s: s.channels["C2"].update(is_ext_shared=True),
}


class TestWhileWeWait:
    """Slack lets us wait with a call; less may be told when it takes it."""

    @pytest.mark.parametrize("what", LOST)
    def test_a_file(self, slack: Workspace, what: str) -> None:
        """The figures of an exempt answer, between the press and the room."""
        slack.say(f"{ME} {CLOSED}", channel="C2")
        [message] = slack.answers(settle=True)
        slack.forget_what_was_said()
        slack.written.clear()
        after_first(slack, "files.getUploadURLExternal", lambda: LOST[what](slack))
        press(slack, message, "csv")
        slack.answers(0, settle=True)

    def test_a_file_that_is_taken_late(self, slack: Workspace) -> None:
        """The last of the three calls is what puts it into the room."""
        slack.say(f"{ME} {CLOSED}", channel="C2")
        [message] = slack.answers(settle=True)
        slack.forget_what_was_said()
        slack.written.clear()
        after_first(slack, "files.completeUploadExternal", lambda: joined(slack))
        press(slack, message, "csv")
        slack.answers(0, settle=True)

    def test_a_home_tab(self, slack: Workspace, bot: Bot) -> None:
        """It is published as it was drawn, for who is no longer cleared."""
        after_first(slack, "views.publish", lambda: slack.groups.update(S1=[]))
        slack.deliver({"type": "app_home_opened", "user": "U1", "tab": "home", "channel": "D-U1"})
        slack.answers(0, settle=True)
        slack.until(lambda: not slack.groups["S1"])

        def looked() -> bool:
            bot.look()  # as it does again and again, as long as it runs
            return bool(slack.homes)

        assert slack.until(looked)
        slack.groups["S1"] = []  # so that U1 counts as one of the others

    def test_a_command_whose_address_is_gone(self, slack: Workspace) -> None:
        """Its answer goes to the direct messages, which have to be opened first."""
        slack.failing["respond"] = "expired_url"
        after_first(slack, "conversations.open", lambda: slack.groups.update(S1=[]))
        slack.command(CLOSED)
        slack.answers(0, settle=True)

    def test_a_digest(self, slack: Workspace, bot: Bot) -> None:
        """What a subscriber is told waits for the direct messages."""
        slack.say("subscribe to Havant", channel="D-U1")
        slack.answers(settle=True)
        slack.forget_what_was_said()
        slack.written.clear()
        document = f"late-{next(NUMBERS)}.pdf"
        add(bot, document, [f"# CONFIDENTIAL\n{TABLE}"])
        after_first(slack, "conversations.open", lambda: slack.groups.update(S1=[]))
        bot.look()
        slack.answers(0, settle=True)
        slack.until(lambda: bool(bot.told and bot.told.done()))
        Store(bot.settings.database).remove(document)

    def test_the_report_of_a_paper(self, slack: Workspace, bot: Bot) -> None:
        """What was found in an exempt paper is told alone, after the room heard that it is there."""
        about = {"id": "F7", "name": "bid.txt", "url_private_download": f"http://{slack.host}/files/F7"}
        slack.dropped["F7"] = (about, BID)

        def wait_and_lose() -> None:
            slack.until(lambda: bool(slack.messages))
            after_first(slack, "chat.postMessage", lambda: slack.groups.update(S1=[]))

        first = threading.Thread(target=wait_and_lose)
        first.start()
        slack.say(ME, channel="C1", user="U1", subtype="file_share", files=[{"id": "F7", "name": "bid.txt"}])
        slack.answers(0, settle=True)
        first.join(60)
        slack.answers(0, settle=True)
        Store(bot.settings.database).remove("bid.txt")

    def test_a_crash_after_the_look(self, slack: Workspace, bot: Bot) -> None:
        """Slack fails where the answer was to go; by the next try who asked is not cleared."""
        slack.failing["chat.postMessage"] = "fatal_error"
        slack.say(CLOSED, channel="D-U1")
        assert slack.until(lambda: slack.calls["chat.postMessage"] > 0)
        slack.until(slack.idle)
        slack.groups["S1"] = []
        slack.failing.clear()
        bot.look()
        assert [m["text"] for m in slack.answers(settle=True)] == ["No measure in the papers has that code."]

    def test_a_picture_of_a_chart(self, slack: Workspace) -> None:
        """A workspace that takes no chart gets a picture, after the message."""
        slack.forbidden = ("data_visualization", "data_table")
        after_first(slack, "files.getUploadURLExternal", lambda: joined(slack))
        slack.say(f"{ME} compare PI099 and PI002 of Havant in August 2021", channel="C2")
        slack.say(f"{ME} how did Havant PI077 trend?", channel="C2")
        slack.until(lambda: len(slack.messages) > 1)
        slack.answers(0, settle=True)
        slack.messages.clear()  # said while all were cleared
        slack.forbidden = ()


TABLE = "| Council | Apr-23 | May-23 | Jun-23 |\n| Havant | 31.31% | 32.32% | 33.33% |"


def add(bot: Bot, document: str, pages: list[str], path: Path | None = None) -> Path:
    """Put a paper into the index; a page's lines are those of `tests.marked`."""
    path = path or bot.settings.home_path / document
    draw(path, [page.split("\n") for page in pages])
    Store(bot.settings.database).save(extract(read_pack(path, document)), path, 200 + next(NUMBERS))
    return path


@pytest.fixture
def parks(slack: Workspace, bot: Bot) -> Iterator[tuple[str, Params]]:
    """A public paper, and an answer out of it as the room has it."""
    document = f"parks-{next(NUMBERS)}.pdf"
    text = f"# Visits to the parks\n# Monthly - PI055 - % Visits to the parks on time\n{TABLE}\nVisits. {FILLER}"
    add(bot, document, [text, f"# Waste\nOPENone {FILLER}"])
    slack.say(f"{ME} how did Havant's PI055 go from April to June 2023?")
    [message] = slack.answers()
    assert "31.31" in message["text"]
    slack.forget_what_was_said()
    slack.written.clear()
    yield document, message
    Store(bot.settings.database).remove(document)


ruled = pytest.fixture(name="ruled")(lambda: None)  # whoever asks for it holds RULED for exempt, too
BUTTONS = ("csv", "chart", "source", "readings")
CLOSED_SINCE = {"a mark on the page": "# Waste\nOPENone stays.\n# Exempt annex\n", "a mark at its head": "^ EXEMPT\n"}


@pytest.mark.usefixtures("ruled")
class TestReadAnew:
    """A paper that was public is read anew, and what an old answer was drawn from is exempt by now."""

    @pytest.mark.parametrize("action", BUTTONS)
    @pytest.mark.parametrize("mark", CLOSED_SINCE)
    def test_a_button_under_an_old_answer(
        self, slack: Workspace, bot: Bot, parks: tuple[str, Params], mark: str, action: str
    ) -> None:
        """Nothing of it is handed out, though something else of its page or item is public."""
        document, message = parks
        text = f"# Monthly - PI055 - % Visits to the parks on time\n{TABLE}\nVisits. {FILLER}"
        add(bot, document, [f"{CLOSED_SINCE[mark]}{text}", f"# Waste\nOPENone {FILLER}"])
        press(slack, message, action, "U2")
        slack.answers(0, settle=True)
        assert not slack.files

    def test_the_source_of_another_content(self, slack: Workspace, bot: Bot, parks: tuple[str, Params]) -> None:
        """A paper whose file holds something else by now is not shown for what an old answer said."""
        document, message = parks
        draw(bot.settings.home_path / document, [["# Exempt", "Quillfeather bought it."]])
        press(slack, message, "source", "U2")
        slack.answers(0, settle=True)
        assert not slack.files

    def test_the_source_of_a_text(self, slack: Workspace, bot: Bot) -> None:
        """What has no pages to draw is quoted, as long as its file holds what was read."""
        path = bot.settings.home_path / "pools.txt"
        path.write_text("Pools\n\nPI056 - % Pools open\nCouncil\tMay-23\tJun-23\nHavant\t51.51%\t52.52%\n", "utf-8")
        Store(bot.settings.database).save(extract(read_pack(path, path.name)), path, 200 + next(NUMBERS))
        slack.say(f"{ME} what was Havant's PI056 in June 2023?")
        [message] = slack.answers()
        slack.messages.clear()
        press(slack, message, "source", "U2")
        assert CITED in slack.answers(settle=True)[-1]["text"]
        path.write_text("Quillfeather bought it.", "utf-8")
        slack.messages.clear()
        press(slack, message, "source", "U2")
        assert slack.answers(settle=True)[-1]["text"] == NO_PICTURE
        Store(bot.settings.database).remove(path.name)

    def test_what_one_person_saw_is_shared_no_more(self, slack: Workspace, bot: Bot, parks: tuple[str, Params]) -> None:
        """A command's answer, shared after its paper was read anew."""
        document, _ = parks
        slack.command("how did Havant's PI055 go from April to June 2023?", user="U2")
        [message] = slack.answers(settle=True)
        slack.forget_what_was_said()
        slack.written.clear()
        text = f"# Monthly - PI055 - % Visits to the parks on time\n{TABLE}\nVisits. {FILLER}"
        add(bot, document, [f"{CLOSED_SINCE['a mark on the page']}{text}", f"# Waste\nOPENone {FILLER}"])
        press(slack, message, "share", "U2")
        slack.answers(0, settle=True)


class TestWhatStands:
    """Exempt answers that stand in a room when somebody comes who may not see them."""

    @pytest.fixture
    def room(self, slack: Workspace) -> Params:
        slack.say(f"{ME} {CLOSED}", channel="C2")
        [message] = slack.answers(settle=True)
        assert "61.73" in message["text"]
        return message

    @pytest.mark.usefixtures("room")
    @pytest.mark.parametrize("told", [{"type": "member_joined_channel"}, {"type": "message", "subtype": "group_join"}])
    def test_somebody_joins(self, slack: Workspace, told: Params) -> None:
        """As soon as Slack tells of it the answer is not to be read there any more."""
        joined(slack)
        slack.deliver(told | {"channel": "C2", "user": "U2", "channel_type": "group", "ts": "1760000000.000100"})
        assert slack.until(lambda: not slack.messages)

    @pytest.mark.usefixtures("room")
    @pytest.mark.parametrize("what", [
        joined, lambda s: s.groups.update(S1=["U1"]), lambda s: s.channels["C2"].update(is_private=False),
        lambda s: s.channels["C2"].update(is_ext_shared=True), lambda s: s.people["U3"].update(is_restricted=True),
    ], ids=["joined", "clearance", "public", "shared", "guest"])  # fmt: skip
    def test_nobody_tells_us(
        self, slack: Workspace, bot: Bot, what: Callable[[Workspace], object], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """At the latest look at the room."""
        what(slack)
        monkeypatch.setattr(takeback, "MINUTE", 0.0)
        slack.until(lambda: True, 1)
        bot.look()
        slack.answers(0, settle=True)
        slack.until(lambda: bool(bot.told and bot.told.done()))

    def test_a_file_in_it(self, slack: Workspace, bot: Bot, room: Params, monkeypatch: pytest.MonkeyPatch) -> None:
        """A table of the figures, too."""
        press(slack, room, "csv")
        slack.until(lambda: bool(slack.files))
        slack.answers(0, settle=True)
        joined(slack)
        monkeypatch.setattr(takeback, "MINUTE", 0.0)
        bot.look()
        slack.answers(0, settle=True)
        slack.until(lambda: bool(bot.told and bot.told.done()))


class TestOthers:
    """Members that are machines, groups that are gone, members who are not yet."""

    @pytest.mark.parametrize("change", [
        lambda s: s.members.update(C2=["U1", "U3", "UB", BOT_USER]),
        lambda s: s.members.update(C2=["U1", "U3", "U404", BOT_USER]),
        lambda s: s.people["U3"].update(is_invited_user=True),
        lambda s: s.groups.pop("S1"),
        lambda s: s.people["U1"].update(is_stranger=True),
    ], ids=["a machine", "who is not known", "who has not come yet", "a group that is gone", "a stranger"])  # fmt: skip
    def test_a_room_with_one(self, slack: Workspace, change: Callable[[Workspace], object]) -> None:
        """It is closed."""
        change(slack)
        slack.say(f"{ME} {CLOSED}", channel="C2")
        slack.answers(settle=True)
        if "S1" not in slack.groups:
            slack.groups["S1"] = []

    def test_a_thread_of_the_cleared_quoted_elsewhere(self, slack: Workspace) -> None:
        """Its link, its number and its words, in the open."""
        ts = slack.say(f"{ME} {CLOSED}", channel="C2")
        slack.answers(settle=True)
        slack.forget_what_was_said()
        slack.written.clear()
        link = f"<https://x.slack.com/archives/C2/p{ts.replace('.', '')}>"
        for number, said in enumerate((f"{link} what was said there?", f"summarise {link}", f"thread {ts}"), 1):
            slack.say(f"{ME} {said}", user="U2")
            slack.answers(number, settle=True)

    def test_readings_of_an_answer_that_offered_some(self, slack: Workspace) -> None:
        """What was offered to the cleared is not said again to others."""
        slack.say(f"{ME} what was Havant's PI002?", channel="C2")
        [message] = slack.answers(settle=True)
        slack.forget_what_was_said()
        slack.written.clear()
        joined(slack)
        for action in ("readings", "reading-0", "reading-1", "share"):
            press(slack, message, action, "U2")
        slack.answers(0, settle=True)

    def test_a_picture_of_what_stands_beside_a_public_table(self, slack: Workspace) -> None:
        """No button draws a page on which an exempt table stands, nor by another answer from the same page."""
        for question in (MET, "what was Havant's PI002 in March 2022?", "which measures missed their target?"):
            slack.say(f"{ME} {question}", user="U2")
            message = slack.answers(settle=True)[-1]
            if "source" in slack.buttons(message):
                press(slack, message, "source", "U2")
            slack.answers(0, settle=True)
            assert not [file for file in slack.files if "meeting.pdf" in file["title"] and "page 1" in file["title"]]


def test_the_secrets_would_be_seen(slack: Workspace) -> None:
    """What these attempts would show is there for the cleared."""
    slack.say(CLOSED, channel="D-U1")
    slack.answers(settle=True)
    assert held(SECRETS, slack.messages)

"""What changes between a question and its answer, or between an answer and what is drawn from it: who may see it, what
is exempt, what Slack goes on showing. Nothing exempt comes out: `tests/attacked.py` looks, after each test.
"""

import json
from collections import deque
from collections.abc import Callable, Iterator
from datetime import date
from itertools import count
from pathlib import Path

import pytest

from bot.slack import home
from bot.slack.app import Bot
from bot.slack.audience import FOR_MEMBERS, NOT_SHARED
from bot.slack.presses import NOT_TO_ALL
from kpi_tools.measures import Measure
from kpi_tools.periods import Period
from kpi_tools.store import Store
from tests.attacked import (
    CLOSED,
    ME,
    OPEN,
    RULED,
    SECRETS,
    Workspace,
    bot,
    joined,
    nothing_exempt_comes_out,
    open_home,
    press,
    share_with_others,
    slack,
)  # fmt: skip
from tests.handmade import extraction, observation
from tests.marked import held
from tests.test_exempt import at

__all__ = ["bot", "nothing_exempt_comes_out", "slack"]

NOT_THERE = "The papers do not say."
NO_CODE = "No measure in the papers has that code."  # what is said of one that no paper has
NUMBERS = count(1)
Change = Callable[[Workspace], object]


MEANWHILE: dict[str, tuple[str, str, Change]] = {
    "clearance lost": ("D-U1", CLOSED, lambda s: s.groups.update(S1=[])),
    "clearance that cannot be read": (
        "D-U1", CLOSED, lambda s: s.failing.update({"usergroups.users.list": "fatal_scope"})),
    "somebody joined": ("C2", CLOSED, joined),
    "members that cannot be read": ("C2", CLOSED, lambda s: s.failing.update({"conversations.members": "no_scope"})),
    "a room made public": ("C2", CLOSED, lambda s: s.channels["C2"].update(is_private=False)),
    "a room that became a group message": ("C2", CLOSED, lambda s: s.channels["C2"].update(is_mpim=True)),
    "a member who became a guest": ("C2", CLOSED, lambda s: s.people["U3"].update(is_restricted=True)),
    "the asker left the room": ("C2", CLOSED, lambda s: s.members.update(C2=["U3", "UBOT"])),
}  # fmt: skip
NO_FIGURE: dict[str, tuple[Change, str]] = {
    "a room that is shared": (share_with_others, NOT_SHARED),
    "a room that soon will be": (lambda s: s.channels["C1"].update(is_pending_ext_shared=True), NOT_SHARED),
    "an asker who became a guest": (lambda s: s.people["U1"].update(is_restricted=True), FOR_MEMBERS),
    "an asker who was deleted": (lambda s: s.people["U1"].update(deleted=True), FOR_MEMBERS),
}


class TestMeanwhile:
    """Between a question and its answer."""

    @pytest.mark.parametrize("what", MEANWHILE)
    def test_less_may_be_told_by_then(self, slack: Workspace, what: str) -> None:
        """The answer is made anew for who sees it now."""
        room, question, change = MEANWHILE[what]
        slack.meanwhile = lambda: change(slack)
        slack.say(f"{ME} {question}", channel=room)
        assert slack.answers()[0]["text"] == NO_CODE
        if "read" in what:
            slack.groups["S1"] = []  # who cannot be told to be cleared counts as not cleared

    @pytest.mark.parametrize("what", NO_FIGURE)
    def test_nothing_may_be_told_by_then(self, slack: Workspace, what: str) -> None:
        """Not even what is public: a reason and no figure."""
        change, reason = NO_FIGURE[what]
        slack.meanwhile = lambda: change(slack)
        slack.say(f"{ME} {OPEN}")
        assert [m["text"] for m in slack.answers(settle=True)] == [reason]

    def test_a_command(self, slack: Workspace) -> None:
        """What its giver alone would see is for the cleared."""
        slack.meanwhile = lambda: slack.groups.update(S1=[])
        slack.command(CLOSED)
        assert slack.answers()[0]["text"] == NO_CODE

    @pytest.mark.parametrize("way", ["message", "command"])
    def test_while_slack_lets_us_wait(self, slack: Workspace, way: str) -> None:
        """An answer that Slack takes only later is made anew when it does."""
        slack.limited |= {"chat.postMessage": deque([1]), "U1": deque([1])}
        if way == "message":
            slack.say(CLOSED, channel="D-U1")
        else:
            slack.command(CLOSED)
        assert slack.until(lambda: not (slack.limited["chat.postMessage"] and slack.limited["U1"]))
        slack.groups["S1"] = []
        assert slack.answers()[0]["text"] == NO_CODE

    def test_an_edit(self, slack: Workspace) -> None:
        """A public question that is edited into another while it is answered: the room sees what it may."""
        ts = slack.say(f"{ME} {OPEN}", channel="C3")

        def edit() -> None:
            slack.meanwhile = lambda: None
            now = {"type": "message", "user": "U1", "text": f"{ME} {CLOSED}", "ts": ts, "edited": {"user": "U1"}}
            envelope = slack.deliver(
                {"type": "message", "subtype": "message_changed", "channel": "C3", "message": now, "hidden": True}
            )
            assert slack.until(lambda: envelope in slack.acknowledged)

        slack.answers()
        slack.messages.clear()
        slack.meanwhile = edit
        ts = slack.say(f"{ME} {OPEN}", channel="C3")
        assert [m["text"] for m in slack.answers(settle=True)] == [NO_CODE]


PARKS = Measure("Parks", "PI055", "Visits to the parks", "", "higher")
ENDS = (date(2023, 1, 31), date(2023, 2, 28), date(2023, 3, 31))
MONTHS = [Period(end.replace(day=1), end, f"{end:%b-%y}") for end in ENDS]
VISITS = ("31.31", "32.32", "33.33")
ASKED = "how did Havant's PI055 go from January to March 2023?"
EITHER = "what was PI055?"  # of several months: which?


@pytest.fixture
def ruled(slack: Workspace, siege: tuple[Workspace, Bot]) -> Iterator[Callable[[], None]]:
    """A paper that is public when it is read, and what rules it exempt since."""
    document, store = f"parks-{next(NUMBERS)}.pdf", Store(siege[1].settings.database)
    rows = [
        observation(said, document=document, measure=PARKS, period=month, place=at(document, 1), quote=f"x {said}")
        for month, said in zip(MONTHS, VISITS, strict=True)
    ]
    store.save(extraction(document, rows, content=document), Path(document), 1)

    def rule() -> None:
        slack.forget_what_was_said()
        slack.written.clear()
        store.classify(document, exempt=True)

    yield rule
    store.remove(document)
    store.close()


class TestRuledSince:
    """A paper that was public is exempt by the time at which something is drawn from it."""

    @pytest.mark.parametrize("action", ["csv", "chart", "source", "readings", "feedback"])
    def test_a_button_under_the_answer(self, slack: Workspace, ruled: Callable[[], None], action: str) -> None:
        """Nothing is drawn from it any more."""
        slack.say(f"{ME} {ASKED}")
        [message] = slack.answers()
        assert "31.31" in message["text"]
        ruled()
        press(slack, message, action)
        said = slack.answers(action != "feedback", settle=True)
        assert [m["text"] for m in said] == ([NOT_THERE] if action != "feedback" else []) and not slack.files

    def test_what_one_person_saw_is_not_shared(self, slack: Workspace, ruled: Callable[[], None]) -> None:
        """Though it was public when it was said."""
        slack.command(ASKED, user="U2")
        [message] = slack.answers()
        ruled()
        press(slack, message, "share", user="U2")
        assert [m["text"] for m in slack.answers(settle=True)] == [NOT_TO_ALL]

    def test_a_reading_that_was_offered(self, slack: Workspace, ruled: Callable[[], None]) -> None:
        """It is asked anew."""
        slack.say(f"{ME} {EITHER}")
        [message] = slack.answers()
        ruled()
        press(slack, message, "reading-0")
        slack.answers()

    @pytest.mark.parametrize("follow", ["and in February?", "why?", "and the target?"])
    def test_a_follow_up(self, slack: Workspace, ruled: Callable[[], None], follow: str) -> None:
        """What the thread remembers is asked anew, too."""
        ts = slack.say(f"{ME} {ASKED}")
        slack.answers()
        ruled()
        slack.say(follow, thread=ts, user="U2")
        slack.answers(0, settle=True)

    def test_the_home_tab_that_stands(
        self, slack: Workspace, bot: Bot, ruled: Callable[[], None], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """It is drawn again though nobody opens it."""
        monkeypatch.setattr(home, "MINUTE", 0.0)
        open_home(slack, "U2")
        ruled()

        def gone() -> bool:
            bot.look()  # as it does again and again, as long as it runs
            return not any(secret in json.dumps(slack.homes) for secret in RULED)

        assert slack.until(gone)


class TestHome:
    """A tab that Slack goes on showing."""

    def test_clearance_that_ended(self, slack: Workspace, bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
        """Soon after, the tab is that of others; of who is still cleared it stays as it is."""
        for user in ("U1", "U3"):
            open_home(slack, user)
        assert held(SECRETS, slack.homes["U1"])
        slack.groups["S1"].remove("U1")
        slack.channels["D-U3"] = {"id": "D-U3", "is_im": True, "user": "U3"}
        monkeypatch.setattr(home, "MINUTE", 0.0)
        calls = slack.calls["views.publish"]
        bot.look()
        slack.answers(0, settle=True)
        assert not held(SECRETS, slack.homes["U1"]) and slack.calls["views.publish"] == calls + 1

    def test_a_tab_that_slack_takes_no_more(self, slack: Workspace, bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
        """It is forgotten, and no other tab waits for it."""
        for user in ("U1", "U3"):
            open_home(slack, user)
        slack.groups["S1"] = []
        slack.people["U1"]["deleted"] = True
        slack.failing["views.publish"] = "not_enabled"
        monkeypatch.setattr(home, "MINUTE", 0.0)
        bot.look()
        slack.answers(0, settle=True)
        assert not bot.kept.homes()
        slack.homes.clear()  # what Slack would not change is not ours to mend


SUBSCRIBED = {
    "in the open: what am I subscribed to": ("C1", f"{ME} subscriptions"),
    "in the open: an end of it": ("C1", f"{ME} unsubscribe from Zedshire"),
    "in a room that is not listed": ("C3", f"{ME} my subscriptions"),
}


class TestSubscriptions:
    """What the cleared subscribed to names exempt things."""

    @pytest.fixture(autouse=True)
    def subscribed(self, slack: Workspace, bot: Bot) -> None:
        """U1 hears of an exempt council and an exempt measure."""
        for number, topic in enumerate(("Zedshire", "PI099"), 1):
            slack.say(f"subscribe to {topic}", channel="D-U1")
            slack.answers(number)
        assert len(bot.kept.topics("U1")) == 2
        slack.forget_what_was_said()
        slack.written.clear()

    @pytest.mark.parametrize("where", SUBSCRIBED)
    def test_said_in_a_room(self, slack: Workspace, bot: Bot, where: str) -> None:
        """The room hears what it would of somebody who has none."""
        room, said = SUBSCRIBED[where]
        slack.say(said, channel=room)
        slack.answers(settle=True)
        first = slack.messages[0]["text"]
        slack.say(said, channel=room, user="U3")
        assert slack.answers(2, settle=True)[1]["text"] == first
        assert len(bot.kept.topics("U1")) == 2
        assert "Zedshire" not in first or "unsubscribe" in said

    def test_after_clearance_ended(self, slack: Workspace, bot: Bot) -> None:
        """Neither what one is subscribed to, nor a digest of a public paper, names it; its end can still be said."""
        slack.groups["S1"] = []
        slack.say("subscriptions", channel="D-U1")
        slack.say("subscribe to Havant", channel="D-U1")
        slack.answers(2)
        Store(bot.settings.database).save(
            extraction("open.pdf", [observation("81.81%", document="open.pdf", period=MONTHS[0])], content="open"),
            Path("open.pdf"), 1,
        )  # fmt: skip
        bot.look()
        assert slack.answers(3, settle=True)[2]["text"] == "New papers on Havant"
        Store(bot.settings.database).remove("open.pdf")
        slack.say("unsubscribe from Zedshire", channel="D-U1")
        slack.answers(4)
        assert "Zedshire" not in bot.kept.topics("U1")

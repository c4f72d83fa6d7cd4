"""Attempts to make an exempt fact appear in Slack where it may not, with the real engine behind the bot."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.answer import Answer
from bot.engine import Engine
from bot.slack import presses
from bot.slack.app import Bot, build
from bot.slack.audience import FOR_MEMBERS, NOT_HERE, NOT_SHARED
from bot.slack.presses import GONE, NOT_TO_ALL
from bot.slack.uploads import TAKEN, TOLD_ALONE
from corpus.settings import Settings
from indexer import index
from kpi_tools.store import Store
from tests.fake_slack import BOT_TOKEN, BOT_USER, FakeSlack, Params
from tests.handmade import Letters
from tests.marked import held
from tests.slack_modes import MODES, begin_anew, connected, settings_for
from tests.test_exempt import SECRETS, closed_paper, mixed

ME = f"<@{BOT_USER}>"
CLOSED = "what was Havant's PI099 in August 2021?"  # 61.73%
ABSENT = "what was Havant's PI088 in August 2021?"
OPEN = "what was Havant's PI002 in September 2021?"  # 70.11%
ALL = "what was the PI002 of Havant in August 2021?"
PRIVATE = {"id": "C2", "is_private": True}


class Lettered(Engine):
    """An engine that knows texts by their letters, which takes no model."""

    _embedder = Letters()  # type: ignore[assignment]


def people(fake: FakeSlack) -> None:
    """U1 and U3 are cleared, and C2 is theirs."""
    fake.groups = {"S1": ["U1", "U3"]}
    fake.people |= {"U3": {"id": "U3", "team_id": "T1"}, "UG": {"id": "UG", "team_id": "T1", "is_restricted": True}}
    fake.channels |= {"C2": dict(PRIVATE), "C3": {"id": "C3", "is_private": True}}
    fake.members = {"C1": ["U1", "U3", BOT_USER], "C2": ["U1", "U3", BOT_USER], "C3": ["U1", BOT_USER]}


def indexed(slack: FakeSlack, home: Path) -> Settings:
    """The settings of a bot over two papers, of which one is exempt and the other in part."""
    made = settings_for(slack, home, cleared_usergroups="S1", cleared_channels="C1, C2")
    for number, paper in enumerate((mixed(), closed_paper()), 101):
        Store(made.database).save(paper, Path(paper.pack.document), number)
    return made


@pytest.fixture(scope="module", params=MODES)
def both(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[tuple[FakeSlack, Bot]]:
    """A Slack and a bot for the tests that leave the papers as they are."""
    with FakeSlack() as fake:
        settings = indexed(fake, tmp_path_factory.mktemp("exempt"))
        with connected(fake, settings, Lettered(settings).ask, request.param) as made:
            yield fake, made


@pytest.fixture
def slack(both: tuple[FakeSlack, Bot]) -> FakeSlack:
    begin_anew(*both)
    people(both[0])
    return both[0]


@pytest.fixture
def lone() -> Iterator[FakeSlack]:
    """A Slack that no bot is connected to."""
    with FakeSlack() as fake:
        people(fake)
        yield fake


@pytest.fixture
def settings(lone: FakeSlack, tmp_path: Path) -> Settings:
    return indexed(lone, tmp_path)


def told(slack: FakeSlack) -> list[object]:
    """All that ever left us."""
    files = [(f["title"], f["alt"], f["content"].decode("utf-8", "replace")) for f in slack.files]
    return [slack.messages, slack.statuses, slack.homes, slack.prompts, files]


def leaked(slack: FakeSlack) -> list[str]:
    return held(SECRETS, told(slack))


def shut(slack: FakeSlack, **more: object) -> None:
    slack.channels["C2"] |= more


def admit(_: FakeSlack, *lists: list[str]) -> None:
    for one in lists:
        one.append("UG")


WAYS_SHUT: dict[str, Callable[[FakeSlack], object]] = {
    "a member who is not cleared": lambda s: s.members["C2"].append("U2"),
    "a guest, though in the group": lambda s: admit(s, s.members["C2"], s.groups["S1"]),
    "another app": lambda s: s.members["C2"].append("UOTHERBOT"),
    "members that cannot be read": lambda s: s.failing.update({"conversations.members": "missing_scope"}),
    "groups that cannot be read": lambda s: s.failing.update({"usergroups.users.list": "missing_scope"}),
    "a channel that became public": lambda s: shut(s, is_private=False),
    "a group message": lambda s: shut(s, is_mpim=True),
    "a cleared group that was emptied": lambda s: s.groups.update(S1=[]),
    "a member who left the workspace": lambda s: s.people["U3"].update(deleted=True),
    "an asker who is not among the members": lambda s: s.members["C2"].remove("U1"),
}


@pytest.mark.parametrize("both", ["socket"], indirect=True)
class TestRooms:
    """Where exempt papers are used, and where they are not there."""

    @pytest.mark.parametrize(("channel", "user"), [("D1", "U1"), ("C2", "U1"), ("C2", "U3")])
    def test_the_cleared_among_themselves(self, slack: FakeSlack, channel: str, user: str) -> None:
        """In a direct message, and in a listed private channel all of whose members are cleared."""
        slack.say(f"{ME} {CLOSED}", channel=channel, user=user)
        assert "61.73%" in slack.answers()[0]["text"]

    @pytest.mark.parametrize(
        ("channel", "user"), [("C1", "U1"), ("C3", "U1"), ("D1", "U2")], ids=["public", "not listed", "not cleared"]
    )
    def test_for_others_it_is_not_there(self, slack: FakeSlack, channel: str, user: str) -> None:
        """A public channel (though listed), one that is not listed, an asker who is not cleared: the words for what is
        not in the papers at all."""
        slack.say(f"{ME} {CLOSED}", channel=channel, user=user)
        slack.answers()
        slack.say(f"{ME} {ABSENT}", channel=channel, user=user)
        closed, absent = slack.answers(2)
        assert closed["text"] == absent["text"]
        assert [b["type"] for b in closed["blocks"]] == [b["type"] for b in absent["blocks"]]
        assert not leaked(slack)

    @pytest.mark.parametrize("way", WAYS_SHUT)
    def test_a_listed_channel_that_is_not_safe(self, slack: FakeSlack, way: str) -> None:
        """Whatever is in doubt closes it, at the very next question and for follow-ups to exempt answers."""
        ts = slack.say(f"{ME} {CLOSED}", channel="C2")
        assert "61.73%" in slack.answers()[0]["text"]
        slack.messages.clear()
        WAYS_SHUT[way](slack)
        slack.say(f"{ME} {CLOSED}", channel="C2")
        slack.say("and in August 2021?", channel="C2", thread=ts)
        slack.answers(2)
        assert not leaked(slack)

    @pytest.mark.parametrize("flag", ["is_ext_shared", "is_shared", "is_pending_ext_shared"])
    @pytest.mark.parametrize("question", [CLOSED, OPEN])
    def test_other_organisations_get_no_figure(self, slack: FakeSlack, flag: str, question: str) -> None:
        """Not even a public one; by mention and by command alike."""
        shut(slack, **{flag: True})
        slack.say(f"{ME} {question}", channel="C2")
        slack.command(question, channel="C2")
        assert {m["text"] for m in slack.answers(2)} == {NOT_SHARED}

    @pytest.mark.parametrize(
        "change", [{"is_restricted": True}, {"is_stranger": True}, {"deleted": True}, {"team_id": "T9"}]
    )
    def test_guests_by_command(self, slack: FakeSlack, change: Params) -> None:
        """A guest who is in the cleared group is a guest."""
        slack.people["U1"] |= change
        slack.command(CLOSED)
        assert slack.answers()[0]["text"] == FOR_MEMBERS

    def test_a_command_where_we_are_not(self, slack: FakeSlack) -> None:
        """Who else is in a conversation that we cannot see is in doubt."""
        slack.command(CLOSED, channel="G9")
        assert slack.answers()[0]["text"] == NOT_HERE

    def test_somebody_elses_direct_messages(self, slack: FakeSlack) -> None:
        """A direct message whose other side is not the asker is none."""
        slack.channels["D1"]["user"] = "U2"
        slack.say(CLOSED, channel="D1", user="U1")
        slack.answers()
        assert not leaked(slack)

    def test_nothing_in_the_log(self, slack: FakeSlack, caplog: pytest.LogCaptureFixture) -> None:
        """Ids, timings and decisions; no question, no figure, no token."""
        with caplog.at_level(logging.DEBUG):
            slack.say(CLOSED, channel="D1")
            slack.command(CLOSED)
            slack.answers(2)
        ours = [record.__dict__ for record in caplog.records if record.name.startswith("packclerk")]
        assert ours
        assert not held((*SECRETS, "Havant", BOT_TOKEN), ours)


def test_clearance_lost_between_asking_and_sending(lone: FakeSlack, settings: Settings) -> None:
    """The ceiling is looked at again before an exempt answer goes out."""
    engine = Lettered(settings)

    def ask(question: str, *more: object) -> Answer:
        answer = engine.ask(question, *more)  # type: ignore[arg-type]
        lone.groups["S1"] = []
        return answer

    with build(settings, ask, ping=0.2):
        lone.say(CLOSED, channel="D1")
        lone.answers()
    assert not leaked(lone)


def test_clearance_lost_while_the_home_tab_is_drawn(lone: FakeSlack, settings: Settings) -> None:
    """The tab that is published is that of who the person is by then."""
    engine = Lettered(settings)

    def ask(question: str, *more: object) -> Answer:
        lone.groups["S1"] = []
        return engine.ask(question, *more)  # type: ignore[arg-type]

    with build(settings, ask, ping=0.2):
        lone.deliver({"type": "app_home_opened", "user": "U1", "tab": "home", "channel": "D1"})
        assert lone.until(lambda: "U1" in lone.homes)
    assert not leaked(lone)


def test_clearance_lost_while_a_file_is_made(slack: FakeSlack, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a press brings is looked at again before it goes out."""
    slack.say(CLOSED, channel="D1")
    [message] = slack.answers()
    slack.messages.clear()
    made = presses.table

    def table(answer: Answer) -> str:
        slack.groups["S1"] = []
        return made(answer)

    monkeypatch.setattr(presses, "table", table)
    slack.press(message, "csv")
    assert slack.answers()[0]["text"] == "The papers do not say."
    assert not leaked(slack) and not slack.files


def test_a_room_that_was_shut_while_a_paper_was_read(
    lone: FakeSlack, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading takes minutes; the report is for those who are there when it is over."""
    read = index.index_paths

    def index_paths(*given: object) -> object:
        lone.members["C2"].append("U2")
        return read(*given, embedder=Letters())  # type: ignore[arg-type]

    monkeypatch.setattr(index, "index_paths", index_paths)
    text = "CONFIDENTIAL\nSale of Lakeside\n\nSum\tJan-21\tFeb-21\nZedshire offer\t61.73%\t62.84%\n"
    lone.groups["SO"] = ["U1"]
    lone.channels["D-U1"] = {"id": "D-U1", "is_im": True, "user": "U1"}
    with build(replace(settings, officer_usergroups="SO"), Lettered(settings).ask, ping=0.2) as bot:
        lone.idle = lambda: not bot.desk.waiting
        about = {"id": "F1", "name": "a.txt", "url_private_download": f"http://{lone.host}/files/F1"}
        lone.dropped["F1"] = (about, text.encode())
        lone.say(ME, channel="C2", subtype="file_share", files=[{"id": "F1", "name": "a.txt"}])
        assert lone.until(lambda: len(lone.messages) > 1, 60)
    open_room, alone = lone.messages
    assert (open_room["text"], open_room["channel"]) == (f"{TAKEN.format(name='a.txt')}\n{TOLD_ALONE}", "C2")
    assert alone["channel"] == "D-U1" and "New papers: 1" in alone["text"]
    lone.messages.remove(alone)
    assert not leaked(lone)


class TestButtons:
    """Who presses, and who would see, is looked up at the press."""

    @pytest.mark.parametrize(("way", "action"), [*((way, "csv") for way in WAYS_SHUT), ("another app", "source")])
    def test_a_press_in_a_channel_that_is_no_longer_safe(self, slack: FakeSlack, action: str, way: str) -> None:
        """The figures under an exempt answer are not handed out again."""
        slack.say(f"{ME} {CLOSED}", channel="C2")
        [message] = slack.answers()
        slack.messages.clear()
        WAYS_SHUT[way](slack)
        slack.press(message, action, user="U1" if "asker" in way or "left" in way else "U3")
        assert slack.answers()[0]["text"] == "The papers do not say."
        assert not leaked(slack) and not slack.files

    def test_a_press_by_a_guest(self, slack: FakeSlack) -> None:
        """A guest gets a reason, whatever the answer was."""
        slack.say(f"{ME} {OPEN}")
        [message] = slack.answers()
        slack.press(message, "csv", user="UG")
        assert slack.answers(2)[1]["text"] == FOR_MEMBERS
        assert not slack.files

    def test_the_figures_as_csv(self, slack: FakeSlack) -> None:
        """Into the thread of the answer, each figure with its page."""
        ts = slack.say(f"{ME} {OPEN}")
        [message] = slack.answers()
        slack.press(message, "csv", user="U2")
        assert slack.until(lambda: bool(slack.files))
        [file] = slack.files
        assert (file["channel"], file["thread_ts"], file["name"][-4:]) == ("C1", ts, ".csv")
        assert "70.11%" in file["content"].decode() and "pack.pdf" in file["content"].decode()

    def test_an_id_from_elsewhere(self, slack: FakeSlack) -> None:
        """The id of an exempt answer opens nothing in another conversation, and an unknown one nothing at all."""
        slack.say(CLOSED, channel="D1")
        [message] = slack.answers()
        slack.messages.clear()
        slack.press(message | {"channel": "C1"}, "csv")
        assert slack.answers()[0]["text"] == "The papers do not say."
        action = {"action_id": "csv", "value": "made-up", "action_ts": "1760000000.000900"}
        slack.press(message | {"channel": "C1"}, "csv", actions=[action])
        assert slack.answers(2)[1]["text"] == GONE
        assert not leaked(slack) and not slack.files

    def test_sharing_what_one_person_saw(self, slack: FakeSlack) -> None:
        """A public answer goes to the channel; an exempt one is not there for it."""
        slack.command(OPEN)
        [message] = slack.answers()
        slack.press(message, "share")
        shared = slack.answers(2)[1]
        assert "70.11%" in shared["text"] and "thread_ts" not in shared and "ephemeral" not in shared
        slack.messages.clear()
        slack.command(CLOSED)
        [secret] = slack.answers()
        assert "61.73%" in secret["text"]
        slack.messages.clear()
        slack.press(secret, "share")
        assert slack.answers()[0]["text"] == NOT_TO_ALL
        assert not leaked(slack)

    def test_a_restated_figure_is_shared_as_the_public_has_it_or_not_at_all(self, slack: FakeSlack) -> None:
        """The cleared see the later, exempt figure; the channel may not."""
        slack.command(ALL)
        [message] = slack.answers()
        assert "47.11%" in message["text"]
        slack.messages.clear()
        slack.press(message, "share")
        slack.answers()
        assert not leaked(slack)

    def test_files_of_a_command_go_to_who_pressed(self, slack: FakeSlack) -> None:
        """What one person saw goes to their direct messages, not to the channel where they asked."""
        slack.command(CLOSED)
        [message] = slack.answers()
        slack.press(message, "csv")
        assert slack.until(lambda: bool(slack.files))
        assert slack.files[0]["channel"] == "D-U1"

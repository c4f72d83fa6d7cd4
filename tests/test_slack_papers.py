"""Papers that are dropped into Slack: who may add one, what is told of it and to whom, and what becomes of it when the
bot is told to stop."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.engine import Engine
from bot.slack.port import MOST_FILE
from bot.slack.uploads import NO_PAPER, NOT_OFFICER, TAKEN, TOLD_ALONE
from corpus.settings import Settings
from indexer import index
from indexer.processes.lock import held as held_lock
from indexer.tasks import Pages
from kpi_tools.public import PublicStore
from kpi_tools.store import Store
from tests.fake_slack import FakeSlack
from tests.handmade import AUGUST
from tests.slack_modes import connected
from tests.test_slack_everywhere import ME, bot, letters, settings, slack

__all__ = ["bot", "letters", "settings", "slack"]


def sleeping(task: Pages) -> None:
    """The first pages are read at once, the others never."""
    time.sleep(0 if task.first == 1 else 600)


@pytest.mark.usefixtures("bot")
class TestPapers:
    """A paper that is dropped into a direct message, or into a channel with a mention."""

    def drop(
        self,
        slack: FakeSlack,
        user: str,
        name: str = "../../new.txt",
        said: str = "",
        channel: str = "",
        mark: str = "",
    ) -> None:
        content = f"{mark}Meeting of {AUGUST.label}\nAll is well in the parks of the borough.\n".encode()
        address = f"http://{slack.host}/files/F1"
        slack.dropped["F1"] = ({"id": "F1", "name": name, "url_private_download": address}, content)
        files = [{"id": "F1", "name": name}]
        slack.say(said, channel=channel or f"D-{user}", user=user, subtype="file_share", files=files)

    def test_a_question_that_comes_with_one(self, slack: FakeSlack) -> None:
        """It is answered, whatever becomes of the paper: in a channel too, where a paper is meant for us if we are."""
        self.drop(slack, "U3", said="what was Havant's PI002 in August 2021?")
        self.drop(slack, "U3", "b.DOCX", f"{ME} what was Havant's PI002 in August 2021?", "C1")
        self.drop(slack, "U3", "c.pdf", "what was Havant's PI002 in August 2021?", "C1")
        self.drop(slack, "U3", "d.jpg", f"{ME} what was Havant's PI002 in August 2021?", "C1")
        texts = [message["text"] for message in slack.answers(3, settle=True)]
        assert [text.startswith(NOT_OFFICER) for text in sorted(texts)] == [False, True, True]
        assert all("45.66%" in text for text in texts) and not slack.refused

    @pytest.mark.parametrize("bot", ["socket"], indirect=True)
    def test_an_officers_is_indexed(self, slack: FakeSlack, settings: Settings) -> None:
        """The report names it; its name leads out of no folder."""
        self.drop(slack, "U1")
        slack.until(lambda: bool(slack.messages), 60)
        assert "New papers: 1" in slack.answers()[0]["text"]
        names = [paper.path.parent for paper in PublicStore(settings).papers()]
        assert settings.home_path / "dropped" in names

    @pytest.mark.parametrize("bot", ["socket"], indirect=True)
    def test_a_room_hears_the_same_of_every_paper(self, slack: FakeSlack) -> None:
        """Exempt or public: what was found in it goes to the direct messages of who dropped it."""
        for number, mark in enumerate(("CONFIDENTIAL\n", "")):
            self.drop(slack, "U2", f"{number}.txt", ME, "C1", mark)
            assert slack.until(lambda: sum(m["channel"] == "D-U2" for m in slack.messages) > number, 60)  # noqa: B023
        rooms = [m["text"] for m in slack.messages if m["channel"] == "C1"]
        alone = [m["text"] for m in slack.messages if m["channel"] == "D-U2"]
        assert rooms == [f"{TAKEN.format(name=f'{number}.txt')}\n{TOLD_ALONE}" for number in (0, 1)]
        assert alone[0] == TAKEN.format(name="0.txt") and "1 pages" in alone[1]

    def test_others_are_told_politely(self, slack: FakeSlack, settings: Settings) -> None:
        """Who is no officer adds nothing."""
        self.drop(slack, "U3")
        assert slack.answers()[0]["text"] == NOT_OFFICER
        assert len(Store(settings.database).papers()) == 1

    def test_what_is_no_paper(self, slack: FakeSlack) -> None:
        """A picture without a word is told what papers are; an officer's file that is too large is not fetched."""
        self.drop(slack, "U3", "cat.png")
        assert slack.answers()[0]["text"] == NO_PAPER
        about = {"id": "F2", "name": "large.pdf", "size": MOST_FILE + 1}
        slack.dropped["F2"] = (about | {"url_private_download": f"http://{slack.host}/files/F2"}, b"x")
        slack.say("", channel="D-U1", subtype="file_share", files=[{"id": "F2", "name": "large.pdf"}])
        assert "larger than 200 MB" in slack.answers(2)[1]["text"]

    @pytest.mark.parametrize("bot", ["socket"], indirect=True)
    @pytest.mark.parametrize("said", ["please index this", "Could you add it?", "the pack for October"])
    def test_what_is_said_to_a_paper_is_no_question(self, slack: FakeSlack, said: str) -> None:
        """It gets the report, and no answer under it; of a file that could not be read no slips are told."""
        self.drop(slack, "U1", "broken.pdf", said)
        [message] = slack.answers(settle=True)
        assert "could not be read: 1" in message["text"]
        assert "Slips" not in message["text"] and len(message["blocks"]) == 1

    @pytest.mark.parametrize("bot", ["http"], indirect=True)
    def test_our_token_goes_to_slack_alone(self, slack: FakeSlack) -> None:
        """An address elsewhere is not called."""
        self.drop(slack, "U1")
        slack.messages.clear()
        slack.dropped["F2"] = ({"id": "F2", "name": "a.txt", "url_private_download": "https://example.org/a.txt"}, b"x")
        slack.say("", channel="D-U2", user="U2", subtype="file_share", files=[{"id": "F2", "name": "a.txt"}])
        assert slack.until(lambda: any("could not fetch" in m["text"] for m in slack.messages), 60)


def test_told_to_stop_while_another_run_has_the_index(slack: FakeSlack, settings: Settings) -> None:
    """That it waits is shown, and ends with us; the paper is read at the next start."""
    with held_lock(settings.home_path / "index.lock"):
        with connected(slack, settings, Engine(settings).ask, "socket") as bot:
            TestPapers().drop(slack, "U1")
            told = "is waiting for another index run to end…"
            assert slack.until(lambda: told in [status["status"] for status in slack.statuses])
            began = time.monotonic()
        assert time.monotonic() - began < 10
    assert not slack.messages and bot.desk.waiting == 0


def test_told_to_stop_while_a_paper_is_read(
    slack: FakeSlack, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading is shown as it goes on, page by page; it ends with us, and begins anew at the next start."""

    def slow(path: Path, document: str, map_pages: Callable[..., Iterator[object]], **_: object) -> object:
        return list(map_pages(sleeping, [Pages(path, document, 1, 12), Pages(path, document, 13, 24)]))

    monkeypatch.setattr(index, "read_paper", slow)
    told = "is reading papers, 0 of 1 done: reading, page 12 of 24…"
    with connected(slack, settings, Engine(settings).ask, "socket"):
        TestPapers().drop(slack, "U1")
        assert slack.until(lambda: told in [status["status"] for status in slack.statuses])
        began = time.monotonic()
    assert time.monotonic() - began < 10
    assert not slack.messages
    monkeypatch.undo()
    with connected(slack, settings, Engine(settings).ask, "http"):
        assert slack.until(lambda: bool(slack.messages), 60)
    assert "New papers: 1" in slack.messages[0]["text"]

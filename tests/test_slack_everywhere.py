"""The home tab, subscriptions and digests: each out of what its reader may see."""

import json
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from bot import words
from bot.engine import Engine
from bot.question.topics import topics as named
from bot.slack.app import Bot
from bot.slack.digests import COMMAND, NONE, digest
from bot.slack.home import PROMPTS, board, view
from bot.slack.places import Papers
from corpus.settings import Settings
from indexer import index
from kpi_tools.extraction import Extraction
from kpi_tools.public import store_for
from kpi_tools.store import Store
from tests.fake_slack import BOT_USER, FakeSlack
from tests.handmade import Letters, extraction, figure, observation, record
from tests.marked import held
from tests.slack_modes import MODES, connected, settings_for
from tests.test_exempt import SECRETS, SEPTEMBER, at, closed_paper, mixed

ME = f"<@{BOT_USER}>"
NOT_THERE = "The papers do not say."


@pytest.fixture(autouse=True)
def letters(monkeypatch: pytest.MonkeyPatch) -> None:
    """Papers are embedded by their letters, which takes no model."""
    monkeypatch.setattr(index, "embedding", lambda _: nullcontext(Letters()))


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    with FakeSlack() as fake:
        fake.groups = {"S1": ["U1"], "SO": ["U1", "U2"]}
        fake.people |= {"U3": {"id": "U3", "team_id": "T1"}}
        fake.channels |= {f"D-{user}": {"id": f"D-{user}", "is_im": True, "user": user} for user in ("U1", "U2", "U3")}
        yield fake


@pytest.fixture
def settings(slack: FakeSlack, tmp_path: Path) -> Settings:
    made = settings_for(slack, tmp_path, cleared_usergroups="S1", officer_usergroups="SO")
    Store(made.database).save(mixed(), Path("pack.pdf"), 101)
    return made


@pytest.fixture(params=MODES)
def bot(slack: FakeSlack, settings: Settings, request: pytest.FixtureRequest) -> Iterator[Bot]:
    with connected(slack, settings, Engine(settings).ask, request.param) as made:
        yield made


def leaked(told: object) -> list[str]:
    return held(SECRETS, told)


class Row(NamedTuple):
    """A row of the frame, as far as the board reads it."""

    service: str
    code: str
    name: str
    period: str
    start: date
    end: date
    grain: str
    met: bool
    key: str = "k"
    entity: str = "Hart"
    printed: str = "7"
    target_printed: str = "5"
    document: str = "a.pdf"
    page: int = 1


@pytest.mark.usefixtures("bot")
class TestHome:
    """The board that a person sees on opening the app."""

    def test_each_sees_what_that_person_may(self, slack: FakeSlack) -> None:
        """Latest figures with misses marked; exempt ones for the cleared alone; nothing for guests."""
        slack.people["UG"] = {"id": "UG", "team_id": "T1", "is_restricted": True}
        for user in ("U1", "U2", "UG"):
            slack.deliver({"type": "app_home_opened", "user": user, "tab": "home", "channel": f"D-{user}"})
        assert slack.until(lambda: len(slack.homes) == 3)
        shown = json.dumps(slack.homes["U2"], ensure_ascii=False)
        assert (
            "✗ PI002 % calls answered within 20 seconds, Sep-21, target 80.0%: Havant 70.11% · p. 1" in shown
            and "RP1-2021" in shown
            and "Title of pack.pdf" in shown
        )
        assert not leaked(slack.homes["U2"]) and "PI099" in json.dumps(slack.homes["U1"])
        assert "70.11" not in json.dumps(slack.homes["UG"])
        assert not slack.refused

    def test_what_the_papers_do_not_say_has_no_heading(self, settings: Settings) -> None:
        """A part of the board of which there is nothing is left out."""
        store = store_for(settings, cleared=True)
        full, bare = json.dumps(view(store, lambda _: "3 are open.")), json.dumps(view(store, lambda _: ""))
        assert "Open rectification plans" in full and "3 are open." in full
        assert "Open rectification plans" not in bare and "Papers" in bare

    def test_the_board_reads_by_itself(self) -> None:
        """Services with misses come first, a period has the year that its column left out, a name ends at a word."""
        rows = [
            Row("A", "", "Parks", "June", date(2023, 6, 1), date(2023, 6, 30), "month", True),
            Row("B", "", "Missed collections of bins and of gardenwaste without the larger ones", "Q1",
                date(2023, 4, 1), date(2023, 6, 30), "quarter", False),
        ]  # fmt: skip
        told = [(service, lines[0]) for service, lines in board([words.dated(row) for row in rows], Papers(["a.pdf"]))]
        assert told == [
            ("B", "✗ Missed collections of bins and of gardenwaste …, Q1 2023/24, target 5: Hart 7 · p. 1"),
            ("A", "✓ Parks, June 2023, target 5: Hart 7 · p. 1"),
        ]

    def test_prompts_when_the_messages_are_opened(self, slack: FakeSlack) -> None:
        """Up to four questions to begin with, the same for all; in a thread, where one was begun."""
        slack.deliver({"type": "app_home_opened", "user": "U1", "tab": "messages", "channel": "D-U1"})
        assert slack.until(lambda: bool(slack.prompts))
        begun = {"user_id": "U1", "channel_id": "D-U1", "thread_ts": "1760000000.000100", "context": {}}
        slack.deliver({"type": "assistant_thread_started", "assistant_thread": begun, "event_ts": "1760000000.000200"})
        assert slack.until(lambda: len(slack.prompts) == 2)
        assert [len(given["prompts"]) for given in slack.prompts] == [len(PROMPTS)] * 2
        assert [given.get("thread_ts") for given in slack.prompts] == [None, "1760000000.000100"]
        assert not slack.refused


def later() -> Extraction:
    """A paper that came in since: another figure for September, which restates it."""
    first = observation("75.5%", document="new.pdf", period=SEPTEMBER, place=at("new.pdf", 1))
    return extraction("new.pdf", (first,), day=date(2021, 12, 1), content="new")


class TestDigests:
    """Who is told of what."""

    def test_subscribing_and_hearing_of_a_new_paper(self, slack: FakeSlack, bot: Bot, settings: Settings) -> None:
        """By message and by command; told once, of what is new alone, with what was restated and where it stands."""
        slack.say("subscribe to Havant", channel="D-U2", user="U2")
        slack.command("subscribe PI002", user="U3")
        slack.answers(2)
        bot.look()
        assert len(slack.answers(2, settle=True)) == 2  # nothing is new
        Store(settings.database).save(later(), Path("new.pdf"), 2)
        bot.look()
        told = slack.answers(4, settle=True)[2:]
        bot.look()
        assert len(slack.answers(4, settle=True)) == 4
        assert {m["channel"] for m in told} == {"D-U2", "D-U3"}
        for message in told:
            text = json.dumps(message["blocks"], ensure_ascii=False)
            assert "What was restated" in text and "75.5% in Sep-21, before 70.11% · p. 1" in text and "new.pdf" in text
            assert "Why did Havant's Customer Services PI002 miss its target in Sep-21?" in text
        assert not slack.refused

    def test_an_exempt_paper_is_news_for_the_cleared_alone(
        self, slack: FakeSlack, bot: Bot, settings: Settings
    ) -> None:
        """The others hear nothing at all, not even that there is something."""
        for user in ("U1", "U2"):
            slack.say("subscribe to Havant", channel=f"D-{user}", user=user)
        slack.answers(2)
        Store(settings.database).save(closed_paper(), Path("lake.pdf"), 2)
        bot.look()
        told = slack.answers(3, settle=True)[2:]
        assert [m["channel"] for m in told] == ["D-U1"]
        assert "47.11%" in json.dumps(told)

    def test_what_changed_in_an_exempt_part_alone(self, slack: FakeSlack, bot: Bot, settings: Settings) -> None:
        """The public hear nothing of it, nor that the paper came again, nor when it is read anew; the cleared do."""
        for user in ("U1", "U2"):
            slack.say("subscribe to Havant", channel=f"D-{user}", user=user)
        slack.answers(2, settle=True)
        paper = mixed()
        changed = tuple(
            replace(o, figure=figure("99.99%")) if o.exempt and o.entity == "Havant" else o for o in paper.observations
        )
        again = replace(paper, pack=replace(paper.pack, sha256="other"), observations=changed)
        for number, revision in enumerate((again, replace(again, observations=paper.observations)), 2):
            slack.messages.clear()
            Store(settings.database).save(revision, Path("pack.pdf"), number)
            bot.look()
            told = slack.answers(1 if number == 2 else 0, settle=True)
            assert [m["channel"] for m in told] == (["D-U1"] if number == 2 else [])
            assert bot.kept.told("U2")["pack.pdf"].startswith("other ")  # nor later, when something else changes

    def test_clearance_is_looked_up_when_the_digest_goes_out(
        self, slack: FakeSlack, bot: Bot, settings: Settings
    ) -> None:
        """Who subscribed while cleared, and no longer is, hears of public papers only."""
        slack.say("subscribe to Havant", channel="D-U1")
        slack.answers()
        slack.groups["S1"] = []
        Store(settings.database).save(closed_paper(), Path("lake.pdf"), 2)
        bot.look()
        assert not leaked(slack.answers(1, settle=True))

    def test_what_is_not_there_cannot_be_subscribed_to(self, slack: FakeSlack, bot: Bot) -> None:
        """An exempt council and one that does not exist get the same words."""
        for topic in ("Zedshire", "Nowhere"):
            slack.say(f"subscribe to {topic}", channel="D-U2", user="U2")
            slack.answers(1, settle=True)
        assert [m["text"] for m in slack.answers(2)] == [NOT_THERE] * 2
        bot.look()

    @pytest.mark.parametrize(
        ("said", "topics"),
        [
            ("Please subscribe me to havant, please.", ["Havant"]),
            ("subscribe Havant and Mendip", ["Havant", "Mendip"]),
            ("subscribe to Havant's PI002", ["Havant Customer Services PI002"]),
            ("subscribe to PI 2", ["Customer Services PI002"]),
            ("subscribe to Havant and Nowhere", ["Havant"]),  # which is what we then say
            ("subscribe to RP1-2021", []),  # plans are asked for, and in every digest of their council
        ],
    )
    def test_what_is_named_in_other_words(self, settings: Settings, said: str, topics: list[str]) -> None:
        """By any name that a question could use."""
        found = COMMAND.match(said)
        assert found and named(found[2], store_for(settings, False)) == topics

    def test_a_digest_comes_once(self, slack: FakeSlack, bot: Bot, settings: Settings) -> None:
        """Where Slack took it and the line broke, it is found and not sent again; what Slack never takes is let go."""
        for user in ("U1", "U2"):
            slack.say("subscribe to Havant", channel=f"D-{user}", user=user)
        slack.answers(2, settle=True)
        slack.unheard["chat.postMessage"] = 1
        Store(settings.database).save(later(), Path("new.pdf"), 2)
        for _ in range(3):
            bot.look()
            slack.answers(3, settle=True)
        assert sorted(m["channel"] for m in slack.messages[2:]) == ["D-U1", "D-U2"]
        slack.failing["conversations.open"] = "user_disabled"
        Store(settings.database).save(extraction("more.pdf", day=date(2022, 1, 1)), Path("more.pdf"), 3)
        bot.look()
        slack.answers(4, settle=True)
        assert bot.kept.told("U2").keys() >= {"more.pdf"}

    def test_listing_and_ending(self, slack: FakeSlack, bot: Bot) -> None:
        """What one is subscribed to is told, and can be ended."""
        for number, said in enumerate(
            ("subscribe to Havant", "subscriptions", "unsubscribe from havant", "subscriptions")
        ):
            slack.say(said, channel="D-U2", user="U2")
            slack.answers(number + 1)
        texts = [m["text"] for m in slack.answers(4)]
        assert "Havant" in texts[1] and texts[3] == NONE
        bot.look()

    @pytest.mark.parametrize(("others", "told"), [((), True), (("Mendip",), False)])
    def test_what_a_paper_of_one_council_promises_is_of_it(
        self, settings: Settings, others: Sequence[str], told: bool
    ) -> None:
        """Its plans name no council; where its figures are of several, nobody knows whose they are."""
        own = observation("75.5%", document="new.pdf", period=SEPTEMBER, place=at("new.pdf", 1))
        paper = extraction("new.pdf", (own, *(replace(own, entity=name) for name in others)), day=date(2021, 12, 1))
        Store(settings.database).save(replace(paper, records=(record("plan_item", "new.pdf"),)), Path("new.pdf"), 2)
        found = digest(store_for(settings, True), ["Havant"], ["new.pdf"])
        text = json.dumps(found, ensure_ascii=False)
        assert ("What was promised" in text) is told
        assert "Havant Customer Services PI002 (% calls answered within 20 seconds): 75.5% in Sep-21" in text

    def test_a_digest_of_nothing_is_none(self, settings: Settings) -> None:
        """A paper that brings nothing on a topic makes no message."""
        assert digest(store_for(settings, True), ["Mendip"], ["other.pdf"]) is None

"""From a question typed in Slack to its answer out of a sample paper, with the real engine between them."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.engine import Engine
from bot.slack.app import build
from corpus.errors import SettingError
from corpus.settings import Settings
from indexer.extract import extract
from indexer.reader import read_pack
from indexer.retrieval.embedder import Embedder
from kpi_tools.store import Store
from tests.fake_slack import APP_TOKEN, BOT_TOKEN, BOT_USER, FakeSlack

SAMPLES = Path(__file__).parents[1] / "corpus" / "sample"
ME = f"<@{BOT_USER}>"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of one sample pack, without vectors: figures need none."""
    home = tmp_path_factory.mktemp("home")
    paper = next(SAMPLES.glob("*2021-10-06*.pdf"))
    Store(Settings(home=str(home)).database).save(extract(read_pack(paper, paper.name)), paper, 1)
    return home


@pytest.fixture
def slack(home: Path) -> Iterator[FakeSlack]:
    with FakeSlack() as fake:
        tokens = {"slack_bot_token": BOT_TOKEN, "slack_app_token": APP_TOKEN, "slack_api_url": fake.url}
        settings = Settings(home=str(home), **tokens)
        with build(settings, Engine(settings).ask, ping=0.2):
            yield fake


def test_a_question_and_its_follow_up(slack: FakeSlack) -> None:
    """The figure comes with its page, in the question's thread; what follows there follows on."""
    ts = slack.say(f"{ME} what was Havant's PI002 for Customer Services in August 2021?")
    [first] = slack.answers()
    assert first["thread_ts"] == ts
    assert "45.66%" in first["text"]
    assert "PDF page" in first["text"] and "2021-10-06" in first["text"]
    slack.say("and Mendip?", thread=ts, user="U2")
    second = slack.answers(2)[1]
    assert second["thread_ts"] == ts
    assert "Mendip" in second["text"] and "64.14%" in second["text"]
    assert not slack.refused


def test_a_trend_has_its_table(slack: FakeSlack) -> None:
    """Several figures come as a table, one row a month, each as it was printed."""
    slack.say(f"{ME} how did Havant's PI002 for Customer Services go from January to August 2021?")
    [message] = slack.answers()
    [table] = [block for block in message["blocks"] if block["type"] == "data_table"]
    rows = [[cell["text"] for cell in row] for row in table["rows"]]
    assert [row[0] for row in rows[1:]] == [f"{m}-21" for m in ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug"]]
    assert rows[-1][1].startswith("45.66%")
    assert not slack.refused


def test_the_model_is_loaded_while_nobody_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks first would wait for it; a bot whose model cannot be loaded runs, and tells those who need it."""
    loaded = Event()

    def question(_: Embedder, text: str) -> None:
        assert text
        loaded.set()
        raise SettingError("The model cannot be loaded")

    monkeypatch.setattr(Embedder, "question", question)
    monkeypatch.setattr("bot.slack.app.run", lambda *_: loaded.wait(10))
    done = CliRunner().invoke(main, ["--data", str(tmp_path), "bot"])
    assert (done.exit_code, done.output, loaded.is_set()) == (0, "", True)

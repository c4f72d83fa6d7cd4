"""The bot as a web server: signed requests alone, each once, small ones; and whether it lives and is ready."""

import hashlib
import hmac
import json
import select
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest

from bot.answer import Answer
from bot.slack.app import Bot, build
from bot.slack.webserver import MOST_BYTES, Signatures, WebServer, _Server
from corpus.errors import SettingError
from corpus.settings import Settings
from tests.fake_slack import BOT_TOKEN, BOT_USER, TEAM, FakeSlack, Params

SECRET = "a signing secret"


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    with FakeSlack() as fake:
        yield fake


@pytest.fixture
def bot(slack: FakeSlack, tmp_path: Path) -> Iterator[Bot]:
    tokens = {"slack_bot_token": BOT_TOKEN, "slack_signing_secret": SECRET, "slack_api_url": slack.url}
    settings = Settings(home=str(tmp_path), **tokens)
    with build(settings, lambda question, *_: Answer(question, "answered", f"To {question}"), http=True) as made:
        yield made


@pytest.fixture
def address(bot: Bot) -> Iterator[str]:
    with WebServer("127.0.0.1", 0, bot.ready, bot.dispatch, SECRET) as server:
        yield f"http://127.0.0.1:{server.port}"


def event(text: str, ts: str = "1760000000.000100") -> str:
    said = {"type": "app_mention", "channel": "C1", "user": "U1", "text": f"<@{BOT_USER}> {text}", "ts": ts}
    return json.dumps({"type": "event_callback", "event_id": f"Ev{ts}", "team_id": TEAM, "event": said})


def headers(body: str, stamp: str = "", secret: str = SECRET, kind: str = "application/json") -> Params:
    stamp = stamp or str(int(time.time()))
    signature = hmac.new(secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={signature}", "Content-Type": kind}


def post(address: str, body: str, **how: str) -> httpx.Response:
    return httpx.post(f"{address}/slack/events", content=body, headers=headers(body, **how))


def test_an_event_a_command_and_a_press(slack: FakeSlack, address: str) -> None:
    """All that Slack sends is taken, acknowledged with 200 and answered."""
    assert post(address, event("one")).status_code == 200
    [message] = slack.answers()
    assert message["text"] == "To one"
    form = {"command": "/packclerk", "text": "two", "channel_id": "C1", "user_id": "U1", "trigger_id": "7.1"}
    body = urlencode(form | {"team_id": TEAM, "response_url": f"http://{slack.host}/respond/U1"})
    assert post(address, body, kind="application/x-www-form-urlencoded").status_code == 200
    assert slack.answers(2)[1]["text"] == "To two"
    assert post(address, json.dumps({"type": "url_verification", "challenge": "abc"})).json() == {"challenge": "abc"}


@pytest.mark.parametrize(
    "how",
    [
        {"secret": "another"},
        {"stamp": str(int(time.time()) - 3600)},
        {"stamp": str(int(time.time()) + 3600)},
        {"stamp": "soon"},
        {"stamp": "9" * 400},
    ],
)
def test_what_is_not_slacks_is_turned_away(slack: FakeSlack, address: str, how: dict[str, str]) -> None:
    """A wrong signature, one that is too old, one from the future, a time that is none: 401, and nothing is kept."""
    assert post(address, event("one"), **how).status_code == 401
    assert not slack.answers(0, settle=True)


@pytest.mark.parametrize("kind", ["application/json", "application/x-www-form-urlencoded; charset=utf-8"])
@pytest.mark.parametrize(
    "body", ["{not json", "", "payload={x", "[]", "7", '"text"', "payload=[]", '{"event": 7}', "[" * 99999]
)
def test_what_is_signed_and_makes_no_sense(slack: FakeSlack, address: str, body: str, kind: str) -> None:
    """It is no fault of ours, nor one that passes: Slack is not told to send it again."""
    assert post(address, body, kind=kind).status_code in (200, 400)
    assert not slack.answers(0, settle=True)


@pytest.mark.parametrize(
    "body",
    [
        {"event": None, "authorizations": ["A1"]},
        {"event": {"type": ["message"]}},
        {"event": {"type": "message", "channel": 7, "user": "U1"}},
        {"event": {"type": "message", "channel": "D1", "user": "U1", "channel_type": "im", "ts": "1.0", "files": 7}},
        {"event": {"type": "message", "subtype": "message_changed", "message": "hello"}},
        {"event": {"type": "assistant_thread_started", "assistant_thread": "1.0"}},
        {"type": "block_actions", "user": "U1", "actions": [{"action_id": "csv"}]},
        {"type": "block_actions", "user": {"id": "U1"}, "channel": {"id": "C1"}, "actions": {"action_id": "csv"}},
    ],
)
def test_what_is_signed_and_has_another_form(slack: FakeSlack, address: str, body: Params) -> None:
    """Where a word stands for what has parts, or parts for a word, it is turned away, and Slack does not repeat it."""
    assert post(address, json.dumps(body)).status_code == 400
    assert not slack.answers(0, settle=True)


def test_a_replay_is_turned_away(slack: FakeSlack, address: str) -> None:
    """The same signed request a second time is not Slack's doing: Slack signs a repetition anew, which is taken."""
    body, stamp = event("one"), str(int(time.time()))
    codes = [post(address, body, stamp=one).status_code for one in (stamp, stamp, str(int(stamp) - 1))]
    assert codes == [200, 401, 200]
    assert len(slack.answers(1, settle=True)) == 1


def test_a_repetition_within_the_second(slack: FakeSlack, address: str) -> None:
    """Slack's own repetition of a request is acknowledged, and nothing is done a second time."""
    body = event("one")
    signed = headers(body)
    again = signed | {"X-Slack-Retry-Num": "1", "X-Slack-Retry-Reason": "http_timeout"}
    codes = [httpx.post(f"{address}/slack/events", content=body, headers=h).status_code for h in (signed, again)]
    assert codes == [200, 200]
    assert len(slack.answers()) == 1


def test_a_crowd_at_the_door(slack: FakeSlack, address: str) -> None:
    """Many requests at once are all taken, within the three seconds that Slack waits."""

    def ask(number: int) -> tuple[int, float]:
        body, began = event(str(number), f"1760000000.{number:06}"), time.monotonic()
        line = HTTPConnection(address.removeprefix("http://"))
        line.request("POST", "/slack/events", body, headers(body))
        return line.getresponse().status, time.monotonic() - began

    with ThreadPoolExecutor(60) as people:
        answers = list(people.map(ask, range(60)))
    assert {status for status, _ in answers} == {200}
    assert max(seconds for _, seconds in answers) < 3
    assert len(slack.answers(60)) == 60


def test_sizes(address: str) -> None:
    """A request that is too large, or does not say its size, is not read, and its sender hears so."""
    assert post(address, "x" * (MOST_BYTES + 1)).status_code == 413
    assert post(address, "x" * (10 * MOST_BYTES)).status_code == 413
    unsized = httpx.post(f"{address}/slack/events", content=iter([b"x"]), headers=headers("x"))
    assert unsized.status_code == 411


@pytest.mark.parametrize(
    "said", ["POST /slack", f"POST /slack/events HTTP/1.1\r\nContent-Length: {MOST_BYTES}\r\n\r\n{{"]
)
def test_a_slow_speaker_is_hung_up_on(monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    """However it spreads its request, byte by byte or not at all; others are served meanwhile, and it holds nothing."""
    monkeypatch.setattr(_Server, "seconds", 0.5)
    with WebServer("127.0.0.1", 0, dict, lambda *_: (200, {}, ""), SECRET) as server:
        address = ("127.0.0.1", server.port)
        with socket.create_connection(address, timeout=20) as line:
            line.sendall(said.encode())
            began = time.monotonic()
            with suppress(OSError):
                while time.monotonic() - began < 20:
                    line.sendall(b"x")
                    if select.select([line], [], [], 0.05)[0]:
                        assert line.recv(100) == b""
                        break
            assert time.monotonic() - began < 10
            assert httpx.get(f"http://127.0.0.1:{server.port}/healthz").status_code == 200


def test_what_cannot_be_kept_may_come_again(slack: FakeSlack, bot: Bot, address: str) -> None:
    """If a question cannot be kept Slack is told so, and its repetition is answered, even with the same signature."""
    keep, body, stamp = bot.inbox.add, event("one"), str(int(time.time()))

    def fail(*_: object) -> bool:
        raise OSError("disk full")

    bot.inbox.add = fail  # type: ignore[assignment, method-assign]
    assert post(address, body, stamp=stamp).status_code == 500
    bot.inbox.add = keep  # type: ignore[method-assign]
    assert post(address, body, stamp=stamp).status_code == 200
    assert len(slack.answers()) == 1


def test_health(address: str) -> None:
    """Alive, ready, and nothing else there."""
    assert httpx.get(f"{address}/healthz").text == "ok\n"
    ready = httpx.get(f"{address}/readyz")
    assert (ready.status_code, ready.json()) == (200, {"hears Slack": True, "queue is short": True})
    assert httpx.get(f"{address}/slack.db").status_code == 404


def test_not_ready_says_why() -> None:
    """503, and which of what must hold does not."""
    with WebServer("127.0.0.1", 0, lambda: {"hears Slack": False}) as server:
        ready = httpx.get(f"http://127.0.0.1:{server.port}/readyz")
    assert (ready.status_code, ready.json()) == (503, {"hears Slack": False})


def test_signatures_are_remembered_as_long_as_they_hold() -> None:
    """A request is known again while its time stamp would be taken, and forgotten after."""
    clock = [1000.0]
    signatures = Signatures(SECRET, lambda: clock[0])
    given = headers("x", stamp="1000")["X-Slack-Signature"]
    assert signatures.refusal("1000", given, b"x") == ""
    clock[0] = 1299.0
    assert signatures.refusal("1000", given, b"x") == "the request came before"


def test_a_port_in_use_and_a_missing_secret_are_one_sentence(slack: FakeSlack, tmp_path: Path) -> None:
    """Named, without a traceback."""
    with (
        WebServer("127.0.0.1", 0, dict) as server,
        pytest.raises(SettingError, match="cannot be listened on"),
        WebServer("127.0.0.1", server.port, dict),
    ):
        pass
    with pytest.raises(SettingError, match="SLACK_SIGNING_SECRET is not set"):
        build(Settings(home=str(tmp_path), slack_bot_token=BOT_TOKEN, slack_api_url=slack.url), Answer, http=True)  # type: ignore[arg-type]

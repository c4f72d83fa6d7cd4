"""A language model may help, and is never believed: over real HTTP, against a strict stub of the endpoint."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bot.assist import assisted
from bot.engine import Engine
from bot.llm import MOST_BYTES, LanguageModel, language_model
from corpus.settings import Settings

TODAY = date(2021, 12, 31)
ASKED = "Havant PI002 calls in August 2021"  # the papers answer it with 45.66%, against a target that it missed
UNHEARD = "how speedily does the switchboard at Havant respond in August 2021?"

Reply = Callable[[dict[str, str]], str | None]


class Stub(ThreadingHTTPServer):
    """An endpoint of chat completions: `reply` gets the messages by role and gives the content, or None for silence."""

    daemon_threads = True

    def __init__(self, reply: Reply, raw: tuple[int, bytes] | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.reply, self.raw, self.seen = reply, raw, list[dict[str, str]]()
        self.faults: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


class _Handler(BaseHTTPRequestHandler):
    server: Stub

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path != "/v1/chat/completions" or self.headers["Authorization"] != "Bearer key":
            self.server.faults.append(f"{self.path} {self.headers['Authorization']}")
        if set(asked) != {"model", "messages", "temperature"} or [m["role"] for m in asked["messages"]] != [
            "system",
            "user",
        ]:
            self.server.faults.append(f"not a chat completion: {sorted(asked)}")
        said = {message["role"]: message["content"] for message in asked["messages"]}
        self.server.seen.append(said)
        content = self.server.reply(said)
        if content is None:
            time.sleep(1.5)
            return
        status, body = self.server.raw or (200, json.dumps({"choices": [{"message": {"content": content}}]}).encode())
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def serve() -> Iterator[Callable[..., Stub]]:
    """Starts stubs; at the end each must have been spoken to as the protocol says."""
    running: list[Stub] = []

    def start(reply: Reply, raw: tuple[int, bytes] | None = None) -> Stub:
        stub = Stub(reply, raw)
        threading.Thread(target=stub.serve_forever, daemon=True).start()
        running.append(stub)
        return stub

    yield start
    for stub in running:
        stub.shutdown()
        stub.server_close()
        assert not stub.faults


def model(stub: Stub) -> LanguageModel:
    return LanguageModel(stub.url, "any", "key", wait=0.5)


def measure(said: dict[str, str], code: str) -> int:
    """The number of a measure in the list that the model is shown."""
    shown = json.loads(said["user"])["measures"]
    return next(int(line.split(":")[0]) for line in shown if f" {code} " in line)


def test_a_question_is_said_again_and_the_reading_stated(engine: Engine, serve: Callable[..., Stub]) -> None:
    """Words that the papers never use are mapped by the model; the figure comes from the tools, the reading is said."""

    def reply(said: dict[str, str]) -> str:
        number = measure(said, "PI002")
        return json.dumps({"operation": "lookup", "measure": number, "entities": ["Havant"], "period": "August 2021"})

    plain = engine.ask(UNHEARD, TODAY)
    answer = assisted(engine, model(serve(reply)))(UNHEARD, TODAY, "", False)
    assert plain.status == "not_found"
    assert answer.status == "answered"
    assert answer.question == UNHEARD
    assert "45.66%" in answer.answer
    assert answer.assumptions[0].startswith("Read as: ")


@pytest.mark.parametrize(
    "reading",
    [
        pytest.param("nonsense {", id="broken JSON"),
        pytest.param("[1, 2]", id="not an object"),
        pytest.param("{}", id="no measure fits"),
        pytest.param('{"operation": "delete", "measure": 0, "entities": ["Havant"]}', id="unknown tool"),
        pytest.param('{"operation": "lookup", "measure": 9999, "entities": ["Havant"]}', id="no such one"),
        pytest.param('{"operation": "lookup", "measure": -1, "entities": ["Havant"]}', id="from behind"),
        pytest.param('{"operation": "lookup", "measure": "0", "entities": ["Havant"]}', id="no number"),
        pytest.param('{"operation": "lookup", "measure": 0, "entities": ["Mendip"]}', id="another council"),
        pytest.param('{"operation": "lookup", "measure": 0, "entities": [], "period": ""}', id="council left out"),
        pytest.param(
            '{"operation": "lookup", "measure": 0, "entities": ["Havant"], "period": "May"}', id="other period"
        ),
        pytest.param('{"operation": "lookup", "measure": 0, "entities": {}, "period": 5}', id="wrong types"),
        pytest.param("Havant answered 99% of calls.", id="an answer of its own"),
    ],
)
def test_a_reading_that_was_not_asked_for_is_dropped(engine: Engine, serve: Callable[..., Stub], reading: str) -> None:
    """Whatever the model offers beyond the question and the papers' own list, the answer stays ours."""
    plain = engine.ask(UNHEARD, TODAY)
    assert assisted(engine, model(serve(lambda _: reading)))(UNHEARD, TODAY, "", True) == plain


def test_our_sentence_may_be_smoothed(engine: Engine, serve: Callable[..., Stub]) -> None:
    """Other words around the same facts in the same order are taken; figures and citations stay."""
    ours = engine.ask(ASKED, TODAY, cleared=False)
    smooth = ours.answer.replace(" was ", " stood at ")
    assert smooth != ours.answer
    answer = assisted(engine, model(serve(lambda _: smooth)))(ASKED, TODAY, "", True)
    assert answer.answer == smooth
    assert (answer.figures, answer.citations) == (ours.figures, ours.citations)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("45.66%", "45.67%", id="wrong number"),
        pytest.param("45.66%", "nearly half", id="number left out"),
        pytest.param("missed", "met", id="verdict turned"),
        pytest.param("missed", "narrowly failed, but improved on,", id="claim added"),
        pytest.param("Havant", "Mendip", id="another council"),
        pytest.param("Havant", "Hart and Havant", id="council added"),
        pytest.param(" was ", " was not ", id="denied"),
        pytest.param(" was ", ", run by Serco, was ", id="name added"),
        pytest.param(".", ". The target was 80% until 1999.", id="year added"),
        pytest.param(".", ', "a disgrace".', id="quotation invented"),
        pytest.param("Aug-21", "Jul-21", id="another month"),
        pytest.param(".", ", thirty-four points off.", id="a number in words"),
        pytest.param(".", ". See [the source](http://other.example/x).", id="link"),
        pytest.param(".", ". Staff shortages explain it.", id="reason invented"),
        pytest.param(".", " (annual audit report, appendix).", id="citation invented"),
        pytest.param("Havant", "<!channel> Havant", id="mention"),
    ],
)
def test_a_sentence_with_other_facts_is_dropped(engine: Engine, serve: Callable[..., Stub], old: str, new: str) -> None:
    """One fact changed, added or lost, and our sentence stands."""
    ours = engine.ask(ASKED, TODAY)
    assert old in ours.answer, ours.answer
    changed = ours.answer.replace(old, new, 1)
    assert assisted(engine, model(serve(lambda _: changed)))(ASKED, TODAY, "", True).answer == ours.answer


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param((500, b"{}"), id="server error"),
        pytest.param((302, b""), id="redirect"),
        pytest.param((200, b"<html>"), id="a web page"),
        pytest.param((200, b"[]"), id="a list"),
        pytest.param((200, b'{"choices": []}'), id="no choice"),
        pytest.param((200, b'{"choices": [{"message": {"content": null}}]}'), id="nothing said"),
        pytest.param((200, b" " * (MOST_BYTES * 4)), id="far too long"),
    ],
)
def test_a_broken_endpoint_is_silence(engine: Engine, serve: Callable[..., Stub], raw: tuple[int, bytes]) -> None:
    """No reply of an endpoint, however broken, costs the answer."""
    stub = serve(lambda _: "", raw)
    assert assisted(engine, model(stub))(ASKED, TODAY, "", True) == engine.ask(ASKED, TODAY)
    assert stub.seen


def test_silence_is_not_waited_for(engine: Engine, serve: Callable[..., Stub]) -> None:
    """An endpoint that never replies costs its limit of time and nothing else; one that is not there, nothing."""
    assert assisted(engine, model(serve(lambda _: None)))(ASKED, TODAY, "", True) == engine.ask(ASKED, TODAY)
    nowhere = LanguageModel("http://127.0.0.1:9", "any")
    assert assisted(engine, nowhere)(ASKED, TODAY, "", True) == engine.ask(ASKED, TODAY)


def test_what_is_exempt_never_leaves(engine: Engine, serve: Callable[..., Stub]) -> None:
    """An answer that the public would not get is not shown to the model, nor any name that only exempt papers have."""
    stub = serve(lambda said: said["user"])
    ask = assisted(engine, model(stub))
    assert "44,000" in ask("How much was claimed in service credits for Havant?", TODAY, "", True).answer
    assert not stub.seen
    ask(ASKED, TODAY, "", True)
    ask(UNHEARD, TODAY, "", True)
    assert len(stub.seen) == 2
    assert not any("claimed" in said["user"].casefold() for said in stub.seen)


def test_no_model_is_the_default() -> None:
    """Without an address and a model's name in the settings there is none, and nothing is imported for it."""
    assert language_model(Settings()) is None
    assert language_model(Settings(llm_base_url="http://127.0.0.1:9")) is None
    assert language_model(Settings(llm_base_url="http://127.0.0.1:9", llm_model="any")) is not None

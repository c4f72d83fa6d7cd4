"""Slack's Web API for the bot: each refusal as our own error, waiting as Slack asks, and nothing done twice."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPException
from threading import Event
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry.handler import RetryHandler
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState
from slack_sdk.webhook import WebhookClient

from bot.slack.port import LARGE, MOST_FILE, NARROWER, PLAINER, SLOW, RefusedError

MOST_RETRIES = 8  # of a call for which Slack asks us to wait
WAIT = 30.0  # seconds, where Slack asks us to wait and does not say how long
DECORATION = frozenset(["assistant.threads.setStatus", "reactions.add", "reactions.remove", "chat.postEphemeral"])
SHARED = "files.completeUploadExternal"
ANSWERS = frozenset(
    ["chat.postMessage", "respond", "views.publish", SHARED]
)  # made anew after waiting, as who may see them may have changed


class Patience(RetryHandler):
    """Waits as long as Slack asks, and lets all who call the same method wait with it, until we are closing.

    What is there for show alone is not waited for, and an answer not here. A call that was not answered is never made
    again from here, as Slack may have done what was asked.
    """

    def __init__(self) -> None:
        super().__init__(max_retry_count=MOST_RETRIES)
        self._until: dict[str, float] = {}
        self._closing = Event()

    def _can_retry(self, *, response: HttpResponse | None = None, **_: Any) -> bool:
        return response is not None and response.status_code == 429 and not self._closing.is_set()

    def prepare_for_next_attempt(
        self, *, state: RetryState, request: HttpRequest, response: HttpResponse | None = None, **_: Any
    ) -> None:
        """Wait as long as the response says."""
        headers = {name.lower(): value for name, value in (response.headers if response else {}).items()}
        told = str((headers.get("retry-after") or [""])[0])
        path = urlsplit(request.url).path
        method = path.rsplit("/", 1)[-1] if "/api/" in path else "respond"
        self._until[method] = time.monotonic() + (float(told) if told.isdecimal() else WAIT)
        state.next_attempt_requested = method not in DECORATION | ANSWERS and self.wait(method)
        state.increment_current_attempt()

    def wait(self, method: str) -> bool:
        """Wait until the method may be called; False where it may not, as we are closing or it is for show."""
        while (left := self._until.get(method, 0.0) - time.monotonic()) > 0:
            if method in DECORATION or self._closing.wait(left):
                return False
        return True

    def left(self, method: str) -> bool:
        """Whether the method may not be called yet."""
        return self._until.get(method, 0.0) > time.monotonic()

    def end(self) -> None:
        """Wait no more."""
        self._closing.set()


class Web:
    """The port `bot.slack.port.Slack` over the Web API."""

    def __init__(self, client: WebClient, patience: Patience) -> None:
        self._client, self._patience = client, patience

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """What a method of the Web API returns. Raises RefusedError."""
        if method in ANSWERS and self._patience.left(method):
            raise RefusedError("ratelimited")
        if not self._patience.wait(method):
            raise RefusedError("closing")
        with _refusals():
            return dict(getattr(self._client, method.replace(".", "_"))(**parameters).data)

    def wait(self) -> bool:
        """Wait until Slack takes answers again; False where we are closing."""
        return all(self._patience.wait(method) for method in ANSWERS)

    def upload(
        self, place: tuple[str, str], name: str, content: bytes, title: str, alt: str, still: Callable[[], bool]
    ) -> str:
        """Put a file into a conversation; its id. Raises RefusedError."""
        about = self.call("files.getUploadURLExternal", filename=name, length=len(content), alt_txt=alt or None)
        with _refusals():
            sent = build_opener(_NoRedirect).open(Request(about["upload_url"], data=content, method="POST"), timeout=60)
            sent.close()
        if self._patience.left(SHARED):
            raise RefusedError("ratelimited")
        if not still():
            raise RefusedError(NARROWER)
        channel, thread = place
        files = [{"id": about["file_id"], "title": title}]
        self.call(SHARED, files=files, channel_id=channel, thread_ts=thread or None)
        return str(about["file_id"])

    def download(self, address: str) -> bytes:
        """The content of a file in Slack; our token goes to no other host. Raises RefusedError."""
        host, own = urlsplit(address), urlsplit(self._client.base_url)
        ours = host.hostname == own.hostname or (host.scheme == "https" and f".{host.hostname}".endswith(".slack.com"))
        if not ours:
            raise RefusedError("foreign_address")
        request = Request(address, headers={"Authorization": f"Bearer {self._client.token}"})
        try:
            with build_opener(_NoRedirect).open(request, timeout=60) as answer:
                content: bytes = answer.read(MOST_FILE + 1)
        except OSError as error:
            raise RefusedError("unreachable") from error
        if len(content) > MOST_FILE:
            raise RefusedError(LARGE)
        return content

    def respond(self, address: str, message: Mapping[str, Any]) -> None:
        """Answer a slash command, seen by who gave it alone. Raises RefusedError."""
        with _refusals():
            webhook = WebhookClient(address, retry_handlers=[self._patience])
            told = webhook.send(
                **message, response_type="ephemeral", replace_original=False, unfurl_links=False, unfurl_media=False
            )
        if form := next((code for code in sorted(PLAINER) if code in told.body), ""):
            raise RefusedError(form)
        if told.status_code == 429:
            raise RefusedError("ratelimited")
        if told.status_code != 200:
            raise RefusedError("service_unavailable" if told.status_code >= 500 else f"status_{told.status_code}")
        if '"ok":false' in told.body.replace(" ", ""):
            raise RefusedError("not_taken")


class _NoRedirect(HTTPRedirectHandler):
    """Our token follows no redirection."""

    def redirect_request(self, *_: Any) -> None:
        """None: the redirection becomes an error."""


@contextmanager
def _refusals() -> Iterator[None]:
    """Slack's refusals, and all that can go wrong on the line, as RefusedError."""
    try:
        yield
    except SlackApiError as error:
        raise RefusedError(code_of(error)) from error
    except URLError as error:
        raise RefusedError("unreachable") from error
    except TimeoutError as error:
        raise RefusedError(SLOW) from error
    except (SlackClientError, OSError, HTTPException) as error:
        raise RefusedError("unheard") from error


def code_of(error: SlackApiError) -> str:
    """Slack's own word for what is wrong; where it answers with none, "service_unavailable", "internal_error" if it may
    have done what was asked all the same, and "unheard" if what came is no answer of the Web API."""
    status, told = error.response.status_code, str(error.response.get("error"))
    if status == 429:
        return "ratelimited"
    if status >= 500:
        return "service_unavailable" if status == 503 else "internal_error"
    return told if told.isidentifier() else "unheard"

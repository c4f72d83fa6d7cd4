"""Slack as the rest of the bot sees it: one small port, so that only `bot.slack.app` knows the library."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

NARROWER = "narrower"  # our own word: less may be told by now, and the answer is to be made anew
SLOW = "timed_out"  # our own: Slack did not answer in time, and may do yet what it was asked
LARGE = "file_too_large"  # our own, too
MOST_FILE = 200_000_000  # bytes of a paper that is dropped
PASSING = frozenset(
    [
        NARROWER,
        "closing",
        "unreachable",
        "unheard",
        SLOW,
        "ratelimited",
        "rate_limited",
        "internal_error",
        "fatal_error",
        "service_unavailable",
        "request_timeout",
        "accesslimited",
        "hash_conflict",
        "team_added_to_org",
        "invalid_auth",
        "not_authed",
        "token_expired",
        "token_revoked",
        "account_inactive",
    ]
)


PLAINER = frozenset(["invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long"])
DOUBTFUL = frozenset(["unheard", SLOW, "internal_error", "fatal_error", "request_timeout"])


class RefusedError(Exception):
    """Slack did not do as asked. `code` is Slack's own word, "unreachable" where it could not be asked, "unheard" where
    it did not answer, "closing" where we end before we can ask. Never leaves the bot."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    @property
    def passing(self) -> bool:
        """Whether the same call may do later, when Slack is back or its token is put right."""
        return self.code in PASSING

    @property
    def of_form(self) -> bool:
        """Whether a plainer message may be taken."""
        return self.code in PLAINER

    @property
    def doubtful(self) -> bool:
        """Whether Slack may have done it all the same."""
        return self.code in DOUBTFUL


@dataclass(frozen=True, slots=True)
class Identity:
    """Who we are in Slack: ids. `enterprise` is "" outside Enterprise Grid."""

    user: str
    bot: str
    team: str
    enterprise: str = ""


class Slack(Protocol):
    """What the bot asks of Slack. All raise RefusedError."""

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """What a method of the Web API, as "users.info", returns."""

    def wait(self) -> bool:
        """Wait until Slack, which refused an answer for now ("ratelimited"), takes one; False where we are closing."""

    def upload(
        self, place: tuple[str, str], name: str, content: bytes, title: str, alt: str, still: Callable[[], bool]
    ) -> str:
        """Put a file into a conversation, and give its id; `place` is that and a thread, "" for none; `alt` says in
        words what a picture shows. `still` is asked last: where it says no, "narrower" is raised."""

    def download(self, address: str) -> bytes:
        """The content of a file that somebody put into Slack."""

    def respond(self, address: str, message: Mapping[str, Any]) -> None:
        """Answer a slash command, seen by who gave it alone."""

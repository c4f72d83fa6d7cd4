"""The bot's log: lines of JSON with ids, and nothing of what libraries say."""

import io
import json
import logging

from bot.slack.logs import OURS, Lines


def test_a_line_has_ids_and_nothing_else() -> None:
    """Our own record is told with its ids; of a library's, which may hold a question or a token, only its place."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(Lines())
    for name in (OURS, f"{OURS}.socket", "slack_sdk.web"):
        log = logging.Logger(name)
        log.addHandler(handler)
        try:
            raise ValueError("a secret")
        except ValueError:
            log.exception("answered" if name == OURS else "a secret", extra={"about": {"channel": "C1"}})
    ours, socket, sdk = map(json.loads, out.getvalue().splitlines())
    assert (ours["event"], ours["channel"], ours["level"]) == ("answered", "C1", "error")
    assert socket["event"].startswith(f"{OURS}.socket:") and sdk["event"].startswith("slack_sdk.web:")
    assert "secret" not in out.getvalue()

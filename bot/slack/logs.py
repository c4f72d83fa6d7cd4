"""The bot's log: one JSON object a line, of ids, timings and decisions; never a question, an answer or a token."""

import json
import logging
import time

OURS = "packclerk.slack"


class Lines(logging.Formatter):
    """A record as JSON: when, how grave, what happened, and the `about` that was given with it.

    Of libraries' records only the name and line are told, as their messages and tracebacks may hold anything.
    """

    def format(self, record: logging.LogRecord) -> str:
        at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created))
        ours = record.name == OURS
        said = record.getMessage() if ours else f"{record.name}:{record.lineno}"
        about = getattr(record, "about", {}) if ours else {}
        return json.dumps({"at": at, "level": record.levelname.lower(), "event": said, **about})


def log_as_json() -> None:
    """Log to standard error from now on."""
    handler = logging.StreamHandler()
    handler.setFormatter(Lines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger(OURS).setLevel(logging.INFO)

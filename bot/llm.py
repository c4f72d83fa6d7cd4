"""The door to a language model, where one is set: any endpoint that speaks OpenAI's chat completions.

A model may only suggest. Whatever goes wrong with it (no answer in time, an error, no JSON) is silence, and
packclerk answers as it does without one.
"""

import json
import logging
from typing import Any

from corpus.settings import Settings

LONGEST_WAIT = 8.0  # seconds for the whole reply: a person is waiting, and has our own answer without it
MOST_BYTES = 64_000  # of a reply; a longer one is none that was asked for

log = logging.getLogger(__name__)


class LanguageModel:
    """A model behind an endpoint: `complete` is all that it does."""

    def __init__(self, base_url: str, model: str, api_key: str = "", wait: float = LONGEST_WAIT) -> None:
        self._url = f"{base_url.rstrip('/')}/chat/completions"
        self._model, self._wait = model, wait
        self._headers = {"Authorization": f"Bearer {api_key}"} if api_key else {}

    def complete(self, instruction: str, text: str) -> str:
        """The model's reply, stripped; "" where there is none to be had."""
        messages = [{"role": "system", "content": instruction}, {"role": "user", "content": text}]
        asked = {"model": self._model, "messages": messages, "temperature": 0}
        try:
            reply = json.loads(self._post(asked))["choices"][0]["message"]["content"]
        except (KeyError, IndexError, TypeError, ValueError, OSError) as error:
            log.warning("The language model gave no usable reply (%s)", type(error).__name__)
            return ""
        return reply.strip() if isinstance(reply, str) else ""

    def _post(self, asked: dict[str, Any]) -> bytes:
        """The body of the reply; OSError where none comes whole, in time and in bounds."""
        import time

        import httpx  # slow to import, and needed by few

        until, body = time.monotonic() + self._wait, b""
        try:
            with httpx.stream("POST", self._url, json=asked, headers=self._headers, timeout=self._wait) as reply:
                reply.raise_for_status()
                for part in reply.iter_bytes():
                    body += part
                    if len(body) > MOST_BYTES or time.monotonic() > until:
                        raise OSError("too long")
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise OSError(type(error).__name__) from error
        return body


def language_model(settings: Settings) -> LanguageModel | None:
    """The model of the settings; None where no address or no name is set."""
    if not settings.llm_base_url or not settings.llm_model:
        return None
    return LanguageModel(settings.llm_base_url, settings.llm_model, settings.llm_api_key)

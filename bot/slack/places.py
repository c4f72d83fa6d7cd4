"""Where something stands, in few words: papers are numbered once, and then named by their numbers."""

from collections.abc import Iterable

from bot.slack.mrkdwn import escape


class Papers:
    """The papers that a board or a digest draws on; where it is one, its pages need no name before them."""

    def __init__(self, documents: Iterable[str]) -> None:
        self._numbers = {document: number for number, document in enumerate(dict.fromkeys(documents), 1)}

    def at(self, document: str, *pages: int) -> str:
        """ "p. 6", or "[2] p. 6" where there are several papers."""
        number = f"[{self._numbers[document]}] " if len(self._numbers) > 1 else ""
        return f"{number}p. {', '.join(str(page) for page in sorted(set(pages)))}"

    @property
    def list(self) -> str:
        """The papers with their numbers, escaped."""
        if len(self._numbers) == 1:
            return escape(next(iter(self._numbers)))
        return "\n".join(f"[{number}] {escape(document)}" for document, number in self._numbers.items())

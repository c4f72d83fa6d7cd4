"""What may be shown of a paper's text: nothing that turns the writing round, hides in it or steers a terminal."""

import re
import unicodedata

LONGEST = 80  # characters of a word; of a longer one its beginning is shown
_LONG = re.compile(rf"(\S{{{LONGEST}}})\S+")
_HIDDEN = ("Cc", "Cf")  # Unicode's controls, and its signs that are not seen


def visible(text: str) -> str:
    """A text without characters that are not seen, and with its longest words cut."""
    if not text.isascii() or not text.isprintable():
        text = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in _HIDDEN)
    return _LONG.sub(r"\1…", text)

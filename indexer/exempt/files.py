"""What a file says of itself and of all that it holds: by its title, its name, its fields and its folders."""

import re
from collections.abc import Iterable

from indexer.exempt import denials, marks, wording

NAMED = denials.any_of(rf"^{denials.WORD}\s+{denials.PAPERS}\b", rf"\b{denials.WORD}$")  # its words apart
OF_PART = denials.any_of(  # likewise
    r"\bpart\s+ii\b", r"\bitem\s+\d+\w?\W+part\s+2\b", r"\bpart\s+2\W+(?:item|paper|agenda|report|pack)",
    r"\b(?:cabinet|committee|council|agenda|board|panel|executive)\W+(?:part|pt)\W*2\b",
)  # fmt: skip


def of_file(title: str, name: str, said: Iterable[str] = ()) -> marks.Mark:
    """What a file's own title, its name, its other fields and its folders say of all of it: that it is exempt, or
    nothing."""
    stem = re.sub(r"[_\s]+", " ", name.rpartition(".")[0] or name).strip()
    words = re.sub(r"[-.\s]+|(?<=[A-Za-z])(?=\d)", " ", stem).strip()
    told = [marks.plain(title), stem if " " in stem else words, words]
    closed = [
        text for text in told if marks.WHOLE.search(text) or OF_PART.search(text) or marks.of_heading(text) == "exempt"
    ]
    closed += [text for text in (words,) if NAMED.search(text) or wording.of_name(text)]
    closed += [stem] if wording.of_bracket(stem) else []
    if any(not denials.DENIED.search(text) for text in closed):
        return "exempt"
    return (
        "exempt"
        if any(marks.of_heading(text) == "exempt" or marks.of_sentence(text) for text in map(marks.plain, said))
        else ""
    )

"""What a question points at in the list that its thread was last given: "the second one", "the last of those"."""

from bot.question.plan import Plan
from bot.question.terms import in_full, places, which

LAST = "last"  # what phrases.toml calls the end of a list; its other names are numbers from 1


def pointed(question: str, before: Plan | None) -> str:
    """The question with the name of what it points at in place of where it stood in the list; "" where it points at
    nothing that was listed."""
    if before is None or not before.listed:
        return ""
    low = in_full(question)
    where = which("follow.listed", low)
    at = len(before.listed) if where == LAST else int(where or 0)
    if not 0 < at <= len(before.listed):
        return ""
    start, end = places(f"follow.listed.{where}", low)[0]
    return f"{low[:start]}{before.listed[at - 1]}{low[end:]}"

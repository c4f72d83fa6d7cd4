"""The ledger: what was promised, decided, budgeted, and who answers for it.

A record is its kind, a few named fields (all text as printed, "" where there is none), and its place. KINDS says
which fields a kind has, in the order in which they are shown; `other` is what its row says under other headers, each
as "header: text" in a line of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from corpus.paper import Place

KINDS: dict[str, tuple[str, ...]] = {
    # a contract's default and what is done about it; status: "open" | "closed" | ""
    "rectification": ("ref", "area", "default", "update", "status"),
    # a row of an annual plan; rag: "red" | "amber" | "green" | "complete" | ""
    "plan_item": (
        "plan", "part", "ref", "description", "milestone", "due", "lead", "councils", "driver", "links", "status",
        "rag", "progress", "other",
    ),
    # likelihood, severity (how bad the impact is) and score as they stand with what is done about it, `inherent` is the
    # score without, `target` the one aimed at; direction: how it moved, as printed ("↑", "Down"); further: what is yet
    # to be done, due by when; type: what an entry of a log of several kinds is, "" in a register of risks alone
    "risk": (
        "ref", "type", "description", "cause", "impact", "likelihood", "severity", "score", "inherent", "target",
        "direction", "owner", "mitigation", "further", "due", "other",
    ),
    # head: what stands over the lines ("Service"); amounts: the row's other columns as "header: text; header: text"
    "budget_line": ("budget", "head", "line", "amounts"),
    # a row of a table in no shape that is known; values as amounts above: it says no more than what is printed
    "table_row": ("table", "head", "line", "values"),
    # role: "member" | "present" | "officer" | "apologies" | "contact"; post: what else is said of them ("Chair",
    # "Head of IT"); meeting: the date as printed, of a meeting's notes
    "member": ("name", "council", "role", "post", "meeting"),
    # ref: the number of a motion or a minute; about: the heading that it stands under; of: who is to do it; due: when,
    # in the notes' own words
    "decision": ("ref", "text", "about", "of", "due", "meeting"),
    # what a meeting asked for; about: the whole point of its notes; of: of whom; due: when, in the notes' own words
    "request": ("text", "about", "by", "of", "due", "meeting"),
    # an item that has papers, or, with no number, a paper that is one report; pages are the file's own; author, of (in
    # whose name), contact and date as its head has them; access: "exempt" | "public"
    "agenda_item": ("number", "title", "first_page", "last_page", "author", "of", "contact", "date", "access"),
    # report: the title of what recommends it
    "recommendation": ("text", "report"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Record:
    """One record of the ledger, as of the paper's date."""

    kind: str
    as_of: date | None
    fields: Mapping[str, str]
    place: Place
    quote: str
    exempt: bool = False

    def __post_init__(self) -> None:
        if set(self.fields) != set(KINDS[self.kind]):
            raise ValueError(f"a {self.kind} has the fields {KINDS[self.kind]}, not {tuple(self.fields)}")

"""The ledger: what was promised, decided, budgeted, and who answers for it.

A record is its kind, a few named fields (all text as printed, "" where there is none), and its place. KINDS says
which fields a kind has, in the order in which they are shown.
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
        "plan",
        "part",
        "ref",
        "description",
        "milestone",
        "due",
        "lead",
        "councils",
        "status",
        "rag",
        "progress",
    ),
    "risk": ("ref", "description", "impact", "likelihood", "score", "owner", "mitigation"),
    # amounts: the row's other columns as "header: text; header: text"
    "budget_line": ("budget", "line", "amounts"),
    # a row of a table in no shape that is known; values as amounts above: it says no more than what is printed
    "table_row": ("table", "line", "values"),
    # role: "member" | "present" | "officer" | "apologies"; meeting: the date as printed, of a meeting's notes
    "member": ("name", "council", "role", "meeting"),
    "decision": ("text", "meeting"),
    # what a meeting asked for; about: the whole point of its notes; of: of whom; due: when, in the notes' own words
    "request": ("text", "about", "by", "of", "due", "meeting"),
}


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

"""Risk registers: what may happen, how likely, how bad, who looks after it.

Where a register scores its risks twice, before and after what is done about them, those after it are how they stand; a
score that is only aimed at is none. A log of risks, issues and actions is read with what each entry is.
"""

import re
from collections.abc import Iterator, Sequence
from statistics import median

from corpus.paper import Pack, Table
from indexer.shapes.columns import MOST_TITLES, named_columns, others, plain, with_refs
from indexer.shapes.found import Found, record
from indexer.shapes.grid import group_rows, spread, title_rows

COLUMNS = {
    "ref": (
        "id", "ref", "no", "risk no", "risk ref", "risk id", "reference", "raid id", "risk number", "risk reference",
    ),
    "type": ("type", "category r a i d", "raid type", "r a i d", "raid"),
    "description": (
        "risk identification", "risk description", "description of risk", "description", "risk", "risk title",
        "risk event", "risk issue", "risk area", "risk name", "threat", "event", "what might happen", "strategic risk",
    ),
    "cause": ("cause", "causes", "source of risk", "risk cause", "trigger", "triggers", "risk source", "root cause"),
    "impact": (
        "potential impact", "impact description", "consequence", "consequences", "effect", "potential consequences",
        "effects", "risk effect", "result",
    ),
    "owner": (
        "risk owner", "owner", "lead", "responsible officer", "lead officer", "owned by", "responsible", "accountable",
        "managed by", "action owner", "risk lead", "risk manager", "lead director",
    ),
    "mitigation": (
        "mitigation actions", "controls in place", "mitigation", "mitigations", "controls", "actions",
        "existing controls", "current controls", "mitigating actions", "mitigating action", "key controls",
        "control measures", "response", "treatment", "management action", "what we are doing", "action",
        "current action", "current actions", "comments and current action", "comments and actions", "actions taken",
    ),
    "further": (
        "further action", "further actions", "further action required", "further actions required", "planned actions",
        "additional controls", "further controls", "further mitigation", "next steps", "additional actions",
        "action required", "actions required", "action plan", "planned action", "future actions", "additional action",
    ),
    "due": (
        "action by", "action date", "actions by", "by when", "due", "due date", "target date", "completion date",
        "action due", "action due date", "deadline", "implementation date", "date due", "timescale",
    ),
    "direction": (
        "direction", "direction of travel", "trend", "movement", "change", "dot", "travel", "risk trend", "trajectory",
    ),
}  # fmt: skip
_HEADERS = {"likelihood": r"likelihood|probability|^l$", "severity": r"impact|severity|consequence|^i$|^s$"}
_SCORE = re.compile(r"\b(score|rating|level|rag|exposure|l x i|i x l)\b|^(?:risk )?(?:total|rank)$", re.IGNORECASE)
# When a score holds: with what is done about a risk, without it, or as it is meant to be one day.
_BEFORE = re.compile(
    r"\b(inherent|gross|raw|original|initial|before|untreated|unmitigated|pre|uncontrolled|without)\b", re.IGNORECASE
)
_AFTER = re.compile(r"\b(residual|net|current|after|post|mitigated|managed|controlled|with)\b", re.IGNORECASE)
_AIMED = re.compile(r"\b(target|tolerance|appetite|desired|planned|aim|previous|last|prior|direction|trend|movement)\b")
_GOAL = re.compile(r"\b(target|tolerance|appetite|desired|planned|aim)\b")
_SCORED = re.compile(
    r"(?:\d{1,2}\s*[x×*]\s*\d{1,2}\s*(?:=\s*)?)?(?:\d{1,2})?\s*"
    r"\(?(?:very )?(?:high|medium|moderate|low|red|amber|green)?\)?",
    re.IGNORECASE,
)
_RISK = re.compile(r"\b(risks?|raid)\b", re.IGNORECASE)
_SCORES = ("likelihood", "severity", "score")
_JUDGED = frozenset(("score", "inherent", "impact", "likelihood", "severity"))
MOST_SCORE = 6  # words of a likelihood, an impact or a score; more of them are prose


def identify(table: Table) -> bool:
    """A header that describes risks and scores them, or says what is done about them."""
    return _header(table)[0] > 0


def extract(table: Table, pack: Pack) -> Found:
    """A record for each risk."""
    first, columns = _header(table)
    columns, groups = with_refs(table, first, columns), group_rows(table, first)
    records = []
    for row in range(first, len(table.rows)):
        fields = {name: table.text(row, column) for name, column in columns.items()}
        if fields.get("description") and row not in groups:
            fields["other"] = others(table, first, [table.text(row, c) for c in range(len(table.rows[row]))], columns)
            records.append(record(pack, table, row, "risk", fields, columns["description"]))
    return Found(records=tuple(records))


def _header(table: Table) -> tuple[int, dict[str, int]]:
    """The first row below the header, and the column of each field; (0, {}) for a table that is no register."""
    for row in range(min(MOST_TITLES + 1, len(table.rows) - 1)):
        upper = [plain(text) for text in spread(table, row)]
        for first in (row + 2, row + 1):
            if first == row + 2 and (first >= len(table.rows) or not _goes_on(table, row + 1)):
                continue
            lower = (
                [plain(table.text(row + 1, c)) for c in range(len(upper))] if first == row + 2 else [""] * len(upper)
            )
            columns = _columns(table, first, upper, lower)
            if _enough(table, first, upper, lower, columns):
                return first, columns
    return 0, {}


def _goes_on(table: Table, row: int) -> bool:
    """Whether a row is the second of a header: blank or merged from above where the labels stand."""
    texts = [plain(table.text(row, c)) for c in range(len(table.rows[row]))]
    named = [
        text for text in texts if text and any(re.search(form, text) for form in (*_HEADERS.values(), _SCORE.pattern))
    ]
    return not texts[0] and bool(named)


def _columns(table: Table, first: int, upper: list[str], lower: list[str]) -> dict[str, int]:
    said = [below or above for above, below in zip(upper, lower, strict=True)]
    found = named_columns(said, COLUMNS)
    scored = list(_scored(table, first, upper, lower, set(found.values())))
    phases = {phase for what, phase, _ in scored if what == "score"}
    standing = ("after",) if {"after", ""} <= phases else ("after", "")
    once = all(phase == "before" for what, phase, _ in scored if what in _SCORES)
    if "mitigation" not in found and "further" in found:
        found["mitigation"] = found.pop("further")  # all that is told of what is done about a risk
    for name in _SCORES:
        at = [column for what, phase, column in scored if what == name and (once or phase in standing)]
        if at:
            found[name] = at[-1] if name == "score" else at[0]
    held = [column for what, _, column in scored if what == "score" and column != found.get("score")]
    if held:
        found["inherent"] = held[0]
    if aimed := [column for what, phase, column in scored if phase == "aimed"]:
        found["target"] = aimed[0]
    prose = [c for what, _, c in scored if what == "prose"]
    if "impact" not in found and prose:
        found["impact"] = prose[0]
    return found


def _scored(
    table: Table, first: int, upper: list[str], lower: list[str], taken: set[int]
) -> Iterator[tuple[str, str, int]]:
    """Columns of scores, as (what it scores, "before", "after" or "", where); "prose" under "Impact" is no score."""
    for column, (above, below) in enumerate(zip(upper, lower, strict=True)):
        said, whole = below or above, f"{above} {below}"
        what = next((name for name, form in _HEADERS.items() if re.search(form, said)), "")
        staged = not what and (_BEFORE.search(whole) or _AFTER.search(whole)) and _all_scores(table, first, column)
        if staged or (_SCORE.search(said) and not (what and "score" not in said and "rating" not in said)):
            what = "score"
        if not what or column in taken:
            continue
        if _AIMED.search(whole):
            if what == "score" and _GOAL.search(whole) and _all_scores(table, first, column):
                yield "", "aimed", column
            continue
        texts = table.column(column, first - 1)
        if texts and _is_prose(texts, what):
            if what == "severity":
                yield "prose", "", column
        elif texts:
            yield what, "before" if _BEFORE.search(whole) else "after" if _AFTER.search(whole) else "", column


def _is_prose(texts: Sequence[str], what: str) -> bool:
    """Whether a column says in words what its header would score; of an impact so may a few words without a number."""
    words = [1 if _SCORED.fullmatch(text.strip()) else len(text.split()) for text in texts]
    told = what == "severity" and median(words) > MOST_SCORE / 2 and not any(map(str.isdigit, "".join(texts)))
    return told or max(words) > MOST_SCORE


def _all_scores(table: Table, first: int, column: int) -> bool:
    """Whether all that stands in a column are scores: "12", "4 x 3 = 12", "High"."""
    texts = table.column(column, first - 1)
    return bool(texts) and all(_SCORED.fullmatch(text.strip()) for text in texts)


def _enough(table: Table, first: int, upper: list[str], lower: list[str], columns: dict[str, int]) -> bool:
    """A description, and a score, an impact or a likelihood; and what is done about it, or a word of risks."""
    has = set(columns)
    if "description" not in has or not (_JUDGED | {"type"}) & has:
        return False
    if "type" in has:
        types = {plain(table.text(row, columns["type"])) for row in range(first, len(table.rows))}
        if types & {"risk", "r"} and {"owner", "mitigation", "score"} & has:
            return True
        if not _JUDGED & has:
            return False
    told = [*upper, *lower, title_rows(table)[0], *table.headings[-2:]]
    of_risks = any(_RISK.search(text) for text in told)
    judged = {"score", "inherent", "likelihood"} & has
    return ("mitigation" in has and (of_risks or bool(judged))) or (of_risks and bool(judged))

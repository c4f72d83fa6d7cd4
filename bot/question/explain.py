"""What a question was understood to ask, to be shown beside its answer: `packclerk ask --explain`."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.question.catalogue import Catalogue
from bot.question.plan import Plan

# How a measure was found, for a person.
HOW = {
    "code": "by its code",
    "words": "by the words of its name",
    "meaning": "by what the words mean",
    "thread": "from the question before",
}

# What is asked for, for a person.
ASKED = {
    "value": "the figure",
    "trend": "how it moved over time",
    "change": "by how much it changed",
    "compare": "figures side by side",
    "rank": "what comes first",
    "average": "the average",
    "median": "the middle one of the figures",
    "total": "the total",
    "against_target": "whether the target was met",
    "margin": "how far from the target",
    "streak": "how many periods in a row",
    "moves": "in which periods it rose or fell",
    "periods": "in which periods the target was met or missed",
    "beyond": "which figures lie above or below a number",
    "definition": "what is measured, and its target",
}
# What a question is about that is not answered from one measure's figures.
ABOUT = {
    "why": "the reason, from the text",
    "brief": "how all measures stand to their targets",
    "changes": "what changed since the paper before",
    "other_number": "a measure with a number that none has",
    "unknown_code": "a code that no measure has",
    "text": "what the papers say in words",
    "slip": "whether the papers are right",
    "rectification": "rectification plans",
    "plan_item": "items of plans",
    "plan_changes": "what changed between plans",
    "budget_line": "budgets and payments",
    "member": "members",
    "ref": "what has this reference",
    "personal": "what concerns one person",
    "refused": "nothing that papers can answer",
}
GROUPS = {"each": "each council or area", "sum": "all councils or areas together", "overall": "all as a whole"}


def explain(plan: Plan, catalogue: Catalogue) -> dict[str, Any]:
    """A plan as plain values. `measures` have `how` they were found (a key of HOW) and which `words` of the question
    are theirs; `period` has what was `said`, and the days it was read as, "" where open; `spelled` are words taken for
    others, as "anwsered: answered"."""
    own = {e.key: e for e in catalogue.entries}
    found = [own[key] for key in plan.measures if key in own]
    said = {m.entry.key: m.said for m in catalogue.match(plan.topic, found)}
    return {
        "subject": plan.subject,
        "operation": plan.operation,
        "measures": [
            {"title": e.title, "how": plan.how, "words": sorted(said.get(e.key, ()))} for e in found
        ],
        "services": list(plan.services),
        "entities": list(plan.entities),
        "unknown": list(plan.unknown),
        "group": plan.group,
        "refs": list(plan.refs),
        "period": {"said": plan.period, "since": plan.since, "until": plan.until, "grain": plan.grain},
        "over": plan.over,
        "top": plan.top,
        "words": list(plan.topic),
        "spelled": list(plan.spelled),
    }  # fmt: skip


def in_lines(understood: Mapping[str, Any]) -> list[str]:
    """The same for a person, a line for each thing that was understood."""
    lines = [f"asked for: {_asked(understood)}"]
    for measure in understood["measures"]:
        words = f": {', '.join(measure['words'])}" if measure["words"] and measure["how"] == "words" else ""
        lines.append(f"measure: {measure['title']}, {HOW.get(measure['how'], 'found')}{words}")
    lines += [f"{name}: {', '.join(understood[name])}" for name in ("services", "entities", "refs") if understood[name]]
    lines += [f"not in the papers: {', '.join(understood['unknown'])}"] if understood["unknown"] else []
    lines += [f"of: {GROUPS[understood['group']]}"] if understood["group"] else []
    lines += [f"ranked: {understood['over']}"] if understood["over"] and understood["operation"] == "rank" else []
    lines += [f"the first: {understood['top']}"] if understood["top"] else []
    period = understood["period"]
    if period["said"] or period["since"]:
        lines.append(f"period: {_read(**period)}")
    lines += [f"spelling: {', '.join(understood['spelled'])}"] if understood["spelled"] else []
    unused = understood["words"] if not understood["measures"] else []
    return lines + ([f"words: {', '.join(unused)}"] if unused else [])


def _asked(understood: Mapping[str, Any]) -> str:
    subject, operation = understood["subject"], understood["operation"]
    if subject == "kpi":
        return ASKED[operation]
    return ABOUT.get(subject, f"{subject.replace('_', ' ')}s")


def _read(said: str, since: str, until: str, grain: str) -> str:
    """ "June, read as 2021-06-01 to 2021-06-30"; of an open one, how far it goes."""
    if not since:
        return f"{said}, the last that is reported"
    begins = "the first reported" if since == date.min.isoformat() else since
    return f"{said}, read as {begins} to {until}{f', by {grain}' if grain else ''}"

"""What a question was understood to ask, to be shown beside its answer: `packclerk ask --explain`."""

from collections.abc import Mapping
from typing import Any

from bot.catalogue import Catalogue
from bot.plan import Plan

# How a measure was found, for a person.
HOW = {
    "code": "by its code",
    "words": "by the words of its name",
    "meaning": "by what the words mean, as none of them is in its name",
    "thread": "from the question before",
}


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
    lines = [f"asked for: {understood['operation'] or 'nothing'} ({understood['subject']})"]
    for measure in understood["measures"]:
        words = f": {', '.join(measure['words'])}" if measure["words"] else ""
        lines.append(f"measure: {measure['title']}, {HOW.get(measure['how'], 'found')}{words}")
    lines += [f"{name}: {', '.join(understood[name])}" for name in ("services", "entities", "refs") if understood[name]]
    lines += [f"not in the papers: {', '.join(understood['unknown'])}"] if understood["unknown"] else []
    lines += [f"of: {understood['group']}"] if understood["group"] else []
    lines += [f"over: {understood['over']}"] if understood["over"] else []
    lines += [f"the first: {understood['top']}"] if understood["top"] else []
    period = understood["period"]
    if period["said"] or period["since"]:
        lines.append(f"period: {period['said']}, read as {period['since'] or '...'} to {period['until'] or '...'}")
    lines += [f"spelling: {', '.join(understood['spelled'])}"] if understood["spelled"] else []
    lines += [f"words: {', '.join(understood['words'])}"] if understood["words"] else []
    return lines

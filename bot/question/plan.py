"""What a question was understood to ask."""

from collections.abc import Container
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

TO_DATE = "year to date"  # what `period` says of the financial year as far as the papers report it


@dataclass(frozen=True, slots=True)
class Plan:
    """What a question was understood to ask.

    `subject` is "kpi", "why", "brief", "changes", a kind of the ledger, "slip", "index" (what is asked of the index
    itself), "text", "personal" or "refused";
    "unknown_code" of a code, and "other_number" of a number ("90 seconds"), that no measure has.
    `measures` are keys of the catalogue's entries; more than one: the question does not tell which. `entities` ()
    means none was named; `group` is "each", "sum", "overall" or "". `since` and `until` are ISO dates, "" where open,
    `only` the "first day/last day" of each of several periods that are meant without those between, `period` what was
    said, and `grain` whether it was said in months, quarters or years. `over` is what a ranking
    runs over, "time" or "councils", and `top` how many of it are wanted, 0 for all. `services` are those that the
    question names. `seen` are all entities that the thread spoke of since its last change of subject, `shown` the
    first and last day of the one period that its last answer gave, () for none, `earlier` of another that
    the one before gave of the same measures, `first` the council that came first in
    it, if it ranked them. `how` is how the measures were found: by "code", "words", "meaning", or taken from the
    "thread"; `today` is the asking day, as an ISO date; `spelled` are words taken for others, as "anwsered: answered";
    `listed` are the names of the things that the thread was last given a list of, `thing` of the one that it was last
    told of, "" for none or several; `without` are the entities that the
    question leaves out, `apart` the periods, as `only` has them.
    """

    question: str
    subject: str
    operation: str
    measures: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    group: str = ""
    refs: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    only: tuple[str, ...] = ()
    period: str = ""
    grain: str = ""
    topic: tuple[str, ...] = ()
    over: str = ""
    top: int = 0
    services: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()
    first: str = ""
    how: str = ""
    today: str = ""
    spelled: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
    thing: str = ""
    without: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day asked about; those of all time where no period was named."""
        return (date.fromisoformat(self.since), date.fromisoformat(self.until)) if self.since else (date.min, date.max)

    def covers(self, day: date) -> bool:
        """Whether a day is of the period asked about."""
        return self.meets(day, day)

    def meets(self, start: date, end: date) -> bool:
        """Whether some of a time is of the period asked about."""
        since, until = self.days
        return start <= until and since <= end

    @property
    def of_figure(self) -> bool:
        """Whether it names whose figure and when: who names a council, or all of them, and a time asks for one."""
        return bool((self.entities or self.group) and self.since)

    def remember(self) -> dict[str, Any]:
        """What a thread keeps of it, as JSON."""
        return asdict(self)


def recall(kept: dict[str, Any], measures: Container[str]) -> Plan | None:
    """The plan that `remember` wrote; None where it is of measures that are not there any more for who asks."""
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in kept.items()}
    plan = Plan(**values)
    return plan if all(measure in measures for measure in plan.measures) else None

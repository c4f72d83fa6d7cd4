"""The answer object: what every question gets, whoever asks and wherever it is shown."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from corpus.paper import Box


@dataclass(frozen=True, slots=True)
class Citation:
    """Where something stands: the PDF's `page` (from 1), its printed `label`, the agenda `item`, the words, the box."""

    document: str
    title: str
    page: int
    label: str
    item: str
    quote: str
    box: Box


@dataclass(frozen=True, slots=True)
class Given:
    """A figure that the answer gives; values are decimal strings, `citation` counts from 1 in the citations.

    `start` and `end` are ISO dates. `target` and `met` are None where there is no target.
    """

    service: str
    code: str
    measure: str
    entity: str
    period: str
    start: str
    end: str
    value: str
    unit: str
    printed: str
    target: str | None
    met: bool | None
    citation: int


@dataclass(frozen=True, slots=True)
class Result:
    """What was calculated: "change" of -29.49 "percentage points" `of` the figures at those positions (from 0)."""

    operation: str
    value: str
    unit: str
    of: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, by the contract. `status`: "answered" | "clarify" | "not_found" | "refused".

    `understood` is what bot.explain says of the question; {} where it was not asked here. `listed` are the names of
    the things that it lists, for a thread that points at one of them.
    """

    question: str
    status: str
    answer: str
    assumptions: tuple[str, ...] = ()
    figures: tuple[Given, ...] = ()
    results: tuple[Result, ...] = ()
    citations: tuple[Citation, ...] = ()
    suggestions: tuple[str, ...] = ()
    elapsed_ms: int = field(default=0, compare=False)
    understood: Mapping[str, Any] = field(default_factory=dict, compare=False)
    listed: tuple[str, ...] = field(default=(), compare=False)

    def to_json(self, explained: bool = False) -> dict[str, Any]:
        """The answer object of the contract; `explained`, with what was understood too."""
        kept = ("listed",) if explained else ("listed", "understood")
        return {name: value for name, value in asdict(self).items() if name not in kept}

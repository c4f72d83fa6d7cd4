"""Two packs that overlap: what both say stands once, what the later says otherwise is told with both places."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from kpi_tools.figures import Figure
from kpi_tools.frames import frame
from kpi_tools.measures import Observation
from kpi_tools.saved import Changes
from kpi_tools.spans import Period, month, months
from kpi_tools.store import Store
from tests.handmade import extraction, observation, place

START = date(2021, 1, 1)
VALUES = st.lists(st.integers(0, 100), min_size=1, max_size=10)
Series = dict[int, int]  # a value for each month from START


def _period(at: int) -> Period:
    return month(months(START, at + 1).end)


def _seen(document: str, series: Series, entity: str) -> list[Observation]:
    return [
        observation(f"{value}%", entity, document, period=_period(at), place=place(document, row=at))
        for at, value in series.items()
    ]


def _save(store: Store, document: str, seen: Sequence[Observation], day: date) -> Changes:
    paper = extraction(document, seen, day=day)
    revision = store.intend_adding(0)
    return store.save(paper, Path("/papers") / document, revision)


@settings(max_examples=40)
@given(first=VALUES, second=VALUES, gap=st.integers(0, 10), turned=st.booleans())
def test_overlapping_packs_merge_and_tell_what_they_restate(
    first: list[int], second: list[int], gap: int, turned: bool
) -> None:
    """Whichever is indexed first: every month once, the later pack's figure, and each difference with both places."""
    old, new = dict(enumerate(first)), dict(enumerate(second, gap))
    differ = {at for at in old.keys() & new.keys() if old[at] != new[at]}
    packs = [("old.pdf", old, date(2022, 1, 10)), ("new.pdf", new, date(2022, 7, 10))]
    with TemporaryDirectory() as folder:
        store = Store(f"sqlite:///{folder}/packclerk.db")
        for document, series, day in reversed(packs) if turned else packs:
            changes = _save(store, document, _seen(document, series, "Havant"), day)
        rows = list(frame(store).itertuples(index=False))
        store.close()
    assert {row.start: row.value for row in rows} == {_period(at).start: Decimal(v) for at, v in (old | new).items()}
    assert len(rows) == len(old | new)
    assert {row.start: row.earlier for row in rows if row.restated} == {
        _period(at).start: f"{old[at]}%" for at in differ
    }
    assert {row.document for row in rows if row.start in {_period(at).start for at in new}} == {"new.pdf"}
    told = {(one.earlier.period.start, _value(one.earlier), _value(one.later)) for one in changes.restated}
    assert told == {(_period(at).start, Decimal(old[at]), Decimal(new[at])) for at in differ}
    for one in changes.restated:
        places = [(seen.place.document, seen.place.row) for seen in (one.earlier, one.later)]
        assert [document for document, _ in places] == ["old.pdf", "new.pdf"]
        assert len({row for _, row in places}) == 1


@settings(max_examples=15)
@given(series=VALUES, other=VALUES)
def test_one_council_s_figures_never_restate_another_s(series: list[int], other: list[int]) -> None:
    """The same months and the same measure, of two councils in two packs: nothing merges and nothing is told."""
    with TemporaryDirectory() as folder:
        store = Store(f"sqlite:///{folder}/packclerk.db")
        _save(store, "old.pdf", _seen("old.pdf", dict(enumerate(series)), "Havant"), date(2022, 1, 10))
        changes = _save(store, "new.pdf", _seen("new.pdf", dict(enumerate(other)), "Mendip"), date(2022, 7, 10))
        rows = list(frame(store).itertuples(index=False))
        store.close()
    assert not changes.restated
    assert len(rows) == len(series) + len(other)


def _value(seen: Observation) -> Decimal | None:
    return seen.figure.value if isinstance(seen.figure, Figure) else None

"""Of a long paper little is in memory at once: its parts stay on disk, and workers do not run far ahead."""

import os
import pickle
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import StoreError
from corpus.settings import Limits
from indexer.parts import TOGETHER, Aside, File
from indexer.processes.workers import AHEAD, workers
from indexer.retrieval.embedder import Embedder
from indexer.retrieval.embedding import embedding


def kept(path: Path, parts: Sequence[Sequence[int]]) -> list[Sequence[int]]:
    written = File(path.open("wb+"))
    written.write("what stands before")
    places = [written.put(part) for part in parts]
    del written  # which closes it
    held = File.at(path)
    path.unlink()
    return [held.part(place) for place in places]


def test_parts_are_sequences_as_they_were(tmp_path: Path) -> None:
    """Any number of times, by index and from behind, two at once, also when the file is gone; an empty one is ()."""
    most = range(TOGETHER * 2 + 5)
    none, few, many = kept(tmp_path / "parts", [(), (7, 8), most])
    assert none == ()
    assert list(few) == list(few) == [7, 8]
    assert (len(many), many[0], many[-1], many[TOGETHER], many[3:5]) == (len(most), 0, most[-1], TOGETHER, (3, 4))
    assert list(zip(many, many, strict=True)) == list(zip(most, most, strict=True))
    with pytest.raises(IndexError):
        few[2]


@given(st.lists(st.lists(st.integers(), max_size=2 * TOGETHER)), st.integers(0, TOGETHER))
def test_what_is_set_aside_is_as_it_was(parts: list[list[int]], most: int) -> None:
    """Wherever it stands, in whatever order it is looked at, and as a tuple once it is pickled."""
    aside = Aside(most)
    held = [aside.put(iter(part)) for part in parts]
    for found, part in reversed(list(zip(held, parts, strict=True))):
        assert (list(found), len(found), bool(found)) == (part, len(part), bool(part))
        assert [found[at] for at in range(-len(part), 0)] == part
        assert list(aside.put(found)) == part
        assert pickle.loads(pickle.dumps(found)) == tuple(part)
    assert sum(len(part) for part, found in zip(parts, held, strict=True) if isinstance(found, tuple)) <= most


def test_what_is_set_aside_may_be_made_of_what_is() -> None:
    """Also while it is written into the same file."""
    aside = Aside(0)
    first = aside.put(range(3 * TOGETHER))
    assert list(aside.put(number + 1 for number in first)) == list(range(1, 3 * TOGETHER + 1))


def square(number: int) -> int:
    return number * number


def test_workers_do_not_run_far_ahead() -> None:
    """Values come in order; of the tasks no more are begun than a few beyond those whose values were taken."""
    begun = []

    def tasks() -> Iterator[int]:
        for number in range(40):
            begun.append(number)
            yield number

    with workers(Limits()) as pool:
        values = pool.map(square, tasks())
        for number, value in enumerate(values):
            assert value == number * number
            assert len(begun) <= number + 2 + AHEAD * (os.cpu_count() or 1)
    assert len(begun) == 40


def test_a_model_in_processes_of_its_own_gives_the_same_vectors() -> None:
    """Batches come back in their order, and a process that cannot work is told in one sentence."""
    texts = [f"The committee noted part {number}." for number in range(130)]
    with embedding("") as apart:
        assert apart.passages(texts) == Embedder().passages(texts)
        assert apart.passages([]) == []
        assert apart.name == Embedder().name


def test_a_model_that_takes_its_process_down_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A lost process ends the run with a sentence that names the model, not a paper."""
    monkeypatch.setattr("indexer.retrieval.embedding.LIMITS", Limits(seconds=0))
    with embedding("") as apart, pytest.raises(StoreError, match="could not be made vectors: the process of gt-all"):
        apart.passages(["a text"])

"""Of a long paper little is in memory at once: its parts stay on disk, and workers do not run far ahead."""

import io
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import StoreError
from corpus.settings import Limits
from indexer.parts import AT_ONCE, File, write
from indexer.processes.workers import AHEAD, workers
from indexer.retrieval.embedder import Embedder
from indexer.retrieval.embedding import embedding


def kept(path: Path, parts: Sequence[Sequence[int]]) -> list[Sequence[int]]:
    with path.open("wb") as file:
        file.write(b"what stands before")
        places = [write(file, part) for part in parts]
    held = File(path)
    path.unlink()
    return [held.part(place) for place in places]


def test_parts_are_sequences_as_they_were(tmp_path: Path) -> None:
    """Any number of times, by index and from behind, two at once, also when the file is gone; an empty one is ()."""
    most = range(AT_ONCE * 2 + 5)
    none, few, many = kept(tmp_path / "parts", [(), (7, 8), most])
    assert none == ()
    assert list(few) == list(few) == [7, 8]
    assert (len(many), many[0], many[-1], many[AT_ONCE], list(many[3:5])) == (len(most), 0, most[-1], AT_ONCE, [3, 4])
    assert list(zip(many, many, strict=True)) == list(zip(most, most, strict=True))
    with pytest.raises(IndexError):
        few[2]


@given(st.lists(st.integers(), max_size=3 * AT_ONCE))
def test_parts_are_written_in_pieces(things: list[int]) -> None:
    """The number told is that of the things, whatever that is."""
    assert write(io.BytesIO(), iter(things)) == (0, len(things))


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

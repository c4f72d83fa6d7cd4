"""Killed at any moment, the index answers as before or as after, and the next run completes it.

Real processes over real SQLite and Chroma, ended by SIGKILL: after every step of the protocol, and at random moments
in and between the steps.
"""

import multiprocessing
import random
import shutil
import signal
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from corpus.settings import Settings
from indexer.index import index_paths
from indexer.retrieval.search import Search
from indexer.retrieval.vectors import Vectors
from kpi_tools.store import Store
from tests import kill_target
from tests.handmade import Letters

CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.kill_target"])

QUESTIONS = ("were bins collected late", "calls answered", "potholes filled", "money of pools")
OLD = "2021-10-06\nBins were collected late.\nCalls | Hart | 2021-08 | 45.66%\nsecret Pools lose money.\n"
NEW = "2021-10-06\nBins were collected early, all of them, each week.\nCalls | Hart | 2021-08 | 46.00%\n"
OTHER = "2022-04-06\nCalls were answered.\nCalls | Hart | 2021-08 | 45.66%\n"
THIRD = "2022-05-01\nPotholes were filled.\nHoles | Mendip | 2022-01 | 12%\n"


@dataclass(frozen=True)
class Scene:
    """Papers that are indexed, and what then is done to them: new texts, another model, a paper taken out."""

    before: dict[str, str]
    after: dict[str, str]
    model: str = "letters"
    gone: str = ""


SCENES = {
    "a first index": Scene({}, {"a.txt": OLD, "b.txt": OTHER}),
    "one changed, one new": Scene({"a.txt": OLD, "b.txt": OTHER}, {"a.txt": NEW, "b.txt": OTHER, "c.txt": THIRD}),
    "one taken out": Scene({"a.txt": OLD, "b.txt": OTHER}, {"a.txt": OLD, "b.txt": OTHER}, gone="a.txt"),
    "another model": Scene({"a.txt": OLD, "b.txt": OTHER}, {"a.txt": OLD, "b.txt": OTHER}, model="other"),
}


class Stage:
    """A scene set up in a folder, to be played many times from the same start."""

    def __init__(self, folder: Path, scene: Scene) -> None:
        self.scene, self.folder = scene, folder
        self.start, self.home, self.papers = folder / "start", folder / "home", folder / "papers"
        self.papers.mkdir()
        self.start.mkdir()
        self._write(scene.before)
        if scene.before:
            kill_target.run(self.start, self.papers, "letters", "", lambda _: None)
            Vectors(Settings(home=str(self.start))).close()
        self._write(scene.after)

    def _write(self, papers: dict[str, str]) -> None:
        for name, text in papers.items():
            (self.papers / name).write_text(text, encoding="utf-8")

    def reset(self) -> None:
        Vectors(Settings(home=str(self.home))).close()
        shutil.rmtree(self.home, ignore_errors=True)
        shutil.copytree(self.start, self.home)

    def play(self, step: Callable[[str], None]) -> None:
        """All of the scene, in this process."""
        kill_target.run(self.home, self.papers, self.scene.model, self.scene.gone, step)

    def finish(self) -> None:
        """The next run, and again what was asked for, unless that was done."""
        settings = Settings(home=str(self.home))
        assert index_paths([], settings, embedder=Letters(self.scene.model)).ok
        with closing(Store(settings.database)) as store:
            gone = self.scene.gone in [paper.document for paper in store.papers()]
        if gone or not self.scene.gone:
            self.play(lambda _: None)

    def play_and_kill(self, target: Callable[..., None], when: object) -> int | None:
        """The scene in a process of its own, and how that ended."""
        scene = self.scene
        process = CONTEXT.Process(target=target, args=(self.home, self.papers, scene.model, scene.gone, when))
        process.start()
        process.join()
        return process.exitcode

    def answers(self, model: str) -> Any:
        """All that a reader can see, with the ids of passages left out: they differ from one attempt to the next."""
        settings = Settings(home=str(self.home))
        with closing(Store(settings.database)) as store:
            search = Search(store, settings, Letters(model))
            return (
                [(paper.document, paper.sha256, paper.counts) for paper in store.papers()],
                store.observations(),
                list(store.passages().values()),
                [_hits(search, question, exempt) for question in QUESTIONS for exempt in (True, False)],
            )

    def complete(self) -> None:
        """Assert that nothing is left to do, and that Chroma has the vectors of live passages and no other."""
        settings = Settings(home=str(self.home))
        with closing(Store(settings.database)) as store:
            assert store.intents() == []
            assert Vectors(settings).ids(store.vectors().collection, -1) == set(store.passage_ids())


def _hits(search: Search, question: str, exempt: bool) -> list[Any]:
    hits = search.find(question, limit=3, exempt=exempt)
    return [(hit.passage, hit.bm25_rank, hit.similarity and round(hit.similarity, 4)) for hit in hits]


@pytest.mark.parametrize("name", SCENES)
def test_killed_after_each_step(tmp_path: Path, name: str) -> None:
    """Proves, for every step there is, that a kill right after it leaves the answers of the last paper that was
    saved, that the next run completes the index, and that Chroma then holds exactly the live passages."""
    stage = Stage(tmp_path, SCENES[name])
    models = ("letters", stage.scene.model)
    stage.reset()
    seen = [[stage.answers(model) for model in models]]
    stage.play(lambda _: seen.append([stage.answers(model) for model in models]))
    after = [stage.answers(model) for model in models]
    assert seen[-1] == after
    assert len(seen) > 3
    for last in range(1, len(seen)):
        stage.reset()
        assert stage.play_and_kill(kill_target.run_until_step, last) == -signal.SIGKILL
        assert [stage.answers(model) for model in models] == seen[last]
        stage.finish()
        assert [stage.answers(model) for model in models] == after
        stage.complete()


def test_killed_at_random_moments(tmp_path: Path) -> None:
    """Proves the same for 24 moments within steps, with a paper so long that Chroma rewrites its files on disk:
    whatever was cut short, the answers are those before or those after a paper."""
    long = "2022-06-01\n" + "".join(f"Leaflet {n} was printed.\n" for n in range(1100))
    before = {"a.txt": OLD, "b.txt": OTHER, "long.txt": long}
    after = {"a.txt": NEW, "b.txt": OTHER, "c.txt": THIRD, "long.txt": long + "More.\n"}
    stage = Stage(tmp_path, Scene(before, after))
    stage.reset()
    clock = [time.monotonic()]
    stage.play(lambda _: clock.append(time.monotonic()))
    lengths = [after - before for before, after in pairwise(clock)]
    stage.reset()
    seen = [stage.answers("letters")]
    stage.play(lambda step: seen.append(stage.answers("letters")) if step == "saved" else None)
    chance = random.Random(20211006)
    killed = 0
    for number in range(24):
        stage.reset()
        step = number * len(lengths) // 24
        moment = (step, chance.random() * lengths[step])
        killed += stage.play_and_kill(kill_target.run_until_moment, moment) == -signal.SIGKILL
        assert stage.answers("letters") in seen
        stage.finish()
        assert stage.answers("letters") == seen[-1]
        stage.complete()
    assert killed > 12

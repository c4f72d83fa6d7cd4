"""What several tests share: the sample papers, indexed once with the real reader, store and embedder."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

from bot.engine import Engine
from corpus.settings import Settings
from indexer.golden import SAMPLE
from indexer.index import index_paths
from indexer.processes.lock import held
from tests.housed import House

if TYPE_CHECKING:
    from bot.slack.app import Bot
    from tests.attacked import Workspace

os.environ["HF_HUB_OFFLINE"] = "1"
hypothesis.settings.register_profile("untimed", deadline=None)  # a busy machine makes no law untrue
hypothesis.settings.load_profile("untimed")


@pytest.fixture(scope="session")
def sample_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of an index that holds the sample papers: made once, and a copy of it for each process of the tests."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    made, own = shared / "made", Settings(home=str(tmp_path_factory.mktemp("sample")))
    with held(shared / "making.lock"):
        if not made.exists():
            making = shared / "making"
            report = index_paths([Path(SAMPLE)], Settings(home=str(making)))
            assert report.ok, report.lines()
            making.rename(made)
    shutil.copytree(made, own.home_path, dirs_exist_ok=True)
    return own


@pytest.fixture(scope="session")
def engine(sample_settings: Settings) -> Engine:
    """The answering engine over the sample papers."""
    return Engine(sample_settings)


@pytest.fixture(scope="session")
def siege(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple["Workspace", "Bot"]]:
    """A workspace in which attempts are made to make an exempt fact appear, and its bot."""
    from tests.attacked import besieged

    with besieged(tmp_path_factory.mktemp("attacked")) as both:
        yield both


@pytest.fixture
def house(tmp_path: Path) -> House:
    """An empty folder of papers, and its index."""
    return House(tmp_path)

"""What several tests share: the sample papers, indexed once with the real reader, store and embedder."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.engine import Engine
from corpus.settings import Settings
from indexer.golden import SAMPLE
from indexer.index import index_paths

if TYPE_CHECKING:
    from bot.slack.app import Bot
    from tests.attacked import Workspace

os.environ["HF_HUB_OFFLINE"] = "1"


@pytest.fixture(scope="session")
def sample_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of an index that holds the sample papers."""
    settings = Settings(home=str(tmp_path_factory.mktemp("sample")))
    report = index_paths([Path(SAMPLE)], settings)
    assert report.ok, report.lines()
    return settings


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

"""The optional cross-encoder: off by default, made on the spot here, and never a reason not to answer."""

import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from corpus.settings import Settings
from indexer.retrieval.embedder import QUIET, Reranker
from indexer.retrieval.search import Search
from kpi_tools.store import Store

WORDS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "bins", "calls", "answered", "when", "are", "the", "accounts")


class Backwards:
    """A reranker that likes best what was found last."""

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:  # noqa: ARG002 - the protocol's form
        return [float(at) for at in range(len(texts))]


def tiny(folder: Path) -> Path:
    """A cross-encoder of some hundred weights, with random ones, saved as any published one is."""
    os.environ.update(QUIET)  # read when the library is first imported, as the other tests expect it
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

    (folder / "vocab.txt").write_text("\n".join(WORDS), encoding="utf-8")
    size = {"hidden_size": 8, "num_hidden_layers": 1, "num_attention_heads": 1, "intermediate_size": 8}
    config = BertConfig.from_dict({"vocab_size": len(WORDS), "num_labels": 1, **size})
    BertForSequenceClassification(config).save_pretrained(folder)
    BertTokenizer(str(folder / "vocab.txt")).save_pretrained(folder)
    return folder


def test_a_model_in_a_folder_scores_every_text(tmp_path: Path) -> None:
    """Proves the real library end to end: one number a text, the same for the same pair, and none for no texts."""
    model = Reranker(str(tiny(tmp_path)))
    scores = model.scores("when are the bins", ["the bins", "the accounts", "the bins"])
    assert len(scores) == 3
    assert scores[0] == pytest.approx(scores[2], abs=1e-5)
    assert model.scores("when", []) == []


def test_passages_come_in_its_order(sample_settings: Settings) -> None:
    """Proves that what was fused is put in the order of the scores, with nothing added or lost."""
    store = Store(sample_settings.database)
    plain, turned = Search(store, sample_settings), Search(store, sample_settings, reranker=Backwards())
    asked = "why were calls about bins not answered"
    assert [h.id for h in turned.find(asked)] == [h.id for h in plain.find(asked)][::-1]
    store.close()


def test_a_model_that_is_not_there_costs_the_order_only(
    sample_settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Proves that a wrong setting is told in the log, once, and that the question is answered as without it."""
    store = Store(sample_settings.database)
    wrong = Settings(home=sample_settings.home, reranking_model=str(tmp_path))
    search, plain = Search(store, wrong), Search(store, sample_settings)
    with caplog.at_level(logging.WARNING):
        found = [[h.id for h in search.find("calls answered")] for _ in range(2)]
    assert found == [[h.id for h in plain.find("calls answered")]] * 2
    assert caplog.text.count("without re-ranking") == 1
    store.close()


def test_none_is_loaded_unless_it_is_set() -> None:
    """Proves that the setting is off by default, and that making one imports nothing."""
    before = set(sys.modules)
    assert Settings().reranking_model == ""
    Reranker("some/model")
    assert not {name for name in set(sys.modules) - before if name.startswith("sentence_transformers")}

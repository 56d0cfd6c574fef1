"""The library: adding, replacing, removing, searching; interrupted, shared and damaged."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from conftest import SHARED

from qa.errors import DocumentError, LibraryLocked, LibraryMismatch, LibraryUnavailable
from qa.library import Library
from qa.library.fusion import scaled, with_quota
from qa.records import Filters
from qa.settings import Settings
from qa.testing import TinyEmbedder

FLOOD = "The river Arle rose by two metres on Monday. Mayor Ines Falk said 40 houses were evacuated."
FIRE = "A fire broke out in the old mill at Brandt. Nobody was hurt, the fire brigade said."


class CountingEmbedder(TinyEmbedder):
    """Counts the texts it embeds."""

    embedded = 0

    def embed(self, texts, on_progress=None):
        self.embedded += len(texts)
        return super().embed(texts, on_progress)


@pytest.fixture
def docs(tmp_path):
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "flood.txt").write_text(FLOOD)
    (folder / "fire.txt").write_text(FIRE)
    return folder


@pytest.fixture
def library(tmp_path):
    with Library(tmp_path / "library", embedder=CountingEmbedder()) as library:
        yield library


def assert_consistent(library):
    """Every passage is in the manifest, in Chroma and in the keyword index exactly once."""
    manifest = library._manifest
    ids = [row[0] for row in manifest._rows("SELECT id FROM passages")]
    with library._vectors._open(manifest.version()) as collection:
        assert sorted(collection.get(include=[])["ids"]) == sorted(ids)
    assert manifest._rows("SELECT COUNT(*) FROM words") == [(len(ids),)]
    assert not manifest.gone() and not manifest.without_vector() and not manifest.pending(1)


def test_add_when_a_folder_is_given_then_its_documents_are_found_by_words_and_meaning(library, docs):
    report = library.add(docs)
    assert sorted(report.added) == ["fire.txt", "flood.txt"]
    hits = library.search("How many houses were evacuated?")
    assert "40 houses" in hits[0].passage.text and hits[0].found_by == "both"
    document = library.document(hits[0].passage.document_id)
    assert document.text == FLOOD and document.text[hits[0].passage.start : hits[0].passage.end] == hits[0].passage.text
    assert_consistent(library)


def test_add_when_nothing_changed_then_nothing_is_embedded(library, docs):
    library.add(docs)
    before = library.embedder().embedded
    assert sorted(library.add(docs).unchanged) == ["fire.txt", "flood.txt"]
    assert library.embedder().embedded == before


def test_add_when_one_file_changed_then_only_it_is_replaced(library, docs):
    library.add(docs)
    before = library.embedder().embedded
    (docs / "fire.txt").write_text("The mill was saved.")
    report = library.add(docs)
    assert report.replaced == ("fire.txt",) and report.unchanged == ("flood.txt",)
    assert library.embedder().embedded == before + 1
    assert [d.text for d in library.documents()] == [FLOOD, "The mill was saved."]
    assert not any("brigade" in hit.passage.text for hit in library.search("fire brigade mill"))
    assert_consistent(library)


def test_add_when_a_file_is_bad_then_it_is_refused_and_the_others_are_added(library, docs):
    (docs / "empty.txt").write_text("")
    (docs / "broken.pdf").write_bytes(b"%PDF-1.7 nothing")
    report = library.add(docs, docs / "missing.txt")
    assert len(report.added) == 2 and len(report.refused) == 3
    assert all(refused.error and refused.hint for refused in report.refused)


def test_add_when_a_stored_file_became_unreadable_then_what_was_stored_stays(library, docs):
    library.add(docs)
    (docs / "fire.txt").write_bytes(b"\x00\x01\x02" * 50)
    assert len(library.add(docs).refused) == 1
    assert FIRE in [d.text for d in library.documents()]


def test_add_when_two_files_have_one_text_then_it_is_stored_once_and_lives_until_both_are_gone(library, docs):
    shutil.copy(docs / "fire.txt", docs / "copy.txt")
    library.add(docs)
    assert library.count() == 2
    library.remove("copy.txt")
    assert FIRE in [d.text for d in library.documents()]
    library.remove("fire.txt")
    assert FIRE not in [d.text for d in library.documents()]
    assert_consistent(library)


def test_add_when_two_files_have_one_name_then_both_get_a_name_of_their_own(library, docs):
    (docs / "more").mkdir()
    (docs / "more" / "fire.txt").write_text("Another fire, at Lund.")
    library.add(docs)
    assert sorted(d.name for d in library.documents()) == ["fire.txt", "flood.txt", "more/fire.txt"]


def test_add_when_progress_is_wanted_then_each_stage_reports_up_to_its_end(library, docs):
    seen = []
    library.add(docs, on_progress=seen.append)
    assert {p.stage for p in seen} == {"reading", "embedding"}
    assert seen[-1].done == seen[-1].total == 2


def test_sync_when_a_file_is_gone_then_its_document_is_removed_from_every_index(library, docs):
    library.add(docs)
    (docs / "fire.txt").unlink()
    report = library.sync(docs)
    assert report.removed == ("fire.txt",) and report.unchanged == ("flood.txt",)
    assert not any("mill" in hit.passage.text for hit in library.search("fire in the mill"))
    assert_consistent(library)


def test_sync_when_the_folder_does_not_exist_then_an_error_and_nothing_is_removed(library, docs):
    library.add(docs)
    with pytest.raises(DocumentError):
        library.sync(docs / "nowhere")
    assert library.count() == 2


def test_remove_when_the_name_is_unknown_then_an_error_and_nothing_is_removed(library, docs):
    library.add(docs)
    with pytest.raises(DocumentError, match="nothing.txt"):
        library.remove("fire.txt", "nothing.txt")
    assert library.count() == 2


def test_search_when_filtered_then_only_documents_inside_are_found(library, docs):
    (docs / "dated.txt").write_text(" date 2024-03-15 The mill at Brandt burnt again.")
    library.add(docs)
    assert {library.document(h.passage.document_id).name for h in library.search("mill Brandt", filters=Filters(documents=("fire.txt",)))} == {"fire.txt"}
    march = Filters(since=date(2024, 3, 1), until=date(2024, 3, 31))
    assert {library.document(h.passage.document_id).name for h in library.search("mill Brandt", filters=march)} == {"dated.txt"}
    assert library.search("mill", filters=Filters(documents=("none.txt",))) == []


@pytest.mark.parametrize("question", ["", "   ", "?", '"', "NEAR(a b)", "a AND OR", "*", "the of and", "'; DROP TABLE passages; --", "\x00", "é" * 5000])
def test_search_when_the_question_is_odd_then_it_is_only_a_question(library, docs, question):
    library.add(docs)
    assert len(library.search(question)) <= 2
    assert library.count() == 2


def test_search_when_the_library_is_empty_then_nothing(library):
    assert library.search("anything") == []


def test_open_when_other_settings_built_it_then_a_mismatch_that_says_which(tmp_path, docs):
    Library(tmp_path / "a", embedder=TinyEmbedder()).close()
    with pytest.raises(LibraryMismatch, match="passage_tokens is '200', not '64'"):
        Library(tmp_path / "a", Settings(passage_tokens=64), embedder=TinyEmbedder())


def test_open_when_the_folder_is_a_file_or_the_manifest_is_damaged_then_unavailable_with_a_hint(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(LibraryUnavailable):
        Library(tmp_path / "file")
    (tmp_path / "damaged").mkdir()
    (tmp_path / "damaged" / "manifest.sqlite3").write_bytes(b"not a database" * 100)
    with pytest.raises(LibraryUnavailable) as error:
        Library(tmp_path / "damaged")
    assert error.value.hint


@pytest.mark.parametrize("damage", ["deleted", "overwritten"])
def test_search_when_chroma_was_damaged_then_it_is_rebuilt_from_the_manifest(tmp_path, docs, damage):
    with Library(tmp_path / "library", embedder=TinyEmbedder()) as library:
        library.add(docs)
    if damage == "deleted":
        shutil.rmtree(tmp_path / "library" / "chroma")
    else:
        (tmp_path / "library" / "chroma" / "chroma.sqlite3").write_bytes(b"damaged" * 1000)
    with Library(tmp_path / "library", embedder=TinyEmbedder()) as library:
        assert library.search("How many houses were evacuated?")[0].found_by == "both"
        assert_consistent(library)


def test_write_when_another_process_is_writing_then_locked_and_reading_goes_on(tmp_path, docs):
    with Library(tmp_path / "library", Settings(lock_seconds=0.1), embedder=TinyEmbedder()) as library:
        library.add(docs)
        held = subprocess.Popen(
            [sys.executable, "-c", "import sys, time\nfrom filelock import FileLock\nwith FileLock(sys.argv[1]):\n print('held', flush=True)\n time.sleep(60)",
             str(tmp_path / "library" / "write.lock")], stdout=subprocess.PIPE, text=True)
        try:
            assert held.stdout.readline() == "held\n"
            with pytest.raises(LibraryLocked) as error:
                library.add(docs)
            assert error.value.retryable and error.value.hint
            assert library.search("houses evacuated")
        finally:
            held.kill()
            held.wait()


def test_add_when_several_threads_add_then_all_is_there_once(library, tmp_path):
    folders = []
    for n in range(6):
        folder = tmp_path / f"part{n}"
        folder.mkdir()
        for k in range(5):
            (folder / f"{n}-{k}.txt").write_text(f"Report {n}-{k}: the ferry carried {n * 10 + k} people to the island.")
        folders.append(folder)
    with ThreadPoolExecutor(6) as pool:
        reports = list(pool.map(library.add, folders))
    assert sum(len(report.added) for report in reports) == library.count() == 30
    assert_consistent(library)


def test_mirror_when_other_paths_are_given_then_only_what_is_there_stays(library, docs, tmp_path):
    library.add(docs)
    (tmp_path / "note.txt").write_text("The school reopened on Friday.")
    report = library.mirror([tmp_path / "note.txt"])
    assert report.added == ("note.txt",) and sorted(report.removed) == ["fire.txt", "flood.txt"]
    assert_consistent(library)


def test_read_when_another_process_changed_the_library_then_no_ghosts_and_the_new_is_found(tmp_path, docs):
    with Library(tmp_path / "library", embedder=TinyEmbedder()) as reader:
        reader.add(docs)
        assert reader.search("mill Brandt")
        (docs / "fire.txt").unlink()
        (docs / "storm.txt").write_text("A storm took the roof of the church in Lund.")
        code = "import sys\nfrom qa.library import Library\nfrom qa.testing import TinyEmbedder\nLibrary(sys.argv[1], embedder=TinyEmbedder()).sync(sys.argv[2])"
        subprocess.run([sys.executable, "-c", code, str(tmp_path / "library"), str(docs)], check=True)
        assert not any("mill" in hit.passage.text for hit in reader.search("mill Brandt"))
        hit = reader.search("the roof of the church in Lund")[0]
        assert "storm" in hit.passage.text and hit.found_by == "both"


def many_files(folder: Path) -> Path:
    """The dated messages of the benchmark where the machine has them, else as many invented ones."""
    if (SHARED / "bench" / "lihua" / "docs").is_dir():
        return Path(shutil.copytree(SHARED / "bench" / "lihua" / "docs", folder))
    folder.mkdir()
    for n in range(300):
        (folder / f"{n:03}.txt").write_text(f"Time: 20240101_{n % 24:02}:00\n" + f"Message {n} says that crate {n * 7} went to harbour {n * 3}. " * (1 + n % 9))
    return folder


@pytest.mark.slow
def test_add_when_killed_at_random_moments_then_nothing_is_lost_or_doubled(tmp_path):
    """KILL_ROUNDS sets the number of kills (default 5)."""
    docs = many_files(tmp_path / "docs")
    command = [sys.executable, "-m", "qa", "add", "--embedding", os.environ.get("KILL_EMBEDDING", "static"), "--library"]
    began = time.monotonic()
    added = subprocess.run([*command, str(tmp_path / "whole"), str(docs)], capture_output=True, text=True)
    assert added.returncode == 0, added.stderr
    whole = time.monotonic() - began
    settings = Settings(embedding=os.environ.get("KILL_EMBEDDING", "static"))
    with Library(tmp_path / "whole", settings) as library:
        expected = sorted((d.name, d.id) for d in library.documents())
    moments = random.Random(11)
    library_folder = tmp_path / "killed"
    for round_number in range(int(os.environ.get("KILL_ROUNDS", "5"))):
        if round_number % 5 == 0:
            shutil.rmtree(library_folder, ignore_errors=True)
        process = subprocess.Popen([*command, str(library_folder), str(docs)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(moments.uniform(0.05, whole))
        process.send_signal(signal.SIGKILL)
        process.wait()
        changed = docs / expected[round_number % len(expected)][0]
        changed.write_text(changed.read_text() + f"\nRound {round_number} came after.")  # a replacement is interrupted too
        with Library(library_folder, settings) as library:
            known = {d.name for d in library.documents()}
            assert known <= {name for name, _ in expected}
            assert_consistent(library)
    report = subprocess.run([*command, str(library_folder), str(docs)], check=True, capture_output=True, text=True)
    with Library(library_folder, settings) as library:
        assert sorted(d.name for d in library.documents()) == [name for name, _ in expected], report.stdout
        assert all(d.text == Path(d.source).read_text() for d in library.documents())
        assert_consistent(library)


def test_scaled_when_scores_differ_or_not_then_from_0_to_1_or_all_1():
    assert scaled(np.array([4.0, 2.0, 3.0])).tolist() == [1.0, 0.0, 0.5]
    assert scaled(np.array([2.0, 2.0])).tolist() == [1.0, 1.0]


def test_quota_when_one_document_would_fill_the_result_then_others_with_as_much_to_say_have_their_turn_first():
    ranked = [(1, "a", 1.0), (2, "a", 0.9), (3, "a", 0.9), (4, "b", 0.85), (5, "a", 0.8), (6, "c", 0.2)]
    assert with_quota(ranked, limit=3, per_document=2) == [1, 2, 4]
    assert with_quota(ranked, limit=5, per_document=2) == [1, 2, 3, 4, 5]  # c says too little to displace anything


def test_documents_when_front_matter_gives_metadata_then_it_is_kept(library, tmp_path):
    path = tmp_path / "note.md"
    path.write_text("---\ntitle: A note\npublished: 2024-03\nkind: commentary\n---\n\nThe council met in Lund on Friday to talk about the mill.\n")
    library.add(path)
    (document,) = library.documents()
    assert (document.title, document.published, document.published_precision, document.kind) == ("A note", date(2024, 3, 1), "month", "commentary")
    assert document.source == str(path) and json.dumps(document.text) == json.dumps(path.read_text())


# ---- corrections by hand

DATED = "---\ntitle: The flood\npublished: 2031-05-04\n---\n\n" + FLOOD


def test_correct_when_title_and_date_are_set_then_filters_search_and_a_new_library_know_them(tmp_path, library, docs):
    library.add(docs)
    corrected = library.correct("flood.txt", title=" Deluge  at Arle ", published="2031-03")
    assert (corrected.title, corrected.published, corrected.published_precision) == ("Deluge at Arle", date(2031, 3, 1), "month")
    assert corrected.corrected == ("published", "title") and library.documents()[1] == corrected == library.document(corrected.id)
    assert [d.name for d in library.documents(Filters(since=date(2031, 1, 1)))] == ["flood.txt"]
    assert library.search("deluge")[0].found_by == "both" and library.titles()[1][2] == "Deluge at Arle"
    assert_consistent(library)
    with Library(tmp_path / "library", embedder=CountingEmbedder()) as again:
        assert again.document(corrected.id) == corrected


def test_correct_when_the_title_changes_again_then_the_words_of_the_one_before_find_nothing(library, docs):
    library.add(docs)
    library.correct("flood.txt", title="Deluge")
    library.correct("flood.txt", title="Inundation")
    assert "both" not in {hit.found_by for hit in library.search("deluge")} and library.search("inundation")[0].found_by == "both"
    assert library.document(library.documents()[1].id).corrected == ("title",)


def test_correct_when_the_file_is_added_again_unchanged_or_changed_elsewhere_then_it_stays(library, docs):
    (docs / "flood.txt").write_text(DATED)
    library.add(docs)
    library.correct("flood.txt", title="Deluge", published="")
    library.add(docs)
    library.sync(docs)
    (docs / "flood.txt").write_text(DATED + " The water fell on Thursday.")
    assert library.add(docs).replaced == ("flood.txt",)
    document = library.documents(Filters(documents=("flood.txt",)))[0]
    assert "Thursday" in document.text and (document.title, document.published, document.published_precision) == ("Deluge", None, "none")
    assert library.search("deluge")[0].found_by == "both"
    assert_consistent(library)


def test_correct_when_the_file_itself_says_something_new_then_that_counts_and_the_other_correction_stays(library, docs):
    (docs / "flood.txt").write_text(DATED)
    library.add(docs)
    library.correct("flood.txt", title="Deluge", published="2031-03")
    (docs / "flood.txt").write_text(DATED.replace("The flood", "The great flood"))
    library.add(docs)
    document = library.documents(Filters(documents=("flood.txt",)))[0]
    assert (document.title, document.published, document.corrected) == ("The great flood", date(2031, 3, 1), ("published",))
    (docs / "flood.txt").write_text(DATED)
    library.add(docs)
    assert library.documents(Filters(documents=("flood.txt",)))[0].title == "The flood"


def test_correct_when_set_back_to_what_the_file_says_then_it_is_no_correction(library, docs):
    (docs / "flood.txt").write_text(DATED)
    library.add(docs)
    read = library.documents(Filters(documents=("flood.txt",)))[0]
    library.correct("flood.txt", title="Deluge", published="2030")
    assert library.correct("flood.txt", title="The flood", published="2031-05-04") == read


def test_correct_when_the_document_is_removed_then_it_is_forgotten(library, docs):
    library.add(docs)
    library.correct("flood.txt", title="Deluge")
    library.remove("flood.txt")
    library.add(docs)
    assert library.documents(Filters(documents=("flood.txt",)))[0].corrected == ()


def test_correct_when_one_text_has_two_names_then_only_the_named_one_changes(library, docs):
    (docs / "again.txt").write_text(FLOOD)
    library.add(docs)
    second = library.correct("flood.txt", title="Deluge")  # added after again.txt, which gives the text its title
    assert second.title == "Deluge" and library.document(second.id).title != "Deluge"
    assert "both" not in {hit.found_by for hit in library.search("deluge")}
    library.remove("again.txt")
    assert library.document(second.id).title == "Deluge"
    assert_consistent(library)


@pytest.mark.parametrize("facts", [{"published": "soonish"}, {"published": "2031-13"}, {"title": "x", "published": "05.06"}])
def test_correct_when_it_is_no_date_then_nothing_changes(library, docs, facts):
    library.add(docs)
    before = library.documents()
    with pytest.raises(DocumentError, match="not a date"):
        library.correct("flood.txt", **facts)
    with pytest.raises(DocumentError, match="No document is named"):
        library.correct("nobody.txt", title="x")
    assert library.documents() == before


def test_revision_when_anything_changes_then_it_changes_too_and_not_by_reading(tmp_path, library, docs):
    library.add(docs)
    library.search("flood")
    seen = [library.revision()]
    library.search("mill")
    assert library.revision() == seen[0] and library.waiting() == set()
    library.correct("flood.txt", title="Deluge")
    seen.append(library.revision())
    with Library(tmp_path / "library", embedder=CountingEmbedder()) as other:
        other.remove("fire.txt")
    seen.append(library.revision())
    library.remove("flood.txt")
    seen.append(library.revision())
    assert len(set(seen)) == 4

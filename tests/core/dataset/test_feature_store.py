import numpy as np
import pytest

from core.dataset.feature_store import FeatureStore
from core.errors import TrainingError
from core.sound.clip import AudioClip
from core.sound.features import FeatureConfig, LogMelFrontEnd
from tests.helpers.disks import FULL, needs_full_disk
from tests.helpers.recordings import spoken

FEATURES = FeatureConfig()
CLIPS = {f"clip{n}": AudioClip(spoken("one", "s1", n)) for n in range(70)}
NAMES = list(CLIPS)


def fill(folder, names=NAMES, features=FEATURES):
    with FeatureStore(folder, features) as store:
        for name in names:
            store.add(name, CLIPS[name])
        return store.open_rows(names)


def expected(names):
    samples = np.stack([CLIPS[name].samples for name in names])
    return LogMelFrontEnd(FEATURES).model_input(samples)


@pytest.fixture
def computed(monkeypatch):
    """How many clips the front end was given."""
    counts = []
    model_input = LogMelFrontEnd.model_input

    def counting(self, samples):
        counts.append(len(samples))
        return model_input(self, samples)

    monkeypatch.setattr(LogMelFrontEnd, "model_input", counting)
    return counts


def test_rows_are_what_the_front_end_computes(tmp_path):
    rows = fill(tmp_path)
    assert rows.shape == (70, 128, 16)
    np.testing.assert_allclose(rows[:], expected(NAMES), atol=1e-4)
    np.testing.assert_array_equal(rows[np.array([5, 2])], rows[:][[5, 2]])


def test_a_store_of_takes_keeps_the_samples(tmp_path):
    rows = fill(tmp_path, NAMES[:3], None)
    np.testing.assert_array_equal(rows[:], [CLIPS[name].samples for name in NAMES[:3]])


def test_stores_of_other_features_are_kept_apart(tmp_path):
    fill(tmp_path)
    with FeatureStore(tmp_path, FeatureConfig(n_mels=64)) as store:
        assert NAMES[0] not in store
        assert store.row_shape == (64, 16)


def test_the_second_start_computes_nothing(tmp_path, computed):
    first = fill(tmp_path)[:]
    assert sum(computed) == 70
    computed.clear()
    again = fill(tmp_path, NAMES[::-1])
    assert computed == []
    np.testing.assert_array_equal(again[:], first[::-1])


def test_two_stores_at_once_do_not_disturb_each_other(tmp_path):
    with FeatureStore(tmp_path, FEATURES) as one, FeatureStore(tmp_path, FEATURES) as other:
        for number, name in enumerate(NAMES):
            for store in (one, other) if number % 2 else (other,):
                store.add(name, CLIPS[name])
            if number % 10 == 0:
                one.flush()
                other.flush()
        odd = NAMES[1::2]
        np.testing.assert_allclose(one.open_rows(odd)[:], expected(odd), atol=1e-4)
        np.testing.assert_allclose(other.open_rows(NAMES)[:], expected(NAMES), atol=1e-4)
    np.testing.assert_allclose(fill(tmp_path)[:], expected(NAMES), atol=1e-4)


def test_a_gap_that_a_crash_has_left_is_stepped_over(tmp_path):
    fill(tmp_path, NAMES[:3])
    (file,) = tmp_path.glob("*.f32")
    with file.open("ab") as broken_off:
        broken_off.write(b"half a row")
    np.testing.assert_allclose(fill(tmp_path)[:], expected(NAMES), atol=1e-4)
    np.testing.assert_allclose(fill(tmp_path)[:], expected(NAMES), atol=1e-4)


@pytest.mark.parametrize("left", [0, 1])
def test_rows_that_were_lost_are_computed_again_and_mixed_up_with_no_others(tmp_path, left):
    fill(tmp_path, NAMES[:10])
    (file,) = tmp_path.glob("*.f32")
    with file.open("rb+") as cut_short:
        cut_short.truncate(left * 4 * 128 * 16)
    fill(tmp_path, NAMES[20:40])
    np.testing.assert_allclose(fill(tmp_path)[:], expected(NAMES), atol=1e-4)


def test_what_was_never_added_is_not_there(tmp_path):
    with FeatureStore(tmp_path, FEATURES) as store, pytest.raises(KeyError):
        store.open_rows(["unknown"])


@needs_full_disk
def test_a_full_disk_is_said(tmp_path):
    fill(tmp_path, NAMES[:1])
    (file,) = tmp_path.glob("*.f32")
    file.unlink()
    file.symlink_to(FULL)
    with FeatureStore(tmp_path, FEATURES) as store:
        store.add(NAMES[1], CLIPS[NAMES[1]])
        with pytest.raises(TrainingError, match=r"cannot be kept.*No space left"):
            store.flush()


def test_rows_can_be_read_after_their_memory_was_given_back(tmp_path):
    rows = fill(tmp_path)
    before = rows[:]
    rows.release()
    np.testing.assert_array_equal(rows[:], before)


def test_a_cache_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "cache").write_text("a file where the folder should be")
    with pytest.raises(TrainingError, match="cannot be kept in"):
        FeatureStore(tmp_path / "cache", FEATURES)

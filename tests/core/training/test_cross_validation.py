import numpy as np
import pytest

from core.labels import SILENCE, UNKNOWN
from core.training import counter_examples as module
from core.training.counter_examples import counter_examples
from core.training.cross_validation import MOST_PARTS, Lesson, divide, learn
from core.training.encoder import N_VALUES


def test_nobody_is_judged_by_a_head_that_has_heard_them():
    speakers = ["ann", "bob", "ann", "cid", "bob", "cid", "dan"] * 3
    parts = divide(["one"] * len(speakers), speakers)
    for name in set(speakers):
        of_one = {part for part, speaker in zip(parts, speakers, strict=True) if speaker == name}
        assert len(of_one) == 1
    assert len(set(parts)) == 4


def test_one_persons_clips_are_judged_in_turns_of_one_of_every_word():
    labels = ["yes"] * 5 + ["no"] * 5 + ["maybe"] * 5
    parts = divide(labels, ["me"] * 15)
    for part in range(MOST_PARTS):
        assert sorted(np.array(labels)[parts == part]) == ["maybe", "no", "yes"]


def test_people_without_a_name_are_judged_too():
    parts = divide(["one"] * 6, ["ann", "bob", None, None, None, None])
    assert set(parts) == {0, 1}


@pytest.fixture
def lesson():
    """Two words, each where no other word is, of five people."""
    random = np.random.default_rng(5)
    known = counter_examples().values
    truth = np.repeat([0, 1], 10)
    values = random.normal(0, 0.1, (20, N_VALUES)) + known.mean(axis=0)
    values[:, :20] += np.where(truth == 0, 4, -4)[:, np.newaxis]
    people = [f"s{n % 5}" for n in range(20)]
    return Lesson(
        ("left", "right", SILENCE, UNKNOWN),
        values.astype(np.float32),
        truth,
        divide(truth.astype(str).tolist(), people),
        np.zeros((0, 20, N_VALUES), np.float32),
    )


def test_words_are_known_and_others_turned_down(lesson):
    judged = learn(lesson)
    assert (judged.clips.argmax(axis=1) == lesson.truth).all()
    assert (judged.head.probabilities(lesson.values).argmax(axis=1) == lesson.truth).all()
    assert (judged.others.argmax(axis=1) >= 2).mean() > 0.95
    np.testing.assert_allclose(judged.others.sum(axis=1), 1, atol=1e-5)
    temperature, points = judged.calibration(lesson.truth, lesson.labels)
    assert 0.25 <= temperature <= 4
    assert points[0].accepted == 1
    assert points[0].rejected > 0.95


def test_a_word_that_is_taught_is_no_counter_example(lesson):
    others = counter_examples()
    assert {"left", "right", SILENCE} <= set(others.labels)
    without = others.without(["Left", "RIGHT!", "2"])
    assert not {"left", "right", "two"} & set(without.labels)
    assert "three" in without.labels
    assert len(learn(lesson).others) == len(others.without(["left", "right"]).labels)


def test_it_can_be_ended_between_two_turns(lesson):
    class EndedError(Exception):
        pass

    def end(done, total):
        assert total == 5
        if done == 1:
            raise EndedError

    with pytest.raises(EndedError):
        learn(lesson, end)


def test_what_ships_is_bounded_and_read_as_it_was_written(tmp_path, monkeypatch):
    shipped = counter_examples()
    assert module.COUNTER_EXAMPLES.stat().st_size < 2 * 2**20
    assert np.isfinite(shipped.values).all()
    assert shipped.are_noise.sum() > 1000
    assert not shipped.values.flags.writeable
    file = tmp_path / "others.npz"
    module.write_counter_examples(file, ["cat", SILENCE], shipped.values[:2])
    monkeypatch.setattr(module, "COUNTER_EXAMPLES", file)
    counter_examples.cache_clear()
    try:
        again = counter_examples()
        assert list(again.labels) == ["cat", SILENCE]
        np.testing.assert_allclose(again.values, shipped.values[:2], atol=0.02)
        file.write_bytes(b"damaged")
        counter_examples.cache_clear()
        with pytest.raises(module.TrainingError, match=r"others\.npz is damaged"):
            counter_examples()
    finally:
        counter_examples.cache_clear()

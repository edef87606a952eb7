"""How far a run is, as the window says it."""

import itertools

import pytest

from app.shell.progress import Follower, rough
from core.training.events import Advanced, Batch, Epoch, Progress, Start, Stopping


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def follow(follower, *events):
    return [follower.follow(event) for event in events]


def epoch(number):
    return Epoch(number, 1.0, 0.5, 1.0, 0.5, 1.0, True)


def test_the_bar_never_goes_back_and_never_beyond_its_end():
    told = follow(Follower(), *[Advanced(f, None) for f in (0.1, 0.4, 0.3, 0.9, 1.2)])
    assert [now.fraction for now in told] == [0.1, 0.4, 0.4, 0.9, 1.0]


def test_it_says_what_is_going_on_and_which_epoch():
    follower = Follower()
    assert follower.now.doing == "begin"
    events = [epoch(1), Progress("scan", 0, 9), Start("x", 7, 28, 1, 5), Batch(1, 2, 5, 9.0)]
    told = follow(follower, *events, epoch(1), epoch(28), Stopping("done", 28))
    assert [now.doing for now in told[1:]] == [
        "scan",
        "epoch",
        "epoch",
        "epoch",
        "epoch",
        "stopping",
    ]
    assert [now.epoch for now in told] == [0, 0, 1, 1, 2, 28, 28]  # of epochs before a cut: none
    assert told[-1].epochs == 28


def test_without_an_estimate_the_time_is_what_the_run_tells():
    (now,) = follow(Follower(), Advanced(0.5, 80.0))
    assert now.seconds_left == 80.0
    assert now.time_left == "about 1 min 30 s left"
    assert Follower().now.time_left == ""


def test_the_time_settles_from_the_estimate_to_what_the_run_tells():
    clock = Clock()
    follower = Follower(100.0, clock)
    assert follower.now.seconds_left == 100.0
    left = []
    for second in range(0, 51, 5):  # it takes 50 seconds, and tells at first that it takes 5
        clock.now = float(second)
        told = 5.0 if second < 20 else 50.0 - second
        left.append(follower.follow(Advanced(second / 50, told)).seconds_left)
    assert left[-1] == 0.0
    assert all(before - after >= 0 for before, after in itertools.pairwise(left))
    assert max(before - after for before, after in itertools.pairwise(left)) < 20


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(2, "5 s"), (23, "25 s"), (80, "1 min 30 s"), (1234, "21 min"), (5000, "1 h 20 min")],
)
def test_a_time_is_said_no_more_exactly_than_it_is_known(seconds, text):
    assert rough(seconds) == text

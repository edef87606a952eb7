import itertools

import pytest

from core.training import events
from core.training.architectures import NOTEBOOK, PRETRAINED, QUICK
from core.training.progress import RunProgress


class Clock:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def follow(recipe, clock, told):
    """Let events happen, each after some seconds; return what was told of how far it is."""
    heard = []
    progress = RunProgress(recipe, heard.append, clock)
    for seconds, event in told:
        clock.now += seconds
        progress(event)
    assert [e for e in heard if not isinstance(e, events.Advanced)] == [e for _, e in told]
    return [e for e in heard if isinstance(e, events.Advanced)]


def long_run(recipe, epochs, ends, each=10.0):
    """Yield a run of `epochs` at most, that ends after epoch `ends`."""
    yield from ((0.5, events.Progress("scan", n, 20)) for n in range(21))
    yield from ((0.5, events.Progress("features", n, 20)) for n in range(20))
    yield 0.1, events.Start("any", 1, epochs, 1, 10)
    for epoch in range(1, ends + 1):
        for batch in range(1, 10):
            yield each / 10, events.Batch(epoch, batch, 10, 0.0)
        yield each / 10, events.Epoch(epoch, 1.0, 0.5, 1.0, 0.5, each, epoch <= ends // 2)
    yield 0.1, events.Stopping("early", ends // 2)
    for what in ("evaluate", "robustness"):
        yield from ((1.0, events.Progress(what, n, 5)) for n in range(6))
    yield 0.1, events.Saved("model")


@pytest.mark.parametrize(
    ("recipe", "epochs", "ends"),
    [(PRETRAINED, 16, 16), (NOTEBOOK, 100, 23), (NOTEBOOK, 100, 100)],
)
def test_the_bar_of_a_whole_run_never_runs_backwards(clock, recipe, epochs, ends):
    advanced = follow(recipe, clock, list(long_run(recipe, epochs, ends)))
    fractions = [event.fraction for event in advanced]
    assert fractions == sorted(fractions)
    assert all(0 <= fraction <= 1 for fraction in fractions)
    assert (fractions[-1], advanced[-1].seconds_left) == (1.0, 0.0)
    assert len(fractions) > 50


def test_the_bar_of_a_quick_run_never_runs_backwards(clock):
    told = [(0.05, events.Progress("scan", n, 30)) for n in range(31)]
    told += [(0.05, events.Progress("features", n, 30)) for n in range(31)]
    told += [(0.4, events.Progress("learn", n, 5)) for n in range(6)]
    told += [(0.2, events.Progress("save", n, 3)) for n in range(4)]
    told.append((0.1, events.Saved("model")))
    advanced = follow(QUICK, clock, told)
    fractions = [event.fraction for event in advanced]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1


def test_another_folder_does_not_bring_it_back(clock):
    told = [(1.0, events.Progress("scan", n % 11, 10)) for n in range(22)]
    fractions = [event.fraction for event in follow(NOTEBOOK, clock, told)]
    assert fractions == sorted(fractions)


def test_the_seconds_left_settle_instead_of_jumping(clock):
    told = list(long_run(PRETRAINED, 16, 16, each=60.0))
    advanced = follow(PRETRAINED, clock, told)
    left = [event.seconds_left for event in advanced if event.seconds_left is not None]
    middle = left[len(left) // 4 :]
    assert max(abs(a - b) for a, b in itertools.pairwise(middle)) < 0.1 * max(middle)
    assert 16 * 60 * 0.4 < middle[0] < 16 * 60 * 1.5


def test_a_run_that_goes_on_counts_what_is_left_to_do(clock):
    told = [(1.0, events.Start("any", 1, 10, 6, 10)), (1.0, events.Batch(6, 5, 10, 0.0))]
    (*_, last) = follow(PRETRAINED, clock, told)
    assert last.fraction < 0.2

import threading

import pytest

from app.shell.task_runner import TaskRunner
from core.errors import SoundFileError


@pytest.fixture
def runner(qapp):
    runner = TaskRunner("audio-test")
    yield runner
    runner.close()


def test_results_come_back_on_the_gui_thread_in_order(qtbot, runner):
    results = []

    def note(value):
        results.append((value, threading.current_thread() is threading.main_thread()))

    for value in range(5):
        runner.submit(lambda value=value: (value, threading.current_thread().name), note, note)
    qtbot.waitUntil(lambda: len(results) == 5, timeout=3000)
    assert [value for (value, _), _ in results] == list(range(5))
    assert all(name.startswith("audio-test") for (_, name), _ in results)
    assert all(on_main for _, on_main in results)


def test_an_error_is_delivered_not_swallowed(qtbot, runner):
    errors = []
    with qtbot.capture_exceptions() as raised:
        runner.submit(lambda: 1 / 0, lambda _: None, errors.append)
        runner.submit(lambda: 1 / 0)
        qtbot.waitUntil(lambda: len(raised) == 2, timeout=3000)
    assert [kind for kind, _, _ in raised] == [ZeroDivisionError, ZeroDivisionError]
    assert [str(error) for error in errors] == ["Something unexpected went wrong."]


def test_a_failure_that_nobody_handles_is_told_in_a_sentence(qtbot, runner):
    def fail():
        raise SoundFileError("{name} is empty.", name="a.wav")

    told, handled = [], []
    runner.failed.connect(told.append)
    runner.submit(fail, lambda _: None, handled.append)
    runner.submit(fail)
    qtbot.waitUntil(lambda: told == ["a.wav is empty."], timeout=3000)
    assert [str(error) for error in handled] == ["a.wav is empty."]


def test_work_that_follows_at_once_does_not_end_being_busy(qtbot, runner):
    told, done = [], []
    runner.busy_changed.connect(told.append)
    runner.submit(lambda: 1, lambda _: runner.submit(lambda: 2, done.append))
    qtbot.waitUntil(lambda: done == [2] and told[-1:] == [False], timeout=3000)
    assert told == [True, False]


def test_nobody_hears_of_a_dropped_task(qtbot, runner):
    results = []
    gate = threading.Event()
    first = runner.submit(lambda: gate.wait(3) and "first", results.append, results.append)
    second = runner.submit(lambda: "second", results.append, results.append)
    first.drop()
    gate.set()
    qtbot.waitUntil(lambda: results == ["second"], timeout=3000)
    assert not second.dropped


def test_busy_is_told_once_for_any_number_of_tasks(qtbot, runner):
    told = []
    runner.busy_changed.connect(told.append)
    for _ in range(4):
        runner.submit(lambda: None, lambda _: None, lambda _: None)
    qtbot.waitUntil(lambda: told == [True, False], timeout=3000)


def test_closing_waits_skips_what_has_not_begun_and_does_the_last_thing(qapp):
    runner = TaskRunner("audio-test")
    done = []
    gate = threading.Event()
    runner.submit(lambda: (gate.wait(3), done.append("running")), lambda _: None, lambda _: None)
    runner.submit(lambda: done.append("skipped"), lambda _: None, lambda _: None)
    threading.Timer(0.1, gate.set).start()
    runner.close(lambda: done.append("last"))
    assert done == ["running", "last"]

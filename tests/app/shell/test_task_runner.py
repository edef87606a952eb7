import threading

import pytest

from app.shell.task_runner import TaskRunner


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
    runner.submit(lambda: 1 / 0, lambda _: None, errors.append)
    qtbot.waitUntil(lambda: len(errors) == 1, timeout=3000)
    assert isinstance(errors[0], ZeroDivisionError)


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

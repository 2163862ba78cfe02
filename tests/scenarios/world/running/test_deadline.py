"""How long a command may take: what ends it, what may be cut short, and when."""

import os
import signal
import time

import pytest

from maps.told.texts import Words
from scenarios.cli.shared.session import RUNNING, stop_on_signals
from scenarios.world.running.deadline import CutShortError, Deadline


def test_without_anything_to_keep_the_first_request_is_obeyed_at_once():
    deadline = Deadline()
    with pytest.raises(KeyboardInterrupt):
        deadline.hear(signal.SIGINT)
    assert deadline.is_set()


def test_with_something_to_keep_the_first_request_is_taken_and_the_second_obeyed():
    deadline = Deadline()
    deadline.keeps = True
    deadline.hear(signal.SIGTERM)
    assert (deadline.is_set(), deadline.left) == (True, 0)
    with pytest.raises(KeyboardInterrupt):
        deadline.hear(signal.SIGINT)
    assert deadline.heard == signal.SIGTERM


def test_time_counts_from_the_beginning_and_a_part_is_kept_for_writing():
    deadline = Deadline(time.perf_counter() - 10)
    assert deadline.left == float("inf")
    deadline.limit = 30
    deadline.keep(5)
    assert deadline.left == pytest.approx(20, abs=0.5)
    assert deadline.to_search == pytest.approx(15, abs=0.5)
    deadline.keep(50)
    assert deadline.to_search == pytest.approx(10, abs=0.5), "at most half is kept"


def test_work_that_nobody_waits_for_any_more_is_left_at_once():
    deadline = Deadline()
    deadline.limit = 0.2
    before = signal.getsignal(signal.SIGALRM)
    begun = time.perf_counter()
    assert not deadline.finished(lambda: time.sleep(20))
    assert not deadline.finished(lambda: pytest.fail("time is over"))
    assert time.perf_counter() - begun < 5
    assert signal.getsignal(signal.SIGALRM) is before
    deadline.limit = 60
    assert deadline.finished(lambda: None)
    assert not deadline.finished(lambda: pytest.fail("not begun"), needs=100)


def test_a_signal_cuts_short_what_may_be_and_is_told_at_once(capfd):
    deadline = Deadline()
    deadline.keeps = True
    token = RUNNING.set(deadline)
    try:
        with stop_on_signals(Words("en")) as stop:
            assert stop is deadline
            assert not stop.finished(lambda: (os.kill(os.getpid(), signal.SIGTERM), time.sleep(20)))
            with pytest.raises(KeyboardInterrupt) as second:
                os.kill(os.getpid(), signal.SIGTERM)
            assert second.type is not CutShortError
    finally:
        RUNNING.reset(token)
    assert capfd.readouterr().err == "stopping: giving what has been found so far; once more ends at once\n"

"""Makes the cases, runs each in a process of its own, and tells what went wrong.

A process is forked from one that has imported the program, so a case takes a tenth of a second
instead of two. The one that is forked has a single thread, which is looked at each time: a lock
that another thread held would be held in the child for ever. What counts as wrong: a traceback or
an unexpected error in the log, a signal, more than 10 s of a processor or 60 s by the clock (which
says little on a busy machine), more than 1 GB, an exit status that the program does not know.
"""

from __future__ import annotations

import argparse
import contextlib
import faulthandler
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
from dataclasses import dataclass
from pathlib import Path

from tests.fuzz.cases import KINDS, Case
from tests.fuzz.window import run_window

LONGEST_SECONDS = 10  # of a processor
LONGEST_WAIT = 60.0  # by the clock
LARGEST_BYTES = 2**30  # that are used
LARGEST_ROOM = 2**33  # that may be asked for: a case must not take the memory of others
OUTPUT = "output.txt"
STATUSES = {0, 1, 2, 3}


@dataclass(frozen=True, slots=True)
class Running:
    """A case that is under way in a process of its own."""

    name: str
    case: Case
    place: Path
    child: int
    started: float


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a case; `wrong` is empty when it was stood."""

    name: str
    wrong: str
    seconds: float  # of a processor
    megabytes: float
    told: str


def main() -> int:
    """Run the cases that are asked for; 1 when one of them was not stood."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--seed", type=int, default=20261125)
    parser.add_argument("--each", type=int, default=1000, help="cases of each kind")
    parser.add_argument("--first", type=int, default=0, help="number of the first case")
    parser.add_argument("--jobs", type=int, default=2, help="cases at a time")
    parser.add_argument("--kinds", default=",".join(KINDS), help=f"of {', '.join(KINDS)}")
    parser.add_argument("--minutes", type=float, default=120.0, help="at the most")
    parser.add_argument("--only", metavar="KIND:NUMBER", help="one case, and what it printed")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="where to keep what went wrong")
    args = parser.parse_args()
    import_program()
    if args.only:
        kind, _, number = args.only.partition(":")
        running = start_case(kind, int(number), args.seed)
        while (result := finish_case(running, args.keep)) is None:
            time.sleep(0.005)
        print(result.told, f"\n{result.seconds:.1f} s, {result.megabytes:.0f} MB", result.wrong)
        return bool(result.wrong)
    ends = time.monotonic() + 60 * args.minutes
    return bool(sum(run_kind(kind, args, ends) for kind in args.kinds.split(",")))


def run_kind(kind: str, args: argparse.Namespace, ends: float) -> int:
    """Run the cases of a kind, a few at a time; tell what was wrong, and return how many were."""
    numbers = iter(range(args.first, args.first + args.each))
    running: list[Running] = []
    results = []
    while True:
        while len(running) < args.jobs and time.monotonic() < ends:
            number = next(numbers, None)
            if number is None:
                break
            running.append(start_case(kind, number, args.seed))
        if not running:
            break
        time.sleep(0.005)
        for one in list(running):
            if (result := finish_case(one, args.keep)) is not None:
                running.remove(one)
                results.append(result)
                if result.wrong:
                    print(f"{result.name}: {result.wrong}\n{_tail(result.told)}\n", flush=True)
    wrong = sum(bool(result.wrong) for result in results)
    slowest = max((result.seconds for result in results), default=0)
    largest = max((result.megabytes for result in results), default=0)
    print(
        f"{kind}: {len(results)} cases of seed {args.seed}, {wrong} not stood; the slowest "
        f"took {slowest:.1f} s of a processor, the largest {largest:.0f} MB",
        flush=True,
    )
    return wrong


def import_program() -> None:
    """Import what every case needs, before it is forked off."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    import ai_edge_litert.interpreter  # noqa: F401
    import matplotlib.figure  # noqa: F401

    import core.cli.parser
    import core.recognition.recogniser  # noqa: F401


def start_case(kind: str, number: int, seed: int) -> Running:
    """Make a case and start the program on it."""
    place = Path(tempfile.mkdtemp(prefix=f"fuzz-{kind}-{number}-"))
    name = f"{kind}:{number}"
    case = KINDS[kind](random.Random(f"{seed} {name}"), place)
    threads = list(Path("/proc/self/task").iterdir())
    assert len(threads) == 1, "a process with threads is not to be forked"
    started = time.monotonic()
    child = os.fork()
    if child == 0:
        _be_the_program(case, place)
    return Running(name, case, place, child, started)


def finish_case(running: Running, keep: Path | None = None) -> Result | None:
    """Return what came of a case and remove what is left of it; None while it is under way."""
    done, status, usage = os.wait4(running.child, os.WNOHANG)
    waited = time.monotonic() - running.started
    if not done and waited <= LONGEST_WAIT:
        return None
    if not done:
        os.killpg(running.child, signal.SIGKILL)
        _, status, usage = os.wait4(running.child, 0)
    place = running.place
    try:
        output = place / OUTPUT
        told = (output.read_text(errors="replace") if output.exists() else "") + _log(place)
        seconds, megabytes = usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
        wrong = _judge(status, seconds, waited, megabytes, told)
        if wrong and keep is not None:
            kept = keep / running.name.replace(":", "-")
            with contextlib.suppress(shutil.Error):  # of a pipe there is no copy
                shutil.copytree(place, kept, symlinks=True, dirs_exist_ok=True)
        command = " ".join(running.case.command) or "the window"
        return Result(running.name, wrong, seconds, megabytes, f"({command})\n{told}")
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _be_the_program(case: Case, place: Path) -> None:
    """Run the program in this process, which is the case's own, and end it."""
    status = 71
    try:
        os.setsid()
        resource.setrlimit(resource.RLIMIT_CPU, (LONGEST_SECONDS, LONGEST_SECONDS + 1))
        resource.setrlimit(resource.RLIMIT_AS, (LARGEST_ROOM, LARGEST_ROOM))
        home = place / "home"
        os.environ["HOME"] = str(home)
        for name in ("config", "data", "state", "cache"):
            os.environ[f"XDG_{name.upper()}_HOME"] = str(home / name)
        target = os.open(place / OUTPUT, os.O_WRONLY | os.O_CREAT, 0o600)
        os.dup2(target, 1)
        os.dup2(target, 2)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        faulthandler.enable(all_threads=True)  # a signal is to say where it came from
        sys.stdout = open(1, "w", errors="backslashreplace", closefd=False)  # noqa: SIM115
        sys.stderr = open(2, "w", errors="backslashreplace", closefd=False)  # noqa: SIM115
        from app.__main__ import main as program

        status = program(case.command) if case.command else run_window(case.paths, case.folder)
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 72
    except BaseException:  # noqa: BLE001 - it is what is looked for
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _judge(status: int, seconds: float, waited: float, megabytes: float, told: str) -> str:
    if seconds >= LONGEST_SECONDS:
        return f"more than {LONGEST_SECONDS} s of a processor"
    if waited > LONGEST_WAIT:
        return f"more than {LONGEST_WAIT:.0f} s by the clock, {seconds:.1f} s of a processor"
    if os.WIFSIGNALED(status):
        return f"signal {signal.Signals(os.WTERMSIG(status)).name}"
    if megabytes * 2**20 > LARGEST_BYTES:
        return f"{megabytes:.0f} MB"
    if "Traceback (most recent call last)" in told or "Unexpected error" in told:
        return "an error that nobody expected"
    if os.WEXITSTATUS(status) not in STATUSES:
        return f"exit status {os.WEXITSTATUS(status)}"
    return ""


def _log(place: Path) -> str:
    logs = sorted((place / "home" / "state").rglob("*.log"))
    return "".join(path.read_text(errors="replace") for path in logs)


def _tail(text: str) -> str:
    lines = [line for line in text.strip().splitlines() if "propagateSizeHints" not in line]
    return "\n".join(lines[-30:])


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.exit(main())

"""Makes the cases, runs each in a process of its own, and tells what went wrong.

A process is forked from one that has imported the program, so a case takes a tenth of a second
instead of two. What counts as wrong: a traceback or an unexpected error in the log, a signal,
more than 10 s or more than 1 GB, an exit status that the program does not know.
"""

from __future__ import annotations

import argparse
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

LONGEST_SECONDS = 10.0
LARGEST_BYTES = 2**30
STATUSES = {0, 1, 2, 3}


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a case; `wrong` is empty when it was stood."""

    name: str
    wrong: str
    seconds: float
    megabytes: float
    told: str


def main() -> int:
    """Run the cases that are asked for; 1 when one of them was not stood."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--seed", type=int, default=20261125)
    parser.add_argument("--each", type=int, default=1000, help="cases of each kind")
    parser.add_argument("--kinds", default=",".join(KINDS), help=f"of {', '.join(KINDS)}")
    parser.add_argument("--minutes", type=float, default=120.0, help="at the most")
    parser.add_argument("--only", metavar="KIND:NUMBER", help="one case, and what it printed")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="where to keep what went wrong")
    args = parser.parse_args()
    import_program()
    if args.only:
        kind, _, number = args.only.partition(":")
        result = run_case(kind, int(number), args.seed, args.keep)
        print(result.told, f"\n{result.seconds:.1f} s, {result.megabytes:.0f} MB", result.wrong)
        return bool(result.wrong)
    ends = time.monotonic() + 60 * args.minutes
    bad = 0
    for kind in args.kinds.split(","):
        results = []
        for number in range(args.each):
            if time.monotonic() > ends:
                break
            result = run_case(kind, number, args.seed, args.keep)
            results.append(result)
            if result.wrong:
                print(f"{result.name}: {result.wrong}\n{_tail(result.told)}\n", flush=True)
        wrong = sum(bool(result.wrong) for result in results)
        bad += wrong
        slowest = max((result.seconds for result in results), default=0)
        largest = max((result.megabytes for result in results), default=0)
        print(
            f"{kind}: {len(results)} cases of seed {args.seed}, {wrong} not stood; the slowest "
            f"took {slowest:.1f} s, the largest {largest:.0f} MB",
            flush=True,
        )
    return bool(bad)


def import_program() -> None:
    """Import what every case needs, before it is forked off; nothing of it has threads."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    import ai_edge_litert.interpreter  # noqa: F401
    import matplotlib.figure  # noqa: F401

    import core.cli.parser
    import core.recognition.recogniser  # noqa: F401


def run_case(kind: str, number: int, seed: int, keep: Path | None = None) -> Result:
    """Make a case and run it in a process of its own."""
    place = Path(tempfile.mkdtemp(prefix=f"fuzz-{kind}-{number}-"))
    name = f"{kind}:{number}"
    try:
        case = KINDS[kind](random.Random(f"{seed} {name}"), place)
        output = place / "output.txt"
        started = time.monotonic()
        child = os.fork()
        if child == 0:
            _be_the_program(case, place, output)
        status, megabytes = _wait(child, started)
        seconds = time.monotonic() - started
        told = output.read_text(errors="replace") + _log(place)
        wrong = _judge(status, seconds, megabytes, told)
        if wrong and keep is not None:
            shutil.copytree(place, keep / name.replace(":", "-"), symlinks=True, dirs_exist_ok=True)
        command = " ".join(case.command) or "the window"
        return Result(name, wrong, seconds, megabytes, f"({command})\n{told}")
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _be_the_program(case: Case, place: Path, output: Path) -> None:
    """Run the program in this process, which is the case's own, and end it."""
    status = 71
    try:
        os.setsid()
        home = place / "home"
        os.environ["HOME"] = str(home)
        for name in ("config", "data", "state", "cache"):
            os.environ[f"XDG_{name.upper()}_HOME"] = str(home / name)
        target = os.open(output, os.O_WRONLY | os.O_CREAT, 0o600)
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


def _wait(child: int, started: float) -> tuple[int, float]:
    """Wait for a process, but not for ever; return its wait status and its largest memory."""
    while True:
        done, status, usage = os.wait4(child, os.WNOHANG)
        if done:
            return status, usage.ru_maxrss / 1024
        if time.monotonic() - started > LONGEST_SECONDS:
            os.killpg(child, signal.SIGKILL)
            _, status, usage = os.wait4(child, 0)
            return status, usage.ru_maxrss / 1024
        time.sleep(0.005)


def _judge(status: int, seconds: float, megabytes: float, told: str) -> str:
    if seconds > LONGEST_SECONDS:
        return f"more than {LONGEST_SECONDS:.0f} s"
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

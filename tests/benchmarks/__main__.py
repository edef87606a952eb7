"""Prints a table of figures beside those of a reference program, and writes benchmarks.json."""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from core.labels import DIGITS
from core.places import SAMPLES, SHIPPED_MODELS, user_data, user_takes
from core.recognition.bundle import find_bundles
from tests.helpers.recordings import spoken
from tests.helpers.sounds import write

FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[1]
_UNUSUAL = ("PYTHONDONTWRITEBYTECODE",)  # a user's Python keeps what it has compiled
LISTED = 20_000
ROWS = 50_000
KEPT = 10_000
OUTPUT = ROOT / "benchmarks.json"


@dataclass
class Row:
    """A figure, the reference's, and how far apart they should be."""

    name: str
    unit: str
    figure: float
    reference: float | None = None
    goal: str = ""

    def __post_init__(self) -> None:
        self.figure = float(self.figure)  # numpy's smaller floats are no JSON

    @property
    def ratio(self) -> float | None:
        return None if self.reference is None else self.reference / self.figure


def measure(script: str, *arguments: object, timeout: float = 60) -> dict:
    """Run a script in a process of its own; return what it prints."""
    kept = {name: value for name, value in os.environ.items() if name not in _UNUSUAL}
    environment = kept | {
        "QT_QPA_PLATFORM": "offscreen",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, str(FOLDER / script), str(time.monotonic()), *map(str, arguments)]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=timeout, env=environment, cwd=ROOT
    )
    if done.returncode:
        sys.exit(f"{script} failed:\n{done.stderr}")
    return json.loads(done.stdout.splitlines()[-1])


def middle(runs: list[dict], key: str) -> float:
    return float(np.median([run[key] for run in runs]))


def main_job() -> list[Row]:
    """Compare the start, a take, and the memory with the reference program."""
    clips = sorted(SAMPLES.glob("*.wav"))
    reference = [
        measure("reference_program.py", SHIPPED_MODELS / "notebook-cnn", *clips) for _ in range(3)
    ]
    window = [measure("window_program.py", 4) for _ in range(3)]
    takes = np.concatenate([run["take_milliseconds"] for run in window])
    their_takes = np.concatenate([run["take_milliseconds"] for run in reference])
    ticks = np.concatenate([run["ticks_milliseconds"] for run in window])
    ready = middle(reference, "ready_seconds")
    memory = middle(reference, "peak_megabytes")
    p50, p95 = np.percentile(takes, [50, 95])
    their50, their95 = np.percentile(their_takes, [50, 95])
    return [
        Row("window painted, Space accepted", "s", middle(window, "space_seconds"), ready, "10x"),
        Row("ready to recognise", "s", middle(window, "ready_seconds"), ready, "8x"),
        Row("features and recognition, median", "ms", p50, their50, "100x"),
        Row("features and recognition, 95th", "ms", p95, their95, "< 5 ms"),
        Row("peak memory of the window", "MB", middle(window, "peak_megabytes"), memory, "4x"),
        Row("GUI tick while recording, 95th", "ms", np.percentile(ticks, 95), None, "< 8 ms"),
    ]


def explanations() -> list[Row]:
    """Measure how long it takes to say what an answer depends on, with every shipped model."""
    rows = []
    for bundle in find_bundles(SHIPPED_MODELS):
        figures = measure("occlusion_program.py", bundle)["milliseconds"]
        name = f"occlusion map, {bundle.name}, 95th"
        rows.append(Row(name, "ms", float(np.percentile(figures, 95)), None, "< 150 ms"))
    return rows


def training(clips: int = 2000, few: int = 4000, many: int = 40_000) -> list[Row]:
    """Compare features, an epoch, and the memory of large folders with plain loops."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        folder = write_many(home / "clips", clips)

        def program(what: str, data: Path, cache: str, timeout: float = 600) -> dict:
            return measure("training_program.py", what, data, home / cache, timeout=timeout)

        reference = program("reference_features", folder, "none")["seconds"]
        cold = program("features", folder, "features")["seconds"]
        warm = program("features", folder, "features")["seconds"]
        epoch = program("epoch", folder, "features")["seconds"]
        fit = program("reference_epoch", folder, "none")["seconds"]
        shutil.rmtree(folder)
        peaks: list[float] = []
        quick_peaks: list[float] = []
        for number in (few, many):
            folder = write_many(home / "clips", number)
            peaks.append(program("memory", folder, f"cache{number}", 1800)["megabytes"])
            quick_peaks.append(program("quick", folder, f"quick{number}", 1800)["megabytes"])
            shutil.rmtree(folder)
    return [
        Row(f"folder of {clips} clips to features", "s", cold, reference, "8x"),
        Row("the same, second start", "s", warm, reference, "50x"),
        Row("epoch of notebook-cnn, reference model.fit", "s", epoch, fit, "1x"),
        Row(f"peak memory, {many} clips, reference {few}", "MB", peaks[1], peaks[0], "0.67x"),
        Row(
            f"the same of Quick, {many} clips, reference {few}",
            "MB",
            quick_peaks[1],
            quick_peaks[0],
            "0.67x",
        ),
    ]


def presets(clips: int = 3000) -> list[Row]:
    """Compare Quick with Best on the same folder: people where there are some, else tones."""
    recorded = Path(os.environ.get("SPOKEN_DIGITS_RECORDINGS", "nowhere")) / "fsdd"
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        folder = recorded if recorded.is_dir() else write_many(home / "clips", clips)

        def program(what: str, cache: str) -> dict:
            return measure("training_program.py", what, folder, home / cache, timeout=1800)

        best = program("best", "best")["seconds"]
        cold, warm = (program("quick", "quick")["seconds"] for _ in range(2))
        rows = [
            Row("Quick, from the folder to a model, reference Best", "s", cold, best, "< 20 s"),
            Row("the same, second time", "s", warm, best, "< 5 s"),
        ]
        if recorded.is_dir():
            from tests.benchmarks.quick import left_out_mean

            words, every = left_out_mean(recorded, home / "quick")
            rows += [
                Row(
                    "Quick, each of six people left out, best of ten",
                    "%",
                    100 * words,
                    None,
                    "97.5 %",
                ),
                Row("the same, best of twelve", "%", 100 * every),
            ]
    return rows


def write_many(folder: Path, clips: int) -> Path:
    """Write clips of a second in ten labels, no two of them alike."""
    words = [(label, spoken(label, f"s{n}", n)) for label in DIGITS for n in range(20)]
    random = np.random.default_rng(1)
    for number in range(clips):
        label, samples = words[number % len(words)]
        altered = samples * random.uniform(0.5, 1.0) + 0.002 * random.standard_normal(8000)
        write(folder / label / f"s{number % 40}_nohash_{number}.wav", altered)
    return folder


def inspecting() -> list[Row]:
    """Measure the Inspect tab on a folder of 20,000 clips."""
    clips = sorted(SAMPLES.glob("*.wav"))
    with tempfile.TemporaryDirectory() as folder:
        for number in range(LISTED):
            label = Path(folder) / f"speaker{number % 10}"
            label.mkdir(exist_ok=True)
            source = clips[number % len(clips)]
            (label / f"{source.stem}_{number}.wav").symlink_to(source)
        figures = measure("inspect_program.py", folder)

    def p95(key: str) -> float:
        return float(np.percentile(figures[key], 95))

    return [
        Row("next clip drawn, 95th", "ms", p95("next_milliseconds"), None, "< 16 ms"),
        Row(
            "drawn at new settings, median",
            "ms",
            float(np.median(figures["settings_milliseconds"])),
            None,
            "< 16 ms",
        ),
        Row("a folder of 20,000 files listed", "s", figures["folder_seconds"], None, "< 1 s"),
        Row("a jump in its list, 95th", "ms", p95("scroll_milliseconds"), None, "< 16 ms"),
    ]


def library() -> list[Row]:
    """Measure Inspect's list with a data set of 50,000 clips, and while all of them are heard."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for label in DIGITS:
            first = folder / label / "s0_nohash_0.wav"
            first.parent.mkdir()
            shutil.copy(SAMPLES / f"{label}.wav", first)
            for number in range(1, ROWS // len(DIGITS)):
                first.with_name(f"s{number % 40}_nohash_{number}.wav").hardlink_to(first)
        figures = measure("library_program.py", folder, timeout=300)

    def p95(key: str) -> float:
        return float(np.percentile(figures[key], 95))

    return [
        Row(f"{ROWS:,} clips opened", "s", figures["open_seconds"], None, "< 0.5 s"),
        Row("sorted, 95th", "ms", p95("sort_milliseconds"), None, "< 100 ms"),
        Row("searched, 95th", "ms", p95("find_milliseconds"), None, "< 100 ms"),
        Row("GUI tick while they are heard, 95th", "ms", p95("late_milliseconds"), None, "< 16 ms"),
        Row("clips heard in a second", "", figures["heard_per_second"]),
    ]


def kept_takes() -> list[Row]:
    """Measure how long the takes of earlier times hold up a start."""
    with tempfile.TemporaryDirectory() as none, tempfile.TemporaryDirectory() as many:
        takes = Path(many) / user_takes().relative_to(user_data().parent)
        figures = measure("kept_takes_program.py", takes, KEPT, timeout=300)
        program = "kept_start_program.py"
        runs = [(measure(program, none, 0), measure(program, many, KEPT)) for _ in range(5)]
    rows = [Row(f"{KEPT:,} kept takes found", "s", figures["seconds"], None, "< 0.3 s")]
    for name, key in (("painted", "painted_seconds"), ("ready", "ready_seconds")):
        without, kept = (middle(list(each), key) for each in zip(*runs, strict=True))
        rows.append(
            Row(f"window {name}, {KEPT:,} kept takes, reference 0", "s", kept, without, "1x")
        )
    listed = middle([kept for _, kept in runs], "listed_seconds")
    return [*rows, Row("the same, all of them in the list", "s", listed)]


def busy(clips: int = 2000) -> list[Row]:
    """Measure how smooth the window is while it trains a model in its child process."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        folder = write_many(home / "clips", clips)
        figures = measure("busy_program.py", folder, home / "data", timeout=600)
    frames, ticks = figures["frames_milliseconds"], figures["ticks_milliseconds"]
    return [
        Row("zoom dragged while training, 95th", "ms", np.percentile(frames, 95), None, "< 33 ms"),
        Row("GUI tick while training, 95th", "ms", np.percentile(ticks, 95), None, "< 16 ms"),
    ]


def listening() -> list[Row]:
    """Measure listening without a button: its work, and how well it follows people in noise."""
    from tests.benchmarks.listening import NOISE, OTHER_WORDS, follow_people

    ticks = measure("listening_program.py", 10)["ticks_milliseconds"]
    rows = [Row("GUI tick while listening, 95th", "ms", np.percentile(ticks, 95), None, "< 8 ms")]
    streams = follow_people(minutes=10)
    for name, least in (("20 dB", "97 %"), ("10 dB", "94 %")):
        if (followed := streams.get(name)) is None:
            continue
        late = 1000 * np.percentile(followed.latencies, 95)
        right, false = 100 * followed.right_share, followed.false_per_ten_minutes
        rows += [
            Row(f"words found and right at {name}", "%", right, None, least),
            Row(f"false events in 10 minutes, {name}", "", false, None, "< 1"),
            Row(f"label after a word's end, {name}, 95th", "ms", late, None, "< 150 ms"),
            Row(f"share of a core, {name}", "%", 100 * followed.core_share, None, "< 10 %"),
            Row(f"growth of memory, {name}", "MB", followed.grown_megabytes, None, "0"),
        ]
    if streams:
        taken = 100 * streams[OTHER_WORDS].found_share
        false = streams[NOISE].false_per_ten_minutes
        rows += [
            Row("other words taken for a digit", "%", taken, None, "< 3 %"),
            Row("false events in 10 minutes of noise", "", false, None, "< 1"),
        ]
    return rows


def transcribing() -> list[Row]:
    """Measure how long every word of three hours takes, beside asking twice a second."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "three_hours.wav"
        measure("transcribe_program.py", "write", path, timeout=300)
        figures = measure("transcribe_program.py", "words", path, timeout=600)
        plain = measure("transcribe_program.py", "plain", path, timeout=600)
    name = "every word of three hours, 44.1 kHz stereo"
    return [
        Row(name, "s", figures["seconds"], plain["seconds"], "< 20 s"),
        Row("processor time of it", "s", figures["busy_seconds"], plain["busy_seconds"], "< 20 s"),
        Row("words found of 720", "", figures["words"], None, "720"),
        Row("peak memory of it", "MB", figures["peak_megabytes"], None, "< 400 MB"),
    ]


def main() -> None:
    rows = (
        main_job()
        + listening()
        + transcribing()
        + inspecting()
        + library()
        + kept_takes()
        + busy()
        + explanations()
        + training()
        + presets()
    )
    print(f"{'':40s} {'here':>10s} {'reference':>10s} {'ratio':>8s}  goal")
    for row in rows:
        reference = "" if row.reference is None else f"{row.reference:.2f}"
        ratio = "" if row.ratio is None else f"{row.ratio:.1f}x"
        name = f"{row.name}, {row.unit}"
        print(f"{name:40s} {row.figure:10.2f} {reference:>10s} {ratio:>8s}  {row.goal}")
    machine = {"python": platform.python_version(), "system": platform.platform()}
    data = {"machine": machine | {"cores": os.cpu_count()}, "rows": [asdict(row) for row in rows]}
    OUTPUT.write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")
    print(f"\nWritten to {OUTPUT.name}.")


if __name__ == "__main__":
    main()

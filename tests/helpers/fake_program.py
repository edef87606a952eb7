"""What stands in for the program's commands in a child process: quick, and as ill as is wanted.

A file ``mood`` in the data set's folder says how a run goes: well, waiting, crash, fail, silent,
half, deaf; and alone: the folder cannot be divided; corrected: a person has said what clips are.
"""

import argparse
import json
import os
import shutil
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOK = ROOT / "models" / "notebook-cnn"
SIDE = {"clips": 8, "speakers": 2}
SPLIT = {"kind": "speaker", "by_lists": False, "shared_speakers": 0} | dict.fromkeys(
    ("train", "validation", "test"), SIDE
)
LABEL = {"clips": 6, "speakers": 3, "seconds": 6.0}
REPORT = {
    "fingerprint": "f",
    "clips": 18,
    "speakers": 3,
    "seconds": 18.0,
    "sample_rates": {"8000": 18},
    "labels": dict.fromkeys(("one", "two", "cat"), LABEL),
    "problem_counts": {"empty": 1},
    "problems": [{"kind": "empty", "path": "one/bad.wav", "detail": "bad.wav is empty."}],
}
EVALUATION = {
    "accuracy": 0.75,
    "accuracy_interval": [0.6, 0.85],
    "clips": 4,
    "speakers": 2,
    "per_label": {
        "one": {"precision": 1.0, "recall": 0.5, "f1": 0.6667, "clips": 2},
        "two": {"precision": 0.6667, "recall": 1.0, "f1": 0.8, "clips": 2},
    },
    "confusion": [[1, 1], [0, 2]],
    "labels": ["one", "two"],
    "skipped": 0,
    "clip_results": [
        {"name": "one/a.wav", "label": "one", "answer": "one", "confidence": 0.9},
        {"name": "one/b.wav", "label": "one", "answer": "two", "confidence": 0.6},
        {"name": "two/c.wav", "label": "two", "answer": "two", "confidence": 0.8},
        {"name": "two/../../d.wav", "label": "two", "answer": "two", "confidence": 0.7},
    ],
}


def tell(**line):
    print(json.dumps(line), flush=True)


def epoch(number, best=True):
    return {
        "epoch": number,
        "loss": 1 / number,
        "accuracy": 0.5,
        "val_loss": 1 / number if best else 9.0,
        "val_accuracy": 0.25 * number,
        "seconds": 0.1,
        "best": best,
    }


def check(args):
    tell(event="progress", what="scan", done=0, total=20)
    if not args.folder.is_dir():
        sys.exit(f"There is no folder {args.folder}.")
    if mood(args) == "waiting":
        time.sleep(60)
    too_few = args.labels == '["one"]' or mood(args) == "alone"
    quick = args.architecture == "speech-embedding-quick"
    sides = SPLIT | ({"validation": {"clips": 0, "speakers": 0}} if quick else {})
    division = {"error": "Too few."} if too_few else sides
    corrected = {"relabelled": 3, "bad": 1, "ignored": 0} if mood(args) == "corrected" else None
    tell(folder=str(args.folder), **REPORT, split=division, corrections=corrected)


def mood(args):
    path = args.folder / "mood"
    return path.read_text() if path.is_file() else "well"


def train(args):
    run = args.output.with_name(f".{args.output.name}.run")
    how = mood(args)
    if how == "fail":
        tell(event="failed", error="The disk is full.")
        sys.exit(2)
    run.mkdir(parents=True, exist_ok=True)
    tell(event="progress", what="scan", done=0, total=20)
    tell(event="data", labels=["one", "two"], split=SPLIT, problems=1)
    tell(event="advanced", fraction=0.1, seconds_left=None)
    if how == "silent":
        time.sleep(0.8)
    tell(
        event="start", architecture="notebook-cnn", parameters=7, epochs=9, first_epoch=1, batches=5
    )
    tell(event="batch", epoch=1, batch=2, batches=5, seconds_left=75.0)
    tell(event="advanced", fraction=0.2, seconds_left=75.0)
    epochs = [epoch(1), epoch(2), epoch(3, best=False)]
    for line in epochs:
        tell(event="epoch", **line)
    (run / "history.json").write_text(json.dumps({"epochs": epochs}))
    (run / "config.json").write_text(json.dumps({"folder": str(args.folder)}))
    for name in ("last", "best"):
        (run / f"{name}.keras").write_bytes(b"")
    if how == "crash":
        os.abort()
    if how == "half":
        print('{"event": "epo', end="", flush=True)
        os.abort()
    if how == "deaf":
        time.sleep(60)
    reason = "done"
    if how == "waiting":
        word = sys.stdin.readline().strip()
        if word == "cancel":
            tell(event="cancelled")
            sys.exit(3)
        reason = "asked"
    tell(event="stopping", reason=reason, best_epoch=2)
    tell(event="advanced", fraction=1.0, seconds_left=0.0)
    shutil.rmtree(run)
    shutil.copytree(NOTEBOOK, args.output)
    (args.output / "evaluation.json").write_text(json.dumps(EVALUATION))
    (args.output / "history.json").write_text(json.dumps({"epochs": epochs}))
    tell(event="evaluated", evaluation=EVALUATION)
    tell(event="saved", bundle=str(args.output))


def evaluate(args):
    if mood(args) == "fail":
        print("The folder is gone.", file=sys.stderr)
        sys.exit(2)
    clips = [clip | {"answer": clip["label"]} for clip in EVALUATION["clip_results"]]
    better = args.model.name.startswith("better")
    tell(**EVALUATION | ({"accuracy": 1.0, "clip_results": clips} if better else {}))


def export(args):
    if args.output.exists():
        sys.exit(f"{args.output} exists already: choose another name.")
    args.output.write_bytes(b"network")
    tell(event="exported", path=str(args.output))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("command", choices=("check", "train", "evaluate", "export"))
    parser.add_argument("folder", type=Path)
    for option in ("--output", "--model", "--like"):
        parser.add_argument(option, type=Path)
    parser.add_argument("--labels")
    parser.add_argument("--architecture")
    args, _ = parser.parse_known_args()
    globals()[args.command](args)


if __name__ == "__main__":
    main()

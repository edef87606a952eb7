"""What training costs, and what the loops that a person would write cost. Prints its figures.

Usage: training_program.py STARTED WHAT FOLDER CACHE; WHAT is one of the functions below, and
CACHE the folder that features are kept in. STARTED is not looked at.
"""

import itertools
import json
import os
import resource
import statistics
import sys
import time
from pathlib import Path

what, folder, cache = sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4])
os.environ["XDG_CACHE_HOME"] = str(cache)
EPOCHS = 8


def features():
    """From the folder to the features, as a run does it."""
    import scipy.fft  # noqa: F401 - the reference's imports do not count either

    from core.dataset.feature_store import FeatureStore
    from core.dataset.index import ScanIndex
    from core.dataset.scan import scan
    from core.sound.features import FeatureConfig

    began = time.perf_counter()
    with ScanIndex(cache) as index, FeatureStore(cache, FeatureConfig()) as store:
        recordings = scan(folder, index, on_take=store.add).recordings
        rows = store.open_rows([recording.fingerprint for recording in recordings])
    return {"seconds": time.perf_counter() - began, "clips": len(rows)}


def reference_features():
    """The loop of the notebook, file by file."""
    # On a busy machine the threads of a small product wait for each other, ten times as long as
    # the product takes; with one thread the loop is as fast as it can be.
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    import librosa
    import numpy as np

    paths = sorted(folder.glob("*/*.wav"))

    def picture(path):
        samples = librosa.load(path, sr=8000)[0]
        return librosa.power_to_db(librosa.feature.melspectrogram(y=samples, sr=8000), ref=np.max)

    picture(paths[0])
    began = time.perf_counter()
    rows = [picture(path) for path in paths]
    return {"seconds": time.perf_counter() - began, "clips": len(rows)}


def run(epochs):
    from dataclasses import replace

    from core.training import events
    from core.training.config import default_config
    from core.training.run import train

    ended = []

    def report(event):
        if isinstance(event, events.Epoch):
            ended.append(time.perf_counter())

    config = default_config(folder, cache / f"model{time.monotonic_ns()}", "notebook-cnn")
    train(replace(config, epochs=epochs, patience=epochs), report)
    return [later - earlier for earlier, later in itertools.pairwise(ended)]


def epoch():
    """The epochs of a run but the first, with all that it does between them."""
    return {"seconds": statistics.median(run(EPOCHS))}


def reference_epoch():
    """The same network, and as many clips, with model.fit on arrays in memory."""
    import keras
    import numpy as np

    from core.training.architectures import find_architecture

    clips = len(list(folder.glob("*/*.wav")))
    labels = len(list(folder.iterdir()))
    rows = np.random.default_rng(1).normal(size=(clips, 128, 16)).astype(np.float32)
    truth = np.arange(clips) % labels
    model = find_architecture("notebook-cnn").build((128, 16), labels)
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    aside = clips // 5
    seconds = []

    class Clock(keras.callbacks.Callback):
        def on_epoch_begin(self, epoch, logs=None):
            self.began = time.perf_counter()

        def on_epoch_end(self, epoch, logs=None):
            seconds.append(time.perf_counter() - self.began)

    model.fit(
        rows[aside:],
        truth[aside:],
        batch_size=32,
        epochs=EPOCHS,
        validation_data=(rows[:aside], truth[:aside]),
        verbose=0,
        callbacks=[Clock()],
    )
    return {"seconds": statistics.median(seconds[1:])}


def memory():
    """A run of two epochs."""
    run(2)
    return {"megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def quick():
    """A whole run of the preset Quick, as the command line makes it but for its imports."""
    from core.training.presets import PRESETS, preset_config
    from core.training.run import train

    began = time.perf_counter()
    train(preset_config(PRESETS["quick"], folder, cache / f"model{time.monotonic_ns()}"))
    seconds = time.perf_counter() - began
    assert "tensorflow" not in sys.modules
    return {
        "seconds": seconds,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def best():
    """The preset Best for an epoch; the seconds are those of all of its epochs."""
    from dataclasses import replace

    from core.training import events
    from core.training.presets import PRESETS, preset_config
    from core.training.run import train

    epochs = []
    config = preset_config(PRESETS["best"], folder, cache / f"model{time.monotonic_ns()}")
    began = time.perf_counter()
    train(
        replace(config, epochs=1),
        lambda event: epochs.append(event) if isinstance(event, events.Epoch) else None,
    )
    seconds = time.perf_counter() - began
    return {"seconds": seconds + (config.epochs - 1) * epochs[0].seconds}


print(json.dumps(globals()[what]()))

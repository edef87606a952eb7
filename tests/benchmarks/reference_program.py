"""What a person would write: TensorFlow, librosa, load_model, predict. Prints its figures.

Usage: reference_program.py STARTED BUNDLE CLIP…, where STARTED is time.monotonic() of the
caller when it started this process.
"""

import json
import resource
import sys
import time

import librosa
import numpy as np
import tensorflow as tf

started, bundle, *paths = sys.argv[1:]
model = tf.keras.models.load_model(f"{bundle}/model.keras")


def recognise(path_or_samples):
    power = librosa.feature.melspectrogram(y=path_or_samples, sr=8000)
    decibels = librosa.power_to_db(power, ref=np.max)
    picture = (decibels - decibels.mean()) / decibels.std()
    return model.predict(picture[np.newaxis], verbose=0)[0]


clips = [librosa.load(path, sr=8000)[0][:8000] for path in paths]
recognise(clips[0])
ready = time.monotonic() - float(started)
takes = []
for number in range(60):
    begun = time.perf_counter()
    recognise(clips[number % len(clips)])
    takes.append(1000 * (time.perf_counter() - begun))
print(
    json.dumps(
        {
            "ready_seconds": ready,
            "take_milliseconds": takes,
            "peak_megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        }
    )
)

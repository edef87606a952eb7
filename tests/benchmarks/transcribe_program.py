"""Every word of three hours of sound, or a plain way to them. Prints its figures.

Usage: transcribe_program.py STARTED write|words|plain PATH. What is plain asks the network about
the second around every half second, of the first ten minutes, and says what all would take.
"""

import json
import os
import resource
import sys
import time
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
import soundfile

from core.places import DEFAULT_MODEL, SAMPLES
from core.recognition.bundle import load_bundle
from core.recognition.recogniser import DigitRecogniser
from core.recognition.words import words_in
from core.sound.sound_file import find_sound_files, read_clip

RATE, MINUTES, PLAIN_MINUTES = 44_100, 180, 10
A_MINUTE = 4


def write_recording(path):
    """Write three hours of a quiet room in which a digit is said four times a minute."""
    random = np.random.default_rng(0)
    clips = [read_clip(each).resampled(RATE).samples for each in find_sound_files(SAMPLES)]
    room = (random.standard_normal(RATE * 60) * 2e-3).astype(np.float32)
    with soundfile.SoundFile(path, "w", RATE, 2, "PCM_16") as file:
        for minute in range(MINUTES):
            sound = np.roll(room, 1000 * minute)
            for number in range(A_MINUTE):
                clip = clips[(minute * A_MINUTE + number) % len(clips)]
                at = round((number * 15 + 3 + random.uniform(0, 8)) * RATE)
                sound[at : at + clip.size] += clip
            file.write(np.clip(np.stack([sound, 0.8 * sound], 1), -1, 1))


def find_words(path, recogniser):
    return sum(len(part.words) for part in words_in(path, recogniser))


def ask_twice_a_second(path, recogniser):
    samples = read_clip(path, 60 * PLAIN_MINUTES).resampled(8000).samples
    for first in range(0, samples.size - 7999, 4000):
        recogniser.probabilities(samples[np.newaxis, first : first + 8000])
    return 0


what, path = sys.argv[2], Path(sys.argv[3])
figures = {}
if what == "write":
    write_recording(path)
else:
    recogniser = DigitRecogniser(load_bundle(DEFAULT_MODEL))
    times = MINUTES / PLAIN_MINUTES if what == "plain" else 1
    begun, busy = time.perf_counter(), time.process_time()
    words = (ask_twice_a_second if what == "plain" else find_words)(path, recogniser)
    figures = {
        "seconds": times * (time.perf_counter() - begun),
        "busy_seconds": times * (time.process_time() - busy),
        "words": words,
        "peak_megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
print(json.dumps(figures))

"""Explains the sample clips with a model. Prints its figures.

Usage: occlusion_program.py STARTED BUNDLE; STARTED is not used.
"""

import json
import os
import sys
import time
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as app.__main__ does

from core.places import SAMPLES
from core.recognition.bundle import load_bundle
from core.recognition.occlusion import occlusion_map
from core.recognition.recogniser import DigitRecogniser
from core.sound.sound_file import read_second

_, _, bundle = sys.argv
clips = [read_second(path).clip for path in sorted(SAMPLES.glob("*.wav"))]
recogniser = DigitRecogniser(load_bundle(Path(bundle)))
occlusion_map(recogniser, clips[0])
milliseconds = []
for clip in clips * 2:
    begun = time.perf_counter()
    occlusion_map(recogniser, clip)
    milliseconds.append(1000 * (time.perf_counter() - begun))
print(json.dumps({"milliseconds": milliseconds}))

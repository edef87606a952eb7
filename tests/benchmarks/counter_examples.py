"""Makes what ships as counter-examples of recordings: ``python -m … FOLDER [FILE]``.

Only of recordings that the folder's own lists leave to learn from, every word and every person as
alike as can be; of a noise its loudest second and up to four others.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import numpy as np

from core.dataset.index import ScanIndex
from core.dataset.scan import scan
from core.dataset.splits import split
from core.labels import DIGITS, SILENCE, UNKNOWN
from core.places import COUNTER_EXAMPLES, user_cache
from core.sound.clip import SAMPLE_RATE, TAKE_SAMPLES
from core.sound.features import LogMelFrontEnd
from core.sound.sound_file import read_clip, read_second
from core.training.counter_examples import write_counter_examples
from core.training.encoder import Encoder
from core.training.speech_embedding import EMBEDDING_FEATURES

OTHER_WORDS = 2400
FURTHER_SECONDS = 4
_BATCH = 64


def main(folder: Path, file: Path = COUNTER_EXAMPLES) -> None:
    """Write the counter-examples of a folder."""
    with ScanIndex(user_cache()) as index:
        data_set = scan(folder, index)
    sides = split(data_set, (*DIGITS, SILENCE, UNKNOWN))
    learned = {r.name for r in sides.train}
    words = choose([r for r in data_set.recordings if r.name in learned])
    takes = [read_second(r.path).clip.samples for r in words]
    labels = [r.label for r in words]
    for recording in data_set.noise:
        if recording.name in learned:
            seconds = cut(recording.path)
            takes += seconds
            labels += [SILENCE] * len(seconds)
    encoder, front_end = Encoder(), LogMelFrontEnd(EMBEDDING_FEATURES)
    parts = (np.stack(takes[n : n + _BATCH]) for n in range(0, len(takes), _BATCH))
    values = np.concatenate([encoder(front_end.model_input(part)) for part in parts])
    write_counter_examples(file, labels, values)
    print(f"{len(words)} words, {len(labels) - len(words)} noises, {file.stat().st_size:,} bytes")


def choose(recordings):
    """Return recordings drawn so that frequent words and busy people do not prevail."""
    of_label = Counter(r.label for r in recordings)
    of_speaker = Counter(r.speaker for r in recordings)
    shares = np.array([(of_label[r.label] * of_speaker[r.speaker]) ** -0.5 for r in recordings])
    random, n = np.random.default_rng(777), min(OTHER_WORDS, len(recordings))
    chosen = random.choice(len(recordings), n, replace=False, p=shares / shares.sum())
    return [recordings[number] for number in sorted(chosen)]


def cut(path: Path):
    """Return seconds of a noise: the loudest, then every other."""
    samples = read_clip(path).resampled(SAMPLE_RATE).samples
    starts = range(0, max(0, samples.size - TAKE_SAMPLES), 2 * TAKE_SAMPLES)
    others = [samples[n : n + TAKE_SAMPLES] for n in list(starts)[:FURTHER_SECONDS]]
    return [read_second(path).clip.samples, *(o for o in others if o.any())]


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))

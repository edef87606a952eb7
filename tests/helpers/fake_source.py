"""A source that a test drives by hand."""

import numpy as np

from core.errors import AudioDeviceError
from core.sound.clip import Block, clipped_samples
from core.sound.levels import SoundProblem


class FakeSource:
    """Delivers what the test feeds it, at any rate; may fail, overflow, or vanish."""

    is_device = True

    def __init__(self, sample_rate=8000, name="Fake microphone"):
        self.name = name
        self.sample_rate = sample_rate
        self.cues = 0
        self.started = 0
        self.stopped = 0
        self.refuses = None
        self.on_cue = None
        self.keeps_playing = False
        self._blocks = []
        self._gone = False

    def start(self):
        if self.refuses is not None:
            raise AudioDeviceError(self.refuses)
        self.started += 1

    def cue(self):
        self.cues += 1
        if self.on_cue is not None:
            self.feed(self.on_cue)

    def keep_playing(self, on):
        self.keeps_playing = on

    def read(self):
        if self._gone:
            raise AudioDeviceError("{problem}", problem=SoundProblem.DEVICE_GONE.sentence)
        blocks, self._blocks = self._blocks, []
        return blocks

    def stop(self):
        self.stopped += 1

    def feed(self, samples, block=160, overflowed=False):
        """Deliver samples in blocks; the first may follow an overflow."""
        for first in range(0, len(samples), block):
            part = np.asarray(samples[first : first + block], np.float32)
            self._blocks.append(Block(part, overflowed and first == 0, clipped_samples(part)))

    def vanish(self):
        """Behave like a device that was unplugged."""
        self._gone = True

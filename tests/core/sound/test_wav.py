import struct

import numpy as np
import pytest
import soundfile

from core.sound.container import decode_plain_wav
from core.sound.sound_file import read_second
from tests.helpers.sounds import tone, write


def chunk(name, content):
    return name + struct.pack("<I", len(content)) + content + bytes(len(content) % 2)


def wav(*chunks):
    return chunk(b"RIFF", b"WAVE" + b"".join(chunks))


FORMAT = chunk(b"fmt ", struct.pack("<HHIIHH", 1, 1, 8000, 16000, 2, 16))
NUMBERS = np.array([-32768, -1, 0, 1, 32767], "<i2")
DATA = chunk(b"data", NUMBERS.tobytes())


@pytest.mark.parametrize("rate", [8000, 16000, 44100])
def test_the_samples_are_those_of_libsndfile(tmp_path, rate):
    path = write(tmp_path / "a.wav", tone(3.0, rate=rate, amplitude=1.0), rate, "PCM_16")
    samples, found = decode_plain_wav(path.read_bytes())
    expected, _ = soundfile.read(path, dtype="float32")
    assert found == rate
    assert samples.dtype == np.float32
    np.testing.assert_array_equal(samples, expected)


def test_the_extremes_are_exact():
    samples, _ = decode_plain_wav(wav(FORMAT, DATA))
    np.testing.assert_array_equal(samples, NUMBERS / 32768)


def test_chunks_that_say_something_else_are_stepped_over(tmp_path):
    content = wav(chunk(b"LIST", b"odd"), FORMAT, chunk(b"cue ", b"12"), DATA, chunk(b"id3 ", b""))
    (tmp_path / "a.wav").write_bytes(content)
    samples, _ = decode_plain_wav(content)
    np.testing.assert_array_equal(samples, soundfile.read(tmp_path / "a.wav")[0])


@pytest.mark.parametrize("subtype", ["PCM_U8", "PCM_24", "PCM_32", "FLOAT", "ULAW"])
def test_other_formats_are_left_to_libsndfile(tmp_path, subtype):
    path = write(tmp_path / "a.wav", tone(), subtype=subtype)
    assert decode_plain_wav(path.read_bytes()) is None
    assert read_second(path).clip.samples.max() == pytest.approx(0.3, abs=0.01)


def test_so_are_two_channels(tmp_path):
    path = write(tmp_path / "a.wav", np.stack([tone(), tone()], axis=1))
    assert decode_plain_wav(path.read_bytes()) is None
    assert read_second(path).clip.samples.max() == pytest.approx(0.3, abs=0.01)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"RIFF",
        b"no sound at all",
        wav(),
        wav(FORMAT),
        wav(DATA),
        wav(chunk(b"fmt ", b"short"), DATA),
        wav(FORMAT, chunk(b"data", b"")),
        wav(FORMAT, chunk(b"data", b"odd")),
        wav(FORMAT, DATA)[:-1],
    ],
)
def test_so_is_what_is_damaged(content):
    assert decode_plain_wav(content) is None

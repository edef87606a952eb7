"""Sound files of every kind: what can be decoded is decoded, the rest is said in a sentence."""

import errno
import os
import struct
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
import soundfile

from core.errors import SoundFileError
from core.sound.container import Content
from core.sound.decoder import ReadingStopped
from core.sound.sound_file import read_blocks, read_clip, read_second
from tests.helpers.odd_sounds import (
    chunk,
    encoded,
    flac,
    patched,
    pcm,
    wav,
    wav_format,
)
from tests.helpers.sounds import noise, tone, word, write

RATE = 8000
WORD = word(at=1.2, seconds=2.5, room=0.001)
"""Longer than a second: the loudest one is looked for."""
RECORDED = encoded("WAV", "PCM_16", WORD)


def read_in_blocks(path):
    return np.concatenate([clip.samples for clip in read_blocks(path, 0.1)])


def sentence_of(read, path):
    """Return why a file cannot be read; nothing when it can."""
    try:
        read(path)
    except SoundFileError as error:
        return str(error)
    return ""


def kinds():
    """Every container and encoding that libsndfile writes, except the ones without a header."""
    for container in soundfile.available_formats():
        if container in ("RAW", "SD2", "MPC2K"):
            continue
        for subtype in soundfile.available_subtypes(container):
            try:
                encoded(container, subtype, WORD)
            except soundfile.LibsndfileError:
                continue
            yield pytest.param(container, subtype, id=f"{container}-{subtype}")


def assert_is_the_word(path, rate=RATE):
    """Check that every way of reading gives the word, at its place."""
    clip = read_clip(path)
    assert clip.sample_rate == rate
    assert clip.from_file
    second = read_second(path)
    assert second.file_seconds == pytest.approx(clip.seconds)
    assert second.file_seconds == pytest.approx(2.5, rel=0.05)
    assert second.start_seconds == pytest.approx(1.2 + 0.15 - 0.5, abs=0.15)
    spectrum = np.abs(np.fft.rfft(second.clip.samples))
    assert np.argmax(spectrum) == pytest.approx(300, abs=3)
    assert np.square(second.clip.samples).sum() == pytest.approx(2400 * 0.3**2 / 2, rel=0.2)
    assert np.allclose(read_in_blocks(path), clip.samples, atol=1e-6)
    later = read_clip(path, 0.5, 1.25)
    first = round(1.25 * rate)
    assert later.samples.size == rate // 2
    difference = later.samples - clip.samples[first : first + rate // 2]
    assert np.square(difference).mean() < 0.01 * np.square(later.samples).mean()


@pytest.mark.parametrize(("container", "subtype"), list(kinds()))
def test_every_kind_of_file_is_read_in_every_way(tmp_path, container, subtype):
    rate = 44100 if container == "XI" else RATE  # which has no rate of its own
    samples = word(at=1.2, seconds=2.5, rate=rate, room=0.001)
    path = tmp_path / f"a.{container.lower()}"
    path.write_bytes(encoded(container, subtype, samples, rate))
    assert_is_the_word(path, rate)


@pytest.mark.parametrize("channels", [2, 6, 32, pytest.param(1000, marks=pytest.mark.slow)])
def test_any_number_of_channels_is_read(tmp_path, channels):
    frames = np.repeat(WORD[:, None], channels, axis=1)
    path = write(tmp_path / "a.wav", frames)
    assert_is_the_word(path)


CUT_SHORT = {
    "size 0": patched(RECORDED, b"data", "<I", 0),
    "sizes 0": patched(patched(RECORDED, b"data", "<I", 0), 4, "<I", 0),
    "sizes of an empty file": patched(patched(RECORDED, b"data", "<I", 0), 4, "<I", 36),
    "size unknown": patched(RECORDED, b"data", "<I", 0xFFFFFFFF),
    "size of a pipe": patched(RECORDED, b"data", "<I", 0x7FFFFFFF),
    "size too small": patched(RECORDED, b"data", "<I", 1000),
    "size too small and odd": patched(RECORDED, b"data", "<I", 1001),
    "sizes too small": patched(patched(RECORDED, b"data", "<I", 1000), 4, "<I", 0),
    "size too large": patched(RECORDED, b"data", "<I", 2 * len(RECORDED)),
    "extensible, size 0": patched(encoded("WAVEX", "PCM_16", WORD), b"data", "<I", 0),
    "float, size 0": patched(encoded("WAV", "FLOAT", WORD), b"data", "<I", 0),
    "ADPCM, size 0": patched(encoded("WAV", "IMA_ADPCM", WORD), b"data", "<I", 0),
    "GSM, size 0": patched(encoded("WAV", "GSM610", WORD), b"data", "<I", 0),
    "8 bits, size too small": patched(encoded("WAV", "PCM_U8", WORD), b"data", "<I", 1000),
    "RF64, size 0": patched(encoded("RF64", "PCM_16", WORD), b"ds64", "<IQQQ", 28, 0, 0, 0),
    "RF64, size unknown": patched(
        encoded("RF64", "PCM_16", WORD), b"ds64", "<IqqQ", 28, -1, -1, len(WORD)
    ),
    "W64, size 0": patched(encoded("W64", "PCM_16", WORD), 112, "<Q", 0),
    "AU, size 0": patched(encoded("AU", "PCM_16", WORD), 8, ">I", 0),
    "AU, size unknown": patched(encoded("AU", "PCM_16", WORD), 8, ">I", 0xFFFFFFFF),
    "AIFF, sizes 0": patched(encoded("AIFF", "PCM_16", WORD), b"SSND", ">I", 0),
    "CAF, size unknown": patched(encoded("CAF", "PCM_16", WORD), b"data", ">q", -1),
    "CAF, size 0": patched(encoded("CAF", "PCM_16", WORD), b"data", ">q", 0),
    "FLAC, length unknown": flac(WORD, 16, total=0),
    "FLAC, length too large": flac(WORD, 16, total=2**36 - 1),
    "big-endian, size 0": wav(wav_format(order=">"), chunk(b"data", b"", ">"), order=">")
    + pcm(WORD, ">"),
    "data before format": wav(chunk(b"data", pcm(WORD)), wav_format()),
    "two formats": wav(wav_format(), wav_format(), chunk(b"data", pcm(WORD))),
    "an empty one before": wav(wav_format(), chunk(b"data", b""), chunk(b"data", pcm(WORD))),
    "others between": wav(
        chunk(b"JUNK", bytes(999)), wav_format(), chunk(b"LIST", b"odd"), chunk(b"data", pcm(WORD))
    ),
}


@pytest.mark.parametrize("what", CUT_SHORT)
def test_a_header_that_was_never_finished_hides_nothing(tmp_path, what):
    path = tmp_path / "a.wav"
    path.write_bytes(CUT_SHORT[what])
    assert_is_the_word(path)


BEHIND = {
    "nothing": b"",
    "a byte": b"\0",
    "a list": chunk(b"LIST", b"INFOICMT" + bytes(200)),
    "several": chunk(b"abcd", b"123") + chunk(b"efgh", b"1234"),
    "a list that breaks off": chunk(b"LIST", bytes(200))[:100],
    "a tag": b"TAG" + bytes(125),
    "another tag": b"ID3\x03\0\0\0\0\x02\x01" + bytes(257),
}


@pytest.mark.parametrize("rest", BEHIND)
@pytest.mark.parametrize("bits", [8, 16])
def test_what_is_no_sound_is_not_taken_for_it(tmp_path, rest, bits):
    samples = tone(seconds=0.5)
    data = pcm(samples) if bits == 16 else np.uint8(samples * 127 + 128).tobytes()
    content = wav(wav_format(bits=bits), chunk(b"data", data))
    path = tmp_path / "a.wav"
    path.write_bytes(patched(content + BEHIND[rest], 4, "<I", 0))
    assert read_second(path).file_seconds == 0.5
    path.write_bytes(content + bytes(1000))  # where the file says that it ends
    assert read_second(path).file_seconds == 0.5


def test_an_empty_recording_with_a_comment_is_empty(tmp_path):
    (tmp_path / "a.wav").write_bytes(wav(wav_format(), chunk(b"data", b""), BEHIND["a list"]))
    with pytest.raises(SoundFileError, match=r"a\.wav is empty: it holds no sound\."):
        read_second(tmp_path / "a.wav")


@pytest.mark.parametrize("bits", [8, 12, 16, 20, 24])
def test_flac_of_any_usual_number_of_bits_is_read(tmp_path, bits):
    (tmp_path / "a.flac").write_bytes(flac(WORD, bits))
    assert_is_the_word(tmp_path / "a.flac")
    assert np.abs(read_clip(tmp_path / "a.flac").samples - WORD).max() < 1.1 / 2 ** (bits - 1)


@pytest.mark.parametrize("bits", [4, 15, 32])
def test_flac_of_unusual_bits_is_said(tmp_path, bits):
    (tmp_path / "a.flac").write_bytes(flac(WORD[:8000], bits))
    with pytest.raises(SoundFileError, match=r"a\.flac cannot .* its encoding is not known\."):
        read_second(tmp_path / "a.flac")


@pytest.mark.parametrize("rate", [0, 1, 7, 999, 10_000_001, 2**31 - 1, 2**31, 2**32 - 1])
@pytest.mark.parametrize("seconds", [1.0, 30.0])
def test_a_rate_that_no_recording_has_is_said(tmp_path, rate, seconds):
    path = tmp_path / "a.wav"
    path.write_bytes(wav(wav_format(rate), chunk(b"data", pcm(noise(seconds)))))
    for read in (read_second, read_clip, read_in_blocks):
        with pytest.raises(SoundFileError, match=r"a\.wav .* is damaged"):
            read(path)


@pytest.mark.parametrize("rate", [1000, 1001, 3999, 7350, 44101, 384_000, 2_822_400, 9_999_999])
def test_a_rate_that_some_recording_has_is_read(tmp_path, rate):
    path = tmp_path / "a.wav"
    path.write_bytes(wav(wav_format(rate), chunk(b"data", pcm(noise(2.0, amplitude=0.1)))))
    assert read_clip(path).seconds == pytest.approx(16000 / rate)
    assert read_second(path).clip.samples.shape == (8000,)


LIES = {
    "many channels at a high rate": wav(
        wav_format(9_999_999, 1024), patched(chunk(b"data", pcm(noise(2.0))), 4, "<I", 2**32 - 2)
    ),
    "large blocks": wav(
        chunk(b"fmt ", struct.pack("<HHIIHHHH", 17, 1, 8000, 4000, 65535, 4, 2, 65535)),
        chunk(b"data", bytes(200_000)),
    ),
    "a long FLAC": flac(WORD, 16, 655_350, total=2**36 - 2),
    "a large AU": b".snd" + struct.pack(">IIIII", 24, 2**32 - 2, 3, 9_999_999, 1024) + bytes(9999),
    "a large AIFF": patched(encoded("AIFF", "PCM_16", WORD), b"COMM", ">IHI", 18, 1024, 2**32 - 1),
    "a large CAF": patched(encoded("CAF", "PCM_16", WORD), b"data", ">q", 2**62),
    "a low rate": wav(wav_format(1000, bits=8), chunk(b"data", bytes(range(256)) * 400)),
}


@pytest.mark.parametrize("what", LIES)
def test_what_a_header_claims_costs_no_memory(tmp_path, what):
    path = tmp_path / "a.wav"
    path.write_bytes(LIES[what])
    tracemalloc.start()
    try:
        for read in (lambda path: read_second(path).clip, read_clip, read_in_blocks):
            assert sentence_of(read, path)[:6] in ("", "a.wav ")
        assert tracemalloc.get_traced_memory()[1] < 50_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "changes",
    [
        {"channels": 0},
        {"channels": 1025},
        {"channels": 65535},
        {"bits": 0},
        {"bits": 17},
        {"bits": 255},
        {"kind": 0},
        {"kind": 0x1234},
        {"kind": 2},
        {"kind": 0x11},
        {"kind": 0x31},
        {"kind": 0x55},
    ],
)
def test_a_format_that_cannot_be_is_said(tmp_path, changes):
    path = tmp_path / "a.wav"
    path.write_bytes(wav(wav_format(**changes), chunk(b"data", pcm(noise(2.0, amplitude=0.1)))))
    sentence = sentence_of(read_second, path)
    assert sentence == "" or (sentence.startswith("a.wav ") and sentence.endswith("."))


@pytest.mark.parametrize(
    ("container", "subtype"),
    [
        ("WAV", "PCM_24"),
        ("WAV", "IMA_ADPCM"),
        ("WAV", "MS_ADPCM"),
        ("WAV", "GSM610"),
        ("WAV", "NMS_ADPCM_24"),
        ("AIFF", "DWVW_16"),
        ("AU", "G721_32"),
        ("FLAC", "PCM_16"),
        ("OGG", "VORBIS"),
        ("OGG", "OPUS"),
        ("MP3", "MPEG_LAYER_III"),
    ],
)
@pytest.mark.parametrize("share", [0.95, 0.7, 0.4])
def test_of_a_file_that_breaks_off_what_is_there_is_read(tmp_path, container, subtype, share):
    rate = 48000
    samples = np.tile(tone(440, 1.0, rate), 5)
    whole = encoded(container, subtype, samples, rate)
    path = tmp_path / "a.snd"
    path.write_bytes(whole[: int(len(whole) * share) | 1])
    if subtype == "VORBIS" and share < 0.5:  # not even the first of its large pages is whole
        with pytest.raises(SoundFileError, match="breaks off before its first sample"):
            read_second(path)
        return
    clip = read_clip(path)
    assert clip.seconds == pytest.approx(5 * share, abs=1.2)
    middle = clip.samples[rate // 2 : rate]
    assert np.abs(middle).max() == pytest.approx(0.3, abs=0.1)
    assert read_second(path).file_seconds == pytest.approx(clip.seconds)
    assert np.array_equal(read_in_blocks(path), clip.samples)


@pytest.mark.parametrize("suffix", ["gsm", "vox"])
def test_what_a_telephone_recorded_without_a_header_is_read(tmp_path, suffix):
    subtype = {"gsm": "GSM610", "vox": "VOX_ADPCM"}[suffix]
    (tmp_path / f"a.{suffix}").write_bytes(encoded("RAW", subtype, WORD))
    assert_is_the_word(tmp_path / f"a.{suffix}")


@pytest.mark.parametrize("factor", [30, 2**31])
def test_numbers_beyond_full_scale_are_kept(tmp_path, factor):
    path = write(tmp_path / "a.wav", factor * WORD, subtype="DOUBLE")
    assert np.abs(read_clip(path).samples).max() / factor == pytest.approx(0.3, abs=0.003)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 1e300, -1e11])
@pytest.mark.parametrize("channels", [1, 2])
def test_values_that_are_not_numbers_are_said(tmp_path, value, channels):
    frames = np.repeat(noise(3).astype(np.float64)[:, None], channels, axis=1)
    frames[5000, -1] = value
    path = write(tmp_path / "a.wav", frames, subtype="DOUBLE")
    for read in (read_second, read_clip, read_in_blocks):
        with pytest.raises(SoundFileError, match=r"a\.wav holds values that are not numbers"):
            read(path)


@pytest.mark.parametrize("name", ["caf\udce9.wav", "x" * 251 + ".wav", "a\nb\x1b[31m.wav"])
def test_a_name_need_not_be_text(tmp_path, name):
    path = tmp_path / name
    write(tmp_path / "a.wav", np.stack([WORD, WORD], axis=1)).rename(path)
    assert_is_the_word(path)
    path.write_bytes(b"no sound")
    with pytest.raises(SoundFileError) as caught:
        read_second(path)
    assert str(caught.value).isprintable()


@pytest.mark.parametrize("name", ["x" * 256, "a\0b", "x/" * 3000])
def test_a_name_that_no_file_can_have_is_said(tmp_path, name):
    for read in (read_second, read_clip, read_in_blocks):
        with pytest.raises(SoundFileError, match=r"cannot be read|no file"):
            read(tmp_path / name)


def test_a_name_below_a_file_is_no_file(tmp_path):
    write(tmp_path / "a.wav", WORD)
    with pytest.raises(SoundFileError, match="There is no file"):
        read_second(tmp_path / "a.wav" / "b.wav")


@pytest.mark.parametrize("number", [errno.EACCES, errno.EIO, errno.ESTALE, errno.EMFILE])
@pytest.mark.parametrize("when", ["looked at", "opened", "read"])
def test_what_the_system_refuses_is_said_with_its_reason(tmp_path, monkeypatch, number, when):
    path = write(tmp_path / "a.wav", np.stack([WORD, WORD], axis=1))

    class Disk:
        """A file of which nothing but the beginning can be read."""

        def __init__(self, file):
            self.file = file

        def __enter__(self):
            return self

        def __exit__(self, *_):
            self.file.close()

        def seek(self, place):
            return self.file.seek(place)

        def read(self, n=-1):
            return self.file.read(n)

        def readinto(self, buffer):
            if self.file.tell() >= 512:
                raise OSError(number, os.strerror(number))
            return self.file.readinto(buffer[: 512 - self.file.tell()])

    def refuse(*_args, **_settings):
        raise OSError(number, os.strerror(number))

    opened = Path.open
    with monkeypatch.context() as patch:
        if when == "looked at":
            patch.setattr(Path, "stat", refuse)
        elif when == "opened":
            patch.setattr(Path, "open", refuse)
        else:
            patch.setattr(Path, "open", lambda *args, **kept: Disk(opened(*args, **kept)))
        for read in (read_second, read_clip, read_in_blocks):
            with pytest.raises(SoundFileError) as caught:
                read(path)
            assert str(caught.value) == f"a.wav cannot be read: {os.strerror(number)}."
            assert isinstance(caught.value.__cause__, OSError)


def test_a_file_that_shrinks_while_it_is_read_ends_earlier(tmp_path):
    path = write(tmp_path / "a.wav", noise(60, amplitude=0.1), subtype="PCM_24")
    blocks = read_blocks(path, 0.1)
    heard = next(blocks).seconds
    os.truncate(path, 100_000)
    heard += sum(clip.seconds for clip in blocks)
    assert 2 < heard < 60


def test_a_file_that_grows_while_it_is_read_is_what_it_was(tmp_path):
    path = write(tmp_path / "a.wav", noise(1, amplitude=0.1), subtype="PCM_24")
    blocks = read_blocks(path, 0.1)
    heard = next(blocks).seconds
    with path.open("ab") as file:
        file.write(bytes(100_000))
    assert heard + sum(clip.seconds for clip in blocks) == pytest.approx(1)


def test_a_long_reading_can_be_stopped(tmp_path):
    path = write(tmp_path / "a.flac", noise(600, amplitude=0.1))
    asked = []

    def stop():
        asked.append(True)
        return len(asked) > 3

    for read in (read_second, read_clip, lambda path, should_stop: list(_blocks(path, stop))):
        asked.clear()
        with pytest.raises(ReadingStopped):
            read(path, should_stop=stop)
        assert len(asked) == 4


def _blocks(path, should_stop):
    return read_blocks(path, 1.0, should_stop)


def test_random_damage_is_read_or_said(tmp_path):
    random = np.random.default_rng(0)
    whole = [
        encoded(container, subtype, WORD[:9000])
        for container, subtype in (
            ("WAV", "PCM_16"),
            ("WAV", "GSM610"),
            ("WAV", "MS_ADPCM"),
            ("FLAC", "PCM_16"),
            ("OGG", "VORBIS"),
            ("AIFF", "PCM_16"),
            ("AU", "G723_24"),
            ("CAF", "ALAC_16"),
            ("W64", "PCM_16"),
            ("RF64", "FLOAT"),
        )
    ]
    path = tmp_path / "a.wav"
    for number in range(400):
        content = bytearray(whole[number % len(whole)])
        for _ in range(random.integers(1, 6)):
            content[random.integers(min(len(content), 120))] = random.integers(256)
        path.write_bytes(content[: random.integers(20, 2 * len(content))])
        for read in (read_second, read_clip, read_in_blocks):
            assert sentence_of(read, path)[:6] in ("", "a.wav ")


def test_the_content_of_a_layout_is_the_header_and_the_part(tmp_path):
    from core.sound.container import Layout

    (tmp_path / "a").write_bytes(bytes(range(100)))
    with (tmp_path / "a").open("rb", buffering=0) as file:
        content = Content(file, Layout(b"head", 10, 20))
        expected = b"head" + bytes(range(10, 20))
        for start in range(15):
            for n in range(16):
                content.seek(start)
                target = bytearray(n)
                read = content.readinto(target)
                assert target[:read] == expected[start : start + n]
                assert content.tell() == min(14, start + read)
        assert content.seek(0, os.SEEK_END) == 14
        assert content.seek(-3, os.SEEK_CUR) == 11
        assert content.seek(-99) == 0
        assert struct.unpack("4s", expected[:4]) == (b"head",)

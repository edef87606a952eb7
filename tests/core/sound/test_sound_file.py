import os

import numpy as np
import pytest
import soundfile

from core.errors import SoundFileError, WritingError
from core.sound.clip import AudioClip, clipped_samples, fit_length
from core.sound.sound_file import find_sound_files, read_clip, read_second, write_wav
from tests.helpers.sounds import noise, tone, word, write


def test_a_clip_is_read_only_and_does_not_share_its_samples():
    samples = tone()
    clip = AudioClip(samples)
    samples[0] = 1
    assert clip.samples[0] == 0
    with pytest.raises(ValueError, match="read-only"):
        clip.samples[0] = 1


@pytest.mark.parametrize(
    ("samples", "sample_rate", "message"),
    [
        (np.zeros(0, np.float32), 8000, "non-empty row"),
        (np.zeros((2, 3), np.float32), 8000, "non-empty row"),
        (np.array([0, np.nan], np.float32), 8000, "finite"),
        (np.array([0, np.inf], np.float32), 8000, "finite"),
        (np.zeros(3, np.float32), 0, "positive"),
    ],
)
def test_a_clip_refuses_what_is_no_sound(samples, sample_rate, message):
    with pytest.raises(ValueError, match=message):
        AudioClip(samples, sample_rate)


def test_fit_length_keeps_the_middle_and_pads_both_sides():
    assert fit_length(np.arange(5, dtype=np.float32), 3).tolist() == [1, 2, 3]
    assert fit_length(np.ones(2, np.float32), 5).tolist() == [0, 1, 1, 0, 0]


def test_only_plateaus_count_as_clipped():
    assert clipped_samples(np.array([0, 1, 0, 1, 1, 0], np.float32)) == 0
    assert clipped_samples(np.array([0, 1, 1, 1, 0.5, -1, -1, -1, -1], np.float32)) == 7


@pytest.mark.parametrize(
    ("rate", "channels", "subtype", "suffix"),
    [
        (8000, 1, "PCM_16", "wav"),
        (44100, 2, "PCM_24", "wav"),
        (48000, 1, "FLOAT", "wav"),
        (192000, 2, "PCM_32", "wav"),
        (11025, 1, "PCM_U8", "wav"),
        (16000, 2, "PCM_16", "flac"),
        (44100, 2, "VORBIS", "ogg"),
    ],
)
def test_a_second_of_any_format_becomes_8000_samples_of_the_same_tone(
    tmp_path, rate, channels, subtype, suffix
):
    samples = np.repeat(tone(440, 1.0, rate)[:, None], channels, axis=1)
    path = write(tmp_path / f"a.{suffix}", samples, rate, subtype)
    second = read_second(path)
    assert second.clip.sample_rate == 8000
    assert second.clip.samples.shape == (8000,)
    spectrum = np.abs(np.fft.rfft(second.clip.samples))
    assert np.argmax(spectrum) == 440
    assert second.note is None


def test_a_second_at_8_khz_is_the_file_itself(tmp_path):
    samples = noise()
    path = write(tmp_path / "a.wav", samples, subtype="FLOAT")
    assert np.array_equal(read_second(path).clip.samples, samples)


def test_the_channels_are_averaged(tmp_path):
    stereo = np.stack([tone(amplitude=0.4), np.zeros(8000, np.float32)], axis=1)
    path = write(tmp_path / "a.wav", stereo, subtype="FLOAT")
    assert np.abs(read_second(path).clip.samples).max() == pytest.approx(0.2, abs=0.01)


@pytest.mark.parametrize("rate", [8000, 44100])
def test_of_a_long_file_the_loudest_second_is_taken_with_the_word_in_its_middle(tmp_path, rate):
    samples = word(at=6.0, seconds=10, rate=rate, length=0.3)
    second = read_second(write(tmp_path / "a.wav", samples, rate))
    assert second.start_seconds == pytest.approx(5.65, abs=0.1)
    assert "10.00 s long" in str(second.note)
    assert f"{second.start_seconds:.2f} s" in str(second.note)
    middle = second.clip.samples[2800:5200]
    assert np.square(middle).sum() > 0.9 * np.square(second.clip.samples).sum()


def test_a_word_at_the_very_end_of_a_long_file_is_found(tmp_path):
    samples = word(at=3.7, seconds=4.0)
    second = read_second(write(tmp_path / "a.wav", samples))
    assert second.start_seconds == pytest.approx(3.0, abs=0.02)


def test_a_short_file_is_padded_on_both_sides(tmp_path):
    second = read_second(write(tmp_path / "a.wav", tone(seconds=0.5)))
    assert second.clip.samples.shape == (8000,)
    assert not second.clip.samples[:2000].any()
    assert not second.clip.samples[6000:].any()
    assert second.clip.samples[2000:6000].any()
    assert "silence was added" in str(second.note)


@pytest.mark.parametrize("rate", [8000, 44100])
def test_a_file_of_one_sample_is_a_second_too(tmp_path, rate):
    second = read_second(write(tmp_path / "a.wav", np.array([0.5], np.float32), rate))
    assert second.clip.samples.shape == (8000,)


def test_clipping_is_seen_at_the_files_own_rate(tmp_path):
    loud = np.clip(tone(300, 1.0, 44100, amplitude=4), -1, 1)
    clip = read_second(write(tmp_path / "a.wav", loud, 44100)).clip
    assert clip.clipped_seconds > 0.5
    assert read_second(write(tmp_path / "b.wav", tone(rate=44100), 44100)).clip.clipped_seconds == 0


def _bad_files(folder):
    write(folder / "nan.wav", np.array([0, np.nan, 0] * 100, np.float32), subtype="FLOAT")
    long = noise(3)
    long[20000] = np.inf
    write(folder / "long_inf.wav", long, subtype="FLOAT")
    write(folder / "no_frames.wav", np.zeros(0, np.float32))
    (folder / "empty.wav").write_bytes(b"")
    (folder / "text.wav").write_text("this is not sound")
    (folder / "cut.flac").write_bytes(b"fLaC\x00\x00\x00\x22")
    (folder / "raw.raw").write_bytes(bytes(1000))
    (folder / "folder.wav").mkdir()


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("nan.wav", "not numbers"),
        ("long_inf.wav", "not numbers"),
        ("no_frames.wav", "is empty"),
        ("empty.wav", "is empty"),
        ("text.wav", "cannot be read as sound"),
        ("cut.flac", "cannot be read as sound"),
        ("raw.raw", "cannot be read as sound"),
        ("folder.wav", "is not a file"),
        ("missing.wav", "There is no file"),
    ],
)
def test_a_bad_file_is_named_in_a_sentence(tmp_path, name, message):
    _bad_files(tmp_path)
    for read in (read_second, read_clip):
        with pytest.raises(SoundFileError, match=message) as caught:
            read(tmp_path / name)
        assert name in str(caught.value)
        assert str(caught.value).endswith(".")


def test_a_file_that_breaks_off_gives_what_is_there_or_a_sentence(tmp_path):
    samples = noise(5, amplitude=0.1)
    whole = write(tmp_path / "a.flac", samples).read_bytes()
    (tmp_path / "b.flac").write_bytes(whole[: len(whole) // 2])
    clip = read_clip(tmp_path / "b.flac")
    assert 16000 < clip.samples.size < 20000
    assert np.abs(clip.samples - samples[: clip.samples.size]).max() < 1e-4
    second = read_second(tmp_path / "b.flac")
    assert second.file_seconds == clip.seconds
    assert str(second.note).startswith(f"the file breaks off after {clip.seconds:.2f} s; its loud")
    (tmp_path / "c.flac").write_bytes(whole[:1000])
    with pytest.raises(SoundFileError, match=r"c\.flac cannot be read as sound"):
        read_second(tmp_path / "c.flac")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the platform has no named pipes")
def test_a_pipe_is_refused_at_once_instead_of_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.wav")
    with pytest.raises(SoundFileError, match="is not a file"):
        read_second(tmp_path / "pipe.wav")


def test_a_file_without_permission_is_named(tmp_path):
    path = write(tmp_path / "a.wav", tone())
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read everything")
    with pytest.raises(SoundFileError, match=r"a\.wav"):
        read_second(path)


def test_read_clip_keeps_rate_and_length(tmp_path):
    path = write(tmp_path / "a.wav", tone(seconds=2.5, rate=22050), 22050)
    clip = read_clip(path)
    assert (clip.sample_rate, clip.samples.size) == (22050, 55125)
    assert read_clip(path, max_seconds=1).seconds == 1


def test_a_clip_is_written_as_wav_and_never_over_another(tmp_path):
    clip = AudioClip(tone())
    write_wav(tmp_path / "a.wav", clip)
    samples, rate = soundfile.read(tmp_path / "a.wav", dtype="float32")
    assert rate == 8000
    assert np.abs(samples - clip.samples).max() < 1e-4
    with pytest.raises(WritingError, match="exists already"):
        write_wav(tmp_path / "a.wav", clip)
    with pytest.raises(WritingError, match="cannot be written"):
        write_wav(tmp_path / "missing" / "a.wav", clip)


def test_a_clip_beyond_full_scale_is_written_as_it_is(tmp_path):
    clip = AudioClip(8.3 * tone(amplitude=1.0))
    write_wav(tmp_path / "a.wav", clip)
    assert np.array_equal(read_clip(tmp_path / "a.wav").samples, clip.samples)


def test_sound_files_are_found_downwards_in_any_case(tmp_path):
    for name in ("b.WAV", "x/a.flac", "x/y/c.Ogg", "notes.txt", "x/.hidden.wav", "d.mp3"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    found = [path.relative_to(tmp_path).as_posix() for path in find_sound_files(tmp_path)]
    assert found == ["b.WAV", "x/a.flac", "x/y/c.Ogg"]


def test_a_link_to_the_folder_itself_does_not_hang_the_search(tmp_path):
    write(tmp_path / "a.wav", tone())
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert [path.name for path in find_sound_files(tmp_path)] == ["a.wav"]

"""The microphone, with a PortAudio that a test plays."""

import builtins
import gc
import sys
import types

import numpy as np
import pytest

from core.errors import AudioDeviceError
from core.sound import microphone
from core.sound.clip import AudioClip
from core.sound.intake import Intake
from core.sound.microphone import (
    InputDevice,
    MicrophoneSource,
    find_input_device,
    list_input_devices,
    play,
)
from tests.helpers.sounds import noise, tone


class Clock:
    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


def device(name, **changes):
    settings = {
        "host_api": "ALSA",
        "index": 0,
        "channels": 2,
        "sample_rate": 44100,
        "is_default": False,
    }
    return InputDevice(name=name, **(settings | changes))


DEVICES = [
    device("pulse", is_default=True),
    device("USB Mic: front"),
    device("USB Mic: back"),
    device("Webcam"),
]


def test_the_default_is_the_systems_own_choice():
    assert find_input_device("default", DEVICES).name == "pulse"


def test_a_device_is_found_by_its_name_or_by_a_part_that_is_its_own():
    assert find_input_device("USB Mic: back", DEVICES).name == "USB Mic: back"
    assert find_input_device("webc", DEVICES).name == "Webcam"


@pytest.mark.parametrize("name", ["USB Mic: back (alsa)", "usb mic: back (ALSA)"])
def test_a_device_is_found_by_its_name_and_host_api(name):
    assert find_input_device(name, DEVICES).name == "USB Mic: back"


def test_of_equal_devices_each_can_be_chosen():
    equal = [
        device("Mic", index=3, is_default=True),
        device("Mic", index=5, which=2),
        device("Mic", index=7, host_api="JACK"),
        device("Mic", index=9, host_api="JACK", which=2),
    ]
    assert [each.title for each in equal] == ["Mic", "Mic #2", "Mic", "Mic #2"]
    chosen = ("default", "Mic", "mic #2", "Mic (JACK)", "Mic #2 (JACK)", "mi")
    assert [find_input_device(name, equal).index for name in chosen] == [3, 3, 5, 7, 9, 3]
    with pytest.raises(AudioDeviceError, match="There are: Mic, Mic #2"):
        find_input_device("Mic #3", equal)


@pytest.mark.parametrize(
    ("name", "message"),
    [("usb mic", "may mean several.*front.*back"), ("Headset", "no input device “Headset”.*pulse")],
)
def test_a_name_that_means_no_single_device_is_answered_with_the_names_there_are(name, message):
    with pytest.raises(AudioDeviceError, match=message):
        find_input_device(name, DEVICES)


def test_without_any_device_the_person_is_told_what_to_do():
    with pytest.raises(AudioDeviceError, match=r"No microphone was found.*demo"):
        find_input_device("default", [])


class FakeStream:
    def __init__(self, audio, **settings):
        if (settings["samplerate"], settings["channels"]) not in audio.accepts:
            raise audio.PortAudioError("Invalid sample rate")
        self.audio = audio
        self.settings = settings
        self.samplerate = float(settings["samplerate"])
        self.channels = settings["channels"]
        self.active = False
        self.closed = False
        audio.streams.append(self)

    def start(self):
        if self.audio.busy:
            raise self.audio.PortAudioError("Device unavailable")
        self.active = True

    def close(self, ignore_errors=False):
        self.active, self.closed = False, True

    def deliver(self, samples, overflow=False):
        data = np.asarray(samples, np.float32)
        if data.ndim == 1:
            data = np.repeat(data[:, None], self.settings["channels"], axis=1)
        status = types.SimpleNamespace(input_overflow=overflow)
        self.settings["callback"](data, len(data), None, status)
        data[:] = 9  # PortAudio uses its buffer again


@pytest.fixture
def audio(monkeypatch):
    """A module like sounddevice with one device."""
    module = types.SimpleNamespace(
        PortAudioError=type("PortAudioError", (Exception,), {}),
        accepts={(44100, 1)},
        streams=[],
        busy=False,
        scans=0,
        default=types.SimpleNamespace(device=[1, 2]),
        hostapis=({"name": "ALSA"},),
    )
    infos = [
        {"name": "Speakers", "hostapi": 0, "max_input_channels": 0, "default_samplerate": 44100.0},
        {"name": "Array", "hostapi": 0, "max_input_channels": 6, "default_samplerate": 44100.0},
        {"name": "pulse", "hostapi": 0, "max_input_channels": 2, "default_samplerate": 48000.0},
    ]

    def initialize():
        module.scans += 1

    def get_stream():
        raise RuntimeError("nothing was played yet")

    module.query_devices = lambda: infos
    module.query_hostapis = lambda: module.hostapis
    module.InputStream = lambda **settings: FakeStream(module, **settings)
    module._initialize, module._terminate = initialize, lambda: None
    module.get_stream, module.stop = get_stream, lambda: None
    monkeypatch.setitem(sys.modules, "sounddevice", module)
    return module


def test_inputs_are_listed_with_the_systems_choice_first(audio):
    names = [device.name for device in list_input_devices()]
    assert names == ["Array", "pulse"]
    audio.default.device[0] = -1
    assert [device.name for device in list_input_devices(rescan=True)] == ["pulse", "Array"]
    assert audio.scans == 1


def test_equal_devices_are_told_apart_and_each_is_opened(audio):
    audio.query_devices().append(dict(audio.query_devices()[1]))
    assert [each.title for each in list_input_devices()] == ["Array", "pulse", "Array #2"]
    for name, index in (("Array", 1), ("Array #2", 3)):
        source = MicrophoneSource(name)
        source.start()
        assert source.name == name
        assert audio.streams[-1].settings["device"] == index
        source.stop()


def test_devices_are_not_looked_for_while_one_is_heard(audio):
    source = MicrophoneSource(rescan=True)
    source.start()
    assert audio.scans == 1
    assert list_input_devices(rescan=True)
    other = MicrophoneSource("pulse", rescan=True)
    other.start()
    assert audio.scans == 1
    assert audio.streams[0].active
    source.stop()
    other.stop()
    list_input_devices(rescan=True)
    assert audio.scans == 2


def test_devices_are_not_looked_for_while_a_clip_plays_and_what_has_played_is_closed(audio):
    playing = types.SimpleNamespace(active=True)
    calls = []
    audio.get_stream = lambda: playing
    audio.stop = lambda: calls.append("stop")
    audio._terminate = lambda: calls.append("terminate")
    list_input_devices(rescan=True)
    assert calls == []
    playing.active = False
    list_input_devices(rescan=True)
    assert calls == ["stop", "terminate"]


def test_an_audio_system_that_did_not_begin_is_begun_again(audio):
    def fail():
        raise audio.PortAudioError("PortAudio not initialized")

    initialize, audio._initialize = audio._initialize, fail
    with pytest.raises(AudioDeviceError, match="does not answer: PortAudio not initialized"):
        list_input_devices(rescan=True)
    audio._terminate, audio._initialize = fail, initialize
    assert list_input_devices(rescan=True)


def test_a_source_that_was_forgotten_does_not_keep_devices_from_being_looked_for(audio):
    source = MicrophoneSource()
    source.start()
    del source
    audio.streams.clear()
    gc.collect()
    list_input_devices(rescan=True)
    assert audio.scans == 1


def test_the_microphone_is_opened_at_its_native_rate(audio):
    source = MicrophoneSource()
    source.start()
    assert (source.name, source.sample_rate) == ("Array", 44100)
    source.stop()
    assert audio.streams[0].closed


@pytest.mark.parametrize(
    "accepts", [(44100, 2), (44100, 6), (48000, 1), (16000, 1), (8000, 1), (8000, 6)]
)
def test_a_device_that_refuses_its_native_rate_is_opened_in_another_way(audio, accepts):
    audio.accepts = {accepts}
    source = MicrophoneSource()
    source.start()
    assert source.sample_rate == accepts[0]
    audio.streams[0].deliver(tone(seconds=0.01))
    (block,) = source.read()
    assert np.allclose(block.samples, tone(seconds=0.01))
    source.stop()


def test_a_device_that_cannot_be_opened_says_what_to_do(audio):
    audio.accepts = set()
    with pytest.raises(AudioDeviceError, match=r"“Array” cannot be opened.*Another program"):
        MicrophoneSource().start()


def test_a_device_that_another_program_holds_says_so_and_is_let_go(audio):
    audio.busy = True
    source = MicrophoneSource()
    with pytest.raises(AudioDeviceError, match=r"“Array” cannot be opened.*Another program"):
        source.start()
    assert audio.streams[0].closed
    audio.busy = False
    source.start()
    assert audio.streams[1].active
    source.stop()


@pytest.fixture
def many_channels(audio):
    """Open a device that has so many channels and takes no fewer, at a rate."""

    def start(channels, rate=48000):
        audio.query_devices()[1].update(max_input_channels=channels, default_samplerate=rate)
        audio.accepts = {(rate, channels)}
        source = MicrophoneSource()
        source.start()
        return source, audio.streams[-1]

    return start


@pytest.mark.parametrize("rate", [8000, 16000, 22050, 44100, 48000, 96000, 192000])
@pytest.mark.parametrize("channels", [1, 2, 8, 32])
def test_any_rate_and_any_number_of_channels_is_heard_at_its_level(many_channels, rate, channels):
    source, stream = many_channels(channels, rate)
    intake = Intake(source)
    intake.start()
    stream = stream.audio.streams[-1]
    for _ in range(20):
        stream.deliver(tone(400, 0.02, rate))
    samples = np.concatenate([sound.samples for sound in intake.read()])
    assert samples.size == pytest.approx(0.4 * 8000, abs=50)
    assert np.abs(samples).max() == pytest.approx(0.3, abs=0.02)
    intake.close()


def test_of_many_channels_the_one_that_is_plugged_in_is_heard(many_channels):
    source, stream = many_channels(32)
    data = 1e-4 * np.random.default_rng(0).standard_normal((9600, 32), np.float32)
    data[:, 17] += tone(400, 0.2, 48000)
    for first in range(0, 9600, 960):
        stream.deliver(data[first : first + 960])
    heard = np.concatenate([block.samples for block in source.read()])
    assert np.abs(heard - tone(400, 0.2, 48000)).max() < 0.01
    source.stop()


def test_two_channels_are_asked_for_because_one_made_of_them_may_be_silent(audio):
    audio.accepts = {(44100, 1), (44100, 2)}
    source = MicrophoneSource()
    source.start()
    voice = tone(400, 0.2, 44100)
    for first in range(0, voice.size, 882):
        part = voice[first : first + 882]
        audio.streams[0].deliver(np.stack([part, -part], axis=1))
    heard = np.concatenate([block.samples for block in source.read()])
    assert np.allclose(heard, voice, atol=1e-6)
    source.stop()


def test_clipping_is_seen_in_each_channel(many_channels):
    source, stream = many_channels(2)
    loud = np.clip(4 * tone(110, 0.02, 48000), -1, 1)
    stream.deliver(np.stack([loud, 0.5 * tone(1000, 0.02, 48000)], axis=1))
    stream.deliver(np.stack([tone(110, 0.02, 48000), tone(1000, 0.02, 48000)], axis=1))
    clipped, quiet = source.read()
    assert clipped.clipped > 300
    assert quiet.clipped == 0
    source.stop()


def test_zeros_and_values_that_are_not_numbers_do_not_stop_the_stream(many_channels):
    source, stream = many_channels(2)
    stream.deliver(np.zeros((960, 2)))
    stream.deliver(np.full((960, 2), np.nan))
    stream.deliver(np.column_stack([tone(400, 0.02, 48000)] * 2))
    zeros, _, heard = source.read()
    assert not zeros.samples.any()
    assert np.allclose(heard.samples, tone(400, 0.02, 48000), atol=1e-5)
    source.stop()


def test_blocks_are_copied_in_order_and_an_overflow_is_kept(audio):
    source = MicrophoneSource()
    source.start()
    stream = audio.streams[0]
    stream.deliver(tone(seconds=0.02))
    stream.deliver(noise(0.02), overflow=True)
    first, second = source.read()
    assert np.array_equal(first.samples, tone(seconds=0.02))
    assert np.array_equal(second.samples, noise(0.02))
    assert (first.overflowed, second.overflowed) == (False, True)
    assert source.read() == []
    source.stop()


def test_blocks_that_nobody_fetched_are_lost_and_that_is_said(audio):
    source = MicrophoneSource()
    source.start()
    for _ in range(1600):
        audio.streams[0].deliver(np.zeros(4))
    blocks = source.read()
    assert len(blocks) == 1500
    assert blocks[0].overflowed
    source.stop()


def test_a_device_that_ends_its_stream_is_gone(audio):
    source = MicrophoneSource()
    source.start()
    audio.streams[0].active = False
    with pytest.raises(AudioDeviceError, match="stopped delivering"):
        source.read()
    source.stop()


def test_a_device_that_falls_silent_is_gone_after_a_while(audio, monkeypatch):
    clock = Clock()
    monkeypatch.setattr(microphone.time, "monotonic", clock)
    source = MicrophoneSource()
    source.start()
    clock.now += 5  # some devices wake up slowly
    assert source.read() == []
    audio.streams[0].deliver(noise(0.02))
    assert len(source.read()) == 1
    clock.now += 1
    assert source.read() == []
    clock.now += 1
    with pytest.raises(AudioDeviceError, match="stopped delivering"):
        source.read()
    source.stop()


def test_a_clip_beyond_full_scale_is_turned_down_to_be_played(audio):
    played = []
    audio.query_devices = lambda kind: {"default_samplerate": 8000.0}
    audio.play = lambda samples, rate: played.append((np.array(samples), rate))
    audio.get_stream = lambda: types.SimpleNamespace(latency=0.25, active=True)
    assert play(AudioClip(8 * tone())) == 0.25
    assert play(AudioClip(tone())) == 0.25
    loud, usual = (samples for samples, _ in played)
    assert np.abs(loud).max() == pytest.approx(1)
    assert np.allclose(loud * 2.4, 8 * tone(), atol=0.01)
    assert np.array_equal(usual, tone())


def test_an_output_that_refuses_is_said(audio):
    def refuse(kind):
        raise audio.PortAudioError("Invalid device")

    audio.query_devices = refuse
    with pytest.raises(AudioDeviceError, match=r"cannot be played \(Invalid device\)"):
        play(AudioClip(tone()))


def test_without_portaudio_the_person_is_told_how_to_get_it(monkeypatch):
    monkeypatch.delitem(sys.modules, "sounddevice", raising=False)
    real = builtins.__import__

    def fail(name, *args, **kwargs):
        if name == "sounddevice":
            raise OSError("PortAudio library not found")
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", fail)
    with pytest.raises(AudioDeviceError, match=r"PortAudio library is missing.*demo work"):
        list_input_devices()

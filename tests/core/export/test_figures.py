"""Pictures, tables and arrays to take along, and the command that draws a folder."""

import csv
import io
import json
import xml.etree.ElementTree as ET
from dataclasses import replace

import numpy as np
import pytest

from app.__main__ import main
from core.export.figures import ClipFigure, draw, render
from core.export.tables import arrays_npz, picture_csv, probabilities_csv
from core.places import SAMPLES
from core.recognition.bundle import load_bundle
from core.recognition.recogniser import DigitRecogniser
from core.sound.clip import AudioClip
from core.sound.picture import PictureConfig, PictureMaker
from tests.helpers.bundles import NOTEBOOK
from tests.helpers.sounds import noise, sample_clip, word, write

SVG = "{http://www.w3.org/2000/svg}"
PNG = b"\x89PNG\r\n"


@pytest.fixture(scope="module")
def content():
    clip = sample_clip("four")
    picture = PictureMaker(PictureConfig()).picture(clip.samples)
    prediction = DigitRecogniser(load_bundle(NOTEBOOK)).recognise(clip)
    return ClipFigure("four.wav", clip, picture, prediction)


def texts(svg):
    return ["".join(text.itertext()).strip() for text in ET.fromstring(svg).iter(SVG + "text")]


def run(capsys, *arguments):
    status = main([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return status, out.splitlines(), err


def test_a_figure_has_both_plots_on_one_time_axis_in_their_units(content):
    figure = draw(content)
    spectrogram, waveform, scale = figure.axes
    assert waveform.get_xlim() == spectrogram.get_xlim() == (0, 1)
    assert spectrogram.get_xlabel() == "Time in s"
    assert spectrogram.get_ylabel() == "Frequency in Hz"
    assert scale.get_ylabel() == "dB below maximum"
    assert scale.get_ylim() == (-80, 0)
    ticks = dict(zip(spectrogram.get_yticks(), spectrogram.get_yticklabels(), strict=True))
    assert [label.get_text() for label in ticks.values()][:3] == ["100", "250", "500"]
    for row, label in ticks.items():
        hertz = float(content.picture.frequency_of(np.float32(row)))
        assert hertz == pytest.approx(float(label.get_text()), rel=0.03)
    (image,) = spectrogram.get_images()
    assert np.array_equal(image.get_array(), content.picture.values)


def test_the_title_is_the_prediction_or_why_there_is_none(content):
    written = texts(render(content, "svg"))
    answer = f"four, {100 * content.prediction.confidence:.0f} %"
    assert answer in written
    assert any("four.wav" in text and "notebook-cnn" in text for text in written)
    zeros = AudioClip(np.zeros(8000, np.float32))
    prediction = DigitRecogniser(load_bundle(NOTEBOOK)).recognise(zeros)
    picture = PictureMaker(PictureConfig()).picture(zeros.samples)
    silent = ClipFigure("zeros.wav", zeros, picture, prediction)
    assert "only zeros" in " ".join(texts(render(silent, "svg")))
    nobody = ClipFigure("zeros.wav", zeros, picture)
    assert "zeros.wav" in texts(render(nobody, "svg"))


def test_a_picture_says_in_words_what_it_shows(content):
    svg = render(content, "svg").decode()
    assert content.description in svg
    assert "says: four" in content.description
    assert content.description.encode() in render(content, "png")


@pytest.mark.parametrize(
    "name", ["$x_1$.wav", "<a> & b.wav", "数字.wav", "a\nb.wav", "caf\udce9.wav"]
)
def test_any_name_can_be_drawn(content, name):
    labels = (f"label {name}", *content.prediction.labels[1:])
    probabilities = np.eye(len(labels), dtype=np.float32)[0]
    said = replace(content.prediction, labels=labels, probabilities=probabilities, model=name)
    odd = ClipFigure(name, content.clip, content.picture, said)
    assert render(odd, "png").startswith(PNG)
    ET.fromstring(render(odd, "svg"))
    table = probabilities_csv(said).encode()
    assert len(table.splitlines()) == len(labels) + 1


def test_a_long_name_is_shortened_in_its_middle(content):
    named = ClipFigure(f"{'a' * 200}.wav", content.clip, content.picture, content.prediction)
    (under,) = (text for text in texts(render(named, "svg")) if "notebook-cnn" in text)
    assert "aaaa…aaaa" in under
    assert ".wav  ·" in under


@pytest.mark.parametrize(
    "config",
    [
        PictureConfig(normalisation="z-score"),
        PictureConfig(scale="linear", fmin=300, fmax=3000),
        PictureConfig(window_ms=256, hop_ms=64, n_mels=128, top_db=60),
    ],
)
def test_a_stretch_of_a_long_sound_is_drawn_at_any_settings(config):
    clip = AudioClip(np.concatenate([noise(4.0), word(), noise(4.0)]))
    picture = PictureMaker(config).picture(clip.samples, 4.0, 5.0)
    figure = draw(ClipFigure("long.wav", clip, picture, colour_map="cividis"))
    spectrogram, waveform, _ = figure.axes
    first, last = spectrogram.get_xlim()
    assert (first, last) == pytest.approx((4.0, 5.0), abs=0.07)
    times, values = waveform.lines[0].get_data()
    assert (times[0], times[-1]) == pytest.approx((first, last), abs=0.001)
    assert np.abs(values).max() > 0.25


def test_a_figure_is_coloured_and_cut_as_it_is_looked_at(content):
    seen = ClipFigure(
        "four.wav",
        content.clip,
        content.picture,
        colour_map="grey",
        levels=(-60, -10),
        visible=(0.25, 0.5),
    )
    spectrogram, waveform, scale = draw(seen).axes
    assert spectrogram.get_xlim() == waveform.get_xlim() == (0.25, 0.5)
    assert scale.get_ylim() == (-60, -10)
    assert "0.25 to 0.50 s" in seen.description


def test_of_a_very_long_sound_the_outline_is_drawn():
    clip = AudioClip(noise(60.0))
    picture = PictureMaker(PictureConfig()).picture(clip.samples)
    (line,) = draw(ClipFigure("long.wav", clip, picture)).axes[1].lines
    times, values = line.get_data()
    assert times.size < 10_000
    assert times[-1] == pytest.approx(60, abs=0.1)
    assert values.max() == clip.samples.max()
    assert values.min() == clip.samples.min()


def test_a_spectrogram_as_a_table_holds_its_axes_and_values(content):
    rows = list(csv.reader(io.StringIO(picture_csv(content.picture))))
    table = np.array([[float(cell) for cell in row] for row in rows[1:]])
    times = np.array([float(cell) for cell in rows[0][1:]])
    assert table.shape == (96, 252)
    assert times[[0, -1]] == pytest.approx([0, 1])
    assert np.allclose(table[:, 1:], content.picture.values, atol=1e-4)
    assert (np.diff(table[:, 0]) > 0).all()


def test_probabilities_as_a_table_sum_to_one(content):
    header, *rows = csv.reader(io.StringIO(probabilities_csv(content.prediction)))
    assert header == ["label", "probability"]
    assert tuple(row[0] for row in rows) == content.prediction.labels
    assert sum(float(row[1]) for row in rows) == pytest.approx(1, abs=1e-4)


def test_an_archive_holds_everything_and_no_code(content):
    data = arrays_npz(content.clip, content.picture, content.prediction, model_input=np.ones(3))
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        assert np.array_equal(arrays["samples"], content.clip.samples)
        assert arrays["sample_rate"] == 8000
        assert arrays["spectrogram"].shape == (arrays["frequencies"].size, arrays["times"].size)
        assert tuple(arrays["labels"]) == content.prediction.labels
        assert str(arrays["model"]) == content.prediction.model == "notebook-cnn"
        assert np.array_equal(arrays["probabilities"], content.prediction.probabilities)
        assert arrays["model_input"].shape == (3,)


def test_every_clip_of_a_folder_gets_its_picture_in_the_same_tree(capsys, tmp_path):
    for name in ("a/four.wav", "b/four.wav", "b/four.FLAC"):
        target = tmp_path / "in" / name
        write(target, sample_clip("four").samples)
    output = tmp_path / "out"
    status, lines, err = run(capsys, "spectrogram", tmp_path / "in", "--output", output)
    assert (status, err, len(lines)) == (0, "", 3)
    names = sorted(str(path.relative_to(output)) for path in output.rglob("*.png"))
    assert names == ["a/four.png", "b/four-2.png", "b/four.png"]
    assert all(path.read_bytes().startswith(PNG) for path in output.rglob("*.png"))
    path, picture, label = lines[0].split("\t")
    assert (path, picture, label) == (
        str(tmp_path / "in" / "a" / "four.wav"),
        str(output / "a" / "four.png"),
        "four",
    )


def test_nothing_is_overwritten_and_json_tells_all(capsys, tmp_path):
    arguments = ("spectrogram", SAMPLES / "four.wav", "--output", tmp_path, "--json")
    _, first, _ = run(capsys, *arguments, "--format", "svg")
    before = (tmp_path / "four.svg").read_bytes()
    _, second, _ = run(capsys, *arguments, "--format", "svg")
    results = [json.loads(line) for line in first + second]
    assert [set(result) for result in results] == [{"path", "picture", "label", "confidence"}] * 2
    assert [result["picture"] for result in results] == [
        str(tmp_path / name) for name in ("four.svg", "four-2.svg")
    ]
    assert (tmp_path / "four.svg").read_bytes() == before


def test_bad_files_are_said_and_stop_no_other(capsys, tmp_path):
    (tmp_path / "a.wav").write_text("no sound")
    (tmp_path / "none").mkdir()
    good = write(tmp_path / "z.wav", sample_clip("six").samples)
    output = tmp_path / "out"
    paths = (tmp_path / "gone.wav", tmp_path / "a.wav", tmp_path / "none", good)
    status, lines, _ = run(capsys, "spectrogram", *paths, "--output", output)
    assert status == 1
    assert ["error" in line for line in lines] == [True, True, True, False]
    assert [path.name for path in output.iterdir()] == ["z.png"]
    (tmp_path / "zeros.wav").unlink(missing_ok=True)
    quiet = write(tmp_path / "zeros.wav", np.zeros(8000))
    status, lines, _ = run(capsys, "spectrogram", quiet, "--output", output)
    assert status == 0
    assert "only zeros" in lines[0]


def test_what_can_not_be_done_at_all_ends_with_2(capsys, tmp_path):
    (tmp_path / "file").write_text("")
    four = SAMPLES / "four.wav"
    status, lines, err = run(capsys, "spectrogram", four, "--output", tmp_path / "file")
    assert (status, lines) == (2, [])
    assert "cannot be a folder" in err
    status, lines, err = run(
        capsys, "spectrogram", four, "--output", tmp_path / "o", "--model", tmp_path
    )
    assert (status, lines) == (2, [])
    assert "is not a model bundle" in err
    assert not (tmp_path / "o").exists()
    with pytest.raises(SystemExit) as ended:
        main(["spectrogram", str(four)])
    assert ended.value.code == 2

"""What a model would learn from clips, as the folder that is written of them says."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.library.clips import BAD, Origin, sound_of
from app.shell.translation import fill, translated
from core.dataset.health import ProblemKind
from core.dataset.layouts import Layout, Named
from core.dataset.recordings import export_clips, label_name, speaker_name
from core.dataset.scan import scan
from core.errors import SoundFileError, SpokenDigitsError
from core.labels import BACKGROUND_NOISE, SILENCE, UNKNOWN, is_word, sort_labels
from core.sound.sound_file import never

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from app.library.clips import Clip
    from app.shell.model_in_use import ChosenModel, Network
    from core.dataset.scan import DataSet
    from core.dataset.splits import Split
    from core.recognition.recogniser import Prediction
    from core.sound.clip import AudioClip

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """Clips as a data set, and what can be made of it.

    Parameters
    ----------
    folder : Path
        In which they were written.
    clips : dict of str to Clip
        By the name of the file in the folder.
    heard : dict of Clip to Prediction
        What the model in use says of each; empty without one.
    data_set : DataSet
    left_out : tuple of (str, str)
        Why each clip that is of no use is none, in a word or two, and which it is.
    sides : Split or None
        How the clips would be divided for a new model; None where there can be none.
    no_new, no_copy : str
        Why there can be no new model, and why the model in use cannot be adapted; or empty.
    """

    folder: Path
    clips: dict[str, Clip]
    heard: dict[Clip, Prediction]
    data_set: DataSet
    left_out: tuple[tuple[str, str], ...]
    sides: Split | None
    no_new: str
    no_copy: str

    @property
    def words(self) -> tuple[str, ...]:
        """The words that a new model would know."""
        found = Counter(recording.label for recording in self.data_set.recordings)
        return sort_labels(word for word, clips in found.items() if clips > 1)

    @property
    def every(self) -> list[Clip]:
        """The clips that are of use."""
        data_set = self.data_set
        return [self.clips[each.name] for each in (*data_set.recordings, *data_set.noise)]


def usable_label(clip: Clip) -> str | None:
    """Return what somebody said a clip is, as a folder is called; None where nobody did."""
    said = BACKGROUND_NOISE if clip.expected == SILENCE else clip.expected
    return None if said is None or not (is_word(said) or said == BACKGROUND_NOISE) else said


def make_lesson(
    clips: Sequence[Clip],
    folder: Path,
    own_name: str,
    model: ChosenModel | None,
    network: Network,
    on_progress: Callable[[int, int], None] = lambda _done, _total: None,
    should_stop: Callable[[], bool] = never,
) -> Lesson:
    """Write clips as a data set, hear each of them, and see what can be learned.

    Parameters
    ----------
    clips : sequence of Clip
    folder : Path
        Nothing may lie there.
    own_name : str
        Of whoever speaks the takes.
    model : ChosenModel or None
        The model in use.
    network : Network
        This thread's.
    on_progress, should_stop : callable

    Raises
    ------
    SpokenDigitsError
        When nothing can be read or written, or the clips are no data set.
    ReadingStopped
        When it is to stop; nothing is left.
    """
    chosen: list[tuple[Clip, str]] = []
    left_out: list[tuple[str, str]] = []
    for clip in clips:
        try:
            chosen.append((clip, label_name(usable_label(clip) or "")))
        except SoundFileError:
            left_out.append((_no_label(clip), clip.name))
    heard: dict[Clip, Prediction] = {}

    def sound(clip: Clip) -> AudioClip:
        found = sound_of(clip)
        if model is not None:
            heard[clip] = network.of(model).recognise(found)
        return found

    def on_done(done: int) -> None:
        on_progress(done, len(chosen))

    sounds = ((partial(sound, clip), label, _speaker(clip, own_name)) for clip, label in chosen)
    exported = export_clips(folder, sounds, on_done, should_stop)
    unread = {place for place, _ in exported.left_out}
    written = (clip for place, (clip, _) in enumerate(chosen) if place not in unread)
    names = dict(zip(exported.names, written, strict=True))
    unreadable = translated(ProblemKind.UNREADABLE.title)
    left_out += [(unreadable, translated(why)) for _, why in exported.left_out]
    data_set = scan(folder, should_stop=should_stop)
    left_out += [
        (translated(problem.kind.title), names[problem.path].name)
        for problem in data_set.problems
        if problem.kind.leaves_out and problem.path in names
    ]
    lesson = Lesson(folder, names, heard, data_set, tuple(left_out), None, "", "")
    sides, no_new = _sides(lesson)
    return replace(lesson, sides=sides, no_new=no_new, no_copy=_no_copy(data_set, model))


def _speaker(clip: Clip, own_name: str) -> str:
    """Return who speaks, as far as the name of the file tells; empty where nobody knows."""
    if clip.path is None:
        return speaker_name(own_name) if clip.origin is Origin.SPOKEN else ""
    read = Layout([]).read((clip.named or clip.expected or "", clip.path.name))
    try:
        return speaker_name(read.speaker or "") if isinstance(read, Named) else ""
    except SoundFileError:
        return ""


def _no_label(clip: Clip) -> str:
    if clip.expected is None:
        return translate("lesson", "nobody has said what it is")
    if clip.expected == BAD:
        return translate("lesson", "marked as bad")
    return translate("lesson", "not a word that can be learned")


def _sides(lesson: Lesson) -> tuple[Split | None, str]:
    from core.training.presets import DEFAULT_PRESET, PRESETS, preset_config
    from core.training.quick import set_aside

    if len(lesson.words) < 2:
        return None, translate(
            "lesson", "A new model needs two words at least, with two clips of each."
        )
    folder, labels = lesson.folder, (*lesson.words, SILENCE, UNKNOWN)
    try:
        config = preset_config(PRESETS[DEFAULT_PRESET], folder, folder)
        return set_aside(lesson.data_set, labels, config), ""
    except SpokenDigitsError as error:
        return None, translated(error.sentence)


def _no_copy(data_set: DataSet, model: ChosenModel | None) -> str:
    from core.training.adaptation import FEWEST_CLIPS
    from core.training.extra import need_tensorflow

    if model is None:
        return translate("lesson", "There is no model in use.")
    unknown = [label for label in data_set.labels if label not in model.metadata.labels]
    if unknown:
        text = translate("lesson", "“{model}” does not know {words}.")
        return text.format(model=model.path.name, words=", ".join(unknown))
    if len(data_set.of_labels(model.metadata.labels)) < FEWEST_CLIPS:
        text = translate("lesson", "It takes {n} clips at least to adapt a model.")
        return fill(text, n=FEWEST_CLIPS)
    try:
        need_tensorflow()
    except SpokenDigitsError as error:
        return translated(error.sentence)
    return ""

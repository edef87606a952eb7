"""The window in which a model is taught with clips that were chosen in a table."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import (
    QDialog,
    QLabel,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QStackedWidget,
    QWidget,
)

from app.library.bar import WRONG, FilterBar
from app.library.hear_again import is_wrong
from app.library.model import Column
from app.library.table import ClipTable
from app.shell.translation import counted, fill
from app.voice.before_after import BeforeAfter
from app.voice.clip_teacher import TeachingStep
from app.widgets.layout import in_column, in_page, in_row

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.library.hear_again import Difference
    from app.shell.progress import HowFar
    from app.voice.clip_teacher import ClipTeacher, Taught
    from app.voice.lesson import Lesson

translate = QCoreApplication.translate

_STEPS = 1000
_PAGES = {TeachingStep.CHOOSING: 1, TeachingStep.DECIDING: 2}
_FEW = 3  # names that a title has room for
_MOST_NAMED = 6


class TeachClipsDialog(QDialog):
    """Says what would be learned, lets it be learned, and shows what is heard then.

    Parameters
    ----------
    teacher : ClipTeacher

    Signals
    -------
    use_wanted(Path)
        The new model is to recognise from now on.
    play_wanted(Clip)
    said(str)
    """

    use_wanted = Signal(object)
    play_wanted = Signal(object)
    said = Signal(str)

    def __init__(self, teacher: ClipTeacher, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._teacher = teacher
        self.setWindowTitle(self.tr("Teach with these clips"))

        # --- parts ---
        self.status, self.intro, self.left_out = QLabel(), QLabel(), QLabel()
        self.message, self.verdict, self.note = QLabel(), QLabel(), QLabel()
        self.about_new, self.about_copy = QLabel(), QLabel()
        self.new = QRadioButton(self.tr("A &new model of these words"))
        self.copy = QRadioButton()
        self.bar = QProgressBar()
        self.bar.setFormat("%p %")
        self.bar.setAccessibleName(self.tr("Progress"))
        self.cancel = QPushButton(self.tr("&Cancel"))
        self.teach = QPushButton(self.tr("&Teach"))
        self.table = ClipTable(
            (Column.NAME, Column.EXPECTED, Column.HEARD, Column.SURE), Column.HEARD
        )
        self.table.setColumnWidth(Column.NAME, self.fontMetrics().averageCharWidth() * 28)
        self.table.setAccessibleName(self.tr("Clips that were wrong, or are now"))
        self.filter = FilterBar(self.table, (WRONG,))
        self.figures = BeforeAfter()
        self.use = QPushButton(self.tr("&Use it"))
        self.keep = QPushButton(self.tr("&Keep the old one"))

        # --- layout ---
        labels = (self.status, self.intro, self.left_out, self.message, self.verdict, self.note)
        for label in (*labels, self.about_new, self.about_copy):
            label.setWordWrap(True)
        font = self.verdict.font()
        font.setBold(True)
        font.setPointSizeF(font.pointSizeF() * 1.15)
        self.verdict.setFont(font)
        indent = self.fontMetrics().averageCharWidth() * 3
        self._pages = QStackedWidget()
        choice = in_column(
            *(self.copy, in_row(indent, (self.about_copy, 1)), 8),
            *(self.new, in_row(indent, (self.about_new, 1))),
            spacing=4,
        )
        for page in (
            in_page(None, self.status, self.bar, in_row(None, self.cancel), None),
            in_page(
                *(self.intro, choice, self.left_out, self.message, None),
                in_row(None, self.teach),
                spacing=16,
            ),
            in_page(
                *(self.verdict, self.filter, (self.table, 1), self.figures, self.note),
                in_row(None, self.keep, self.use),
            ),
        ):
            self._pages.addWidget(page)
        self.setLayout(in_column(self._pages, margins=(16, 16, 16, 16)))
        metrics = self.fontMetrics()
        self.resize(104 * metrics.averageCharWidth(), 30 * metrics.lineSpacing())

        # --- connections ---
        teacher.step_changed.connect(self._on_step_changed)
        teacher.advanced.connect(self._on_advanced)
        teacher.learned.connect(self._on_learned)
        teacher.taught.connect(self._show_result)
        teacher.failed.connect(self.message.setText)
        self.new.toggled.connect(lambda _: self.message.clear())
        self.cancel.clicked.connect(self._cancel)
        self.teach.clicked.connect(lambda: teacher.teach(self.copy.isChecked()))
        self.keep.clicked.connect(self._keep)
        self.use.clicked.connect(self._use)
        self.table.play_wanted.connect(self.play_wanted)

    def reject(self) -> None:
        """Esc gives up what is going on; a model that was made stays."""
        if self._teacher.step is TeachingStep.DECIDING:
            self._keep()
            return
        self._teacher.leave()
        super().reject()

    # --- what is going on -------------------------------------------------------------------

    def _on_step_changed(self, step: TeachingStep) -> None:
        self._pages.setCurrentIndex(_PAGES.get(step, 0))
        if step is TeachingStep.IDLE:
            self.accept()
        elif step is TeachingStep.CHOOSING:
            self._show_lesson()
        elif step is not TeachingStep.DECIDING:
            self.bar.setValue(0)
            self.cancel.setFocus()

    def _on_advanced(self, done: int, total: int) -> None:
        if self._teacher.step is TeachingStep.HEARING:
            text = self.tr("The new model hears the clips: {0:,} of {1:,}…")
        else:
            text = self.tr("The clips are read and heard: {0:,} of {1:,}…")
        self.status.setText(fill(text, done, total))
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _on_learned(self, now: HowFar) -> None:
        self.bar.setRange(0, _STEPS)
        self.bar.setValue(round(_STEPS * now.fraction))
        self.status.setText(f"{self.tr('The model learns…')} {now.time_left}".strip())

    # --- what would be learned --------------------------------------------------------------

    def _show_lesson(self) -> None:
        lesson = self._teacher.lesson
        assert lesson is not None
        before = self._teacher.before
        name = before.path.name if before is not None else ""
        self.message.clear()
        self.intro.setText(lesson_text(lesson))
        self.copy.setText(self.tr("&Adapt “{0}”").format(name.replace("&", "&&")))
        self.copy.setVisible(before is not None)
        self.about_copy.setVisible(before is not None)
        self.about_copy.setText(lesson.no_copy or _about_copy(lesson, name))
        self.about_new.setText(lesson.no_new or _about_new(lesson))
        for button, hindrance in ((self.copy, lesson.no_copy), (self.new, lesson.no_new)):
            button.setEnabled(not hindrance)
        (self.new if lesson.no_copy else self.copy).setChecked(True)
        self.teach.setEnabled(self.new.isEnabled() or self.copy.isEnabled())
        self.left_out.setText(left_out_text(lesson.left_out))
        self.left_out.setToolTip("\n".join(f"{each} ({why})" for why, each in lesson.left_out))
        self.left_out.setVisible(bool(lesson.left_out))
        self.teach.setDefault(True)
        self.teach.setFocus()

    # --- what became of it ------------------------------------------------------------------

    def _show_result(self, taught: Taught) -> None:
        self.verdict.setText(verdict_text(taught.difference, taught.model.name))
        was_wrong = [clip for clip in taught.clips if is_wrong(clip.before, clip.expected)]
        others = set(taught.clips) - set(was_wrong)
        shown = [*was_wrong, *(clip for clip in taught.clips if clip in others and clip.is_wrong)]
        self.table.clips.set_clips(shown)
        figures = [(self._tested_on(), taught.tested)]
        figures.append((self.tr("The model's standard test"), taught.standard))
        self.figures.set_figures([(title, figure) for title, figure in figures if figure.clips])
        self.note.setText(
            self.tr(
                "It has learned from clips of the list, so the bars say better what it is worth. "
                "It stays among the models, whatever you choose."
            )
        )
        wise = self.keep if taught.is_worse else self.use
        wise.setDefault(True)
        wise.setFocus()

    def _tested_on(self) -> str:
        lesson = self._teacher.lesson
        if lesson is None or lesson.sides is None or self._teacher.adapts:
            return self.tr("Clips, each judged by a copy that had not learned from it")
        if not lesson.sides.test:
            return self.tr("Clips, each judged by a model that had not learned from it")
        people = {each.speaker for each in lesson.sides.test if each.speaker}
        if len(people) > _FEW:
            return fill(self.tr("Clips of {0} people whom it had not heard"), len(people))
        names = _names(sorted(people))
        return self.tr("Clips of people whom it had not heard: {0}").format(names)

    # --- what the person does ---------------------------------------------------------------

    def _cancel(self) -> None:
        if self._teacher.step is TeachingStep.LEARNING:
            self._teacher.cancel()
        else:
            self.reject()

    def _use(self) -> None:
        if self._teacher.result is not None:
            self.use_wanted.emit(self._teacher.result.model)
        self._teacher.leave()

    def _keep(self) -> None:
        if self._teacher.result is not None:
            text = self.tr("Nothing has changed. “{0}” is among the models: choose it above.")
            self.said.emit(text.format(self._teacher.result.model.name))
        self._teacher.leave()


def lesson_text(lesson: Lesson) -> str:
    """Say what could be learned from: how many clips, of which words, by how many speakers."""
    data_set = lesson.data_set
    one, many = translate("teach clips", "{n:,} clip"), translate("teach clips", "{n:,} clips")
    clips = counted(len(data_set.recordings), one, many)
    text = translate("teach clips", "{clips} can be learned from: {words}.")
    found = Counter(recording.label for recording in data_set.recordings)
    words = _names(f"{word} ({found[word]})" for word in data_set.labels)
    sentences = [text.format(clips=clips, words=words)]
    speakers = {recording.speaker for recording in data_set.recordings if recording.speaker}
    one = translate("teach clips", "{n:,} speaker is known: {names}.")
    many = translate("teach clips", "{n:,} speakers are known: {names}.")
    sentences.append(
        counted(len(speakers), one, many, names=_names(sorted(speakers)))
        if speakers
        else translate("teach clips", "Who speaks is not known.")
    )
    return " ".join(sentences)


def left_out_text(left_out: Iterable[tuple[str, str]]) -> str:
    """Say how many clips are left out, and why."""
    reasons = Counter(why for why, _ in left_out)
    listed = "; ".join(fill("{0:,}: {1}", n, why) for why, n in reasons.most_common())
    one = translate("teach clips", "{n:,} clip is left out ({reasons}).")
    many = translate("teach clips", "{n:,} clips are left out ({reasons}).")
    return counted(reasons.total(), one, many, reasons=listed)


def verdict_text(difference: Difference, model: str) -> str:
    """Say how many that were wrong are right now, and the other way round."""
    if difference.wrong:
        one = translate("teach clips", "“{model}” has {mended:,} of {n:,} right that was wrong.")
        many = translate("teach clips", "“{model}” has {mended:,} of {n:,} right that were wrong.")
        text = counted(difference.wrong, one, many, mended=difference.mended, model=model)
    else:
        text = translate("teach clips", "None was wrong before “{model}” learned.")
        text = text.format(model=model)
    if not difference.right:
        return text
    if not difference.spoilt:
        kept = translate("teach clips", "None that was right is wrong now.")
        return f"{text} {kept}"
    one = translate("teach clips", "Of {right:,} that were right, {n:,} is wrong now.")
    many = translate("teach clips", "Of {right:,} that were right, {n:,} are wrong now.")
    return f"{text} {counted(difference.spoilt, one, many, right=difference.right)}"


def _about_new(lesson: Lesson) -> str:
    sides = lesson.sides
    assert sides is not None
    one, many = translate("teach clips", "{n:,} clip"), translate("teach clips", "{n:,} clips")
    learned = counted(len(sides.train), one, many)
    if sides.test:
        text = translate(
            "teach clips",
            "It learns from {learned}, in seconds, and is tested on {tested} of people whom it "
            "has not heard: {names}.",
        )
        names = _names(sorted({r.speaker for r in sides.test if r.speaker}))
        tested = counted(len(sides.test), one, many)
        sentences = [text.format(learned=learned, tested=tested, names=names)]
        if sides.unknown_speakers:
            text = translate("teach clips", "Clips of unknown speakers are learned from: {n:,}.")
            sentences.append(fill(text, n=sides.unknown_speakers))
    else:
        speakers = {recording.speaker for recording in sides.train if recording.speaker}
        text = (
            translate(
                "teach clips",
                "It learns from all {learned}, in seconds. For want of three speakers it is "
                "tested in turns: each speaker's clips by a model that has not learned from them.",
            )
            if len(speakers) > 1
            else translate(
                "teach clips",
                "It learns from all {learned}, in seconds. For want of three speakers it is "
                "tested in turns: every clip by a model that has not learned from it.",
            )
        )
        sentences = [text.format(learned=learned)]
    once = [word for word in lesson.data_set.labels if word not in lesson.words]
    if once:
        text = translate("teach clips", "With one clip only, it counts as another word: {words}.")
        sentences.append(text.format(words=_names(once)))
    return " ".join(sentences)


def _about_copy(lesson: Lesson, name: str) -> str:
    text = translate(
        "teach clips",
        "A copy learns from all {n:,} clips, in about a minute, and keeps what “{model}” knows "
        "besides. It is tested in turns: every clip by a copy that has not learned from it, and "
        "by the standard test. “{model}” stays as it is.",
    )
    return fill(text, n=len(lesson.every), model=name)


def _names(names: Iterable[str]) -> str:
    every = list(dict.fromkeys(names))
    some = ", ".join(every[:_MOST_NAMED])
    more = len(every) - _MOST_NAMED
    if more <= 0:
        return some
    return fill(translate("teach clips", "{names} and {n:,} more"), names=some, n=more)

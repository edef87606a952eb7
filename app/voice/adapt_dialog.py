"""The window in which the model is adapted to a person, and in which they decide."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QWidget,
)

from app.shell.translation import counted
from app.voice.adapt_controller import AdaptationState
from app.voice.before_after import BeforeAfter
from app.widgets.layout import in_column, in_page, in_row
from core.sound.sound_file import find_sound_files

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QShowEvent

    from app.shell.model_in_use import ModelInUse
    from app.shell.settings import Settings
    from app.voice.adapt_controller import AdaptationController
    from core.training.events import Adapted

_FOLDER = Qt.ItemDataRole.UserRole


class AdaptDialog(QDialog):
    """Three pages: what to learn from; how far it is; before, after, and the decision.

    Parameters
    ----------
    controller : AdaptationController
    folders : callable
        Returns the person's own folders of recordings, as (title, folder).
    model : ModelInUse
    settings : Settings
        Where the speaker's name is remembered.
    """

    def __init__(
        self,
        controller: AdaptationController,
        folders: Callable[[], list[tuple[str, Path]]],
        model: ModelInUse,
        settings: Settings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._folders = folders
        self._model = model
        self._settings = settings
        self.setWindowTitle(self.tr("Adapt the model to your voice"))

        # --- parts ---
        self._intro, self._message = QLabel(), QLabel()
        self.sources = QListWidget()
        self.sources.setAccessibleName(self.tr("Folders to learn from"))
        self.add_folder = QPushButton(self.tr("Add &folder…"))
        self.start = QPushButton(self.tr("&Adapt"))
        self._status = QLabel()
        self.progress = QProgressBar()
        self.progress.setFormat("%p %")
        self.progress.setAccessibleName(self.tr("Progress"))
        self.cancel = QPushButton(self.tr("&Cancel"))
        self.verdict, self._notes = QLabel(), QLabel()
        self.figures = BeforeAfter()
        self.use = QPushButton(self.tr("&Use the copy"))
        self.discard = QPushButton(self.tr("&Discard it"))
        for label in (self._intro, self._message, self._status, self.verdict, self._notes):
            label.setWordWrap(True)
        self.verdict.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

        # --- layout ---
        font = self.verdict.font()
        font.setBold(True)
        font.setPointSizeF(font.pointSizeF() * 1.15)
        self.verdict.setFont(font)
        buttons = in_row(self.add_folder, None, self.start)
        self._pages = QStackedWidget()
        for each in (
            in_page(self._intro, (self.sources, 1), self._message, buttons),
            in_page(None, self._status, self.progress, None, in_row(None, self.cancel)),
            in_page(
                *(self.verdict, self.figures, self._notes, None),
                in_row(None, self.discard, self.use),
                spacing=16,
            ),
        ):
            self._pages.addWidget(each)
        self.setLayout(in_column(self._pages, margins=(16, 16, 16, 16)))
        self.resize(560, 400)

        # --- connections ---
        controller.state_changed.connect(self._on_state_changed)
        controller.progress_changed.connect(self._on_progress_changed)
        controller.adapted.connect(self._show_result)
        controller.failed.connect(self._on_failed)
        controller.used.connect(lambda _: self.accept())
        self.add_folder.clicked.connect(self._add_folder)
        self.sources.itemChanged.connect(self._enable_start)
        self.start.clicked.connect(self._start)
        self.cancel.clicked.connect(controller.cancel)
        self.use.clicked.connect(controller.use)
        self.discard.clicked.connect(self._discard)
        self._on_state_changed(controller.state)

    def showEvent(self, event: QShowEvent) -> None:
        """Look which recordings there are."""
        super().showEvent(event)
        if self._controller.state is AdaptationState.IDLE:
            self._list_folders()

    def reject(self) -> None:
        """Esc ends what is going on; what waits for a decision goes on waiting."""
        self._controller.cancel()
        super().reject()

    # --- what is shown ------------------------------------------------------------------

    def _list_folders(self) -> None:
        self._intro.setText(
            self.tr(
                "A copy of “{0}” learns from your recordings, in about a minute. Then you see how "
                "many it has right, before and after, and decide. “{0}” itself stays as it is."
            ).format(self._model.path.name)
        )
        self._message.clear()
        self.sources.clear()
        for title, folder in self._folders():
            clips = len(find_sound_files(folder))
            if clips:
                self._add_source(f"{title} ({clips})", folder)
        if not self.sources.count():
            self._message.setText(
                self.tr(
                    "There are no recordings of yours yet. Correct some takes (W), collect "
                    "recordings (My voice), or add a folder."
                )
            )
        self._enable_start()

    def _add_source(self, text: str, folder: Path) -> None:
        item = QListWidgetItem(text)
        item.setData(_FOLDER, folder)
        item.setToolTip(str(folder))
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked)
        self.sources.addItem(item)

    def _checked(self) -> list[Path]:
        items = (self.sources.item(row) for row in range(self.sources.count()))
        return [i.data(_FOLDER) for i in items if i.checkState() == Qt.CheckState.Checked]

    def _enable_start(self) -> None:
        self.start.setEnabled(bool(self._checked()))

    def _on_state_changed(self, state: AdaptationState) -> None:
        page = {AdaptationState.IDLE: 0, AdaptationState.RUNNING: 1, AdaptationState.DECIDING: 2}[
            state
        ]
        self._pages.setCurrentIndex(page)
        default = {
            AdaptationState.IDLE: self.start,
            AdaptationState.RUNNING: self.cancel,
            AdaptationState.DECIDING: self.use,
        }
        default[state].setDefault(True)
        default[state].setFocus()

    def _on_progress_changed(self, done: int, total: int) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)
        if not total:
            text = self.tr("Getting ready…")
        elif done < total and total > 1:
            text = self.tr("A copy of “{0}” is learning…").format(self._name())
        else:
            text = self.tr("The copy is being tested…")
        self._status.setText(text)

    def _show_result(self, result: Adapted) -> None:
        yours, samples, rehearsal = result.yours, result.samples, result.rehearsal
        figures = [(self.tr("Your clips"), yours), (self.tr("The program's samples"), samples)]
        figures.append((self.tr("The model's standard test"), rehearsal))
        self.figures.set_figures([(title, figure) for title, figure in figures if figure.clips])
        standard = samples + rehearsal
        gain, lost = yours.after - yours.before, standard.before - standard.after
        self.verdict.setText(self._verdict(result.worse, gain, lost))
        self._notes.setText(self._notes_on(result))
        wise = self.discard if result.worse else self.use
        wise.setDefault(True)
        wise.setFocus()

    def _verdict(self, worse: bool, gain: int, lost: int) -> str:
        if worse and gain < 0:
            return self.tr("The copy is worse for you. Better discard it.")
        if worse:
            text = self.tr("The copy has forgotten: {0} more of the standard test are wrong.")
            return text.format(lost)
        if gain > 0:
            return self.tr("The copy has {0} more of your clips right.").format(gain)
        return self.tr("The copy is as good for you as the model was.")

    def _notes_on(self, result: Adapted) -> str:
        text = self.tr(
            "{0} of your {1} clips were judged by copies that had not learned from them ({2} "
            "such copies); the one that you would use has learned from all."
        )
        notes = [text.format(result.yours.clips, result.learned, result.folds)]
        if not result.rehearsal.clips:
            text = self.tr(
                "“{0}” keeps no clips to rehearse, so the copy was changed only carefully, "
                "and {1} samples say little about other voices."
            )
            notes.append(text.format(result.model, result.samples.clips))
        if result.left_out:
            one = self.tr("{n} clip of a word that the model does not know was left out.")
            many = self.tr("{n} clips of words that the model does not know were left out.")
            notes.append(counted(result.left_out, one, many))
        notes.append(self.tr("You can go back to “{0}” at any time.").format(self._name()))
        return " ".join(notes)

    def _name(self) -> str:
        return self._controller.model.name if self._controller.model else ""

    # --- what the person does -----------------------------------------------------------

    def _add_folder(self) -> None:
        path = QFileDialog.getExistingDirectory(self, self.tr("Folder of recordings"))
        if path:
            self._add_source(path, Path(path))
            self._message.clear()
            self._enable_start()

    def _start(self) -> None:
        model, speaker = self._model.path, self._settings.speaker
        wish = f"{model.name} for {speaker}" if speaker else f"{model.name} adapted"
        name = model.name if speaker and model.name.endswith(f" for {speaker}") else wish
        self._controller.start(self._checked(), model, name)

    def _discard(self) -> None:
        self._controller.discard()
        self._list_folders()
        self._message.setText(self.tr("The copy is gone; nothing has changed."))

    def _on_failed(self, sentence: str) -> None:
        if self._controller.state is AdaptationState.DECIDING:
            self.verdict.setText(sentence)
        else:
            self._list_folders()
            self._message.setText(sentence)

"""The window: what is always there, the tabs, the menus, and what is connected to what."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLabel,
    QMainWindow,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app import diagnostics
from app.exports import Exportable, Exports
from app.input_bar import InputBar
from app.menus import Menus
from app.recognition.tab import RecogniseTab
from app.theme import apply_theme
from core.places import DEFAULT_MODEL, SHIPPED_MODELS, user_models
from core.recognition.library import ModelLibrary
from core.sound.audio import SOUND_SUFFIXES
from core.sound.sources import DEFAULT, DEMO

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent

    from app.recognition.controller import RecognitionController, SourceInfo
    from app.settings import Settings
    from app.takes import RecognisedTake
    from app.training.controller import ModelEntry, TrainingController
    from app.training.tab import TrainTab
    from core.recognition.bundle import ModelMetadata
    from core.sound.sources import InputDevice
    from core.training.run_folder import RunFolder


class MainWindow(QMainWindow):
    """Puts the parts together; holds no state of recording, recognising or training.

    Parameters
    ----------
    controller : RecognitionController
    settings : Settings
    """

    closed = Signal()

    def __init__(self, controller: RecognitionController, settings: Settings) -> None:
        super().__init__()
        self._controller = controller
        self._settings = settings
        self._shown_take: RecognisedTake | None = None
        self._model = DEFAULT_MODEL

        # --- parts ---
        self.inputs = InputBar()
        self.recognise = RecogniseTab()
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.recognise, self.tr("Recognise"))
        self._train_page = QStackedWidget()  # filled when there is time
        self.tabs.addTab(self._train_page, self.tr("Train"))
        self.train: TrainTab | None = None
        self._training: TrainingController | None = None
        self._device_label, self._model_label = QLabel(), QLabel()
        self._latency_label, self._work_label = QLabel(), QLabel()

        # --- layout ---
        self.setWindowTitle("Spoken Digits")
        self.setAcceptDrops(True)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.inputs)
        column.addWidget(self.tabs, 1)
        self.setCentralWidget(middle)
        for label in (self._device_label, self._model_label, self._latency_label):
            label.setContentsMargins(8, 0, 16, 2)
            self.statusBar().addWidget(label)
        self.statusBar().addPermanentWidget(self._work_label)
        self.resize(1100, 680)

        # --- menus ---
        self.exports = Exports(self._exportable, settings, self)
        self.menus = Menus(self)
        self.menus.add_exports(self.exports.sound, self.exports.exports, self.exports.copy)
        for index in range(self.tabs.count()):
            self.menus.add_tab(index, self.tabs.tabText(index))
        self.menus.play.setEnabled(False)

        # --- what is remembered ---
        settings.restore_window(self)
        settings.restore_splitters(self)
        self.tabs.setCurrentIndex(settings.tab)
        self.menus.show_choices(settings.theme, settings.language)
        self.menus.set_recent(settings.recent)

        # --- connections ---
        controller.state_changed.connect(self.recognise.set_state)
        controller.level_changed.connect(self.inputs.meter.set_level)
        controller.running_changed.connect(self.recognise.set_running)
        controller.take_ready.connect(self._on_take_ready)
        controller.take_updated.connect(self._show_take)
        controller.source_opened.connect(self._on_source_opened)
        controller.model_loaded.connect(self._on_model_loaded)
        controller.model_failed.connect(self._on_model_failed)
        controller.problem_changed.connect(self._on_problem_changed)
        controller.failed.connect(self._say)
        controller.devices_listed.connect(self._on_devices_listed)
        controller.busy_changed.connect(self._on_busy_changed)
        self.recognise.record_clicked.connect(lambda: controller.begin_take())
        self.recognise.demo_clicked.connect(lambda: self.choose_source(DEMO))
        self.recognise.take_chosen.connect(self._on_take_chosen)
        self.inputs.source_chosen.connect(self.choose_source)
        self.inputs.file_wanted.connect(self._choose_source_file)
        self.inputs.model_chosen.connect(self._choose_model)
        self.tabs.currentChanged.connect(self._on_tab_changed)
        menus, exports = self.menus, self.exports
        menus.open.triggered.connect(self._open_dialog)
        menus.open_folder.triggered.connect(self._open_folder_dialog)
        menus.recent_chosen.connect(lambda path: self.open_files([path]))
        menus.quit.triggered.connect(self.close)
        menus.record.triggered.connect(lambda: controller.begin_take())
        menus.cancel.triggered.connect(controller.cancel_take)
        menus.play.triggered.connect(self._play_take)
        menus.tab_chosen.connect(self.tabs.setCurrentIndex)
        menus.theme_chosen.connect(self._on_theme_chosen)
        menus.language_chosen.connect(self._on_language_chosen)
        menus.full_screen.toggled.connect(self._on_full_screen_toggled)
        menus.shortcuts.triggered.connect(self._show_shortcuts)
        menus.model_card.triggered.connect(lambda: self._show_about("model"))
        menus.about.triggered.connect(lambda: self._show_about("program"))
        menus.copy_report.triggered.connect(self._copy_report)
        exports.said.connect(lambda text: self.statusBar().showMessage(text, 5000))
        exports.failed.connect(self._say)
        exports.busy_changed.connect(self._on_busy_changed)

    def start(self, source: str | None = None) -> None:
        """Open the source and load the model, as remembered or as named."""
        remembered = Path(self._settings.model) if self._settings.model else DEFAULT_MODEL
        self._model = remembered if remembered.is_dir() else DEFAULT_MODEL
        library = ModelLibrary(SHIPPED_MODELS, user_models())
        self.inputs.set_models(library.paths(), self._model)
        self._controller.load_model(self._model)
        name = source or self._settings.source
        self.inputs.set_source(name)
        self._controller.open_source(name)
        self._controller.list_devices()
        self.recognise.setFocus()

    def choose_source(self, name: str) -> None:
        """Listen to a source and remember it."""
        self._settings.source = name
        self.inputs.set_source(name)
        self.inputs.meter.clear()
        self._controller.open_source(name)
        self.recognise.setFocus()

    def prepare(self) -> None:
        """Make what takes a moment to make, now that the window stands and can hear."""
        self.recognise.prepare()
        self.training_tab()

    def training_tab(self) -> TrainTab:
        """Return the Train tab; the first time, it is made."""
        if self.train is None:
            from app.training.controller import TrainingController
            from app.training.tab import TrainTab

            library = ModelLibrary(SHIPPED_MODELS, user_models())
            self._training = TrainingController(library, self)
            self.train = TrainTab(self._training)
            self._train_page.addWidget(self.train)
            self._settings.restore_splitters(self.train)
            self.train.use_wanted.connect(self._choose_model)
            self.train.play_wanted.connect(self._controller.play)
            self.train.said.connect(lambda text: self.statusBar().showMessage(text, 10_000))
            self._training.models_changed.connect(self._on_models_changed)
            self._training.unfinished_changed.connect(self._on_unfinished_changed)
            self._training.refresh()
            self.train.show_in_use(self._model)
        return self.train

    def open_files(self, paths: list[Path]) -> None:
        """Recognise sound files, one after another."""
        for path in paths:
            self._settings.add_recent(path)
            self._controller.recognise_file(path)
        self.menus.set_recent(self._settings.recent)

    # --- Qt's events ------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Make Space record wherever it is not needed for typing; a held key repeats itself."""
        if not self._space_records(event):
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self._controller.begin_take(held=True)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Tell that Space is not held any more."""
        if not self._space_records(event):
            super().keyReleaseEvent(event)
        elif not event.isAutoRepeat():
            self._controller.release()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept sound files."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Recognise the files that were dropped."""
        urls = event.mimeData().urls()
        self.open_files([Path(url.toLocalFile()) for url in urls if url.isLocalFile()])

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop everything, then close."""
        self._settings.tab = self.tabs.currentIndex()
        self._settings.save_window(self)
        self._settings.save_splitters(self)
        if self._training is not None and self.train is not None:
            self._training.close()
            self.train.close_reader()
        self.exports.close()
        self._controller.close()
        super().closeEvent(event)
        self.closed.emit()

    def _space_records(self, event: QKeyEvent) -> bool:
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        on_tab = self.tabs.currentWidget() is self.recognise
        return event.key() == Qt.Key.Key_Space and plain and on_tab

    # --- what the person does ---------------------------------------------------------

    def _open_dialog(self) -> None:
        paths, _ = QFileDialog.getOpenFileNames(
            self, self.tr("Open sound"), self._settings.folder, self._sound_filter()
        )
        if paths:
            self._settings.folder = str(Path(paths[0]).parent)
            self.open_files([Path(path) for path in paths])

    def _open_folder_dialog(self) -> None:
        folder = QFileDialog.getExistingDirectory(
            self, self.tr("Open folder"), self._settings.folder
        )
        if folder:
            self._settings.folder = folder
            self.open_files([Path(folder)])

    def _choose_source_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self, self.tr("Sound file as source"), self._settings.folder, self._sound_filter()
        )
        if path:
            self._settings.folder = str(Path(path).parent)
            self.choose_source(path)
        else:
            self.inputs.set_source(self._settings.source)

    def _choose_model(self, path: Path) -> None:
        self._model = path
        self._controller.load_model(path)
        self.recognise.setFocus()

    def _play_take(self) -> None:
        if self._shown_take is not None:
            self._controller.play(self._shown_take.clip)

    def _copy_report(self) -> None:
        QApplication.clipboard().setText(diagnostics.report())
        self.statusBar().showMessage(self.tr("The report is on the clipboard."), 5000)

    def _show_about(self, page: str) -> None:
        from app.about import AboutDialog

        AboutDialog(self._model, page, self).exec()

    def _show_shortcuts(self) -> None:
        from app.shortcut_sheet import ShortcutSheet

        ShortcutSheet(self.menus.shortcut_list(), self).exec()

    def _on_full_screen_toggled(self, full: bool) -> None:
        self.setWindowState(
            self.windowState() | Qt.WindowState.WindowFullScreen
            if full
            else self.windowState() & ~Qt.WindowState.WindowFullScreen
        )

    def _exportable(self) -> Exportable | None:
        """Return what the current tab shows, for whoever wants to take it along."""
        take = self._shown_take
        if take is None or self.tabs.currentWidget() is not self.recognise:
            return None
        from core.recognition.figures import ClipFigure
        from core.sound.picture import Picture

        label = take.prediction.label if take.prediction else None
        name = f"{label or 'take'}_{take.time:%Y-%m-%d_%H-%M-%S}"
        picture = Picture.of_mel(take.spectrogram)
        return Exportable(ClipFigure(name, take.clip, picture, take.prediction, self._model.name))

    # --- what the controller tells ----------------------------------------------------

    def _on_take_ready(self, take: RecognisedTake) -> None:
        self.recognise.takes.add(take)
        self._show_take(take)

    def _show_take(self, take: RecognisedTake) -> None:
        self._shown_take = take
        self.recognise.show_take(take)
        if take.prediction is not None:
            text = self.tr("Last answer in {milliseconds:.1f} ms")
            self._latency_label.setText(text.format(milliseconds=take.prediction.milliseconds))
        self.menus.play.setEnabled(True)
        self._update_exports()

    def _on_take_chosen(self, take: RecognisedTake) -> None:
        self._controller.show_take(take)
        self._show_take(take)

    def _on_source_opened(self, source: SourceInfo) -> None:
        name = self.tr("default input") if source.name == DEFAULT else source.name
        self._device_label.setText(f"{name}, {source.sample_rate} Hz")

    def _on_model_loaded(self, metadata: ModelMetadata) -> None:
        self._settings.model = "" if self._model == DEFAULT_MODEL else str(self._model)
        self.inputs.set_model(self._model)
        self.recognise.set_labels(metadata.labels)
        if self.train is not None:
            self.train.show_in_use(self._model)
        else:
            QTimer.singleShot(0, self.prepare)
        self._model_label.setText(self.tr("Model {name}").format(name=metadata.name))

    def _on_model_failed(self, sentence: str) -> None:
        self._say(sentence)
        self._model = Path(self._settings.model) if self._settings.model else DEFAULT_MODEL
        self.inputs.set_model(self._model)

    def _on_problem_changed(self, sentence: str) -> None:
        self.recognise.set_problem(sentence)
        if sentence:
            self.inputs.meter.clear()

    def _on_devices_listed(self, devices: list[InputDevice]) -> None:
        self.inputs.set_devices(devices, self.inputs.source.currentData())

    def _on_models_changed(self, models: list[ModelEntry]) -> None:
        self.inputs.set_models([entry.path for entry in models if entry.metadata], self._model)

    def _on_unfinished_changed(self, runs: list[RunFolder]) -> None:
        if runs:
            text = self.tr("The training of “{0}” was cut off: it can go on under Train.")
            self.statusBar().showMessage(text.format(runs[0].output.name), 15_000)

    def _update_exports(self) -> None:
        self.exports.set_enabled(self._exportable() is not None)

    def _on_tab_changed(self) -> None:
        self._update_exports()
        if self.tabs.currentWidget() is self._train_page:
            self.training_tab()

    def _on_busy_changed(self, busy: bool) -> None:
        self._work_label.setText(self.tr("Working…") if busy else "")

    def _on_theme_chosen(self, theme: str) -> None:
        self._settings.theme = theme
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        apply_theme(app, theme)

    def _on_language_chosen(self, language: str) -> None:
        self._settings.language = language
        text = self.tr("The window speaks this language from its next start on.")
        self.statusBar().showMessage(text, 10_000)

    def _say(self, sentence: str) -> None:
        self.recognise.answer.set_sentence(sentence)
        self.recognise.bars.set_prediction(None)

    def _sound_filter(self) -> str:
        patterns = " ".join(f"*{suffix} *{suffix.upper()}" for suffix in SOUND_SUFFIXES)
        return self.tr("Sound ({patterns});;All files (*)").format(patterns=patterns)

"""The window: what is always there, the tabs, the menus, and what is connected to what."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLabel,
    QMainWindow,
    QMenu,
    QMessageBox,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app import diagnostics
from app.input_bar import InputBar
from app.recognition.history import History
from app.recognition.history_desk import HistoryDesk
from app.recognition.listening_controller import Followed, ListeningController
from app.recognition.tab import RecogniseTab
from app.theme import THEMES, apply_theme
from app.voice_menu import VoiceMenu
from core import __version__
from core.errors import SoundFileError
from core.places import DEFAULT_MODEL, SHIPPED_MODELS, user_models, user_recordings
from core.recognition.library import ModelLibrary
from core.sound.audio import SOUND_SUFFIXES, write_wav
from core.sound.recordings import RecordingsFolder
from core.sound.sources import DEFAULT, DEMO

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent

    from app.inspect.clips import ClipItem
    from app.inspect.tab import InspectTab
    from app.recognition.controller import RecognitionController, SourceInfo
    from app.settings import Settings
    from app.takes import RecognisedTake
    from app.training.controller import ModelEntry, TrainingController
    from app.training.tab import TrainTab
    from core.recognition.bundle import ModelMetadata
    from core.sound.microphone import InputDevice
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
        self._listening = ListeningController(controller, self)
        takes = self.recognise.history
        self.history = History(takes.list.takes, RecordingsFolder(user_recordings()), self)
        self._history_desk = HistoryDesk(takes, self.history, settings)
        self.voice = VoiceMenu(
            controller, settings, lambda: self._model, lambda: takes.labels, self
        )
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.recognise, self.tr("Recognise"))
        self._inspect_page = QStackedWidget()  # filled when there is time, as the next one
        self.tabs.addTab(self._inspect_page, self.tr("Inspect"))
        self.inspect_tab: InspectTab | None = None
        self._train_page = QStackedWidget()
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
        settings.restore_layout(self, self.recognise.splitter)

        # --- menus ---
        self._make_menus()

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
        self.recognise.record_clicked.connect(self._record)
        self.recognise.listen_toggled.connect(self._listening.set_on)
        self._listening.on_changed.connect(self.recognise.set_listening)
        self._listening.followed.connect(self._on_followed)
        self._listening.take_ready.connect(self._on_take_ready)
        self._listening.missed.connect(lambda text: self.statusBar().showMessage(text, 10_000))
        self._listening.failed.connect(self._say)
        self.recognise.demo_clicked.connect(lambda: self.choose_source(DEMO))
        self.recognise.take_chosen.connect(self._on_take_chosen)
        self.recognise.takes.inspect_wanted.connect(self.inspect_takes)
        self.voice.collect.triggered.connect(lambda: self._listening.set_on(False))
        takes.play_wanted.connect(controller.play)
        takes.save_wanted.connect(lambda _: self._save_take())
        self.history.said.connect(lambda text: self.statusBar().showMessage(text, 10_000))
        self.history.failed.connect(self._say)
        self.voice.name_wanted.connect(self._history_desk.change_speaker)
        self.voice.use_wanted.connect(self._use_new_model)
        self.voice.train_wanted.connect(self._train_on)
        self.voice.said.connect(lambda text: self.statusBar().showMessage(text, 15_000))
        self.inputs.source_chosen.connect(self.choose_source)
        self.inputs.devices_wanted.connect(controller.look_for_devices)
        self.inputs.file_wanted.connect(self._choose_source_file)
        self.inputs.model_chosen.connect(self._choose_model)
        self.tabs.currentChanged.connect(self._on_tab_changed)

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
            self.train.use_wanted.connect(self._choose_model)
            self.train.play_wanted.connect(self._controller.play)
            self.train.inspect_wanted.connect(self.inspect)
            self.train.inspect_folder_wanted.connect(lambda path: self.inspect_paths([path]))
            self.train.said.connect(lambda text: self.statusBar().showMessage(text, 10_000))
            self._training.models_changed.connect(self._on_models_changed)
            self._training.unfinished_changed.connect(self._on_unfinished_changed)
            self._training.refresh()
            self.train.show_in_use(self._model)
        return self.train

    def inspection(self) -> InspectTab:
        """Return the Inspect tab; the first time, it is made."""
        if self.inspect_tab is None:
            from app.inspect.controller import InspectController
            from app.inspect.player import Player
            from app.inspect.tab import InspectTab
            from app.inspect.view_settings import ViewSettings

            view = ViewSettings.from_text(self._settings.inspect)
            controller = InspectController(view, self)
            controller.set_model(self._model)
            player = Player(self._controller, self)
            self.inspect_tab = InspectTab(controller, player, self._settings)
            self._inspect_page.addWidget(self.inspect_tab)
            self.inspect_tab.said.connect(lambda text: self.statusBar().showMessage(text, 10_000))
        return self.inspect_tab

    def inspect(self, items: list[ClipItem], row: int = 0) -> None:
        """Look closely at clips, from wherever they come."""
        self.inspection().inspect(items, row)
        self.tabs.setCurrentWidget(self._inspect_page)
        self.inspection().clips.setFocus()

    def inspect_takes(self) -> None:
        """Look closely at the takes of this session, beginning with the one that is shown."""
        from app.inspect.clips import ClipItem

        takes = self.recognise.takes
        items = [ClipItem.of_take(take) for take in takes.takes.all()]
        if items:
            self.inspect(items, max(0, takes.currentIndex().row()))
        else:
            self.tabs.setCurrentWidget(self._inspect_page)  # where it says what to do

    def inspect_paths(self, paths: list[Path]) -> None:
        """Look closely at files and folders."""
        self.tabs.setCurrentWidget(self._inspect_page)
        self.inspection().open_paths(paths)

    def open_files(self, paths: list[Path]) -> None:
        """Recognise sound files, one after another."""
        for path in paths:
            self._controller.recognise_file(path)

    # --- Qt's events ------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Make Space record wherever it is not needed for typing; a held key repeats itself."""
        if not self._space_records(event):
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self._record(held=True)

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
        """Recognise the files that were dropped; inspect folders, and whatever comes there."""
        urls = event.mimeData().urls()
        paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
        if self._inspects or any(path.is_dir() for path in paths):
            self.inspect_paths(paths)
        else:
            self.open_files(paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop everything, then close."""
        self._settings.save_layout(self, self.recognise.splitter)
        if self._training is not None and self.train is not None:
            self._training.close()
            self.train.close_reader()
        if self.inspect_tab is not None:
            self.inspect_tab.close_controller()
        self._listening.close()
        self.history.close()
        self.voice.end()
        self._controller.close()
        super().closeEvent(event)
        self.closed.emit()

    @property
    def _inspects(self) -> bool:
        return self.tabs.currentWidget() is self._inspect_page

    def _space_records(self, event: QKeyEvent) -> bool:
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        on_tab = self.tabs.currentWidget() is self.recognise
        return event.key() == Qt.Key.Key_Space and plain and on_tab

    # --- menus ------------------------------------------------------------------------

    def _make_menus(self) -> None:
        file = self.menuBar().addMenu(self.tr("&File"))
        self._add(file, self.tr("&Open sound…"), QKeySequence.StandardKey.Open, self._open_dialog)
        self._save = self._add(
            file, self.tr("&Save take as…"), QKeySequence.StandardKey.Save, self._save_take
        )
        file.addSeparator()
        self._add(file, self.tr("&Quit"), QKeySequence.StandardKey.Quit, self.close)
        take = self.menuBar().addMenu(self.tr("&Take"))
        self._add(take, self.tr("&Record\tSpace"), None, lambda: self._record())
        listen = self.tr("&Listen on and on")
        self._add(take, listen, Qt.Key.Key_L, lambda: self.recognise.listen.click())
        self._add(take, self.tr("&Cancel"), Qt.Key.Key_Escape, self._cancel)
        self._play = self._add(take, self.tr("&Play"), Qt.Key.Key_P, self._play_take)
        take.addSeparator()
        take.addActions(self.recognise.history.menu_actions())
        self.menuBar().addMenu(self.voice)
        view = self.menuBar().addMenu(self.tr("&View"))
        self._make_theme_menu(view)
        help_menu = self.menuBar().addMenu(self.tr("&Help"))
        self._add(help_menu, self.tr("Copy &report"), None, self._copy_report)
        self._add(help_menu, self.tr("&About Spoken Digits"), None, self._about)
        for action in (self._save, self._play):
            action.setEnabled(False)

    def _add(
        self,
        menu: QMenu,
        text: str,
        shortcut: QKeySequence.StandardKey | Qt.Key | None,
        slot: object,
    ) -> QAction:
        action = QAction(text, self)
        if shortcut is not None:
            action.setShortcut(QKeySequence(shortcut))
        action.triggered.connect(slot)
        menu.addAction(action)
        return action

    def _make_theme_menu(self, menu: QMenu) -> None:
        themes = QActionGroup(self)
        words = (self.tr("As the &system"), self.tr("&Light"), self.tr("&Dark"))
        for theme, word in zip(THEMES, words, strict=True):
            action = QAction(word, self, checkable=True, checked=theme == self._settings.theme)
            action.setData(theme)
            themes.addAction(action)
            menu.addAction(action)
        themes.triggered.connect(self._on_theme_chosen)

    # --- what the person does ---------------------------------------------------------

    def _record(self, held: bool = False) -> None:
        self._listening.set_on(False)
        self._controller.begin_take(held)

    def _cancel(self) -> None:
        if self._inspects:
            self.inspection().escape()
            return
        self._listening.set_on(False)
        self._controller.cancel_take()

    def _open_dialog(self) -> None:
        if self._inspects:
            self.inspection().choose_files()
            return
        paths, _ = QFileDialog.getOpenFileNames(
            self, self.tr("Open sound"), self._settings.folder, self._sound_filter()
        )
        if paths:
            self._settings.folder = str(Path(paths[0]).parent)
            self.open_files([Path(path) for path in paths])

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

    def _use_new_model(self, path: Path) -> None:
        self.inputs.set_models(ModelLibrary(SHIPPED_MODELS, user_models()).paths(), path)
        if self._training is not None:
            self._training.refresh()
        self._choose_model(path)

    def _train_on(self, folder: Path) -> None:
        self.tabs.setCurrentWidget(self._train_page)
        self.training_tab().open_folder(folder)

    def _save_take(self) -> None:
        take = self._shown_take
        if take is None:
            return
        label = take.prediction.label if take.prediction else None
        name = f"{label or 'take'}_{take.time:%Y-%m-%d_%H-%M-%S}.wav"
        proposal = str(Path(self._settings.folder) / name)
        path, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Save take"),
            proposal,
            "WAV (*.wav)",
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if not path:
            return
        try:
            write_wav(Path(path), take.clip)
        except SoundFileError as error:
            self._say(str(error))
        else:
            self._settings.folder = str(Path(path).parent)
            self.statusBar().showMessage(self.tr("Saved {path}").format(path=path), 5000)

    def _play_take(self) -> None:
        if self._inspects:
            self.inspection().play()
        elif self._shown_take is not None:
            self._controller.play(self._shown_take.clip)

    def _copy_report(self) -> None:
        QApplication.clipboard().setText(diagnostics.report())
        self.statusBar().showMessage(self.tr("The report is on the clipboard."), 5000)

    def _about(self) -> None:
        QMessageBox.about(
            self,
            self.tr("About Spoken Digits"),
            self.tr(
                "<h3>Spoken Digits {version}</h3><p>Says which digit was spoken, shows its "
                "waveform and Mel spectrogram, and can be taught.</p><p>MIT licence. Nothing "
                "you say leaves this computer.</p>"
            ).format(version=__version__),
        )

    # --- what the controller tells ----------------------------------------------------

    def _on_take_ready(self, take: RecognisedTake) -> None:
        self.recognise.takes.add(take)
        self._show_take(take)

    def _on_followed(self, followed: Followed) -> None:
        self.recognise.listening.add_sound(followed.samples, followed.columns, followed.seconds)
        for event in followed.events:
            self.recognise.listening.add_event(event)

    def _show_take(self, take: RecognisedTake) -> None:
        self._shown_take = take
        self.recognise.show_take(take)
        if take.prediction is not None:
            text = self.tr("Last answer in {milliseconds:.1f} ms")
            self._latency_label.setText(text.format(milliseconds=take.prediction.milliseconds))
        for action in (self._save, self._play):
            action.setEnabled(True)

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
        if self.inspect_tab is not None:
            self.inspect_tab.controller.set_model(self._model)
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
        self.inputs.set_devices(devices, self.inputs.current)

    def _on_models_changed(self, models: list[ModelEntry]) -> None:
        self.inputs.set_models([entry.path for entry in models if entry.metadata], self._model)

    def _on_unfinished_changed(self, runs: list[RunFolder]) -> None:
        if runs:
            text = self.tr("The training of “{0}” was cut off: it can go on under Train.")
            self.statusBar().showMessage(text.format(runs[0].output.name), 15_000)

    def _on_tab_changed(self) -> None:
        if self.tabs.currentWidget() is self._train_page:
            self.training_tab()
        elif self._inspects:
            self.inspection()

    def _on_busy_changed(self, busy: bool) -> None:
        self._work_label.setText(self.tr("Working…") if busy else "")

    def _on_theme_chosen(self, action: QAction) -> None:
        self._settings.theme = action.data()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        apply_theme(app, action.data())

    def _say(self, sentence: str) -> None:
        self.recognise.answer.set_sentence(sentence)
        self.recognise.bars.set_prediction(None)

    def _sound_filter(self) -> str:
        patterns = " ".join(f"*{suffix} *{suffix.upper()}" for suffix in SOUND_SUFFIXES)
        return self.tr("Sound ({patterns});;All files (*)").format(patterns=patterns)

"""The window: what is always there, the tabs, the menus, and what is connected to what."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QMainWindow, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from app.inspect.page import InspectPlace
from app.recognise.history import History
from app.recognise.history_desk import HistoryDesk
from app.recognise.listening_controller import Followed, ListeningController
from app.recognise.tab import RecogniseTab
from app.shell.exports import Exportable, Exports
from app.shell.file_dialogs import ask_for_folder, ask_for_sound, ask_for_sounds
from app.shell.input_bar import InputBar
from app.shell.menus import Menus
from app.shell.warm_up import Preparation
from app.shell.window_actions import WindowActions
from app.voice.menu import VoiceMenu
from core.dataset.recordings import RecordingsFolder
from core.places import DEFAULT_MODEL, SHIPPED_MODELS, user_models, user_recordings
from core.recognition.model_library import ModelLibrary
from core.sound.sources import DEFAULT, DEMO

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent

    from app.inspect.clips import ClipItem
    from app.inspect.tab import InspectTab
    from app.recognise.controller import RecognitionController, SourceInfo
    from app.recognise.takes import RecognisedTake
    from app.shell.settings import Settings
    from app.train.controller import TrainingController
    from app.train.tab import TrainTab
    from core.recognition.bundle import ModelMetadata
    from core.recognition.model_library import ModelEntry
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
        makers = (self.recognise.prepare, self.training_tab, self.inspection)
        self._preparation = Preparation(self, makers)
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
        self.menus = Menus(self)
        self.inspect_place = InspectPlace(controller, settings, self.menus)
        self.tabs.addTab(self.inspect_place, self.tr("Inspect"))
        self._train_page = QStackedWidget()  # filled when there is time, as the one before
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
        self.menus.add_exports(self.exports.sound, self.exports.exports, self.exports.copy)
        for index in range(self.tabs.count()):
            self.menus.add_tab(index, self.tabs.tabText(index))
        self.menus.play.setEnabled(False)
        self.menus.record_menu.addActions(takes.menu_actions())
        self.menus.insert_menu(self.voice)

        # --- what is remembered ---
        settings.restore_window(self)
        settings.restore_splitters(self)
        self.tabs.setCurrentIndex(settings.tab)
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
        self.recognise.record_clicked.connect(self._record)
        self.recognise.listen_toggled.connect(self._listening.set_on)
        self._listening.on_changed.connect(self.recognise.set_listening)
        self._listening.followed.connect(self._on_followed)
        self._listening.take_ready.connect(self._on_take_ready)
        self._listening.missed.connect(self._tell)
        self._listening.failed.connect(self._say)
        self.recognise.threshold.threshold_changed.connect(self._on_threshold_changed)
        self.recognise.demo_clicked.connect(lambda: self.choose_source(DEMO))
        self.recognise.take_chosen.connect(self._on_take_chosen)
        self.recognise.takes.inspect_wanted.connect(self.inspect_takes)
        takes.play_wanted.connect(controller.play)
        takes.save_wanted.connect(lambda _: self.exports.sound.trigger())
        self.history.said.connect(self._tell)
        self.history.failed.connect(self._say)
        self.voice.collect.triggered.connect(lambda: self._listening.set_on(False))
        self.voice.name_wanted.connect(self._history_desk.change_speaker)
        self.voice.use_wanted.connect(self._use_new_model)
        self.voice.train_wanted.connect(self._train_on)
        self.voice.said.connect(self._tell)
        self.inputs.source_chosen.connect(self.choose_source)
        self.inputs.devices_wanted.connect(controller.look_for_devices)
        self.inputs.file_wanted.connect(self._choose_source_file)
        self.inputs.model_chosen.connect(self._choose_model)
        self.inspect_place.said.connect(self._tell)
        self.inspect_place.shown_changed.connect(self._update_exports)
        self.tabs.currentChanged.connect(self._on_tab_changed)
        menus, exports = self.menus, self.exports
        menus.open.triggered.connect(self._open_dialog)
        menus.open_folder.triggered.connect(self._open_folder_dialog)
        menus.recent_chosen.connect(self._open_recent)
        menus.file.aboutToShow.connect(lambda: menus.set_recent(settings.recent))
        menus.quit.triggered.connect(self.close)
        menus.record.triggered.connect(lambda: self._record())
        menus.listen.triggered.connect(lambda: self.recognise.listen.click())
        menus.cancel.triggered.connect(self._cancel)
        menus.play.triggered.connect(self._play_take)
        menus.tab_chosen.connect(self.tabs.setCurrentIndex)
        actions = WindowActions(self, menus, settings, lambda: self._model)
        actions.said.connect(self._tell)
        exports.said.connect(self._tell)
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

    def show_tab(self, name: str) -> None:
        """Show one of the tabs: recognise, inspect or train."""
        self.tabs.setCurrentIndex(("recognise", "inspect", "train").index(name))

    def prepare(self) -> None:
        """Make what takes a moment to make, now that the window stands and can hear."""
        self._preparation.finish()

    def training_tab(self) -> TrainTab:
        """Return the Train tab; the first time, it is made."""
        if self.train is None:
            from app.train.controller import TrainingController
            from app.train.tab import TrainTab

            library = ModelLibrary(SHIPPED_MODELS, user_models())
            self._training = TrainingController(library, self)
            self.train = TrainTab(self._training)
            self._train_page.addWidget(self.train)
            self._settings.restore_splitters(self.train)
            self.train.data.folder.setText(self._settings.data_folder)
            self.train.use_wanted.connect(self._choose_model)
            self.train.play_wanted.connect(self._controller.play)
            self.train.inspect_wanted.connect(self.inspect)
            self.train.inspect_folder_wanted.connect(lambda path: self.inspect_paths([path]))
            self.train.said.connect(self._tell)
            self._training.models_changed.connect(self._on_models_changed)
            self._training.unfinished_changed.connect(self._on_unfinished_changed)
            self._training.refresh()
            self.train.show_in_use(self._model)
        return self.train

    @property
    def inspect_tab(self) -> InspectTab | None:
        """The Inspect tab, if it was made already."""
        return self.inspect_place.tab

    def inspection(self) -> InspectTab:
        """Return the Inspect tab; the first time, it is made."""
        return self.inspect_place.made(self._model)

    def inspect(self, items: list[ClipItem], row: int = 0) -> None:
        """Look closely at clips, from wherever they come."""
        self.inspection().inspect(items, row)
        self.tabs.setCurrentWidget(self.inspect_place)
        self.inspection().clips.setFocus()

    def inspect_takes(self) -> None:
        """Look closely at the takes of this session, beginning with the one that is shown."""
        from app.inspect.clips import ClipItem

        takes = self.recognise.takes
        items = [ClipItem.of_take(take) for take in takes.takes.all()]
        if items:
            self.inspect(items, max(0, takes.currentIndex().row()))
        else:
            self.tabs.setCurrentWidget(self.inspect_place)  # where it says what to do

    def inspect_paths(self, paths: list[Path]) -> None:
        """Look closely at files and folders."""
        self.tabs.setCurrentWidget(self.inspect_place)
        self.inspection().open_paths(paths)

    def open_files(self, paths: list[Path]) -> None:
        """Recognise sound files, one after another."""
        self._settings.add_recent(paths)
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
        self._settings.tab = self.tabs.currentIndex()
        self._settings.save_window(self)
        self._settings.save_splitters(self)
        self._preparation.close()
        if self._training is not None and self.train is not None:
            self._training.close()
            self.train.close_reader()
            self._settings.data_folder = self.train.data.folder.text()
        self.exports.close()
        self.inspect_place.close_tab()
        self._listening.close()
        self.history.close()
        self.voice.end()
        self._controller.close()
        super().closeEvent(event)
        self.closed.emit()

    @property
    def _inspects(self) -> bool:
        return self.tabs.currentWidget() is self.inspect_place

    def _space_records(self, event: QKeyEvent) -> bool:
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        on_tab = self.tabs.currentWidget() is self.recognise
        return event.key() == Qt.Key.Key_Space and plain and on_tab

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
        paths = ask_for_sounds(self, self._settings, self.tr("Open sounds"))
        if paths:
            self.open_files(paths)

    def _open_folder_dialog(self) -> None:
        folder = ask_for_folder(self, self._settings, self.tr("Open folder"))
        if folder is not None:
            self.inspect_paths([folder])

    def _open_recent(self, path: Path) -> None:
        if self._inspects or path.is_dir():
            self.inspect_paths([path])
        else:
            self.open_files([path])

    def _choose_source_file(self) -> None:
        path = ask_for_sound(self, self._settings, self.tr("Sound file as source"))
        if path is not None:
            self.choose_source(str(path))
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

    def _play_take(self) -> None:
        if self._inspects:
            self.inspection().play()
        elif self._shown_take is not None:
            self._controller.play(self._shown_take.clip)

    def _exportable(self) -> Exportable | None:
        """Return what the current tab shows, for whoever wants to take it along."""
        take = self._shown_take
        if self._inspects:
            return self.inspect_place.exportable()
        if take is None or self.tabs.currentWidget() is not self.recognise:
            return None
        return take.exportable()

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
        threshold = self._settings.threshold(metadata.name, metadata.threshold)
        self.recognise.threshold.set_model(metadata, threshold)
        if threshold != metadata.threshold:
            self._controller.set_threshold(threshold)
        self.inspect_place.set_model(self._model)
        if self.train is not None:
            self.train.show_in_use(self._model)
        else:
            self._preparation.begin()
        self._model_label.setText(self.tr("Model {name}").format(name=metadata.name))

    def _on_threshold_changed(self, threshold: float) -> None:
        self._settings.set_threshold(self.recognise.threshold.model, threshold)
        self._controller.set_threshold(threshold)

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
            self._tell(text.format(runs[0].output.name))

    def _update_exports(self) -> None:
        self.exports.set_enabled(self._exportable() is not None)

    def _on_tab_changed(self) -> None:
        self._update_exports()
        if self.tabs.currentWidget() is self._train_page:
            self.training_tab()
        elif self._inspects:
            self.inspection()

    def _on_busy_changed(self, busy: bool) -> None:
        self._work_label.setText(self.tr("Working…") if busy else "")

    def _tell(self, sentence: str) -> None:
        """Say in the status line what has been done."""
        self.statusBar().showMessage(sentence, 10_000)

    def _say(self, sentence: str) -> None:
        """Say in the answer's place what has gone wrong."""
        self.recognise.answer.set_sentence(sentence)
        self.recognise.bars.set_prediction(None)

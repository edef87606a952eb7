"""The window: what is always there, the tabs, the menus, and what is connected to what."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QTabWidget

from app.inspect.page import InspectPage
from app.library.hear_again import HearAgain
from app.library.review import Review
from app.recognise.page import RecognisePage
from app.recognise.quitting import Quitting
from app.shell.dialogs import ask_for_folder, ask_for_sound, ask_for_sounds
from app.shell.exports import Exportable, Exports
from app.shell.input_bar import InputBar
from app.shell.menus import Menus
from app.shell.preparation import Preparation
from app.shell.settings import TABS
from app.shell.translation import fill
from app.train.page import TrainPage
from app.voice.menu import VoiceMenu
from app.voice.recordings_bin import RecordingsBin
from app.widgets.layout import in_page
from core.places import SHIPPED_MODELS, user_models
from core.recognition.model_library import ModelLibrary
from core.sound.sources import DEFAULT, DEMO

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent

    from app.inspect.tab import InspectTab
    from app.library.clips import Clip
    from app.recognise.controller import RecognitionController, SourceInfo
    from app.shell.model_in_use import ChosenModel
    from app.shell.settings import Settings
    from app.train.tab import TrainTab
    from core.recognition.model_library import ModelEntry
    from core.sound.microphone import InputDevice
    from core.training.run_folder import RunFolder

_SLOWLY_IMPORTED = ("pyqtgraph.Qt", "pyqtgraph", "app.train.tab", "app.inspect.tab")


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
        self._model = controller.model
        self._settings = settings

        # --- parts ---
        self.inputs = InputBar()
        self.recognise_page = RecognisePage(controller, settings, self)
        self.recognise = self.recognise_page.tab
        self.hearing = HearAgain(self)
        self.voice = VoiceMenu(controller, settings, self)
        self.menus = Menus(self, settings, self._model)
        changes = self.recognise_page.changes
        self.inspect_page = InspectPage(controller, settings, changes, self.menus)
        self.train_page = TrainPage(controller, settings, changes)
        parts = (self.train_page, self.voice)
        self._quitting = Quitting(self, self.recognise_page, settings, parts)
        makers = (self.recognise_page.prepare, self.training_tab, self.inspection)
        self._preparation = Preparation(self, _SLOWLY_IMPORTED, makers)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.recognise, self.tr("Recognise"))
        self.tabs.addTab(self.inspect_page, self.tr("Inspect"))
        self.tabs.addTab(self.train_page, self.tr("Train"))
        self._device_label, self._model_label = QLabel(), QLabel()
        self._latency_label, self._work_label = QLabel(), QLabel()
        self._space = QShortcut(QKeySequence(Qt.Key.Key_Space), self)  # whatever has the focus
        self._space.setAutoRepeat(False)

        # --- layout ---
        self.setWindowTitle("Spoken Digits")
        self.setAcceptDrops(True)
        self.setCentralWidget(in_page(self.inputs, (self.tabs, 1), spacing=0))
        for label in (self._device_label, self._model_label, self._latency_label):
            label.setContentsMargins(8, 0, 16, 2)
            self.statusBar().addWidget(label)
        self.statusBar().addPermanentWidget(self.hearing.bar)
        self.statusBar().addPermanentWidget(self.train_page.bar)
        self.statusBar().addPermanentWidget(self._work_label)
        self.resize(1100, 680)

        # --- menus ---
        self.exports = Exports(self._exportable, settings, self)
        self.menus.add_exports(self.exports.sound, self.exports.exports, self.exports.copy)
        for index in range(self.tabs.count()):
            self.menus.add_tab(index, self.tabs.tabText(index))
        self.menus.record_menu.addActions(self.recognise_page.actions.menu_actions())
        self.menus.record_menu.addMenu(self.recognise_page.kept_menu)
        self.menus.insert_menu(self.voice)

        # --- what is remembered ---
        settings.restore_window(self)
        settings.restore_splitters(self)
        self.show_tab(settings.tab)
        self._space.setEnabled(self._records)
        self.menus.set_recent(settings.recent)

        # --- connections ---
        self._connect_parts()
        self._connect_menus()

    def _connect_parts(self) -> None:
        controller, model, recognise = self._controller, self._model, self.recognise
        controller.level_changed.connect(self.inputs.meter.set_level)
        controller.source_opened.connect(self._on_source_opened)
        controller.problem_changed.connect(self._on_problem_changed)
        controller.long_opened.connect(self._on_long_opened)
        controller.devices_listed.connect(self._on_devices_listed)
        controller.busy_changed.connect(self._on_busy_changed)
        model.changed.connect(self._on_model_changed)
        model.failed.connect(self._on_model_failed)
        pages = (self.recognise_page, self.inspect_page, self.train_page)
        for part in (*pages, self.hearing, self.exports):
            part.said.connect(self._tell)
            part.failed.connect(self._say)
        for teller in (self.voice, self.menus):
            teller.said.connect(self._tell)
        self.recognise_page.shown_changed.connect(self._on_shown_changed)
        recognise.demo_clicked.connect(lambda: self.choose_source(DEMO))
        takes = self.recognise_page.actions
        takes.inspect_wanted.connect(lambda *_: self.inspect_takes())
        takes.save_wanted.connect(lambda _: self.exports.sound.trigger())
        changes = self.recognise_page.changes
        changes.hear_wanted.connect(self.hearing.start)
        changes.teach_wanted.connect(self.voice.teach_with)
        self.bin = RecordingsBin(changes, self)
        after = Qt.ConnectionType.QueuedConnection  # what is said of the list itself
        self.bin.said.connect(self._tell, after)
        self.bin.failed.connect(self._say, after)
        self.hearing.heard.connect(changes.changed)
        self.hearing.heard.connect(self.recognise_page.keep_heard_again)
        self._space.activated.connect(lambda: self.recognise_page.record(held=True))
        for opened in (self.voice.collect, self.voice.teach):
            opened.triggered.connect(self.recognise_page.cancel)
        self.voice.name_wanted.connect(takes.change_speaker)
        self.voice.use_wanted.connect(self._use_new_model)
        self.voice.train_wanted.connect(self._train_on)
        self.voice.recordings_wanted.connect(self._show_recordings)
        self.inputs.source_chosen.connect(self.choose_source)
        self.inputs.devices_wanted.connect(controller.look_for_devices)
        self.inputs.file_wanted.connect(self._choose_source_file)
        self.inputs.model_chosen.connect(model.use)
        self.inspect_page.save_wanted.connect(self.exports.sound.trigger)
        self.inspect_page.settings_changed.connect(recognise.set_settings)
        self.inspect_page.settings_changed.connect(self.train_page.set_settings)
        self.inspect_page.shown_changed.connect(self._update_exports)
        self.train_page.teach_wanted.connect(self.voice.teach.trigger)
        self.train_page.inspect_wanted.connect(self.inspect)
        self.train_page.inspect_folder_wanted.connect(lambda path: self.inspect_paths([path]))
        self.train_page.models_changed.connect(self._on_models_changed)
        self.train_page.unfinished_changed.connect(self._on_unfinished_changed)
        self.train_page.bar.clicked.connect(self._show_training)
        self.exports.sound_saved.connect(self.recognise_page.note_saved)
        self.exports.busy_changed.connect(self._on_busy_changed)
        self.tabs.currentChanged.connect(self._on_tab_changed)

    def _connect_menus(self) -> None:
        menus = self.menus
        menus.open.triggered.connect(self._open_dialog)
        menus.open_folder.triggered.connect(self._open_folder_dialog)
        menus.recent_chosen.connect(self._open_recent)
        menus.file.aboutToShow.connect(lambda: menus.set_recent(self._settings.recent))
        menus.quit.triggered.connect(self.close)
        menus.record.triggered.connect(lambda: self.recognise_page.record())
        menus.listen.triggered.connect(lambda: self.recognise.listen.click())
        menus.cancel.triggered.connect(self._cancel)
        menus.play.triggered.connect(self._play)
        menus.tab_chosen.connect(self.tabs.setCurrentIndex)

    def start(self, source: str | None = None) -> None:
        """Open the source and load the model, as remembered or as named."""
        library = ModelLibrary(SHIPPED_MODELS, user_models())
        self.inputs.set_models(library.paths(), self._model.path)
        self._model.start()
        name = source or self._settings.source
        self.inputs.set_source(name)
        self._controller.open_source(name)
        self._controller.list_devices()
        self.recognise_page.start()
        self.recognise.setFocus()

    def warn(self, sentence: str) -> None:
        """Say where the person is looking what they should know."""
        self._say(sentence)

    def choose_source(self, name: str) -> None:
        """Listen to a source and remember it."""
        self._settings.source = name
        self.inputs.set_source(name)
        self.inputs.meter.clear()
        self._controller.open_source(name)
        self.recognise.setFocus()

    def show_tab(self, name: str) -> None:
        """Show one of the tabs: recognise, inspect or train."""
        self.tabs.setCurrentIndex(TABS.index(name))

    def prepare(self) -> None:
        """Make what takes a moment to make, now that the window stands and can hear."""
        self._preparation.finish()

    def training_tab(self) -> TrainTab:
        """Return the Train tab; the first time, it is made."""
        return self.train_page.made()

    def inspection(self) -> InspectTab:
        """Return the Inspect tab; the first time, it is made."""
        return self.inspect_page.made()

    def inspect(self, clips: list[Clip], first: Clip | None = None) -> None:
        """Look closely at clips, from wherever they come."""
        self.inspection().inspect(clips, first)
        self.tabs.setCurrentWidget(self.inspect_page)
        self.inspection().clips.setFocus()

    def inspect_takes(self) -> None:
        """Look closely at the takes of this session, beginning with the one that is shown."""
        table = self.recognise_page.table
        if table.clips.shown:
            self.inspect(list(table.clips.shown), table.current())
        else:
            self.tabs.setCurrentWidget(self.inspect_page)  # where it says what to do

    def inspect_paths(self, paths: list[Path]) -> None:
        """Look closely at files and folders."""
        self.tabs.setCurrentWidget(self.inspect_page)
        self.inspection().open_paths(paths)

    def open_files(self, paths: list[Path]) -> None:
        """Recognise sound files, one after another."""
        self._settings.add_recent(paths)
        for path in paths:
            self._controller.recognise_file(path)

    # --- Qt's events ------------------------------------------------------------------

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Tell that Space is not held any more."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._controller.release()
        super().keyReleaseEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept sound files; what is dragged out of a list of the program's is there already."""
        if event.mimeData().hasUrls() and event.source() is None:
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
        """Ask where something would be lost; then stop everything, and close."""
        if not self._quitting.may_close():
            event.ignore()
            return
        self._settings.tab = TABS[self.tabs.currentIndex()]
        self._settings.save_window(self)
        self._settings.save_splitters(self)
        self.train_page.close_tab()
        self.exports.close()
        self.inspect_page.close_tab()
        self.recognise_page.close()
        self.hearing.close()
        self.voice.end()
        self._controller.close()
        super().closeEvent(event)
        self.closed.emit()

    def close_at_once(self) -> None:
        """Close whatever would be lost, and whatever dialog is open: somebody ends the program."""
        self._quitting.asks = False
        while (dialog := QApplication.activeModalWidget()) is not None and dialog.close():
            pass
        self.close()

    @property
    def _inspects(self) -> bool:
        return self.tabs.currentWidget() is self.inspect_page

    @property
    def _records(self) -> bool:
        return self.tabs.currentWidget() is self.recognise

    # --- what the person does ---------------------------------------------------------

    def _cancel(self) -> None:
        if self.hearing.running:
            self.hearing.cancel()
        elif self._inspects:
            self.inspection().escape()
        else:
            self.recognise_page.cancel()

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

    def _use_new_model(self, path: Path) -> None:
        self.inputs.set_models(ModelLibrary(SHIPPED_MODELS, user_models()).paths(), path)
        self.train_page.refresh()
        self._model.use(path)

    def _train_on(self, folder: Path) -> None:
        self.tabs.setCurrentWidget(self.train_page)
        self.training_tab().open_folder(folder)

    def _show_recordings(self, folders: list[Path]) -> None:
        reviews = self.recognise_page.changes.reviews
        for folder in folders:  # their files may be moved without a question
            reviews.setdefault(folder, Review(folder, moves=True))
        self.inspect_paths(folders)

    def _show_training(self) -> None:
        self.tabs.setCurrentWidget(self.train_page)
        self.training_tab().go_back()

    def _play(self) -> None:
        if self._inspects:
            self.inspection().play()
        elif self._records:
            self.recognise_page.play()
        else:
            self.train_page.play()

    def _exportable(self) -> Exportable | None:
        """Return what the current tab shows, for whoever wants to take it along."""
        if self._inspects:
            return self.inspect_page.exportable()
        return self.recognise_page.exportable() if self._records else None

    # --- what the parts tell ----------------------------------------------------------

    def _on_shown_changed(self) -> None:
        take = self.recognise_page.shown
        prediction = take.prediction if take is not None else None
        if prediction is not None and prediction.problem is None:
            text = self.tr("Last answer in {milliseconds:.1f} ms")
            self._latency_label.setText(fill(text, milliseconds=prediction.milliseconds))
        self._update_exports()

    def _on_long_opened(self, path: Path) -> None:
        self.inspect_paths([path])
        self._tell(self.tr("{0} is long: all of its words are listed here.").format(path.name))

    def _on_source_opened(self, source: SourceInfo) -> None:
        name = self.tr("default input") if source.name == DEFAULT else source.name
        self._device_label.setText(f"{name}, {source.sample_rate} Hz")

    def _on_model_changed(self, model: ChosenModel) -> None:
        self.inputs.set_model(model.path)
        self._model_label.setText(self.tr("Model {name}").format(name=model.metadata.name))
        self._preparation.begin()

    def _on_model_failed(self, sentence: str) -> None:
        self._say(sentence)
        self.inputs.set_model(self._model.path)

    def _on_problem_changed(self, sentence: str) -> None:
        if sentence:
            self.inputs.meter.clear()
            self._device_label.clear()

    def _on_devices_listed(self, devices: list[InputDevice]) -> None:
        self.inputs.set_devices(devices, self.inputs.source.currentData())

    def _on_models_changed(self, models: list[ModelEntry]) -> None:
        whole = [entry.path for entry in models if entry.metadata]
        self.inputs.set_models(whole, self._model.path)

    def _on_unfinished_changed(self, runs: list[RunFolder]) -> None:
        if runs:
            text = self.tr("The training of “{0}” was cut off: it can go on under Train.")
            self._tell(text.format(runs[0].output.name))

    def _update_exports(self) -> None:
        self.exports.set_enabled(self._exportable() is not None)

    def _on_tab_changed(self) -> None:
        self._update_exports()
        self._space.setEnabled(self._records)
        if self._records:
            self.recognise.setFocus()
        elif self._inspects:
            self.inspection()
        else:
            self.training_tab()

    def _on_busy_changed(self, busy: bool) -> None:
        self._work_label.setText(self.tr("Working…") if busy else "")

    def _tell(self, sentence: str) -> None:
        """Say in the status line what has been done."""
        self.statusBar().showMessage(sentence, 10_000)

    def _say(self, sentence: str) -> None:
        """Say where the person is looking what has gone wrong."""
        if self._records:
            self.recognise_page.show_failure(sentence)
        else:
            self.statusBar().showMessage(sentence)

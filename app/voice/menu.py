"""What a person does with their own voice: their name, and a model that learns from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from app.library.clips import sound_of
from app.shell.translation import translated
from core.errors import SoundFileError
from core.places import SHIPPED_MODELS, user_collections, user_data, user_models, user_recordings
from core.recognition.model_library import ModelLibrary

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from app.library.clips import Clip
    from app.recognise.controller import RecognitionController
    from app.shell.settings import Settings
    from app.voice.adapt_controller import AdaptationController
    from app.voice.adapt_dialog import AdaptDialog
    from app.voice.clip_teacher import ClipTeacher
    from app.voice.collect_controller import CollectController
    from app.voice.collect_dialog import CollectDialog
    from app.voice.teach_clips import TeachClipsDialog
    from app.voice.teach_controller import TeachController
    from app.voice.teach_dialog import TeachDialog


class VoiceMenu(QMenu):
    """Opens the windows that deal with a person's own recordings; each is made when needed.

    Parameters
    ----------
    recognition : RecognitionController
        Makes the takes, and knows the model in use.
    settings : Settings
    parent : QWidget

    Signals
    -------
    use_wanted(Path)
        A model is to recognise from now on.
    train_wanted(Path)
        A model is to be trained on a folder.
    name_wanted()
        The person wants to change the speaker's name.
    recordings_wanted(list of Path)
        The folders of what was corrected and collected are to be looked through.
    said(str)
    """

    use_wanted = Signal(object)
    train_wanted = Signal(object)
    name_wanted = Signal()
    recordings_wanted = Signal(list)
    said = Signal(str)

    def __init__(
        self,
        recognition: RecognitionController,
        settings: Settings,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("M&y voice"))
        self._recognition = recognition
        self._settings = settings
        self._library = ModelLibrary(SHIPPED_MODELS, user_models())
        self.collecting: CollectDialog | None = None
        self.adapting: AdaptDialog | None = None
        self.teaching: TeachDialog | None = None
        self.clip_teaching: TeachClipsDialog | None = None
        self._collection: CollectController | None = None
        self._adaptation: AdaptationController | None = None
        self._teacher: TeachController | None = None
        self._clip_teacher: ClipTeacher | None = None
        self._elsewhere: list[Path] = []
        self.teach = self.addAction(
            self.tr("&Teach your own words…"), QKeySequence("Ctrl+Shift+T"), self.open_teaching
        )
        self.collect = self.addAction(
            self.tr("&Collect recordings…"), QKeySequence("Ctrl+K"), self._open_collecting
        )
        self.adapt = self.addAction(
            self.tr("&Adapt the model…"), QKeySequence("Ctrl+Shift+A"), self._open_adapting
        )
        self.addSeparator()
        self.recordings = self.addAction(
            self.tr("My &recordings…"), QKeySequence("Ctrl+Shift+M"), self._show_recordings
        )
        self.recordings.setToolTip(
            self.tr("What you have corrected and collected. It lies in {0}").format(user_data())
        )
        self.setToolTipsVisible(True)
        self.addAction(
            self.tr("Speaker's &name…"), QKeySequence("Ctrl+Shift+N"), self.name_wanted.emit
        )

    def losses(self) -> dict[str, str]:
        """Return what would be lost if the window were closed."""
        losses = {}
        collections = [each for each in (self._collection, self._teacher) if each is not None]
        if any(each.under_way for each in collections):
            losses["collection"] = self.tr(
                "the rest of a collection under way (what is recorded is kept)"
            )
        if self._teacher is not None and self._teacher.learning.running:
            losses["teaching"] = self.tr("a model that learns your words (they are kept)")
        clips = self._clip_teacher
        if clips is not None and clips.learning.running:
            losses["clips"] = self.tr("a model that learns from clips (they are kept)")
        if self._adaptation is not None and self._adaptation.under_way:
            losses["adaptation"] = self.tr("an adaptation under way")
        return losses

    def end(self) -> None:
        """End what is going on and close the windows."""
        if self._collection is not None and self.collecting is not None:
            self._collection.close()
            self.collecting.close()
        if self._teacher is not None and self.teaching is not None:
            self._teacher.close()
            self.teaching.close()
        if self._adaptation is not None and self.adapting is not None:
            self._adaptation.close()
            self.adapting.close()
        if self._clip_teacher is not None:
            self._clip_teacher.close()

    def _open_collecting(self) -> None:
        if self.collecting is None:
            from app.voice.collect_controller import CollectController
            from app.voice.collect_dialog import CollectDialog

            self._collection = CollectController(self._recognition, self)
            self.collecting = CollectDialog(
                self._collection,
                self._recognition,
                self._settings,
                user_collections(),
                self.parentWidget(),
            )
            self.collecting.train_wanted.connect(self.train_wanted)
            self.collecting.adapt_wanted.connect(self._on_adapt_wanted)
        self.collecting.show()
        self.collecting.activateWindow()

    def open_teaching(self) -> None:
        """Open the window in which words are taught without a folder."""
        if self.teaching is None:
            from app.voice.teach_controller import TeachController
            from app.voice.teach_dialog import TeachDialog

            self._teacher = TeachController(self._recognition, self._library, self)
            self.teaching = TeachDialog(
                self._teacher,
                self._recognition,
                self._settings,
                user_collections(),
                self.parentWidget(),
            )
            self.teaching.use_wanted.connect(self.use_wanted)
        self.teaching.show()
        self.teaching.activateWindow()

    def teach_with(self, clips: list[Clip]) -> None:
        """Open the window in which a model is taught with clips."""
        if self.clip_teaching is None:
            from app.voice.clip_teacher import ClipTeacher
            from app.voice.teach_clips import TeachClipsDialog

            self._clip_teacher = ClipTeacher(
                self._recognition.model,
                self._library,
                user_collections(),
                user_data() / "undecided clips",
                self,
            )
            self._clip_teacher.refused.connect(self.said)
            self.clip_teaching = TeachClipsDialog(self._clip_teacher, self.parentWidget())
            self.clip_teaching.use_wanted.connect(self.use_wanted)
            self.clip_teaching.play_wanted.connect(self._play)
            self.clip_teaching.said.connect(self.said)
        assert self._clip_teacher is not None
        if self._clip_teacher.begin(clips, self._settings.speaker or self.tr("me")):
            self.clip_teaching.show()
            self.clip_teaching.activateWindow()

    def _play(self, clip: Clip) -> None:
        try:
            self._recognition.play(sound_of(clip))
        except SoundFileError as error:
            self.said.emit(translated(error.sentence))

    def _show_recordings(self) -> None:
        folders = [folder for _, folder in self._folders() if folder.is_dir()]
        if folders:
            self.recordings_wanted.emit(folders)
        else:
            self.said.emit(
                self.tr(
                    "There are no recordings of yours yet: correct some takes, or collect some."
                )
            )

    def _on_adapt_wanted(self, folder: Path) -> None:
        if folder.parent != user_collections() and folder not in self._elsewhere:
            self._elsewhere.append(folder)
        self._open_adapting()

    def _open_adapting(self) -> None:
        if self.adapting is None:
            from app.voice.adapt_controller import AdaptationController
            from app.voice.adapt_dialog import AdaptDialog

            self._adaptation = AdaptationController(self._library, user_data() / "undecided", self)
            self._adaptation.used.connect(self._on_used)
            self.adapting = AdaptDialog(
                self._adaptation,
                self._folders,
                self._recognition.model,
                self._settings,
                self.parentWidget(),
            )
        self.adapting.show()
        self.adapting.activateWindow()

    def _folders(self) -> list[tuple[str, Path]]:
        collected = user_collections()
        folders = sorted(path for path in collected.iterdir()) if collected.is_dir() else []
        folders += self._elsewhere
        named = [(self.tr("Collected: {0}").format(path.name), path) for path in folders]
        return [(self.tr("Takes that you have corrected"), user_recordings()), *named]

    def _on_used(self, model: Path) -> None:
        assert self._adaptation is not None
        before = self._adaptation.model.name if self._adaptation.model else ""
        self.use_wanted.emit(model)
        text = self.tr("“{0}” is in use now. “{1}” is still there: choose it above to go back.")
        self.said.emit(text.format(model.name, before))

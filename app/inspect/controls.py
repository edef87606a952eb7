"""What is pressed and set on the Inspect tab: above the list, and beside the picture."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSpinBox,
    QWidget,
)

from app.sound_view.picture import COLOUR_MAPS, ViewSettings
from app.widgets.layout import in_column, in_row
from core.sound.picture import PictureConfig

if TYPE_CHECKING:
    from pathlib import Path

    from core.recognition.bundle import ModelMetadata

_FFT_LENGTHS = (0, 256, 512, 1024, 2048, 4096, 8192)
_HIGHEST_HZ = 24_000
_SPAN_HZ = 50


class ToolRow(QWidget):
    """Opens, compares, and shows the settings.

    Signals: ``files_wanted()``, ``folder_wanted()``, ``recent_chosen(Path)``.
    """

    files_wanted = Signal()
    folder_wanted = Signal()
    recent_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._open_menu = QMenu(self)
        self.open = QPushButton(self.tr("&Open"))
        self.open.setToolTip(self.tr("Choose what to inspect"))
        self.open.setMenu(self._open_menu)
        self._recent: list[Path] = []
        self.searching = QLabel(self.tr("Searching for sound files…"))
        self.cancel = QPushButton(self.tr("Cancel"))
        self.compare = _tick(
            self.tr("&Compare"), self.tr("Keep this clip above, to compare others with it (C)")
        )
        self.settings = _tick(self.tr("Se&ttings"), self.tr("Show or hide the settings (S)"))
        self.setLayout(
            in_row(self.open, self.searching, self.cancel, None, self.compare, 16, self.settings)
        )
        self.set_searching(False)
        self.set_clip(False, False)
        self.set_recent([])

    @property
    def is_searching(self) -> bool:
        """Whether a folder is being searched."""
        return not self.searching.isHidden()

    def set_recent(self, paths: list[Path]) -> None:
        """Offer what was inspected before."""
        menu = self._open_menu
        menu.clear()
        menu.addAction(self.tr("&Files…"), self.files_wanted.emit)
        menu.addAction(self.tr("F&older…"), self.folder_wanted.emit)
        if paths:
            menu.addSeparator()
        for path in paths:
            action = menu.addAction(f"{path.name}   ({path.parent})")
            action.triggered.connect(lambda _=False, path=path: self.recent_chosen.emit(path))

    def set_searching(self, searching: bool) -> None:
        """Show that a folder is being searched."""
        self.searching.setVisible(searching)
        self.cancel.setVisible(searching)

    def set_clip(self, shown: bool, pinned: bool) -> None:
        """Offer what can be done with the clip, if there is one."""
        self.compare.setEnabled(shown or pinned)
        self.compare.setChecked(pinned)


class SettingsPanel(QWidget):
    """A form for the view settings.

    Signals: ``settings_chosen(ViewSettings)`` at every change that a person makes.
    """

    settings_chosen = Signal(object)

    def __init__(self, settings: ViewSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._model: ModelMetadata | None = None

        self.window_ms = _decimal(1, 1000, self.tr("Window length in milliseconds"))
        self.hop_ms = _decimal(0.1, 1000, self.tr("From one column to the next, in milliseconds"))
        self.hop_ms.setSingleStep(0.5)
        self.n_fft = QComboBox()
        self.n_fft.setToolTip(self.tr("Length of the Fourier transform, in samples"))
        for length in _FFT_LENGTHS:
            self.n_fft.addItem(str(length) if length else self.tr("Automatic"), length)
        self.scale = QComboBox()
        self.scale.addItem(self.tr("Mel"), "mel")
        self.scale.addItem(self.tr("Linear"), "linear")
        self.scale.setToolTip(self.tr("The frequency axis"))
        self.n_mels = _whole(8, 512, self.tr("Number of Mel bands"))
        self.fmin = _whole(0, _HIGHEST_HZ - _SPAN_HZ, self.tr("Lowest frequency in Hz"), 50)
        self.fmax = _whole(_SPAN_HZ, _HIGHEST_HZ, self.tr("Highest frequency in Hz"), 50)
        self.floor_db = _whole(-150, -1, self.tr("Darkest colour, in dB below the maximum"), 5)
        self.ceiling_db = _whole(-149, 0, self.tr("Brightest colour, in dB below the maximum"), 5)
        self.colour_map = QComboBox()
        names = (self.tr("Magma"), self.tr("Viridis"), self.tr("Cividis"), self.tr("Grey"))
        for name, text in zip(COLOUR_MAPS, names, strict=True):
            self.colour_map.addItem(text, name)
        self.colour_map.setToolTip(self.tr("From dark, low, to bright, high"))
        self.z_score = _tick(
            self.tr("&Z-score"),
            self.tr("Zero mean and unit variance over the sound, as networks are given it"),
        )
        self.as_recorded = _tick(
            self.tr("As recor&ded"),
            self.tr("At the file's own sample rate, not at the 8 kHz that a model is given"),
        )
        self.model_settings = QPushButton(self.tr("Model's setti&ngs"))
        self.standard = QPushButton(self.tr("Stand&ard"))
        self.standard.setToolTip(self.tr("The settings that suit the eye"))
        self._lay_out()
        self.set_settings(settings)
        self.set_model(None)

        for box in (self.window_ms, self.hop_ms):
            box.valueChanged.connect(self._on_changed)
        for number in (self.n_mels, self.fmin, self.fmax, self.floor_db, self.ceiling_db):
            number.valueChanged.connect(self._on_changed)
        for choice in (self.n_fft, self.scale, self.colour_map):
            choice.currentIndexChanged.connect(self._on_changed)
        for tick in (self.z_score, self.as_recorded):
            tick.toggled.connect(self._on_changed)
        self.model_settings.clicked.connect(self._use_models)
        self.standard.clicked.connect(lambda: self._choose(ViewSettings()))

    def set_settings(self, settings: ViewSettings) -> None:
        """Show settings."""
        self._settings = settings
        picture = settings.picture
        blockers = [QSignalBlocker(child) for child in self.findChildren(QWidget)]
        self.window_ms.setValue(picture.window_ms)
        self.hop_ms.setValue(picture.hop_ms)
        if self.n_fft.findData(picture.n_fft) < 0:
            self.n_fft.addItem(str(picture.n_fft), picture.n_fft)
        self.n_fft.setCurrentIndex(self.n_fft.findData(picture.n_fft))
        self.scale.setCurrentIndex(self.scale.findData(picture.scale))
        self.n_mels.setValue(picture.n_mels)
        self.fmin.setMaximum(round(picture.fmax) - _SPAN_HZ)
        self.fmax.setMinimum(round(picture.fmin) + _SPAN_HZ)
        self.fmin.setValue(round(picture.fmin))
        self.fmax.setValue(round(picture.fmax))
        self.floor_db.setMaximum(round(settings.ceiling_db) - 1)
        self.ceiling_db.setMinimum(1 - round(picture.top_db))
        self.floor_db.setValue(-round(picture.top_db))
        self.ceiling_db.setValue(round(settings.ceiling_db))
        self.colour_map.setCurrentIndex(self.colour_map.findData(settings.colour_map))
        self.z_score.setChecked(settings.is_z_score)
        self.as_recorded.setChecked(settings.as_recorded)
        for blocker in blockers:
            blocker.unblock()
        self.n_mels.setEnabled(picture.scale == "mel")
        self.ceiling_db.setEnabled(not settings.is_z_score)

    def set_model(self, model: ModelMetadata | None) -> None:
        """Offer the settings of the model in use."""
        self._model = model
        features = model and model.features
        self.model_settings.setEnabled(bool(features))
        if features:
            self.model_settings.setToolTip(self.tr("Look at the sound as the model does"))
        elif model is not None:
            self.model_settings.setToolTip(self.tr("This model is given the samples themselves"))
        else:
            self.model_settings.setToolTip(self.tr("There is no model yet"))

    def _use_models(self) -> None:
        if self._model is not None and self._model.features is not None:
            picture = PictureConfig.from_features(self._model.features)
            self._choose(
                replace(self._settings, picture=picture, ceiling_db=0.0, as_recorded=False)
            )

    def _on_changed(self) -> None:
        before = self._settings.picture
        picture = replace(
            before,
            window_ms=_kept(before.window_ms, self.window_ms),
            hop_ms=_kept(before.hop_ms, self.hop_ms),
            n_fft=self.n_fft.currentData(),
            n_mels=self.n_mels.value(),
            fmin=float(self.fmin.value()),
            fmax=float(self.fmax.value()),
            top_db=float(-self.floor_db.value()),
            scale=self.scale.currentData(),
            normalisation="z-score" if self.z_score.isChecked() else "none",
        )
        self._choose(
            ViewSettings(
                picture=picture,
                ceiling_db=float(self.ceiling_db.value()),
                colour_map=self.colour_map.currentData(),
                as_recorded=self.as_recorded.isChecked(),
            )
        )

    def _choose(self, settings: ViewSettings) -> None:
        self.set_settings(settings)
        self.settings_chosen.emit(settings)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(8)
        form.setVerticalSpacing(4)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        rows: tuple[tuple[str, QWidget], ...] = (
            (self.tr("&Window, ms"), self.window_ms),
            (self.tr("Ho&p, ms"), self.hop_ms),
            (self.tr("FFT"), self.n_fft),
            (self.tr("A&xis"), self.scale),
            (self.tr("Me&ls"), self.n_mels),
            (self.tr("Hz"), _pair(self.fmin, self.fmax)),
            (self.tr("dB"), _pair(self.floor_db, self.ceiling_db)),
            (self.tr("Colo&urs"), self.colour_map),
        )
        for text, field in rows:
            form.addRow(text, field)
            label = form.labelForField(field)
            first = field.findChild(QSpinBox) or field
            if isinstance(label, QLabel):
                label.setBuddy(first)
                if not first.accessibleName():
                    first.setAccessibleName(text.replace("&", ""))
        ticks_and_buttons = (self.z_score, self.as_recorded, self.model_settings, self.standard)
        self.setLayout(in_column(form, *ticks_and_buttons, None, margins=(8, 8, 8, 8)))


def _decimal(low: float, high: float, what: str) -> QDoubleSpinBox:
    box = QDoubleSpinBox()
    box.setRange(low, high)
    box.setDecimals(2)
    box.setToolTip(what)
    box.setAccessibleName(what)
    return box


def _whole(low: int, high: int, what: str, step: int = 8) -> QSpinBox:
    box = QSpinBox()
    box.setRange(low, high)
    box.setSingleStep(step)
    box.setToolTip(what)
    box.setAccessibleName(what)
    return box


def _pair(low: QSpinBox, high: QSpinBox) -> QWidget:
    """Put two ends of a range side by side."""
    widget = QWidget()
    widget.setLayout(in_row((low, 1), (high, 1), spacing=4))
    return widget


def _kept(before: float, box: QDoubleSpinBox) -> float:
    """Return what a box shows, or the exact value that it shows rounded."""
    return before if round(before, box.decimals()) == box.value() else box.value()


def _tick(text: str, tip: str) -> QCheckBox:
    box = QCheckBox(text)
    box.setToolTip(tip)
    return box

"""How sound is looked at, the same everywhere, and the picture that comes of it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from core.sound.picture import PictureConfig, PictureMaker

if TYPE_CHECKING:
    from core.sound.clip import AudioClip
    from core.sound.picture import Picture

COLOUR_MAPS = ("magma", "viridis", "cividis", "grey")

_NARROWEST_HZ = 200.0
_WIDEST_HZ = (4000.0, 24_000.0)  # at 8 kHz, and as recorded
_LARGEST = (2**16, 512, _WIDEST_HZ[1], True)  # of what is remembered, to be drawn at all
_Z_SCORE_LEVELS = (-2.0, 3.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewSettings:
    """The settings of every picture.

    Parameters
    ----------
    picture : PictureConfig
    ceiling_db : float
        The brightest colour, in dB; above the floor, which is ``-picture.top_db``.
    colour_map : str
    as_recorded : bool
        Show the sound at its file's own rate, not at the 8 kHz that a model is given.

    Raises
    ------
    ValueError
        When a setting is outside its range.
    """

    picture: PictureConfig = field(default_factory=PictureConfig)
    ceiling_db: float = 0.0
    colour_map: str = "magma"
    as_recorded: bool = False

    def __post_init__(self) -> None:
        if self.colour_map not in COLOUR_MAPS:
            raise ValueError(f"there is no colour map {self.colour_map!r}")
        if not -self.picture.top_db < self.ceiling_db <= 0:
            raise ValueError(f"no colours from {-self.picture.top_db} to {self.ceiling_db} dB")

    @property
    def is_z_score(self) -> bool:
        """Whether values are standard deviations."""
        return self.picture.normalisation == "z-score"

    @property
    def levels(self) -> tuple[float, float]:
        """The values of the darkest and the brightest colour."""
        if self.is_z_score:
            return _Z_SCORE_LEVELS
        return (-self.picture.top_db, self.ceiling_db)

    def with_frequencies(self, low: float, high: float) -> ViewSettings:
        """Return the settings that look at what lies between two frequencies in Hz, at least."""
        widest = _WIDEST_HZ[self.as_recorded]
        low, high = max(0.0, low), min(high, widest)
        lacking = max(0.0, _NARROWEST_HZ - (high - low)) / 2
        low = min(max(0.0, low - lacking), widest - _NARROWEST_HZ)
        high = min(max(high + lacking, low + _NARROWEST_HZ), widest)
        fmin, fmax = float(round(low)), float(round(high))
        return replace(self, picture=replace(self.picture, fmin=fmin, fmax=fmax))

    def to_text(self) -> str:
        """Return the settings as text."""
        return json.dumps(asdict(self))

    @classmethod
    def from_text(cls, text: str) -> ViewSettings:
        """Read the settings back; what cannot be read is the standard."""
        try:
            data = json.loads(text)
            settings = cls(**(data | {"picture": PictureConfig(**data["picture"])}))
            picture = settings.picture
            sizes = (picture.n_fft, picture.n_mels, picture.fmax, settings.as_recorded)
            is_drawn = all(size <= most for size, most in zip(sizes, _LARGEST, strict=True))
        except (ValueError, TypeError, KeyError, RecursionError):
            return cls()
        return settings if is_drawn else cls()


def draw(
    clip: AudioClip,
    config: PictureConfig,
    start: float = 0.0,
    stop: float | None = None,
    whole: Picture | None = None,
) -> Picture:
    """Draw a clip, or a stretch of it with the colours of the whole."""
    reference = whole.reference if whole is not None else None
    return _maker(config, clip.sample_rate).picture(clip.samples, start, stop, reference)


@lru_cache(maxsize=4)
def _maker(config: PictureConfig, sample_rate: int) -> PictureMaker:
    return PictureMaker(config, sample_rate)

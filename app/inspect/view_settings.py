"""How sounds are looked at, and how that is remembered."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field

from core.sound.picture import PictureConfig

_Z_SCORE_LEVELS = (-2.0, 3.0)
_COLOUR_MAPS = ("magma", "viridis", "cividis", "grey")


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewSettings:
    """The settings of the Inspect tab.

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
        if self.colour_map not in _COLOUR_MAPS:
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

    def to_text(self) -> str:
        """Return the settings as text."""
        return json.dumps(asdict(self))

    @classmethod
    def from_text(cls, text: str) -> ViewSettings:
        """Read the settings back; what cannot be read is the standard."""
        try:
            data = json.loads(text)
            return cls(**(data | {"picture": PictureConfig(**data["picture"])}))
        except (ValueError, TypeError, KeyError):
            return cls()

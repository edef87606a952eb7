"""How sound is changed while a network learns, and how much of it is noise."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class AugmentationConfig:
    """How strongly sound is changed; ranges are drawn from evenly.

    Parameters
    ----------
    speed : (float, float)
        Factors of speed and pitch together, drawn evenly in their logarithm.
    equaliser_db : float
        Standard deviation of the gain at seven frequencies.
    room, low_cut, high_cut : float
        The share of takes, in 0-1, that get reverberation, and that lose the lowest and the
        highest frequencies.
    noisy : float
        The share of takes with audible noise.
    snr_db : (float, float)
        Signal-to-noise ratio of those over the whole second; within a short word it is 3 to 6 dB
        higher.
    gain_db : (float, float)
        The level before conversion to whole numbers, relative to full scale.
    time_mask, mel_mask : int
        The longest stretch that is taken out, in frames and bands.
    noise_speed : (float, float)
        Factors of the speed of noise.
    noise_mixed : float
        Of the noise that is to be learned as such, the share that is two recordings at once.
    isolated : float
        The share of takes, of words and of noise, that are cut out of the sound around them, as
        listening shows them to the network.
    silence : float
        The share of a batch that is noise without a word, where the labels have one for it.
    """

    speed: tuple[float, float] = (0.8, 1.25)
    equaliser_db: float = 4.0
    room: float = 0.4
    low_cut: float = 0.3
    high_cut: float = 0.3
    noisy: float = 0.7
    snr_db: tuple[float, float] = (-2.0, 35.0)
    gain_db: tuple[float, float] = (-45.0, 6.0)
    time_mask: int = 12
    mel_mask: int = 6
    noise_speed: tuple[float, float] = (0.7, 1.4)
    noise_mixed: float = 0.3
    isolated: float = 0.0
    silence: float = 0.08


_GENTLE = AugmentationConfig(
    speed=(0.85, 1.18),
    equaliser_db=3.0,
    room=0.3,
    low_cut=0.2,
    high_cut=0.2,
    noisy=0.5,
    snr_db=(0.0, 40.0),
    time_mask=8,
    mel_mask=4,
)

AUGMENTATIONS = {
    "full": AugmentationConfig(),
    "gentle": _GENTLE,
    "noisy": replace(_GENTLE, noisy=0.75, snr_db=(-8.0, 25.0), isolated=0.5, silence=0.2),
}
"""By name: what teaches a network most; what is nearer to sound as it is, to finish with; and
what listening meets, words cut out of loud noise."""

"""A network that has heard 200 million clips, as the beginning of one of ours.

It is Google's *speech_embedding*: twenty convolutions that turn the sound around every 80 ms
into a vector of 96 numbers. It was trained to tell 5,000 keywords apart.

Source: J. Lin, K. Kilgour, D. Roblek, M. Sharifi, Training keyword spotters with limited and
synthesized speech data, ICASSP 2020; TensorFlow Hub, google/speech_embedding/1, Apache-2.0.
"""

from __future__ import annotations

from typing import Any

from core.sound.features import FeatureConfig
from core.training.encoder import SCALE, read_convolutions

EMBEDDING_FEATURES = FeatureConfig(
    n_fft=256,
    win_length=200,
    hop_length=80,
    n_mels=32,
    fmin=60.0,
    fmax=3800.0,
    normalisation="none",
)
"""What the network was trained on: windows of 25 ms, every 10 ms, 32 Mels."""

QUIET_FRAMES = 20
"""Frames of silence before and after a take, so that what stands at its edges is seen whole."""

_LOUDEST = 11.6  # what the network knows full-scale speech as; one unit is 10 dB
_SLOPE, _FLOOR = 0.2, -0.4  # of what follows each convolution but the last
_POOLS = {2: (2, 2), 6: (1, 2), 10: (2, 2), 14: (1, 2), 18: (2, 2)}
_CONVOLUTIONS = 20


def embed(x: Any, quietest_db: float) -> Any:
    """Build the convolutions, with the weights that they were published with.

    Parameters
    ----------
    x : (batch, n_frames, 32) Keras tensor
        Decibels below the loudest point, from `EMBEDDING_FEATURES`.
    quietest_db : float
        What the decibels of silence are.

    Returns
    -------
    (batch, n_steps, 1, 96) Keras tensor
        A vector for every 80 ms; the first sees the first 76 frames.
    """
    from keras import layers, ops

    quiet = _LOUDEST + quietest_db / 10
    x = layers.Reshape((*x.shape[1:], 1))(x)
    x = layers.Rescaling(1 / 10, -quietest_db / 10)(x)  # silence is 0, as what is padded
    x = layers.ZeroPadding2D((QUIET_FRAMES, 0))(x)
    x = layers.Rescaling(1, quiet)(x)
    x = layers.ZeroPadding2D((0, 1))(x)
    for number, (kernel, bias) in enumerate(read_convolutions()):
        height, width, _, filters = kernel.shape
        along_frequency = height == 1
        convolution = layers.Conv2D(
            filters,
            (height, width),
            padding="same" if along_frequency else "valid",
            name=f"embedding_{number}",
        )
        x = convolution(x)
        convolution.set_weights([kernel, bias])
        if number < _CONVOLUTIONS - 1:
            x = ops.maximum(layers.LeakyReLU(_SLOPE)(x), _FLOOR)
        if number in _POOLS:
            x = layers.MaxPooling2D(_POOLS[number])(x)
    return x


def pool_over_time(vectors: Any) -> Any:
    """Build what `Encoder` ends in: mean, maximum and standard deviation over time.

    Parameters
    ----------
    vectors : (batch, n_steps, 1, 96) Keras tensor

    Returns
    -------
    (batch, 288) Keras tensor
    """
    from keras import layers

    vectors = layers.Rescaling(SCALE)(vectors)
    mean = layers.GlobalAveragePooling2D(keepdims=True)(vectors)
    # The deviation is the length along time; HDF5 knows layers only, and there is none for a root.
    rest = layers.Subtract()([vectors, mean])
    along = layers.Multiply()([rest, layers.UnitNormalization(axis=1)(rest)])
    deviation = layers.Rescaling(vectors.shape[1] ** 0.5)(layers.GlobalAveragePooling2D()(along))
    parts = [layers.Flatten()(mean), layers.GlobalMaxPooling2D()(vectors), deviation]
    return layers.Concatenate()(parts)

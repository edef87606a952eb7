"""Google's *speech_embedding*, kept as it is, without TensorFlow: from a take to 288 numbers.

One file of TensorFlow Lite ships with the program: the network, the mean, the maximum and the
standard deviation of its vectors over time, and a head of a dense layer with softmax. Without the
head it is what the preset *Quick* learns from; with another head it is the network of a bundle.

Source of the network: see `core.training.speech_embedding`.
"""

from __future__ import annotations

import hashlib
import os
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from core.errors import BundleError
from core.places import PRETRAINED_NETWORK

if TYPE_CHECKING:
    from pathlib import Path

    from core.sound.clip import FloatArray

N_VALUES = 288
"""Mean, maximum and standard deviation, over nine vectors, of each of their 96 numbers."""

SCALE = 1 / 16
"""What the vectors are multiplied by before that: then they spread by about one."""

_BATCH = 8  # what lies between the layers of so many takes stays in the processor's cache
_IDENTIFIER = b"TFL3"


class Encoder:
    """Computes what a head is given, on all processors; one thread uses it at a time."""

    def __init__(self, threads: int | None = None) -> None:
        from ai_edge_litert.interpreter import Interpreter

        content = network_without_head()
        self.name = hashlib.blake2b(content, digest_size=8).hexdigest()
        """Changes with the numbers that come out."""
        self.row_shape: tuple[int, ...] = (N_VALUES,)
        self._interpreter: Any = Interpreter(
            model_content=content, num_threads=threads or os.cpu_count() or 1
        )
        self._input = self._interpreter.get_input_details()[0]["index"]
        self._output = self._interpreter.get_output_details()[0]["index"]
        self._batch = 0

    def __call__(self, inputs: FloatArray) -> FloatArray:
        """Encode takes.

        Parameters
        ----------
        inputs : (n, 32, 101) float32 array
            Decibels below the loudest point, from `EMBEDDING_FEATURES`.

        Returns
        -------
        (n, 288) float32 array
        """
        parts = [self._encode(inputs[n : n + _BATCH]) for n in range(0, len(inputs), _BATCH)]
        return np.concatenate([np.zeros((0, N_VALUES), np.float32), *parts])

    def _encode(self, batch: FloatArray) -> FloatArray:
        if len(batch) != self._batch:
            self._interpreter.resize_tensor_input(self._input, batch.shape)
            self._interpreter.allocate_tensors()
            self._batch = len(batch)
        self._interpreter.set_tensor(self._input, batch)
        self._interpreter.invoke()
        values: FloatArray = self._interpreter.get_tensor(self._output)
        return values


def network_with_head(weights: FloatArray, biases: FloatArray) -> bytes:
    """Return the network as TensorFlow Lite, ending in a head of its own.

    Parameters
    ----------
    weights : (n_labels, 288) float32 array
    biases : (n_labels,) float32 array
    """
    model, head = _shipped()
    graph = model.subgraphs[0]
    for number, values in zip(head.inputs[1:], (weights, biases), strict=True):
        tensor = graph.tensors[number]
        tensor.shape = np.array(values.shape, np.int32)
        data = np.ascontiguousarray(values, np.float32).tobytes()
        model.buffers[tensor.buffer].data = np.frombuffer(data, np.uint8)
    for number in {int(n) for n in (*head.outputs, *graph.outputs)}:
        tensor = graph.tensors[number]
        for name in ("shape", "shapeSignature"):
            if (shape := getattr(tensor, name)) is not None:
                setattr(tensor, name, np.array([*shape[:-1], len(biases)], np.int32))
    return _packed(model)


@cache
def network_without_head() -> bytes:
    """Return the network as TensorFlow Lite, ending in the 288 numbers."""
    model, head = _shipped()
    graph = model.subgraphs[0]
    graph.operators = graph.operators[: graph.operators.index(head)]
    graph.outputs = np.array([head.inputs[0]], np.int32)
    model.signatureDefs = []
    return _packed(model)


def read_head(file: Path) -> tuple[FloatArray, FloatArray]:
    """Return the weights, (n_labels, 288), and biases of a file from `network_with_head`.

    Raises
    ------
    BundleError
        When it is another network.
    """
    try:
        model = _read(file.read_bytes())
        weights, biases = (_values(model, n) for n in _head_of(model).inputs[1:])
        if weights.shape[1] != N_VALUES or network_with_head(weights, biases) != _packed(model):
            raise ValueError("its convolutions are others")
    except Exception as error:  # whatever the reader of flat buffers stumbles over
        raise BundleError(
            "The network of “{model}” cannot be built again of its {file} ({reason}).",
            model=file.parent.name,
            file=file.name,
            reason=str(error) or type(error).__name__,
        ) from error
    return weights, biases


def read_convolutions() -> list[tuple[FloatArray, FloatArray]]:
    """Return the published kernels, (time, frequency, in, out), and biases, in their order."""
    from ai_edge_litert.schema_py_generated import BuiltinOperator

    model, _ = _shipped()
    found = [
        tuple(_values(model, number) for number in operator.inputs[1:])
        for operator in model.subgraphs[0].operators
        if _code(model, operator) == BuiltinOperator.CONV_2D
    ]
    layers = [(kernel.transpose(1, 2, 3, 0), bias) for kernel, bias in found]
    kernel, bias = layers[-1]
    layers[-1] = (kernel / SCALE, bias / SCALE)  # which the file has in its last convolution
    return layers


def _shipped() -> tuple[Any, Any]:
    """Return the shipped network and its head, to be changed."""
    model = _read(PRETRAINED_NETWORK.read_bytes())
    return model, _head_of(model)


def _read(content: bytes) -> Any:
    from ai_edge_litert.schema_py_generated import ModelT

    return ModelT.InitFromPackedBuf(content, 0)


def _packed(model: Any) -> bytes:
    import flatbuffers

    builder = flatbuffers.Builder(2**21)
    builder.Finish(model.Pack(builder), _IDENTIFIER)
    return bytes(builder.Output())


def _head_of(model: Any) -> Any:
    from ai_edge_litert.schema_py_generated import BuiltinOperator

    for operator in reversed(model.subgraphs[0].operators):
        if _code(model, operator) == BuiltinOperator.FULLY_CONNECTED:
            return operator
    raise ValueError("it has no dense layer")


def _code(model: Any, operator: Any) -> int:
    code = model.operatorCodes[operator.opcodeIndex]
    return int(max(code.builtinCode, code.deprecatedBuiltinCode))


def _values(model: Any, number: int) -> FloatArray:
    tensor = model.subgraphs[0].tensors[number]
    data = np.asarray(model.buffers[tensor.buffer].data, np.uint8).tobytes()
    return np.frombuffer(data, np.float32).reshape([int(n) for n in tensor.shape])

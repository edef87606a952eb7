"""The average of weights, against sums by hand."""

import numpy as np
import pytest

from core.training.networks import WeightAverage


class Network:
    """Only weights."""

    def __init__(self, value):
        self.weights = [np.full(3, value, np.float32), np.array([value], np.float32)]

    def get_weights(self):
        return [weight.copy() for weight in self.weights]

    def set_weights(self, weights):
        self.weights = [weight.copy() for weight in weights]


def learn(network, average, value, batches):
    network.set_weights([np.full(3, value, np.float32), np.array([value], np.float32)])
    for _ in range(batches):
        average.add()


def averaged(network, average):
    with average.in_place():
        values = np.concatenate(network.weights)
    assert np.ptp(values) == 0
    return float(values[0])


def test_what_does_not_change_is_its_own_average():
    network = Network(2.0)
    average = WeightAverage(network)
    learn(network, average, 2.0, 500)
    assert averaged(network, average) == 2.0


def test_every_tenth_batch_counts_and_the_beginning_is_soon_forgotten():
    network = Network(0.0)
    average = WeightAverage(network)
    learn(network, average, 1.0, 9)
    assert averaged(network, average) == 0.0
    learn(network, average, 1.0, 1)
    assert averaged(network, average) == pytest.approx(0.9)
    learn(network, average, 1.0, 300)
    assert averaged(network, average) > 0.9999


def test_late_batches_count_for_about_a_thousand():
    network = Network(0.0)
    average = WeightAverage(network)
    learn(network, average, 0.0, 20_000)
    learn(network, average, 1.0, 1000)
    assert averaged(network, average) == pytest.approx(1 - 0.99**100, abs=1e-3)


def test_the_network_goes_on_from_where_it_was():
    network = Network(0.0)
    average = WeightAverage(network)
    learn(network, average, 1.0, 100)
    with pytest.raises(KeyError), average.in_place():
        raise KeyError
    assert all((weight == 1.0).all() for weight in network.weights)

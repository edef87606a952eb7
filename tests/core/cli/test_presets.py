"""Which network ``train`` teaches, by what is given."""

import pytest

from core.cli import parser
from core.cli.train import _config
from core.errors import TrainingError
from tests.core.cli.conftest import run


def config(*arguments):
    return _config(
        parser.build_parser().parse_args(["train", "folder", "--output", "new", *arguments])
    )


@pytest.mark.parametrize(
    ("arguments", "architecture"),
    [
        ((), "speech-embedding-quick"),
        (("--preset", "quick"), "speech-embedding-quick"),
        (("--preset", "best"), "speech-embedding"),
        (("--preset", "notebook"), "notebook-cnn"),
        (("--labels", "yes,no", "--split", "random"), "speech-embedding-quick"),
        (("--epochs", "3"), "speech-embedding"),
        (("--augmentation", "gentle"), "speech-embedding"),
        (("--start-from", "old"), "speech-embedding"),
        (("--architecture", "notebook-cnn", "--epochs", "3"), "notebook-cnn"),
        (("--preset", "notebook", "--batch-size", "8"), "notebook-cnn"),
    ],
)
def test_a_preset_is_quick_unless_something_else_is_meant(arguments, architecture):
    assert config(*arguments).architecture == architecture


def test_a_setting_counts_beside_a_preset():
    assert config("--preset", "notebook", "--batch-size", "8").batch_size == 8
    assert config("--preset", "quick", "--split", "random").split == "random"


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("--preset", "best", "--architecture", "notebook-cnn"), "leave --architecture out"),
        (("--preset", "quick", "--epochs", "3"), "--epochs means nothing to Quick"),
        (("--preset", "quick", "--batch-size", "3"), "--batch-size means nothing to Quick"),
    ],
)
def test_what_does_not_go_together_is_said(arguments, reason):
    with pytest.raises(TrainingError, match=reason):
        config(*arguments)


def test_there_is_no_other_preset(capfd, tmp_path):
    with pytest.raises(SystemExit):
        run(capfd, "train", tmp_path, "--output", tmp_path / "new", "--preset", "slow")
    assert "invalid choice: 'slow'" in capfd.readouterr().err

"""How good a model is: accuracy, calibration, robustness, and the card that tells of them."""

"""Sound: clips and files, input devices and takes, and the features computed from them."""

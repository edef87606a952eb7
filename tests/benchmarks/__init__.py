"""Speed and memory, as ratios against reference programs in the same run: `make bench`."""

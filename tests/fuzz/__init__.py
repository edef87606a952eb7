"""Feeds the program damaged sounds, models, settings and folders, and says what it did not stand.

``python -m tests.fuzz`` makes a thousand cases of each kind. Every case depends on the seed and
its number alone, so ``python -m tests.fuzz --only bundles:17`` makes one of them again.
"""

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # before numpy is imported: cases are forked

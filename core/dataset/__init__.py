"""Data sets: a folder of recordings as it lies on the disk, and those that the program writes."""

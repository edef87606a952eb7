"""Recognition: what a model is on disk, and what it says of a clip."""

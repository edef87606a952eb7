"""Adapting the model in use to a person's own recordings."""

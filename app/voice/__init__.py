"""A person's own voice: recordings collected word by word, and models that learn from clips."""

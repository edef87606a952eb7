"""A person's own voice: recordings collected word by word, and a model adapted to them."""

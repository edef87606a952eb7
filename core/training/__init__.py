"""Training: from a folder of recordings to a model bundle. The only room that uses TensorFlow."""

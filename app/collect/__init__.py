"""The guided recording of a data set of one's own."""

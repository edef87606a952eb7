"""The command line: the parser, one file a command, and the exit statuses."""

EXIT_OK = 0
EXIT_SOME_FAILED = 1
"""Some files could not be read, or some lines not be written; all the others are done."""
EXIT_FAILED = 2
"""Nothing could be done."""
EXIT_CANCELLED = 3
"""A training run was ended and nothing was kept, as asked."""
EXIT_INTERRUPTED = 130
EXIT_NO_READER = 141
"""Whoever read the lines has gone before all were written; 128 + SIGPIPE, as shells have it."""

"""The command line: the parser, one file a command, and the exit statuses."""

EXIT_OK = 0
EXIT_SOME_FAILED = 1
"""Some files could not be read; all the others are done."""
EXIT_FAILED = 2
"""Nothing could be done."""
EXIT_CANCELLED = 3
"""A training run was ended and nothing was kept, as asked."""
EXIT_INTERRUPTED = 130

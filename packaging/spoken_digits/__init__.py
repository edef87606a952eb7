"""The one name of the program in site-packages: `app` and `core` lie below it, not beside it."""

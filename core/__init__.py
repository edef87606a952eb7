"""Spoken Digits: hear one spoken word, show it, and say which digit it was."""

__version__ = "0.1.0"

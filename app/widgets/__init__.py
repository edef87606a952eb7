"""Widgets that show the core's values; they know nothing of controllers."""

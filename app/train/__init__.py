"""The Train tab: its layout and its state."""

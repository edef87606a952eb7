"""The Recognise tab: its layout and its state."""

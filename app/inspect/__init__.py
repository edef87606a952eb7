"""The Inspect tab: look at sounds closely, alone or two together."""

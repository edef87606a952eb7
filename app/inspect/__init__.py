"""The Inspect tab: sounds looked at closely, and what the network makes of them."""

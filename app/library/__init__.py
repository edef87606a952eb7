"""One library of clips: what is known of each, the table, how it is searched and corrected."""

"""What is taken along: pictures and tables for other programs."""

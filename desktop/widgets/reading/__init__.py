"""What pages that show long texts share: the text, the search in it, the buttons above it."""

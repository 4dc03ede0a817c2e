"""What documents say on the same topics, side by side. Knows no Qt."""

"""What every kind of installer needs: the portable engine, the bundle, the list of its contents."""

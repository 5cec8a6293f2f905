"""The public portal as plain files that any web server can serve, for when nothing else runs."""

"""One folder for each feed: read.py, translate.py, samples/, README.md."""

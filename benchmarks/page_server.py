"""Serves the pages of a house that is ready, in a process of its own, until it is told to stop."""

from api.clock import now
from api.house import open_house
from api.serving import serve
from api.settings import read

if __name__ == "__main__":
    serve(open_house(read(), now, demo=True))

"""What a young person's path is made of, and what must happen on it.

Pure: the standard library only. No clock, no database, no framework; time and calendars are arguments.
"""

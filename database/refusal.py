"""The one error that an operator reads when the database may not be used as it stands."""


class DatabaseRefused(Exception):  # noqa: N818 - it is a decision of ours, not a failure
    """The database is not used as it is; the text says in Danish what, where and what to do.

    Never holds a password: the text is printed on a terminal and kept in a log.
    """

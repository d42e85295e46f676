"""What is said when rules cannot be read."""

from domain.rules.lines import Path, line_of


class RuleFault(Exception):  # noqa: N818 - the name is the word operators see
    """The rules cannot be read. The text says in which file and line, and what, in Danish.

    `file` and `line` say the same to programs; `line` counts from 1 and is None where it is about the whole file.
    """

    def __init__(self, text: str, file: str = "", line: int | None = None) -> None:
        super().__init__(text)
        self.file, self.line = file, line


class Wrong(Exception):  # noqa: N818 - it is said about one place
    """Something is wrong at this place of the tables; the text says what, in Danish."""

    def __init__(self, path: Path, says: str) -> None:
        super().__init__(says)
        self.path, self.says = path, says

    def told(self, name: str, text: str) -> RuleFault:
        """The same with the file's name and the line."""
        line = line_of(text, self.path)
        return RuleFault(f"{name}, linje {line}: {self.says}" if line else f"{name}: {self.says}", name, line)

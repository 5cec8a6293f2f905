"""What a long command is at, on one line of a terminal."""

from typing import Any


class Line:
    def __init__(self, stream: Any) -> None:
        self.stream = stream
        self.is_shown = bool(getattr(stream, "isatty", lambda: False)())

    def show(self, text: str) -> None:
        if self.is_shown:
            self.stream.write(f"\r\x1b[K{text}", ending="")
            self.stream.flush()

    def bar(self, done: int, total: int) -> None:
        share = done / total if total else 1.0
        self.show(f"[{'#' * int(share * 30):<30}] {share:4.0%}  {done}/{total}")

    def end(self) -> None:
        if self.is_shown:
            self.stream.write("")

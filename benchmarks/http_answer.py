"""One HTTP/1.1 answer, read from the pieces it comes in: its status, and whether its body is whole."""

import re
from http import HTTPStatus

STATUS_LINE = re.compile(rb"HTTP/1\.1 (\d{3})[ \r]")
CONTENT_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+) *\r\n", re.IGNORECASE)
CHUNKED = re.compile(rb"\r\ntransfer-encoding: *chunked *\r\n", re.IGNORECASE)
CLOSE = re.compile(rb"\r\nconnection: *close *\r\n", re.IGNORECASE)
END_OF_HEAD = b"\r\n\r\n"
END_OF_LINE = b"\r\n"
BODILESS = {HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED}


class MalformedAnswerError(Exception):
    """What came is no HTTP/1.1 answer with a body whose end can be told."""


class Answer:
    """The answer to one GET or POST; bodies are counted, not kept."""

    def __init__(self) -> None:
        self.status = 0
        self.closes = False
        """Whether the server ends the connection after it."""
        self._buffer = b""
        self._remaining = 0
        """Bytes still to come: of the body, or of the current chunk with its line end."""
        self._chunked = False

    def feed(self, data: bytes) -> bool:
        """Take the next bytes; True when they complete the answer.

        Raises MalformedAnswerError when they are no answer, or more than one.
        """
        if not self.status:
            self._buffer += data
            head, end, data = self._buffer.partition(END_OF_HEAD)
            if not end:
                return False
            self._buffer = b""
            self._read_head(head + END_OF_LINE)
        if self._chunked:
            return self._feed_chunks(data)
        self._remaining -= len(data)
        if self._remaining < 0:
            raise MalformedAnswerError(f"{-self._remaining} bytes came after the end of the body")
        return self._remaining == 0

    def _read_head(self, head: bytes) -> None:
        status = STATUS_LINE.match(head)
        if not status:
            raise MalformedAnswerError(f"an answer cannot begin with {head[:40]!r}")
        self.status = int(status[1])
        self.closes = CLOSE.search(head) is not None
        if self.status in BODILESS:
            return
        if length := CONTENT_LENGTH.search(head):
            self._remaining = int(length[1])
        elif CHUNKED.search(head):
            self._chunked = True
        else:
            raise MalformedAnswerError("neither Content-Length nor chunks tell where the body ends")

    def _feed_chunks(self, data: bytes) -> bool:
        """Skip what is left of the current chunk, then whole chunks, until the empty one that ends the body."""
        data = self._buffer + data
        self._buffer = b""
        while self._remaining <= len(data):
            data = data[self._remaining :]
            self._remaining = 0
            size, end, rest = data.partition(END_OF_LINE)
            if not end:
                self._buffer = data
                return False
            length = _chunk_length(size)
            if length == 0:
                if len(rest) < len(END_OF_LINE):
                    self._buffer = data
                    return False
                if rest != END_OF_LINE:
                    raise MalformedAnswerError(f"{rest[:40]!r} came after the end of the body")
                return True
            data, self._remaining = rest, length + len(END_OF_LINE)
        self._remaining -= len(data)
        return False


def _chunk_length(line: bytes) -> int:
    try:
        return int(line.partition(b";")[0], 16)
    except ValueError:
        raise MalformedAnswerError(f"{line[:40]!r} is no length of a chunk") from None

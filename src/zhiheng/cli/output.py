"""How do results get to stdout? Whole, in UTF-8 where they are data, or with an error that says they did not."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

from zhiheng.base.errors import UsageError


@contextmanager
def stdout() -> Iterator[TextIO]:
    """The stream to print results on, emptied at the end; a full disk or a closed stream is an error like any other."""
    stream: TextIO | None = sys.stdout
    if stream is None:
        raise UsageError("cli.no_stdout")
    try:
        yield stream
        stream.flush()
    except BrokenPipeError:
        raise
    except OSError as fault:
        give_up(stream)
        raise UsageError("cli.cannot_print", number=fault.errno) from fault


def say(line: str) -> None:
    """Print one line."""
    with stdout() as stream:
        stream.write(f"{line}\n")


def hand_out(content: bytes) -> None:
    """Print data as it is."""
    with stdout() as stream:
        stream.flush()
        stream.buffer.write(content)
        stream.buffer.flush()


def prepare() -> None:
    """Names of files need not be UTF-8: what cannot be encoded is printed as an escape."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")


def give_up(stream: TextIO) -> None:
    """Let what is still in the stream go nowhere, so that the end of the program does not try again."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())

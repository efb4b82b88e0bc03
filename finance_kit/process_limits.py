"""Bounds that a process sets on itself and on whatever it starts: memory, processor time, size of a file."""

from __future__ import annotations

from contextlib import suppress

__all__ = ["bound_this_process"]


def bound_this_process(memory: int, processor: int, file_size: int) -> None:
    """Bound this process for the rest of its life; it cannot take the bounds back.

    Where the system knows no such limits (Windows) nothing happens: then time alone is bounded, from outside.

    Parameters
    ----------
    memory : address space, bytes
    processor : processor time, seconds; the process is ended after it
    file_size : largest file that may be written, bytes
    """
    try:
        import resource
    except ImportError:
        return
    wanted = ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, processor), (resource.RLIMIT_FSIZE, file_size))
    for kind, asked in (*wanted, (resource.RLIMIT_CORE, 0)):
        _, hard = resource.getrlimit(kind)
        most = asked if hard == resource.RLIM_INFINITY else min(asked, hard)
        with suppress(OSError, ValueError):  # macOS refuses a limit on address space
            resource.setrlimit(kind, (most, most))

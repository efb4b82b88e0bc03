"""Limits of background work: time, memory and size of one piece, and how many may wait."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Limits"]

_MIB = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """What one piece of work may take before it is stopped, and how long the line may become.

    ``memory`` is address space: LibreOffice, which runs under the same limit, is content with 1 GiB. ``processor`` is
    processor time, which also ends what was left running behind a killed child. ``stale`` is how long a piece may be
    silent before it counts as lost with its server; a living one is heard of every second. ``own`` of those that wait
    may be one person's, so that nobody fills the line for everybody. When more than ``crowd`` wait, of whatever kind,
    Word files are made without page numbers: five with them keep two cores busy for ten seconds. ``again`` is how often
    a process that does work looks whether something waits that is not in line.
    """

    seconds: float = 180.0
    processor: int = 240
    memory: int = 2048 * _MIB
    file_size: int = 64 * _MIB
    kept: int = 32 * _MIB
    files: int = 200
    waiting: int = 60
    own: int = 10
    crowd: int = 4
    stale: float = 60.0
    again: float = 30.0
    grace: float = 3.0

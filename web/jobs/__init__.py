"""Background work: a list of jobs, workers in this process or elsewhere, each job done by a child process."""

from web.jobs.desk import JobBusyError, attach, cancel, desk, find, of_plan, submit

__all__ = ["JobBusyError", "attach", "cancel", "desk", "find", "of_plan", "submit"]

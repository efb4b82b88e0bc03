"""Background work: a list of jobs, workers in this process or elsewhere, each job done by a child process."""

from web.jobs.desk import JobBusyError, attach, busy_words, cancel, desk, find, of_plan, problem_words, submit

__all__ = ["JobBusyError", "attach", "busy_words", "cancel", "desk", "find", "of_plan", "problem_words", "submit"]

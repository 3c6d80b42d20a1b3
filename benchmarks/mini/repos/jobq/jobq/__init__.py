"""A queue of jobs by priority, with a cache that forgets and delays for retries."""

from jobq.backoff import delays
from jobq.cache import TTLCache
from jobq.clock import ManualClock
from jobq.queue import Job, JobQueue

__all__ = ["Job", "JobQueue", "ManualClock", "TTLCache", "delays"]

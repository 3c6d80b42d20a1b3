"""Jobs by priority."""

import heapq
import itertools

FIRST_ID = 100001


class Job:
    """Something to do, with the id that its queue gave it."""

    def __init__(self, id, task, priority):
        self.id = id
        self.task = task
        self.priority = priority

    def __repr__(self):
        return "<Job %d: %r>" % (self.id, self.task)


class JobQueue:
    """Gives the job with the lowest priority number first, equal ones in the order of their arrival.

    >>> queue = JobQueue()
    >>> _ = queue.submit("sweep")
    >>> _ = queue.submit("cook", priority=-1)
    >>> queue.pop().task
    'cook'
    """

    def __init__(self):
        self._heap = []
        self._arrivals = itertools.count()

    def submit(self, task, priority=0):
        """Add a job and return its id, a number of six digits."""
        job_id = FIRST_ID + len(self._heap)
        job = Job(job_id, task, priority)
        heapq.heappush(self._heap, (priority, next(self._arrivals), job))
        return job_id

    def pop(self):
        """Take the next job; IndexError when there is none."""
        if not self._heap:
            raise IndexError("no job is waiting")
        return heapq.heappop(self._heap)[-1]

    def cancel(self, job_id):
        """Forget a waiting job; whether there was one."""
        kept = [entry for entry in self._heap if entry[-1].id != job_id]
        found = len(kept) < len(self._heap)
        self._heap = kept
        heapq.heapify(self._heap)
        return found

    def tasks(self):
        """The waiting tasks in the order in which they will be done.

        >>> queue = JobQueue()
        >>> _ = queue.submit("sweep")
        >>> queue.tasks()
        ['sweep']
        """
        return [entry[-1].task for entry in sorted(self._heap)]

    def __len__(self):
        return len(self._heap)

import unittest

from jobq import JobQueue


class JobQueueTest(unittest.TestCase):
    def setUp(self):
        self.queue = JobQueue()

    def test_lowest_priority_number_first(self):
        self.queue.submit("later", priority=5)
        self.queue.submit("now", priority=1)
        self.assertEqual(self.queue.pop().task, "now")

    def test_equal_priorities_in_order_of_arrival(self):
        for task in ("a", "b", "c"):
            self.queue.submit(task)
        self.assertEqual(self.queue.tasks(), ["a", "b", "c"])

    def test_pop_from_an_empty_queue(self):
        with self.assertRaises(IndexError):
            self.queue.pop()

    def test_cancel(self):
        job_id = self.queue.submit("a")
        self.assertTrue(self.queue.cancel(job_id))
        self.assertFalse(self.queue.cancel(job_id))
        self.assertEqual(len(self.queue), 0)


def test_ids_of_waiting_jobs_differ():
    queue = JobQueue()
    assert queue.submit("a") != queue.submit("b")

/** Exit codes. A process that a signal stopped exits with 128 plus the number of the signal. */
export const EXIT = {
  /** `check`: consistent. `run`: ran to its end. */
  ok: 0,
  /** `check`: the candidate diverges. `run`, `merge`: more pairs diverge than `--fail-on` lets through. */
  divergent: 1,
  /** Wrong usage or bad input. */
  usage: 2,
  /** `check`: the pair could not be judged. All: the machinery failed, such as a disk that is full. */
  notJudged: 3,
  /** A bug in patchdiff. */
  internal: 70,
} as const;

import type { StudyFigure } from '../model/study.js';

/** The published study whose figures a run is shown beside. */
export const STUDY_SOURCE = 'arXiv 2503.15223';

/** What each figure of the study is, and in what it is measured differently here. */
export const STUDY_WORDS: Readonly<Record<StudyFigure, readonly [figure: string, difference: string]>> = {
  'failing-developer-tests': [
    'plausible patches that fail developer tests',
    'the study ran whole test suites; here run the tests that reach the changed code, and the share is of the plausible patches that could be judged',
  ],
  divergent: [
    'plausible patches that behave differently',
    'the study had a language model write the tests; here inputs come from the issue, the doctests and the developer tests, every difference is repeated, and failing a developer test counts too',
  ],
  different: [
    'divergent ones: similar, but divergent implementation',
    'the study classed a sample by hand; here the unpatched code decides, and the nearest class is that both patches change it, not in the same way',
  ],
  extra: [
    'divergent ones: changing more than the reference',
    'the study classed a sample by hand; here the unpatched code decides: the candidate changes what the reference leaves alone',
  ],
  'certainly-incorrect': [
    'divergent ones: certainly incorrect',
    'the study inspected a sample by hand; here it takes the labels of reviewers',
  ],
  inflation: [
    'inflation of the resolution rate',
    'the study took away what fails developer tests and a projection of the certainly incorrect; here goes what labels decide and, without labels, what has strong evidence against it',
  ],
};

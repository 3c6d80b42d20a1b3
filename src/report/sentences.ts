import { renderOutcome, renderPart, shorten } from '../compare/render.js';
import { STRONG_GRADES } from '../metrics/evidence.js';
import type { Aspect, Divergence, Grade } from '../model/divergence.js';
import type { Input } from '../model/input.js';
import type { Observation } from '../model/observation.js';
import { ASPECT_WORDS } from './words.js';

const LONGEST_CODE = 90;
const LONGEST_ANSWER = 80;

/**
 * A divergence in two sentences, as a person would tell it: what the input does and where it comes from; then what the
 * three sides answer, and why that counts, or why it may not matter.
 */
export function explainDivergence(divergence: Divergence): string {
  const { input } = divergence;
  return `The input ${actionOf(input)}, ${originOf(input)}. ${answersOf(divergence)}: ${reasonOf(divergence)}.`;
}

/** What an input does, without its set-up. */
function actionOf({ source, prefix }: Input): string {
  const lines = source.trim().split('\n');
  const last = shorten(lines.at(-1) ?? '', LONGEST_CODE);
  if (lines.length > 1) return `runs ${lines.length} lines that end in ${last}`;
  const after = prefix.length > 0 ? 'then ' : '';
  return /^[\w.]+\(.*\)$/s.test(last) ? `${after}calls ${last}` : `${after}evaluates ${last}`;
}

/** Where an input comes from, and how far it is from what people wrote. */
function originOf(input: Input): string {
  const { seed, seedOrigin, mutations, generator } = input;
  const place = seed.replace(/^\w+:/, '');
  const [own, other] = {
    issue: ['as the issue shows it', 'a variation of what the issue shows'],
    doctest: [`as the documentation of ${place} shows it`, `a variation of the example in ${place}`],
    test: [`as the test ${place} does`, `a variation of what the test ${place} does`],
  }[seedOrigin] as [string, string];
  const origin =
    mutations.length === 0
      ? own
      : generator === 'frontier'
        ? `with arguments recorded while ${seedOrigin === 'issue' ? 'the code of the issue' : place} ran`
        : other;
  return input.domain === 'contrived' ? `${origin} (${input.outside ?? CONTRIVED})` : origin;
}

/** Why an input is contrived, in a record that does not say. */
const CONTRIVED = 'of a kind that nothing shows';

/** Aspects that the outcome itself shows. */
const OF_OUTCOME: readonly Aspect[] = [
  'outcome',
  'time',
  'type',
  'value',
  'exception-type',
  'exception-message',
  'rounding',
];

/** What the sides answer, those that agree together; where the answers look alike, what differs in them. */
function answersOf(divergence: Divergence): string {
  const { aspect, observations, class: kind } = divergence;
  const { base, gold, candidate } = observations;
  const [one, other] = [verb(gold, 'one'), verb(candidate, 'one')];
  if (!OF_OUTCOME.includes(aspect) || one === other) return placeOf(divergence);
  switch (kind) {
    case 'extra':
      return `Base and gold ${verb(gold, 'many')}, and the candidate ${other}`;
    case 'missing':
      return `Base and the candidate ${verb(candidate, 'many')}, and gold ${one}`;
    case 'different':
      return `Base ${verb(base, 'one')}, gold ${one}, and the candidate ${other}`;
    case 'unclassified':
      return `Gold ${one} and the candidate ${other}, and base gives nothing to compare with`;
  }
}

/** What differs where it is not the answer itself: a variable afterwards, the output, something deep inside. */
function placeOf({ differences: [first], aspect, class: kind }: Divergence): string {
  const path = first?.path.replace(/^state /, '') ?? '';
  const what = aspect === 'state' && path !== '' ? path : `the ${ASPECT_WORDS[aspect]}`;
  const at = path === '' || aspect === 'state' ? '' : ` at ${shorten(path, LONGEST_CODE)}`;
  const gold = renderPart(first?.left, LONGEST_ANSWER);
  const candidate = renderPart(first?.right, LONGEST_ANSWER);
  const name = `${capital(shorten(what, LONGEST_CODE))}${at}`;
  const afterwards = aspect === 'state' ? ' afterwards' : '';
  switch (kind) {
    case 'extra':
      return `${name} is ${gold} on base and gold, and ${candidate} on the candidate${afterwards}`;
    case 'missing':
      return `${name} is ${candidate} on base and the candidate, and ${gold} on gold${afterwards}`;
    case 'different':
      return `${name} is ${gold} on gold and ${candidate} on the candidate${afterwards}, and base is like neither`;
    case 'unclassified':
      return `${name} is ${gold} on gold and ${candidate} on the candidate${afterwards}, and base gives nothing to compare with`;
  }
}

/** Why a divergence counts, or why it may not. */
function reasonOf(divergence: Divergence): string {
  const { grade, scope } = divergence;
  const weak = grade === 'beyond-the-issue' ? (scope?.why ?? WEAK_REASONS[grade]) : WEAK_REASONS[grade];
  if (!STRONG_GRADES.includes(grade)) return `this may not matter, since ${weak ?? 'the evidence is weak'}`;
  return `this counts ${strongReason(divergence)}`;
}

function strongReason(divergence: Divergence): string {
  const { grade, class: kind, input, scope } = divergence;
  if (kind === 'extra') return 'as a regression, since base answers as gold does';
  if (scope?.issue === 'in-issue') return `as part of the issue, since ${scope.why}`;
  if (scope === undefined && input.seedOrigin === 'issue')
    return `as part of the issue, since the input ${input.mutations.length === 0 ? 'is' : 'varies'} its own code`;
  if (grade === 'unintended-error') return 'as a fault, since nobody raises such an exception on purpose';
  if (grade === 'dies-where-gold-answers') return 'as a fault, since the caller gets no answer at all';
  return kind === 'missing'
    ? 'as left undone, since gold changes this and the candidate does not'
    : 'as another behavior, since callers get another result than from gold';
}

/** Why a weaker grade may not matter. */
const WEAK_REASONS: Readonly<Partial<Record<Grade, string>>> = {
  'beyond-the-issue': 'the issue does not ask for it',
  'far-slower': 'nobody waited for what the candidate answers',
  'gold-suspect': 'gold itself fails by accident',
  'not-told-apart': 'no test was found that tells the two apart',
  contrived: 'no test, documentation or issue shows such an input',
  'different-exception-type': 'both refuse the input',
  'different-text': 'only text for people differs',
  'different-rounding': 'only the last digits differ',
  internal: 'callers do not see it',
};

/** What a side does, as the verb of a sentence. */
function verb({ outcome }: Observation, number: 'one' | 'many'): string {
  const s = number === 'one' ? 's' : '';
  const text = renderOutcome(outcome, LONGEST_ANSWER);
  switch (outcome.kind) {
    case 'value':
      return `answer${s} ${text}`;
    case 'raised':
      return `raise${s} ${text.replace(/^raises /, '')}`;
    case 'timeout':
      return `give${s} no answer in time`;
    case 'crashed':
      return number === 'one' ? 'crashes' : 'crash';
    case 'exited':
      return `exit${s} with code ${outcome.code}`;
    case 'resource':
      return `run${s} into the ${outcome.what} limit`;
    case 'setup-failed':
      return `cannot be set up`;
  }
}

const capital = (text: string): string => (text.startsWith('the ') ? `T${text.slice(1)}` : text);

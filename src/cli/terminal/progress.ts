import { debuglog } from 'node:util';
import { Presets, SingleBar } from 'cli-progress';
import type { AuditEvent, AuditListener } from '../../model/events.js';
import { duration } from '../../report/numbers.js';
import type { PairRecord } from '../../model/verdict.js';
import { terminalLine } from '../../platform/escape/terminal.js';
import { unguarded } from './guarded.js';

/** Shows an audit's events; `stop` removes the bar from the terminal. */
export interface Progress {
  readonly listen: AuditListener;
  stop(): void;
}

/** A bar on a terminal, a line for each finished pair elsewhere, nothing when quiet. */
export function progressFor(stream: NodeJS.WriteStream, quiet: boolean): Progress {
  const progress = quiet ? SILENT : stream.isTTY ? barProgress(stream) : lineProgress(stream);
  return {
    ...progress,
    listen(event) {
      traceStage(event);
      progress.listen(event);
    },
  };
}

const trace = debuglog('patchdiff');

/** `NODE_DEBUG=patchdiff` shows every stage. */
export const traceStage: AuditListener = (event) => {
  if (event.type === 'stage') trace(stageText(event));
};

const SILENT: Progress = { listen: () => undefined, stop: () => undefined };

function barProgress(stream: NodeJS.WriteStream): Progress {
  const bar = new SingleBar(
    {
      stream: unguarded(stream),
      format: '{bar} {value}/{total} {left} | {stage}',
      hideCursor: true,
      clearOnComplete: true,
    },
    Presets.shades_classic,
  );
  const estimate = new Estimate();
  return {
    listen(event) {
      estimate.take(event);
      if (event.type === 'planned') bar.start(event.pairs, 0, { stage: 'starting', left: '' });
      else if (event.type === 'stage') bar.update({ stage: stageText(event), left: estimate.text() });
      else bar.increment(1, { left: estimate.text() });
    },
    stop: () => {
      bar.stop();
    },
  };
}

function lineProgress(stream: NodeJS.WriteStream): Progress {
  const estimate = new Estimate();
  return {
    listen(event) {
      estimate.take(event);
      if (event.type === 'judged')
        stream.write(`${estimate.counter()} ${judgedText(event)} ${estimate.text()}\n`);
    },
    stop: () => undefined,
  };
}

/** Time left by the mean cost of the pairs that were really run; silent until there are two of them. */
class Estimate {
  readonly #started = Date.now();
  #planned = 0;
  #done = 0;

  take(event: AuditEvent): void {
    if (event.type === 'planned') this.#planned = event.pairs;
    if (event.type === 'judged') this.#done += 1;
  }

  counter(): string {
    return `[${this.#done}/${this.#planned}]`;
  }

  text(): string {
    if (this.#done < 2 || this.#done === this.#planned) return '';
    const perPair = (Date.now() - this.#started) / this.#done;
    return `(about ${duration((perPair * (this.#planned - this.#done)) / 1000)} left)`;
  }
}

const stageText = (event: Extract<AuditEvent, { type: 'stage' }>): string =>
  terminalLine([event.instanceId, event.model, event.stage].filter(Boolean).join(' · '));

/** One finished pair in a line. */
export function judgedText({
  record,
  reused,
}: {
  readonly record: PairRecord;
  readonly reused: boolean;
}): string {
  const { verdict, divergences, seconds } = record;
  const detail =
    'reason' in verdict ? ` (${verdict.reason})` : divergences[0] ? ` (${divergences[0].grade})` : '';
  return `${record.instanceId} ${record.model}: ${verdict.outcome}${detail} in ${seconds.total.toFixed(1)} s${reused ? ', by another run' : ''}`;
}

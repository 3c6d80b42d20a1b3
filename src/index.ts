/**
 * What other programs may use. `auditRun` and `checkPair` do what `patchdiff run` and `patchdiff check` do; the rest reads
 * datasets, predictions and reports, and computes the figures of records.
 */
export { auditRun, type FinishedRun, type RunWatch } from './app/audit-run.js';
export { checkPair, type CheckedPair } from './app/check-pair.js';
export type { CheckOptions } from './app/options/check-options.js';
export { OptionError } from './app/options/option-error.js';
export type { RunOptions } from './app/options/run-options.js';
export type { Watch } from './app/options/watch.js';
export { loadDataset, type Dataset } from './datasets/dataset.js';
export { loadPredictions, type LoadedPredictions, type Submission } from './datasets/predictions.js';
export { InfraError, UserError } from './model/errors.js';
export type { Divergence } from './model/divergence.js';
export type { AuditEvent, AuditListener, Stage } from './model/events.js';
export type { Instance, Prediction } from './model/instance.js';
export type { RunReport } from './model/report.js';
export type { PairRecord, Verdict } from './model/verdict.js';
export { mergeReports, type NamedReport } from './runs/merge.js';
export { readReport } from './runs/read-report.js';
export { toolVersion } from './platform/version.js';

/**
 * What other programs may use: reading datasets, predictions and reports, computing the figures of records, and the types.
 * Runs are started with the command line.
 */
export { loadDataset, type Dataset } from './datasets/dataset.js';
export { loadPredictions, type LoadedPredictions, type Submission } from './datasets/predictions.js';
export { InfraError, UserError } from './model/errors.js';
export type { Divergence } from './model/divergence.js';
export type { Instance, Prediction } from './model/instance.js';
export type { RunReport } from './model/report.js';
export type { PairRecord, Verdict } from './model/verdict.js';
export { mergeReports, type NamedReport } from './runs/merge.js';
export { readReport } from './runs/read-report.js';
export { toolVersion } from './platform/version.js';

import path from 'node:path';
import { RunFolder } from '../../runs/run-folder.js';

/** The folder of a run that is there already. */
export const runFolderAt = (directory: string): Promise<RunFolder> =>
  RunFolder.open(path.dirname(directory), path.basename(directory));

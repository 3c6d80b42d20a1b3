import { createHash, randomUUID } from 'node:crypto';

/** Of this process: without it nobody can tell the folders of the sides apart by their names. */
const SALT = randomUUID();

/**
 * The name of the folder for a tree. The kernel shows code under test where its tree comes from, and it must not learn there
 * which side it is.
 * @param name what the tree is for; unique for the instance
 */
export const treeFolder = (name: string): string =>
  createHash('sha256').update(`${SALT} ${name}`).digest('hex').slice(0, 12);

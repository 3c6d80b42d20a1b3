import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { PREFIX, buildText, queueName } from './connection.js';
import type { Build } from './job.js';

/** Hash of every build that ever had a worker, by the name of its queue. */
const BUILDS = `${PREFIX}:builds`;
const buildSchema = z.object({ version: z.string(), program: z.string(), probe: z.string() });

/** Lets collectors know that workers of a build exist. */
export async function announce(redis: Redis, build: Build): Promise<void> {
  await redis.hset(BUILDS, queueName(build), JSON.stringify(build));
}

/**
 * Tells the user why the jobs of a build are waiting: it has no worker, and which other builds have some; null when
 * it has a worker.
 * @param open opens a queue by its name
 */
export async function explainMissingWorkers(
  redis: Redis,
  build: Build,
  open: (name: string) => Queue,
): Promise<string | null> {
  const own = queueName(build);
  if ((await workersOf(open(own))) > 0) return null;
  const others: string[] = [];
  for (const [name, text] of Object.entries(await redis.hgetall(BUILDS))) {
    if (name === own || !/^[0-9a-f]{16}$/.test(name)) continue;
    const other = readBuild(text);
    if (other && (await workersOf(open(name))) > 0) others.push(buildText(other));
  }
  const only =
    others.length > 0 ? `; there are workers of ${others.join(' and of ')}, which cannot help` : '';
  return `waiting for a worker of ${buildText(build)}${only}`;
}

async function workersOf(queue: Queue): Promise<number> {
  try {
    return await queue.getWorkersCount();
  } finally {
    await queue.close();
  }
}

function readBuild(text: string): Build | null {
  try {
    return buildSchema.parse(JSON.parse(text));
  } catch {
    return null; // not written by patchdiff
  }
}

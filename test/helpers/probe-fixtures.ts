import type { Observation } from '../../src/model/observation.js';
import type { Program } from '../../src/model/input.js';

/** A package whose functions do to the interpreter what hostile code would. */
export const HOSTILE_PACKAGE = {
  'pkg/__init__.py': '',
  'pkg/work.py': `
import os, signal, sys, time

def double(x):
    return 2 * x

def loop():
    while True:
        pass

def segfault():
    os.kill(os.getpid(), signal.SIGSEGV)

def hog():
    return bytearray(64 * 1024 ** 3)

def flood():
    for _ in range(10000):
        print("x" * 10000)

def ancestors():
    pid = os.getppid()
    while pid > 1:
        with open("/proc/%d/stat" % pid) as stat:
            parent = int(stat.read().rsplit(")", 1)[1].split()[1])
        with open("/proc/%d/cmdline" % pid) as command:
            words = command.read()
        if words.split("\\0")[-2:-1] == ["serve"]:
            yield pid
        pid = parent

def kill_server():
    for pid in list(ancestors())[::-1]:
        os.kill(pid, signal.SIGKILL)
    time.sleep(60)
`,
} as const;

/** A program that observes each source, with ids `name-0`, `name-1`, … */
export function aProgram(
  name: string,
  sources: readonly string[],
  prelude = 'from pkg.work import *',
): Program {
  const observed = sources.map(
    (source, index) => ({ kind: 'observe', input: `${name}-${index}`, source }) as const,
  );
  return { id: name, steps: [{ kind: 'prelude', source: prelude }, ...observed] };
}

/** The outcomes of an observation map in a short form: `value 4`, `timeout`. */
export function outcomes(observations: ReadonlyMap<string, Observation>): Record<string, string> {
  const short = ({ outcome }: Observation): string => {
    if (outcome.kind !== 'value') return outcome.kind;
    return `value ${'v' in outcome.value ? String(outcome.value.v) : outcome.value.t}`;
  };
  return Object.fromEntries([...observations].map(([input, observation]) => [input, short(observation)]));
}

// Runs the probe's own tests under every Python 3.6 to 3.13 found here: those on the PATH and those of pyenv, each in
// a virtual environment with pytest. Exits with 1 when one fails or cannot be set up, or when there is no Python at
// all. `--python VERSION` (repeatable) limits the run. The values of some libraries are tested with one Python only.
import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { availableParallelism, homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const MINORS = [6, 7, 8, 9, 10, 11, 12, 13];
const WHOLE = ['3.6', '3.11', '3.13'];
/** Tests of syntax trees, byte code, canonical values and the protocol. */
const OF_THE_VERSION = ['conformance', 'instrumentation', 'normalise', 'requests', 'structure', 'tracing'];
/** Most tests wait for processes and time limits, so more run side by side than there are processors. */
const AT_ONCE = 2 * availableParallelism();
/** The Python that gets libraries whose values are tested, and which: the others are tested where a Python has them. */
const WITH_LIBRARIES = '3.11';
const LIBRARIES = ['numpy', 'pandas', 'django'];
/** Without settings of Python's that only this machine has. */
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('PYTHON')));
const probe = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'containers', 'probe');
const wanted = process.argv.slice(2).filter((argument) => argument !== '--python');

/** Commands that may start a Python, best first. */
async function candidates() {
  const root = process.env.PYENV_ROOT ?? (await output('pyenv', ['root'])) ?? join(homedir(), '.pyenv');
  const versions = join(root, 'versions');
  const installed = existsSync(versions) ? readdirSync(versions) : [];
  return [
    'python3',
    ...MINORS.map((minor) => `python3.${minor}`),
    ...installed.map((name) => join(versions, name, 'bin', 'python')),
  ];
}

/** What a command prints, or undefined when it cannot be run. */
async function output(command, argv) {
  try {
    return (await run(command, argv)).stdout.trim();
  } catch {
    return undefined;
  }
}

/** One interpreter for each minor version: its version and real path. */
async function interpreters() {
  const found = new Map();
  const code = 'import sys; print("%d.%d %s" % (sys.version_info[:2] + (sys.executable,)))';
  for (const command of await candidates()) {
    const [version, path] = ((await output(command, ['-c', code])) ?? '').split(' ');
    const minor = Number(version?.split('.')[1]);
    if (version?.startsWith('3.') && MINORS.includes(minor) && !found.has(minor))
      found.set(minor, { version, path });
  }
  return [...found.entries()].sort(([a], [b]) => a - b).map(([, interpreter]) => interpreter);
}

/** Makes a virtual environment with pytest, and gives its Python. */
async function environment({ version, path }) {
  const directory = join(scratch, version);
  // With what else that Python has, as some tests need more: sympy, numpy.
  // A pip of its own would take longer to install than all that it installs.
  await run(path, ['-m', 'venv', '--system-site-packages', '--without-pip', directory]);
  const packages = ['pytest', ...(version === WITH_LIBRARIES ? LIBRARIES : [])];
  const quiet = ['--quiet', '--disable-pip-version-check', '--no-warn-script-location'];
  await run(path, ['-m', 'pip', 'install', ...quiet, '--prefix', directory, ...packages]);
  return join(directory, 'bin', 'python');
}

/** Runs the tests under one interpreter; resolves to whether they passed and what they printed. */
async function test(interpreter) {
  let python;
  try {
    python = await environment(interpreter);
  } catch (error) {
    return {
      passed: false,
      printed: `cannot make a virtual environment with pytest: ${error.stderr ?? error}`,
    };
  }
  return new Promise((resolve) => {
    const isWhole = wanted.length > 0 || WHOLE.includes(interpreter.version);
    const some = OF_THE_VERSION.map((name) => `test_${name}`);
    const child = isWhole
      ? spawn(python, ['-m', 'unittest', 'discover', '-s', 'tests'], { cwd: probe, env })
      : spawn(python, ['-m', 'unittest', ...some], {
          cwd: probe,
          env: { ...env, PYTHONPATH: join(probe, 'tests') },
        });
    let printed = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (printed += data));
    child.on('close', (code) => resolve({ passed: code === 0, printed }));
  });
}

const chosen = (await interpreters()).filter(
  ({ version }) => wanted.length === 0 || wanted.includes(version),
);
let failed = chosen.length === 0;
if (failed) process.stderr.write('no Python 3.6 to 3.13 found\n');

/** Takes the next interpreter until none is left; prints one block for each, in one write, as others run meanwhile. */
async function work() {
  for (let next = chosen.shift(); next !== undefined; next = chosen.shift()) {
    const started = Date.now();
    const { passed, printed } = await test(next);
    const count = /^Ran (\d+) tests?/m.exec(printed)?.[1] ?? 'no';
    const notes = [...new Set(printed.match(/^skipped.*$/gm) ?? [])];
    const seconds = ((Date.now() - started) / 1000).toFixed(0);
    const ok = passed && count !== '0' && count !== 'no';
    failed ||= !ok;
    const verdict = `Python ${next.version}: ${ok ? 'ok' : 'FAILED'}, ${count} tests, ${seconds} s`;
    const reasons = notes.length > 0 ? ` (${notes.join('; ')})` : '';
    process.stdout.write(`${verdict}${reasons}\n${ok ? '' : `${printed}\n`}`);
  }
}

const scratch = mkdtempSync(join(tmpdir(), 'patchdiff-probe-tests-'));
try {
  await Promise.all(Array.from({ length: AT_ONCE }, work));
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
process.exitCode = failed ? 1 : 0;

import { UserError } from '../../../model/errors.js';
import type { EnvironmentSpec } from '../../../model/instance.js';
import type { SideContainer } from './containers.js';
import { isSupported, pythonTooOld } from '../interpreter.js';

/** What a container offers. */
export interface ImageSurvey {
  /** Directory that holds the repository, when there is one. */
  readonly repository: string | undefined;
  /**
   * The file that names the files of the project's tree that the image was built with: an image that patchdiff
   * built for all versions of the project. Absent when the image holds the base commit of one instance.
   */
  readonly tracked: string | undefined;
  /** Absolute path of the interpreter. */
  readonly python: string;
  /** `3.9.18`. */
  readonly version: string;
  /** `PATH` of the image, the interpreter's directory first. */
  readonly path: string;
}

/** Arguments: the repository's directory, then commands of interpreters. Prints lines of `name=value`. */
const SCRIPT = `
for name in .git setup.py setup.cfg pyproject.toml .patchdiff-tracked; do
  if [ -e "$1/$name" ]; then echo "repository=$1"; break; fi
done
if [ -e "$1/.patchdiff-tracked" ]; then echo "tracked=$1/.patchdiff-tracked"; fi
shift
for command; do
  python=$(command -v "$command") || continue
  version=$("$python" -c 'import sys; print(".".join(map(str, sys.version_info[:3])))') || continue
  echo "python=$python"
  echo "version=$version"
  echo "path=\${python%/*}:$PATH"
  break
done
`;
const DEFAULT_DIRECTORY = '/testbed';
/** The interpreter of the public SWE-bench images comes first. */
const DEFAULT_PYTHONS = ['/opt/miniconda3/envs/testbed/bin/python', 'python3', 'python'];

/**
 * Looks into a container for the repository and the interpreter that an environment names, or the usual ones.
 * @throws UserError `python-missing`, `python-too-old`
 */
export async function survey(
  container: SideContainer,
  { image = '', workdir = DEFAULT_DIRECTORY, python: asked }: EnvironmentSpec,
): Promise<ImageSurvey> {
  const { stdout } = await container.script(SCRIPT, [
    workdir,
    ...(asked === undefined ? DEFAULT_PYTHONS : [asked]),
  ]);
  const facts = new Map(stdout.split('\n').map((line) => line.split(/=(.*)/s, 2) as [string, string]));
  const [python, version, path] = [facts.get('python'), facts.get('version'), facts.get('path')];
  if (python === undefined || version === undefined || path === undefined) {
    throw new UserError(
      'python-missing',
      `no Python interpreter in the image ${image}: ${asked ?? 'none of the usual ones'} cannot be run`,
      'Name the interpreter inside the image with --python.',
    );
  }
  if (!isSupported(version)) throw pythonTooOld(`${python} in the image ${image}`, version);
  return { repository: facts.get('repository'), tracked: facts.get('tracked'), python, version, path };
}

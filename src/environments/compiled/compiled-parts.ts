import { cp, mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import type { ProjectBuild, SideEnvironment } from '../../model/recipe.js';
import type { SideTree } from '../../model/side.js';
import { Unjudgeable } from '../../model/unjudgeable.js';
import type { Engine } from '../../observe/engine/engine.js';
import { buildOnce } from '../../platform/build-once.js';
import { contentKey } from '../../platform/content-key.js';
import { buildOn } from './build-on-side.js';
import { copyInto, isModuleFor, madeBy } from './modules.js';
import { filesBelow, hashOfSources, isCompiledSource } from './sources.js';

export interface CompiledPartsOptions {
  /** Runs the builds, each in a sandbox of its own. */
  readonly engine: Pick<Engine, 'openSide'>;
  /** Where modules are kept between runs. */
  readonly cacheDirectory: string;
  /** Existing directory for trees that are built, and for the modules of candidates. */
  readonly workDirectory: string;
  /** Called with the name of each project that is built. */
  readonly onBuild: (name: string) => void;
}

/** What the interpreter of an environment loads, and where its packages are. */
interface ModuleFacts {
  readonly suffixes: readonly string[];
  readonly packages: string;
}

const FACTS = `
import importlib.machinery, json, sysconfig
print(json.dumps({"suffixes": importlib.machinery.EXTENSION_SUFFIXES, "packages": sysconfig.get_paths()["platlib"]}))
`;

/**
 * Puts compiled modules beside the sources of trees. They are built once for each recipe and state of the compiled sources, and
 * again only where a patch changes these; a tree that has modules for its interpreter is left as it is, and one whose
 * interpreter has the package gets the modules of that.
 */
export class CompiledParts {
  readonly #facts = new Map<string, Promise<ModuleFacts | undefined>>();
  readonly #built = new Map<string, Promise<string>>();

  constructor(private readonly options: CompiledPartsOptions) {}

  /** @throws Unjudgeable `environment-broken` where they cannot be built */
  async complete(tree: SideTree, environment: SideEnvironment): Promise<void> {
    const facts = await this.#factsOf(environment.python ?? 'python3');
    if (facts === undefined) return; // who opens the side says what is wrong with the interpreter
    const files = await filesBelow(tree.directory);
    const isModule = (file: string) => isModuleFor(file, facts.suffixes);
    const present = files.filter(isModule);
    const { build } = environment;
    if (build === undefined) {
      if (present.length === 0 && files.some(isCompiledSource))
        await takeFromInterpreter(tree.directory, facts, files);
      return;
    }
    if (present.length > 0 && !tree.changedFiles.some(isCompiledSource)) return;
    const made = await this.#modulesOf(tree, environment, build, { files, isModule });
    await copyInto(tree.directory, made, await filesBelow(made), isModule);
  }

  /** The directory that holds what the build of a tree makes. */
  async #modulesOf(
    tree: SideTree,
    environment: SideEnvironment,
    build: ProjectBuild,
    content: TreeContent,
  ): Promise<string> {
    const sources = await hashOfSources(tree.directory, content.files);
    const { python, recipe } = environment;
    const key = contentKey({ recipe, python, build, sources }).slice(0, 16);
    const kept = path.join(this.options.cacheDirectory, `compiled-${key}`);
    const known = this.#built.get(key);
    if (known !== undefined) return known;
    const exists = await stat(kept).catch(() => undefined);
    // A build of a candidate's runs its code: what comes of it is for this candidate alone.
    const own = tree.side === 'candidate' && exists === undefined;
    const target = own ? path.join(this.options.workDirectory, `compiled-${key}-${tree.effectHash}`) : kept;
    const building = buildOnce(target, (directory) =>
      this.#build(directory, tree, environment, build, content),
    ).then(() => target);
    if (!own) this.#built.set(key, building);
    return building;
  }

  async #build(
    target: string,
    tree: SideTree,
    { python }: SideEnvironment,
    build: ProjectBuild,
    { files, isModule }: TreeContent,
  ): Promise<void> {
    const { engine, workDirectory, onBuild } = this.options;
    onBuild(`the compiled parts of ${build.name}`);
    const scratch = await mkdtemp(path.join(workDirectory, 'build-'));
    try {
      const directory = path.join(scratch, 'tree');
      await cp(tree.directory, directory, {
        recursive: true,
        verbatimSymlinks: true,
        preserveTimestamps: true,
      });
      // Of another state of the sources; a build would take them for its own.
      for (const module of files.filter(isModule)) await rm(path.join(directory, module));
      const before = files.filter((file) => !isModule(file));
      const environment = python === undefined ? {} : { python };
      const side = await engine.openSide({ ...tree, directory }, environment, { keepsWrites: true });
      try {
        await buildOn(side, build);
      } finally {
        await side.dispose();
      }
      const made = madeBy(before, await filesBelow(directory));
      if (!made.some(isModule))
        throw new Unjudgeable(
          'environment-broken',
          `the build of ${build.name} left no module beside the sources; see \`build\` of the recipe`,
        );
      await mkdir(target, { recursive: true });
      await copyInto(target, directory, made, () => true);
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }
  }

  #factsOf(python: string): Promise<ModuleFacts | undefined> {
    const known = this.#facts.get(python) ?? askForFacts(python);
    this.#facts.set(python, known);
    return known;
  }
}

interface TreeContent {
  readonly files: readonly string[];
  readonly isModule: (file: string) => boolean;
}

async function askForFacts(python: string): Promise<ModuleFacts | undefined> {
  const { stdout, failed } = await execa(python, ['-c', FACTS], { cwd: '/', stdin: 'ignore', reject: false });
  return failed ? undefined : (JSON.parse(stdout) as ModuleFacts);
}

/** Takes the modules of the packages that both the tree and the interpreter have. */
async function takeFromInterpreter(
  directory: string,
  { packages, suffixes }: ModuleFacts,
  files: readonly string[],
): Promise<void> {
  const inits = files.filter((file) => /^(?:(?:src|lib)\/)?[^/]+\/__init__\.py$/.test(file));
  for (const init of inits) {
    const folder = path.posix.dirname(init);
    const installed = path.join(packages, path.posix.basename(folder));
    const facts = await stat(installed).catch(() => undefined);
    if (facts?.isDirectory() !== true) continue;
    const modules = (await filesBelow(installed)).filter((file) => isModuleFor(file, suffixes));
    if (modules.length > 0) await copyInto(path.join(directory, folder), installed, modules, () => false);
  }
}

import { mkdir } from 'node:fs/promises';
import type { AuditContext } from '../../pipeline/context/audit-context.js';
import { connectDocker } from '../../observe/engine/docker/docker-connection.js';
import { DockerEngine } from '../../observe/engine/docker/docker-engine.js';
import type { Engine } from '../../observe/engine/engine.js';
import { publicImageName } from '../../observe/engine/docker/images.js';
import { CompiledParts } from '../../environments/compiled/compiled-parts.js';
import type { BuiltEnvironments } from '../../environments/built-environments.js';
import { Recipes } from '../../environments/recipes.js';
import { VirtualEnvironments } from '../../environments/virtual-environments.js';
import { DEFAULT_BASE_IMAGE, recipeImageName } from '../../images/recipe-image.js';
import { RecipeImages } from '../../images/recipe-images.js';
import type { EnvironmentSpec, Instance } from '../../model/instance.js';
import { treeOf } from '../../trees/side-tree.js';
import { cacheDirectory } from '../cache/cache.js';
import { OptionError } from '../options/option-error.js';

/** What the user says about environments. */
export interface EnvironmentRequest {
  readonly environments: 'given' | 'build';
  readonly image?: string | undefined;
  readonly python?: string | undefined;
  readonly repositoryOf: AuditContext['repositoryOf'];
  /** Told what takes a while. */
  readonly tell: (line: string) => void;
  readonly signal: AbortSignal;
}

/** The environments of instances: as the user or the row names them, by the naming rule, or built from recipes. */
export class Environments {
  private constructor(
    private readonly request: EnvironmentRequest,
    private readonly recipes: Recipes | undefined,
  ) {}

  /** @throws UserError `usage`, `recipe-malformed` */
  static async open(request: EnvironmentRequest): Promise<Environments> {
    if (request.environments === 'given') return new Environments(request, undefined);
    if ((request.python ?? request.image) !== undefined) {
      const option = request.python === undefined ? 'image' : 'python';
      throw new OptionError({
        message: (spell) => `${spell(option)} cannot be combined with ${spell('environments')} build`,
        hint: () => 'Leave one of them out: the environments that are built have their own interpreter.',
      });
    }
    return new Environments(request, await Recipes.load());
  }

  get areBuilt(): boolean {
    return this.recipes !== undefined;
  }

  /** What the user or the row names. */
  given({ environment }: Instance): EnvironmentSpec {
    const image = this.request.image ?? environment.image;
    const python = this.request.python ?? environment.python;
    return {
      ...(image === undefined ? {} : { image }),
      ...(environment.workdir === undefined ? {} : { workdir: environment.workdir }),
      ...(python === undefined ? {} : { python }),
    };
  }

  /** The image that an instance runs in with Docker; whether it exists is another matter. */
  imageOf(instance: Instance): string {
    const given = this.given(instance).image;
    if (given !== undefined) return given;
    const recipe = this.recipes?.find(instance.repo, instance.version);
    return recipe ? recipeImageName(recipe) : publicImageName(instance.instanceId);
  }

  /** The environment by name, with nothing built. */
  named(instance: Instance): EnvironmentSpec {
    return { ...this.given(instance), image: this.imageOf(instance) };
  }

  /** How trees get compiled modules; undefined for an engine whose images have them. */
  compiledPartsFor(engine: Engine, workDirectory: string): CompiledParts | undefined {
    if (engine instanceof DockerEngine) return undefined;
    const onBuild = (name: string) => {
      this.request.tell(`building ${name}`);
    };
    return new CompiledParts({
      engine,
      cacheDirectory: cacheDirectory('environments'),
      workDirectory,
      onBuild,
    });
  }

  /** How environments are built for an engine; undefined when they are not. */
  async builderFor(engine: Engine, workDirectory: string): Promise<BuiltEnvironments | undefined> {
    const { recipes } = this;
    if (recipes === undefined) return undefined;
    const { signal, tell, repositoryOf } = this.request;
    const onBuild = (name: string) => {
      tell(`building the environment of ${name}`);
    };
    if (!(engine instanceof DockerEngine))
      return new VirtualEnvironments({
        recipes,
        cacheDirectory: cacheDirectory('environments'),
        signal,
        onBuild,
      });
    await mkdir(workDirectory, { recursive: true });
    return new RecipeImages(connectDocker(), {
      recipes,
      baseImage: DEFAULT_BASE_IMAGE,
      workDirectory,
      signal,
      treeOf: async (instance, directory) =>
        treeOf(await repositoryOf(instance), instance.baseCommit, directory),
      onBuild,
      onBuilt: (image) => {
        engine.bring(image);
      },
    });
  }
}

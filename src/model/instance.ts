/** The test runner that an instance's developer tests are written for. */
export type TestRunner = 'pytest' | 'unittest' | 'sympy' | 'django';

/** Where a record was read from, for error messages; `line` is 1-based. */
export interface SourceLocation {
  readonly file: string;
  readonly line?: number;
}

/** What a row (or the command line) says about the environment that an instance runs in. */
export interface EnvironmentSpec {
  /** Docker image; absent means: by the public naming rule, or the one given by the user. */
  readonly image?: string;
  /** Directory of the repository inside the image. */
  readonly workdir?: string;
  /** Python command inside the environment, such as `/opt/venv/bin/python`. */
  readonly python?: string;
}

/** One benchmark row. */
export interface Instance {
  readonly instanceId: string;
  /** `owner/name`, or a path of a local repository. */
  readonly repo: string;
  readonly baseCommit: string;
  readonly goldPatch: string;
  readonly testPatch: string;
  /** The issue text; empty when there is none. */
  readonly problemStatement: string;
  readonly version?: string;
  readonly failToPass: readonly string[];
  readonly passToPass: readonly string[];
  readonly environment: EnvironmentSpec;
  /** Absent means: chosen from the repository's name and what the interpreter can import. */
  readonly testRunner?: TestRunner;
  /** `fail_only`: a PASS_TO_PASS that the run does not report is kept. Absent means `pass_and_fail`. */
  readonly evalType?: 'fail_only';
  readonly source: SourceLocation;
}

/** One model patch for one instance. */
export interface Prediction {
  readonly instanceId: string;
  /** The submission's name (`model_name_or_path`). */
  readonly model: string;
  /** `null` when the submission gave none. */
  readonly patch: string | null;
  /** Whether the submission's own results count it as resolved; absent where there are none. */
  readonly resolved?: boolean;
  readonly source: SourceLocation;
}

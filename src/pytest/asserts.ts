/** Statements of Python that only together check something: asserts, and imports that they need. */
export type Asserts = readonly string[];

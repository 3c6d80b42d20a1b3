/**
 * A type with every property and array in it read-only, however deep. The types of the model are what their zod schemas
 * infer, made immutable here: zod's own `.readonly()` would also freeze every parsed object and add `readOnly` to the
 * JSON Schema.
 */
export type Immutable<T> = { readonly [Key in keyof T]: Immutable<T[Key]> };

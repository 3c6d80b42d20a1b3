/** Values at the ends of a type, which code is seldom made for, as source text. */
export const EXTREMES = ['1e300', "float('inf')", "float('nan')", '2**63'];

/** Values at which behaviour tends to change, by type, as source text. */
export const BOUNDARY_INTEGERS = ['0', '1', '-1', '2', '3', '10', '100', '2**63'];
export const BOUNDARY_FLOATS = ['0.0', '-0.0', '0.5', '-1.5', '1e300', "float('inf')", "float('nan')"];
export const BOUNDARY_STRINGS = [
  "''",
  "' '",
  "'a'",
  "'a b'",
  "'A'",
  "'0'",
  "'\\u00e9'",
  "'a\\nb'",
  "'%s'",
  "'_'",
];

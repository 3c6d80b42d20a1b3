import type { Canonical } from '../model/observation.js';
import { literalOf, stringLiteral } from '../python/literal.js';
import { arrayLiteral } from './numeric-checks.js';
import type { Asserts } from './asserts.js';

type Subclass = Extract<Canonical, { readonly t: 'subclass' }>;

/** Ways to assert the content of a table or a labelled array with the functions of its own library. */
export function tableAsserts(place: string, value: Subclass): Asserts[] {
  const [, library, name] = /^(pandas|xarray)\.(?:.*\.)?(DataFrame|Series|DataArray)$/.exec(value.type) ?? [];
  if (library === 'pandas' && name === 'Series') return seriesAsserts(place, value);
  if (library === 'pandas' && name === 'DataFrame') return frameAsserts(place, value);
  return library === 'xarray' ? labelledAsserts(place, value) : [];
}

function seriesAsserts(place: string, { base, public: fields }: Subclass): Asserts[] {
  const [values, index] = [listLiteral(base), indexLiteral(fields['index'])];
  const [dtype, name] = [textOf(fields['dtype']), fields['name'] && literalOf(fields['name'])];
  if (values === null || index === null || dtype === undefined || !name) return [];
  const expected = `Expected(${values}, index=${index}, dtype=${stringLiteral(dtype)}, name=${name})`;
  return [
    [
      'from pandas import Series as Expected',
      'from pandas.testing import assert_series_equal',
      `assert_series_equal(${place}, ${expected})`,
    ],
  ];
}

function frameAsserts(place: string, { base, public: fields }: Subclass): Asserts[] {
  if (base.t !== 'dict') return [];
  const index = indexLiteral(fields['index']);
  const columns = base.entries.map(([key, column]) => [literalOf(key), listLiteral(column)] as const);
  if (index === null || columns.some((pair) => pair.includes(null))) return [];
  const content = columns.map(([key, column]) => `${key ?? ''}: ${column ?? ''}`).join(', ');
  const names = columns.map(([key]) => key).join(', ');
  const dtypes = [fields['dtypes']].flatMap((list) => (list?.t === 'list' ? list.items : [])).map(textOf);
  const types = `assert [str(dtype) for dtype in ${place}.dtypes] == [${dtypes.map((text) => stringLiteral(text ?? '')).join(', ')}]`;
  const equal = [
    'from pandas import DataFrame as Expected',
    'from pandas.testing import assert_frame_equal',
    `assert_frame_equal(${place}, Expected({${content}}, index=${index}, columns=[${names}]), check_dtype=False)`,
  ];
  return [equal, [types], [...equal, types]];
}

function labelledAsserts(place: string, { base, public: fields }: Subclass): Asserts[] {
  const values = base.t === 'array' ? arrayLiteral(base) : null;
  const dims = fields['dims'] && literalOf(fields['dims']);
  if (values === null || !dims) return [];
  return [
    [
      'from xarray import DataArray as Expected',
      'from xarray.testing import assert_allclose',
      `assert_allclose(${place}.variable, Expected(${values}, dims=${dims}).variable)`,
    ],
  ];
}

/** The values of a column or an index as a list of literals; null where Python has none for them. */
function listLiteral(value: Canonical): string | null {
  if (value.t === 'array') return arrayLiteral(value);
  if (value.t === 'subclass') return listLiteral(value.base);
  return value.t === 'list' ? literalOf(value) : null;
}

function indexLiteral(index: Canonical | undefined): string | null {
  const name = index?.t === 'subclass' ? index.public['name'] : undefined;
  return index === undefined || (name && name.t !== 'none') ? null : listLiteral(index);
}

const textOf = (value: Canonical | undefined): string | undefined =>
  value?.t === 'str' ? value.v : undefined;

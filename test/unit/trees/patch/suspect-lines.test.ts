import { describe, expect, it } from 'vitest';
import { suspectLines } from '../../../../src/trees/patch/suspect-lines.js';

const PATCH = `--- a/pkg/a.py
+++ b/pkg/a.py
@@ -10,3 +10,4 @@
 old
-gone
+x = 1
+import unittest
 old
--- /dev/null
+++ b/conftest.py
@@ -0,0 +1,2 @@
+def hook():
+    return True
`;

describe(suspectLines, () => {
  it('gives the lines of the files asked for, else those that reach for tests', () => {
    expect(suspectLines(PATCH, new Set(['conftest.py']))).toEqual([
      { file: 'conftest.py', line: 1, text: 'def hook():' },
      { file: 'conftest.py', line: 2, text: '    return True' },
    ]);
    expect(suspectLines(PATCH, new Set())).toEqual([{ file: 'pkg/a.py', line: 12, text: 'import unittest' }]);
  });

  it('falls back on the first lines that are added', () => {
    const plain = PATCH.replace('import unittest', 'y = 2');
    expect(suspectLines(plain, new Set(['nothing'])).map(({ text }) => text)).toEqual([
      'x = 1',
      'y = 2',
      'def hook():',
      '    return True',
    ]);
  });
});

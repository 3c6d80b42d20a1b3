/**
 * A patch that behaves like `patch` and differs from its other variants: it adds a module that nothing imports,
 * beside the first Python file that the patch names.
 */
export function variantOf(patch: string, number: number): string {
  const file = /^\+\+\+ (?:b\/)?(\S+\.py)\s*$/m.exec(patch)?.[1];
  if (file === undefined) throw new Error('the patch changes no Python file');
  const folder = file.includes('/') ? file.slice(0, file.lastIndexOf('/') + 1) : '';
  const added = `${folder}unused_variant_${number}.py`;
  return [
    patch.endsWith('\n') ? patch : `${patch}\n`,
    `diff --git a/${added} b/${added}\n`,
    'new file mode 100644\n',
    `--- /dev/null\n+++ b/${added}\n`,
    `@@ -0,0 +1,2 @@\n+def unused_${number}():\n+    return ${number}\n`,
  ].join('');
}

import { existsSync } from 'node:fs';
import { execa } from 'execa';
import { chromium, type Browser, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { ROOT } from './cli.js';

/** Starts a headless Chromium. Throws where there is none. */
export async function launchChromium(): Promise<Browser> {
  const places = [process.env['PATCHDIFF_TEST_CHROMIUM'], '/usr/bin/chromium', '/usr/bin/google-chrome'];
  const executablePath = places.find((file) => file !== undefined && existsSync(file));
  if (executablePath === undefined)
    throw new Error('no Chromium here: install it, or set PATCHDIFF_TEST_CHROMIUM');
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}

/** Every figure on a page by its name, as a reader sees it. */
export async function figuresOf(page: Page): Promise<Record<string, string>> {
  const found = await page.locator('[data-figure]').evaluateAll((elements) =>
    elements.map((element) => {
      const shown = (element as HTMLElement).innerText.replace(/\s+/g, ' ').trim();
      return [element.getAttribute('data-figure') ?? '', shown];
    }),
  );
  expect(new Set(found.map(([name]) => name)).size).toBe(found.length);
  return Object.fromEntries(found) as Record<string, string>;
}

type Expected = string | { readonly numbers: readonly number[]; readonly within: number };

/** Checks every figure against `recompute.py`: none missing, none more, resampled ones as near as resampling comes. */
export async function recomputed(figures: Readonly<Record<string, string>>, run: string): Promise<void> {
  const { stdout } = await execa('python3', [`${ROOT}/test/helpers/recompute.py`, run]);
  const expected = JSON.parse(stdout) as Record<string, Expected>;
  expect(Object.keys(figures).sort()).toEqual(Object.keys(expected).sort());
  for (const [name, wanted] of Object.entries(expected)) {
    const shown = figures[name] ?? '';
    if (typeof wanted === 'string') {
      expect(shown, name).toBe(wanted);
      continue;
    }
    const numbers = (shown.match(/-?\d+(\.\d+)?/g) ?? []).map(Number);
    expect(numbers.length, `${name}: ${shown}`).toBe(wanted.numbers.length);
    for (const [index, number] of numbers.entries())
      expect(Math.abs(number - wanted.numbers[index]!), `${name}: ${shown}`).toBeLessThan(wanted.within);
  }
}

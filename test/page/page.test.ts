import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { RunReport } from '../../src/model/report.js';
import { figuresOf, launchChromium, recomputed } from '../helpers/chromium.js';
import { cli } from '../helpers/cli.js';
import { readReport } from '../helpers/mini.js';
import { copyOfSharedMini } from '../helpers/shared-mini.js';

let browser: Browser;
let address: string;
let report: RunReport;

beforeAll(async () => {
  browser = await launchChromium();
  const folder = await copyOfSharedMini();
  expect(await cli(['report', folder, '--format', 'html'])).toMatchObject({ exitCode: 0 });
  report = await readReport(path.join(folder, 'report.json'));
  address = pathToFileURL(path.join(folder, 'report.html')).href;
});
afterAll(() => browser.close());

/** Opens the page from disk; fails the test on any error of its script and any request. */
async function open(fragment = '', options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext(options);
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('request', (request) => {
    if (!request.url().startsWith('file:')) faults.push(request.url());
  });
  onTestFinished(() => {
    expect(faults).toEqual([]);
  });
  await page.goto(`${address}${fragment}`);
  await page.locator('#rows tr, #pair-content h2').first().waitFor();
  return page;
}

const shown = (page: Page) => page.locator('#rows tr').count();
const divergent = () => report.records.filter(({ verdict }) => verdict.outcome === 'divergent');

describe('the page of a run', () => {
  it('shows the figures of the report', async () => {
    const page = await open();
    const { reported, afterAnyDivergence } = report.metrics.overall.resolved;
    const text = await page.locator('header, #list').allInnerTexts();
    for (const { count, of, rate } of [reported, afterAnyDivergence]) {
      expect(text.join('\n')).toContain(`${((rate ?? 0) * 100).toFixed(1)}% ${count} of ${of}`);
    }
    expect(await shown(page)).toBe(report.records.length);
  });

  it('shows no figure but those that another program computes from the records', async () => {
    const page = await open();
    await recomputed(await figuresOf(page), fileURLToPath(new URL('.', address)));
  });

  it('filters and sorts, and keeps both in the address', async () => {
    const page = await open();
    await page.getByLabel('Verdict').selectOption('divergent');
    expect(await shown(page)).toBe(divergent().length);
    expect(await page.locator('#shown').innerText()).toBe(
      `${divergent().length} of ${report.records.length} pairs`,
    );
    await page.getByRole('button', { name: 'Instance' }).click();
    await page.getByRole('button', { name: 'Instance' }).click();
    const names = await page.locator('#rows th').allInnerTexts();
    expect(names).toEqual([...names].sort().reverse());
    expect(await page.locator('th[aria-sort=descending]').innerText()).toBe('Instance');

    const same = await open(new URL(page.url()).hash);
    expect(await same.locator('#rows th').allInnerTexts()).toEqual(names);
    await same.getByRole('button', { name: 'Clear' }).click();
    expect(await shown(same)).toBe(report.records.length);
    await same.keyboard.press('/');
    await same.keyboard.type('no such thing');
    expect(await shown(same)).toBe(0);
  });

  it('opens a divergence by keyboard, copies its test and its command, and goes back', async () => {
    const page = await open('', { permissions: ['clipboard-read', 'clipboard-write'] });
    const [record] = divergent();
    const [divergence] = record!.divergences;
    await page.getByLabel('Text', { exact: true }).fill(`${record!.instanceId} ${record!.model}`);
    await page.locator('#rows .open').first().focus();
    await page.keyboard.press('Enter');
    await page.locator('#pair-content h2').waitFor();
    expect(await page.locator('#pair-content h2').innerText()).toBe(
      `${record!.instanceId}, ${record!.model}`,
    );
    expect(await page.locator('.divergence').count()).toBe(record!.divergences.length);
    expect(await page.locator('.divergence').first().locator('mark').count()).toBeGreaterThan(1);
    const copied = async (name: RegExp) => {
      await page.getByRole('button', { name }).first().click();
      await page.getByText('Copied').last().waitFor();
      return page.evaluate(() => navigator.clipboard.readText());
    };
    expect(await copied(/Copy: Differentiating test/)).toBe(divergence!.test!.source);
    expect(await copied(/Copy: Run it again/)).toMatch(
      new RegExp(`patchdiff replay .*report\\.json --divergence ${divergence!.id}`),
    );
    await page.keyboard.press('Escape');
    await page.locator('#list').waitFor();
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.textContent))
      .toBe(record!.instanceId);
  });

  it('opens a pair from its address, and leads back to the list', async () => {
    const [record] = divergent();
    const page = await open(`#pair=${encodeURIComponent(`${record!.model}/${record!.instanceId}`)}`);
    expect(await page.locator('.ins').count()).toBeGreaterThan(1);
    await page.getByRole('link', { name: 'Back to the list' }).click();
    await expect.poll(() => shown(page)).toBe(report.records.length);
  });

  describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
    it.each([1440, 390])('is accessible and as wide as the window at %d', async (width) => {
      const page = await open('', { colorScheme, viewport: { width, height: 844 } });
      const sane = async () => {
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      };
      await sane();
      await page.getByLabel('Verdict').selectOption('divergent');
      await page.locator('#rows .open').first().click();
      await page.locator('.divergence').first().waitFor();
      await sane();
    });
  });
});

import { readFile } from 'node:fs/promises';
import { request } from 'node:http';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { LabelFolder } from '../../src/runs/label-folder.js';
import { figuresOf, launchChromium, recomputed } from '../helpers/chromium.js';
import { cli, onlyError, startCli } from '../helpers/cli.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';
import { inventedRun } from '../helpers/invented-run.js';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

async function runFolder(labelled: boolean): Promise<string> {
  const folder = path.join(await temporaryDirectory(), 'run');
  await inventedRun(folder, labelled);
  return folder;
}

/** Opens an address; fails the test on any error of its script and any request to elsewhere. */
async function open(address: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext(options);
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('request', (sent) => {
    if (!sent.url().startsWith(address)) faults.push(sent.url());
  });
  onTestFinished(() => {
    expect(faults).toEqual([]);
  });
  await page.goto(address);
  await page.locator('#rows tr').first().waitFor();
  return page;
}

/** Starts a review; gives the address that it prints. */
async function review(folder: string, ...options: string[]): Promise<string> {
  const running = startCli(['review', folder, ...options]);
  onTestFinished(async () => {
    running.kill('SIGINT');
    expect((await running).exitCode).toBe(130);
  });
  return new Promise((resolve, reject) => {
    let printed = '';
    running.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      if (printed.endsWith('\n')) resolve(printed.trim());
    });
    running.stdout.once('end', () => {
      reject(new Error('the review ended'));
    });
  });
}

describe.each([false, true])('figures of a run, labelled: %s', (labelled) => {
  it('are those that another program computes from the records', async () => {
    const folder = await runFolder(labelled);
    expect(await cli(['report', folder, '--format', 'html'])).toMatchObject({ exitCode: 0 });
    const figures = await figuresOf(await open(pathToFileURL(path.join(folder, 'report.html')).href));
    expect(Object.keys(figures).filter((name) => name.startsWith('order/')).length).toBeGreaterThan(0);
    expect(Object.values(figures).some((shown) => shown.includes('moves in'))).toBe(true);
    expect('sample/resolved' in figures).toBe(labelled);
    await recomputed(figures, folder);
  });
});

describe('review', () => {
  it('labels with one key each, strongest evidence first, saved at once', async () => {
    const folder = await runFolder(false);
    const page = await open(await review(folder, '--reviewer', 'ada'));
    const labels = async () => (await new LabelFolder(folder).read()).labels;
    const total = await page.locator('#rows .outcome-divergent, #rows .weak-only').count();
    expect(await page.locator('#progress').innerText()).toBe(`0 of ${total} labelled.`);
    await page.keyboard.press('n');
    const grades: string[] = [];
    for (const [index, key] of ['c', 'i', 'u', 'b'].entries()) {
      const heading = page.locator('#pair-content h2');
      await heading.waitFor();
      const [instanceId = '', model = ''] = (await heading.innerText()).split(/, /);
      grades.push((await page.locator('#pair-content').innerText()).split('\n')[2] ?? '');
      if (index === 1) {
        await page.keyboard.press('e');
        await page.keyboard.type('a cup of /tea');
        await page.keyboard.press('Escape');
        expect(await heading.innerText()).toContain(instanceId);
      }
      await page.keyboard.press(key);
      await page.locator('#pair-content h2', { hasNotText: `${instanceId}, ${model}` }).waitFor();
      const saved = (await labels()).find((one) => one.instanceId === instanceId && one.model === model);
      expect(saved).toMatchObject({
        reviewer: 'ada',
        label: { c: 'correct', i: 'incorrect', u: 'unclear', b: 'benchmark-fault' }[key],
        note: index === 1 ? 'a cup of /tea' : '',
      });
    }
    expect(await labels()).toHaveLength(4);
    await page.keyboard.press('Escape');
    expect(await page.locator('#progress').innerText()).toBe(`4 of ${total} labelled.`);
    await page.locator('#filter-label').selectOption('incorrect');
    expect(await page.locator('#rows tr').count()).toBe(1);
    await page.locator('#rows .open').click();
    expect(await page.locator('#note').inputValue()).toBe('a cup of /tea');
    await page.getByRole('button', { name: /^incorrect/ }).click();
    await page.getByText('Taken back').waitFor();
    expect(await labels()).toHaveLength(3);
  });

  it('draws a sample, again the same, and no second one', async () => {
    const folder = await runFolder(false);
    const page = await open(await review(folder, '--sample', '4', '--sample-seed', '7'));
    expect(await page.locator('#progress').innerText()).toBe('0 of 4 labelled.');
    const drawn = await readFile(path.join(folder, 'labels', 'sample.json'), 'utf8');
    await review(folder, '--sample', '4', '--sample-seed', '7');
    expect(await readFile(path.join(folder, 'labels', 'sample.json'), 'utf8')).toBe(drawn);
    const other = await cli(['review', folder, '--sample', '5']);
    expect(other.exitCode).toBe(2);
    expect(onlyError(other)).toContain('a sample of 4 was drawn');
    expect(onlyError(await cli(['review', folder, '--sample', '500']))).toContain(
      '--sample must be from 1 to',
    );
  });

  it("keeps other reviewers' labels from a reviewer", async () => {
    const page = await open(await review(await runFolder(true), '--reviewer', 'cy'));
    expect(await page.locator('#filter-label').locator('option').allInnerTexts()).toEqual(['all']);
    expect(await page.locator('main').innerText()).not.toContain('Review labels');
  });

  it('answers its own page only', async () => {
    const folder = await runFolder(false);
    const address = new URL(await review(folder));
    const ask = (headers: Record<string, string>, to = `${address.pathname}label`, method = 'POST') =>
      new Promise<number | undefined>((resolve, reject) => {
        const body = JSON.stringify({ pair: 'first/org__project-101', label: 'correct', note: '' });
        const sent = request({ host: '127.0.0.1', port: address.port, path: to, method, headers }, (got) => {
          got.resume();
          resolve(got.statusCode);
        });
        sent.once('error', reject);
        sent.end(method === 'POST' ? body : undefined);
      });
    const json = { 'content-type': 'application/json' };
    expect(address.hostname).toBe('127.0.0.1');
    expect(await ask(json)).toBe(403);
    expect(await ask({ ...json, origin: 'http://evil.example' })).toBe(403);
    expect(await ask({ ...json, origin: address.origin, host: `evil.example:${address.port}` })).toBe(403);
    expect(await ask({ ...json, origin: address.origin, host: `localhost:${address.port}` })).toBe(403);
    expect(await ask({ ...json, origin: address.origin, 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await ask({ origin: address.origin, 'content-type': 'text/plain' })).toBe(415);
    expect(await ask({ ...json, origin: address.origin }, '/label')).toBe(404);
    expect(await ask({ ...json, origin: address.origin }, `/${'x'.repeat(32)}/label`)).toBe(404);
    expect(await ask({}, '/', 'GET')).toBe(404);
    expect(await ask({ host: 'evil.example' }, address.pathname, 'GET')).toBe(403);
    expect(await ask({}, address.pathname, 'DELETE')).toBe(405);
    expect((await new LabelFolder(folder).read()).labels).toEqual([]);
    expect(await ask({ ...json, origin: address.origin })).toBe(200);
    expect((await new LabelFolder(folder).read()).labels).toHaveLength(1);
  });

  describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
    it.each([1440, 390])('is accessible and as wide as the window at %d', async (width) => {
      const address = await review(await runFolder(true), '--reviewer', 'ada');
      const page = await open(address, { colorScheme, viewport: { width, height: 844 } });
      const sane = async () => {
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      };
      await sane();
      await page.locator('#rows .open').first().click();
      await page.locator('#pair-content h2').waitFor();
      await sane();
    });
  });
});

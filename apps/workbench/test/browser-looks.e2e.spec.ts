import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { chromiumOrReason } from '../src/test/chromium.ts';
import { looks } from './browser/looks.ts';
import { DESK_BY_DAY, startBrowser, Visitor } from './browser/visitor.ts';

const chromium = await chromiumOrReason();
const withBrowser = 'path' in chromium ? describe : describe.skip;

withBrowser('the look at a page', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await startBrowser('path' in chromium ? chromium.path : '');
  });

  afterAll(() => browser?.close());

  it('A10 what does not fit is found', async () => {
    const visitor = await Visitor.come(browser, DESK_BY_DAY);
    const short = 'style="width:60px;overflow:hidden;white-space:nowrap"';
    await visitor.page.setContent(
      `<p ${short}>Cut off with some more words</p><p style="height:8px;overflow:hidden">Half a line</p>
       <div style="width:60px;overflow-x:auto;white-space:nowrap">Can be scrolled into view</div><p style="width:1300px">Wide</p>`,
    );
    const faults = (await looks(visitor, 'planted')).filter((fault) => fault.startsWith('planted, 1280 px, light'));
    expect(faults.map((fault) => fault.split(': ')[1])).toEqual([
      expect.stringMatching(/^the page scrolls \d+ px sideways$/),
      '"Cut off with some more words" is cut off at the side',
      '"Half a line" is cut off above or below',
    ]);
  });
});

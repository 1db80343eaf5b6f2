import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { accessibilityFaults } from './accessibility.ts';
import { startBrowser } from './browser.ts';

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await startBrowser();
  page = await browser.newPage();
});

afterAll(() => browser.close());

const around = (body: string) =>
  `<!doctype html><html lang="en"><title>T</title><body style="font-size:16px"><h1>H</h1>${body}</body></html>`;
const button = 'style="width:60px;height:60px"';

describe('the accessibility check', () => {
  it('finds nothing where nothing is wrong', async () => {
    await page.setContent(around(`<p>Text</p><button ${button}>Go</button><img alt="" src="data:,">`));
    expect(await accessibilityFaults(page, 'finger')).toEqual([]);
  });

  it.each([
    ['pale text', '<p style="color:#aaa">Text</p>', /"Text" has a contrast of 2\.32/],
    ['a pale layer behind', '<p style="background:rgba(0,0,0,.6);color:#111">Text</p>', /has a contrast of/],
    ['a control without a name', `<button ${button}></button>`, /has no name/],
    ['a small target', '<button style="width:30px;height:60px">x</button>', /is 30 px small/],
    ['a picture without alternative', '<img width="9" height="9" src="data:,">', /a picture has no alternative/],
    ['an id that stands twice', '<i id="a"></i><b id="a"></b>', /the id a stands twice/],
    ['a second main heading', '<h1>Again</h1>', /not one main heading/],
  ])('finds %s', async (_fault, body, sentence) => {
    await page.setContent(around(body));
    expect((await accessibilityFaults(page, 'finger')).join('\n')).toMatch(sentence);
  });
});

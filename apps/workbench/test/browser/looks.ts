/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DEVICES, type Visitor } from './visitor.ts';

const folder = process.env.SCREENSHOT_DIR;

/**
 * Looks at what a visitor sees, at both sizes in both schemes, and at last as it was.
 * With SCREENSHOT_DIR a picture of each is left there.
 * @returns what doesn't fit, in sentences; empty where everything does
 */
export async function looks(visitor: Visitor, title: string): Promise<string[]> {
  const { page, device } = visitor;
  const faults: string[] = [];
  for (const { width, height, colorScheme } of DEVICES) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme });
    await settled(visitor);
    const place = `${title}, ${width} px, ${colorScheme}`;
    for (const fault of await page.evaluate(whatDoesNotFit)) faults.push(`${place}: ${fault}`);
    if (!folder) continue;
    await mkdir(folder, { recursive: true });
    await page.screenshot({ path: join(folder, `${title}-${width}-${colorScheme}.png`), fullPage: true });
  }
  await page.setViewportSize({ width: device.width, height: device.height });
  await page.emulateMedia({ colorScheme: device.colorScheme });
  await settled(visitor);
  return faults;
}

/** Two frames: one in which media queries are heard, one in which what they changed is drawn. */
async function settled({ page }: Visitor): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    await Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined)));
  });
}

/** Runs in the browser: everything that it needs stands inside. */
function whatDoesNotFit(): string[] {
  const faults: string[] = [];
  const sideways = document.documentElement.scrollWidth - window.innerWidth;
  if (sideways > 0) faults.push(`the page scrolls ${sideways} px sideways`);

  const clips = (value: string) => value === 'hidden' || value === 'clip';
  const scrolls = (value: string) => value === 'auto' || value === 'scroll';
  const reported = new Set<Element>();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.textContent?.trim() || !element || reported.has(element)) continue;
    if (element.closest('script, style, noscript, svg, .visually-hidden')) continue;
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    const report = (how: string) => {
      reported.add(element);
      faults.push(`"${node.textContent?.trim().slice(0, 60)}" ${how}`);
    };
    let scrollsSideways = false;
    for (let at: Element | null = element; at && at !== document.body; at = at.parentElement) {
      const { overflowX, overflowY } = getComputedStyle(at);
      const edge = at.getBoundingClientRect();
      if (clips(overflowX) && !scrollsSideways && (box.right > edge.right + 1 || box.left < edge.left - 1)) {
        report('is cut off at the side');
        break;
      }
      if (clips(overflowY) && (box.bottom > edge.bottom + 2 || box.top < edge.top - 2)) {
        report('is cut off above or below');
        break;
      }
      // What can be scrolled into view is not cut off.
      if (scrolls(overflowX)) scrollsSideways = true;
      if (scrolls(overflowY)) break;
    }
    if (!scrollsSideways && !reported.has(element) && box.bottom > 0 && box.right > window.innerWidth + 1) {
      report('leaves the window');
    }
  }
  return faults;
}

import type { Page } from 'playwright-core';

/** WCAG 2.5.8 asks for 24 px; fingers get 44 (2.5.5). */
const TARGET_PX = { pointer: 24, finger: 44 } as const;

/**
 * What can be checked of WCAG 2.2 AA without a judge: names of controls, pictures' alternatives, unique ids, one main
 * heading, contrast of text, size of targets.
 * @returns what is wrong, in sentences; empty where nothing is
 */
export function accessibilityFaults(page: Page, input: keyof typeof TARGET_PX): Promise<string[]> {
  return page.evaluate(faultsOfDocument, TARGET_PX[input]);
}

/** Runs in the browser: everything that it needs stands inside. */
function faultsOfDocument(targetPx: number): string[] {
  const faults: string[] = [];
  const dialog = document.querySelector('[role=dialog]');
  const scope: ParentNode = dialog ?? document;
  const all = (selector: string) => [...scope.querySelectorAll<HTMLElement>(selector)].filter(isVisible);

  function isVisible(element: Element): boolean {
    const box = element.getBoundingClientRect();
    return (
      box.width > 1 && box.height > 1 && element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
    );
  }
  function described(element: Element): string {
    return `<${element.tagName.toLowerCase()}> "${(element.textContent ?? '').trim().slice(0, 40)}"`;
  }
  function nameOf(element: HTMLElement): string {
    const labelled = element.getAttribute('aria-labelledby')?.split(' ') ?? [];
    const byId = labelled.map((id) => document.getElementById(id)?.textContent ?? '').join(' ');
    const label = (element as HTMLInputElement).labels?.[0]?.textContent ?? '';
    return (element.getAttribute('aria-label') ?? '') + byId + label + (element.textContent ?? '');
  }

  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  function rgba(color: string): number[] {
    if (!canvas) return [0, 0, 0, 0];
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    const [r = 0, g = 0, b = 0, a = 0] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  }
  function behind(element: Element): number[] {
    const layers: number[][] = [];
    for (let at: Element | null = element; at; at = at.parentElement) {
      const layer = rgba(getComputedStyle(at).backgroundColor);
      layers.push(layer);
      if (layer[3] === 1) break;
    }
    return layers.reverse().reduce(
      (under, [r = 0, g = 0, b = 0, a = 0]) => {
        const mix = (over: number, index: number) => over * a + (under[index] ?? 255) * (1 - a);
        return [mix(r, 0), mix(g, 1), mix(b, 2), 1];
      },
      [255, 255, 255, 1],
    );
  }
  function luminance(color: number[]): number {
    const [r = 0, g = 0, b = 0] = color.map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }
  function contrast(element: Element): number {
    const paper = behind(element);
    const [r = 0, g = 0, b = 0, a = 1] = rgba(getComputedStyle(element).color);
    const ink = [r, g, b].map((part, index) => part * a + (paper[index] ?? 0) * (1 - a));
    const [light = 0, dark = 0] = [luminance(ink), luminance(paper)].sort((x, y) => y - x);
    return (light + 0.05) / (dark + 0.05);
  }

  if (!document.documentElement.lang) faults.push('the document has no language');
  if (document.title === '') faults.push('the document has no title');
  if (!dialog && document.querySelectorAll('h1').length !== 1) faults.push('there is not one main heading');
  const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
  for (const id of ids.filter((one, index) => ids.indexOf(one) !== index)) faults.push(`the id ${id} stands twice`);
  for (const image of all('img')) if (!image.hasAttribute('alt')) faults.push('a picture has no alternative');

  for (const control of all('button, a[href], input, [role=menuitem], [role=menuitemradio]')) {
    if (nameOf(control).trim() === '') faults.push(`${described(control)} has no name`);
    const spread = getComputedStyle(control, '::after').position === 'absolute' ? control.closest('article') : null;
    const box = (spread ?? control.closest('label') ?? control).getBoundingClientRect();
    const short = Math.min(box.width, box.height);
    if (short < targetPx) faults.push(`${described(control)} is ${Math.round(short)} px small`);
  }

  for (const element of all('*')) {
    const own = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());
    if (!own || element.closest('[disabled], [data-disabled], .visually-hidden, svg, noscript, script')) continue;
    const ratio = contrast(element);
    const style = getComputedStyle(element);
    const large = parseFloat(style.fontSize) >= 24;
    if (ratio < (large ? 3 : 4.5)) faults.push(`${described(element)} has a contrast of ${ratio.toFixed(2)}`);
  }
  return faults;
}

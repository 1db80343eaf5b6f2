import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

const SYSTEM_BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const QUIET = ['--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** Starts the system's Chromium, or else the one that comes with an npm package. */
export async function startBrowser(): Promise<Browser> {
  const found = SYSTEM_BROWSERS.find((path) => existsSync(path));
  const executablePath = found ?? (await packagedBrowser());
  // Only --no-sandbox of the package's arguments: the others crash or hide faults.
  return chromium.launch({ executablePath, headless: true, args: ['--no-sandbox', ...QUIET] });
}

async function packagedBrowser(): Promise<string> {
  const packaged = (await import('@sparticuz/chromium')).default;
  return packaged.executablePath();
}

/** What a visitor's device is like. */
export interface Device {
  readonly width: number;
  readonly scheme: 'light' | 'dark';
}

/** Both widths in both schemes. */
export const DEVICES: readonly Device[] = [
  { width: 1280, scheme: 'light' },
  { width: 1280, scheme: 'dark' },
  { width: 390, scheme: 'light' },
  { width: 390, scheme: 'dark' },
];

const HEIGHTS: Readonly<Record<number, number>> = { 1280: 800, 390: 844 };

/** A fresh browser profile with one page, and everything its console complained about. */
export interface Visit {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly complaints: string[];
}

/** Opens a fresh profile of a device. */
export async function visit(browser: Browser, device: Device, baseURL: string): Promise<Visit> {
  const context = await browser.newContext({
    baseURL,
    viewport: { width: device.width, height: HEIGHTS[device.width] ?? 800 },
    colorScheme: device.scheme,
    hasTouch: device.width < 768,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`));
  return { context, page, complaints };
}

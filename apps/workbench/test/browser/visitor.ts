import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core';

const QUIET = ['--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** Starts a Chromium with none of the flags that would hide faults. */
export function startBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, headless: true, args: ['--no-sandbox', ...QUIET] });
}

/** Longer than anything that is shown takes on a busy machine. */
const PATIENCE_MS = 20_000;

/** What a visitor's device is like. */
export interface Device {
  readonly width: number;
  readonly height: number;
  readonly colorScheme: 'light' | 'dark';
}

const DESK = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };

/** A desk in the light scheme. */
export const DESK_BY_DAY: Device = { ...DESK, colorScheme: 'light' };
/** A phone in the dark scheme. */
export const PHONE_BY_NIGHT: Device = { ...PHONE, colorScheme: 'dark' };
/** Both sizes in both schemes. */
export const DEVICES: readonly Device[] = [
  DESK_BY_DAY,
  { ...DESK, colorScheme: 'dark' },
  { ...PHONE, colorScheme: 'light' },
  PHONE_BY_NIGHT,
];

/** Somebody with a fresh browser profile: what they click is counted, what the browser's console complains of is kept. */
export class Visitor {
  readonly page: Page;
  readonly device: Device;
  readonly complaints: string[] = [];
  clicks = 0;

  private constructor(page: Page, device: Device) {
    this.page = page;
    this.device = device;
    this.#listen(page);
  }

  static async come(browser: Browser, device: Device): Promise<Visitor> {
    const { width, height, colorScheme } = device;
    const context = await browser.newContext({
      viewport: { width, height },
      colorScheme,
      hasTouch: width < DESK.width,
      reducedMotion: 'reduce',
    });
    context.setDefaultTimeout(PATIENCE_MS);
    return new Visitor(await context.newPage(), device);
  }

  get context(): BrowserContext {
    return this.page.context();
  }

  /** The same browser with one more tab. */
  async newTab(): Promise<Visitor> {
    return new Visitor(await this.context.newPage(), this.device);
  }

  async click(what: Locator): Promise<void> {
    this.clicks += 1;
    await what.click();
  }

  /** Takes the browser's lines about refused calls out of the complaints; answers their statuses. */
  takeRefusals(): number[] {
    const refusal = /^error: Failed to load resource: the server responded with a status of (\d{3})/;
    const statuses = this.complaints.flatMap((line) => {
      const status = refusal.exec(line)?.[1];
      return status ? [Number(status)] : [];
    });
    const others = this.complaints.filter((line) => !refusal.test(line));
    this.complaints.splice(0, Infinity, ...others);
    return statuses;
  }

  #listen(page: Page): void {
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) this.complaints.push(`${message.type()}: ${message.text()}`);
    });
    page.on('pageerror', (error) => this.complaints.push(`exception: ${error.message}`));
  }
}

import { access, constants } from 'node:fs/promises';
import chromium from '@sparticuz/chromium';

const SYSTEM_PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];

/** The system's Chromium, else the one that comes inside an npm package (Linux); or why there is none. */
export async function chromiumOrReason(): Promise<{ path: string } | { reason: string }> {
  for (const path of [process.env.CHROMIUM_PATH, ...SYSTEM_PATHS]) {
    if (
      path &&
      (await access(path, constants.X_OK).then(
        () => true,
        () => false,
      ))
    )
      return { path };
  }
  try {
    return { path: await chromium.executablePath() };
  } catch (error) {
    return {
      reason: `no Chromium on this system, and the packaged one cannot be unpacked (${(error as Error).message})`,
    };
  }
}

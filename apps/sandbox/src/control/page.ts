import type { PlatformClock } from '../clock.ts';
import { escapeHtml, htmlPage } from '../html.ts';
import { post } from './buttons.ts';
import { PAGE_SCRIPT } from './page-script.ts';

const DAY_MS = 86_400_000;

/** One platform's part of the page. */
export interface PanelPart {
  name: string;
  title: string;
  panel: () => string;
}

function clockCard(clock: PlatformClock): string {
  const move = (label: string, byMs: number) => post(label, '/control/clock', { offsetMs: clock.offsetMs + byMs });
  const buttons = `${move('+1 hour', DAY_MS / 24)}${move('+1 day', DAY_MS)}${move('+7 days', 7 * DAY_MS)}${move('+60 days', 60 * DAY_MS)}${post('Real time', '/control/clock', { offsetMs: 0 })}`;
  return `<div class="card"><h2>Clock</h2><p>Platform time ${new Date(clock.nowMs()).toISOString()} ${buttons}</p><p>${post('Reset everything', '/control/reset')}</p></div>`;
}

/** The part of the page that is fetched again after each button. */
export function controlPanel(parts: PanelPart[], clock: PlatformClock): string {
  const platforms = parts.map(
    ({ name, title, panel }, index) =>
      `<details data-keep="platform-${name}"${index === 0 ? ' open' : ''}><summary><strong>${escapeHtml(title)}</strong></summary>${panel()}</details>`,
  );
  return `${clockCard(clock)}${platforms.join('')}`;
}

export function controlPage(): string {
  const body = `<h1>Mooring sandbox</h1><p class="dim">Development only. Everything here acts on the sandbox's own platforms.</p>
<p id="said" class="dim" role="status"></p><div id="panel"></div><script>${PAGE_SCRIPT}</script>`;
  return htmlPage({ title: 'Mooring sandbox', body, wide: true });
}

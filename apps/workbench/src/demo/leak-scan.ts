import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { addresses, appsOf } from '../stack/settings.ts';
import type { Stack } from '../stack/stack.ts';
import type { SpanCollector } from './span-collector.ts';
import { readEveryRecord } from './kafka-records.ts';

/** What the sandbox says of the secrets it issued. */
interface Canaries {
  readonly markers: readonly string[];
  readonly values: readonly string[];
}

/** What a search found, and in how much. */
export interface LeakReport {
  readonly found: readonly string[];
  readonly searched: string;
}

const SHORTEST_SECRET = 12;
/** A shorter value would be found in base64 by chance. */
const SHORTEST_IN_BASE64 = 16;

/** Looks for issued secrets wherever Mooring writes: logs, topics and dead letters, API answers, every row of every table. */
export class LeakScan {
  readonly #answers: { url: string; body: string }[] = [];
  readonly #stack: Stack;
  readonly #spans: SpanCollector | undefined;

  constructor(stack: Stack, spans?: SpanCollector) {
    this.#stack = stack;
    this.#spans = spans;
  }

  /** Services send their spans here as well. */
  get readsSpans(): boolean {
    return this.#spans !== undefined;
  }

  /** An answer that some API gave. The token endpoint's is the one that may carry a token; the sandbox is not Mooring. */
  heard(url: string, body: string): void {
    const urls = addresses(this.#stack.facts.ports);
    if (url.startsWith(`${urls.vaultTokens}/v1/tokens`) || url.startsWith(urls.sandbox)) return;
    this.#answers.push({ url: new URL(url).pathname, body });
  }

  /** Searches everything for the markers and for every value. */
  async search(canaries: unknown): Promise<LeakReport> {
    const { facts } = this.#stack;
    const { secrets } = facts;
    const appSecrets = Object.fromEntries(
      appsOf(facts).secrets.map((secret, index) => [`app secret ${index}`, secret]),
    );
    const find = needleFinder(canaries as Canaries, { ...secrets, ...appSecrets });
    const found = new Set<string>();
    const look = (where: string, text: string): void => {
      for (const label of find(text)) found.add(`${where}: ${label}`);
    };
    for (const { url, body } of this.#answers) look(`answer of ${url}`, body);
    const logs = await this.#logs(look);
    const rows = await this.#tables(look);
    const records = await this.#records(look);
    const spans = this.#spans?.exports ?? [];
    for (const text of spans) look('span', text);
    const searched = `${logs} log lines, ${rows} rows, ${records} records, ${this.#answers.length} answers, ${spans.length} exports of spans`;
    return { found: [...found], searched };
  }

  async #logs(look: (where: string, text: string) => void): Promise<number> {
    const directory = join(this.#stack.facts.directory, 'logs');
    let lines = 0;
    for (const name of await readdir(directory)) {
      const text = await readFile(join(directory, name), 'utf8');
      lines += text.split('\n').length - 1;
      look(`log of ${name}`, text);
    }
    return lines;
  }

  async #tables(look: (where: string, text: string) => void): Promise<number> {
    const client = new Client({ connectionString: this.#stack.facts.adminUrl });
    await client.connect();
    try {
      const { rows: tables } = await client.query<{ name: string }>(
        `select format('%I.%I', schemaname, tablename) as name from pg_tables
         where schemaname not in ('pg_catalog', 'information_schema')`,
      );
      let count = 0;
      for (const { name } of tables) {
        // As text, and byte columns both as hexadecimal and as what they may spell.
        const { rows } = await client.query<{ line: string }>(`select t::text as line from ${name} t`);
        count += rows.length;
        for (const { line } of rows) {
          look(`table ${name}`, line);
          for (const [, hex = ''] of line.matchAll(/\\x([0-9a-f]{16,})/g)) {
            look(`table ${name}`, Buffer.from(hex, 'hex').toString('latin1'));
          }
        }
      }
      return count;
    } finally {
      await client.end();
    }
  }

  async #records(look: (where: string, text: string) => void): Promise<number> {
    const { kafkaBrokers } = this.#stack.facts;
    if (!kafkaBrokers) return 0;
    const records = await readEveryRecord(kafkaBrokers.split(','));
    for (const { topic, headers, key, value } of records) {
      look(`topic ${topic}`, `${key}\n${JSON.stringify(headers)}\n${value}`);
    }
    return records.length;
  }
}

/**
 * A function that names what it finds of the given secrets in a text: as they are, percent-decoded, in hexadecimal or in base64.
 * @param named further secrets by name
 */
export function needleFinder(canaries: Canaries, named: Readonly<Record<string, string>>): (text: string) => string[] {
  const plain = [
    ...canaries.markers.map((needle, index) => ({ label: `marker ${index + 1} of the sandbox`, needle })),
    ...canaries.values
      .filter((value) => value.length >= SHORTEST_SECRET)
      .map((needle, index) => ({ label: `issued value ${index + 1}`, needle })),
    ...Object.entries(named).map(([label, needle]) => ({ label, needle })),
  ];
  const needles = plain.flatMap(({ label, needle }) => [
    { label, needle },
    { label: `${label} in hexadecimal`, needle: Buffer.from(needle).toString('hex') },
    ...base64Forms(needle).map((form) => ({ label: `${label} in base64`, needle: form })),
  ]);
  return (text) => {
    const texts = text.includes('%') ? [text, percentDecoded(text)] : [text];
    return needles.filter(({ needle }) => texts.some((each) => each.includes(needle))).map(({ label }) => label);
  };
}

/** How a value looks inside base64 text at each of the three places where it may begin, without the edges that depend on its neighbours. */
function base64Forms(needle: string): string[] {
  if (needle.length < SHORTEST_IN_BASE64) return [];
  return [0, 1, 2].map((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), Buffer.from(needle)])
      .toString('base64')
      .replace(/=+$/, '');
    return encoded.slice(shift === 0 ? 0 : shift + 1, -2);
  });
}

function percentDecoded(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kafkaOrReason } from '../src/test/kafka.ts';

const command = join(import.meta.dirname, '../dist/demo/demo.command.js');
const kafka = await kafkaOrReason();
const withKafka = 'reason' in kafka ? [] : [['--kafka'], ['--kafka', '--kill']];

interface Report {
  ok: boolean;
  steps: { id: string; title: string; ok: boolean; detail: string }[];
}

/** Plays the story as its command does, and reads what it wrote. */
async function play(flags: readonly string[]): Promise<{ report: Report; output: string }> {
  const directory = await mkdtemp(join(tmpdir(), 'mooring-story-'));
  const file = join(directory, 'story.json');
  const output = await new Promise<string>((resolve) => {
    execFile(
      process.execPath,
      [command, ...flags, '--json', file],
      { maxBuffer: 64 * 1024 * 1024 },
      (_, stdout, stderr) => resolve(`${stdout}\n${stderr}`),
    );
  });
  const report = JSON.parse(await readFile(file, 'utf8').catch(() => '{"ok":false,"steps":[]}')) as Report;
  await rm(directory, { recursive: true, force: true });
  return { report, output };
}

describe('A3 A4 A5 A6 the story, through public HTTP', () => {
  it.each([[[] as string[]], ...withKafka.map((flags) => [flags])])(
    'L-09 L-13 L-14 L-19 L-20 L-23 C33 C56 C57 C71 C90 holds with flags "%s"',
    async (flags) => {
      const { report, output } = await play(flags);
      expect({ ok: report.ok, output: report.ok ? '' : output }).toEqual({ ok: true, output: '' });
      expect(report.steps.length).toBeGreaterThanOrEqual(30);
    },
    300_000,
  );

  it('B1 B10 L-01 L-13 L-15 L-19 L-20 holds for every kind of connection of every platform', async () => {
    const { report, output } = await play(['--platform', 'all', ...('reason' in kafka ? [] : ['--kafka'])]);
    expect({ ok: report.ok, output: report.ok ? '' : output }).toEqual({ ok: true, output: '' });
    expect(report.steps.filter(({ id }) => id.startsWith('K'))).toHaveLength(6 * 8);
  }, 300_000);
});

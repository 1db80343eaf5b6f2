import { GatheredReads } from './gathered-reads.ts';

const never = (): boolean => false;

/** Statements that a test answers when it likes. */
function statements() {
  const sent: { asked: readonly number[]; answer(): void; fail(error: Error): void }[] = [];
  const send = (asked: readonly number[]): Promise<number[]> =>
    new Promise((resolve, reject) => {
      sent.push({ asked, answer: () => resolve(asked.map((one) => one * 10)), fail: reject });
    });
  return { sent, send };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('gathered reads', () => {
  it('send a lone read at once', async () => {
    const { sent, send } = statements();
    const reads = new GatheredReads({ batchMax: 10, statementsMax: 1, patienceMs: 10_000 }, send, never);
    const read = reads.read(1);
    await turn();
    expect(sent.map(({ asked }) => asked)).toEqual([[1]]);
    sent[0]!.answer();
    expect(await read).toBe(10);
  });

  it('gather while as many statements as may be are under way, in order and bounded', async () => {
    const { sent, send } = statements();
    const reads = new GatheredReads({ batchMax: 2, statementsMax: 1, patienceMs: 10_000 }, send, never);
    const answers = [reads.read(1)];
    await turn();
    answers.push(reads.read(2), reads.read(3), reads.read(4));
    await turn();
    expect(sent).toHaveLength(1);
    for (let next = 0; next < 3; next += 1) {
      sent[next]!.answer();
      await turn();
      await turn();
    }
    expect(sent.map(({ asked }) => asked)).toEqual([[1], [2, 3], [4]]);
    expect(await Promise.all(answers)).toEqual([10, 20, 30, 40]);
  });

  it('begin another statement for a full batch, and where the one under way is slow', async () => {
    const { sent, send } = statements();
    const reads = new GatheredReads({ batchMax: 2, statementsMax: 3, patienceMs: 1 }, send, never);
    const answers = [reads.read(1)];
    await turn();
    answers.push(reads.read(2), reads.read(3));
    await turn();
    expect(sent.map(({ asked }) => asked)).toEqual([[1], [2, 3]]);
    answers.push(reads.read(4));
    while (sent.length < 3) await turn();
    expect(sent[2]!.asked).toEqual([4]);
    for (const { answer } of sent) answer();
    expect(await Promise.all(answers)).toEqual([10, 20, 30, 40]);
  });

  it('a statement that fails fails its own reads, and the next is sent', async () => {
    const { sent, send } = statements();
    const reads = new GatheredReads({ batchMax: 2, statementsMax: 1, patienceMs: 10_000 }, send, never);
    const results = Promise.allSettled([reads.read(1), reads.read(2), reads.read(3)]);
    await turn();
    sent[0]!.fail(new Error('lost'));
    await turn();
    await turn();
    sent[1]!.answer();
    expect((await results).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
  });

  it('a fault that one read may have caused is that read’s alone', async () => {
    const send = (asked: readonly number[]): Promise<number[]> =>
      asked.includes(13) ? Promise.reject(new RangeError('13')) : Promise.resolve([...asked]);
    const reads = new GatheredReads(
      { batchMax: 10, statementsMax: 1, patienceMs: 10_000 },
      send,
      (error) => error instanceof RangeError,
    );
    const results = await Promise.allSettled([reads.read(1), reads.read(13), reads.read(2)]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('a statement that answers another number of reads answers none', async () => {
    const reads = new GatheredReads(
      { batchMax: 10, statementsMax: 1, patienceMs: 10_000 },
      () => Promise.resolve([1]),
      never,
    );
    const results = await Promise.allSettled([reads.read(1), reads.read(2)]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });
});

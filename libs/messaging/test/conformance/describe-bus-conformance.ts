import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { CALM_SCENARIOS, ROUGH_SCENARIOS, type Scenario } from '../scenarios/index.ts';
import { startTestDatabase, type TestDatabase } from './database.ts';
import type { BusHarness, BusUnderTest } from './harness.ts';
import { Stage } from './stage.ts';

const SUITE_TIMEOUT_MS = 175_000;
/** Scenarios side by side on the calm bus: they mostly wait. */
const CALM_AT_ONCE = 3;

/** What became of a scenario, for the test that reports it. */
class Outcome {
  resolve: () => void = () => undefined;
  reject: (error: unknown) => void = () => undefined;
  readonly promise = new Promise<void>((resolve, reject) => {
    this.resolve = resolve;
    this.reject = reject;
  });

  constructor() {
    // Until its test asks for it, a failure must not count as unhandled.
    this.promise.catch(() => undefined);
  }
}

/**
 * What every transport promises. The scenarios run side by side, those that take the bus away on a bus of their own;
 * each test reports one of them.
 */
export function describeBusConformance(name: string, harness: BusHarness): void {
  describe(`Bus conformance on ${name}`, () => {
    const outcomes = new Map<Scenario, Outcome>();
    let database: TestDatabase;
    let bus: BusUnderTest;
    let running: Promise<unknown>;

    beforeAll(async () => {
      database = await startTestDatabase();
      bus = await harness.start();
      for (const scenario of [...CALM_SCENARIOS, ...ROUGH_SCENARIOS]) {
        outcomes.set(scenario, new Outcome());
      }
      const calm = [...CALM_SCENARIOS];
      const rough = harness.whyNotMistreated === undefined ? [...ROUGH_SCENARIOS] : [];
      const lanes = Array.from({ length: CALM_AT_ONCE }, () => runAll(calm));
      running = Promise.all([...lanes, runAll(rough)]);
    }, 90_000);

    afterAll(async () => {
      await running;
      await bus?.stop();
      await database?.stop();
    }, SUITE_TIMEOUT_MS);

    async function runAll(scenarios: Scenario[]): Promise<void> {
      for (let scenario = scenarios.shift(); scenario; scenario = scenarios.shift()) await run(scenario);
    }

    async function run(scenario: Scenario): Promise<void> {
      const { rough, calm } = bus;
      const isRough = ROUGH_SCENARIOS.includes(scenario);
      const outcome = outcomes.get(scenario);
      const address = isRough && rough ? rough : calm;
      const schema = isRough ? 'rough' : (scenario.schema ?? 'calm');
      const stage = new Stage({ ...address, database, schema });
      await scenario.play(stage, rough).then(
        () => outcome?.resolve(),
        (error: unknown) => outcome?.reject(error),
      );
      await stage.end();
    }

    for (const scenario of [...CALM_SCENARIOS, ...ROUGH_SCENARIOS]) {
      const reason = ROUGH_SCENARIOS.includes(scenario) ? harness.whyNotMistreated : undefined;
      if (reason !== undefined) {
        it(`LEFT OUT (no bus to be killed and frozen: ${reason}): ${scenario.title}`, () => {
          if (harness.mustBeWhole) throw new Error(`left out: ${reason}`);
        });
        continue;
      }
      it(scenario.title, () => outcomes.get(scenario)?.promise, SUITE_TIMEOUT_MS);
    }
  });
}

import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { FAILURE_RULES } from '@mooring/contracts';
import { PlatformFailure } from '../platform-failure.ts';
import type { ContractBench } from './adapter-contract.ts';
import type { AdapterContract, ContractErrorRow } from './played-platform.ts';

const rowTitle = (row: ContractErrorRow) => [`${row.title} → ${row.class} ${row.reason ?? ''}`.trim(), row] as const;

/** What the platform's refusals mean. */
export function contractOfErrors(contract: AdapterContract, bench: () => ContractBench): void {
  describe('errors', () => {
    it.each(contract.errorRows.map(rowTitle))('%s', (_title, row) => {
      const failure = bench().adapter.classify(row.status, row.body, row.headers);
      expect(failure).toBeInstanceOf(PlatformFailure);
      expect(failure).toMatchObject({ class: row.class, reason: row.reason });
    });

    it.each([
      [500, ''],
      [502, '<html>bad gateway</html>'],
      [503, '{"message":"down"}'],
      [504, 'null'],
      [400, '<html>blocked by a proxy</html>'],
      [401, '{"error":{"message":"cut sho'],
    ])('C01 C02 status %i with body %p changes no connection', (status, body) => {
      const { class: failureClass } = bench().adapter.classify(status, body);
      expect(FAILURE_RULES[failureClass]).toMatchObject({ counts: 'never', final: false });
    });

    it('C90 keeps no token of a message that quotes one', () => {
      const token = 'EAAcanary0123456789abcdefghijklmnop';
      for (const row of contract.errorRows) {
        const quoting = row.body.replace(/"(message|error_description|error_message)":"/, `$&${token} `);
        const failure = bench().adapter.classify(row.status, quoting, row.headers);
        expect(inspect(failure, { depth: 9, showHidden: true }) + JSON.stringify(failure)).not.toContain(token);
      }
    });
  });
}

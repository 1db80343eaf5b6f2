import { GrantConnection } from './grant-connection.entity.ts';
import { linesOf } from './grant-log.ts';
import { Grant } from './grant.entity.ts';

const GRANT = Object.assign(new Grant(), { id: 'g1', workspaceId: 'acme', platform: 'facebook', generation: 3 });
const IDS = { grantId: 'g1', workspaceId: 'acme', platform: 'facebook', generation: 3 };
const ATTEMPT = { attemptId: 'a1', trigger: 'schedule', requestedBy: null } as const;

function connection(given: Partial<GrantConnection>): GrantConnection {
  const row = { connectionId: 'c1', accountId: '42', released: false, cutOffReason: null, loadedCutOffReason: null };
  return Object.assign(new GrantConnection(), row, given);
}

function inspected(answered: boolean) {
  return { type: 'TokenInspected', data: { attempt: ATTEMPT, answered, failure: null } } as const;
}

describe('what the log tells of a grant', () => {
  it('names each connection that is cut off, with the reason and the code of the platform', () => {
    const row = connection({ cutOffReason: 'password_changed', refusedWith: '190/460' });
    expect(linesOf(GRANT, [row, connection({ connectionId: 'c2' })], [inspected(true)])).toEqual([
      {
        loud: false,
        members: { msg: 'grant inspected', ...IDS, attemptId: 'a1', trigger: 'schedule', answered: true },
      },
      {
        loud: true,
        members: {
          ...{ msg: 'connection cut off', ...IDS, connectionId: 'c1', accountId: '42' },
          ...{ reason: 'password_changed', platformCode: '190/460' },
        },
      },
    ]);
  });

  it('names a connection that was healed, and nothing of one that stays as it was', () => {
    const healed = connection({ loadedCutOffReason: 'inactivity' });
    const dead = connection({ cutOffReason: 'inactivity', loadedCutOffReason: 'inactivity' });
    expect(linesOf(GRANT, [healed, dead], [])).toEqual([
      { loud: false, members: { msg: 'connection healed', ...IDS, connectionId: 'c1', accountId: '42' } },
    ]);
  });

  it('says nothing of an inspection that changed nothing, and warns of one without an answer', () => {
    expect(linesOf(GRANT, [connection({})], [inspected(true)])).toEqual([]);
    expect(linesOf(GRANT, [connection({})], [inspected(false)])).toMatchObject([{ loud: true }]);
  });
});

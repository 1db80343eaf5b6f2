import { passwordChanged } from './test-adapter.ts';
import { type Connected, VaultFixture } from './vault-fixture.ts';

const vault = new VaultFixture();
beforeAll(() => vault.start(), 60_000);
afterAll(() => vault.stop());
beforeEach(() => vault.platform.reset());

/** Another process, to which the attempt went when the lease lapsed, has answered it already. */
const answeredElsewhere = async ({ grant }: Connected): Promise<void> => {
  await vault.admin.query(`update vault.attempts set state = 'done', outcome = 'silent' where grant_id = $1`, [
    grant.grantId,
  ]);
};

describe('an attempt that two processes did', () => {
  it('announces new tokens that were stored, though the attempt was answered', async () => {
    const connected = await vault.connect(1);
    vault.platform.faults.refresh = () => answeredElsewhere(connected);
    expect(await vault.refresh(connected.grant)).toMatchObject({
      type: 'TokenRefreshed',
      data: { grant: { generation: connected.grant.generation + 1 } },
    });
  });

  it('announces that a grant was declared dead, though the attempt was answered', async () => {
    const connected = await vault.connect(1);
    vault.platform.faults.refresh = async () => {
      await answeredElsewhere(connected);
      throw passwordChanged();
    };
    const told = await vault.refresh(connected.grant);
    expect(told).toMatchObject({ type: 'TokenRefreshFailed' });
    expect(told.data).toMatchObject({ grant: { cutOff: { reason: 'password_changed' } } });
  });

  it('announces what an inspection found, though the attempt was answered', async () => {
    const connected = await vault.connect(1);
    vault.platform.killAll(passwordChanged());
    vault.platform.faults.inspect = () => answeredElsewhere(connected);
    const { grant } = (await vault.inspect(connected.grant)).data;
    expect(grant.connections).toMatchObject([{ cutOff: { reason: 'password_changed' } }]);
  });
});

import { randomUUID } from 'node:crypto';
import { days } from '@mooring/contracts';
import { inWorkspaces, rows } from '@mooring/persistence';
import { PostgresWholeFeed } from '../src/feed/postgres-whole-feed.ts';
import { SweepFeed } from '../src/feed/sweep-feed.ts';
import { announcedAgain, NotificationsFixture, TestConnection, WORKSPACE } from './notifications-fixture.ts';

const fixture = new NotificationsFixture();
beforeAll(() => fixture.start(), 60_000);
afterAll(() => fixture.stop());
beforeEach(async () => {
  for (const table of ['feed', 'alerts']) await fixture.worker.query(`delete from ${table}`);
});

const newAlerts = () => fixture.alerts.list(WORKSPACE, 100);

describe('L-23 the three toasts, word for word', () => {
  it('a renewal: "Access token refreshed for {account}"', async () => {
    await fixture.tell(new TestConnection('Harbour Coffee').refreshed('refreshed'));
    expect(await fixture.words()).toEqual(['Access token refreshed for Harbour Coffee']);
  });

  it('a renewal that a person asked for and that was refused: "Please reconnect {account}"', async () => {
    await fixture.tell(new TestConnection('harbour coffee').refreshed('refused', 'person'));
    await fixture.tell(new TestConnection('By itself').refreshed('refused', 'schedule'));
    expect(await fixture.words()).toEqual(['Please reconnect harbour coffee']);
  });

  it('the transition to needs-reconnect: "{Account} expired. Please reconnect."', async () => {
    await fixture.tell(new TestConnection('harbour coffee').expired(randomUUID()));
    expect(await fixture.words()).toEqual(['harbour coffee expired. Please reconnect.']);
  });
});

describe('C26 L-24 one alert per incident', () => {
  it('C71 C76 is opened once however many connections join and however often it is announced, and closed with an all-clear', async () => {
    const [episode, grantId] = [randomUUID(), randomUUID()];
    const pages = ['One', 'Two', 'Three'].map((name) => new TestConnection(name, { grantId }));
    for (const page of pages) await fixture.tell(page.established());
    const cutOffs = pages.map((page) => page.expired(episode));
    await Promise.all(cutOffs.flatMap((event) => [fixture.tell(event), fixture.tell(event)]));
    for (const event of cutOffs) await fixture.tell(announcedAgain(event));
    for (const page of pages) await fixture.tell(page.checked('dead'));
    const [alert, ...others] = await newAlerts();
    expect(others).toEqual([]);
    expect(alert).toMatchObject({ id: episode, closedAt: null, reason: 'password_changed', timesOpened: 1 });
    expect(alert!.connections.map((connection) => connection.displayName).sort()).toEqual(['One', 'Three', 'Two']);
    expect((await fixture.words()).sort()).toEqual([
      'One expired. Please reconnect.',
      'Three expired. Please reconnect.',
      'Two expired. Please reconnect.',
    ]);

    await fixture.tell(pages[0]!.healed());
    await fixture.tell(pages[1]!.healed('ConnectionRecovered'));
    expect((await newAlerts())[0]).toMatchObject({ closedAt: null });
    await fixture.tell(pages[2]!.healed());
    expect((await newAlerts())[0]!.closedAt).toBeInstanceOf(Date);
    expect((await fixture.words()).at(-1)).toBe('All clear: 3 accounts are connected again.');
  });

  it('L-06 is told of the platform whose consent ended, whichever of its accounts is heard of first', async () => {
    const [episode, grantId] = [randomUUID(), randomUUID()];
    const shown = { grantId, platform: 'instagram', kind: 'instagram_page_account' };
    const connections = [new TestConnection('Bakery', shown), new TestConnection('Bakery', { grantId })];
    for (const connection of connections) await fixture.tell(connection.expired(episode));
    expect(await newAlerts()).toMatchObject([{ platform: 'facebook', connections: [{}, {}] }]);
  });

  it('closes without an all-clear when what was cut off was removed instead', async () => {
    const page = new TestConnection('One');
    await fixture.tell(page.expired(randomUUID()));
    await fixture.tell(page.disconnected());
    expect((await newAlerts())[0]!.closedAt).toBeInstanceOf(Date);
    expect(await fixture.words()).toEqual(['One expired. Please reconnect.']);
  });

  it('is another one for another episode, also where the healing between the two was never heard of', async () => {
    const page = new TestConnection('One');
    await fixture.tell(page.expired(randomUUID()));
    page.healed();
    await fixture.tell(page.expired(randomUUID()));
    const alerts = await newAlerts();
    expect(alerts.map((alert) => alert.closedAt === null)).toEqual([true, false]);
    expect((await fixture.words()).filter((words) => words.includes('expired'))).toHaveLength(2);
  });

  it('is one for all that a grant loses when its deadline passes by itself, without an episode', async () => {
    const grantId = randomUUID();
    const pages = ['One', 'Two'].map((name) => new TestConnection(name, { grantId }));
    await Promise.all(pages.map((page) => fixture.tell(page.expired(null))));
    expect(await newAlerts()).toHaveLength(1);
    // The vault's episode comes later; it is the same cut-off.
    await fixture.tell(pages[0]!.checked('dead', { episodeId: randomUUID() }));
    expect(await newAlerts()).toHaveLength(1);
    for (const page of pages) await fixture.tell(page.healed());
    expect((await newAlerts())[0]!.closedAt).toBeInstanceOf(Date);
  });

  it('C01 C03 an outage tells nobody anything: renewals that fail and checks without an answer', async () => {
    const page = new TestConnection('One');
    await fixture.tell(page.established());
    for (let i = 0; i < 5; i += 1) {
      await fixture.tell(page.refreshed('failed', 'person'));
      await fixture.tell(page.checked('no_answer'));
    }
    expect(await fixture.words()).toEqual([]);
    expect(await newAlerts()).toEqual([]);
    expect((await fixture.live()).every((message) => message.startsWith('connection:'))).toBe(true);
  });
});

describe('events out of order and delivered again', () => {
  it('C71 a redelivered or announced-again event makes no second row', async () => {
    const renewal = new TestConnection('One').refreshed('refreshed');
    await Promise.all([fixture.tell(renewal), fixture.tell(renewal)]);
    await fixture.tell(announcedAgain(renewal));
    expect(await fixture.words()).toEqual(['Access token refreshed for One']);
  });

  it('drops an older state but tells what it owes', async () => {
    const page = new TestConnection('One');
    await fixture.tell(page.established());
    const renewal = page.refreshed('refreshed');
    await fixture.tell(page.expired(randomUUID()));
    await fixture.tell(renewal);
    expect(await fixture.words()).toEqual(['One expired. Please reconnect.', 'Access token refreshed for One']);
    expect((await newAlerts())[0]).toMatchObject({ closedAt: null });
    const { rows } = await fixture.feed.missed(WORKSPACE, 0, 100);
    expect(rows.at(-1)?.data['connection']).toMatchObject({ status: 'needs_reconnect' });
  });

  it('acts on the difference: a cut-off that another event tells of first is told once', async () => {
    const page = new TestConnection('One');
    await fixture.tell(page.established());
    const expired = page.expired(randomUUID());
    await fixture.tell(page.checked('dead'));
    await fixture.tell(expired);
    expect(await fixture.words()).toEqual(['One expired. Please reconnect.']);
    expect(await newAlerts()).toHaveLength(1);
  });

  it('opens no alert for a cut-off that is heard of when it is over, and still says that it was', async () => {
    const page = new TestConnection('One');
    await fixture.tell(page.established());
    const expired = page.expired(randomUUID());
    await fixture.tell(page.healed());
    await fixture.tell(expired);
    expect(await newAlerts()).toEqual([]);
    expect(await fixture.words()).toEqual(['One had expired and no longer needs reconnecting.']);
  });

  it('L-16 puts a reminder into the feed, once for each of its days', async () => {
    const page = new TestConnection('One');
    for (const event of [page.expiringSoon(7), page.expiringSoon(7), page.expiringSoon(1)]) await fixture.tell(event);
    expect(await fixture.words()).toEqual([
      'One expires within 7 days. Reconnect it before then.',
      'One expires within 1 day. Reconnect it before then.',
    ]);
  });
});

describe('what reads the feed', () => {
  it('misses no row however many writers commit at once: ids are committed in their order', async () => {
    const seen: number[] = [];
    let last = 0;
    let writing = true;
    const readOn = async (): Promise<void> => {
      const { rows } = await fixture.feed.missed(WORKSPACE, last, 1_000);
      for (const row of rows.filter((each) => each.kind === 'toast')) seen.push(row.id);
      last = rows.at(-1)?.id ?? last;
    };
    const reader = (async () => {
      while (writing) await readOn();
      await readOn();
    })();
    const tellers = Array.from({ length: 8 }, async (_, teller) => {
      for (let i = 0; i < 25; i += 1) await fixture.tell(new TestConnection(`${teller}-${i}`).refreshed('refreshed'));
    });
    await Promise.all(tellers);
    writing = false;
    await reader;
    expect(seen).toHaveLength(200);
  });

  it('keeps what people see for longer than what was live alone, and says where a gap is', async () => {
    await fixture.tell(new TestConnection('One').refreshed('refreshed'));
    const first = (await fixture.feed.missed(WORKSPACE, 0, 10)).rows[0]!.id;
    const whole = new PostgresWholeFeed(fixture.worker);
    await fixture.worker.query(`update feed set written_at = clock_timestamp() - interval '2 days'`);
    const sweep = new SweepFeed(whole, { shownMs: days(90), liveMs: days(1) });
    expect(await sweep.run()).toBe(false);
    expect(await fixture.live()).toEqual(['toast: Access token refreshed for One']);
    expect(await fixture.feed.missed(WORKSPACE, first - 1, 10)).toMatchObject({ complete: false });
    await fixture.tell(new TestConnection('Two').refreshed('refreshed'));
    const next = (await fixture.feed.missed(WORKSPACE, first, 10)).rows[0]!.id;
    expect(await fixture.feed.missed(WORKSPACE, next, 10)).toMatchObject({ complete: true });
    await fixture.worker.query(`update feed set written_at = clock_timestamp() - interval '91 days'`);
    await sweep.run();
    expect(await fixture.live()).toEqual([]);
  });

  it('remembers the newest of many events of one connection that arrive at once, in any order', async () => {
    for (let round = 0; round < 5; round += 1) {
      const page = new TestConnection('One');
      const events = Array.from({ length: 8 }, () => page.checked('alive'));
      await Promise.all(events.reverse().map((event) => fixture.tell(event)));
      const [row] = await inWorkspaces(fixture.runtime, WORKSPACE, (manager) =>
        rows<{ version: string }>(manager, `select version from connections_seen where connection_id = $1`, [
          page.state.connectionId,
        ]),
      );
      expect(row).toEqual({ version: '8' });
    }
  });

  it('shows a workspace its own feed and alerts alone', async () => {
    await fixture.tell(new TestConnection('One').expired(randomUUID()));
    expect(await fixture.words('other')).toEqual([]);
    expect(await fixture.alerts.list('other', 10)).toEqual([]);
  });
});

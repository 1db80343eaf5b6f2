import { days, hours, minutes } from '@mooring/contracts';
import { consent } from '../consent.ts';
import type { DemoWorld } from '../world.ts';
import type { KindPlay } from './kind-play.ts';

/** What happens to somebody's account at a platform; with a notice where the platform gives one. */
const act = (world: DemoWorld, person: string, deed: string, body?: object): Promise<unknown> =>
  world.control('POST', `/${person.replace(' ', '/people/')}/${deed}`, body);

const answerPages: KindPlay['consent'] = (_world, person, startUrl) => consent(person, startUrl);

/** Every kind of connection, each with another end. */
export const KINDS: readonly KindPlay[] = [
  {
    kind: 'facebook_page',
    platform: 'facebook',
    title: 'Facebook Page',
    untilRenewalMs: days(53) + hours(12),
    consent: answerPages,
    cutOff: async (world) => void (await act(world, 'facebook fiona', 'password-changed')),
    heardBy: 'inspection',
    reasons: ['password_changed'],
    revocations: ['revoked'],
  },
  {
    kind: 'instagram_page_account',
    platform: 'facebook',
    title: 'Instagram through its Page',
    untilRenewalMs: days(53) + hours(12),
    consent: answerPages,
    cutOff: async (world) => void (await act(world, 'facebook fiona', 'deauthorize', {})),
    heardBy: 'push',
    reasons: ['removed_in_settings'],
    revocations: ['revoked'],
  },
  {
    kind: 'instagram_account',
    platform: 'instagram',
    title: 'Instagram Login',
    untilRenewalMs: days(51),
    consent: answerPages,
    cutOff: async (world) => {
      await act(world, 'instagram harbour', 'notify', { notice: 'deauthorize' });
    },
    heardBy: 'push',
    reasons: ['removed_in_settings'],
    revocations: ['revoked', 'unsupported'],
  },
  {
    kind: 'linkedin_organization',
    platform: 'linkedin',
    title: 'LinkedIn Company Page',
    untilRenewalMs: days(53) + hours(12),
    consent: answerPages,
    cutOff: async (world) => void (await act(world, 'linkedin linda', 'app-removed')),
    heardBy: 'inspection',
    reasons: ['removed_in_settings'],
    revocations: ['revoked', 'unsupported'],
  },
  {
    kind: 'tiktok_account',
    platform: 'tiktok',
    title: 'TikTok',
    untilRenewalMs: minutes(95),
    consent: answerPages,
    cutOff: async (world) => {
      await act(world, 'tiktok tara', 'notify', { notice: 'removed' });
    },
    heardBy: 'push',
    reasons: ['removed_in_settings'],
    revocations: ['revoked'],
  },
  {
    kind: 'x_account',
    platform: 'x',
    title: 'X',
    untilRenewalMs: minutes(95),
    consent: answerPages,
    cutOff: async (world) => {
      await act(world, 'x xavier', 'notify', { notice: 'oauth.revoke' });
    },
    heardBy: 'push',
    reasons: ['removed_in_settings'],
    revocations: ['revoked'],
  },
];

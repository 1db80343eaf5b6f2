import type { SignedNotice, SignedNoticeContext } from '../notices.ts';
import type { PlayedPerson } from './profile.ts';
import type { OAuthWorld } from './world.ts';

/** A signed message of a platform that the engine plays. */
export type Notice = SignedNotice<OAuthWorld, PlayedPerson>;
export type NoticeContext = SignedNoticeContext<OAuthWorld, PlayedPerson>;

import { CONNECTION_KIND_PATTERN, PLATFORM_PATTERN } from '@mooring/contracts';

/** Names that new platforms bring: a pattern and no list, so that a client built today takes those of tomorrow. */
export const PLATFORM_PROPERTY = {
  type: String,
  pattern: PLATFORM_PATTERN.source,
  description: 'Name of a platform, as GET /v1/platforms lists them; more may come',
  example: 'linkedin',
} as const;

/** As {@link PLATFORM_PROPERTY}, for what is connected. */
export const KIND_PROPERTY = {
  type: String,
  pattern: CONNECTION_KIND_PATTERN.source,
  description: 'What is connected; more may come',
  example: 'facebook_page',
} as const;

import { playOAuth } from '../oauth/index.ts';
import { error200, refusal } from './answers.ts';
import { API_ROUTES } from './api.ts';
import { TIKTOK_PAGES } from './consent-page.ts';
import { TIKTOK_PROFILE } from './profile.ts';
import { TOKEN_ROUTES } from './token-endpoint.ts';

/** TikTok: Login Kit, and of the APIs what Mooring and a publisher call. */
export const TIKTOK = playOAuth(TIKTOK_PROFILE, {
  'www.tiktok.com': TIKTOK_PAGES,
  'open.tiktokapis.com': { routes: [...TOKEN_ROUTES, ...API_ROUTES], refusal, error200 },
});

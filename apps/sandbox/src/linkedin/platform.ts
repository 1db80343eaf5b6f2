import { playOAuth } from '../oauth/index.ts';
import { API } from './api.ts';
import { LINKEDIN_PROFILE } from './profile.ts';
import { WWW } from './www.ts';

/** LinkedIn with Company Pages. */
export const LINKEDIN = playOAuth(LINKEDIN_PROFILE, { 'www.linkedin.com': WWW, 'api.linkedin.com': API });

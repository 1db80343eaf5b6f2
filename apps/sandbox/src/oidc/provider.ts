import express, { Router } from 'express';
import { Provider } from 'oidc-provider';
import type { CanaryMint } from '../canary.ts';
import type { OidcSettings } from '../config.ts';
import { asValues, textOf } from '../request-values.ts';
import { oidcConfiguration } from './configuration.ts';
import { ensureKeys, type OidcState } from './keys.ts';
import { loginPage, messagePage } from './pages.ts';
import { demoPerson } from './people.ts';

const OPAQUE_LENGTH = 49;

export interface OidcParts {
  settings: OidcSettings;
  publicUrl: string;
  state: OidcState;
  changed: () => void;
  mint: CanaryMint;
}

/** Codes and refresh tokens carry the canary; JWTs are remembered when they go out. */
function plantCanaries(provider: Provider, mint: CanaryMint): void {
  const opaque = [provider.AuthorizationCode, provider.RefreshToken];
  for (const model of opaque) {
    Object.defineProperty(model.prototype, 'generateTokenId', { value: () => mint.mint('', OPAQUE_LENGTH) });
  }
  provider.on('grant.success', (ctx) => {
    const body = asValues(ctx.body);
    for (const key of ['access_token', 'id_token']) {
      const token = textOf(body, key);
      if (token !== undefined) mint.remember(token);
    }
  });
}

function interactionRouter(provider: Provider): Router {
  const router = Router();
  router.get('/interaction/:uid', async (req, res) => {
    const { prompt, uid } = await provider.interactionDetails(req, res);
    res.set('Cache-Control', 'no-store');
    if (prompt.name === 'login') {
      res.send(loginPage(`/oidc/interaction/${uid}/login`));
      return;
    }
    // Only where a client insists on `prompt=consent`.
    await provider.interactionFinished(req, res, { consent: {} }, { mergeWithLastSubmission: true });
  });
  router.post('/interaction/:uid/login', express.urlencoded({ extended: false }), async (req, res) => {
    const person = demoPerson(textOf(asValues(req.body), 'person'));
    if (person === undefined) {
      res.status(400).send(messagePage('Sign-in failed', 'There is no such demo person.'));
      return;
    }
    await provider.interactionFinished(req, res, { login: { accountId: person.sub } });
  });
  return router;
}

/** The OpenID provider at `<sandbox>/oidc`. */
export async function oidcRouter(parts: OidcParts): Promise<Router> {
  await ensureKeys(parts.state, parts.changed);
  const issuer = `${parts.publicUrl}/oidc`;
  const provider = new Provider(issuer, oidcConfiguration(parts.settings, parts.state, parts.changed));
  plantCanaries(provider, parts.mint);
  for (const secret of Object.values(parts.settings.serviceClientSecrets)) parts.mint.remember(secret);
  const router = Router();
  router.use(interactionRouter(provider));
  router.use(provider.callback());
  return router;
}

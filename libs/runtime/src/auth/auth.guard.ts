import type { IncomingHttpHeaders } from 'node:http';
import { MooringError, TENANT_ID_PATTERN } from '@mooring/contracts';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { CallerKind } from '../settings/identity-settings.ts';
import { ACTING_WORKSPACE_HEADER, type Caller } from './caller.ts';
import { ACCEPTED_KINDS, type AuthenticatedRequest, PUBLIC_ROUTE, REQUIRED_SCOPE } from './decorators.ts';
import { JwtVerifier } from './jwt-verifier.ts';

const BEARER_PATTERN = /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i;

function bearerOf(headers: IncomingHttpHeaders): string {
  const [, token] = BEARER_PATTERN.exec(headers.authorization ?? '') ?? [];
  if (token === undefined) throw new MooringError('unauthenticated');
  return token;
}

function withActingWorkspace(caller: Caller, headers: IncomingHttpHeaders): Caller {
  const workspace = headers[ACTING_WORKSPACE_HEADER];
  if (workspace === undefined) return caller;
  if (typeof workspace !== 'string' || !TENANT_ID_PATTERN.test(workspace)) {
    throw new MooringError('invalid_request', {
      errors: [{ pointer: '', detail: 'the header Mooring-Acting-Workspace is not a workspace id' }],
    });
  }
  return { ...caller, actingWorkspace: workspace };
}

/** Lets a request in where its route accepts the caller. Routes are closed by default; handlers of events pass. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly verifier: JwtVerifier,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const targets = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean | undefined>(PUBLIC_ROUTE, targets) === true) return true;
    const accepted = this.reflector.getAllAndOverride<readonly CallerKind[] | undefined>(ACCEPTED_KINDS, targets) ?? [];
    const request = context.switchToHttp().getRequest<AuthenticatedRequest & { headers: IncomingHttpHeaders }>();
    const caller = await this.verifier.verify(bearerOf(request.headers));
    if (!accepted.includes(caller.kind)) throw new MooringError('forbidden');
    const scope = this.reflector.getAllAndOverride<string | undefined>(REQUIRED_SCOPE, targets);
    if (caller.kind === 'services' && scope !== undefined && !caller.scopes.includes(scope)) {
      throw new MooringError('scope_missing', { parameters: { Scope: scope } });
    }
    request.caller = withActingWorkspace(caller, request.headers);
    return true;
  }
}

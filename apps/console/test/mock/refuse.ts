import type { Response } from 'express';
import type { Refusal } from './world.ts';

/** Answers with a problem document (RFC 9457), as the services do. */
export function refuse(response: Response, refusal: Refusal): void {
  response
    .status(refusal.status)
    .type('application/problem+json')
    .send(
      JSON.stringify({
        type: `urn:mooring:problem:${refusal.code}`,
        title: 'Refused',
        status: refusal.status,
        detail: refusal.detail,
        code: refusal.code,
        action: refusal.action ?? 'start_again',
        retryable: false,
        requestId: '0f7c2a86-93d7-4bd1-a6e2-1c37ab5df0e1',
      }),
    );
}

import type { MooringError, ProblemAction } from '@mooring/contracts';
import type { Response } from 'express';

const NEXT_STEPS: Partial<Record<ProblemAction, string>> = {
  start_again: 'Go back to where you began, and start again from there.',
  try_again: 'Please try again in a moment.',
  contact_operator: 'Please tell the people who run this service, and give them the diagnostic id.',
};

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;margin:0;min-height:100vh;display:grid;place-items:center;background:Canvas;color:CanvasText}
main{max-width:32rem;padding:2rem}h1{font-size:1.25rem}code{word-break:break-all}:root{color-scheme:light dark}`;

/** Headers of everything that the browser sees between the platform and the page it goes back to. */
export function keepPrivate(response: Response): Response {
  return response.set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' });
}

/** Sends the browser on. No body: the address holds a one-time code. */
export function sendOn(response: Response, url: string): void {
  keepPrivate(response).status(303).set('Location', url).end();
}

/** The gateway's own plain page, for when there is no session to trust and so nowhere to go back to. */
export function showProblem(response: Response, problem: MooringError, diagnosticId: string): void {
  const { status, title, action } = problem.definition;
  const next = NEXT_STEPS[action] ?? 'Go back to where you began.';
  keepPrivate(response).status(status).type('html').send(`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(title)}</title><style>${STYLE}</style></head>
<body><main><h1>${escape(problem.message)}</h1><p>${next}</p><p>Diagnostic id: <code>${escape(diagnosticId)}</code></p></main></body>
</html>
`);
}

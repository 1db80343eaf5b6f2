import { post } from './buttons.ts';

const MANNERS: [string, object][] = [
  ['', {}],
  [', forged', { tampered: true, removes: false }],
  [', again', { replayed: true, removes: false }],
  [', three days old', { ageSeconds: 259_200, removes: false }],
];

/** Sends each of the platform's notices about a person, rightly and in the ways in which it must be refused. */
export function noticeButtons(path: string, notices: string[]): string {
  return notices
    .flatMap((notice) => MANNERS.map(([manner, body]) => post(`Tell ${notice}${manner}`, path, { notice, ...body })))
    .join('');
}

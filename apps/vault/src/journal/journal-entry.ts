import type { TriggerCode } from '@mooring/contracts';
import type { SealedAnswer } from '../sealing/sealed-answer.ts';

/** A platform's answer as it waits for the database: whose it is, and what it held, sealed. */
export interface JournalEntry {
  readonly instanceId: string;
  readonly attemptId: string;
  readonly workspaceId: string;
  readonly grantId: string;
  readonly trigger: TriggerCode;
  readonly requestedBy: string | null;
  readonly answer: SealedAnswer;
}

const FORMAT = 1;

/** As it lies in the file. */
export function encodeEntry(entry: JournalEntry): string {
  const tokens = entry.answer.tokens.map((token) => ({ ...token, blob: token.blob.toString('base64') }));
  return JSON.stringify({ format: FORMAT, ...entry, answer: { ...entry.answer, tokens } });
}

type Encoded = Omit<JournalEntry, 'answer'> & {
  readonly format: number;
  readonly answer: Omit<SealedAnswer, 'tokens'> & {
    readonly tokens: readonly (Omit<SealedAnswer['tokens'][number], 'blob'> & { readonly blob: string })[];
  };
};

/** Throws RangeError for a file that is not an entry of this format. What it seals proves itself when it is opened. */
export function decodeEntry(text: string): JournalEntry {
  const { format, ...entry } = JSON.parse(text) as Encoded;
  if (format !== FORMAT) throw new RangeError(`a journal entry of format ${String(format)} is not for this version`);
  const tokens = entry.answer.tokens.map((token) => ({
    ...token,
    blob: Buffer.from(token.blob, 'base64'),
    issuedAt: instant(token.issuedAt),
    expiresAt: instant(token.expiresAt),
    dataAccessExpiresAt: instant(token.dataAccessExpiresAt),
  }));
  return { ...entry, answer: { ...entry.answer, tokens } };
}

const instant = (written: Date | string | null): Date | null => (written === null ? null : new Date(written));

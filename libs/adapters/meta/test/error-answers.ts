import { META_ERROR_ROWS, type MetaErrorRow } from '../src/index.ts';

/** A subcode of no row. */
const UNDOCUMENTED_SUBCODE = 9_999_999;

/** An answer for every row of the error table, as Graph would send it. */
export const META_ERROR_ANSWERS = META_ERROR_ROWS.flatMap((row) => codesOf(row).map((code) => answerFor(row, code)));

function codesOf(row: MetaErrorRow): number[] {
  if (!row.codes) return [100];
  return row.codes[0] === row.codes[1] ? [row.codes[0]] : [...row.codes];
}

function answerFor(row: MetaErrorRow, code: number) {
  const subcode = row.subcode === 'unlisted' ? UNDOCUMENTED_SUBCODE : row.subcode;
  const error = {
    message: row.text ? `(#${code}) It ${row.text.toUpperCase()} now.` : `(#${code}) Something.`,
    type: 'OAuthException',
    code,
    ...(subcode ? { error_subcode: subcode } : {}),
    error_data: '{"blame":"490"}',
    fbtrace_id: 'A490b190463',
  };
  return {
    title: `${[code, row.subcode].filter(Boolean).join('/')}${row.text ? ` “${row.text}”` : ''} (${row.means})`,
    status: 400,
    body: JSON.stringify({ error }),
    class: row.class,
    reason: row.reason ?? null,
  };
}

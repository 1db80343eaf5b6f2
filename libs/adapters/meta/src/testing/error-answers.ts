import { FACEBOOK_ERROR_ROWS, INSTAGRAM_ERROR_ROWS, type MetaErrorRow } from '../index.ts';

/** A subcode of no row. */
const UNDOCUMENTED_SUBCODE = 9_999_999;

function answersOf(rows: readonly MetaErrorRow[]) {
  return rows.flatMap((row) => codesOf(row).map((code) => answerFor(row, code)));
}

function codesOf(row: MetaErrorRow): number[] {
  if (!row.codes) return [100];
  return row.codes[0] === row.codes[1] ? [row.codes[0]] : [...row.codes];
}

function answerFor(row: MetaErrorRow, code: number) {
  const named = row.name ?? [code, row.subcode].filter(Boolean).join('/');
  return {
    title: `${row.envelope} ${named}${row.text ? ` “${row.text}”` : ''} (${row.means})`,
    status: 400,
    body: JSON.stringify(ENVELOPES[row.envelope](row, code)),
    class: row.class,
    reason: row.reason ?? null,
    at: 'token' as const,
  };
}

const ENVELOPES: Readonly<Record<MetaErrorRow['envelope'], (row: MetaErrorRow, code: number) => object>> = {
  graph: (row, code) => ({ error: graphErrorFor(row, code) }),
  instagram_token: (row, code) => ({
    error_type: 'OAuthException',
    code,
    error_message: row.text ? `It ${row.text.toUpperCase()} now.` : 'Something.',
  }),
  oauth: ({ name }) => ({ error: name, error_description: 'Something.' }),
};

function graphErrorFor(row: MetaErrorRow, code: number): object {
  const subcode = row.subcode === 'unlisted' ? UNDOCUMENTED_SUBCODE : row.subcode;
  return {
    message: row.text ? `(#${code}) It ${row.text.toUpperCase()} now.` : `(#${code}) Something.`,
    type: 'OAuthException',
    code,
    ...(subcode ? { error_subcode: subcode } : {}),
    // As a string, which has been seen in place of an object.
    error_data: '{"blame":"490"}',
    fbtrace_id: 'A490b190463',
  };
}

/** An answer for every row of Facebook's error table, as Graph would send it. */
export const FACEBOOK_ERROR_ANSWERS = answersOf(FACEBOOK_ERROR_ROWS);
/** An answer for every row of Instagram's error table, as its token endpoint or Graph would send it. */
export const INSTAGRAM_ERROR_ANSWERS = answersOf(INSTAGRAM_ERROR_ROWS);

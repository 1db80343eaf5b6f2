import { describe, expect, it } from '@jest/globals';
import { FAILURE_RULES, hours, minutes } from '@mooring/contracts';
import { rowFits } from '../graph/error-row.ts';
import { graphErrorOf } from '../graph/errors.ts';
import { FACEBOOK_ERROR_ROWS } from './error-table.ts';
import { FACEBOOK_ERRORS } from './errors.ts';
import { FACEBOOK_GUIDANCE } from './guidance.ts';

const { classify } = FACEBOOK_ERRORS;

const answer = (code: number, subcode?: number, message = 'Something.', more: object = {}) =>
  JSON.stringify({ error: { message, type: 'OAuthException', code, error_subcode: subcode, ...more } });

/** What Meta's documentation and the recorded answers say, apart from the table that the adapter reads. */
const DOCUMENTED: readonly [code: number, subcode: number | undefined, message: string, expected: string][] = [
  [190, undefined, 'Bad token', 'reauthorization_required unknown'],
  [190, 458, 'x', 'reauthorization_required removed_in_settings'],
  [190, 459, 'x', 'user_action_required security_check'],
  [190, 460, 'x', 'reauthorization_required password_changed'],
  [190, 461, 'x', 'reauthorization_required unknown'],
  [190, 463, 'x', 'reauthorization_required token_lapsed'],
  [190, 464, 'x', 'user_action_required security_check'],
  [190, 466, 'x', 'reauthorization_required removed_in_settings'],
  [190, 467, 'x', 'reauthorization_required unknown'],
  [190, 490, 'x', 'user_action_required security_check'],
  [190, 492, 'x', 'user_action_required role_lost'],
  [102, 460, 'x', 'reauthorization_required password_changed'],
  [
    190,
    undefined,
    'Error validating access token: Session has expired on Friday, 21-Nov-25',
    'reauthorization_required token_lapsed',
  ],
  [
    190,
    undefined,
    'The user has not authorized application 111222333.',
    'reauthorization_required removed_in_settings',
  ],
  [
    190,
    undefined,
    'The session has been invalidated because the user changed the password.',
    'reauthorization_required password_changed',
  ],
  [
    190,
    undefined,
    'The session was invalidated explicitly using an API call.',
    'reauthorization_required removed_in_settings',
  ],
  [190, undefined, 'You are in a checkpoint', 'user_action_required security_check'],
  [
    190,
    undefined,
    'Sessions for the user are not allowed because the user is not a confirmed user.',
    'user_action_required security_check',
  ],
  [190, 458, 'Session has expired', 'reauthorization_required removed_in_settings'],
  [1, undefined, 'An unknown error occurred', 'transient null'],
  [1, undefined, 'Error validating client secret.', 'misconfigured null'],
  [2, undefined, 'x', 'transient null'],
  [3, undefined, 'x', 'misconfigured null'],
  [4, undefined, 'x', 'rate_limited null'],
  [10, undefined, 'Application does not have permission for this action', 'permission_missing permission_removed'],
  [17, undefined, 'x', 'rate_limited null'],
  [32, undefined, 'x', 'rate_limited null'],
  [100, undefined, 'Invalid parameter', 'unexpected null'],
  [100, 33, 'Unsupported get request.', 'unexpected null'],
  [100, 33, 'Object does not exist; see app access token.', 'unexpected null'],
  [100, 36007, 'x', 'reauthorization_required token_lapsed'],
  [100, 36008, 'Error validating verification code.', 'misconfigured null'],
  [100, 36009, 'This authorization code has been used.', 'reauthorization_required unknown'],
  [
    100,
    undefined,
    'Error validating verification code. Please make sure your redirect_uri is identical to the one you used',
    'misconfigured null',
  ],
  [100, undefined, 'Invalid verification code format.', 'reauthorization_required unknown'],
  [100, undefined, 'API calls from the server require an appsecret_proof argument', 'misconfigured null'],
  [
    100,
    undefined,
    "(#100) Object requires the 'pages_read_engagement' permission or the 'Page Public Content Access' feature.",
    'permission_missing permission_removed',
  ],
  [101, undefined, 'x', 'misconfigured null'],
  [104, undefined, 'x', 'misconfigured null'],
  [191, undefined, 'x', 'misconfigured null'],
  [
    200,
    undefined,
    "The user hasn't authorized the application to perform this action",
    'permission_missing permission_removed',
  ],
  [283, undefined, 'x', 'permission_missing permission_removed'],
  [341, undefined, 'x', 'transient null'],
  [368, undefined, 'x', 'rate_limited platform_policy'],
  [368, 4854002, 'x', 'rate_limited platform_policy'],
  [506, undefined, 'x', 'rate_limited platform_policy'],
  [613, 1996, 'x', 'rate_limited null'],
  [80001, undefined, 'x', 'rate_limited null'],
  [80006, undefined, 'x', 'rate_limited null'],
  [2500, undefined, 'An active access token must be used', 'unexpected null'],
  [2500, undefined, 'Unknown path components: /v99.0', 'misconfigured null'],
  [777777, undefined, 'x', 'unexpected null'],
];

/** Every code of the error tables that this was built from, apart from the table that the adapter reads. */
const CODES: readonly (readonly [code: number | null, subcodes: readonly (number | null)[]])[] = [
  [null, [1404078]],
  [1, [null, 2207085]],
  [2, [null]],
  [3, [null]],
  [4, [null, 2207051]],
  [9, [2207042]],
  [10, [null]],
  [17, [null]],
  [32, [null]],
  [100, [null, 33, 36007, 36008, 36009]],
  [101, [null]],
  [102, [null]],
  [104, [null]],
  [110, [2207013]],
  [190, [null, 452, 458, 459, 460, 461, 463, 464, 466, 467, 483, 490, 492]],
  [191, [null]],
  [200, [null]],
  [299, [null]],
  [341, [null]],
  [368, [null, 1390008, 1404082, 4854002]],
  [506, [null]],
  [613, [null, 1996]],
  [1705, [null]],
  [2500, [null]],
  [3919, [null]],
  [80000, [null]],
  [80001, [null]],
  [80002, [null]],
  [80006, [null]],
  [80014, [null]],
];

describe('errors of Facebook', () => {
  it.each(CODES.flatMap(([code, subcodes]) => subcodes.map((subcode) => [code, subcode] as const)))(
    'has a row for %s/%s',
    (code, subcode) => {
      const found = FACEBOOK_ERROR_ROWS.filter(
        (row) =>
          row.envelope === 'graph' &&
          (code === null ? row.codes === undefined : row.codes && row.codes[0] <= code && code <= row.codes[1]) &&
          (row.subcode ?? null) === subcode,
      );
      expect(found.length).toBeGreaterThan(0);
    },
  );

  it('knows every reason that it can give, in words for Facebook (L-15)', () => {
    const reasons = FACEBOOK_ERROR_ROWS.flatMap(({ reason }) => reason ?? []);
    for (const reason of [...reasons, 'data_access_expired', 'account_suspended', 'refresh_failed'] as const) {
      expect(FACEBOOK_GUIDANCE[reason]?.length ?? 0).toBeGreaterThan(40);
    }
  });

  it.each(DOCUMENTED)('%s/%s %p is %s', (code, subcode, message, expected) => {
    const failure = classify(400, answer(code, subcode, message));
    expect(`${failure.class} ${failure.reason}`).toBe(expected);
  });

  it.each([1, 2, 4, 17, 32, 341, 368, 506, 613, 80000, 80001, 80005, 80014])(
    'C01 code %i never cuts a connection off',
    (code) => {
      const rule = FAILURE_RULES[classify(400, answer(code)).class];
      expect(rule).toMatchObject({ counts: 'never', final: false, inspect: false });
    },
  );

  it('reaches every row: none is shadowed by an earlier one', () => {
    const reached = FACEBOOK_ERROR_ROWS.map((row) => {
      const subcode = row.subcode === 'unlisted' ? 9_999_999 : (row.subcode ?? null);
      const code = row.codes?.[0] ?? 100;
      const error = {
        ...graphErrorOf({ code, error_subcode: subcode, message: row.text ?? '' }),
        envelope: row.envelope,
        name: row.name ?? null,
      };
      // The second end of a range: its first may be a row of its own.
      const other = { ...error, code: row.codes?.[1] ?? code };
      const [first, second] = [error, other].map((each) =>
        FACEBOOK_ERROR_ROWS.find((candidate) => rowFits(candidate, each)),
      );
      return first === row ? first : second;
    });
    expect(reached).toEqual([...FACEBOOK_ERROR_ROWS]);
  });

  it.each([
    [4, 'app'],
    [17, 'token'],
    [32, 'token'],
    [368, 'token'],
    [613, 'token'],
    [80001, 'token'],
  ])('the limit of code %i holds back the %s', (code, limitScope) => {
    expect(classify(400, answer(code))).toMatchObject({ class: 'rate_limited', limitScope });
  });

  it.each([4, 17, 32, 613, 80001])('code %i stays a limit, though Meta calls it transient as well', (code) => {
    const failure = classify(400, answer(code, undefined, 'Application request limit reached', { is_transient: true }));
    expect(failure).toMatchObject({ class: 'rate_limited', retryAfterMs: hours(1) });
  });

  it('is_transient overrides the code', () => {
    expect(classify(400, answer(190, 460, 'x', { is_transient: true })).class).toBe('transient');
  });

  it('C34 reads no code out of ids and texts', () => {
    const body = answer(2, undefined, 'Service down for 490490, code 190 subcode 460', {
      fbtrace_id: 'A190490',
      error_data: '{"code":190}',
    });
    expect(classify(500, body)).toMatchObject({ class: 'transient', platformCode: '2' });
  });

  it('C25 knows a lost permission under 190 by its subcode, whatever the text', () => {
    expect(classify(400, answer(190, 492, 'Some other words')).reason).toBe('role_lost');
  });

  it('C40 names the scopes that are missing', () => {
    const failure = classify(
      400,
      answer(200, undefined, '(#200) Requires pages_manage_posts and pages_read_engagement'),
    );
    expect(failure.scopes).toEqual(['pages_manage_posts', 'pages_read_engagement']);
  });

  it('suspects our own storage where Meta cannot read the token', () => {
    const failure = classify(400, answer(190, undefined, 'The access token could not be decrypted'));
    expect(failure).toMatchObject({ class: 'reauthorization_required', suspectOwnStorage: true });
  });

  it.each<[string, Record<string, string>, number]>([
    ['no header', {}, hours(1)],
    ['Retry-After', { 'retry-after': '120' }, minutes(2)],
    ['an unreadable header', { 'X-Business-Use-Case-Usage': '{oops', 'retry-after': 'soon' }, hours(1)],
    [
      'minutes',
      {
        'X-Business-Use-Case-Usage':
          '{"1":[{"estimated_time_to_regain_access":0},{"estimated_time_to_regain_access":19}]}',
      },
      minutes(19),
    ],
    ['too long a wait', { 'retry-after': '99999999' }, hours(24)],
  ])('waits after a limit with %s', (_what, headers, retryAfterMs) => {
    expect(classify(400, answer(32), headers)).toMatchObject({ class: 'rate_limited', retryAfterMs });
  });

  it.each([
    ['{"error":"invalid_grant","error_description":"x"}', 'reauthorization_required'],
    ['{"error":"invalid_client"}', 'misconfigured'],
    ['{"error":"toString"}', 'unexpected'],
    ['{"error":{"message":"no code"}}', 'unexpected'],
    ['{"error":{"code":190,"error_subcode":null,"message":null,"is_transient":null}}', 'reauthorization_required'],
  ])('reads the envelope %s', (body, expected) => {
    expect(classify(400, body).class).toBe(expected);
  });
});

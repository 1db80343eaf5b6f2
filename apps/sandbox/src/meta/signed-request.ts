import { createHmac } from 'node:crypto';

export interface SignedRequestOptions {
  appSecret: string;
  userId: string;
  issuedAtSeconds: number;
  /** Some of Meta's own samples pad the parts with `=`. */
  padded?: boolean;
}

function encode(bytes: Buffer, padded: boolean): string {
  const text = bytes.toString('base64url');
  return padded ? text.padEnd(Math.ceil(text.length / 4) * 4, '=') : text;
}

/** `base64url(HMAC-SHA256 over the encoded payload) + "." + base64url(payload)`, meta.md §4.3. */
export function signedRequest(options: SignedRequestOptions): string {
  const padded = options.padded ?? false;
  const payload = {
    algorithm: 'HMAC-SHA256',
    expires: options.issuedAtSeconds + 3600,
    issued_at: options.issuedAtSeconds,
    user_id: options.userId,
  };
  const encoded = encode(Buffer.from(JSON.stringify(payload)), padded);
  return `${encode(createHmac('sha256', options.appSecret).update(encoded).digest(), padded)}.${encoded}`;
}

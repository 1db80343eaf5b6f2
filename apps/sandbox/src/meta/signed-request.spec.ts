import { expect, it } from '@jest/globals';
import { signedRequest } from './signed-request.ts';

const request = { appSecret: 'test-app-secret-000', userId: '10150000000000001', issuedAtSeconds: 1_760_000_000 };

it('signs as the documented vector does', () => {
  expect(signedRequest(request)).toBe(
    'KsfcsyPHFT7CP9hy1YRlmK5FxQxOx8vedtlMwIr0CDM.eyJhbGdvcml0aG0iOiJITUFDLVNIQTI1NiIsImV4cGlyZXMiOjE3NjAwMDM2MDAsImlzc3VlZF9hdCI6MTc2MDAwMDAwMCwidXNlcl9pZCI6IjEwMTUwMDAwMDAwMDAwMDAxIn0',
  );
});

it('pads both parts when asked', () => {
  const parts = signedRequest({ ...request, padded: true }).split('.');
  expect(parts.map((part) => part.length % 4)).toEqual([0, 0]);
});

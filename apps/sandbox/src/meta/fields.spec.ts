import { expect, it } from '@jest/globals';
import { parseFields, pickFields } from './fields.ts';

it('reads nested fields and drops modifiers', () => {
  expect(parseFields('id,picture.type(large){url},instagram_business_account{id,username},name')).toEqual({
    id: {},
    picture: { url: {} },
    instagram_business_account: { id: {}, username: {} },
    name: {},
  });
});

it('keeps what was asked and always the id', () => {
  const page = { id: '1', name: 'A', secret: 'x', linked: { id: '2', username: 'a', name: 'b' } };
  expect(pickFields(page, parseFields('linked{username}'))).toEqual({ id: '1', linked: { id: '2', username: 'a' } });
  expect(pickFields(page, parseFields('linked'))).toEqual({ id: '1', linked: { id: '2' } });
});

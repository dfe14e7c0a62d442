import { expect, it } from 'vitest';
import { lowerCase } from './lower-case.ts';

it.each(['s3:GetObject', 's3:getobject', 'aws:PrincipalTag/İstanbul', '', 'X'.repeat(1000)])('folds %j', (text) => {
  expect(lowerCase(text)).toBe(text.toLowerCase());
  expect(lowerCase(text)).toBe(text.toLowerCase());
});

it('answers the same however many names there were', () => {
  for (let n = 0; n < 30_000; n++) expect(lowerCase(`Service:Action${n}`)).toBe(`service:action${n}`);
  expect(lowerCase('Service:Action1')).toBe('service:action1');
});

import { describe, expect, it } from 'vitest';
import { placeOf, wordsFor } from './completion-words.ts';

const known = {
  actions: ['s3:GetObject', 'iam:PassRole'],
  operators: ['StringEquals'],
  conditionKeys: ['aws:SourceIp'],
};
const words = (text: string): readonly string[] => {
  const place = placeOf(text);
  return place ? wordsFor(place, known) : [];
};

describe('the place in a policy', () => {
  it('is a key of the document, of a statement, of a principal or of a condition', () => {
    expect(words('{"')).toContain('Statement');
    expect(words('{"Version": "2012-10-17", "Statement": [{"')).toContain('NotAction');
    expect(words('{"Statement": [{"Principal": {"')).toContain('Federated');
    expect(words('{"Statement": [{"Condition": {"')).toEqual(['StringEquals']);
    expect(words('{"Statement": [{"Condition": {"StringEquals": {"')).toContain('aws:SourceIp');
    expect(words('{"Statement": {"')).toContain('Effect');
  });

  it('is a value of its key, also in a list', () => {
    expect(words('{"Statement": [{"Effect": "')).toEqual(['Allow', 'Deny']);
    expect(words('{"Statement": [{"Action": "s3:')).toContain('s3:GetObject');
    expect(words('{"Statement": [{"Action": ["s3:GetObject", "')).toContain('iam:PassRole');
    expect(words('{"Statement": [{"Resource": "')).toEqual([]);
  });

  it('is nowhere outside of strings', () => {
    expect(placeOf('{"Version": ')).toBeUndefined();
    expect(placeOf('')).toBeUndefined();
  });

  it('goes on after a value that is done', () => {
    expect(words('{"Statement": [{"Action": ["a"], "Condition": {"Bool": {"x": "y"}}, "')).toContain('Sid');
  });
});

import { describe, expect, it } from 'vitest';
import { formatted, idOf, isAwsManaged, mayChange, policyKindOf, titleOf } from './documents.ts';

describe('documents', () => {
  it('have ids that tell them apart', () => {
    expect(idOf({ kind: 'inline', owner: 'role', ownerName: 'A', name: 'p' })).not.toBe(
      idOf({ kind: 'inline', owner: 'user', ownerName: 'A', name: 'p' }),
    );
    expect(idOf({ kind: 'trust', roleName: 'A' })).not.toBe(idOf({ kind: 'bucket', bucket: 'A' }));
  });

  it('are called what people call them', () => {
    expect(titleOf({ kind: 'inline', owner: 'role', ownerName: 'Cataloguer', name: 'nightly' })).toEqual({
      of: 'role/Cataloguer',
      name: 'nightly',
      chip: 'inline',
    });
    expect(titleOf({ kind: 'file', path: '/home/learner/a/p.json' }).of).toBe('~/a/p.json');
  });

  it('follow the grammar of their kind', () => {
    expect(policyKindOf({ kind: 'trust', roleName: 'A' })).toBe('trust');
    expect(policyKindOf({ kind: 'bucket', bucket: 'b' })).toBe('resource');
    expect(policyKindOf({ kind: 'new-managed' })).toBe('managed');
    expect(policyKindOf({ kind: 'file', path: '/home/learner/notes.txt' })).toBeUndefined();
  });

  it('of AWS itself are known by their ARN', () => {
    expect(isAwsManaged('arn:aws:iam::aws:policy/AdministratorAccess')).toBe(true);
    expect(isAwsManaged('arn:aws:iam::441709382256:policy/aws:policy')).toBe(false);
  });
});

describe('formatted', () => {
  it('lays out JSON, and leaves what is none alone', () => {
    expect(formatted('{"a":[1]}')).toBe('{\n  "a": [\n    1\n  ]\n}\n');
    expect(formatted('{"a":')).toBeUndefined();
  });
});

describe('mayChange', () => {
  type Change = Parameters<typeof mayChange>[0];
  const call = (resource: string, over: Partial<Change> = {}): Change => ({
    resources: [resource],
    readOnly: false,
    outcome: 'ok',
    ...over,
  });
  const inline = { kind: 'inline', owner: 'user', ownerName: 'Bea', name: 'List' } as const;

  it('is so where what the document belongs to was changed', () => {
    expect(mayChange(call('arn:aws:iam::441709382256:user/Bea'), inline)).toBe(true);
    expect(mayChange(call('arn:aws:iam::441709382256:user/staff/Bea'), inline)).toBe(true);
    expect(mayChange(call('arn:aws:s3:::seeds'), { kind: 'bucket', bucket: 'seeds' })).toBe(true);
    const arn = 'arn:aws:iam::441709382256:policy/P';
    expect(mayChange(call(arn), { kind: 'managed', arn, name: 'P' })).toBe(true);
  });

  it('is not so for another, for a read, for what was denied, and for what does not exist yet', () => {
    expect(mayChange(call('arn:aws:iam::441709382256:user/NotBea'), inline)).toBe(false);
    expect(mayChange(call('arn:aws:iam::441709382256:user/Bea', { readOnly: true }), inline)).toBe(false);
    expect(mayChange(call('arn:aws:iam::441709382256:user/Bea', { outcome: 'denied' }), inline)).toBe(false);
    expect(mayChange(call('arn:aws:s3:::seeds'), { kind: 'new-managed' })).toBe(false);
  });
});

import { describe, expect, it } from 'vitest';
import type { DecisionView } from '../../../contract/index.ts';
import { callEvent } from '../../../contract/testing/call-event.ts';
import { ago, basisNote, becauseOf, shortPrincipal, shortResource, titleOf } from './call-view.ts';

const decision = (over: Partial<DecisionView>): DecisionView => ({
  action: 's3:ListBucket',
  resource: 'arn:aws:s3:::payroll',
  verdict: 'allowed',
  layer: 'identity',
  statements: [],
  near: [],
  basis: 'documented',
  reason: '',
  ...over,
});

describe('names', () => {
  it('shortens principals to what people call them', () => {
    expect(shortPrincipal('arn:aws:sts::441709382256:assumed-role/Cataloguer/you')).toBe('Cataloguer');
    expect(shortPrincipal('arn:aws:iam::441709382256:user/staff/Bea')).toBe('Bea');
    expect(shortPrincipal('arn:aws:iam::441709382256:root')).toBe('root');
    expect(shortPrincipal('anonymous')).toBe('anonymous');
  });

  it('shortens resources to what tells them apart', () => {
    expect(shortResource('arn:aws:s3:::payroll/2026/a.csv')).toBe('payroll/2026/a.csv');
    expect(shortResource('arn:aws:iam::441709382256:role/Cataloguer')).toBe('role/Cataloguer');
    expect(shortResource('*')).toBe('*');
  });
});

describe('ago', () => {
  const at = '2026-11-20T08:00:00.000Z';
  it('says seconds, then minutes', () => {
    expect(ago(at, Date.parse(at) + 1_000)).toBe('now');
    expect(ago(at, Date.parse(at) + 12_000)).toBe('12 s');
    expect(ago(at, Date.parse(at) + 250_000)).toBe('4 min');
  });
});

describe('a row', () => {
  it('speaks of the permission that was denied, though others were allowed', () => {
    const call = callEvent({
      outcome: 'denied',
      decisions: [decision({}), decision({ action: 's3:GetObject', verdict: 'implicitly-denied', layer: 'boundary' })],
    });
    expect(titleOf(call)).toBe('s3:GetObject');
    expect(becauseOf(call)).toBe('implicit deny, permissions boundary');
  });

  it('names the statement, counted as people count', () => {
    const statement = {
      policy: 'nightly',
      attachedTo: 'role/Cataloguer',
      index: 0,
      sid: null,
      effect: 'Deny' as const,
    };
    const call = callEvent({
      outcome: 'denied',
      decisions: [decision({ verdict: 'explicitly-denied', statements: [statement] })],
    });
    expect(becauseOf(call)).toBe('explicit deny, nightly, statement 1');
  });

  it('says where nothing had to be decided', () => {
    expect(becauseOf(callEvent({ decisions: [] }))).toBe('needs no permission');
    expect(becauseOf(callEvent({}))).toBeUndefined();
  });

  it('gives the error code where the reason is kept back, or nothing was decided', () => {
    expect(titleOf(callEvent({}))).toBe('s3:ListObjectsV2');
    expect(becauseOf(callEvent({ outcome: 'denied', errorCode: 'AccessDenied' }))).toBe('AccessDenied');
    expect(becauseOf(callEvent({ outcome: 'error', errorCode: 'NoSuchBucket' }))).toBe('NoSuchBucket');
  });
});

describe('what a decision rests on', () => {
  it('is said where no page of AWS has the rule, observed apart from assumed', () => {
    expect(basisNote('documented')).toBeUndefined();
    expect(basisNote('observed')).toMatch(/people have met it/);
    expect(basisNote('assumed')).toMatch(/cautious reading/);
  });
});

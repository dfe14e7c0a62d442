import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnyCaller, AnyRequest, AttachedPolicy } from '../model.ts';
import type { Policy } from '../policy.ts';
import { type Access, compareAccess, type HeldKeys, type Side } from './access.ts';
import { accessOf, caller, requestOfAnyone } from './testing/accesses.ts';
import { someActions } from './testing/actions.ts';
import { allows } from './testing/hold-access.ts';
import { identityPolicy, statements } from './testing/policies.ts';

const pair = caller.chain((who) => fc.tuple(accessOf(who), accessOf(who)));

function controlPolicy(policy: Policy): AttachedPolicy {
  return { layer: 'service-control', name: 'More', kind: 'managed', attachedTo: 'test', policy };
}

function neverUnreplayed(request: AnyRequest): never {
  throw new Error(`not replayed: ${JSON.stringify(request)}`);
}

describe('compareAccess', () => {
  it('knows layers, owners, roots, held keys and bounds', () => {
    const bea: AnyCaller = {
      kind: 'user',
      accountId: '111122223333',
      arn: 'arn:aws:iam::111122223333:user/Bea',
      name: 'Bea',
      id: 'AIDACKCEVSQ6C2EXAMPLE',
      tags: {},
    };
    const attached = (layer: AttachedPolicy['layer'], policy: Policy): AttachedPolicy => ({
      ...controlPolicy(policy),
      layer,
    });
    const reads = identityPolicy([{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }]);
    const all = identityPolicy([{ Effect: 'Allow', Action: '*', Resource: '*' }]);
    const own: Access = { caller: bea, policies: { identity: [attached('identity', all)] }, resources: [] };
    const boundary = attached('boundary', reads);
    const bounded: Access = { ...own, policies: { ...own.policies, boundary } };
    const answers = (a: Side, b: Side, keys?: HeldKeys) => {
      const { aInB, bInA } = compareAccess(a, b, { actions: someActions, ...(keys === undefined ? {} : { keys }) });
      return [aInB, bInA];
    };
    expect(answers(bounded, own)).toEqual(['yes', 'no']);
    expect(answers(bounded, { bound: [reads] })).toEqual(['yes', 'yes']);
    expect(answers(own, [bounded, { bound: [all] }])).toEqual(['yes', 'no']);
    const foreign = { arns: ['arn:aws:s3:::theirs', 'arn:aws:s3:::theirs/*'], accountId: '444455556666', policies: {} };
    const within: Access = { ...bounded, resources: [foreign] };
    expect(answers(within, bounded)).toEqual(['yes', 'no']);
    const root: Access = {
      caller: { kind: 'root', accountId: '111122223333' },
      policies: { identity: [] },
      resources: [],
    };
    expect(answers(root, { bound: [reads] })).toEqual(['no', 'yes']);
    const fromOffice = identityPolicy([
      {
        Effect: 'Allow',
        Action: 's3:GetObject',
        Resource: '*',
        Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } },
      },
    ]);
    const office: Access = { ...own, policies: { identity: [attached('identity', fromOffice)] } };
    const keys = (ip: string): HeldKeys => ({ values: { 'aws:SourceIp': ip }, open: [] });
    expect(answers(office, { bound: [reads] }, keys('203.0.113.7'))).toEqual(['yes', 'yes']);
    expect(answers(office, { bound: [reads] }, keys('198.51.100.7'))).toEqual(['yes', 'no']);
    expect(answers(office, { bound: [reads] }, { values: {}, open: ['aws:SourceIp'] })).toEqual(['yes', 'no']);
  });

  it('finds everything contained in itself', () => {
    fc.assert(
      fc.property(pair, ([access]) => {
        expect(compareAccess(access, access)).toMatchObject({ aInB: 'yes', bInA: 'yes' });
      }),
      { numRuns: 60 },
    );
  }, 120_000);

  const levels = fc.array(fc.array(statements, { minLength: 1, maxLength: 1 }), { minLength: 1, maxLength: 1 });

  it('never finds access that a further level of service control policies added', () => {
    fc.assert(
      fc.property(pair, levels, ([access], more) => {
        const { serviceControl = [] } = access.policies;
        const level = more.flat().map((drawn) => controlPolicy(identityPolicy(drawn)));
        const limited = { ...access, policies: { ...access.policies, serviceControl: [...serviceControl, level] } };
        expect(compareAccess(limited, access).aInB).toBe('yes');
      }),
      { numRuns: 40 },
    );
  }, 120_000);

  it('never finds access that a service control policy of denies only added', () => {
    fc.assert(
      fc.property(pair, statements, ([access], drawn) => {
        const { serviceControl = [[]] } = access.policies;
        const denies = controlPolicy(identityPolicy(drawn.map((one) => ({ ...one, Effect: 'Deny' }))));
        const limited = serviceControl.map((level) => [...level, denies]);
        const before = { ...access, policies: { ...access.policies, serviceControl } };
        const after = { ...access, policies: { ...access.policies, serviceControl: limited } };
        expect(compareAccess(after, before).aInB).toBe('yes');
      }),
      { numRuns: 40 },
    );
  }, 120_000);

  it('is answered by requests as by classes, and shows requests that decide otherwise', () => {
    const counts: Record<string, number> = { yes: 0, no: 0, unknown: 0 };
    fc.assert(
      fc.property(pair, fc.integer(), ([a, b], seed) => {
        const found = compareAccess(a, b, { onUnreplayed: neverUnreplayed });
        const { aInB, bInA, disjoint, witnessA, witnessB } = found;
        for (const asked of fc.sample(requestOfAnyone, { numRuns: 60, seed })) {
          const [inA, inB] = [allows(a, asked), allows(b, asked)];
          if (inA && !inB) expect(aInB).not.toBe('yes');
          if (inB && !inA) expect(bInA).not.toBe('yes');
          if (inA && inB) expect(disjoint).not.toBe('yes');
        }
        expect(aInB === 'no').toBe(witnessA !== undefined);
        if (witnessA !== undefined) expect([allows(a, witnessA), allows(b, witnessA)]).toEqual([true, false]);
        if (witnessB !== undefined) expect([allows(a, witnessB), allows(b, witnessB)]).toEqual([false, true]);
        for (const answer of [aInB, bInA, disjoint]) counts[answer] = (counts[answer] ?? 0) + 1;
      }),
      { numRuns: 100 },
    );
    expect(counts['unknown']).toBeLessThan(10);
    expect(counts['yes']).toBeGreaterThan(50);
  }, 120_000);
});

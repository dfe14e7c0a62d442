import { describe, expect, it } from 'vitest';
import type { AnyCaller, AttachedPolicy } from '../model.ts';
import { type Access, compareAccess } from './access.ts';
import { holdAccessAgainstRequests } from './testing/hold-access.ts';
import { identityPolicy, resourcePolicy } from './testing/policies.ts';

const OWNER = '111122223333';
const OTHER = '444455556666';
const mia: AnyCaller = {
  kind: 'user',
  accountId: OTHER,
  arn: `arn:aws:iam::${OTHER}:user/Mia`,
  name: 'Mia',
  id: 'AIDAMIAAAAAAAAAAAAAAA',
  tags: {},
};

function attached(layer: AttachedPolicy['layer'], policy: AttachedPolicy['policy']): AttachedPolicy {
  return { layer, name: layer, kind: 'managed', attachedTo: 'test', policy };
}

describe('compareAccess, beside policies', () => {
  it('tells what the owner of an object gives from what the owner of its bucket gives', () => {
    const all = identityPolicy([{ Effect: 'Allow', Action: 's3:*', Resource: '*' }]);
    const open = resourcePolicy([{ Effect: 'Allow', Principal: { AWS: OTHER }, Action: 's3:*', Resource: '*' }]);
    const bucket = {
      arns: ['arn:aws:s3:::archive', 'arn:aws:s3:::archive/*'],
      accountId: OWNER,
      policies: { resource: attached('resource', open) },
    };
    const before: Access = { caller: mia, policies: { identity: [attached('identity', all)] }, resources: [bucket] };
    const acl = { ownership: 'ObjectWriter', bucket: [], object: [], objectOwnerAccountId: '777788889999' } as const;
    const after: Access = { ...before, resources: [{ ...bucket, policies: { ...bucket.policies, acl } }] };
    const found = compareAccess(before, after);
    expect(found).toMatchObject({ aInB: 'no', bInA: 'yes', disjoint: 'no' });
    expect(found.witnessA?.action).toMatch(/^s3:(get|put|delete)object(version)?(acl|tagging)?$/i);
  });

  it('knows an empty encryption context from one of which a policy asks, where a grant wants it empty', () => {
    const key = `arn:aws:kms:eu-west-1:${OTHER}:key/1234abcd`;
    const team = { StringEquals: { 'kms:EncryptionContext:team': 'blue' } };
    const asks = identityPolicy([{ Effect: 'Allow', Action: 'kms:*', Resource: '*', Condition: team }]);
    const grant = { id: 'g', keyId: '1234abcd', granteePrincipal: mia.arn, operations: ['Decrypt'] };
    const empty = { ...grant, constraints: { encryptionContextEquals: {} } };
    const access = (grants: readonly (typeof grant)[], layer: 'session' | 'identity'): Access => ({
      caller: mia,
      policies: { identity: [], [layer]: [attached(layer, asks)] },
      resources: [{ arns: [key], accountId: OTHER, policies: { grants } }],
    });
    const unreplayed: unknown[] = [];
    const found = compareAccess(access([empty], 'session'), access([], 'identity'), {
      onUnreplayed: (request) => unreplayed.push(request),
    });
    expect(unreplayed).toEqual([]);
    expect(found.aInB).not.toBe('unknown');
  });

  it('answers as requests are decided, where there are lists, blocks and grants', () => {
    const { requests, answers, contradictions } = holdAccessAgainstRequests(20_261_124, 40, 60);
    expect(contradictions).toEqual([]);
    expect(requests).toBe(2400);
    expect(answers.unknown).toBe(0);
    expect(answers.yes).toBeGreaterThan(30);
    expect(answers.no).toBeGreaterThan(30);
  }, 60_000);
});

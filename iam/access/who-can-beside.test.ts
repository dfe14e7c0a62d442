import { describe, expect, it } from 'vitest';
import type { AclGrant, KmsGrant } from '../model.ts';
import type { AccessQuestion } from './question.ts';
import { allow, document, type EstateParts, estateOf, OTHER, OWN, user, when } from './testing/estates.ts';
import { whoCan } from './who-can.ts';

const ARCHIVE = 'arn:aws:s3:::archive';
const get: AccessQuestion = { action: 's3:GetObject', resource: `${ARCHIVE}/list.csv`, resourceAccountId: OWN };
const KEY = `arn:aws:kms:us-east-1:${OWN}:key/1234abcd`;
const decrypt: AccessQuestion = { action: 'kms:Decrypt', resource: KEY };
const bea = user('Bea', [document(allow('s3:*'))]);
const sam = user('Sam', []);

function answers(parts: EstateParts, question: AccessQuestion): Record<string, unknown> {
  return Object.fromEntries(
    whoCan(estateOf(parts), question).map(({ arn, conditions }) => [
      arn.replace(`arn:aws:iam::${OWN}:`, ''),
      conditions,
    ]),
  );
}

const condition = (operator: string, key: string, ...values: string[]) => ({ operator, key, values });
const acl = (...object: AclGrant[]) => ({ ownership: 'ObjectWriter', bucket: [], object }) as const;
const readBy = (grantee: AclGrant['grantee']): AclGrant => ({ grantee, permission: 'READ' });
const open = document({ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `${ARCHIVE}/*` });

describe('access control lists', () => {
  it('let in whom they name: accounts, everybody, whoever has an account', () => {
    const of = (...grants: AclGrant[]) => answers({ users: [sam] }, { ...get, beside: { acl: acl(...grants) } });
    expect(of(readBy({ kind: 'account', accountId: OTHER }))).toEqual({ [OTHER]: [] });
    expect(of(readBy({ kind: 'all-users' }))).toEqual({ 'user/Sam': [], '*': [] });
    expect(of(readBy({ kind: 'authenticated-users' }))).toEqual({
      'user/Sam': [],
      '*': [condition('Null', 'aws:PrincipalAccount', 'false')],
    });
    expect(of({ grantee: { kind: 'all-users' }, permission: 'READ_ACP' })).toEqual({});
  });

  it('are off where objects belong to the bucket’s owner, and public ones where they are ignored', () => {
    const lists = acl(readBy({ kind: 'all-users' }), readBy({ kind: 'account', accountId: OTHER }));
    const enforced = { ...lists, ownership: 'BucketOwnerEnforced' } as const;
    expect(answers({ users: [bea] }, { ...get, beside: { acl: enforced } })).toEqual({ 'user/Bea': [] });
    const publicAccessBlocks = [{ ignorePublicAcls: true, restrictPublicBuckets: false }];
    const ignored = answers({ users: [bea, sam] }, { ...get, beside: { acl: lists, publicAccessBlocks } });
    expect(ignored).toEqual({ 'user/Bea': [], [OTHER]: [] });
  });

  it('are all that counts for an object that is another’s than the bucket’s', () => {
    const lists = { ...acl(readBy({ kind: 'account', accountId: OWN })), objectOwnerAccountId: OTHER };
    const parts = { users: [bea, sam], resources: { [ARCHIVE]: open } };
    expect(answers(parts, { ...get, beside: { acl: lists } })).toEqual({ 'user/Bea': [] });
  });
});

describe('Block Public Access', () => {
  const publicAccessBlocks = [{ ignorePublicAcls: false, restrictPublicBuckets: true }];

  it('leaves of a public policy what the owner’s own principals and services get', () => {
    const parts = { users: [bea, sam], resources: { [ARCHIVE]: open } };
    expect(answers(parts, get)).toEqual({ 'user/Bea': [], 'user/Sam': [], '*': [] });
    expect(answers(parts, { ...get, beside: { publicAccessBlocks } })).toEqual({
      'user/Bea': [],
      'user/Sam': [],
      '*': [condition('StringEquals', 'aws:PrincipalIsAWSService', 'true')],
    });
  });

  it('leaves a policy alone that is not public', () => {
    const resources = {
      [ARCHIVE]: document({ ...open.Statement[0], ...when('StringEquals', 'aws:PrincipalOrgID', 'o-a1b2c3d4e5') }),
    };
    expect(answers({ resources }, { ...get, beside: { publicAccessBlocks } })).toEqual(answers({ resources }, get));
  });
});

describe('grants of a key', () => {
  const grant = (more: Partial<KmsGrant>): KmsGrant => ({
    id: 'a1',
    keyId: '1234abcd',
    granteePrincipal: sam.Arn,
    operations: ['Decrypt'],
    ...more,
  });
  const of = (...grants: KmsGrant[]) => answers({ users: [bea, sam] }, { ...decrypt, beside: { grants } });

  it('let in whom they name', () => {
    expect(of(grant({}))).toEqual({ 'user/Sam': [] });
    expect(of(grant({ granteePrincipal: `arn:aws:iam::${OTHER}:role/App` }))).toEqual({
      [`arn:aws:iam::${OTHER}:role/App`]: [],
    });
    expect(of(grant({ granteePrincipal: 'dynamodb.us-east-1.amazonaws.com' }))).toEqual({
      'dynamodb.us-east-1.amazonaws.com': [],
    });
    expect(of(grant({ operations: ['Encrypt'] }))).toEqual({});
    expect(of(grant({ keyId: '0987dcba' }))).toEqual({});
  });

  it('within their encryption context', () => {
    const team = condition('StringEquals', 'kms:EncryptionContext:team', 'blue');
    expect(of(grant({ constraints: { encryptionContextSubset: { team: 'blue' } } }))).toEqual({ 'user/Sam': [team] });
    expect(of(grant({ constraints: { encryptionContextEquals: { team: 'blue' } } }))).toEqual({
      'user/Sam': [team, condition('ForAllValues:StringEqualsIgnoreCase', 'kms:EncryptionContextKeys', 'team')],
    });
    expect(of(grant({ constraints: { encryptionContextEquals: {} } }))).toEqual({
      'user/Sam': [condition('Null', 'kms:EncryptionContextKeys', 'true')],
    });
  });

  it('for an account with a policy of its own', () => {
    const eve = user('Eve', [document(allow('kms:Decrypt'))]);
    const resources = {
      [KEY]: document({ Effect: 'Allow', Principal: { AWS: OTHER }, Action: 'kms:*', Resource: '*' }),
    };
    const parts = { users: [eve, sam], resources };
    expect(answers(parts, { ...decrypt, beside: { grants: [grant({ granteePrincipal: OWN })] } })).toEqual({
      [OTHER]: [],
      'user/Eve': [],
    });
  });
});

describe('a VPC endpoint', () => {
  it('limits everybody, and takes the address away', () => {
    const office = user('Ada', [document(allow('s3:*', when('NotIpAddress', 'aws:SourceIp', '203.0.113.0/24')))]);
    const { policy } = estateOf({ resources: { [ARCHIVE]: open } }).resourcePolicies[0] ?? { policy: undefined };
    if (policy === undefined) throw new Error('no policy');
    const vpcEndpoint = [{ layer: 'vpc-endpoint', name: 'e', kind: 'resource', attachedTo: 'e', policy }] as const;
    const parts = { users: [bea, office] };
    expect(answers(parts, { ...get, beside: { vpcEndpoint } })).toEqual({ 'user/Bea': [], 'user/Ada': [] });
    expect(answers(parts, { ...get, resource: 'arn:aws:s3:::other/x', beside: { vpcEndpoint } })).toEqual({});
  });
});

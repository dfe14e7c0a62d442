import { describe, expect, it } from 'vitest';
import { askLine } from '../testing/ask.ts';

const OWN = '111122223333';
const OTHER = '444455556666';
const document = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });
const allow = (Action: string, more: object = {}) => ({ Effect: 'Allow', Action, Resource: '*', ...more });
const deny = (Action: string, more: object = {}) => ({ ...allow(Action, more), Effect: 'Deny' });
const inline = (...documents: object[]) =>
  documents.map((PolicyDocument, at) => ({ PolicyName: `p${at}`, PolicyDocument }));
const user = (UserName: string, more: object, account = OWN) => ({
  UserName,
  UserId: `AIDA${UserName.toUpperCase()}`,
  Arn: `arn:aws:iam::${account}:user/${UserName}`,
  ...more,
});
const bea = user('Bea', { UserPolicyList: inline(document(allow('s3:*'))) });
const get = { action: 's3:GetObject', resource: 'arn:aws:s3:::archive/list.csv' };
const question = { accounts: [{ UserDetailList: [bea] }], ...get };
const whoCan = (line: object) => askLine('who-can', line);

describe('who-can', () => {
  it('names who can always, and what must hold for others', async () => {
    const mfa = { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } };
    const ada = user('Ada', { UserPolicyList: inline(document(allow('s3:GetObject', mfa))) });
    const sam = user('Sam', { UserPolicyList: inline(document(allow('s3:PutObject'))) });
    const line = { ...question, accounts: [{ UserDetailList: [bea, sam, ada] }] };
    const condition = { operator: 'Bool', key: 'aws:MultiFactorAuthPresent', values: ['true'] };
    expect(await whoCan(line)).toEqual({
      principals: [
        { arn: ada.Arn, conditions: [condition] },
        { arn: bea.Arn, conditions: [] },
      ],
    });
    expect(await whoCan({ ...line, context: { 'aws:MultiFactorAuthPresent': true } })).toMatchObject({
      principals: [
        { arn: ada.Arn, conditions: [] },
        { arn: bea.Arn, conditions: [] },
      ],
    });
    expect(await whoCan({ ...line, context: { 'aws:MultiFactorAuthPresent': 'false' } })).toMatchObject({
      principals: [{ arn: bea.Arn }],
    });
  });

  it('takes documents in every form, and AWS managed policies that the answer leaves out', async () => {
    const text = JSON.stringify(document(allow('s3:*')));
    const resourcePolicy = { resource: 'arn:aws:s3:::archive', account: OWN };
    const bucket = document({
      Effect: 'Deny',
      Principal: { AWS: `arn:aws:iam::${OWN}:user/Text` },
      Action: 's3:*',
      Resource: 'arn:aws:s3:::archive/*',
    });
    const line = {
      ...get,
      accounts: [
        {
          UserDetailList: [
            user('Coded', { UserPolicyList: [{ PolicyName: 'p', PolicyDocument: encodeURIComponent(text) }] }),
            user('Managed', { AttachedManagedPolicies: [{ PolicyArn: 'arn:aws:iam::aws:policy/AmazonS3FullAccess' }] }),
            user('Text', { UserPolicyList: [{ PolicyName: 'p', PolicyDocument: text }] }),
          ],
        },
      ],
    };
    const names = async (more: object) =>
      ((await whoCan({ ...line, ...more }))['principals'] as { arn: string }[]).map(({ arn }) => arn.split('/')[1]);
    expect(await names({})).toEqual(['Coded', 'Managed', 'Text']);
    for (const policy of [bucket, JSON.stringify(bucket), encodeURIComponent(JSON.stringify(bucket))]) {
      expect(await names({ resourcePolicies: [{ ...resourcePolicy, policy }] })).toEqual(['Coded', 'Managed']);
    }
    const scps = { [OWN]: [[document(allow('*'))], [encodeURIComponent(JSON.stringify(document(allow('ec2:*'))))]] };
    expect(await names({ scps })).toEqual([]);
  });

  it('takes a list of values for keys that have many', async () => {
    const tagged = { Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'] } } };
    const ada = user('Ada', { UserPolicyList: inline(document(allow('s3:GetObject', tagged))) });
    const line = { ...question, accounts: [{ UserDetailList: [ada] }] };
    expect(await whoCan({ ...line, context: { 'aws:TagKeys': ['team'] } })).toMatchObject({
      principals: [{ conditions: [] }],
    });
    expect(await whoCan({ ...line, context: { 'aws:TagKeys': ['team', 'x'] } })).toEqual({ principals: [] });
  });

  it('looks at several accounts, each with its own service control policies', async () => {
    const sam = user('Sam', { UserPolicyList: inline(document(allow('s3:*'))) }, OTHER);
    const bucket = document({
      Effect: 'Allow',
      Principal: { AWS: [OTHER, '777788889999'] },
      Action: 's3:GetObject',
      Resource: 'arn:aws:s3:::archive/*',
    });
    const line = {
      ...question,
      accounts: [{ UserDetailList: [bea] }, { UserDetailList: [sam] }],
      resourcePolicies: [{ resource: 'arn:aws:s3:::archive', account: OWN, policy: bucket }],
    };
    const away = { StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } };
    const scps = { [OTHER]: [[document(allow('*'), deny('s3:*', { Condition: away }))]] };
    const region = { operator: 'StringEquals', key: 'aws:RequestedRegion', values: ['eu-west-1'] };
    expect(await whoCan({ ...line, scps })).toEqual({
      principals: [
        { arn: '777788889999', conditions: [] },
        { arn: bea.Arn, conditions: [] },
        { arn: sam.Arn, conditions: [region] },
      ],
    });
  });

  it('takes RCPs, lists, blocks, grants, the endpoint and the organization', async () => {
    const arns = async (more: object) => {
      const { principals } = (await whoCan({ ...question, resourceAccount: OWN, ...more })) as {
        principals: { arn: string; conditions: object[] }[];
      };
      return principals.map(({ arn, conditions }) => [arn, ...conditions]);
    };
    const inOrganization = { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } };
    const outsiders = document({ ...deny('s3:*', { Condition: inOrganization }), Principal: '*' });
    const list = { grantee: { kind: 'account', accountId: OTHER }, permission: 'READ' };
    const acl = { ownership: 'ObjectWriter', bucket: [], object: [list, { ...list, grantee: { kind: 'all-users' } }] };
    const organization = { id: 'o-a1b2c3d4e5', management: '777788889999', paths: { [OWN]: 'o-a1b2c3d4e5/r-ab12/' } };
    expect(await arns({ acl })).toEqual([['*'], [OTHER], [bea.Arn]]);
    expect(await arns({ acl, publicAccessBlock: { IgnorePublicAcls: true } })).toEqual([[OTHER], [bea.Arn]]);
    expect(await arns({ acl, organization, rcps: { [OWN]: [[outsiders]] } })).toEqual([
      ['*', { operator: 'StringEquals', key: 'aws:PrincipalOrgID', values: ['o-a1b2c3d4e5'] }],
      [bea.Arn],
    ]);
    const endpoint = [document({ ...allow('s3:GetObject'), Principal: { AWS: OTHER } })];
    expect(await arns({ acl, endpoint })).toEqual([[OTHER]]);
    const key = { action: 'kms:Decrypt', resource: `arn:aws:kms:us-east-1:${OWN}:key/1234abcd` };
    const grants = [{ GranteePrincipal: bea.Arn, Operations: ['Decrypt'] }];
    expect(await arns({ ...key, grants })).toEqual([[bea.Arn]]);
  });

  it.each<[string, object, string, string]>([
    ['no action', { ...question, action: undefined }, 'invalid_line', ''],
    ['a pattern for an action', { ...question, action: 's3:Get*' }, 'invalid_line', '/action'],
    ['a property that there is not', { ...question, principal: bea.Arn }, 'invalid_line', '/principal'],
    ['no account', { ...question, accounts: [] }, 'invalid_line', '/accounts'],
    ['an account that is none', { ...question, accounts: [1] }, 'invalid_line', '/accounts/0'],
    [
      'the same account twice',
      { ...question, accounts: [{ UserDetailList: [bea] }, { UserDetailList: [bea] }] },
      'invalid_line',
      '/accounts/1',
    ],
    [
      'a policy that AWS would not save',
      {
        ...question,
        accounts: [{ UserDetailList: [user('Ada', { UserPolicyList: inline({ Statement: [{ Effect: 'Allow' }] }) })] }],
      },
      'malformed_policy',
      '/accounts/0/UserDetailList/0/UserPolicyList/0/PolicyDocument/Statement/0',
    ],
    [
      'a policy that is nowhere',
      {
        ...question,
        accounts: [
          {
            UserDetailList: [
              user('Ada', { AttachedManagedPolicies: [{ PolicyArn: `arn:aws:iam::${OWN}:policy/No` }] }),
            ],
          },
        ],
      },
      'missing_policy',
      '/accounts/0/UserDetailList/0/AttachedManagedPolicies/0/PolicyArn',
    ],
    [
      'a resource policy without Principal',
      {
        ...question,
        resourcePolicies: [{ resource: 'arn:aws:s3:::archive', account: OWN, policy: document(allow('s3:*')) }],
      },
      'malformed_policy',
      '/resourcePolicies/0/policy/Statement/0',
    ],
    ['a bad account', { ...question, resourceAccount: '1' }, 'invalid_line', '/resourceAccount'],
    [
      'a service control policy that AWS would not save',
      { ...question, scps: { [OWN]: [[document({ Effect: 'Allow', Resource: '*' })]] } },
      'malformed_policy',
      `/scps/${OWN}/0/0/Statement/0`,
    ],
    [
      'a resource control policy that AWS would not save',
      { ...question, rcps: { [OWN]: [[document({ Effect: 'Deny', Resource: '*' })]] } },
      'malformed_policy',
      `/rcps/${OWN}/0/0/Statement/0`,
    ],
    [
      'an endpoint policy that AWS would not save',
      { ...question, endpoint: [document({ Effect: 'Allow', Resource: '*' })] },
      'malformed_policy',
      '/endpoint/0/Statement/0',
    ],
    ['a grant without a grantee', { ...question, grants: [{ Operations: [] }] }, 'invalid_line', '/grants/0'],
  ])('refuses %s', async (_what, line, code, pointer) => {
    expect(await whoCan(line)).toMatchObject({ error: { code, pointer } });
  });
});

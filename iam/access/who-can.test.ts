import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../parse.ts';
import type { AccessQuestion } from './question.ts';
import { allow, deny, document, type EstateParts, estateOf, OTHER, OWN, role, user, when } from './testing/estates.ts';
import { whoCan } from './who-can.ts';

const ARCHIVE = 'arn:aws:s3:::archive';
const get: AccessQuestion = { action: 's3:GetObject', resource: `${ARCHIVE}/home/list.csv` };
const everything = document(allow('*'));
const the = (key: string) => ['$', '{', key, '}'].join('');

/** Who can, by the end of the ARN, with each condition in one line. */
function answers(parts: EstateParts, question: AccessQuestion = get): Record<string, unknown> {
  return Object.fromEntries(
    whoCan(estateOf(parts), question).map(({ arn, conditions }) => [
      arn.replace(`arn:aws:iam::${OWN}:`, ''),
      conditions.map(inOneLine),
    ]),
  );
}

function inOneLine(condition: object): unknown {
  if ('operator' in condition && 'key' in condition && 'values' in condition) {
    return `${condition.operator} ${condition.key} ${(condition.values as string[]).join(' ')}`;
  }
  const [[name, inner]] = Object.entries(condition) as [[string, object | object[][]]];
  if (!Array.isArray(inner)) return { [name]: inOneLine(inner) };
  return { [name]: inner.map((list) => list.map(inOneLine)) };
}

const ofUser = (...statements: object[]) => answers({ users: [user('Bea', [document(...statements)])] })['user/Bea'];

describe('conditions of a principal’s own policies', () => {
  it.each<[string, object[], unknown]>([
    ['no condition', [allow('s3:*')], []],
    ['nothing that allows', [allow('s3:Put*')], undefined],
    [
      'a condition',
      [allow('s3:*', when('IpAddress', 'aws:SourceIp', '203.0.113.0/24'))],
      ['IpAddress aws:SourceIp 203.0.113.0/24'],
    ],
    [
      'one of several ways',
      [
        allow('s3:*', when('IpAddress', 'aws:SourceIp', '203.0.113.0/24')),
        allow('s3:Get*', when('IpAddress', 'aws:SourceIp', '198.51.100.0/24')),
        allow('s3:Get*', when('StringLike', 'aws:UserAgent', 'a*')),
      ],
      [{ anyOf: [['IpAddress aws:SourceIp 203.0.113.0/24 198.51.100.0/24'], ['StringLike aws:UserAgent a*']] }],
    ],
    [
      'a way that takes in the other',
      [
        allow('s3:*', when('IpAddress', 'aws:SourceIp', '203.0.0.0/16')),
        allow('s3:*', when('IpAddress', 'aws:SourceIp', '203.0.113.0/24')),
      ],
      ['IpAddress aws:SourceIp 203.0.0.0/16'],
    ],
    [
      'ways that leave nothing out',
      [
        allow('s3:*', when('Bool', 'aws:SecureTransport', 'true')),
        allow('s3:*', when('Bool', 'aws:SecureTransport', 'false')),
      ],
      [],
    ],
    [
      'a Deny',
      [allow('s3:*'), deny('*', when('NotIpAddress', 'aws:SourceIp', '203.0.113.0/24'))],
      ['IpAddress aws:SourceIp 203.0.113.0/24'],
    ],
    [
      'a Deny of what can be absent',
      [allow('s3:*'), deny('*', when('BoolIfExists', 'aws:MultiFactorAuthPresent', 'false'))],
      ['Bool aws:MultiFactorAuthPresent true'],
    ],
    [
      'a Deny that absence gets round',
      [allow('s3:*'), deny('*', when('Bool', 'aws:MultiFactorAuthPresent', 'false'))],
      ['BoolIfExists aws:MultiFactorAuthPresent true'],
    ],
    [
      'a Deny on two keys',
      [
        allow('s3:*'),
        deny('*', {
          Condition: { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' }, Bool: { 'aws:ViaAWSService': 'false' } },
        }),
      ],
      [{ anyOf: [['IpAddress aws:SourceIp 203.0.113.0/24'], ['Bool aws:ViaAWSService true']] }],
    ],
    [
      'a Deny that leaves nothing',
      [allow('s3:*', when('StringEquals', 'aws:UserAgent', 'a')), deny('*', when('StringLike', 'aws:UserAgent', '?'))],
      undefined,
    ],
    [
      'numbers and times',
      [
        allow('s3:*', when('NumericLessThan', 'aws:MultiFactorAuthAge', '3600')),
        deny('*', when('DateGreaterThan', 'aws:CurrentTime', '2026-06-01T00:00:00Z')),
      ],
      ['NumericLessThan aws:MultiFactorAuthAge 3600', 'DateLessThanEquals aws:CurrentTime 2026-06-01T00:00:00Z'],
    ],
    [
      'keys of many values',
      [
        allow('s3:*', when('ForAllValues:StringEquals', 'aws:TagKeys', ['a', 'b'])),
        deny('*', when('ForAnyValue:StringEquals', 'aws:TagKeys', ['b'])),
      ],
      ['ForAllValues:StringEquals aws:TagKeys a b', 'ForAllValues:StringNotEquals aws:TagKeys b'],
    ],
    ['a key of the principal that fits', [allow('s3:*', when('StringEquals', 'aws:username', 'Bea'))], []],
    ['a key of the principal that does not', [allow('s3:*', when('StringEquals', 'aws:username', 'Ada'))], undefined],
    ['a tag that it has not', [allow('s3:*', when('StringEquals', 'aws:PrincipalTag/team', 'blue'))], undefined],
    [
      'a variable',
      [allow('s3:*', when('StringLike', 'aws:UserAgent', `${the('aws:username')}/*`))],
      ['StringLike aws:UserAgent Bea/*'],
    ],
    [
      'a variable that is open',
      [allow('s3:*', { Resource: `${ARCHIVE}/${the('aws:UserAgent')}/*` })],
      ['StringEquals aws:UserAgent home'],
    ],
    [
      'the principal’s key held against an open one',
      [allow('s3:*', when('StringEquals', 'aws:username', the('s3:ExistingObjectTag/owner')))],
      ['StringEquals s3:ExistingObjectTag/owner Bea'],
    ],
    [
      // AWS does not say whether Null takes an empty text for a value.
      'a tag that must be there, and may be empty',
      [allow('s3:*'), deny('*', when('StringEqualsIfExists', 'aws:ResourceTag/team', 'ab'))],
      ['StringNotEquals aws:ResourceTag/team ab', 'StringLike aws:ResourceTag/team *'],
    ],
    [
      'a key that must be there, and is never empty',
      [allow('s3:*'), deny('*', when('StringEqualsIfExists', 'aws:UserAgent', 'ab'))],
      ['StringNotEquals aws:UserAgent ab', 'Null aws:UserAgent false'],
    ],
    [
      'a variable under Bool, of which AWS does not say whether it counts',
      [allow('s3:*', when('Bool', 'aws:SecureTransport', [the("aws:PrincipalTag/none, 'false'"), 'true']))],
      ['Bool aws:SecureTransport true'],
    ],
    ['a key that such a request never has', [allow('s3:*', when('StringLike', 's3:prefix', '*'))], undefined],
    [
      'a Deny without opposite',
      [allow('s3:*'), deny('*', when('BinaryEquals', 'aws:Digest', 'QmluYXJ5'))],
      [{ not: 'BinaryEquals aws:Digest QmluYXJ5' }],
    ],
  ])('%s', (_what, statements, expected) => {
    expect(ofUser(...statements)).toEqual(expected);
  });
});

describe('layers', () => {
  const officeOnly = when('IpAddress', 'aws:SourceIp', '203.0.113.0/24');
  const BOUNDARY = `arn:aws:iam::${OWN}:policy/Limit`;
  const limit = (...statements: object[]) => ({
    Arn: BOUNDARY,
    DefaultVersionId: 'v1',
    PolicyVersionList: [{ VersionId: 'v1', IsDefaultVersion: true, Document: document(...statements) }],
  });
  const bounded = { PermissionsBoundary: { PermissionsBoundaryArn: BOUNDARY } };

  it('a boundary limits what identity policies give', () => {
    const users = [user('Bea', [everything], bounded), user('Ada', [everything])];
    expect(answers({ users, policies: [limit(allow('s3:*', officeOnly))] })).toEqual({
      'user/Ada': [],
      'user/Bea': ['IpAddress aws:SourceIp 203.0.113.0/24'],
    });
    expect(answers({ users, policies: [limit(allow('ec2:*'))] })).toEqual({ 'user/Ada': [] });
  });

  it('every level of service control policies must let it pass', () => {
    const users = [user('Bea', [everything])];
    const inEurope = when('StringEquals', 'aws:RequestedRegion', ['eu-west-1', 'eu-central-1']);
    expect(answers({ users, scps: { [OWN]: [[everything], [document(allow('*', inEurope))]] } })).toEqual({
      'user/Bea': ['StringEquals aws:RequestedRegion eu-west-1 eu-central-1'],
    });
    expect(answers({ users, scps: { [OWN]: [[everything], []] } })).toEqual({});
  });

  it('the resource’s policy gives by itself to whom it names, within the boundary to roles', () => {
    const roles = [role('Web', [], bounded), role('App', [])];
    const users = [user('Bea', [], bounded)];
    const named = ['role/Web', 'role/App', 'user/Bea'].map((name) => `arn:aws:iam::${OWN}:${name}`);
    const bucket = document({
      ...allow('s3:*', { Resource: `${ARCHIVE}/*`, ...when('StringEquals', 'aws:SourceVpce', 'vpce-1') }),
      Principal: { AWS: named },
    });
    const policies = [limit(allow('s3:*', officeOnly))];
    expect(answers({ roles, users, policies, resources: { [ARCHIVE]: bucket } })).toEqual({
      'role/App': ['StringEquals aws:SourceVpce vpce-1'],
      'role/Web': ['StringEquals aws:SourceVpce vpce-1', 'IpAddress aws:SourceIp 203.0.113.0/24'],
      'user/Bea': ['StringEquals aws:SourceVpce vpce-1'],
    });
  });

  it('another account’s principals need both sides', () => {
    const others = [{ UserDetailList: [user('Sam', [everything], {}, OTHER), user('Pat', [], {}, OTHER)] }];
    const bucket = document({ ...allow('s3:*', { Resource: `${ARCHIVE}/*` }), Principal: { AWS: OTHER } });
    expect(answers({ others, resources: { [ARCHIVE]: bucket } })).toEqual({ [`arn:aws:iam::${OTHER}:user/Sam`]: [] });
  });

  it('a key goes by its policy', () => {
    const key = `arn:aws:kms:eu-west-1:${OWN}:key/1234abcd`;
    const users = [user('Bea', [everything]), user('Ada', [])];
    const named = { ...allow('kms:Decrypt'), Principal: { AWS: `arn:aws:iam::${OWN}:user/Ada` } };
    const question = { action: 'kms:Decrypt', resource: key };
    expect(answers({ users, resources: { [key]: document(named) } }, question)).toEqual({ 'user/Ada': [] });
    const root = { ...allow('kms:*'), Principal: { AWS: `arn:aws:iam::${OWN}:root` } };
    expect(answers({ users, resources: { [key]: document(named, root) } }, question)).toEqual({
      'user/Ada': [],
      'user/Bea': [],
    });
  });
});

describe('whom the resource’s policy names', () => {
  const bucket = (statement: object) => ({
    [ARCHIVE]: document({ ...allow('s3:GetObject', { Resource: `${ARCHIVE}/*` }), ...statement }),
  });

  it('is anyone, an account, a principal of another account, a service', () => {
    const role7 = 'arn:aws:iam::777788889999:role/app/Reader';
    const Principal = {
      AWS: ['*', OTHER, role7, `arn:aws:iam::${OWN}:root`, 'AIDAGONEAAAAAAAAAAAAA'],
      Service: 'logs.amazonaws.com',
    };
    expect(answers({ users: [user('Bea', [])], resources: bucket({ Principal }) })).toEqual({
      '*': [],
      [OTHER]: [],
      [role7]: [],
      'logs.amazonaws.com': [],
      'user/Bea': [],
    });
  });

  it('is CloudFront by an origin access identity', () => {
    const identity = 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1EXAMPLE';
    expect(answers({ resources: bucket({ Principal: { AWS: identity } }) })).toEqual({ [identity]: [] });
  });

  it('is anyone under conditions on who it is', () => {
    const inOrg = when('StringEquals', 'aws:PrincipalOrgID', 'o-a1b2c3d4e5');
    expect(answers({ resources: bucket({ Principal: '*', ...inOrg }) })).toEqual({
      '*': ['StringEquals aws:PrincipalOrgID o-a1b2c3d4e5'],
    });
  });

  it('is nobody else where only the account’s own principals fit', () => {
    const users = [user('Bea', []), user('Ada', [])];
    const ofAccount = when('StringEquals', 'aws:PrincipalAccount', OWN);
    expect(answers({ users, resources: bucket({ Principal: '*', ...ofAccount }) })).toEqual({
      'user/Ada': [],
      'user/Bea': [],
    });
    const one = when('ArnEquals', 'aws:PrincipalArn', `arn:aws:iam::${OWN}:user/Bea`);
    expect(answers({ users, resources: bucket({ Principal: '*', ...one }) })).toEqual({ 'user/Bea': [] });
    const key = `arn:aws:kms:eu-west-1:${OWN}:key/1234abcd`;
    const ofCaller = {
      ...allow('kms:Decrypt', when('StringEquals', 'kms:CallerAccount', OWN)),
      Principal: { AWS: '*' },
    };
    const asked = { action: 'kms:Decrypt', resource: key };
    expect(answers({ users, resources: { [key]: document(ofCaller) } }, asked)).toEqual({
      'user/Ada': [],
      'user/Bea': [],
    });
  });

  it('is no principal whom another statement keeps out', () => {
    const statements = [
      { ...allow('s3:*', { Resource: `${ARCHIVE}/*` }), Principal: { AWS: [OTHER, '777788889999'] } },
      { ...deny('s3:*', { Resource: `${ARCHIVE}/*` }), Principal: { AWS: OTHER } },
    ];
    expect(answers({ resources: { [ARCHIVE]: document(...statements) } })).toEqual({ '777788889999': [] });
  });

  it('is anyone, or an account, but for those whom a Deny names', () => {
    const objects = { Resource: `${ARCHIVE}/*` };
    const stranger = `arn:aws:iam::${OTHER}:user/Eve`;
    const given = (AWS: unknown) => ({ ...allow('s3:*', objects), Principal: { AWS } });
    const denied = (AWS: unknown) => ({ ...deny('s3:*', objects), Principal: { AWS } });
    const users = [user('Ada', [])];
    const named = (...statements: object[]) => answers({ users, resources: { [ARCHIVE]: document(...statements) } });
    expect(named(given('*'), denied([OTHER, `arn:aws:iam::${OWN}:user/Gone`]))).toEqual({
      'user/Ada': [],
      '*': [`StringNotEquals aws:PrincipalAccount ${OTHER}`],
    });
    expect(named(given('*'), denied(`arn:aws:iam::${OWN}:root`))).toEqual({ '*': [] });
    expect(named(given(OTHER), denied(stranger))).toEqual({
      [OTHER]: [`StringNotEquals aws:PrincipalArn ${stranger}`],
    });
    expect(named(given(OTHER), denied('arn:aws:iam::777788889999:user/Eve'))).toEqual({ [OTHER]: [] });
    const exempt = { Effect: 'Deny', NotPrincipal: { AWS: [stranger, OTHER] }, Action: 's3:Get*', ...objects };
    expect(named(given('*'), exempt)).toEqual({ [stranger]: [] });
  });

  it('is a service for the resource that it acts for, and no user', () => {
    const source = when('ArnLike', 'aws:SourceArn', 'arn:aws:sns:*:*:news');
    const parts = {
      users: [user('Bea', [])],
      resources: bucket({ Principal: { Service: 'sns.amazonaws.com', AWS: OWN }, ...source }),
    };
    expect(answers(parts)).toEqual({ 'sns.amazonaws.com': ['ArnLike aws:SourceArn arn:aws:sns:*:*:news'] });
  });

  it('is one session of a role', () => {
    const session = `arn:aws:sts::${OWN}:assumed-role/Web/cli`;
    expect(answers({ roles: [role('Web', [])], resources: bucket({ Principal: { AWS: session } }) })).toEqual({
      [session]: [],
    });
    expect(answers({ roles: [role('Web', [everything])], resources: bucket({ Principal: { AWS: session } }) })).toEqual(
      {
        'role/Web': [],
      },
    );
  });
});

describe('who can assume a role', () => {
  const assume = (name: string, action = 'sts:AssumeRole') => ({
    action,
    resource: `arn:aws:iam::${OWN}:role/${name}`,
  });
  const trusting = (...statements: object[]) => ({
    AssumeRolePolicyDocument: document(
      ...statements.map((statement) => ({ Effect: 'Allow', Action: 'sts:AssumeRole', ...statement })),
    ),
  });

  it('whom the trust policy names, of an account those with a policy for it', () => {
    const external = {
      ...when('StringEquals', 'sts:ExternalId', 'x-1'),
      Principal: { AWS: [OWN, `arn:aws:iam::${OTHER}:root`] },
    };
    const users = [user('Bea', [document(allow('sts:AssumeRole'))]), user('Ada', [])];
    expect(answers({ users, roles: [role('App', [], trusting(external))] }, assume('App'))).toEqual({
      [`arn:aws:iam::${OTHER}:root`]: ['StringEquals sts:ExternalId x-1'],
      'user/Bea': ['StringEquals sts:ExternalId x-1'],
    });
  });

  it('services, and holders of an identity provider’s token', () => {
    const provider = `arn:aws:iam::${OWN}:oidc-provider/token.actions.githubusercontent.com`;
    const byToken = {
      Action: 'sts:AssumeRoleWithWebIdentity',
      Principal: { Federated: provider },
      ...when('StringLike', 'token.actions.githubusercontent.com:sub', 'repo:example/*'),
    };
    const roles = [role('Web', []), role('Build', [], trusting(byToken))];
    expect(answers({ roles }, assume('Web'))).toEqual({ 'ec2.amazonaws.com': [] });
    expect(answers({ roles }, assume('Build', 'sts:AssumeRoleWithWebIdentity'))).toEqual({
      'oidc-provider/token.actions.githubusercontent.com': [
        'StringLike token.actions.githubusercontent.com:sub repo:example/*',
      ],
    });
  });

  it('of an account that is not there, by a trust policy that is given beside', () => {
    const arn = `arn:aws:iam::${OTHER}:role/Partner`;
    const trust = document({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: OWN } });
    const users = [user('Bea', [document(allow('sts:AssumeRole'))]), user('Ada', [])];
    const estate = estateOf({ users });
    const parsed = parsePolicy(JSON.stringify(trust), 'trust');
    if (parsed.kind !== 'parsed') throw new Error(parsed.awsMessage);
    const given = { ...estate, resourcePolicies: [{ resource: arn, accountId: OTHER, policy: parsed.policy }] };
    expect(whoCan(given, { action: 'sts:AssumeRole', resource: arn })).toEqual([
      { arn: `arn:aws:iam::${OWN}:user/Bea`, conditions: [] },
    ]);
    expect(whoCan(given, { action: 'iam:GetRole', resource: arn })).toEqual([]);
  });

  it('by the tags of the role', () => {
    const tagged = { Tags: [{ Key: 'team', Value: 'blue' }] };
    const byTag = (value: string) =>
      document(allow('sts:AssumeRole', when('StringEquals', 'aws:ResourceTag/team', value)));
    const users = [user('Ada', [byTag('blue')]), user('Bea', [byTag('red')])];
    const roles = [role('App', [], { ...trusting({ Principal: { AWS: OWN } }), ...tagged })];
    expect(answers({ users, roles }, assume('App'))).toEqual({ 'user/Ada': [] });
  });
});

it('what is left open of a role are its sessions', () => {
  const roles = [
    role('Web', [document(allow('s3:*', when('StringLike', 'aws:userid', 'AROAWEB:*')))]),
    role('App', [document(allow('s3:*', when('StringEquals', 'aws:userid', 'AROAAPP:ci')))]),
    role('Old', [document(allow('s3:*', when('DateLessThan', 'aws:TokenIssueTime', '2026-01-01T00:00:00Z')))]),
    role('Not', [document(allow('s3:*', when('Null', 'aws:TokenIssueTime', 'true')))]),
  ];
  expect(answers({ roles })).toEqual({
    'role/App': ['StringEquals aws:userid AROAAPP:ci'],
    'role/Old': ['DateLessThan aws:TokenIssueTime 2026-01-01T00:00:00Z'],
    'role/Web': [],
  });
});

it('asks about what AWS supplies where a list names no resource', () => {
  const lists = user('Bea', [document(allow('iam:List*', { Resource: `arn:aws:iam::${OWN}:*` }))]);
  const of = (action: string) => answers({ users: [lists] }, { action, resource: '*' });
  expect(of('iam:ListUsers')).toEqual({ 'user/Bea': [] });
  expect(of('iam:ListAccountAliases')).toEqual({});
});

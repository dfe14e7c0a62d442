import { describe, expect, it } from 'vitest';
import { askLine } from '../testing/ask.ts';

const OWN = '111122223333';
const OTHER = '444455556666';
const allow = (Action: string, more: object = {}) => ({ Effect: 'Allow', Action, Resource: '*', ...more });
const deny = (Action: string, more: object = {}) => ({ ...allow(Action, more), Effect: 'Deny' });
const document = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });
const when = (operator: string, key: string, value: unknown) => ({ Condition: { [operator]: { [key]: value } } });
const everything = document(allow('*'));

const bea = { principal: `arn:aws:iam::${OWN}:user/Bea` };
const session = { principal: `arn:aws:sts::${OWN}:assumed-role/Auditor/audit` };
const get = { action: 's3:GetObject', resource: 'arn:aws:s3:::archive/list.csv' };
const decide = (line: object) => askLine('decide', line);

describe('decide: principals', () => {
  const allowsOnly = (key: string, value: string) => ({
    policies: { identity: [document(allow('*', when('StringEquals', key, value)))] },
  });
  it.each([
    [bea, 'aws:username', 'Bea'],
    [{ principal: `arn:aws:iam::${OWN}:user/staff/Bea` }, 'aws:PrincipalArn', `arn:aws:iam::${OWN}:user/staff/Bea`],
    [session, 'aws:PrincipalArn', `arn:aws:iam::${OWN}:role/Auditor`],
    [{ principal: `arn:aws:iam::${OWN}:role/app/Auditor` }, 'aws:PrincipalArn', `arn:aws:iam::${OWN}:role/app/Auditor`],
    [
      { ...session, principalTags: { team: 'red' }, session: { tags: { Team: 'blue' } } },
      'aws:PrincipalTag/team',
      'blue',
    ],
    [session, 'aws:TokenIssueTime', '2026-03-01T12:00:00Z'],
    [{ ...session, session: { issued: 1767225600 } }, 'aws:TokenIssueTime', '2026-01-01T00:00:00Z'],
    [{ ...bea, session: { mfa: true } }, 'aws:MultiFactorAuthPresent', 'true'],
    [{ ...bea, context: { 'aws:username': 'Ada' } }, 'aws:username', 'Ada'],
    [{ ...bea, context: { 's3:max-keys': 10 } }, 's3:max-keys', '10'],
    [{ ...bea, organization: { id: 'o-a1b2c3d4e5', management: OTHER } }, 'aws:PrincipalOrgID', 'o-a1b2c3d4e5'],
  ])('%j has %s %s', async (who, key, value) => {
    expect(await decide({ ...who, ...get, ...allowsOnly(key, value) })).toMatchObject({ decision: 'allowed' });
  });

  it.each([{ [OWN]: 'o-a1b2c3d4e5/r-ab12/' }, ['o-a1b2c3d4e5/r-ab12/']])('%j are paths', async (paths) => {
    const within = when('ForAnyValue:StringLike', 'aws:PrincipalOrgPaths', 'o-a1b2c3d4e5/r-ab12/*');
    const organization = { id: 'o-a1b2c3d4e5', management: OTHER, paths };
    const policies = { identity: [document(allow('*', within))] };
    expect(await decide({ ...bea, ...get, organization, policies })).toMatchObject({ decision: 'allowed' });
  });

  it('asks about what AWS supplies where a list names no resource', async () => {
    const policies = { identity: [document(allow('iam:List*', { Resource: `arn:aws:iam::${OWN}:*` }))] };
    const of = (action: string) => decide({ ...bea, action, resource: '*', policies });
    expect(await of('iam:ListUsers')).toMatchObject({ decision: 'allowed' });
    expect(await of('iam:ListAccountAliases')).toMatchObject({ decision: 'implicitlyDenied' });
  });

  it('takes numbers and booleans in lists too', async () => {
    const condition = when('ForAllValues:NumericLessThan', 'dynamodb:Sizes', 10);
    const policies = { identity: [document(allow('*', condition))] };
    const context = { 'dynamodb:Sizes': [1, 9] };
    expect(await decide({ ...bea, ...get, context, policies })).toMatchObject({ decision: 'allowed' });
  });

  it('takes root, anonymous callers and services', async () => {
    const open = { policies: { resource: document(allow('s3:*', { Principal: '*' })) } };
    const root = { principal: `arn:aws:iam::${OWN}:root` };
    expect(await decide({ ...root, ...get })).toMatchObject({ decision: 'allowed', layer: 'root' });
    expect(await decide({ principal: 'anonymous', ...get, ...open })).toMatchObject({ decision: 'allowed' });
    const service = { principal: { service: 'lambda.amazonaws.com' } };
    expect(await decide({ ...service, ...get, ...open })).toMatchObject({ decision: 'allowed', layer: 'resource' });
  });

  it('a federated user has what its session policies allow', async () => {
    const guest = {
      principal: `arn:aws:sts::${OWN}:federated-user/Guest`,
      ...get,
      policies: { identity: [everything] },
    };
    expect(await decide(guest)).toMatchObject({ decision: 'implicitlyDenied', layer: 'session' });
    const within = { ...guest, session: { kind: 'federated', policies: [everything] } };
    expect(await decide(within)).toMatchObject({ decision: 'allowed' });
  });

  describe('with the token of an identity provider', () => {
    const host = 'token.actions.githubusercontent.com';
    const provider = `arn:aws:iam::${OWN}:oidc-provider/${host}`;
    const trusting = (Federated: string, Action: string) =>
      document({ Effect: 'Allow', Principal: { Federated }, Action });
    const web = {
      action: 'sts:AssumeRoleWithWebIdentity',
      resource: `arn:aws:iam::${OWN}:role/Deployer`,
      context: { [`${host}:sub`]: 'repo:archive/list:ref:refs/heads/main' },
      policies: { trust: trusting(provider, 'sts:AssumeRoleWithWebIdentity') },
    };
    const saml = {
      ...web,
      action: 'sts:AssumeRoleWithSAML',
      context: { 'saml:doc': `${OWN}/Corporate` },
      policies: { trust: trusting(`arn:aws:iam::${OWN}:saml-provider/Corporate`, 'sts:AssumeRoleWithSAML') },
    };
    const google = { ...web, policies: { trust: trusting('accounts.google.com', web.action) } };
    it.each([
      [{ principal: provider, ...web }, 'allowed'],
      [{ principal: `arn:aws:iam::${OWN}:oidc-provider/example.com`, ...web }, 'implicitlyDenied'],
      [{ principal: 'anonymous', ...web }, 'allowed'],
      [{ principal: 'anonymous', ...web, context: {} }, 'implicitlyDenied'],
      [{ principal: 'anonymous', ...web, context: { 'accounts.google.com:aud': 'a' } }, 'implicitlyDenied'],
      [{ principal: 'accounts.google.com', ...google }, 'allowed'],
      [{ principal: 'anonymous', ...google, context: { 'accounts.google.com:aud': 'a' } }, 'allowed'],
      [{ principal: `arn:aws:iam::${OWN}:saml-provider/Corporate`, ...saml }, 'allowed'],
      [{ principal: 'anonymous', ...saml }, 'allowed'],
      [{ principal: 'anonymous', ...saml, context: { 'saml:doc': `${OWN}/Other` } }, 'implicitlyDenied'],
    ])('%j is %s', async (line, decision) => {
      expect(await decide(line)).toMatchObject({ decision, layer: 'trust' });
    });
  });

  it('a federated session of a user is named by its user too', async () => {
    const resource = document(allow('s3:*', { Principal: { AWS: bea.principal } }));
    const policies = { resource, boundary: document(allow('ec2:*')) };
    expect(await decide({ ...bea, ...get, policies })).toMatchObject({ decision: 'allowed', layer: 'resource' });
    expect(await decide({ ...bea, ...get, session: { kind: 'federated' }, policies })).toMatchObject({
      decision: 'implicitlyDenied',
      layer: 'boundary',
    });
  });

  it('a session of a service-linked role is under no SCP', async () => {
    const principal = `arn:aws:sts::${OWN}:assumed-role/AWSServiceRoleForBackup/AWSBackup`;
    const policies = { identity: [everything], scps: [[document(deny('*'))]] };
    expect(await decide({ principal, ...get, policies })).toMatchObject({ decision: 'allowed' });
  });

  it.each(['Bea', 'arn:aws:iam::aws:user/Bea', `arn:aws:s3:::archive`, `arn:aws:iam::${OWN}:group/Clerks`])(
    'refuses %s',
    async (principal) => {
      expect(await decide({ principal, ...get })).toMatchObject({
        error: { code: 'invalid_principal', pointer: '/principal' },
      });
    },
  );
});

describe('decide: layers', () => {
  const identity = [everything];
  it.each([
    ['boundary', { policies: { identity, boundary: document(deny('s3:*')) } }],
    ['scp', { policies: { identity, scps: [[everything], [document(deny('s3:*'))]] } }],
    ['rcp', { policies: { identity, rcps: [[document(deny('s3:*', { Principal: '*' }))]] } }],
    ['endpoint', { policies: { identity, endpoint: [document(deny('s3:*', { Principal: '*' }))] } }],
    ['resource', { policies: { identity, resource: document(deny('s3:*', { Principal: '*' })) } }],
  ])('an explicit Deny in %s is told', async (layer, policies) => {
    const answer = await decide({ ...bea, ...get, resourceAccount: OWN, ...policies });
    expect(answer).toMatchObject({ decision: 'explicitlyDenied', layer });
    expect(answer['statements']).toEqual([{ layer, policy: layer === 'scp' ? 1 : 0, statement: 0 }]);
  });

  it('counts the policies of SCPs on through the levels', async () => {
    const scps = [
      [everything, everything],
      [everything, document(allow('s3:*'), deny('s3:*', { Sid: 'No' }))],
    ];
    const answer = await decide({ ...bea, ...get, policies: { identity, scps } });
    expect(answer['statements']).toEqual([{ layer: 'scp', policy: 3, statement: 1, sid: 'No' }]);
  });

  it('the management account is not reached by SCPs', async () => {
    const organization = { id: 'o-a1b2c3d4e5', management: OWN };
    const policies = { identity, scps: [[document(deny('*'))]] };
    expect(await decide({ ...bea, ...get, policies, organization })).toMatchObject({ decision: 'allowed' });
  });

  it('a trust policy decides who assumes a role', async () => {
    const assume = { ...bea, action: 'sts:AssumeRole', resource: `arn:aws:iam::${OTHER}:role/Deployer` };
    const trust = document({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: OWN } });
    expect(await decide({ ...assume, policies: { identity, trust } })).toMatchObject({
      decision: 'allowed',
      layer: 'trust',
    });
    expect(await decide({ ...assume, policies: { identity } })).toMatchObject({
      decision: 'implicitlyDenied',
      layer: 'trust',
    });
  });

  it('a grant of a KMS key allows', async () => {
    const resource = `arn:aws:kms:eu-west-1:${OWN}:key/1`;
    const grants = [{ GranteePrincipal: bea.principal, Operations: ['Decrypt'] }];
    expect(await decide({ ...bea, action: 'kms:Decrypt', resource, grants })).toMatchObject({
      decision: 'allowed',
      layer: 'grant',
    });
  });

  it('Block Public Access cuts off, and an ACL lets in', async () => {
    const anonymous = { principal: 'anonymous', ...get, resourceAccount: OWN };
    const open = { policies: { resource: document(allow('s3:*', { Principal: '*' })) } };
    expect(await decide({ ...anonymous, ...open, publicAccessBlock: { RestrictPublicBuckets: true } })).toMatchObject({
      decision: 'implicitlyDenied',
      layer: 'blockPublicAccess',
    });
    const object = [{ grantee: { kind: 'all-users' }, permission: 'READ' }];
    const asS3AnswersIt = {
      Owner: { ID: '79a59df900b949e5' },
      Grants: [
        { Grantee: { Type: 'CanonicalUser', ID: '79a59df900b949e5' }, Permission: 'FULL_CONTROL' },
        { Grantee: { Type: 'Group', URI: 'http://acs.amazonaws.com/groups/global/AllUsers' }, Permission: 'READ' },
      ],
    };
    for (const acl of [{ ownership: 'ObjectWriter', bucket: [], object }, asS3AnswersIt]) {
      expect(await decide({ ...anonymous, acl })).toMatchObject({ decision: 'allowed', layer: 'acl' });
    }
    const list = { ...anonymous, action: 's3:ListBucket', resource: 'arn:aws:s3:::archive' };
    expect(await decide({ ...list, acl: asS3AnswersIt })).toMatchObject({ decision: 'allowed', layer: 'acl' });
  });
});

it('decide names every statement that denies, of all levels of an organization', async () => {
  const scps = [[everything, document(deny('s3:*', { Sid: 'Root' }))], [document(allow('*'), deny('s3:Get*'))]];
  const answer = await decide({ ...bea, ...get, policies: { identity: [document(deny('*'))], scps } });
  expect(answer).toMatchObject({
    decision: 'explicitlyDenied',
    layer: 'scp',
    statements: [
      { layer: 'scp', policy: 1, statement: 0, sid: 'Root' },
      { layer: 'scp', policy: 2, statement: 1 },
    ],
  });
});

describe('decide: empty lists', () => {
  it.each([
    [bea, { session: { policies: [], mfa: true } }],
    [session, { session: { kind: 'role', policies: [] } }],
    [bea, { policies: { identity: [everything], endpoint: [] } }],
    [bea, { policies: { identity: [everything], scps: [] } }],
  ])('%j is not limited by %j', async (who, part) => {
    const line = { ...who, ...get, policies: { identity: [everything] }, ...part };
    expect(await decide(line)).toMatchObject({ decision: 'allowed', layer: 'identity' });
  });

  it('a level without service control policies lets nothing pass', async () => {
    const policies = { identity: [everything], scps: [[everything], []] };
    expect(await decide({ ...bea, ...get, policies })).toMatchObject({ decision: 'implicitlyDenied', layer: 'scp' });
  });
});

describe('decide: documents that IAM would not save', () => {
  const withCondition = (Condition: object) => ({ identity: [document(allow('s3:*', { Condition }))] });
  const here = { ...get, resourceAccount: OWN };
  it.each([
    [
      'a wildcard inside a principal',
      { resource: document(allow('s3:*', { Principal: { AWS: `arn:aws:iam::${OWN}:user/*` } })) },
    ],
    ['a resource policy without Principal', { resource: document(allow('s3:*')) }],
    ['Allow with NotPrincipal', { resource: document(allow('s3:*', { NotPrincipal: { AWS: OTHER } })) }],
    ['an identity policy with Principal', { identity: [document(allow('s3:*', { Principal: '*' }))] }],
    ['a wildcard for the service of an ARN', { identity: [document(allow('s3:*', { Resource: 'arn:aws:s*:::*' }))] }],
    ['an operator that does not exist', withCondition({ StringContains: { 'aws:username': 'Bea' } })],
    ['Null with IfExists', withCondition({ NullIfExists: { 'aws:username': 'false' } })],
  ])('%s lets nobody in, by assumption', async (_, policies) => {
    expect(await decide({ ...bea, ...here, policies })).toMatchObject({
      decision: 'implicitlyDenied',
      basis: 'assumed',
    });
  });

  it.each(['Action', 'Resource'])('an empty list of %s matches nothing', async (element) => {
    const policies = { identity: [document(allow('s3:*', { [element]: [] }))] };
    expect(await decide({ ...bea, ...get, policies })).toMatchObject({
      decision: 'implicitlyDenied',
      basis: 'assumed',
    });
  });

  it('an operator that does not exist does not weaken a Deny', async () => {
    const Condition = { StringContains: { 'aws:username': 'Ada' } };
    const policies = { identity: [everything, document(deny('s3:*', { Condition }))] };
    expect(await decide({ ...bea, ...get, policies })).toMatchObject({
      decision: 'explicitlyDenied',
      basis: 'assumed',
    });
  });
});

describe('decide --explain', () => {
  const explained = (line: object) => askLine('decide --explain', line) as Promise<{ explanation: Explained }>;
  interface Explained {
    readonly layers: readonly { readonly layer: string; readonly outcome: string; readonly part: string }[];
    readonly paths: readonly object[];
    readonly flip: { readonly steps: readonly { readonly layer: string; readonly document: object }[] };
  }

  it('speaks of layers as lines do, and of policies by their places', async () => {
    const scps = [[everything], [everything, document(allow('*'), deny('s3:*', { Sid: 'No' }))]];
    const { explanation } = await explained({ ...bea, ...get, policies: { identity: [everything], scps } });
    expect(explanation.layers.map(({ layer, outcome, part }) => `${layer} ${outcome} ${part}`)).toEqual([
      'rcp notAsked none',
      'scp allows letsPass',
      'scp denies decides',
      'endpoint notAsked none',
      'resource notAsked none',
      'identity allows notEnough',
      'boundary notAsked none',
      'session notAsked none',
    ]);
    expect(explanation.flip.steps).toMatchObject([
      { layer: 'scp', do: 'changeStatement', policy: 2, statement: 1, sid: 'No' },
    ]);
    expect(JSON.stringify(explanation)).not.toContain('"name"');
  });

  it('tells every way by which a request is allowed', async () => {
    const resource = document(allow('s3:*', { Principal: { AWS: bea.principal } }));
    const { explanation } = await explained({ ...bea, ...get, policies: { identity: [everything], resource } });
    expect(explanation.paths).toMatchObject([{ layer: 'identity' }, { layer: 'resource' }]);
  });

  it('tells a change that, pasted, turns the answer', async () => {
    const boundary = document(allow('ec2:*'));
    const line = { ...bea, ...get, policies: { identity: [document(allow('ec2:*'))], boundary } };
    const { explanation } = await explained(line);
    const [own, limit] = explanation.flip.steps.map(({ document: statement }) => statement);
    if (own === undefined || limit === undefined) throw new Error('two steps are needed');
    const policies = { identity: [document(allow('ec2:*'), own)], boundary: document(allow('ec2:*'), limit) };
    expect(await decide({ ...line, policies })).toMatchObject({ decision: 'allowed' });
  });
});

describe('decide: faults', () => {
  it('names the choices where one must be taken', async () => {
    expect(await decide({ ...bea, ...get, session: { kind: 'console' } })).toEqual({
      error: {
        code: 'invalid_line',
        message: 'It must be one of "role", "federated", "web".',
        pointer: '/session/kind',
      },
    });
  });

  it.each([
    [{ policies: { identty: [] } }, { code: 'invalid_line', pointer: '/policies/identty' }],
    [{ action: 's3' }, { code: 'invalid_line', pointer: '/action' }],
    [{ policies: { scps: [[everything], [{}]] } }, { code: 'malformed_policy', pointer: '/policies/scps/1/0' }],
    [{ policies: { identity: ['{'] } }, { code: 'malformed_policy', pointer: '/policies/identity/0' }],
    [{ session: { issued: 'soon' } }, { code: 'invalid_line', pointer: '/session/issued' }],
    [
      {
        policies: {
          resource: document(allow('s3:*', { Principal: '*' })),
          trust: document({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: OWN } }),
        },
      },
      { code: 'conflicting_policies', pointer: '/policies/trust' },
    ],
  ])('%j', async (part, error) => {
    const answer = (await decide({ ...bea, ...get, ...part })) as { error: { pointer: string } };
    expect(answer).toMatchObject({ error: { code: error.code } });
    expect(answer.error.pointer.startsWith(error.pointer)).toBe(true);
  });
});

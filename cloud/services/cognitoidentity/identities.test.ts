import { beforeEach, describe, expect, test } from 'vitest';
import { nodeHashes, nodeRandom } from '../../../server/hashes/node-hashes.ts';
import { resolveCredential } from '../../credentials.ts';
import { accountId, allow, anonymous, type Output, partnerRoot, policy, root, Sandbox } from '../../testing/sandbox.ts';
import { issueToken } from '../sts/token-issuers.ts';

const provider = 'login.example.com';
const providerArn = `arn:aws:iam::${accountId}:oidc-provider/${provider}`;
const roleArn = (name: string) => `arn:aws:iam::${accountId}:role/${name}`;

let sandbox: Sandbox;
let poolId: string;
beforeEach(() => {
  sandbox = new Sandbox();
  sandbox.call('iam:CreateOpenIDConnectProvider', { Url: `https://${provider}`, ClientIDList: ['shop'] });
  poolId = sandbox.call('cognito-identity:CreateIdentityPool', {
    IdentityPoolName: 'shop',
    AllowUnauthenticatedIdentities: true,
    AllowClassicFlow: true,
    OpenIdConnectProviderARNs: [providerArn],
  }).IdentityPoolId;
});

function trust(amr: string): string {
  return policy({
    Effect: 'Allow',
    Principal: { Federated: 'cognito-identity.amazonaws.com' },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: {
      StringEquals: { 'cognito-identity.amazonaws.com:aud': poolId },
      'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': amr },
    },
  });
}

function makeRole(name: string, amr: string): void {
  sandbox.call('iam:CreateRole', { RoleName: name, AssumeRolePolicyDocument: trust(amr) });
  const PolicyDocument = policy(allow(['s3:ListAllMyBuckets', 'iam:ListUsers']));
  sandbox.call('iam:PutRolePolicy', { RoleName: name, PolicyName: 'p', PolicyDocument });
}

function withRoles(): void {
  makeRole('guest', 'unauthenticated');
  makeRole('member', 'authenticated');
  sandbox.call('cognito-identity:SetIdentityPoolRoles', {
    IdentityPoolId: poolId,
    Roles: { unauthenticated: roleArn('guest'), authenticated: roleArn('member') },
  });
}

function loginOf(sub: string, more: object = {}, seconds = 300): Readonly<Record<string, string>> {
  const issued = issueToken(sandbox.world, {
    issuer: `https://${provider}`,
    claims: { aud: 'shop', sub, ...more },
    seconds,
    now: sandbox.now,
    cloud: { random: nodeRandom, hashes: nodeHashes },
  });
  sandbox.world = issued.world;
  return { [provider]: issued.token };
}

const newGuest = (): string => sandbox.call('cognito-identity:GetId', { IdentityPoolId: poolId }, anonymous).IdentityId;

function bearer({ AccessKeyId }: Output) {
  const credential = resolveCredential(sandbox.world, AccessKeyId, sandbox.now);
  if (credential.kind !== 'found') throw new Error(credential.kind);
  return credential.caller;
}

describe('GetId', () => {
  test('makes a new guest each time, whose id leads to the account', () => {
    expect(newGuest()).toMatch(new RegExp(`^us-east-1:[0-9a-f-]{23}-${accountId}$`));
    expect(newGuest()).not.toBe(newGuest());
  });

  test('needs no permission', () => {
    expect(sandbox.asked('cognito-identity:GetId', { IdentityPoolId: poolId }, partnerRoot)).toEqual([]);
  });

  test('refuses guests of a pool that is for members, and pools that are not there', () => {
    sandbox.call('cognito-identity:UpdateIdentityPool', {
      IdentityPoolId: poolId,
      IdentityPoolName: 'shop',
      AllowUnauthenticatedIdentities: false,
    });
    const { code, message } = sandbox.fail('cognito-identity:GetId', { IdentityPoolId: poolId }, anonymous);
    expect([code, message]).toEqual([
      'NotAuthorizedException',
      'Unauthenticated access is not supported for this identity pool.',
    ]);
    const IdentityPoolId = `us-east-1:00000000-0000-4000-8000-${accountId}`;
    expect(sandbox.fail('cognito-identity:GetId', { IdentityPoolId }, anonymous).message).toBe(
      `IdentityPool '${IdentityPoolId}' not found.`,
    );
  });

  test('finds who signed in before, and tells others apart', () => {
    const id = (sub: string) =>
      sandbox.call('cognito-identity:GetId', { IdentityPoolId: poolId, Logins: loginOf(sub) }, anonymous).IdentityId;
    const ada = id('ada');
    expect(id('ada')).toBe(ada);
    expect(id('bob')).not.toBe(ada);
    expect(sandbox.call('cognito-identity:DescribeIdentity', { IdentityId: ada }).Logins).toEqual([provider]);
  });

  test.each([
    [
      'another provider',
      () => ({ 'other.example.com': 'x' }),
      'Token is not from a supported provider of this identity pool.',
    ],
    ['no token', () => ({ [provider]: 'x' }), 'Invalid login token. Not a valid OpenId Connect identity token.'],
    ['another audience', () => loginOf('ada', { aud: 'bank' }), 'Invalid login token. Incorrect token audience.'],
    ['an ended token', () => loginOf('ada', {}, -1), /^Invalid login token\. Token expired: \d+ >= \d+$/],
    [
      'a changed token',
      () => ({ [provider]: `${loginOf('ada')[provider]?.slice(0, -2)}AA` }),
      'Invalid login token. Token signature invalid.',
    ],
  ])('refuses %s', (_what, logins, text) => {
    const input = { IdentityPoolId: poolId, Logins: logins() };
    const { code, message } = sandbox.fail('cognito-identity:GetId', input, anonymous);
    expect(code).toBe('NotAuthorizedException');
    expect(message).toMatch(text);
  });
});

describe('GetCredentialsForIdentity', () => {
  beforeEach(withRoles);
  const credentials = (input: object) => sandbox.call('cognito-identity:GetCredentialsForIdentity', input, anonymous);

  test('gives a guest its role, cut to the services that guests have', () => {
    const IdentityId = newGuest();
    const caller = bearer(credentials({ IdentityId }).Credentials);
    expect(caller).toMatchObject({ roleName: 'guest', sessionName: 'CognitoIdentityCredentials' });
    sandbox.call('s3:ListBuckets', {}, caller);
    const { code, message } = sandbox.fail('iam:ListUsers', {}, caller);
    expect(code).toBe('AccessDenied');
    expect(message).toContain('no session policy allows the iam:ListUsers action');
  });

  test('gives who signed in the whole of theirs', () => {
    const Logins = loginOf('ada');
    const { IdentityId } = sandbox.call('cognito-identity:GetId', { IdentityPoolId: poolId, Logins }, anonymous);
    const caller = bearer(credentials({ IdentityId, Logins }).Credentials);
    expect(caller).toMatchObject({ roleName: 'member' });
    sandbox.call('iam:ListUsers', {}, caller);
    const { message } = sandbox.fail('cognito-identity:GetCredentialsForIdentity', { IdentityId }, anonymous);
    expect(message).toBe(`Access to Identity '${IdentityId}' is forbidden.`);
    const input = { IdentityId, Logins: loginOf('bob') };
    expect(sandbox.fail('cognito-identity:GetCredentialsForIdentity', input, anonymous).message).toBe(
      "Logins don't match. Please include at least one valid login for this identity or identity pool.",
    );
  });

  test('makes a guest who signs in a member', () => {
    const IdentityId = newGuest();
    expect(bearer(credentials({ IdentityId, Logins: loginOf('ada') }).Credentials)).toMatchObject({
      roleName: 'member',
    });
    expect(sandbox.call('cognito-identity:DescribeIdentity', { IdentityId }).Logins).toEqual([provider]);
  });

  test('asks the trust of the role: one that does not name the pool, or the kind of identity, is refused', () => {
    sandbox.call('cognito-identity:SetIdentityPoolRoles', {
      IdentityPoolId: poolId,
      Roles: { unauthenticated: roleArn('member') },
    });
    const { code, message } = sandbox.fail(
      'cognito-identity:GetCredentialsForIdentity',
      { IdentityId: newGuest() },
      anonymous,
    );
    expect([code, message]).toEqual([
      'InvalidIdentityPoolConfigurationException',
      'Invalid identity pool configuration. Check assigned IAM roles for this pool.',
    ]);
  });

  test('brings keys by which policies tell identities apart', () => {
    const IdentityId = newGuest();
    const PolicyDocument = policy(
      allow('s3:GetObject', `arn:aws:s3:::bucket/\${cognito-identity.amazonaws.com:sub}/*`),
    );
    sandbox.call('iam:PutRolePolicy', { RoleName: 'guest', PolicyName: 'own', PolicyDocument });
    sandbox.call('s3:CreateBucket', { Bucket: 'bucket' });
    for (const owner of [IdentityId, 'other'])
      sandbox.call('s3:PutObject', { Bucket: 'bucket', Key: `${owner}/k`, Body: new Uint8Array() });
    const caller = bearer(credentials({ IdentityId }).Credentials);
    sandbox.call('s3:GetObject', { Bucket: 'bucket', Key: `${IdentityId}/k` }, caller);
    expect(sandbox.fail('s3:GetObject', { Bucket: 'bucket', Key: 'other/k' }, caller).code).toBe('AccessDenied');
  });

  test('chooses a role by rules on the token', () => {
    makeRole('admin', 'authenticated');
    const rule = { Claim: 'group', MatchType: 'Equals', Value: 'staff', RoleARN: roleArn('admin') };
    const set = (AmbiguousRoleResolution: string) =>
      sandbox.call('cognito-identity:SetIdentityPoolRoles', {
        IdentityPoolId: poolId,
        Roles: { authenticated: roleArn('member') },
        RoleMappings: { [provider]: { Type: 'Rules', AmbiguousRoleResolution, RulesConfiguration: { Rules: [rule] } } },
      });
    const as = (claims: object) => ({ IdentityId: newGuest(), Logins: loginOf(JSON.stringify(claims), claims) });
    set('AuthenticatedRole');
    expect(bearer(credentials(as({ group: 'staff' })).Credentials)).toMatchObject({ roleName: 'admin' });
    expect(bearer(credentials(as({ group: 'crowd' })).Credentials)).toMatchObject({ roleName: 'member' });
    set('Deny');
    expect(sandbox.fail('cognito-identity:GetCredentialsForIdentity', as({ group: 'mob' }), anonymous).code).toBe(
      'NotAuthorizedException',
    );
  });
});

describe('GetOpenIdToken', () => {
  beforeEach(withRoles);

  test('gives a token by which any role that trusts the pool is assumed, uncut', () => {
    const IdentityId = newGuest();
    const { Token } = sandbox.call('cognito-identity:GetOpenIdToken', { IdentityId }, anonymous);
    const guest = {
      kind: 'federated-identity',
      provider: 'cognito-identity.amazonaws.com',
      subject: IdentityId,
    } as const;
    const input = { RoleArn: roleArn('guest'), RoleSessionName: 'in', WebIdentityToken: Token };
    const caller = bearer(sandbox.call('sts:AssumeRoleWithWebIdentity', input, guest).Credentials);
    sandbox.call('iam:ListUsers', {}, caller);
    const member = { ...input, RoleArn: roleArn('member') };
    expect(sandbox.fail('sts:AssumeRoleWithWebIdentity', member, guest).code).toBe('AccessDenied');
    sandbox.now += 601_000;
    expect(sandbox.fail('sts:AssumeRoleWithWebIdentity', input, guest).code).toBe('ExpiredTokenException');
  });

  test('is refused where the pool has no basic flow', () => {
    sandbox.call('cognito-identity:UpdateIdentityPool', {
      IdentityPoolId: poolId,
      IdentityPoolName: 'shop',
      AllowUnauthenticatedIdentities: true,
    });
    expect(sandbox.fail('cognito-identity:GetOpenIdToken', { IdentityId: newGuest() }, anonymous).message).toBe(
      'Basic (classic) flow is not enabled, please use enhanced flow.',
    );
  });
});

test('DeleteIdentities and ListIdentities', () => {
  const ids = [newGuest(), newGuest(), newGuest()].sort();
  const list = (input: object) => sandbox.call('cognito-identity:ListIdentities', { IdentityPoolId: poolId, ...input });
  const first = list({ MaxResults: 2 });
  const rest = list({ MaxResults: 2, NextToken: first.NextToken });
  expect([...first.Identities, ...rest.Identities].map(({ IdentityId }: Output) => IdentityId)).toEqual(ids);
  expect(sandbox.context('cognito-identity:DescribeIdentity', { IdentityId: ids[0] })).toEqual({});
  sandbox.call('cognito-identity:DeleteIdentities', { IdentityIdsToDelete: [ids[0]] }, root);
  expect(list({ MaxResults: 60 }).Identities).toHaveLength(2);
  expect(sandbox.fail('cognito-identity:DescribeIdentity', { IdentityId: ids[0] }).message).toBe(
    `Identity '${ids[0]}' not found.`,
  );
});

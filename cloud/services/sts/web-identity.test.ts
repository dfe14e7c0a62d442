import { beforeEach, describe, expect, test } from 'vitest';
import { accountIdOfAccessKey } from '../../access-key.ts';
import type { Claims } from '../../tokens/token.ts';
import { accountId, document, type Output, partnerId, Sandbox, trust } from '../iam/testing/sandbox.ts';
import { issueToken } from './token-issuers.ts';
import { unsignedWebIdentity } from './web-identity.ts';

const issuer = 'https://token.actions.githubusercontent.com';
const host = 'token.actions.githubusercontent.com';
const provider = `arn:aws:iam::${accountId}:oidc-provider/${host}`;
const RoleArn = `arn:aws:iam::${accountId}:role/Deploy`;
const main = 'repo:acme/shop:ref:refs/heads/main';
const steps = ['sts:AssumeRoleWithWebIdentity', 'sts:TagSession', 'sts:SetSourceIdentity'];
let sandbox: Sandbox;

beforeEach(() => {
  sandbox = new Sandbox();
  sandbox.call('CreateOpenIDConnectProvider', { Url: issuer, ClientIDList: ['sts.amazonaws.com'] });
  role({ StringEquals: { [`${host}:aud`]: 'sts.amazonaws.com', [`${host}:sub`]: main } });
});

function role(condition: object, actions: string | string[] = steps): void {
  const AssumeRolePolicyDocument = trust({ Federated: provider }, actions, condition);
  sandbox.call('CreateRole', { RoleName: 'Deploy', AssumeRolePolicyDocument });
}

function retrust(condition: object, actions: string | string[] = steps): void {
  const PolicyDocument = trust({ Federated: provider }, actions, condition);
  sandbox.call('UpdateAssumeRolePolicy', { RoleName: 'Deploy', PolicyDocument });
}

function token(claims: Claims = {}, from = issuer): string {
  const said = { aud: 'sts.amazonaws.com', sub: main, ...claims };
  const issued = issueToken(sandbox.world, { issuer: from, claims: said, now: sandbox.now, cloud: sandbox.cloud });
  sandbox.world = issued.world;
  return issued.token;
}

/** As the gateway does: the caller is whom the token speaks of. */
function asBearer(WebIdentityToken: string, more: object = {}) {
  const request = { RoleArn, RoleSessionName: 'build-7', WebIdentityToken, ...more };
  return { request, caller: unsignedWebIdentity.callerOf?.(request, sandbox.world, sandbox.now) };
}

function assume(WebIdentityToken = token(), more: object = {}): Output {
  const { request, caller } = asBearer(WebIdentityToken, more);
  return sandbox.call('AssumeRoleWithWebIdentity', request, caller);
}

function refused(WebIdentityToken: string, more: object = {}): string {
  const { request, caller } = asBearer(WebIdentityToken, more);
  return sandbox.refused('AssumeRoleWithWebIdentity', request, caller);
}

test('a token of a trusted provider gives credentials of the role', () => {
  const answer = assume();
  expect(answer).toMatchObject({
    SubjectFromWebIdentityToken: main,
    Audience: 'sts.amazonaws.com',
    Provider: provider,
    AssumedRoleUser: { Arn: `arn:aws:sts::${accountId}:assumed-role/Deploy/build-7` },
  });
  expect(accountIdOfAccessKey(answer.Credentials.AccessKeyId)).toBe(accountId);
  expect(sandbox.signedBy(answer.Credentials)).toMatchObject({
    kind: 'role-session',
    roleName: 'Deploy',
    session: { federatedProvider: provider },
  });
});

test('the sandbox is found by the role, and the caller by the token', () => {
  expect(unsignedWebIdentity.accountOf({ RoleArn })).toBe(accountId);
  expect(asBearer(token()).caller).toEqual({ kind: 'federated-identity', provider, subject: main });
});

describe('who may', () => {
  const denied = 'AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity';

  test.each([
    ['another branch', { sub: 'repo:acme/shop:ref:refs/heads/feature' }],
    ['a pull request', { sub: 'repo:acme/shop:pull_request' }],
    ['a fork', { sub: 'repo:mallory/shop:ref:refs/heads/main' }],
  ])('not %s', (_what, claims) => expect(refused(token(claims))).toBe(denied));

  test('whoever the provider’s own claims speak of', () => {
    retrust({ StringEquals: { [`${host}:repository`]: 'acme/shop', [`${host}:sub`]: main } });
    assume(token({ repository: 'acme/shop' }));
    expect(refused(token({ repository: 'mallory/shop' }))).toBe(denied);
    expect(refused(token())).toBe(denied);
  });

  test('not without the trust policy’s action, and not for a role that is not there', () => {
    expect(refused(token(), { RoleArn: `arn:aws:iam::${accountId}:role/None` })).toBe(denied);
    retrust({ StringEquals: { [`${host}:sub`]: main } }, 'sts:TagSession');
    expect(refused(token())).toBe(denied);
  });
});

describe('a token is refused', () => {
  const unproven =
    "InvalidIdentityToken: Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity documentation for requirements";

  test('of a provider that the account does not have', () => {
    expect(refused(token({}, 'https://evil.example.com'))).toBe(
      'InvalidIdentityToken: No OpenIDConnect provider found in your account for https://evil.example.com',
    );
    const partner = `arn:aws:iam::${partnerId}:role/Deploy`;
    expect(refused(token(), { RoleArn: partner })).toContain('No OpenIDConnect provider found in your account');
  });

  test('with claims that were changed, or signed by nobody that is known', () => {
    const [header, , signature] = token().split('.');
    const forged = Buffer.from(JSON.stringify({ iss: issuer, aud: 'sts.amazonaws.com', sub: main, exp: 9e9 }));
    expect(refused([header, forged.toString('base64url'), signature].join('.'))).toBe(unproven);
    sandbox = new Sandbox();
    sandbox.call('CreateOpenIDConnectProvider', { Url: issuer, ClientIDList: ['sts.amazonaws.com'] });
    expect(refused([header, forged.toString('base64url'), signature].join('.'))).toBe(unproven);
  });

  test('after its end, on the sandbox’s clock', () => {
    const old = token();
    sandbox.realNow += 300_000;
    const now = Math.floor(sandbox.now / 1000);
    expect(refused(old)).toBe(
      `ExpiredTokenException: Token expired: current date/time ${now} must be before the expiration date/time ${now}`,
    );
  });

  test('for somebody else', () => {
    expect(refused(token({ aud: 'https://github.com/acme' }))).toBe('InvalidIdentityToken: Incorrect token audience');
    sandbox.call('AddClientIDToOpenIDConnectProvider', {
      OpenIDConnectProviderArn: provider,
      ClientID: 'https://github.com/acme',
    });
    retrust({ StringEquals: { [`${host}:sub`]: main } });
    expect(assume(token({ aud: 'https://github.com/acme' })).Audience).toBe('https://github.com/acme');
  });

  test('that is none', () => {
    const text =
      'InvalidIdentityToken: The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)';
    expect(() => asBearer('not-a-token')).toThrow(text.slice(text.indexOf(' ') + 1));
    expect(() => asBearer(token(), { ProviderId: 'graph.facebook.com' })).toThrow('not a valid JWT');
    expect(() => asBearer(token({ sub: 7 }))).toThrow('Missing a required claim: sub');
  });
});

test('tags and source identity of the token go with the session, by permission', () => {
  const claims = {
    'https://aws.amazon.com/tags': { principal_tags: { project: ['shop'] }, transitive_tag_keys: ['project'] },
    'https://aws.amazon.com/source_identity': 'octocat',
  };
  const answer = assume(token(claims));
  expect(answer.SourceIdentity).toBe('octocat');
  expect(sandbox.signedBy(answer.Credentials)).toMatchObject({
    tags: { project: 'shop' },
    session: { sourceIdentity: 'octocat' },
  });
  retrust({ StringEquals: { [`${host}:sub`]: main } }, 'sts:AssumeRoleWithWebIdentity');
  expect(refused(token(claims))).toContain('Not authorized to perform sts:TagSession');
});

test('session policies and durations are held to what AssumeRole’s are', () => {
  expect(refused(token(), { DurationSeconds: 7200 })).toContain('exceeds the MaxSessionDuration set for this role');
  const Policy = document('s3:GetObject');
  expect(assume(token(), { Policy }).PackedPolicySize).toBeGreaterThan(0);
  expect(refused(token(), { Policy: '{' })).toContain('MalformedPolicyDocument');
});

test('who signed a request instead is not whom the token speaks of', () => {
  const request = { RoleArn, RoleSessionName: 'build-7', WebIdentityToken: token() };
  expect(sandbox.refused('AssumeRoleWithWebIdentity', request)).toContain('not authorized');
});

test('an assertion of SAML is never signed by a provider of the account', () => {
  const request = {
    RoleArn,
    PrincipalArn: `arn:aws:iam::${accountId}:saml-provider/ADFS`,
    SAMLAssertion: btoa('<Response/>'),
  };
  expect(sandbox.refused('AssumeRoleWithSAML', request, { kind: 'anonymous' })).toBe(
    'InvalidIdentityToken: Response signature invalid',
  );
});

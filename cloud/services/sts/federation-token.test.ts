import { beforeEach, describe, expect, test } from 'vitest';
import type { AnyCaller } from '../../../iam/model.ts';
import { resolveCredential } from '../../credentials.ts';
import { accountId, document, type Output, root, Sandbox, startTime, trust } from '../iam/testing/sandbox.ts';

const Arn = `arn:aws:sts::${accountId}:federated-user/Bob`;
let sandbox: Sandbox;
let bea: AnyCaller;

beforeEach(() => {
  sandbox = new Sandbox();
  bea = sandbox.user('Bea', document('*'));
});

const federate = (more: object = {}, caller = bea): Output =>
  sandbox.call('GetFederationToken', { Name: 'Bob', ...more }, caller);

test('gives a session under another name, for twelve hours', () => {
  const answer = federate();
  expect(answer.FederatedUser).toEqual({ Arn, FederatedUserId: `${accountId}:Bob` });
  expect(answer.Credentials.Expiration).toEqual(new Date(startTime + 43_200_000));
  expect(answer).not.toHaveProperty('PackedPolicySize');
  const bob = sandbox.signedBy(answer.Credentials);
  expect(sandbox.call('GetCallerIdentity', {}, bob)).toEqual({
    Account: accountId,
    Arn,
    UserId: `${accountId}:Bob`,
  });
});

test('needs permission on the federated user, also to pass tags', () => {
  const Tags = [{ Key: 'team', Value: 'x' }];
  expect(sandbox.asked('GetFederationToken', { Name: 'Bob', Tags }, bea)).toEqual([
    `sts:GetFederationToken ${Arn}`,
    `sts:TagSession ${Arn}`,
  ]);
  const cleo = sandbox.user('Cleo', document('sts:GetFederationToken', Arn));
  federate({}, cleo);
  const as = (request: object) => sandbox.refused('GetFederationToken', request, cleo);
  expect(as({ Name: 'Eve' })).toContain('is not authorized to perform: sts:GetFederationToken on resource');
  expect(as({ Name: 'Bob', Tags })).toContain('is not authorized to perform: sts:TagSession');
});

test('the tags are the session’s, over the user’s', () => {
  sandbox.call('TagUser', { UserName: 'Bea', Tags: [{ Key: 'Team', Value: 'old' }] });
  const { Credentials } = federate({ Tags: [{ Key: 'team', Value: 'new' }] });
  expect(sandbox.signedBy(Credentials)).toMatchObject({ tags: { team: 'new' }, parent: { id: expect.any(String) } });
});

describe('how long', () => {
  test('root has an hour at most', () => {
    expect(federate({ DurationSeconds: 129_600 }, root).Credentials.Expiration).toEqual(
      new Date(startTime + 3_600_000),
    );
    expect(federate({ DurationSeconds: 129_600 }).Credentials.Expiration).toEqual(new Date(startTime + 129_600_000));
  });

  test('within AWS’s bounds', () => {
    for (const DurationSeconds of [899, 129_601]) {
      expect(sandbox.refused('GetFederationToken', { Name: 'Bob', DurationSeconds }, bea)).toContain('ValidationError');
    }
  });

  test('survives the key that made it, and ends with its user', () => {
    const { Credentials } = federate();
    const [key] = sandbox.call('ListAccessKeys', { UserName: 'Bea' }).AccessKeyMetadata;
    sandbox.call('UpdateAccessKey', { UserName: 'Bea', AccessKeyId: key.AccessKeyId, Status: 'Inactive' });
    expect(sandbox.signedBy(Credentials)).toMatchObject({ kind: 'federated-user' });
    sandbox.call('DeleteAccessKey', { UserName: 'Bea', AccessKeyId: key.AccessKeyId });
    sandbox.call('DeleteUserPolicy', { UserName: 'Bea', PolicyName: 'p' });
    sandbox.call('DeleteUser', { UserName: 'Bea' });
    expect(resolveCredential(sandbox.world, Credentials.AccessKeyId, sandbox.now).kind).toBe('unknown');
  });
});

test('row 37: may call neither IAM nor STS', () => {
  const bob = sandbox.signedBy(federate({ Policy: document('*') }).Credentials);
  expect(sandbox.refused('ListUsers', {}, bob)).toContain('InvalidClientTokenId');
  for (const operation of ['GetFederationToken', 'GetSessionToken']) {
    expect(sandbox.refused(operation, { Name: 'Bob' }, bob)).toBe(
      `AccessDenied: Cannot call ${operation} with session credentials`,
    );
  }
});

test('is not for sessions', () => {
  const trusting = trust({ AWS: accountId });
  sandbox.call('CreateRole', { RoleName: 'R', AssumeRolePolicyDocument: trusting });
  const RoleArn = `arn:aws:iam::${accountId}:role/R`;
  const role = sandbox.signedBy(sandbox.call('AssumeRole', { RoleArn, RoleSessionName: 'night' }, bea).Credentials);
  const own = sandbox.signedBy(sandbox.call('GetSessionToken', {}, bea).Credentials);
  for (const caller of [role, own]) {
    expect(sandbox.refused('GetFederationToken', { Name: 'Bob' }, caller)).toBe(
      'AccessDenied: Cannot call GetFederationToken with session credentials',
    );
  }
});

test('session policies are held to the grammar and, with the tags, to their size', () => {
  const refused = (more: object) => sandbox.refused('GetFederationToken', { Name: 'Bob', ...more }, bea);
  expect(refused({ Policy: '{}' })).toContain('MalformedPolicyDocument');
  const Policy = document(Array.from({ length: 120 }, (_, i) => `iam:Action${i}`));
  expect(federate({ Policy }).PackedPolicySize).toBeLessThanOrEqual(100);
  expect(refused({ Policy, Tags: [{ Key: 'k', Value: 'v'.repeat(250) }] })).toContain('PackedPolicyTooLarge');
});

import { beforeEach, describe, expect, test } from 'vitest';
import { accountId, document, type Output, Sandbox, startTime } from './testing/sandbox.ts';

const git = 'codecommit.amazonaws.com';
let sandbox: Sandbox;

beforeEach(() => {
  sandbox = new Sandbox();
  sandbox.call('CreateUser', { UserName: 'Bea' });
});

const create = (more: object = {}, caller?: Parameters<Sandbox['call']>[2]): Output =>
  sandbox.call('CreateServiceSpecificCredential', { UserName: 'Bea', ServiceName: git, ...more }, caller)
    .ServiceSpecificCredential;
const list = (more: object = { UserName: 'Bea' }): Output =>
  sandbox.call('ListServiceSpecificCredentials', more).ServiceSpecificCredentials;

test('a user name and a password for one service, the password shown once', () => {
  const made = create();
  expect(made).toEqual({
    UserName: 'Bea',
    Status: 'Active',
    ServiceName: git,
    ServiceUserName: `Bea-at-${accountId}`,
    ServicePassword: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/),
    ServiceSpecificCredentialId: expect.stringMatching(/^ACCA[A-Z2-7]{17}$/),
    CreateDate: new Date(startTime),
  });
  const { ServicePassword: _, ...shown } = made;
  expect(list()).toEqual([shown]);
  expect(JSON.stringify(sandbox.world)).not.toContain(made.ServicePassword);
});

test('two of a service at most, and no service that has none', () => {
  expect([create(), create()].map(({ ServiceUserName }) => ServiceUserName)).toEqual([
    `Bea-at-${accountId}`,
    `Bea+1-at-${accountId}`,
  ]);
  const refused = (ServiceName: string) =>
    sandbox.refused('CreateServiceSpecificCredential', { UserName: 'Bea', ServiceName });
  expect(refused(git)).toBe('LimitExceeded: Cannot exceed quota for ServiceSpecificCredentialsPerUser: 2');
  expect(refused('s3.amazonaws.com')).toContain('NotSupportedService');
  create({ ServiceName: 'cassandra.amazonaws.com' });
  expect(list({ UserName: 'Bea', ServiceName: git })).toHaveLength(2);
});

test('an API key of Bedrock, with an end', () => {
  const made = create({ ServiceName: 'bedrock.amazonaws.com', CredentialAgeDays: 30 });
  expect(made).toMatchObject({
    ServiceCredentialAlias: `Bea-at-${accountId}`,
    ServiceCredentialSecret: expect.stringMatching(/^ABSK/),
    ExpirationDate: new Date(startTime + 30 * 86_400_000),
  });
  expect(made).not.toHaveProperty('ServicePassword');
  const aged = { UserName: 'Bea', ServiceName: git, CredentialAgeDays: 30 };
  expect(sandbox.refused('CreateServiceSpecificCredential', aged)).toContain('ValidationError');
});

test('is reset, switched off and deleted', () => {
  const made = create();
  const request = { UserName: 'Bea', ServiceSpecificCredentialId: made.ServiceSpecificCredentialId };
  const again = sandbox.call('ResetServiceSpecificCredential', request).ServiceSpecificCredential;
  expect(again.ServicePassword).not.toBe(made.ServicePassword);
  sandbox.call('UpdateServiceSpecificCredential', { ...request, Status: 'Inactive' });
  expect(list()[0].Status).toBe('Inactive');
  expect(sandbox.refused('DeleteUser', { UserName: 'Bea' })).toContain('DeleteConflict');
  sandbox.call('DeleteServiceSpecificCredential', request);
  expect(list()).toEqual([]);
  for (const operation of ['Reset', 'Update', 'Delete']) {
    const asked = operation === 'Update' ? { ...request, Status: 'Active' } : request;
    expect(sandbox.refused(`${operation}ServiceSpecificCredential`, asked)).toContain('NoSuchEntity');
  }
  sandbox.call('DeleteUser', { UserName: 'Bea' });
});

test('all users’ are listed in parts', () => {
  sandbox.call('CreateUser', { UserName: 'Cleo' });
  create();
  create({ UserName: 'Cleo' });
  const first = sandbox.call('ListServiceSpecificCredentials', { AllUsers: true, MaxItems: 1 });
  expect(first.IsTruncated).toBe(true);
  const next = sandbox.call('ListServiceSpecificCredentials', { AllUsers: true, Marker: first.Marker });
  const names = [...first.ServiceSpecificCredentials, ...next.ServiceSpecificCredentials].map(
    ({ UserName }: Output) => UserName,
  );
  expect(names.sort()).toEqual(['Bea', 'Cleo']);
  expect(list({})).toEqual([]);
});

describe('path M7: a credential for another user', () => {
  test('needs the permission on that user alone', () => {
    sandbox.call('CreateUser', { UserName: 'Admin' });
    const eve = sandbox.user('Eve', document('iam:CreateServiceSpecificCredential'));
    expect(create({ UserName: 'Admin' }, eve).ServicePassword).toBeTruthy();
    const mae = sandbox.user(
      'Mae',
      document('iam:*ServiceSpecificCredential*', `arn:aws:iam::${accountId}:user/\${aws:username}`),
    );
    create({ UserName: 'Mae' }, mae);
    const request = { UserName: 'Admin', ServiceName: git };
    expect(sandbox.refused('CreateServiceSpecificCredential', request, mae)).toContain(
      'not authorized to perform: iam:CreateServiceSpecificCredential on resource: user Admin',
    );
  });
});

import { beforeEach, describe, expect, test } from 'vitest';
import { accountId, ec2Trust, type Output, partnerId, Sandbox, trust } from './testing/sandbox.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});

const user = (name: string, path = '/') => `arn:aws:iam::${accountId}:user${path}${name}`;

function create(AssumeRolePolicyDocument: string): Output {
  return sandbox.call('CreateRole', { RoleName: 'R', AssumeRolePolicyDocument }).Role;
}

function shown(): Output {
  return JSON.parse(decodeURIComponent(sandbox.call('GetRole', { RoleName: 'R' }).Role.AssumeRolePolicyDocument));
}

function stored(): string {
  return sandbox.world.accounts[accountId]?.iam.roles['R']?.trustPolicy ?? '';
}

describe('row 28: principals of a trust policy', () => {
  test('are kept as unique ids and shown as ARNs while they exist', () => {
    const { UserId } = sandbox.call('CreateUser', { UserName: 'Bea', Path: '/staff/' }).User;
    create(trust({ AWS: user('Bea', '/staff/') }));
    expect(stored()).toContain(UserId);
    expect(stored()).not.toContain('arn:aws:iam');
    expect(shown().Statement[0].Principal).toEqual({ AWS: user('Bea', '/staff/') });
    sandbox.call('UpdateUser', { UserName: 'Bea', NewUserName: 'Beatrice', NewPath: '/' });
    expect(shown().Statement[0].Principal).toEqual({ AWS: user('Beatrice') });
    sandbox.call('DeleteUser', { UserName: 'Beatrice' });
    expect(shown().Statement[0].Principal).toEqual({ AWS: UserId });
    sandbox.call('CreateUser', { UserName: 'Beatrice' });
    expect(shown().Statement[0].Principal).toEqual({ AWS: UserId });
  });

  test('of a role’s session are kept by the role’s id', () => {
    const { RoleId } = sandbox.call('CreateRole', {
      RoleName: 'Source',
      Path: '/deep/',
      AssumeRolePolicyDocument: ec2Trust,
    }).Role;
    const session = `arn:aws:sts::${accountId}:assumed-role/Source/nightly`;
    create(trust({ AWS: [session] }));
    expect(stored()).toContain(`"${RoleId}:nightly"`);
    expect(shown().Statement[0].Principal).toEqual({ AWS: [session] });
  });

  test('are changed in Principal alone', () => {
    sandbox.call('CreateUser', { UserName: 'Bea' });
    const condition = { ArnEquals: { 'aws:PrincipalArn': user('Bea') } };
    create(trust({ AWS: [user('Bea'), partnerId] }, 'sts:AssumeRole', condition));
    expect(JSON.parse(stored()).Statement[0].Condition).toEqual(condition);
    expect(shown().Statement[0].Principal.AWS).toEqual([user('Bea'), `arn:aws:iam::${partnerId}:root`]);
  });

  test('may be users and roles of a neighbour, and anyone of an account that is not of the sandbox', () => {
    expect(create(trust({ AWS: 'arn:aws:iam::999999999999:role/path/Any' })).RoleName).toBe('R');
    expect(shown().Statement[0].Principal.AWS).toBe('arn:aws:iam::999999999999:role/path/Any');
    const PolicyDocument = trust({ AWS: `arn:aws:iam::${partnerId}:user/none` });
    expect(sandbox.refused('UpdateAssumeRolePolicy', { RoleName: 'R', PolicyDocument })).toBe(
      `MalformedPolicyDocument: Invalid principal in policy: "AWS":"arn:aws:iam::${partnerId}:user/none"`,
    );
  });

  test.each([
    [{ AWS: user('nobody') }, `"AWS":"${user('nobody')}"`],
    [{ AWS: user('Bea', '/wrong/') }, `"AWS":"${user('Bea', '/wrong/')}"`],
    [{ AWS: user('bea') }, `"AWS":"${user('bea')}"`],
    [{ AWS: `arn:aws:iam::${accountId}:role/none` }, `"AWS":"arn:aws:iam::${accountId}:role/none"`],
    [{ AWS: `arn:aws:sts::${accountId}:assumed-role/none/s` }, `"AWS":"arn:aws:sts::${accountId}:assumed-role/none/s"`],
    [{ AWS: 'AIDAAAAAAAAAAAAAAAAAA' }, '"AWS":"AIDAAAAAAAAAAAAAAAAAA"'],
    [{ Service: 'nonsense' }, '"SERVICE":"nonsense"'],
  ])('that do not exist are refused: %j', (principal, text) => {
    sandbox.call('CreateUser', { UserName: 'Bea' });
    expect(sandbox.refused('CreateRole', { RoleName: 'R', AssumeRolePolicyDocument: trust(principal) })).toBe(
      `MalformedPolicyDocument: Invalid principal in policy: ${text}`,
    );
  });
});

describe('trust policies', () => {
  test('are answered by CreateRole as they were given', () => {
    const text = `{ "Version": "2012-10-17", "Statement": ${JSON.stringify(JSON.parse(ec2Trust).Statement)} }`;
    expect(decodeURIComponent(create(text).AssumeRolePolicyDocument)).toBe(text);
  });

  test.each([
    ['{"Version"', 'This policy contains invalid Json'],
    [
      trust({ Service: 'ec2.amazonaws.com' }, 's3:GetObject'),
      'AssumeRole policy may only specify STS AssumeRole actions.',
    ],
    [
      JSON.stringify({ Statement: [{ ...JSON.parse(ec2Trust).Statement[0], Resource: '*' }] }),
      'Has prohibited field Resource',
    ],
  ])('that are malformed are refused: %s', (PolicyDocument, text) => {
    create(ec2Trust);
    expect(sandbox.refused('UpdateAssumeRolePolicy', { RoleName: 'R', PolicyDocument })).toBe(
      `MalformedPolicyDocument: ${text}`,
    );
  });

  test('of more than 2,048 characters, white space aside, are refused', () => {
    const long = (count: number) =>
      trust({ AWS: Array.from({ length: count }, (_, i) => `arn:aws:iam::${String(200000000000 + i)}:root`) });
    create(long(50).replace(/,/g, `,${' '.repeat(20)}`));
    const PolicyDocument = long(70);
    expect(sandbox.refused('UpdateAssumeRolePolicy', { RoleName: 'R', PolicyDocument })).toBe(
      'LimitExceeded: Cannot exceed quota for ACLSizePerRole: 2048',
    );
  });

  test('are replaced', () => {
    create(ec2Trust);
    sandbox.call('UpdateAssumeRolePolicy', { RoleName: 'R', PolicyDocument: trust({ AWS: accountId }) });
    expect(shown().Statement[0].Principal).toEqual({ AWS: `arn:aws:iam::${accountId}:root` });
    expect(sandbox.refused('UpdateAssumeRolePolicy', { RoleName: 'none', PolicyDocument: ec2Trust })).toContain(
      'NoSuchEntity',
    );
  });
});

import { totpCode, totpStep } from '../../../cloud/services/iam/totp.ts';
import { nodeHashes } from '../../../server/hashes/node-hashes.ts';
import { allow, role, roleArn, trusts, user, userArn, userPolicy, when } from '../documents.ts';
import type { Answers, PathRow } from '../row.ts';

const serial = (name: string) => `arn:aws:iam::111122223333:mfa/${name}`;
const mfa = ['iam:CreateVirtualMFADevice', 'iam:EnableMFADevice'];
const keys = ['iam:ListAccessKeys', 'iam:DeleteAccessKey', 'iam:CreateAccessKey'];

/** A code of the device that an answer made, so many steps of 30 seconds from now. */
function code(made: Answers[string], now: number, steps = 0): string {
  const seed = new TextDecoder().decode(made.VirtualMFADevice.Base32StringSeed);
  return totpCode(seed, totpStep(now) + steps, nodeHashes);
}

const twoCodes = (made: Answers[string], now: number) => ({
  AuthenticationCode1: code(made, now, -1),
  AuthenticationCode2: code(made, now),
});

export const row: PathRow = {
  row: '28',
  title: 'An MFA device of one’s own for a victim',
  given: [
    ...user('Boss'),
    { call: 'iam:CreateAccessKey', with: { UserName: 'Boss' } },
    { call: 'iam:CreateAccessKey', with: { UserName: 'Boss' } },
    ...role('Vault', trusts({ AWS: userArn('Boss') }, when('Bool', 'aws:MultiFactorAuthPresent', 'true')), allow('*')),
    ...user('Eve', allow([...mfa, ...keys])),
  ],
  attacker: 'user/Eve',
  attack: [
    { call: 'iam:ListAccessKeys', with: { UserName: 'Boss' }, name: 'known' },
    {
      call: 'iam:DeleteAccessKey',
      with: ({ known }) => ({ UserName: 'Boss', AccessKeyId: known.AccessKeyMetadata[0].AccessKeyId }),
    },
    { call: 'iam:CreateAccessKey', with: { UserName: 'Boss' }, name: 'key' },
    { call: 'iam:CreateVirtualMFADevice', with: { VirtualMFADeviceName: 'burner' }, name: 'device' },
    {
      call: 'iam:EnableMFADevice',
      with: ({ device }, now) => ({ UserName: 'Boss', SerialNumber: serial('burner'), ...twoCodes(device, now) }),
    },
    {
      call: 'sts:AssumeRole',
      as: 'from:key',
      with: ({ device }, now) => ({
        RoleArn: roleArn('Vault'),
        RoleSessionName: 'in',
        SerialNumber: serial('burner'),
        TokenCode: code(device, now),
      }),
      name: 'vault',
    },
  ],
  gain: { call: 'iam:CreateUser', with: { UserName: 'Mole' }, as: 'from:vault' },
  fixes: [
    {
      what: 'devices of oneself alone',
      steps: [
        userPolicy(
          'Eve',
          allow(['iam:CreateVirtualMFADevice', ...keys]),
          allow('iam:EnableMFADevice', userArn(`\${aws:username}`)),
        ),
      ],
      stops: 'iam:EnableMFADevice',
    },
  ],
  work: [
    {
      call: 'iam:CreateVirtualMFADevice',
      as: 'user/Eve',
      with: { VirtualMFADeviceName: 'own' },
      name: 'own',
    },
    {
      call: 'iam:EnableMFADevice',
      as: 'user/Eve',
      with: ({ own }, now) => ({ UserName: 'Eve', SerialNumber: serial('own'), ...twoCodes(own, now) }),
    },
    { call: 'iam:DeactivateMFADevice', with: { UserName: 'Eve', SerialNumber: serial('own') } },
    { call: 'iam:DeleteVirtualMFADevice', with: { SerialNumber: serial('own') } },
  ],
};

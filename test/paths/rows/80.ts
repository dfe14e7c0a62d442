import { allow, roleArn, trusts, user, userArn, userPolicy, when } from '../documents.ts';
import type { Answers, CallStep, PathRow } from '../row.ts';

const keyId = ({ key }: Answers): string => key.KeyMetadata.KeyId;
const secret = new TextEncoder().encode('the board meets on Tuesday');

const grantTo = (GranteePrincipal: string): CallStep => ({
  call: 'kms:CreateGrant',
  with: (answers) => ({ KeyId: keyId(answers), GranteePrincipal, Operations: ['Decrypt'] }),
});

export const row: PathRow = {
  row: '80',
  title: 'A grant of a KMS key to oneself',
  given: [
    ...user('Eve', allow(['kms:CreateGrant', 'kms:ListGrants'])),
    { call: 'iam:CreateRole', with: { RoleName: 'Backup', AssumeRolePolicyDocument: trusts({ AWS: userArn('Eve') }) } },
    { call: 'kms:CreateKey', name: 'key' },
    {
      call: 'kms:Encrypt',
      name: 'sealed',
      with: (answers) => ({ KeyId: keyId(answers), Plaintext: secret }),
    },
  ],
  attacker: 'user/Eve',
  attack: [
    grantTo(userArn('Eve')),
    {
      call: 'kms:ListGrants',
      with: (answers) => ({ KeyId: keyId(answers), GranteePrincipal: userArn('Eve') }),
    },
  ],
  gain: { call: 'kms:Decrypt', with: ({ sealed }) => ({ CiphertextBlob: sealed.CiphertextBlob }) },
  fixes: [
    {
      what: 'kms:GranteePrincipal and kms:GrantOperations',
      steps: [
        userPolicy(
          'Eve',
          allow('kms:ListGrants'),
          allow('kms:CreateGrant', '*', {
            Condition: {
              ...when('ArnEquals', 'kms:GranteePrincipal', roleArn('Backup')).Condition,
              ...when('ForAllValues:StringEquals', 'kms:GrantOperations', ['Decrypt', 'Encrypt']).Condition,
            },
          }),
        ),
      ],
      stops: 'kms:CreateGrant',
    },
  ],
  work: [{ ...grantTo(roleArn('Backup')), as: 'user/Eve' }],
};

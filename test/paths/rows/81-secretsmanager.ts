import { allow, policy, user, userPolicy, when } from '../documents.ts';
import type { Answers, PathRow } from '../row.ts';
import { accountId, partnerId } from '../sandbox.ts';

const secretArn = ({ secret }: Answers): string => secret.ARN;
const toPartner = policy({ ...allow('secretsmanager:GetSecretValue'), Principal: { AWS: partnerId } });
const toApp = policy({ ...allow('secretsmanager:GetSecretValue'), Principal: { AWS: accountId } });

/** The vendor may use the key through Secrets Manager, for another secret that is shared with it. */
const keyPolicy = policy(
  { ...allow('kms:*'), Principal: { AWS: accountId } },
  {
    ...allow('kms:Decrypt'),
    Principal: { AWS: partnerId },
    ...when('StringEquals', 'kms:ViaService', 'secretsmanager.us-east-1.amazonaws.com'),
  },
);

export const row: PathRow = {
  row: '81-secretsmanager',
  title: 'A resource policy that gives a secret to an outside account',
  given: [
    ...user('Eve', allow('secretsmanager:PutResourcePolicy')),
    { call: 'kms:CreateKey', name: 'key', with: { Policy: keyPolicy } },
    {
      call: 'secretsmanager:CreateSecret',
      name: 'secret',
      with: ({ key }) => ({
        Name: 'payroll/db',
        SecretString: 'flag',
        KmsKeyId: key.KeyMetadata.Arn,
        ClientRequestToken: '00000000-0000-4000-8000-000000000001',
      }),
    },
    {
      call: 'secretsmanager:CreateSecret',
      name: 'own',
      with: { Name: 'team/own', SecretString: 'v', ClientRequestToken: '00000000-0000-4000-8000-000000000002' },
    },
  ],
  attacker: 'user/Eve',
  attack: [
    {
      call: 'secretsmanager:PutResourcePolicy',
      with: (answers) => ({ SecretId: secretArn(answers), ResourcePolicy: toPartner }),
    },
  ],
  gain: {
    call: 'secretsmanager:GetSecretValue',
    as: 'partner',
    with: (answers) => ({ SecretId: secretArn(answers) }),
  },
  fixes: [
    {
      what: 'the secrets that are the team’s own',
      steps: [userPolicy('Eve', allow('secretsmanager:PutResourcePolicy', 'arn:aws:secretsmanager:*:*:secret:team/*'))],
      stops: 'secretsmanager:PutResourcePolicy',
    },
    {
      what: 'no use of the key for the outside account on this secret',
      steps: [
        {
          call: 'kms:PutKeyPolicy',
          with: ({ key }) => ({
            KeyId: key.KeyMetadata.KeyId,
            Policy: policy({ ...allow('kms:*'), Principal: { AWS: accountId } }),
          }),
        },
      ],
      stops: 'secretsmanager:GetSecretValue',
    },
  ],
  work: [
    {
      call: 'secretsmanager:PutResourcePolicy',
      as: 'user/Eve',
      with: { SecretId: 'team/own', ResourcePolicy: toApp },
    },
    { call: 'secretsmanager:GetSecretValue', with: (answers) => ({ SecretId: secretArn(answers) }) },
  ],
};

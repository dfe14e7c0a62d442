import { allow, policy, user, userArn, userPolicy } from '../documents.ts';
import type { Answers, PathRow } from '../row.ts';
import { accountId } from '../sandbox.ts';

const keyId = ({ key }: Answers): string => key.KeyMetadata.KeyId;
const delegating = { ...allow('kms:*'), Principal: { AWS: accountId } };
const reader = { ...allow('kms:Decrypt'), Principal: { AWS: userArn('Eve') } };

export const row: PathRow = {
  row: '80-key-policy',
  title: 'A key policy that lets oneself decrypt',
  given: [
    ...user('Eve', allow(['kms:GetKeyPolicy', 'kms:PutKeyPolicy'])),
    { call: 'kms:CreateKey', name: 'key' },
    {
      call: 'kms:Encrypt',
      name: 'sealed',
      with: (answers) => ({ KeyId: keyId(answers), Plaintext: new Uint8Array([42]) }),
    },
  ],
  attacker: 'user/Eve',
  attack: [
    { call: 'kms:GetKeyPolicy', with: (answers) => ({ KeyId: keyId(answers) }) },
    {
      call: 'kms:PutKeyPolicy',
      with: (answers) => ({ KeyId: keyId(answers), Policy: policy(delegating, reader) }),
    },
  ],
  gain: { call: 'kms:Decrypt', with: ({ sealed }) => ({ CiphertextBlob: sealed.CiphertextBlob }) },
  fixes: [
    { what: 'no PutKeyPolicy', steps: [userPolicy('Eve', allow('kms:GetKeyPolicy'))], stops: 'kms:PutKeyPolicy' },
  ],
  work: [{ call: 'kms:GetKeyPolicy', as: 'user/Eve', with: (answers) => ({ KeyId: keyId(answers) }) }],
};

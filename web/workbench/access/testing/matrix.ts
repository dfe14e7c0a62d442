/** A small account as the access matrix tells it: Bea of the group Clerks, the role Auditor, a bucket. */
import type { AccessMatrix, KnownPermission } from '../../../../contract/index.ts';

const accountId = '111122223333';
const bucket = 'arn:aws:s3:::seeds';

export const document = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

export const allow = (action: string, resource: string = '*') => ({
  Effect: 'Allow',
  Action: action,
  Resource: resource,
});

const bea = {
  kind: 'user',
  accountId,
  arn: `arn:aws:iam::${accountId}:user/Bea`,
  name: 'Bea',
  id: 'AIDAEXAMPLE',
  tags: {},
} as const;
const auditor = {
  kind: 'role-session',
  accountId,
  roleArn: `arn:aws:iam::${accountId}:role/Auditor`,
  roleName: 'Auditor',
  roleId: 'AROAEXAMPLE',
  sessionName: 'check',
  sessionArn: `arn:aws:sts::${accountId}:assumed-role/Auditor/check`,
  tags: {},
  session: { issuedAt: 0 },
} as const;

const column = (action: string, resource: string): KnownPermission => ({
  kind: 'known',
  action,
  resource,
  resourceAccountId: accountId,
  context: {},
  given: [],
});

/** Bea may list by her group, within the boundary `Edge`; the auditor may read, where Bea may become it. */
export const matrix: AccessMatrix = {
  principals: [
    { kind: 'known', name: 'user/Bea', caller: bea, identity: [0], boundary: 1, holders: ['user/Bea', 'group/Clerks'] },
    {
      kind: 'known',
      name: 'user/Bea as role/Auditor',
      caller: auditor,
      identity: [2],
      holders: ['role/Auditor'],
      assumes: {
        by: { caller: bea, identity: [0], boundary: 1, holders: ['user/Bea', 'group/Clerks'] },
        permissions: [{ ...column('sts:AssumeRole', auditor.roleArn), policy: 3 }],
      },
    },
    { kind: 'missing', name: 'user/Gone' },
    { kind: 'unread', name: 'role/Hidden', needs: ['iam:GetRole on arn:aws:iam::111122223333:role/Hidden'] },
  ],
  permissions: [
    column('s3:ListBucket', bucket),
    column('s3:GetObject', `${bucket}/a.txt`),
    {
      kind: 'unread',
      action: 's3:GetObject',
      resource: 'arn:aws:s3:::vault/a',
      given: [],
      needs: ['s3:GetBucketPolicy on arn:aws:s3:::vault'],
    },
  ],
  documents: [
    {
      layer: 'identity',
      name: 'List',
      kind: 'inline',
      attachedTo: 'group/Clerks',
      text: document(allow('s3:ListBucket')),
    },
    {
      layer: 'boundary',
      name: 'Edge',
      kind: 'managed',
      arn: `arn:aws:iam::${accountId}:policy/Edge`,
      attachedTo: 'user/Bea',
      text: document(allow('s3:*'), allow('sts:*')),
    },
    {
      layer: 'identity',
      name: 'Read',
      kind: 'inline',
      attachedTo: 'role/Auditor',
      text: document(allow('s3:GetObject')),
    },
    {
      layer: 'trust',
      name: 'Auditor',
      kind: 'trust',
      attachedTo: auditor.roleArn,
      text: document({ Effect: 'Allow', Principal: { AWS: bea.arn }, Action: 'sts:AssumeRole' }),
    },
  ],
  leftOff: 0,
};

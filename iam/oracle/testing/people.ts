/** The callers that are drawn, and the names under which policies may speak of them. */
import type { AnyCaller } from '../../model.ts';

export const OWN = '111122223333';
export const OTHER = '444455556666';
const ISSUED = Date.UTC(2026, 0, 1);

const bea = {
  kind: 'user',
  accountId: OWN,
  arn: `arn:aws:iam::${OWN}:user/staff/Bea`,
  name: 'Bea',
  id: 'AIDABEAAAAAAAAAAAAAAA',
  tags: { team: 'blue' },
} as const satisfies AnyCaller;

const sam = {
  kind: 'user',
  accountId: OTHER,
  arn: `arn:aws:iam::${OTHER}:user/Sam`,
  name: 'Sam',
  id: 'AIDASAMAAAAAAAAAAAAAA',
  tags: {},
} as const satisfies AnyCaller;

const cataloguer = {
  kind: 'role-session',
  accountId: OWN,
  roleArn: `arn:aws:iam::${OWN}:role/app/Cataloguer`,
  roleName: 'Cataloguer',
  roleId: 'AROACATALOGUERAAAAAAA',
  sessionName: 'cli',
  sessionArn: `arn:aws:sts::${OWN}:assumed-role/Cataloguer/cli`,
  tags: { team: 'red', empty: '' },
  session: { issuedAt: ISSUED, sourceIdentity: 'Bea' },
} as const satisfies AnyCaller;

const auditor = {
  kind: 'role-session',
  accountId: OTHER,
  roleArn: `arn:aws:iam::${OTHER}:role/Auditor`,
  roleName: 'Auditor',
  roleId: 'AROAAUDITORAAAAAAAAAA',
  sessionName: 'audit',
  sessionArn: `arn:aws:sts::${OTHER}:assumed-role/Auditor/audit`,
  tags: {},
  session: { issuedAt: ISSUED, mfa: { authenticatedAt: ISSUED } },
} as const satisfies AnyCaller;

const linked = {
  ...cataloguer,
  roleArn: `arn:aws:iam::${OWN}:role/aws-service-role/elasticache.amazonaws.com/AWSServiceRoleForElastiCache`,
  roleName: 'AWSServiceRoleForElastiCache',
  roleId: 'AROALINKEDAAAAAAAAAAA',
  sessionArn: `arn:aws:sts::${OWN}:assumed-role/AWSServiceRoleForElastiCache/cli`,
} as const satisfies AnyCaller;

const guest = {
  kind: 'federated-user',
  accountId: OWN,
  arn: `arn:aws:sts::${OWN}:federated-user/Guest`,
  name: 'Guest',
  parent: { arn: bea.arn, id: bea.id },
  tags: { team: 'blue' },
  session: { issuedAt: ISSUED },
} as const satisfies AnyCaller;

export const CALLERS: readonly AnyCaller[] = [
  bea,
  { ...bea, session: { issuedAt: ISSUED } },
  { ...bea, session: { issuedAt: ISSUED, mfa: { authenticatedAt: ISSUED } } },
  sam,
  cataloguer,
  auditor,
  linked,
  guest,
  { kind: 'root', accountId: OWN },
  { kind: 'root', accountId: OTHER },
  { kind: 'anonymous' },
  { kind: 'service', service: 'lambda.amazonaws.com' },
  { kind: 'federated-identity', provider: 'accounts.google.com', subject: '1' },
];

export const AWS_NAMES: readonly string[] = [
  OWN,
  OTHER,
  `arn:aws:iam::${OWN}:root`,
  `arn:aws:iam::${OTHER}:root`,
  bea.arn,
  bea.arn.toLowerCase(),
  bea.id,
  sam.arn,
  cataloguer.roleArn,
  cataloguer.roleId,
  cataloguer.sessionArn,
  `arn:aws:sts::${OWN}:assumed-role/Cataloguer/other`,
  `arn:aws:iam::${OWN}:role/app/Cata*`,
  `arn:aws:iam::${OWN}:group/Clerks`,
  auditor.roleArn,
  auditor.sessionArn,
  guest.arn,
];

export const SERVICES: readonly string[] = ['lambda.amazonaws.com', 'ec2.amazonaws.com'];

export const PROVIDERS: readonly string[] = ['accounts.google.com', 'www.amazon.com'];

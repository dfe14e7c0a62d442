/** The callers that are drawn, and the names under which policies may speak of them. */
import { OTHER, OWN, stranger } from '../../cases/people.ts';
import type { AnyCaller } from '../../model.ts';

export { OTHER, OWN };
/** The account that manages the organization, most often. */
export const MANAGEMENT = '777788889999';
const ISSUED = Date.UTC(2026, 0, 1);

const bea = {
  kind: 'user',
  accountId: OWN,
  arn: `arn:aws:iam::${OWN}:user/staff/Bea`,
  name: 'Bea',
  id: 'AIDABEAAAAAAAAAAAAAAA',
  tags: { team: 'blue' },
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

const mia = {
  kind: 'user',
  accountId: MANAGEMENT,
  arn: `arn:aws:iam::${MANAGEMENT}:user/Mia`,
  name: 'Mia',
  id: 'AIDAMIAAAAAAAAAAAAAAA',
  tags: {},
} as const satisfies AnyCaller;

const GITHUB = `arn:aws:iam::${OWN}:oidc-provider/token.actions.githubusercontent.com`;
const CORPORATE = `arn:aws:iam::${OWN}:saml-provider/Corporate`;

/** A session of AssumeRoleWithWebIdentity. */
const pipeline = {
  ...cataloguer,
  sessionName: 'ci',
  sessionArn: `arn:aws:sts::${OWN}:assumed-role/Cataloguer/ci`,
  session: { issuedAt: ISSUED, federatedProvider: GITHUB },
} as const satisfies AnyCaller;

export const CALLERS: readonly AnyCaller[] = [
  bea,
  { ...bea, session: { issuedAt: ISSUED } },
  { ...bea, session: { issuedAt: ISSUED, mfa: { authenticatedAt: ISSUED } } },
  stranger,
  mia,
  cataloguer,
  pipeline,
  auditor,
  linked,
  guest,
  { kind: 'root', accountId: OWN },
  { kind: 'root', accountId: OTHER },
  { kind: 'root', accountId: MANAGEMENT },
  { kind: 'root', accountId: OWN, session: { issuedAt: ISSUED } },
  { kind: 'root', accountId: OWN, session: { issuedAt: ISSUED, assumedRoot: true } },
  { kind: 'anonymous' },
  { kind: 'service', service: 'lambda.amazonaws.com' },
  { kind: 'federated-identity', provider: 'accounts.google.com', subject: '1' },
  { kind: 'federated-identity', provider: GITHUB, subject: 'repo:archive/list' },
  { kind: 'federated-identity', provider: CORPORATE, subject: 'bea' },
];

export const AWS_NAMES: readonly string[] = [
  OWN,
  OTHER,
  `arn:aws:iam::${OWN}:root`,
  `arn:aws:iam::${OTHER}:root`,
  MANAGEMENT,
  bea.arn,
  bea.arn.toLowerCase(),
  bea.id,
  stranger.arn,
  mia.arn,
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

/** The names of AWS_NAMES that mean this caller, one way or another. */
export function namesOf(caller: AnyCaller): readonly string[] {
  if (!('accountId' in caller)) return [];
  const account = [caller.accountId, `arn:aws:iam::${caller.accountId}:root`];
  if (caller.kind === 'user') return [...account, caller.arn, caller.id];
  if (caller.kind === 'role-session') return [...account, caller.roleArn, caller.roleId, caller.sessionArn];
  return caller.kind === 'federated-user' ? [...account, caller.arn, caller.parent.arn] : account;
}

export const SERVICES: readonly string[] = ['lambda.amazonaws.com', 'ec2.amazonaws.com'];

export const PROVIDERS: readonly string[] = ['accounts.google.com', 'www.amazon.com', GITHUB, CORPORATE];

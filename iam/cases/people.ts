/** The callers and the small pieces of policies that the cases are written with. */
import type { AnyCaller, Organization } from '../model.ts';

export const OWN = '111122223333';
export const OTHER = '444455556666';

export const bea = {
  kind: 'user',
  accountId: OWN,
  arn: `arn:aws:iam::${OWN}:user/staff/Bea`,
  name: 'Bea',
  id: 'AIDABEAAAAAAAAAAAAAAA',
  tags: { team: 'blue', Team: 'red' },
} as const satisfies AnyCaller;

/** Bea with credentials of GetSessionToken and MFA. */
export const beaWithMfa = {
  ...bea,
  session: { issuedAt: Date.UTC(2026, 0, 1), mfa: { authenticatedAt: Date.UTC(2026, 0, 1) } },
} as const satisfies AnyCaller;

export const beaWithoutMfa = { ...bea, session: { issuedAt: Date.UTC(2026, 0, 1) } } as const satisfies AnyCaller;

export const cataloguer = {
  kind: 'role-session',
  accountId: OWN,
  roleArn: `arn:aws:iam::${OWN}:role/app/Cataloguer`,
  roleName: 'Cataloguer',
  roleId: 'AROACATALOGUERAAAAAAA',
  sessionName: 'cli',
  sessionArn: `arn:aws:sts::${OWN}:assumed-role/Cataloguer/cli`,
  tags: { project: 'archive' },
  session: { issuedAt: Date.UTC(2026, 0, 1), sourceIdentity: 'bea' },
} as const satisfies AnyCaller;

export const stranger = {
  kind: 'user',
  accountId: OTHER,
  arn: `arn:aws:iam::${OTHER}:user/Sam`,
  name: 'Sam',
  id: 'AIDASAMAAAAAAAAAAAAAA',
  tags: {},
} as const satisfies AnyCaller;

export const strangeRole = {
  kind: 'role-session',
  accountId: OTHER,
  roleArn: `arn:aws:iam::${OTHER}:role/Auditor`,
  roleName: 'Auditor',
  roleId: 'AROAAUDITORAAAAAAAAAA',
  sessionName: 'audit',
  sessionArn: `arn:aws:sts::${OTHER}:assumed-role/Auditor/audit`,
  tags: {},
  session: { issuedAt: Date.UTC(2026, 0, 1) },
} as const satisfies AnyCaller;

/** A session of GetFederationToken that Bea called. */
export const federated = {
  kind: 'federated-user',
  accountId: OWN,
  arn: `arn:aws:sts::${OWN}:federated-user/Guest`,
  name: 'Guest',
  parent: { arn: bea.arn, id: bea.id },
  tags: {},
  session: { issuedAt: Date.UTC(2026, 0, 1) },
} as const satisfies AnyCaller;

export const root = { kind: 'root', accountId: OWN } as const satisfies AnyCaller;
export const anonymous = { kind: 'anonymous' } as const satisfies AnyCaller;
export const lambda = { kind: 'service', service: 'lambda.amazonaws.com' } as const satisfies AnyCaller;

export const BUCKET = 'arn:aws:s3:::archive';
export const OBJECT = `${BUCKET}/2026/list.csv`;
export const ROLE = `arn:aws:iam::${OWN}:role/Deployer`;

export const allow = (Action: string | string[], Resource: string | string[] = '*', more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
export const deny = (Action: string | string[], Resource: string | string[] = '*', more: object = {}) => ({
  ...allow(Action, Resource, more),
  Effect: 'Deny',
});
/** A statement of a bucket policy. */
export const grant = (Principal: unknown, Action: string | string[], more: object = {}) => ({
  ...allow(Action, [BUCKET, `${BUCKET}/*`], more),
  Principal,
});
/** A statement of a trust policy. */
export const trust = (Principal: unknown, more: object = {}) => ({
  Effect: 'Allow',
  Principal,
  Action: 'sts:AssumeRole',
  ...more,
});
export const when = (operator: string, key: string, value: unknown) => ({
  Condition: { [operator]: { [key]: value } },
});
/** A statement that names principals, as resource control, key and VPC endpoint policies have them. */
export const forPrincipal = (
  Principal: unknown,
  Effect: 'Allow' | 'Deny',
  Action: string | string[],
  more: object = {},
) => ({ Effect, Principal, Action, Resource: '*', ...more });
/** `${key}`, spelled so that no editor takes it for a template of this language. */
export const the = (key: string): string => ['$', '{', key, '}'].join('');
/** A role of AWS's own making. */
export const serviceLinked = {
  ...cataloguer,
  roleArn: `arn:aws:iam::${OWN}:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup`,
  roleName: 'AWSServiceRoleForBackup',
  sessionArn: `arn:aws:sts::${OWN}:assumed-role/AWSServiceRoleForBackup/cli`,
  tags: {},
} as const satisfies AnyCaller;
/** The account that manages the organization, of which `OWN` is a member and `OTHER` is not. */
export const MANAGEMENT = '777788889999';
export const organization: Organization = {
  id: 'o-a1b2c3d4e5',
  managementAccountId: MANAGEMENT,
  paths: { [OWN]: 'o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/' },
};
/** A user of the management account. */
export const manager = {
  kind: 'user',
  accountId: MANAGEMENT,
  arn: `arn:aws:iam::${MANAGEMENT}:user/Mia`,
  name: 'Mia',
  id: 'AIDAMIAAAAAAAAAAAAAAA',
  tags: {},
} as const satisfies AnyCaller;

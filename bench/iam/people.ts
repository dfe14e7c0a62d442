/** Who asks, of which organization, and with which keys a call comes. */
import type { AnyCaller, Organization } from '../../iam/index.ts';

export const OWN = '111122223333';
export const OTHER = '444455556666';

export const ORGANIZATION: Organization = {
  id: 'o-a1b2c3d4e5',
  managementAccountId: '999988887777',
  paths: {
    [OWN]: 'o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/',
    [OTHER]: 'o-a1b2c3d4e5/r-ab12/ou-ab12-22222222/',
  },
};

/** A user of the account that owns the resources. */
export const bea = {
  kind: 'user',
  accountId: OWN,
  arn: `arn:aws:iam::${OWN}:user/Bea`,
  name: 'Bea',
  id: 'AIDABEAAAAAAAAAAAAAAA',
  tags: { team: 'blue' },
} as const satisfies AnyCaller;

/** A role session of another account of the organization. */
export const auditor = {
  kind: 'role-session',
  accountId: OTHER,
  roleArn: `arn:aws:iam::${OTHER}:role/Auditor`,
  roleName: 'Auditor',
  roleId: 'AROAAUDITORAAAAAAAAAA',
  sessionName: 'audit',
  sessionArn: `arn:aws:sts::${OTHER}:assumed-role/Auditor/audit`,
  tags: { team: 'audit' },
  session: { issuedAt: Date.UTC(2026, 0, 1) },
} as const satisfies AnyCaller;

/** The keys that come with every call over the network. */
export const CALL = {
  'aws:CurrentTime': '2026-11-24T09:00:00Z',
  'aws:EpochTime': '1795510800',
  'aws:SourceIp': '203.0.113.9',
  'aws:SecureTransport': 'true',
  'aws:RequestedRegion': 'eu-central-1',
  'aws:UserAgent': 'aws-cli/2.31.0',
} as const;

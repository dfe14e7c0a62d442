/** Rows that get credentials, enter roles by their trust, or make principals. */
import { allow, deny, policyArn, roleArn, trusts, trustsService, userArn, when } from '../testing/accounts.ts';
import { EVE, everything, forEve, nobody, onlyReads, people, type RowCase } from './case.ts';

const own = { Resource: 'arn:aws:iam::111122223333:user/${aws:username}' };
const bounded = when('StringEquals', 'iam:PermissionsBoundary', policyArn('Boundary'));
const boundary = { policies: { Boundary: [[allow('s3:*')]] } };
const OIDC = 'arn:aws:iam::111122223333:oidc-provider/issuer.example.com';
const SAML = 'arn:aws:iam::111122223333:saml-provider/Corporate';
const ruler = { allows: everything };

const credentials = (path: string, actions: readonly string[]): RowCase => ({
  path,
  eve: { allows: [allow(actions)] },
  account: { users: { Ada: people.Ada } },
  reaches: userArn('Ada'),
  fix: { eve: { allows: [allow(actions, own)] } },
});

export const PRINCIPAL_CASES: readonly RowCase[] = [
  credentials('3', ['iam:CreateAccessKey']),
  credentials('4', ['iam:CreateAccessKey', 'iam:DeleteAccessKey']),
  credentials('5', ['iam:CreateLoginProfile']),
  credentials('6', ['iam:UpdateLoginProfile']),
  {
    path: '3',
    name: 'of a helpdesk, from which administrators are kept by tag',
    eve: {
      allows: [
        allow(['iam:CreateAccessKey', 'iam:TagUser']),
        deny('iam:CreateAccessKey', when('StringEquals', 'aws:ResourceTag/role', 'admin')),
      ],
    },
    account: { users: { Ada: { ...people.Ada, tags: { role: 'admin' } } } },
    reaches: userArn('Ada'),
    after: ['27'],
    fix: {
      eve: {
        allows: [
          allow(['iam:CreateAccessKey', 'iam:TagUser']),
          deny('iam:CreateAccessKey', when('StringEquals', 'aws:ResourceTag/role', 'admin')),
          deny('iam:TagUser', when('ForAnyValue:StringEquals', 'aws:TagKeys', ['role'])),
        ],
      },
    },
  },
  { ...credentials('M7', ['iam:CreateServiceSpecificCredential']), admin: 'no' },
  {
    path: '28',
    eve: {
      allows: [
        allow(['iam:CreateAccessKey', 'iam:CreateVirtualMFADevice', 'iam:EnableMFADevice'], {
          Resource: ['arn:aws:iam::*:user/Bob', 'arn:aws:iam::*:mfa/*'],
        }),
      ],
    },
    account: {
      users: { Bob: people.Bob },
      roles: {
        Vault: {
          ...ruler,
          trusts: [
            trusts({ AWS: userArn('Bob') }, 'sts:AssumeRole', when('Bool', 'aws:MultiFactorAuthPresent', 'true')),
          ],
        },
      },
    },
    reaches: userArn('Bob'),
    fix: {
      eve: {
        allows: [allow('iam:CreateAccessKey'), allow(['iam:CreateVirtualMFADevice', 'iam:EnableMFADevice'], own)],
      },
    },
  },
  {
    path: '29',
    name: 'by a trust that delegates',
    eve: { allows: [allow('sts:AssumeRole')] },
    account: { roles: { Admin: { ...ruler, trusts: [trusts({ AWS: '111122223333' })] } } },
    reaches: roleArn('Admin'),
    fix: { account: { roles: { Admin: { ...ruler, trusts: [trusts({ AWS: userArn('Someone') })] } } } },
  },
  {
    path: '29',
    name: 'by a trust that names it, without a policy of its own',
    eve: {},
    account: { roles: { Admin: { ...ruler, trusts: [trusts({ AWS: EVE })] } } },
    reaches: roleArn('Admin'),
    fix: { account: { roles: { Admin: { ...ruler, trusts: [trusts({ AWS: '111122223333' })] } } } },
  },
  {
    path: '29',
    name: 'through another role',
    eve: {},
    account: {
      roles: { Worker: forEve, Admin: { ...ruler, trusts: [trusts({ AWS: roleArn('Worker') })] } },
    },
    reaches: roleArn('Admin'),
    after: ['29'],
    fix: { account: { roles: { Worker: nobody, Admin: { ...ruler, trusts: [trusts({ AWS: roleArn('Worker') })] } } } },
  },
  {
    path: '29',
    name: 'by a trust that wants the caller’s name as source identity, kept on the way to another role',
    eve: {},
    account: {
      roles: {
        Shared: {
          trusts: [
            trusts({ AWS: EVE }, 'sts:AssumeRole', when('StringEquals', 'sts:SourceIdentity', '${aws:username}')),
            trusts({ AWS: EVE }, 'sts:SetSourceIdentity'),
          ],
        },
        Admin: {
          ...ruler,
          trusts: [
            trusts({ AWS: roleArn('Shared') }, 'sts:AssumeRole', when('StringEquals', 'aws:SourceIdentity', 'Eve')),
            trusts({ AWS: roleArn('Shared') }, 'sts:SetSourceIdentity'),
          ],
        },
      },
    },
    reaches: roleArn('Admin'),
    after: ['29'],
    fix: {
      account: {
        roles: {
          Shared: {
            trusts: [
              trusts({ AWS: EVE }, 'sts:AssumeRole', when('StringEquals', 'sts:SourceIdentity', '${aws:username}')),
              trusts({ AWS: EVE }, 'sts:SetSourceIdentity'),
            ],
          },
          // Without the second statement a session with a source identity cannot assume it.
          Admin: { ...ruler, trusts: [trusts({ AWS: roleArn('Shared') })] },
        },
      },
    },
  },
  {
    path: '13',
    eve: { allows: [allow('iam:UpdateAssumeRolePolicy')] },
    account: { roles: { Admin: { ...ruler, trusts: nobody.trusts } } },
    reaches: roleArn('Admin'),
    fix: { eve: { allows: [allow('iam:UpdateAssumeRolePolicy', bounded)] } },
  },
  {
    path: '30',
    eve: { allows: [allow(['iam:CreateOpenIDConnectProvider', 'iam:UpdateAssumeRolePolicy'])] },
    account: { roles: { Admin: { ...ruler, trusts: nobody.trusts } } },
    reaches: roleArn('Admin'),
    fix: {
      eve: { allows: [allow('iam:CreateOpenIDConnectProvider'), allow('iam:UpdateAssumeRolePolicy', bounded)] },
    },
  },
  {
    path: '31',
    name: 'the metadata of a SAML provider',
    eve: { allows: [allow('iam:UpdateSAMLProvider')] },
    account: {
      roles: {
        Admin: {
          ...ruler,
          trusts: [
            trusts(
              { Federated: SAML },
              'sts:AssumeRoleWithSAML',
              when('StringEquals', 'SAML:aud', 'https://signin.aws.amazon.com/saml'),
            ),
          ],
        },
      },
    },
    reaches: roleArn('Admin'),
    fix: { scps: [[everything, [deny('iam:UpdateSAMLProvider')]]] },
  },
  {
    path: '31',
    name: 'another client of an OpenID Connect provider',
    eve: { allows: [allow('iam:AddClientIDToOpenIDConnectProvider')] },
    account: { roles: { Admin: { ...ruler, trusts: [trusts({ Federated: OIDC }, 'sts:AssumeRoleWithWebIdentity')] } } },
    reaches: roleArn('Admin'),
    fix: {
      account: {
        roles: {
          Admin: {
            ...ruler,
            trusts: [
              trusts(
                { Federated: OIDC },
                'sts:AssumeRoleWithWebIdentity',
                when('StringEquals', 'issuer.example.com:aud', 'ours'),
              ),
            ],
          },
        },
      },
    },
  },
  {
    path: '82',
    eve: { allows: [allow('sts:GetFederationToken')] },
    account: {},
    reaches: EVE,
    admin: 'no',
    fix: { eve: { allows: [allow('s3:*')] } },
  },
  {
    path: '83',
    from: roleArn('A'),
    eve: {},
    account: {
      roles: {
        A: { trusts: [trusts({ AWS: roleArn('B') })], allows: onlyReads },
        B: { trusts: [trusts({ AWS: roleArn('A') })], allows: onlyReads },
      },
    },
    reaches: roleArn('A'),
    after: ['83'],
    admin: 'no',
    fix: {
      account: {
        roles: {
          A: { trusts: [trustsService('lambda')], allows: onlyReads },
          B: { trusts: [trusts({ AWS: roleArn('A') })], allows: onlyReads },
        },
      },
    },
  },
  {
    path: 'M2',
    eve: { allows: [allow(['iam:CreateRole', 'iam:AttachRolePolicy'])] },
    account: boundary,
    reaches: roleArn('new-role'),
    fix: { eve: { allows: [allow(['iam:CreateRole', 'iam:AttachRolePolicy'], bounded)] } },
  },
  {
    path: 'M2',
    name: 'under a path of its own',
    eve: { allows: [allow(['iam:CreateRole', 'iam:PutRolePolicy'], { Resource: 'arn:aws:iam::*:role/app/*' })] },
    account: boundary,
    reaches: roleArn('app/x'),
    fix: { eve: { allows: [allow(['iam:CreateRole', 'iam:PutRolePolicy'], bounded)] } },
  },
  {
    path: 'M3',
    eve: { allows: [allow(['iam:CreateUser', 'iam:PutUserPolicy', 'iam:CreateAccessKey'])] },
    account: boundary,
    reaches: userArn('new-user'),
    fix: {
      eve: { allows: [allow(['iam:CreateUser', 'iam:PutUserPolicy'], bounded), allow('iam:CreateAccessKey')] },
    },
  },
  {
    path: 'M3',
    name: 'under another name where the first is taken',
    eve: {
      allows: [allow(['iam:CreateUser', 'iam:PutUserPolicy', 'iam:CreateAccessKey'], { Resource: userArn('new-*') })],
    },
    account: { ...boundary, users: { 'new-user': { allows: onlyReads } } },
    reaches: userArn('new-'),
    fix: {
      eve: {
        allows: [allow(['iam:CreateUser', 'iam:PutUserPolicy', 'iam:CreateAccessKey'], { Resource: EVE, ...bounded })],
      },
    },
  },
  {
    path: 'M3',
    name: 'with a console password',
    eve: { allows: [allow(['iam:CreateUser', 'iam:PutUserPolicy', 'iam:CreateLoginProfile'])] },
    account: boundary,
    reaches: userArn('new-user'),
    fix: {
      eve: { allows: [allow(['iam:CreateUser', 'iam:PutUserPolicy'], bounded), allow('iam:CreateLoginProfile')] },
    },
  },
  {
    path: 'M3',
    name: 'into a group',
    eve: { allows: [allow(['iam:CreateUser', 'iam:AddUserToGroup', 'iam:CreateAccessKey'])] },
    account: { groups: { Rulers: { allows: everything } } },
    reaches: userArn('new-user'),
    fix: { account: { groups: { Rulers: { allows: onlyReads } } } },
  },
  {
    path: 'M6',
    eve: { allows: [allow(['sts:AssumeRole', 'sts:TagSession'])] },
    account: {
      roles: {
        Shared: {
          trusts: [trusts({ AWS: EVE }, 'sts:AssumeRole'), trusts({ AWS: EVE }, 'sts:TagSession')],
          allows: [allow('iam:PutRolePolicy', when('StringEquals', 'aws:PrincipalTag/team', 'security'))],
        },
      },
    },
    reaches: roleArn('Shared'),
    fix: {
      account: {
        roles: {
          Shared: {
            trusts: [trusts({ AWS: EVE }, 'sts:AssumeRole')],
            allows: [allow('iam:PutRolePolicy', when('StringEquals', 'aws:PrincipalTag/team', 'security'))],
          },
        },
      },
    },
  },
];

/** Rows that change policies. */
import { allow, deny, policyArn, roleArn, trusts, userArn, when } from '../testing/accounts.ts';
import { EVE, everything, forEve, nobody, onlyReads, people, type RowCase } from './case.ts';

const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';
const versions = [onlyReads];
const bounded = when('StringEquals', 'iam:PermissionsBoundary', policyArn('Boundary'));
const listed = when('ArnEquals', 'iam:PolicyARN', policyArn('Listed'));
const listing = { policies: { Listed: [onlyReads] } };
const narrow = { policies: { Boundary: [[allow('s3:*'), allow('iam:PutUserPolicy')]] } };
const on = (Resource: string) => ({ Resource });
const team = { attached: ['Team'] };
const group = 'arn:aws:iam::111122223333:group/Team';

export const POLICY_CASES: readonly RowCase[] = [
  {
    path: '1',
    eve: { allows: [allow('iam:CreatePolicyVersion')], ...team },
    account: { policies: { Team: versions } },
    reaches: EVE,
    fix: { eve: { allows: [allow('iam:CreatePolicyVersion', on(policyArn('app/*')))], ...team } },
  },
  {
    path: '1',
    name: 'with its five versions',
    eve: { allows: [allow(['iam:CreatePolicyVersion', 'iam:DeletePolicyVersion'])], ...team },
    account: { policies: { Team: [onlyReads, onlyReads, onlyReads, onlyReads, onlyReads] } },
    reaches: EVE,
    fix: { eve: { allows: [allow('iam:CreatePolicyVersion')], ...team } },
  },
  {
    path: '1',
    name: 'of a group',
    eve: { allows: [allow('iam:CreatePolicyVersion')], groups: ['Team'] },
    account: { policies: { Team: versions }, groups: { Team: team } },
    reaches: EVE,
    fix: { eve: { allows: [allow('iam:CreatePolicyVersion')] } },
  },
  {
    path: '2',
    eve: { allows: [allow('iam:SetDefaultPolicyVersion')], ...team },
    account: { policies: { Team: [onlyReads, everything] } },
    reaches: EVE,
    fix: { account: { policies: { Team: [onlyReads] } } },
  },
  {
    path: '7',
    from: roleArn('Own'),
    eve: {},
    account: { roles: { Own: { ...nobody, allows: [allow('iam:PutRolePolicy')] } } },
    reaches: roleArn('Own'),
    fix: { account: { roles: { Own: { ...nobody, allows: [allow('iam:PutRolePolicy', bounded)] } } } },
  },
  {
    path: '8',
    eve: { allows: [allow('iam:PutUserPolicy')] },
    account: {},
    reaches: EVE,
    fix: { eve: { allows: [allow('iam:PutUserPolicy', bounded)] } },
  },
  {
    path: '8',
    name: 'within a boundary',
    eve: { allows: [allow('iam:PutUserPolicy')], boundary: 'Boundary' },
    account: narrow,
    admin: 'no',
    reaches: EVE,
    fix: { eve: { allows: [allow('iam:PutUserPolicy', on(userArn('Someone')))], boundary: 'Boundary' } },
  },
  {
    path: '9',
    eve: { allows: [allow('iam:AttachUserPolicy')] },
    account: listing,
    reaches: EVE,
    fix: { eve: { allows: [allow('iam:AttachUserPolicy', listed)] } },
  },
  {
    path: '1',
    name: 'of a policy that may be attached (row 9)',
    eve: { allows: [allow('iam:AttachUserPolicy', listed), allow('iam:CreatePolicyVersion')] },
    account: listing,
    reaches: EVE,
    after: ['9'],
    fix: {
      eve: {
        allows: [allow('iam:AttachUserPolicy', listed), allow('iam:CreatePolicyVersion', on(policyArn('app/*')))],
      },
    },
  },
  {
    path: '12',
    name: 'of a group that may be joined (row 14)',
    eve: { allows: [allow(['iam:AddUserToGroup', 'iam:PutGroupPolicy'], on(group))] },
    account: { groups: { Team: { allows: onlyReads } } },
    reaches: EVE,
    after: ['14'],
    fix: { eve: { allows: [allow('iam:AddUserToGroup', on(group))] } },
  },
  {
    path: '10',
    from: roleArn('Own'),
    eve: {},
    account: { ...listing, roles: { Own: { ...nobody, allows: [allow('iam:AttachRolePolicy')] } } },
    reaches: roleArn('Own'),
    fix: { account: { ...listing, roles: { Own: { ...nobody, allows: [allow('iam:AttachRolePolicy', listed)] } } } },
  },
  {
    path: '11',
    eve: { allows: [allow('iam:AttachGroupPolicy')], groups: ['Team'] },
    account: { ...listing, groups: { Team: { allows: onlyReads } } },
    reaches: EVE,
    fix: { eve: { allows: [allow('iam:AttachGroupPolicy', listed)], groups: ['Team'] } },
  },
  {
    path: '12',
    eve: { allows: [allow('iam:PutGroupPolicy')], groups: ['Team'] },
    account: { groups: { Team: { allows: onlyReads } } },
    reaches: EVE,
    fix: {
      eve: { allows: [allow('iam:PutGroupPolicy', on('arn:aws:iam::111122223333:group/Other'))], groups: ['Team'] },
    },
  },
  {
    path: '14',
    eve: { allows: [allow('iam:AddUserToGroup')] },
    account: { groups: { Rulers: { attached: [ADMINISTRATOR] }, Team: { allows: onlyReads } } },
    reaches: EVE,
    fix: { eve: { allows: [allow('iam:AddUserToGroup', on(group))] } },
  },
  {
    path: '15',
    eve: { allows: [allow(['iam:AttachRolePolicy', 'sts:AssumeRole'])] },
    account: { ...listing, roles: { Worker: forEve } },
    reaches: roleArn('Worker'),
    fix: { eve: { allows: [allow('iam:AttachRolePolicy', listed), allow('sts:AssumeRole')] } },
  },
  {
    path: '16',
    eve: { allows: [allow(['iam:AttachUserPolicy', 'iam:CreateAccessKey'], on(userArn('Bob')))] },
    account: { ...listing, users: { Bob: people.Bob } },
    reaches: userArn('Bob'),
    fix: { eve: { allows: [allow('iam:AttachUserPolicy', listed), allow('iam:CreateAccessKey', on(userArn('Bob')))] } },
  },
  {
    path: '17',
    eve: { allows: [allow(['iam:CreatePolicyVersion', 'sts:AssumeRole'])] },
    account: { policies: { Team: versions }, roles: { Worker: { ...forEve, ...team } } },
    reaches: roleArn('Worker'),
    fix: { eve: { allows: [allow('iam:CreatePolicyVersion', on(policyArn('app/*'))), allow('sts:AssumeRole')] } },
  },
  {
    path: '18',
    eve: { allows: [allow(['iam:PutRolePolicy', 'sts:AssumeRole'])] },
    account: { roles: { Worker: forEve } },
    reaches: roleArn('Worker'),
    fix: { eve: { allows: [allow('iam:PutRolePolicy', bounded), allow('sts:AssumeRole')] } },
  },
  {
    path: '19',
    eve: { allows: [allow(['iam:PutUserPolicy', 'iam:CreateAccessKey'], on(userArn('Bob')))] },
    account: { users: { Bob: people.Bob } },
    reaches: userArn('Bob'),
    fix: { eve: { allows: [allow('iam:PutUserPolicy', bounded), allow('iam:CreateAccessKey', on(userArn('Bob')))] } },
  },
  {
    path: '20',
    eve: { allows: [allow(['iam:AttachRolePolicy', 'iam:UpdateAssumeRolePolicy'])] },
    account: { ...listing, roles: { Worker: nobody } },
    reaches: roleArn('Worker'),
    fix: { eve: { allows: [allow('iam:AttachRolePolicy', listed), allow('iam:UpdateAssumeRolePolicy', bounded)] } },
  },
  {
    path: '21',
    eve: { allows: [allow(['iam:CreatePolicyVersion', 'iam:UpdateAssumeRolePolicy'])] },
    account: { policies: { Team: versions }, roles: { Worker: { ...nobody, ...team } } },
    reaches: roleArn('Worker'),
    fix: {
      eve: {
        allows: [
          allow('iam:CreatePolicyVersion', on(policyArn('app/*'))),
          allow('iam:UpdateAssumeRolePolicy', bounded),
        ],
      },
    },
  },
  {
    path: '22',
    eve: { allows: [allow(['iam:PutRolePolicy', 'iam:UpdateAssumeRolePolicy'])] },
    account: { roles: { Worker: nobody } },
    reaches: roleArn('Worker'),
    fix: { eve: { allows: [allow(['iam:PutRolePolicy', 'iam:UpdateAssumeRolePolicy'], bounded)] } },
  },
  ...(
    [
      ['iam:DeleteUserPolicy', { inline: { rule: everything, stop: [deny('s3:*')] } }],
      ['iam:PutUserPolicy', { inline: { rule: [allow('iam:PutUserPolicy')], stop: [deny('s3:*')] } }],
      ['iam:DetachUserPolicy', { inline: { rule: everything }, attached: ['Stop'] }],
      ['iam:CreatePolicyVersion', { inline: { rule: everything }, attached: ['Stop'] }],
      ['iam:DeleteGroupPolicy', { inline: { rule: everything }, groups: ['Inline'] }],
      ['iam:DetachGroupPolicy', { inline: { rule: everything }, groups: ['Managed'] }],
      ['iam:RemoveUserFromGroup', { inline: { rule: everything }, groups: ['Inline'] }],
    ] as const
  ).map(
    ([action, eve]): RowCase => ({
      path: '26',
      name: action,
      eve,
      account: {
        policies: { Stop: [[deny('s3:*')]] },
        groups: { Inline: { inline: { stop: [deny('s3:*')] } }, Managed: { attached: ['Stop'] } },
      },
      reaches: EVE,
      fix: { eve: { inline: { rule: everything } }, scps: [[everything], [everything, [deny('s3:*')]]] },
    }),
  ),
  {
    path: '8',
    name: 'after tagging oneself (row 27)',
    eve: {
      allows: [
        allow('iam:TagUser'),
        allow('iam:PutUserPolicy', when('StringEquals', 'aws:PrincipalTag/team', 'security')),
      ],
    },
    account: {},
    reaches: EVE,
    after: ['27'],
    fix: {
      eve: {
        allows: [
          allow('iam:TagUser'),
          deny('iam:TagUser', when('ForAnyValue:StringEquals', 'aws:TagKeys', ['team'])),
          allow('iam:PutUserPolicy', when('StringEquals', 'aws:PrincipalTag/team', 'security')),
        ],
      },
    },
  },
  {
    path: '3',
    name: 'after tagging the victim (row 27)',
    eve: {
      allows: [
        allow('iam:TagUser'),
        allow('iam:CreateAccessKey', when('StringEquals', 'aws:ResourceTag/helpdesk', 'yes')),
      ],
    },
    account: { users: { Ada: people.Ada } },
    reaches: userArn('Ada'),
    after: ['27'],
    fix: {
      eve: { allows: [allow('iam:CreateAccessKey', when('StringEquals', 'aws:ResourceTag/helpdesk', 'yes'))] },
    },
  },
  {
    path: '23',
    eve: { allows: everything, boundary: 'Boundary' },
    account: { policies: { Boundary: [[allow(['s3:*', 'iam:DeleteUserPermissionsBoundary'])]] } },
    reaches: EVE,
    fix: { account: { policies: { Boundary: [[allow('s3:*'), deny('iam:DeleteUserPermissionsBoundary')]] } } },
  },
  {
    path: '24',
    eve: { allows: [allow(['iam:DeleteRolePermissionsBoundary', 'sts:AssumeRole'])] },
    account: {
      policies: { Boundary: [[allow('s3:*')]] },
      roles: { Worker: { trusts: [trusts({ AWS: EVE })], allows: everything, boundary: 'Boundary' } },
    },
    reaches: roleArn('Worker'),
    fix: {
      eve: {
        allows: [
          allow(['iam:DeleteRolePermissionsBoundary', 'sts:AssumeRole']),
          deny('iam:DeleteRolePermissionsBoundary'),
        ],
      },
    },
  },
  {
    path: '25',
    eve: { allows: everything, boundary: 'Boundary' },
    account: { policies: { Boundary: [[allow(['s3:*', 'iam:PutUserPermissionsBoundary'])]] } },
    reaches: EVE,
    fix: {
      account: {
        policies: {
          Boundary: [
            [
              allow(['s3:*', 'iam:PutUserPermissionsBoundary']),
              deny(
                'iam:PutUserPermissionsBoundary',
                when('StringNotEquals', 'iam:PermissionsBoundary', policyArn('Boundary')),
              ),
            ],
          ],
        },
      },
    },
  },
  {
    path: 'M1',
    eve: { allows: everything, boundary: 'Boundary' },
    account: { policies: { Boundary: [[allow(['s3:*', 'iam:CreatePolicyVersion'])]] } },
    reaches: EVE,
    fix: {
      account: {
        policies: {
          Boundary: [[allow(['s3:*', 'iam:CreatePolicyVersion']), deny('iam:*', on(policyArn('Boundary')))]],
        },
      },
    },
  },
  {
    path: 'M1',
    name: 'back to an older version',
    eve: { allows: everything, boundary: 'Boundary' },
    account: { policies: { Boundary: [[allow(['s3:*', 'iam:SetDefaultPolicyVersion'])], everything] } },
    reaches: EVE,
    fix: { account: { policies: { Boundary: [[allow(['s3:*', 'iam:SetDefaultPolicyVersion'])]] } } },
  },
];

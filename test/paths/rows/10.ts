import { ADMINISTRATOR, allow, managedPolicy, policyArn, role, rolePolicy, trusts, when } from '../documents.ts';
import type { PathRow } from '../row.ts';

const reports = policyArn('Reports');

export const row: PathRow = {
  row: '10',
  title: 'A managed policy attached to the role that one is',
  given: [
    managedPolicy('Reports', allow('s3:GetObject')),
    ...role('Worker', trusts({ Service: 'ec2.amazonaws.com' }), allow('iam:AttachRolePolicy')),
    ...role('App', trusts({ Service: 'ec2.amazonaws.com' })),
  ],
  attacker: 'role/Worker',
  attack: [{ call: 'iam:AttachRolePolicy', with: { RoleName: 'Worker', PolicyArn: ADMINISTRATOR } }],
  gain: { call: 'iam:CreateUser', with: { UserName: 'Mole' } },
  fixes: [
    {
      what: 'a list of policies that may be attached',
      steps: [rolePolicy('Worker', allow('iam:AttachRolePolicy', '*', when('ArnEquals', 'iam:PolicyARN', reports)))],
      stops: 'iam:AttachRolePolicy',
    },
  ],
  work: [{ call: 'iam:AttachRolePolicy', as: 'role/Worker', with: { RoleName: 'App', PolicyArn: reports } }],
};

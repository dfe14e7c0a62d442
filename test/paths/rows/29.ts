import { allow, role, roleArn, trusts, user } from '../documents.ts';
import type { PathRow } from '../row.ts';

export const row: PathRow = {
  row: '29',
  title: 'A chain of roles that trust too widely',
  given: [
    ...role('Broad', trusts({ AWS: '111122223333' }), allow('sts:AssumeRole', roleArn('Deep'))),
    ...role('Deep', trusts({ AWS: roleArn('Broad') }), allow('*')),
    ...role('Builder', trusts({ Service: 'ec2.amazonaws.com' }), allow('sts:AssumeRole', roleArn('Broad'))),
    ...user('Eve', allow('sts:AssumeRole')),
  ],
  attacker: 'user/Eve',
  attack: [
    { call: 'sts:AssumeRole', with: { RoleArn: roleArn('Broad'), RoleSessionName: 'in' }, name: 'broad' },
    {
      call: 'sts:AssumeRole',
      as: 'from:broad',
      with: { RoleArn: roleArn('Deep'), RoleSessionName: 'in' },
      name: 'deep',
    },
  ],
  gain: { call: 'iam:CreateUser', with: { UserName: 'Mole' }, as: 'from:deep' },
  fixes: [
    {
      what: 'the principal narrowed',
      steps: [
        {
          call: 'iam:UpdateAssumeRolePolicy',
          with: { RoleName: 'Broad', PolicyDocument: trusts({ AWS: roleArn('Builder') }) },
        },
      ],
      stops: 'broad',
    },
  ],
  work: [
    {
      call: 'sts:AssumeRole',
      as: 'role/Builder',
      with: { RoleArn: roleArn('Broad'), RoleSessionName: 'work' },
    },
  ],
};

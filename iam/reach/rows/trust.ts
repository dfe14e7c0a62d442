/** Rows that enter a role by its trust policy, and those that stay in. */
import type { Need, Row } from '../row.ts';

const assume: Need = { action: 'sts:AssumeRole', on: '$target' };
const setSourceIdentity: Need = { action: 'sts:SetSourceIdentity', on: '$target' };
const rewrite: Need = {
  action: 'iam:UpdateAssumeRolePolicy',
  on: '$target',
  context: { 'iam:PermissionsBoundary': '$boundary' },
};

export const TRUST_ROWS: readonly Row[] = [
  {
    path: '13',
    title: 'A trust policy rewritten',
    class: 'C',
    ways: [{ kind: 'rewrite-trust', needs: [rewrite, assume] }],
  },
  {
    path: '29',
    title: 'A role assumed',
    class: 'C',
    ways: [
      { kind: 'assume-role', with: 'nothing', needs: [assume] },
      { kind: 'assume-role', with: 'source-identity', needs: [assume, setSourceIdentity] },
    ],
  },
  {
    path: '30',
    title: 'An identity provider of one’s own, trusted by a role',
    class: 'C',
    ways: [
      {
        kind: 'rewrite-trust',
        needs: [
          { action: 'iam:CreateOpenIDConnectProvider', on: 'arn:*:iam::*:oidc-provider/{provider}' },
          rewrite,
          { action: 'sts:AssumeRoleWithWebIdentity', on: '$target' },
        ],
      },
    ],
  },
  {
    path: '31',
    title: 'An identity provider that a role trusts taken over',
    class: 'C',
    ways: [
      {
        kind: 'take-provider',
        provider: 'saml',
        needs: [{ action: 'iam:UpdateSAMLProvider', on: '$provider' }],
      },
      {
        kind: 'take-provider',
        provider: 'oidc',
        needs: [{ action: 'iam:AddClientIDToOpenIDConnectProvider', on: '$provider' }],
      },
    ],
  },
  {
    path: '82',
    title: 'A federation token that outlives its access key',
    class: 'C',
    ways: [
      {
        kind: 'persist',
        by: 'federation',
        needs: [{ action: 'sts:GetFederationToken', on: 'arn:*:sts::*:federated-user/{name}' }],
      },
    ],
  },
  {
    path: '83',
    title: 'Two roles that assume one another for ever',
    class: 'C',
    ways: [{ kind: 'persist', by: 'juggling', needs: [assume] }],
  },
  {
    path: 'M6',
    title: 'A role assumed with session tags of one’s choice',
    class: 'C',
    ways: [
      {
        kind: 'assume-role',
        with: 'tags',
        needs: [
          { action: 'sts:AssumeRole', on: '$target', context: {} },
          { action: 'sts:TagSession', on: '$target', context: {} },
        ],
      },
    ],
  },
];

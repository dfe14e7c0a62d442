/** Rows that get credentials of another user, or a principal of one's own. */
import type { Need, NewPrincipal, Row } from '../row.ts';

const createKey: Need = { action: 'iam:CreateAccessKey', on: '$target' };
const deleteKey: Need = { action: 'iam:DeleteAccessKey', on: '$target' };
const NEW_USER = 'arn:*:iam::*:user/{user}';
const NEW_ROLE = 'arn:*:iam::*:role/{role}';
const held = { 'iam:PermissionsBoundary': '$boundary' };
const createUser: Need = { action: 'iam:CreateUser', on: NEW_USER, context: held };
const createRole: Need = { action: 'iam:CreateRole', on: NEW_ROLE, context: held };
const keyOfNewUser: Need = { action: 'iam:CreateAccessKey', on: NEW_USER };
const passwordOfNewUser: Need = { action: 'iam:CreateLoginProfile', on: NEW_USER };
const assumeNewRole: Need = { action: 'sts:AssumeRole', on: NEW_ROLE };
const attachKeys = { ...held, 'iam:PolicyARN': '$policy' };

export const CREDENTIAL_ROWS: readonly Row[] = [
  {
    path: '3',
    title: 'An access key of another user',
    class: 'C',
    ways: [{ kind: 'take-credentials', needs: [createKey] }],
  },
  {
    path: '4',
    title: 'An access key of a user that has its two',
    class: 'C',
    ways: [{ kind: 'take-credentials', needs: [deleteKey, createKey] }],
  },
  {
    path: '5',
    title: 'A console password of a user without one',
    class: 'C',
    ways: [{ kind: 'take-credentials', needs: [{ action: 'iam:CreateLoginProfile', on: '$target' }] }],
  },
  {
    path: '6',
    title: 'Another console password of a user',
    class: 'C',
    ways: [{ kind: 'take-credentials', needs: [{ action: 'iam:UpdateLoginProfile', on: '$target' }] }],
  },
  {
    path: '28',
    title: 'A device of one’s own as the MFA of another user',
    class: 'C',
    ways: [
      {
        kind: 'take-credentials',
        mfa: 'authenticated',
        needs: [
          createKey,
          { action: 'iam:CreateVirtualMFADevice', on: 'arn:*:iam::*:mfa/{device}' },
          { action: 'iam:EnableMFADevice', on: '$target' },
        ],
      },
    ],
  },
  {
    path: 'M2',
    title: 'A new role that trusts its maker',
    class: 'C',
    ways: [
      {
        kind: 'new-principal',
        of: 'role',
        gets: 'managed',
        needs: [createRole, { action: 'iam:AttachRolePolicy', on: NEW_ROLE, context: attachKeys }, assumeNewRole],
      },
      {
        kind: 'new-principal',
        of: 'role',
        gets: 'inline',
        needs: [createRole, { action: 'iam:PutRolePolicy', on: NEW_ROLE, context: held }, assumeNewRole],
      },
    ],
  },
  {
    path: 'M3',
    title: 'A new user with an access key, or with a console password',
    class: 'C',
    ways: [keyOfNewUser, passwordOfNewUser].flatMap((credentials): readonly NewPrincipal[] => [
      {
        kind: 'new-principal',
        of: 'user',
        gets: 'managed',
        needs: [createUser, { action: 'iam:AttachUserPolicy', on: NEW_USER, context: attachKeys }, credentials],
      },
      {
        kind: 'new-principal',
        of: 'user',
        gets: 'inline',
        needs: [createUser, { action: 'iam:PutUserPolicy', on: NEW_USER, context: held }, credentials],
      },
      {
        kind: 'new-principal',
        of: 'user',
        gets: 'group',
        needs: [createUser, { action: 'iam:AddUserToGroup', on: '$group' }, credentials],
      },
    ]),
  },
  {
    path: 'M7',
    title: 'A service-specific credential of another user',
    class: 'C',
    ways: [
      {
        kind: 'take-credentials',
        only: ['codecommit:*', 'cassandra:*', 'bedrock:*'],
        needs: [{ action: 'iam:CreateServiceSpecificCredential', on: '$target' }],
      },
    ],
  },
];

/** Rows that change what a principal may do: its policies, its groups, its tags. */
import type { Need, Row } from '../row.ts';

const userKeys = { 'iam:PermissionsBoundary': '$boundary' };
const putUserPolicy: Need = { action: 'iam:PutUserPolicy', on: '$target', context: userKeys };
const putRolePolicy: Need = { action: 'iam:PutRolePolicy', on: '$target', context: userKeys };
const attachKeys = { 'iam:PolicyARN': '$policy', 'iam:PermissionsBoundary': '$boundary' };
const createVersion: Need = { action: 'iam:CreatePolicyVersion', on: '$policy' };
const deleteVersion: Need = { action: 'iam:DeletePolicyVersion', on: '$policy' };
const setDefault: Need = { action: 'iam:SetDefaultPolicyVersion', on: '$policy' };

const KEY = ['3', '4'];
const ASSUME = ['29'];
const RETRUST = ['13'];

export const POLICY_ROWS: readonly Row[] = [
  {
    path: '1',
    title: 'A new version of an attached policy',
    class: 'C',
    ways: [
      { kind: 'change', change: 'write-version', of: 'user', needs: [createVersion], whenFull: [deleteVersion] },
      { kind: 'change', change: 'write-version', of: 'role', needs: [createVersion], whenFull: [deleteVersion] },
    ],
  },
  {
    path: '2',
    title: 'Back to an older version of an attached policy',
    class: 'C',
    ways: [
      { kind: 'change', change: 'roll-back', of: 'user', needs: [setDefault] },
      { kind: 'change', change: 'roll-back', of: 'role', needs: [setDefault] },
    ],
  },
  {
    path: '7',
    title: 'An inline policy of a role',
    class: 'C',
    ways: [{ kind: 'change', change: 'write-inline', of: 'role', needs: [putRolePolicy] }],
  },
  {
    path: '8',
    title: 'An inline policy of a user',
    class: 'C',
    ways: [{ kind: 'change', change: 'write-inline', of: 'user', needs: [putUserPolicy] }],
  },
  {
    path: '9',
    title: 'A managed policy attached to a user',
    class: 'C',
    ways: [
      {
        kind: 'change',
        change: 'attach',
        of: 'user',
        needs: [{ action: 'iam:AttachUserPolicy', on: '$target', context: attachKeys }],
      },
    ],
  },
  {
    path: '10',
    title: 'A managed policy attached to a role',
    class: 'C',
    ways: [
      {
        kind: 'change',
        change: 'attach',
        of: 'role',
        needs: [{ action: 'iam:AttachRolePolicy', on: '$target', context: attachKeys }],
      },
    ],
  },
  {
    path: '11',
    title: 'A managed policy attached to a group',
    class: 'C',
    ways: [
      {
        kind: 'change',
        change: 'attach-to-group',
        of: 'user',
        needs: [{ action: 'iam:AttachGroupPolicy', on: '$group', context: { 'iam:PolicyARN': '$policy' } }],
      },
    ],
  },
  {
    path: '12',
    title: 'An inline policy of a group',
    class: 'C',
    ways: [
      {
        kind: 'change',
        change: 'write-group-inline',
        of: 'user',
        needs: [{ action: 'iam:PutGroupPolicy', on: '$group' }],
      },
    ],
  },
  {
    path: '14',
    title: 'Into a group',
    class: 'C',
    ways: [
      { kind: 'change', change: 'join-group', of: 'user', needs: [{ action: 'iam:AddUserToGroup', on: '$group' }] },
    ],
  },
  {
    path: '15',
    title: 'A managed policy attached to a role, which is assumed',
    class: 'C',
    ways: [{ kind: 'change-and-enter', change: 'attach', of: 'role', by: ASSUME }],
  },
  {
    path: '16',
    title: 'A managed policy attached to another user, and an access key of it',
    class: 'C',
    ways: [{ kind: 'change-and-enter', change: 'attach', of: 'user', by: KEY }],
  },
  {
    path: '17',
    title: 'A new version of a policy of a role, which is assumed',
    class: 'C',
    ways: [{ kind: 'change-and-enter', change: 'write-version', of: 'role', by: ASSUME }],
  },
  {
    path: '18',
    title: 'An inline policy of a role, which is assumed',
    class: 'C',
    ways: [{ kind: 'change-and-enter', change: 'write-inline', of: 'role', by: ASSUME }],
  },
  {
    path: '19',
    title: 'An inline policy of another user, and an access key of it',
    class: 'C',
    ways: [{ kind: 'change-and-enter', change: 'write-inline', of: 'user', by: KEY }],
  },
  {
    path: '20',
    title: 'A managed policy attached to a role, and its trust policy rewritten',
    class: 'C',
    ways: [{ kind: 'change-and-enter', change: 'attach', of: 'role', by: RETRUST }],
  },
  {
    path: '21',
    title: 'A new version of a policy of a role, and its trust policy rewritten',
    class: 'C',
    ways: [{ kind: 'change-and-enter', change: 'write-version', of: 'role', by: RETRUST }],
  },
  {
    path: '22',
    title: 'An inline policy of a role, and its trust policy rewritten',
    class: 'C',
    ways: [{ kind: 'change-and-enter', change: 'write-inline', of: 'role', by: RETRUST }],
  },
  {
    path: '26',
    title: 'A policy with a Deny taken away',
    class: 'C',
    ways: [
      {
        kind: 'change',
        change: 'delete-inline',
        of: 'user',
        needs: [{ action: 'iam:DeleteUserPolicy', on: '$target', context: userKeys }],
      },
      {
        kind: 'change',
        change: 'delete-inline',
        of: 'role',
        needs: [{ action: 'iam:DeleteRolePolicy', on: '$target', context: userKeys }],
      },
      {
        kind: 'change',
        change: 'detach',
        of: 'user',
        needs: [{ action: 'iam:DetachUserPolicy', on: '$target', context: attachKeys }],
      },
      {
        kind: 'change',
        change: 'detach',
        of: 'role',
        needs: [{ action: 'iam:DetachRolePolicy', on: '$target', context: attachKeys }],
      },
      {
        kind: 'change',
        change: 'delete-group-inline',
        of: 'user',
        needs: [{ action: 'iam:DeleteGroupPolicy', on: '$group' }],
      },
      {
        kind: 'change',
        change: 'detach-from-group',
        of: 'user',
        needs: [{ action: 'iam:DetachGroupPolicy', on: '$group', context: { 'iam:PolicyARN': '$policy' } }],
      },
      {
        kind: 'change',
        change: 'leave-group',
        of: 'user',
        needs: [{ action: 'iam:RemoveUserFromGroup', on: '$group' }],
      },
    ],
  },
  {
    path: '27',
    title: 'A tag that opens what tags gate',
    class: 'C',
    ways: [
      { kind: 'change', change: 'tag', of: 'user', needs: [{ action: 'iam:TagUser', on: '$target' }] },
      { kind: 'change', change: 'tag', of: 'role', needs: [{ action: 'iam:TagRole', on: '$target' }] },
    ],
  },
];

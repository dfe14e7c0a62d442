/** Rows that lift a permissions boundary. Its own statements limit the principal that has it, not who takes it away. */
import type { Need, Row } from '../row.ts';

const held = { 'iam:PermissionsBoundary': '$boundary' };
const put = { 'iam:PermissionsBoundary': '$policy' };
const createVersion: Need = { action: 'iam:CreatePolicyVersion', on: '$policy' };
const deleteVersion: Need = { action: 'iam:DeletePolicyVersion', on: '$policy' };
const setDefault: Need = { action: 'iam:SetDefaultPolicyVersion', on: '$policy' };

export const BOUNDARY_ROWS: readonly Row[] = [
  {
    path: '23',
    title: 'A boundary of a user taken away',
    class: 'C',
    ways: [
      {
        kind: 'change',
        change: 'remove-boundary',
        of: 'user',
        needs: [{ action: 'iam:DeleteUserPermissionsBoundary', on: '$target', context: held }],
      },
    ],
  },
  {
    path: '24',
    title: 'A boundary of a role taken away',
    class: 'C',
    ways: [
      {
        kind: 'change',
        change: 'remove-boundary',
        of: 'role',
        needs: [{ action: 'iam:DeleteRolePermissionsBoundary', on: '$target', context: held }],
      },
      { kind: 'change-and-enter', change: 'remove-boundary', of: 'role', by: ['29'] },
    ],
  },
  {
    path: '25',
    title: 'A boundary replaced by a wider one',
    class: 'C',
    ways: [
      {
        kind: 'change',
        change: 'replace-boundary',
        of: 'user',
        needs: [{ action: 'iam:PutUserPermissionsBoundary', on: '$target', context: put }],
      },
      {
        kind: 'change',
        change: 'replace-boundary',
        of: 'role',
        needs: [{ action: 'iam:PutRolePermissionsBoundary', on: '$target', context: put }],
      },
    ],
  },
  {
    path: 'M1',
    title: 'The policy of a boundary edited',
    class: 'C',
    ways: [
      { kind: 'change', change: 'write-boundary', of: 'user', needs: [createVersion], whenFull: [deleteVersion] },
      { kind: 'change', change: 'write-boundary', of: 'role', needs: [createVersion], whenFull: [deleteVersion] },
      { kind: 'change', change: 'roll-back-boundary', of: 'user', needs: [setDefault] },
      { kind: 'change', change: 'roll-back-boundary', of: 'role', needs: [setDefault] },
    ],
  },
];

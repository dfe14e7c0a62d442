import { expect, it } from 'vitest';
import { suppliedResource } from '../../../iam/index.ts';
import type { PermissionFacts } from '../../service.ts';
import { iamService } from './index.ts';

const callerAccountId = '111122223333';

it.each([
  'ListGroups',
  'ListInstanceProfiles',
  'ListOpenIDConnectProviders',
  'ListPolicies',
  'ListRoles',
  'ListUsers',
  'ListVirtualMFADevices',
])('%s is asked about as the command and the analysis ask about it', (name) => {
  const permissions = iamService.operations[name]?.permissions?.({}, { callerAccountId } as PermissionFacts) ?? [];
  const supplied = suppliedResource(`iam:${name}`, { partition: 'aws', accountId: callerAccountId });
  expect(permissions.map(({ resource }) => resource)).toEqual([supplied]);
});

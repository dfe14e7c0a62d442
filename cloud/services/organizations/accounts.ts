/** ListAccounts, ListAccountsForParent, DescribeAccount, MoveAccount. */
import type {
  DescribeAccountRequest,
  DescribeAccountResponse,
  ListAccountsForParentRequest,
  ListAccountsForParentResponse,
  ListAccountsRequest,
  ListAccountsResponse,
  MoveAccountRequest,
} from '@aws-sdk/client-organizations';
import { changing, reading } from './authority.ts';
import { organizationsError } from './errors.ts';
import { isParent, memberOf } from './membership.ts';
import { pageOf } from './pages.ts';
import { accountShape } from './shapes.ts';

export const listAccounts = reading(
  'ListAccounts',
  'administrators',
  (organization, input: ListAccountsRequest, at): ListAccountsResponse => {
    const { items, position } = pageOf(Object.values(organization.accounts), input, ({ id }) => id);
    return { Accounts: items.map((member) => accountShape(at, member)), ...position };
  },
);

export const listAccountsForParent = reading(
  'ListAccountsForParent',
  'administrators',
  (organization, input: ListAccountsForParentRequest, at): ListAccountsForParentResponse => {
    if (!isParent(organization, input.ParentId)) throw organizationsError('ParentNotFoundException');
    const members = Object.values(organization.accounts).filter(({ parentId }) => parentId === input.ParentId);
    const { items, position } = pageOf(members, input, ({ id }) => id);
    return { Accounts: items.map((member) => accountShape(at, member)), ...position };
  },
);

export const describeAccount = reading(
  'DescribeAccount',
  'administrators',
  (organization, input: DescribeAccountRequest, at): DescribeAccountResponse => ({
    Account: accountShape(at, memberOf(organization, input.AccountId)),
  }),
);

/** What the account inherits changes with its place, from the next decision on. */
export const moveAccount = changing(
  'MoveAccount',
  'management',
  (organization, input: MoveAccountRequest): Record<string, never> => {
    const { AccountId, SourceParentId, DestinationParentId = '' } = input;
    const member = memberOf(organization, AccountId);
    if (member.parentId !== SourceParentId) throw organizationsError('SourceParentNotFoundException');
    if (!isParent(organization, DestinationParentId)) throw organizationsError('DestinationParentNotFoundException');
    if (member.parentId === DestinationParentId) throw organizationsError('DuplicateAccountException');
    member.parentId = DestinationParentId;
    return {};
  },
);

/** ListParents, ListChildren: the places of units and accounts. */
import type {
  ListChildrenRequest,
  ListChildrenResponse,
  ListParentsRequest,
  ListParentsResponse,
} from '@aws-sdk/client-organizations';
import { own } from '../../own.ts';
import { reading } from './authority.ts';
import { organizationsError } from './errors.ts';
import { isParent } from './membership.ts';
import { pageOf } from './pages.ts';

/** There is one parent, in a list. */
export const listParents = reading(
  'ListParents',
  'administrators',
  (organization, { ChildId = '', ...page }: ListParentsRequest): ListParentsResponse => {
    const child = own(organization.units, ChildId) ?? own(organization.accounts, ChildId);
    if (child === undefined) throw organizationsError('ChildNotFoundException');
    const type = child.parentId === organization.rootId ? ('ROOT' as const) : ('ORGANIZATIONAL_UNIT' as const);
    const { items, position } = pageOf([{ Id: child.parentId, Type: type }], page, ({ Id }) => Id);
    return { Parents: items, ...position };
  },
);

export const listChildren = reading(
  'ListChildren',
  'administrators',
  (organization, { ParentId, ChildType, ...page }: ListChildrenRequest): ListChildrenResponse => {
    if (!isParent(organization, ParentId)) throw organizationsError('ParentNotFoundException');
    const all = ChildType === 'ACCOUNT' ? organization.accounts : organization.units;
    const children = Object.values(all).filter(({ parentId }) => parentId === ParentId);
    const { items, position } = pageOf(children, page, ({ id }) => id);
    return { Children: items.map(({ id }) => ({ Id: id, Type: ChildType })), ...position };
  },
);

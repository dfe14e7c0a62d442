/** Organizational units: made, named, described, listed and deleted. */
import type {
  CreateOrganizationalUnitRequest,
  CreateOrganizationalUnitResponse,
  DeleteOrganizationalUnitRequest,
  DescribeOrganizationalUnitRequest,
  DescribeOrganizationalUnitResponse,
  ListOrganizationalUnitsForParentRequest,
  ListOrganizationalUnitsForParentResponse,
  UpdateOrganizationalUnitRequest,
  UpdateOrganizationalUnitResponse,
} from '@aws-sdk/client-organizations';
import { own } from '../../own.ts';
import { changing, reading } from './authority.ts';
import { fullAwsAccess } from './aws-policies.ts';
import { constraintViolation, organizationsError } from './errors.ts';
import { newUnitId } from './ids.ts';
import { organizationsLimits } from './limits.ts';
import { isParent, unitOf } from './membership.ts';
import { pageOf } from './pages.ts';
import { unitShape } from './shapes.ts';
import type { OrganizationState } from './state.ts';
import { dropTags, setTags } from './tags.ts';

/** How many units are above and including this one: none over the root. */
function depthOf(organization: OrganizationState, parentId: string): number {
  const unit = own(organization.units, parentId);
  return unit === undefined ? 0 : 1 + depthOf(organization, unit.parentId);
}

/** @throws DuplicateOrganizationalUnitException */
function checkName({ units }: OrganizationState, parentId: string, name: string, except?: string): void {
  const isTaken = Object.values(units).some(
    (unit) => unit.parentId === parentId && unit.name === name && unit.id !== except,
  );
  if (isTaken) throw organizationsError('DuplicateOrganizationalUnitException');
}

export const createOrganizationalUnit = changing(
  'CreateOrganizationalUnit',
  'management',
  (organization, input: CreateOrganizationalUnitRequest, at): CreateOrganizationalUnitResponse => {
    const { ParentId = '', Name = '', Tags } = input;
    if (!isParent(organization, ParentId)) throw organizationsError('ParentNotFoundException');
    checkName(organization, ParentId, Name);
    if (depthOf(organization, ParentId) >= organizationsLimits.unitDepth) {
      throw constraintViolation('OU_DEPTH_LIMIT_EXCEEDED', 'You have exceeded the maximum depth of the OU tree.');
    }
    if (Object.keys(organization.units).length >= organizationsLimits.units) {
      throw constraintViolation('OU_NUMBER_LIMIT_EXCEEDED', 'You have exceeded the allowed number of OUs.');
    }
    const id = newUnitId(organization.rootId, at.call.random);
    const unit = { id, name: Name, parentId: ParentId };
    organization.units[id] = unit;
    if (organization.policyTypes.includes('SERVICE_CONTROL_POLICY')) organization.attachments[id] = [fullAwsAccess.id];
    setTags(organization, id, Tags);
    return { OrganizationalUnit: unitShape(at, unit) };
  },
);

export const updateOrganizationalUnit = changing(
  'UpdateOrganizationalUnit',
  'management',
  (organization, input: UpdateOrganizationalUnitRequest, at): UpdateOrganizationalUnitResponse => {
    const unit = unitOf(organization, input.OrganizationalUnitId);
    if (input.Name !== undefined) {
      checkName(organization, unit.parentId, input.Name, unit.id);
      unit.name = input.Name;
    }
    return { OrganizationalUnit: unitShape(at, unit) };
  },
);

export const deleteOrganizationalUnit = changing(
  'DeleteOrganizationalUnit',
  'management',
  (organization, input: DeleteOrganizationalUnitRequest): Record<string, never> => {
    const { id } = unitOf(organization, input.OrganizationalUnitId);
    const within = [...Object.values(organization.units), ...Object.values(organization.accounts)];
    if (within.some(({ parentId }) => parentId === id)) throw organizationsError('OrganizationalUnitNotEmptyException');
    delete organization.units[id];
    delete organization.attachments[id];
    dropTags(organization, id);
    return {};
  },
);

export const describeOrganizationalUnit = reading(
  'DescribeOrganizationalUnit',
  'administrators',
  (organization, input: DescribeOrganizationalUnitRequest, at): DescribeOrganizationalUnitResponse => ({
    OrganizationalUnit: unitShape(at, unitOf(organization, input.OrganizationalUnitId)),
  }),
);

export const listOrganizationalUnitsForParent = reading(
  'ListOrganizationalUnitsForParent',
  'administrators',
  (organization, input: ListOrganizationalUnitsForParentRequest, at): ListOrganizationalUnitsForParentResponse => {
    if (!isParent(organization, input.ParentId)) throw organizationsError('ParentNotFoundException');
    const units = Object.values(organization.units).filter(({ parentId }) => parentId === input.ParentId);
    const { items, position } = pageOf(units, input, ({ id }) => id);
    return { OrganizationalUnits: items.map((unit) => unitShape(at, unit)), ...position };
  },
);

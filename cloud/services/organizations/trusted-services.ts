/** Services that work in the whole organization, and the accounts that administer them for it. */
import type {
  DelegatedAdministrator,
  DeregisterDelegatedAdministratorRequest,
  DisableAWSServiceAccessRequest,
  EnableAWSServiceAccessRequest,
  ListAWSServiceAccessForOrganizationRequest,
  ListAWSServiceAccessForOrganizationResponse,
  ListDelegatedAdministratorsRequest,
  ListDelegatedAdministratorsResponse,
  ListDelegatedServicesForAccountRequest,
  ListDelegatedServicesForAccountResponse,
  RegisterDelegatedAdministratorRequest,
} from '@aws-sdk/client-organizations';
import type { AwsError } from '../../errors.ts';
import { own } from '../../own.ts';
import { changing, reading } from './authority.ts';
import { constraintViolation, invalidInput, organizationsError } from './errors.ts';
import { organizationsLimits } from './limits.ts';
import { memberOf } from './membership.ts';
import { pageOf } from './pages.ts';
import { accountShape } from './shapes.ts';
import type { OrganizationState } from './state.ts';

const servicePrincipal = /^(?:[a-z0-9-]+\.)+amazonaws\.com$/;

/** @throws InvalidInputException */
function knownService(name = ''): string {
  if (servicePrincipal.test(name)) return name;
  throw unrecognizedService();
}

function unrecognizedService(): AwsError {
  return invalidInput('UNRECOGNIZED_SERVICE_PRINCIPAL', 'You specified an unrecognized service principal.');
}

export const enableAWSServiceAccess = changing(
  'EnableAWSServiceAccess',
  'management',
  (organization, input: EnableAWSServiceAccessRequest, { call }): Record<string, never> => {
    const service = knownService(input.ServicePrincipal);
    const trusted = organization.trustedServices ?? {};
    if (own(trusted, service) !== undefined) return {};
    if (Object.keys(trusted).length >= organizationsLimits.trustedServices) throw unrecognizedService();
    organization.trustedServices = { ...trusted, [service]: call.now };
    return {};
  },
);

export const disableAWSServiceAccess = changing(
  'DisableAWSServiceAccess',
  'management',
  (organization, input: DisableAWSServiceAccessRequest): Record<string, never> => {
    const service = knownService(input.ServicePrincipal);
    if (Object.values(organization.delegatedAdministrators).some((services) => services.includes(service))) {
      throw constraintViolation(
        'DELEGATED_ADMINISTRATOR_EXISTS_FOR_THIS_SERVICE',
        'You must deregister the delegated administrators of this service before you can disable its access.',
      );
    }
    const { [service]: _dropped, ...left } = organization.trustedServices ?? {};
    organization.trustedServices = left;
    return {};
  },
);

export const listAWSServiceAccessForOrganization = reading(
  'ListAWSServiceAccessForOrganization',
  'administrators',
  (organization, input: ListAWSServiceAccessForOrganizationRequest): ListAWSServiceAccessForOrganizationResponse => {
    const services = Object.entries(organization.trustedServices ?? {});
    const { items, position } = pageOf(services, input, ([service]) => service);
    return {
      EnabledServicePrincipals: items.map(([ServicePrincipal, since]) => ({
        ServicePrincipal,
        DateEnabled: new Date(since),
      })),
      ...position,
    };
  },
);

export const registerDelegatedAdministrator = changing(
  'RegisterDelegatedAdministrator',
  'management',
  (organization, input: RegisterDelegatedAdministratorRequest, { managementId, call }): Record<string, never> => {
    const service = knownService(input.ServicePrincipal);
    const { id } = memberOf(organization, input.AccountId);
    if (id === managementId) {
      throw constraintViolation(
        'CANNOT_REGISTER_MASTER_AS_DELEGATED_ADMINISTRATOR',
        'You cannot register the management account as a delegated administrator.',
      );
    }
    if (own(organization.trustedServices ?? {}, service) === undefined) {
      throw constraintViolation(
        'SERVICE_ACCESS_NOT_ENABLED',
        'You must enable access for the service before you can register a delegated administrator.',
      );
    }
    const services = own(organization.delegatedAdministrators, id) ?? [];
    if (services.includes(service)) throw organizationsError('AccountAlreadyRegisteredException');
    organization.delegatedAdministrators[id] = [...services, service];
    const since = { ...organization.delegatedAt?.[id], [service]: call.now };
    organization.delegatedAt = { ...organization.delegatedAt, [id]: since };
    return {};
  },
);

export const deregisterDelegatedAdministrator = changing(
  'DeregisterDelegatedAdministrator',
  'management',
  (organization, input: DeregisterDelegatedAdministratorRequest): Record<string, never> => {
    const service = knownService(input.ServicePrincipal);
    const { id } = memberOf(organization, input.AccountId);
    const services = own(organization.delegatedAdministrators, id) ?? [];
    if (!services.includes(service)) throw organizationsError('AccountNotRegisteredException');
    const left = services.filter((name) => name !== service);
    if (left.length === 0) delete organization.delegatedAdministrators[id];
    else organization.delegatedAdministrators[id] = [...left];
    const { [service]: _dropped, ...since } = organization.delegatedAt?.[id] ?? {};
    organization.delegatedAt = { ...organization.delegatedAt, [id]: since };
    return {};
  },
);

function delegatedSince(organization: OrganizationState, accountId: string, service: string): number {
  const since = own(own(organization.delegatedAt ?? {}, accountId) ?? {}, service);
  return since ?? memberOf(organization, accountId).joinedAt;
}

export const listDelegatedAdministrators = reading(
  'ListDelegatedAdministrators',
  'administrators',
  (
    organization,
    { ServicePrincipal, ...page }: ListDelegatedAdministratorsRequest,
    at,
  ): ListDelegatedAdministratorsResponse => {
    const ids = Object.entries(organization.delegatedAdministrators)
      .filter(([, services]) => ServicePrincipal === undefined || services.includes(ServicePrincipal))
      .map(([id]) => id);
    const { items, position } = pageOf(ids, page, (id) => id);
    return {
      DelegatedAdministrators: items.map((id): DelegatedAdministrator => {
        const services = organization.delegatedAdministrators[id] ?? [];
        const since = Math.min(...services.map((service) => delegatedSince(organization, id, service)));
        return { ...accountShape(at, memberOf(organization, id)), DelegationEnabledDate: new Date(since) };
      }),
      ...position,
    };
  },
);

export const listDelegatedServicesForAccount = reading(
  'ListDelegatedServicesForAccount',
  'administrators',
  (
    organization,
    { AccountId, ...page }: ListDelegatedServicesForAccountRequest,
  ): ListDelegatedServicesForAccountResponse => {
    const { id } = memberOf(organization, AccountId);
    const services = own(organization.delegatedAdministrators, id);
    if (services === undefined) throw organizationsError('AccountNotRegisteredException');
    const { items, position } = pageOf(services, page, (service) => service);
    return {
      DelegatedServices: items.map((service) => ({
        ServicePrincipal: service,
        DelegationEnabledDate: new Date(delegatedSince(organization, id, service)),
      })),
      ...position,
    };
  },
);

/**
 * The condition keys of one request: those that the service gave, and those that follow from the caller, its session and the resource.
 * Follows the IAM User Guide, "AWS global condition context keys" and, for `aws:userid`, "Policy variables: request information".
 */
import type { AnyCaller, AnyRequest, SessionFacts, Tags } from './model.ts';
import { isMember, pathOf } from './organization.ts';

/** Look-up by the key's name in lower case. Absent keys are undefined; an array is a multivalued key. */
export interface RequestContext {
  get(key: string): string | readonly string[] | undefined;
}

const PRINCIPAL_TAG = 'aws:principaltag/';
const RESOURCE_TAG = 'aws:resourcetag/';

/** The context of a request. Keys that the request names itself win over those that follow from the caller. */
export function requestContext(request: AnyRequest): RequestContext {
  let given: Map<string, string | readonly string[]> | undefined;
  const givenValue = (key: string) => {
    if (given === undefined) {
      given = new Map();
      for (const name of Object.keys(request.context)) {
        const value = request.context[name];
        if (value !== undefined) given.set(name.toLowerCase(), value);
      }
    }
    return given.get(key);
  };
  return {
    get(key) {
      const value = givenValue(key);
      if (value !== undefined) return value;
      return derive(key, request, givenValue);
    },
  };
}

type Given = (key: string) => string | readonly string[] | undefined;

function derive(key: string, request: AnyRequest, given: Given): string | readonly string[] | undefined {
  const { caller } = request;
  switch (key) {
    case 'aws:principalarn':
      return principalArn(caller);
    case 'aws:principalaccount':
      return 'accountId' in caller ? caller.accountId : undefined;
    case 'aws:principaltype':
      return principalType(caller);
    case 'aws:userid':
      return userId(caller);
    case 'aws:username':
      return caller.kind === 'user' ? caller.name : undefined;
    case 'aws:principalisawsservice':
      return caller.kind === 'service' ? 'true' : 'accountId' in caller ? 'false' : undefined;
    case 'aws:principalservicename':
      return caller.kind === 'service' ? caller.service : undefined;
    case 'aws:resourceaccount':
      return request.resourceAccountId === '' ? undefined : request.resourceAccountId;
    case 'aws:principalorgid':
    case 'aws:principalorgmasteraccountid':
    case 'aws:principalorgpaths':
      return 'accountId' in caller ? organizationKey(key, caller.accountId, request) : undefined;
    case 'aws:resourceorgid':
    case 'aws:resourceorgpaths':
      return organizationKey(key, request.resourceAccountId, request);
    case 'kms:calleraccount':
      return 'accountId' in caller && isOfKms(request.action) ? caller.accountId : undefined;
    default:
      break;
  }
  if (key.startsWith(PRINCIPAL_TAG)) return tagValue(tagsOf(caller), key.slice(PRINCIPAL_TAG.length));
  if (key.startsWith(RESOURCE_TAG)) return tagValue(request.resourceTags ?? {}, key.slice(RESOURCE_TAG.length));
  if (key === 'aws:federatedprovider' && caller.kind === 'federated-identity') return tokenProvider(caller.provider);
  const session = sessionOf(caller);
  return session === undefined ? undefined : deriveFromSession(key, session, given);
}

/** A key about the organization that an account is in; absent for accounts outside, and paths for the management account without one. */
function organizationKey(key: string, accountId: string, request: AnyRequest): string | readonly string[] | undefined {
  const { organization } = request;
  if (organization === undefined || !isMember(organization, accountId, request)) return undefined;
  if (key.endsWith('orgid')) return organization.id;
  if (key.endsWith('masteraccountid')) return organization.managementAccountId;
  const path = pathOf(organization, accountId);
  return path === undefined ? undefined : [path];
}

/** Only providers of OpenID Connect are named by `aws:FederatedProvider`. */
function tokenProvider(provider: string): string | undefined {
  return provider.includes(':saml-provider/') ? undefined : provider;
}

function isOfKms(action: string): boolean {
  return action.toLowerCase().startsWith('kms:');
}

function deriveFromSession(key: string, session: SessionFacts, given: Given): string | undefined {
  switch (key) {
    case 'aws:tokenissuetime':
      return isoSeconds(session.issuedAt);
    case 'aws:multifactorauthpresent':
      return String(session.mfa !== undefined);
    case 'aws:multifactorauthage': {
      const now = nowSeconds(given);
      if (session.mfa === undefined || now === undefined) return undefined;
      return String(Math.max(0, Math.floor(now - session.mfa.authenticatedAt / 1000)));
    }
    case 'aws:sourceidentity':
      return session.sourceIdentity;
    case 'aws:federatedprovider':
      return session.federatedProvider;
    case 'aws:assumedroot':
      return session.assumedRoot === undefined ? undefined : 'true';
    default:
      return undefined;
  }
}

/** `aws:PrincipalArn`: of a session the role's own ARN, with its path. */
export function principalArn(caller: AnyCaller): string | undefined {
  switch (caller.kind) {
    case 'root':
      return `arn:aws:iam::${caller.accountId}:root`;
    case 'user':
      return caller.arn;
    case 'role-session':
      return caller.roleArn;
    case 'federated-user':
      return caller.arn;
    default:
      return undefined;
  }
}

function principalType(caller: AnyCaller): string | undefined {
  switch (caller.kind) {
    case 'anonymous':
      return 'Anonymous';
    case 'root':
      return 'Account';
    case 'user':
      return 'User';
    case 'role-session':
      return 'AssumedRole';
    case 'federated-user':
      return 'FederatedUser';
    default:
      return undefined;
  }
}

function userId(caller: AnyCaller): string | undefined {
  switch (caller.kind) {
    case 'anonymous':
      return 'anonymous';
    case 'root':
      return caller.accountId;
    case 'user':
      return caller.id;
    case 'role-session':
      return `${caller.roleId}:${caller.sessionName}`;
    case 'federated-user':
      return `${caller.accountId}:${caller.name}`;
    default:
      return undefined;
  }
}

function sessionOf(caller: AnyCaller): SessionFacts | undefined {
  return 'session' in caller ? caller.session : undefined;
}

function tagsOf(caller: AnyCaller): Tags {
  return 'tags' in caller ? caller.tags : {};
}

/** The tag's key is part of the condition key's name, so its case does not count. */
function tagValue(tags: Tags, lowerKey: string): string | undefined {
  for (const key of Object.keys(tags)) if (key.toLowerCase() === lowerKey) return tags[key];
  return undefined;
}

function nowSeconds(given: Given): number | undefined {
  const epoch = given('aws:epochtime');
  if (typeof epoch === 'string') return Number(epoch);
  const current = given('aws:currenttime');
  return typeof current === 'string' ? Date.parse(current) / 1000 : undefined;
}

function isoSeconds(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}

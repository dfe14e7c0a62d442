/**
 * The condition keys of one request: those that the service gave, and those that follow from the caller, its session and the resource.
 * Follows the IAM User Guide, "AWS global condition context keys" and, for `aws:userid`, "Policy variables: request information".
 */
import { parseDate } from './conditions/date.ts';
import { lowerCase } from './lower-case.ts';
import type { AnyCaller, AnyRequest, Organization, SessionFacts, Tags } from './model.ts';
import { isMember, pathOf } from './organization.ts';

/** What a key holds: one value, or those of a multivalued key. */
export type ContextValue = string | readonly string[];

/** Look-up by the key's name in lower case. Absent keys are undefined. */
export interface RequestContext {
  get(key: string): ContextValue | undefined;
}

/** Values by the key's name in lower case. */
type Keys = ReadonlyMap<string, string>;

/**
 * The context of a request. Keys that the request names itself win over those that follow from the caller; `more` are taken for named
 * by the request too.
 */
export function requestContext(request: AnyRequest, more?: Keys): RequestContext {
  return new DerivingContext(request, more);
}

class DerivingContext implements RequestContext {
  /** Contexts come and go: one that stays keeps what V8 compiled for them over collections that find no other. */
  static readonly stays = new DerivingContext(
    { caller: { kind: 'anonymous' }, action: '', resource: '', resourceAccountId: '', context: {} },
    undefined,
  );
  readonly #request: AnyRequest;
  readonly #more: Keys | undefined;
  #names: readonly string[] | undefined;

  constructor(request: AnyRequest, more: Keys | undefined) {
    this.#request = request;
    this.#more = more;
  }

  get(key: string): ContextValue | undefined {
    return this.given(key) ?? derivedValue(this.#request, key, this);
  }

  /**
   * The value that the request itself gives. A request has some ten keys and is asked for one or two, so they are looked through, those
   * of another length at a glance, rather than put into a table for each request. Of names that differ in case alone the last counts.
   */
  given(key: string): ContextValue | undefined {
    const more = this.#more?.get(key);
    if (more !== undefined) return more;
    const { context } = this.#request;
    this.#names ??= Object.keys(context);
    const keepsLength = !key.includes(DOT_ABOVE);
    let found: ContextValue | undefined;
    for (const name of this.#names) {
      if (keepsLength && name.length !== key.length) continue;
      if (lowerCase(name) === key) found = context[name] ?? found;
    }
    return found;
  }
}

/** In lower case the one letter that grows longer, U+0130, ends with this. */
const DOT_ABOVE = '\u0307';

type Derive = (request: AnyRequest, context: DerivingContext) => ContextValue | undefined;

const PRINCIPAL_TAG = 'aws:principaltag/';
const RESOURCE_TAG = 'aws:resourcetag/';

/** The keys that follow from the caller, its session and the resource, by name in lower case. */
const DERIVED: ReadonlyMap<string, Derive> = new Map<string, Derive>([
  ['aws:principalarn', ({ caller }) => principalArn(caller)],
  ['aws:principalaccount', ({ caller }) => accountOf(caller)],
  ['aws:principaltype', ({ caller }) => principalType(caller)],
  ['aws:userid', ({ caller }) => userId(caller)],
  ['aws:username', ({ caller }) => (caller.kind === 'user' ? caller.name : undefined)],
  ['aws:principalisawsservice', ({ caller }) => isAwsService(caller)],
  ['aws:principalservicename', ({ caller }) => (caller.kind === 'service' ? caller.service : undefined)],
  ['aws:resourceaccount', ({ resourceAccountId }) => (resourceAccountId === '' ? undefined : resourceAccountId)],
  ['aws:principalorgid', (request) => organizationOf(accountOf(request.caller), request)?.id],
  [
    'aws:principalorgmasteraccountid',
    (request) => organizationOf(accountOf(request.caller), request)?.managementAccountId,
  ],
  ['aws:principalorgpaths', (request) => organizationPaths(accountOf(request.caller), request)],
  ['aws:resourceorgid', (request) => organizationOf(request.resourceAccountId, request)?.id],
  ['aws:resourceorgpaths', (request) => organizationPaths(request.resourceAccountId, request)],
  ['kms:calleraccount', ({ caller, action }) => (isOfKms(action) ? accountOf(caller) : undefined)],
  ['aws:federatedprovider', ({ caller }) => federatedProvider(caller)],
  ['aws:tokenissuetime', ({ caller }) => ifSession(caller, ({ issuedAt }) => isoSeconds(issuedAt))],
  ['aws:multifactorauthpresent', ({ caller }) => ifSession(caller, ({ mfa }) => String(mfa !== undefined))],
  ['aws:multifactorauthage', ({ caller }, context) => ifSession(caller, (session) => mfaAge(session, context))],
  ['aws:sourceidentity', ({ caller }) => sessionOf(caller)?.sourceIdentity],
  ['aws:assumedroot', ({ caller }) => (sessionOf(caller)?.assumedRoot === true ? 'true' : undefined)],
]);

function derivedValue(request: AnyRequest, key: string, context: DerivingContext): ContextValue | undefined {
  const derive = DERIVED.get(key);
  if (derive !== undefined) return derive(request, context);
  if (key.startsWith(PRINCIPAL_TAG)) return tagValue(tagsOf(request.caller), key.slice(PRINCIPAL_TAG.length));
  if (key.startsWith(RESOURCE_TAG)) return tagValue(request.resourceTags, key.slice(RESOURCE_TAG.length));
  return undefined;
}

function accountOf(caller: AnyCaller): string | undefined {
  return 'accountId' in caller ? caller.accountId : undefined;
}

function isAwsService(caller: AnyCaller): string | undefined {
  if (caller.kind === 'service') return 'true';
  return 'accountId' in caller ? 'false' : undefined;
}

/** The organization that an account is in, as far as the request knows. */
function organizationOf(accountId: string | undefined, request: AnyRequest): Organization | undefined {
  const { organization } = request;
  if (organization === undefined || accountId === undefined) return undefined;
  return isMember(organization, accountId, request) ? organization : undefined;
}

/** Absent for the management account where no path of it is given. */
function organizationPaths(accountId: string | undefined, request: AnyRequest): readonly string[] | undefined {
  const organization = organizationOf(accountId, request);
  const path = organization === undefined || accountId === undefined ? undefined : pathOf(organization, accountId);
  return path === undefined ? undefined : [path];
}

/** Of who comes with a token only providers of OpenID Connect are named. */
function federatedProvider(caller: AnyCaller): string | undefined {
  if (caller.kind !== 'federated-identity') return sessionOf(caller)?.federatedProvider;
  return caller.provider.includes(':saml-provider/') ? undefined : caller.provider;
}

function isOfKms(action: string): boolean {
  return lowerCase(action).startsWith('kms:');
}

function ifSession(caller: AnyCaller, value: (session: SessionFacts) => string | undefined): string | undefined {
  const session = sessionOf(caller);
  return session === undefined ? undefined : value(session);
}

/** Whole seconds; absent where the request's time is not known. */
function mfaAge({ mfa }: SessionFacts, context: DerivingContext): string | undefined {
  const now = requestTime(context);
  if (mfa === undefined || now === undefined) return undefined;
  return String(Math.max(0, Math.floor((now - mfa.authenticatedAt) / 1000)));
}

/** The request's time, epoch milliseconds, by whichever of its two keys holds a time. */
function requestTime(context: DerivingContext): number | undefined {
  const epoch = context.given('aws:epochtime');
  const seconds = typeof epoch === 'string' ? parseDate(epoch) : undefined;
  if (seconds !== undefined) return seconds;
  const current = context.given('aws:currenttime');
  return typeof current === 'string' ? parseDate(current) : undefined;
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

function tagsOf(caller: AnyCaller): Tags | undefined {
  return 'tags' in caller ? caller.tags : undefined;
}

/** The tag's key is part of the condition key's name, so its case does not count. */
function tagValue(tags: Tags | undefined, lowerKey: string): string | undefined {
  for (const key in tags) if (lowerCase(key) === lowerKey && Object.hasOwn(tags, key)) return tags[key];
  return undefined;
}

/** Undefined where the number is no time. */
function isoSeconds(milliseconds: number): string | undefined {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? undefined : `${date.toISOString().slice(0, 19)}Z`;
}

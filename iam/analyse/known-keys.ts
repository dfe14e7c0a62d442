/**
 * What AWS says about condition keys that a request's values must obey: which are always there, which hold several values, which
 * texts they can hold. Follows the IAM User Guide, "AWS global condition context keys", and "IAM and AWS STS quotas" for names.
 * Keys in lower case. A key that is not known may be absent and may hold any text.
 */
import type { AnyCaller } from '../model.ts';
import { requestContext } from '../request-context.ts';
import { literal, oneOrMore, type Pattern } from './language.ts';
import { ANYTHING } from './patterns.ts';

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const UPPER = LOWER.toUpperCase();
const DIGITS = '1234567890';
const NAME_CHARS = `${LOWER}${UPPER}${DIGITS}_+=,.@-`;
const TAG_CHARS = `${LOWER}${UPPER}${DIGITS} _.:/=+-@`;

const set = (chars: string) => oneOrMore({ not: false, chars });

/** Names of users, roles and sessions. */
export const NAME: Pattern = set(NAME_CHARS);
/** The name of a service in actions and ARNs. */
export const REGION: Pattern = set(`${LOWER}${DIGITS}-`);
export const ACCOUNT: Pattern = new Array(12).fill({ run: false, not: false, chars: DIGITS });
const ID_TAIL = set(`${UPPER}${DIGITS}`);
/** What a path and a name are made of. */
export const PATH_CHARS = `${NAME_CHARS}/`;
const PATH_AND_NAME: Pattern = set(PATH_CHARS);

export const BOOLEAN_VALUES: readonly string[] = ['true', 'false'];

/**
 * Callers that the analysis takes together. `account` fixes theirs. `caller` is one principal that a policy names: what follows
 * from its ARN is fixed, its tags and its unique id are open.
 */
export interface Who {
  readonly kind: AnyCaller['kind'];
  readonly account?: string;
  readonly caller?: AnyCaller;
  /** ARNs of principals that are looked at by themselves, and are not among these. */
  readonly unlike?: readonly string[];
  /** The unique id that all of them have: a user's, a role's, or with its name a session's. */
  readonly id?: string;
  /** Of federated users the user who all of them are from. */
  readonly parent?: { readonly arn: string; readonly id: string };
}

type Universes = Readonly<Record<string, readonly Pattern[]>>;

/** No principal of IAM: nothing follows from it. */
const NOBODY: Universes = {
  'aws:username': [],
  'aws:principalarn': [],
  'aws:principalaccount': [],
  'aws:principaltype': [],
  'aws:tokenissuetime': [],
  'aws:multifactorauthpresent': [],
  'aws:multifactorauthage': [],
  'aws:sourceidentity': [],
  'aws:userid': [],
  'aws:principalorgid': [],
  'aws:principalorgpaths': [],
};

/** `aws:SourceArn` and its like are of calls that a service makes by its own principal. */
const NO_SOURCE: Universes = { 'aws:sourcearn': [], 'aws:sourceaccount': [], 'aws:principalservicename': [] };
const NO_SERVICE: Universes = { ...NO_SOURCE, 'aws:principalisawsservice': [literal('false')] };

const OF_KIND: Readonly<Record<Who['kind'], Universes>> = {
  user: {
    ...NO_SERVICE,
    'aws:username': [NAME],
    'aws:userid': [[...literal('AIDA'), ...ID_TAIL]],
    'aws:principaltype': [literal('User')],
    'aws:sourceidentity': [],
  },
  'role-session': {
    ...NO_SERVICE,
    'aws:username': [],
    'aws:userid': [[...literal('AROA'), ...ID_TAIL, ...literal(':'), ...NAME]],
    'aws:principaltype': [literal('AssumedRole')],
  },
  anonymous: {
    ...NOBODY,
    ...NO_SOURCE,
    'aws:principaltype': [literal('Anonymous')],
    'aws:userid': [literal('anonymous')],
    'aws:principalisawsservice': [],
  },
  service: { ...NOBODY, 'aws:principalisawsservice': [literal('true')] },
  root: {
    ...NO_SERVICE,
    'aws:username': [],
    'aws:principaltype': [literal('Account')],
    'aws:sourceidentity': [],
  },
  'federated-user': {
    ...NO_SERVICE,
    'aws:username': [],
    'aws:userid': [[...ACCOUNT, ...literal(':'), ...NAME]],
    'aws:principaltype': [literal('FederatedUser')],
  },
  'federated-identity': { ...NOBODY, ...NO_SOURCE, 'aws:principalisawsservice': [] },
};

const OF_ALL: Universes = {
  'aws:resourceaccount': [ACCOUNT],
  'aws:sourceaccount': [ACCOUNT],
  'aws:requestedregion': [REGION],
};

/** Callers that have tags. */
const TAGGED: ReadonlySet<Who['kind']> = new Set(['user', 'role-session', 'federated-user']);

/** Keys that follow from who the caller is. */
const OF_CALLER: ReadonlySet<string> = new Set(Object.keys(NOBODY));
/** Others that the engine derives. */
const OF_SESSION: ReadonlySet<string> = new Set([
  'aws:assumedroot',
  'aws:federatedprovider',
  'aws:principalisawsservice',
  'aws:principalorgmasteraccountid',
  'aws:principalservicename',
  'kms:calleraccount',
]);
/** Keys that the ARN of a principal settles. */
const OF_ARN: ReadonlySet<string> = new Set([
  'aws:username',
  'aws:principalarn',
  'aws:principalaccount',
  'aws:principalservicename',
]);

const ALWAYS_PRESENT: ReadonlySet<string> = new Set([
  'aws:userid',
  'aws:principaltype',
  'aws:principalarn',
  'aws:principalaccount',
  'aws:principalisawsservice',
  'aws:viaawsservice',
  'aws:resourceaccount',
  'aws:requestedregion',
  'aws:securetransport',
  'aws:currenttime',
  'aws:epochtime',
]);

const BOOLEANS: ReadonlySet<string> = new Set([
  'aws:securetransport',
  'aws:multifactorauthpresent',
  'aws:viaawsservice',
  'aws:principalisawsservice',
]);

const MULTIVALUED: ReadonlySet<string> = new Set([
  'aws:tagkeys',
  'aws:calledvia',
  'aws:principalorgpaths',
  'aws:resourceorgpaths',
  'aws:sourceorgpaths',
  'sts:transitivetagkeys',
]);

const INTEGERS: ReadonlySet<string> = new Set(['aws:multifactorauthage', 'aws:epochtime', 's3:max-keys']);

/** Keys that only requests that list an S3 bucket have. Amazon S3 User Guide, "Bucket policy examples using condition keys". */
const OF_LISTS: ReadonlySet<string> = new Set(['s3:prefix', 's3:delimiter', 's3:max-keys']);
/** Those requests' actions, without the service. */
export const LISTS_OF_BUCKETS: readonly string[] = ['ListBucket', 'ListBucketVersions', 'ListBucketMultipartUploads'];
const LISTS: ReadonlySet<string> = new Set(LISTS_OF_BUCKETS.map((name) => `s3:${name.toLowerCase()}`));

/** Whether the key's value follows from the caller and its session. */
export function followsFromCaller(key: string): boolean {
  return OF_CALLER.has(key) || OF_SESSION.has(key) || key.startsWith('aws:principaltag/');
}

/** Whether what requests can hold of the key depends on who asks. */
export function dependsOnWho(key: string): boolean {
  return followsFromCaller(key) || Object.hasOwn(NO_SOURCE, key);
}

/** Whether the key tells kinds of callers apart. */
export function dependsOnCallerKind(key: string): boolean {
  return OF_CALLER.has(key);
}

/** The texts that a key can hold in requests of such callers. No pattern: it is never there. */
export function universeOf(key: string, who: Who): readonly Pattern[] {
  const named = who.caller !== undefined && isNamedBy(who.caller, key) ? keyOfCaller(key, who.caller) : undefined;
  if (named !== undefined) return named === '' ? [] : [literal(named)];
  if (key === 'aws:userid' && who.id !== undefined) return [idsFrom(who.id, who.kind)];
  const known = OF_KIND[who.kind][key] ?? OF_ALL[key];
  if (known !== undefined) return known;
  const account = who.account === undefined ? ACCOUNT : literal(who.account);
  if (key === 'aws:principalaccount') return [account];
  if (key === 'aws:principalarn') {
    if (who.kind === 'federated-user') {
      return [[...literal('arn:aws:sts::'), ...account, ...literal(':federated-user/'), ...NAME]];
    }
    const type = who.kind === 'user' ? ':user/' : ':role/';
    return [[...literal('arn:aws:iam::'), ...account, ...literal(type), ...PATH_AND_NAME]];
  }
  if (BOOLEANS.has(key)) return BOOLEAN_VALUES.map(literal);
  if (!key.startsWith('aws:principaltag/')) return [ANYTHING];
  return TAGGED.has(who.kind) ? [[], set(TAG_CHARS)] : [];
}

/** What `aws:userid` holds of callers with a unique id: of sessions with their name, where the id has none. */
function idsFrom(id: string, kind: Who['kind']): Pattern {
  return kind === 'role-session' && !id.includes(':') ? [...literal(`${id}:`), ...NAME] : literal(id);
}

/** Whether the caller's ARN settles the key. The unique id of a user or a role is not told by it. */
function isNamedBy({ kind }: AnyCaller, key: string): boolean {
  return OF_ARN.has(key) || (key === 'aws:userid' && (kind === 'root' || kind === 'federated-user'));
}

/** Empty where the caller has no such key. */
function keyOfCaller(key: string, caller: AnyCaller): string {
  const request = { caller, action: '', resource: '', resourceAccountId: '', context: {} };
  const value = requestContext(request).get(key);
  return typeof value === 'string' ? value : '';
}

/** Whether requests of such callers can lack the key. */
export function canBeAbsent(key: string, who: Who): boolean {
  if (universeOf(key, who).length === 0) return true;
  if (key === 'aws:tokenissuetime' || key === 'aws:multifactorauthpresent')
    return who.kind !== 'role-session' && who.kind !== 'federated-user';
  return key !== 'aws:username' && !ALWAYS_PRESENT.has(key);
}

/** Whether AWS gives the key with an empty text too: tags, and what a list of a bucket begins with. */
export function canBeEmpty(key: string): boolean {
  return /tag\//.test(key) || OF_LISTS.has(key) || isUnknownKey(key);
}

/** Names that AWS has no key of, as the analysis of unknown callers makes them. */
function isUnknownKey(key: string): boolean {
  return key.startsWith('?');
}

/** Whether the key is there at all in requests for the action (in lower case). */
export function goesWithAction(key: string, action: string): boolean {
  return !OF_LISTS.has(key) || isListOfBucket(action);
}

/** Whether the action (in lower case) lists what is in an S3 bucket. */
export function isListOfBucket(action: string): boolean {
  return LISTS.has(action);
}

export function isBooleanKey(key: string): boolean {
  return BOOLEANS.has(key);
}

export function isMultivalued(key: string): boolean {
  return MULTIVALUED.has(key);
}

/** Whether AWS gives the key whole numbers only, from 0. */
export function isIntegerKey(key: string): boolean {
  return INTEGERS.has(key);
}

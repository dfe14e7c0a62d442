/**
 * Condition keys that AWS never gives independently of each other. Follows the IAM User Guide, "AWS global condition context keys", the
 * paragraphs "Availability". Keys in lower case.
 */
import type { KeyValue } from './key-values.ts';

/** Values of the keys that are asked about, each of which may be absent. */
type Told = ReadonlyMap<string, KeyValue>;

export interface Dependence {
  /** The same for all keys that depend on each other. */
  readonly id: string;
  readonly isOf: (key: string) => boolean;
  /** Keys whose values are compared with each other: what tells the values of one apart tells those of all. */
  readonly alike: readonly string[];
  /** Whether AWS could give these values together, whatever the keys hold that are not told. */
  readonly holds: (values: Told) => boolean;
  /** Whether AWS could give them together where a request can have every one of the keys; as `holds` where absent. */
  readonly holdsForAll?: (values: Told) => boolean;
}

export const CALLED_VIA = 'aws:calledvia';
const FIRST = 'aws:calledviafirst';
const LAST = 'aws:calledvialast';
const BY_ENDPOINT = ['aws:sourcevpc', 'aws:sourcevpce', 'aws:vpcsourceip'];
export const TAG_KEYS = 'aws:tagkeys';
export const REQUEST_TAG = 'aws:requesttag/';
const TOKEN_TIME = 'aws:tokenissuetime';
const MFA = 'aws:multifactorauthpresent';
const MFA_AGE = 'aws:multifactorauthage';
const CURRENT_TIME = 'aws:currenttime';
const EPOCH_TIME = 'aws:epochtime';

function oneOf(...keys: readonly string[]): Dependence['isOf'] {
  return (key) => keys.includes(key);
}

/** Whether all of the keys that are told are there, or none: undefined where neither. */
function presence(values: Told, keys: readonly string[]): 'none' | 'all' | 'untold' | undefined {
  const told = keys.filter((key) => values.has(key));
  if (told.length === 0) return 'untold';
  const present = told.filter((key) => values.get(key) !== undefined).length;
  if (present === 0) return 'none';
  return present === told.length ? 'all' : undefined;
}

/** A service that calls with its caller's credentials names the chain; a direct call has none. */
const FORWARDED: Dependence = {
  id: 'forwarded',
  isOf: oneOf('aws:viaawsservice', CALLED_VIA, FIRST, LAST),
  alike: [CALLED_VIA, FIRST, LAST],
  holds(values) {
    const called = presence(values, [CALLED_VIA, FIRST, LAST]);
    if (called === undefined) return false;
    if (called === 'all' && values.has('aws:viaawsservice') && values.get('aws:viaawsservice') !== 'true') return false;
    if (called !== 'all' || !values.has(CALLED_VIA)) return true;
    const chain = [values.get(CALLED_VIA) ?? []].flat();
    if (values.has(FIRST) && values.get(FIRST) !== chain[0]) return false;
    return !values.has(LAST) || values.get(LAST) === chain.at(-1);
  },
};

/** A request comes through a VPC endpoint or from an address, not both. */
const NETWORK: Dependence = {
  id: 'network',
  isOf: oneOf('aws:sourceip', ...BY_ENDPOINT),
  alike: [],
  holds(values) {
    const byEndpoint = presence(values, BY_ENDPOINT);
    if (byEndpoint === undefined) return false;
    return byEndpoint !== 'all' || values.get('aws:sourceip') === undefined;
  },
};

/** Temporary credentials say whether they were issued with MFA, and how long ago where they were. */
const CREDENTIALS: Dependence = {
  id: 'credentials',
  isOf: oneOf(TOKEN_TIME, MFA, MFA_AGE),
  alike: [],
  holds(values) {
    if (presence(values, [TOKEN_TIME, MFA]) === undefined) return false;
    if (!values.has(MFA_AGE)) return true;
    const hasAge = values.get(MFA_AGE) !== undefined;
    if (values.has(MFA)) return hasAge === (values.get(MFA) === 'true');
    return !hasAge || !values.has(TOKEN_TIME) || values.get(TOKEN_TIME) !== undefined;
  },
};

/** `aws:TagKeys` lists the tags of the request. */
const REQUEST_TAGS: Dependence = {
  id: 'request-tags',
  isOf: (key) => key === TAG_KEYS || key.startsWith(REQUEST_TAG),
  alike: [],
  holds(values) {
    if (!values.has(TAG_KEYS)) return true;
    const listed = new Set([values.get(TAG_KEYS) ?? []].flat().map((key) => key.toLowerCase()));
    return [...values].every(
      ([key, value]) =>
        !key.startsWith(REQUEST_TAG) || listed.has(key.slice(REQUEST_TAG.length)) === (value !== undefined),
    );
  },
};

/** Both are the time of the request. */
const TIME: Dependence = {
  id: 'time',
  isOf: oneOf(CURRENT_TIME, EPOCH_TIME),
  alike: [CURRENT_TIME, EPOCH_TIME],
  holds(values) {
    const [current, epoch] = [values.get(CURRENT_TIME), values.get(EPOCH_TIME)];
    if (typeof current !== 'string' || typeof epoch !== 'string') return true;
    return Date.parse(current) === Number(epoch) * 1000;
  },
};

/** `ec2:ResourceTag/team`: a service's own key for what `aws:ResourceTag/team` holds too. */
const RESOURCE_TAG = /^([a-z0-9-]+):resourcetag\/(.+)$/s;

/** The services that have one. Service Authorization Reference. */
const WITH_RESOURCE_TAG = (
  'aws autoscaling ec2 ecr ecr-public ecs elasticloadbalancing elasticmapreduce glacier iam iotanalytics license-manager ram ' +
  'sagemaker secretsmanager ssm'
).split(' ');

/** The keys for one tag of a resource. Who has one of them has each that the service knows. */
function resourceTag(tag: string): Dependence {
  const alike = WITH_RESOURCE_TAG.map((service) => `${service}:resourcetag/${tag}`);
  const areEqual = (values: Told) => new Set([...values.values()].filter((value) => value !== undefined)).size < 2;
  return {
    id: `resource-tag ${tag}`,
    isOf: oneOf(...alike),
    alike,
    holds: areEqual,
    holdsForAll: (values) => areEqual(values) && presence(values, [...values.keys()]) !== undefined,
  };
}

const DEPENDENCES: readonly Dependence[] = [FORWARDED, NETWORK, CREDENTIALS, REQUEST_TAGS, TIME];

/** What the key depends on; undefined for a key that stands by itself. */
export function dependenceOf(key: string): Dependence | undefined {
  const [, service = '', tag] = RESOURCE_TAG.exec(key) ?? [];
  if (tag !== undefined && WITH_RESOURCE_TAG.includes(service)) return resourceTag(tag);
  return DEPENDENCES.find(({ isOf }) => isOf(key));
}

/** The keys that AWS would send along with these. By the key in lower case; a key that is given is not among them. */
export function companions(values: ReadonlyMap<string, KeyValue>): ReadonlyMap<string, string | readonly string[]> {
  const along = new Map<string, string | readonly string[]>();
  const called = [CALLED_VIA, FIRST, LAST].map((key) => values.get(key));
  if (called.some((value) => value !== undefined)) along.set('aws:ViaAWSService', 'true');
  const present = [...values].filter(([key, value]) => key.startsWith(REQUEST_TAG) && value !== undefined);
  if (present.length > 0)
    along.set(
      'aws:TagKeys',
      present.map(([key]) => key.slice(REQUEST_TAG.length)),
    );
  for (const [key, value] of values) {
    const [, service = '', tag = ''] = RESOURCE_TAG.exec(key) ?? [];
    if (value !== undefined && WITH_RESOURCE_TAG.includes(service)) along.set(`aws:ResourceTag/${tag}`, value);
  }
  for (const name of along.keys()) if (values.has(name.toLowerCase())) along.delete(name);
  return along;
}

/** What S3 asks of the statements of a bucket policy beyond the grammar, when it is saved. */
import { compileGlob, matchGlob } from '../../../iam/glob.ts';
import type { Policy } from '../../../iam/policy.ts';
import { actionsOf } from '../../action-catalogue.ts';
import { AwsError } from '../../errors.ts';

type Kind = 'bucket' | 'object';

interface ActionFacts {
  /** The types of resources that it is about: `bucket`, `object`, and others that no bucket policy names. */
  readonly on: readonly string[];
  /** In lower case; one that ends in a slash has a part to fill in. */
  readonly keys: readonly string[];
}

const actions: ReadonlyMap<string, ActionFacts> = new Map(
  [...(actionsOf('s3')?.actions ?? [])].map(([name, { resourceTypes, conditionKeys }]) => [
    name,
    {
      on: resourceTypes.map((type) => type.name),
      keys: conditionKeys
        .map((key) => key.name.toLowerCase().replace(/[<$].*$/, ''))
        .filter((key) => key.startsWith('s3:')),
    },
  ]),
);
const conditionKeys = new Set([...actions.values()].flatMap(({ keys }) => keys));

/** S3's error for a bucket policy; IAM's for its own policies has another code. */
export function malformedPolicy(message: string): AwsError {
  return new AwsError('MalformedPolicy', message, { status: 400 });
}

/**
 * Throws `MalformedPolicy` for actions that are not S3's, for resources that are not this bucket or its objects, and for
 * actions that neither the resources nor the conditions of their statement can be about.
 */
export function checkStatements(policy: Policy, bucket: string): void {
  for (const statement of policy.statements) {
    const kinds = new Set((statement.resource?.values ?? []).flatMap((resource) => kindsOf(resource, bucket)));
    const named = statement.action.values.map(actionsNamed);
    const keys = statement.conditions.map(({ key }) => key.toLowerCase()).filter((key) => !key.startsWith('aws:'));
    if (keys.some((key) => !isKnown(key))) throw malformedPolicy('Policy has an invalid condition key');
    if (statement.action.not || statement.resource?.not) continue;
    checkCombination(named, kinds, keys);
  }
}

/** The facts of the actions that an element's value names. */
function actionsNamed(value: string): readonly ActionFacts[] {
  if (value === '*') return [...actions.values()];
  const name = /^s3:(.+)$/i.exec(value)?.[1]?.toLowerCase();
  if (name === undefined) throw malformedPolicy('Policy has invalid action');
  const pattern = compileGlob([{ pattern: name }], 'text');
  const matching = [...actions].flatMap(([action, facts]) => (matchGlob(pattern, action) ? [facts] : []));
  if (matching.length === 0) throw malformedPolicy('Policy has invalid action');
  return matching;
}

/** Each value of Action must name an action that is about one of the resources, and that knows each condition key. */
function checkCombination(
  named: readonly (readonly ActionFacts[])[],
  kinds: ReadonlySet<string>,
  keys: readonly string[],
): void {
  for (const candidates of named) {
    const onResources = candidates.filter(({ on }) => on.some((kind) => kinds.has(kind)));
    if (onResources.length === 0) throw malformedPolicy('Action does not apply to any resource(s) in statement');
    if (keys.some((key) => key.startsWith('s3:') && !onResources.some((facts) => knows(facts, key)))) {
      throw malformedPolicy('Conditions do not apply to combination of actions and resources in statement');
    }
  }
}

/** Keys of other services and of identity providers are not S3's to judge. */
function isKnown(key: string): boolean {
  return key.startsWith('s3:') ? conditionKeys.has(keyName(key)) : key.includes(':');
}

/** Requests through an access point carry these, whatever they do. */
const accessPointKeys = ['s3:dataaccesspointarn', 's3:dataaccesspointaccount', 's3:accesspointnetworkorigin'];

function knows({ keys }: ActionFacts, key: string): boolean {
  return keys.includes(keyName(key)) || accessPointKeys.includes(key);
}

/** The key without the part that is filled in. */
function keyName(key: string): string {
  return key.replace(/\/.*$/s, '/');
}

/** What of the bucket and its objects a resource can mean. Throws `MalformedPolicy` for one that is neither. */
function kindsOf(resource: string, bucket: string): readonly Kind[] {
  const [, name = '', key] = /^arn:aws:s3:::([^/]*)(\/.*)?$/s.exec(resource) ?? [];
  // A wildcard right after the name reaches the objects too, because it crosses the slash.
  const suffix = name.startsWith(bucket) ? name.slice(bucket.length) : undefined;
  if (suffix === undefined || !/^[*?]*$/.test(suffix) || key === '/') {
    throw malformedPolicy('Policy has invalid resource');
  }
  if (key !== undefined) return ['object'];
  return suffix === '' ? ['bucket'] : ['bucket', 'object'];
}

/** What S3 asks of the statements of a bucket policy beyond the grammar, when it is saved. */
import { compileGlob, matchGlob } from '../../../iam/glob.ts';
import type { Policy, Statement } from '../../../iam/policy.ts';
import { AwsError } from '../../errors.ts';
import actionTable from '../../generated/s3-actions.json' with { type: 'json' };

type Kind = 'bucket' | 'object';

const actions = new Map(Object.entries(actionTable as Readonly<Record<string, readonly string[]>>));

export function malformedPolicy(message: string): AwsError {
  return new AwsError('MalformedPolicy', message, { status: 400 });
}

/** Throws `MalformedPolicy` for actions that are not S3's, and for resources that are not this bucket or its objects. */
export function checkStatements(policy: Policy, bucket: string): void {
  for (const statement of policy.statements) {
    const found = statement.action.values.flatMap(actionsNamed);
    const kinds = new Set((statement.resource?.values ?? []).map((resource) => kindOf(resource, bucket)));
    if (kinds.has('both')) continue;
    if (statement.action.not || statement.resource?.not) continue;
    if (!applies(statement, found, kinds)) {
      throw malformedPolicy('Action does not apply to any resource(s) in statement');
    }
  }
}

/** The actions of the reference that an element's value names. */
function actionsNamed(value: string): readonly string[] {
  if (value === '*') return [...actions.keys()];
  const name = /^s3:(.+)$/i.exec(value)?.[1]?.toLowerCase();
  if (name === undefined) throw malformedPolicy('Policy has invalid action');
  const pattern = compileGlob([{ pattern: name }], 'text');
  const matching = [...actions.keys()].filter((action) => matchGlob(pattern, action));
  if (matching.length === 0) throw malformedPolicy('Policy has invalid action');
  return matching;
}

/** Each value of Action must have one action that some resource of the statement can be the object of. */
function applies(statement: Statement, found: readonly string[], kinds: ReadonlySet<Kind | 'both'>): boolean {
  return statement.action.values.every((value) => {
    const named = value === '*' ? found : actionsNamed(value);
    return named.some((action) => actions.get(action)?.some((kind) => kinds.has(kind as Kind)));
  });
}

/** Which of the bucket and its objects a resource can mean. Throws `MalformedPolicy` for one that is neither. */
function kindOf(resource: string, bucket: string): Kind | 'both' {
  const [, name = '', key] = /^arn:aws:s3:::([^/]*)(\/.*)?$/s.exec(resource) ?? [];
  // A wildcard right after the name reaches the objects too, because it crosses the slash.
  const suffix = name.startsWith(bucket) ? name.slice(bucket.length) : undefined;
  if (suffix === undefined || !/^[*?]*$/.test(suffix) || key === '/')
    throw malformedPolicy('Policy has invalid resource');
  if (key !== undefined) return 'object';
  return suffix === '' ? 'bucket' : 'both';
}

/** Session tags and source identities, also those that a chain of roles hands on (IAM User Guide, "Passing session tags"). */
import type { AssumeRoleRequest, Tag } from '@aws-sdk/client-sts';
import type { AnyCaller, Tags } from '../../../iam/model.ts';
import { AwsError } from '../../errors.ts';
import { own } from '../../own.ts';
import { stateKey } from '../../state-key.ts';
import type { World } from '../../world.ts';
import type { SessionState } from './state.ts';

/** What a new session gets by its request and by the session that asks for it. */
export interface SessionIdentity {
  readonly tags: Tags;
  readonly transitiveTagKeys: readonly string[];
  readonly sourceIdentity?: string;
}

/** The session that the caller's credentials belong to; undefined for long-lived keys. */
export function sessionOf(caller: AnyCaller, world: World): SessionState | undefined {
  if (caller.kind !== 'role-session' && caller.kind !== 'user') return undefined;
  const key = caller.session?.accessKeyId;
  return key === undefined ? undefined : own(own(world.accounts, caller.accountId)?.sts.sessions ?? {}, key);
}

/**
 * @throws InvalidParameterValue for a key that comes twice, a transitive key without its tag, or a tag that an inherited one
 *   forbids; AccessDenied for another source identity than the inherited one
 */
export function sessionIdentity(request: AssumeRoleRequest, caller: AnyCaller, world: World): SessionIdentity {
  const passed = (request.Tags ?? []).map(({ Key = '', Value = '' }: Tag) => ({ Key, Value }));
  const keys = new Set(passed.map(({ Key }) => Key.toLowerCase()));
  if (keys.size < passed.length) {
    throw invalidParameter('Duplicate tag keys found. Please note that Tag keys are case insensitive.');
  }
  const transitive = request.TransitiveTagKeys ?? [];
  if (transitive.some((key) => !keys.has(key.toLowerCase()))) {
    throw invalidParameter('The specified transitive tag key must be included in the requested tags.');
  }
  const from = sessionOf(caller, world);
  const inherited = from?.kind === 'role' ? from.transitiveTagKeys : [];
  if (inherited.some((key) => keys.has(key.toLowerCase()))) {
    throw invalidParameter(
      "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
    );
  }
  const kept = inherited.flatMap((key) => {
    const value = from && own(from.tags, stateKey(key));
    return value === undefined ? [] : [[key, value] as const];
  });
  const sourceIdentity = request.SourceIdentity ?? from?.sourceIdentity;
  return {
    tags: Object.fromEntries([...kept, ...passed.map(({ Key, Value }) => [Key, Value] as const)]),
    transitiveTagKeys: [...inherited, ...transitive],
    ...(sourceIdentity !== undefined && { sourceIdentity }),
  };
}

function invalidParameter(message: string): AwsError {
  return new AwsError('InvalidParameterValue', message, { status: 400 });
}

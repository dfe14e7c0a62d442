/** Calls that an author says were made before a sandbox began: a value in its state, which the views tell beside the calls that are made in it. */
import type { Patch } from 'immer';
import type { AnyCaller } from '../../iam/model.ts';
import { AwsError } from '../errors.ts';
import { own } from '../own.ts';
import type { Cloud } from '../perform.ts';
import { permissionsOf } from '../permissions/by-rule.ts';
import { newRequestId } from '../request-id.ts';
import type { Permission } from '../service.ts';
import type { World } from '../world.ts';
import { newestFirst } from './past-call.ts';
import { toPastCall } from './to-past-call.ts';

/** One call of the past. */
export interface HistoryEntry {
  /** The sandbox's clock, epoch milliseconds. */
  readonly at: number;
  readonly caller: AnyCaller;
  /** The long-term key that signed it. */
  readonly accessKeyId?: string;
  readonly service: string;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly sourceIp: string;
  readonly userAgent: string;
  readonly region: string;
  /** How it ended, where it failed: a denial is `AccessDenied`. */
  readonly error?: { readonly code: string; readonly message: string };
  /** What was answered, of a call that changed something. */
  readonly output?: Readonly<Record<string, unknown>>;
}

/**
 * The world with these calls in the history of the account that each came from. The resources and actions of each are those that the
 * call would ask for in this world.
 * @throws Error for an operation that is not offered
 */
export function plantHistory(
  cloud: Cloud,
  world: World,
  entries: readonly HistoryEntry[],
): { readonly world: World; readonly patches: readonly Patch[] } {
  const accounts = { ...world.accounts };
  const patches = new Map<string, Patch>();
  for (const entry of entries) {
    const call = pastCallOf(cloud, world, entry);
    const id = call.record.recipientAccountId;
    const account = own(accounts, id);
    if (account === undefined) throw new Error(`The sandbox has no account ${id}`);
    const history = [...account.cloudtrail.history, call].sort(newestFirst);
    accounts[id] = { ...account, cloudtrail: { ...account.cloudtrail, history } };
    patches.set(id, { op: 'replace', path: ['accounts', id, 'cloudtrail', 'history'], value: history });
  }
  return { world: { ...world, accounts }, patches: [...patches.values()] };
}

function pastCallOf(cloud: Cloud, world: World, entry: HistoryEntry) {
  const { caller, service, operation, input, sourceIp, userAgent, region, error, output = {} } = entry;
  const accountId = 'accountId' in caller ? caller.accountId : world.primaryAccountId;
  const request = {
    service,
    operation,
    input,
    caller,
    request: { sourceIp, secureTransport: true, userAgent, region },
    requestId: newRequestId(cloud.random),
    realNow: entry.at,
  };
  const performed = {
    accountId,
    decisions: asked(cloud, world, entry, accountId).map((permission) => ({ request: permission })),
    outcome:
      error === undefined
        ? ({ kind: 'ok', output } as const)
        : ({ kind: 'error', error: new AwsError(error.code, error.message) } as const),
  };
  return toPastCall(cloud, request, performed, 0, entry.accessKeyId);
}

/** None where they cannot be told of what is gone by now. */
function asked(
  { services, hashes }: Cloud,
  world: World,
  { service: name, operation: operationName, input, caller, region, at }: HistoryEntry,
  callerAccountId: string,
): readonly Permission[] {
  const service = own(services, name);
  const operation = own(service?.operations ?? {}, operationName);
  if (service === undefined || operation === undefined) throw new Error(`${name}:${operationName} is not offered`);
  try {
    return permissionsOf(service, operationName, operation, input, {
      world,
      callerAccountId,
      region,
      caller,
      now: at,
      hashes,
    });
  } catch (error) {
    if (error instanceof AwsError) return [];
    throw error;
  }
}

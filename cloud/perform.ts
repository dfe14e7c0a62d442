/**
 * The door: one AWS call, decoded and with a known caller, is decided by the policy engine and, if allowed, carried out.
 * The gateway, the grader and the account templates all go through it, so they can never disagree.
 */
import { current, enablePatches, isDraft, type Patch, produceWithPatches } from 'immer';
import type { Caller } from '../iam/model.ts';
import { accountModel } from './account-model.ts';
import type { AccountDraft, Call, Hashes, Random, RequestFacts } from './call.ts';
import { denial } from './denial.ts';
import { AwsError } from './errors.ts';
import { hexOf } from './hex.ts';
import type { ManagedPolicyCatalogue } from './managed-policies.ts';
import { own } from './own.ts';
import { ask, type DecidedPermission } from './permissions/ask.ts';
import { sessionLimit } from './permissions/session-limits.ts';
import type { PermissionFacts, Service } from './service.ts';
import { checkInput } from './validation.ts';
import { unknownOperation } from './wire/errors.ts';
import type { Account, World } from './world.ts';

enablePatches();

/** What the embedded cloud is made of; one for the whole process. */
export interface Cloud {
  /** By signing name. */
  readonly services: Readonly<Record<string, Service>>;
  readonly managedPolicies: ManagedPolicyCatalogue;
  readonly hashes: Hashes;
  readonly random: Random;
}

/** A call at the door. */
export interface CallRequest {
  readonly service: string;
  readonly operation: string;
  /** Decoded by the service's schema. */
  readonly input: Readonly<Record<string, unknown>>;
  readonly caller: Caller;
  readonly request: RequestFacts;
  readonly requestId: string;
  /** Real time, epoch milliseconds. */
  readonly realNow: number;
}

/** What a call came to. */
export interface Performed {
  /** One for each permission asked, up to and with the first that was denied. */
  readonly decisions: readonly DecidedPermission[];
  readonly outcome:
    | { readonly kind: 'ok'; readonly output: unknown }
    | { readonly kind: 'error'; readonly error: AwsError };
  /** The account that was worked on. */
  readonly accountId: string;
  /** The sandbox after the call: the same object where nothing changed. */
  readonly world: World;
  /** From the world before to the world after; empty where nothing changed. */
  readonly patches: readonly Patch[];
  /** Bodies that the new state names and the store may not have yet, by digest. */
  readonly newBlobs: ReadonlyMap<string, Uint8Array>;
}

/**
 * Decides a call and, if every permission is allowed, carries it out. Nothing is changed in place: the answer holds the
 * sandbox after the call.
 *
 * An ordinary failure (unknown operation, denial, invalid input, an AwsError of the handler) is an outcome; anything that is
 * thrown is a fault of the platform.
 */
export function perform(cloud: Cloud, world: World, call: CallRequest): Performed {
  const decisions: DecidedPermission[] = [];
  const newBlobs = new Map<string, Uint8Array>();
  const callerAccountId = accountOfCaller(call.caller) ?? world.primaryAccountId;
  let accountId = callerAccountId;
  try {
    const service = own(cloud.services, call.service);
    if (service === undefined) throw new Error(`The cloud has no service ${call.service}`);
    const operation = own(service.operations, call.operation);
    if (operation === undefined) throw unknownOperation(service.model, call.operation);
    const invalid = checkInput(call.service, call.operation, call.input);
    if (invalid?.incomplete) throw invalid.error;

    const now = call.realNow + world.clockOffset;
    const facts: PermissionFacts = {
      world,
      callerAccountId,
      region: call.request.region,
      caller: call.caller,
      now,
      hashes: cloud.hashes,
    };
    const model = accountModel(world, cloud.managedPolicies);
    const asker = { caller: call.caller, request: call.request, now, model };
    const limit = sessionLimit(call.caller, call.service, call.operation);
    if (limit !== undefined) {
      const action = `${call.service}:${call.operation}`;
      decisions.push(ask({ action, resource: '*', resourceAccountId: callerAccountId, context: {} }, asker));
      throw limit;
    }
    accountId = operation.owner?.(call.input, facts) ?? callerAccountId;
    for (const permission of operation.permissions(call.input, facts)) {
      const decided = ask(permission, asker);
      decisions.push(decided);
      if (decided.decision.verdict !== 'allowed') throw denial(service, permission, decided);
    }
    if (invalid !== undefined) throw invalid.error;

    const account = own(world.accounts, accountId);
    if (account === undefined) throw new Error(`The sandbox has no account ${accountId}`);
    const view: Call = {
      caller: call.caller,
      request: call.request,
      requestId: call.requestId,
      now,
      realNow: call.realNow,
      random: cloud.random,
      hashes: cloud.hashes,
      managedPolicies: cloud.managedPolicies,
      world,
      refusal(permission) {
        const decided = ask(permission, asker);
        decisions.push(decided);
        return decided.decision.verdict === 'allowed' ? undefined : denial(service, permission, decided);
      },
      keepBlob(bytes) {
        const digest = hexOf(cloud.hashes.sha256(bytes));
        newBlobs.set(digest, bytes);
        return { digest, size: bytes.length };
      },
    };
    if (operation.kind === 'read') {
      const output = operation.handle(account, call.input, view);
      return { decisions, outcome: { kind: 'ok', output }, accountId, world, patches: [], newBlobs };
    }
    const { output, after, patches } = change(account, (draft) => operation.handle(draft, call.input, view));
    return {
      decisions,
      outcome: { kind: 'ok', output },
      accountId,
      world: after === account ? world : { ...world, accounts: { ...world.accounts, [accountId]: after } },
      patches: patches.map((patch) => ({ ...patch, path: ['accounts', accountId, ...patch.path] })),
      newBlobs,
    };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return { decisions, outcome: { kind: 'error', error }, accountId, world, patches: [], newBlobs: new Map() };
  }
}

/** Runs a handler on a draft of the account. Its output is made free of the draft, which ends with the change. */
function change(
  account: Account,
  handle: (draft: AccountDraft) => unknown,
): { output: unknown; after: Account; patches: readonly Patch[] } {
  let output: unknown;
  const [after, patches] = produceWithPatches(account, (draft) => {
    output = withoutDrafts(handle(draft as AccountDraft));
  });
  return { output, after, patches };
}

function withoutDrafts(value: unknown): unknown {
  if (isDraft(value)) return current(value);
  if (Array.isArray(value)) return value.map(withoutDrafts);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withoutDrafts(member)]));
}

function accountOfCaller(caller: Caller): string | undefined {
  return caller.kind === 'anonymous' || caller.kind === 'service' ? undefined : caller.accountId;
}

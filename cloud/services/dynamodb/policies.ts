/** PutResourcePolicy, GetResourcePolicy, DeleteResourcePolicy: the policies of tables. */
import type {
  DeleteResourcePolicyInput,
  DeleteResourcePolicyOutput,
  GetResourcePolicyInput,
  GetResourcePolicyOutput,
  PutResourcePolicyInput,
  PutResourcePolicyOutput,
} from '@aws-sdk/client-dynamodb';
import { parsePolicy } from '../../../iam/parse.ts';
import { actionsOf } from '../../action-catalogue.ts';
import type { Call } from '../../call.ts';
import { AwsError } from '../../errors.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { principalNames, storePrincipals } from '../iam/trust.ts';
import { invalidValues, tableNotFound } from './errors.ts';
import { dynamoDbLimits } from './limits.ts';
import type { TableState } from './state.ts';
import { placeOfArn, tableAt } from './tables.ts';

type StoredPolicy = NonNullable<TableState['policy']>;

/** Whether a policy of a table may name an action: one on a table or an index, or a pattern. */
function isActionOnTables(name: string): boolean {
  if (name === '*') return true;
  const [, action] = /^dynamodb:(.+)$/i.exec(name) ?? [];
  if (action === undefined) return false;
  if (/[*?]/.test(action)) return true;
  const types = actionsOf('dynamodb')?.actions.get(action.toLowerCase())?.resourceTypes ?? [];
  return types.some(({ name: type }) => type === 'table' || type === 'index');
}

function invalidPolicy(why: string): AwsError {
  return invalidValues(`Invalid policy document: ${why}`);
}

/** A policy as it is stored. @throws ValidationException */
export function newPolicy(text: string, call: Call, before?: StoredPolicy): StoredPolicy {
  const size = new TextEncoder().encode(text).length;
  if (size > dynamoDbLimits.policyBytes) {
    throw invalidPolicy(`The policy has ${size} bytes; the maximum is ${dynamoDbLimits.policyBytes}`);
  }
  const parsed = parsePolicy(text, 'resource');
  if (parsed.kind === 'malformed') throw invalidPolicy(parsed.awsMessage);
  const wrong = parsed.policy.statements.flatMap(({ action }) =>
    action.values.filter((name) => !isActionOnTables(name)),
  );
  if (wrong.length > 0) {
    throw invalidPolicy(`The following action names are invalid: ${wrong.map((name) => `"${name}"`).join(', ')}`);
  }
  // A revision is a later one than that before, also within one millisecond.
  const revision = String(Math.max(call.now, Number(before?.revision ?? 0) + 1));
  try {
    return { text: storePrincipals(text, call.world), revision };
  } catch (error) {
    if (error instanceof AwsError) throw invalidPolicy(error.message);
    throw error;
  }
}

function policyNotFound(what: string): AwsError {
  return new AwsError(
    'PolicyNotFoundException',
    `Resource-based policy not found for the provided ResourceArn: ${what}`,
  );
}

/** @throws PolicyNotFoundException where the policy is not the one that the request expects */
function checkRevision(table: Pick<TableState, 'name' | 'policy'>, expected: string | undefined): void {
  const { name, policy } = table;
  if (expected === undefined) return;
  if (expected === 'NO_POLICY') {
    if (policy === undefined) return;
    throw policyNotFound(
      `Requested policy update expecting none to be present for table ${name}, but a policy exists with revision id ${policy.revision}.`,
    );
  }
  if (policy?.revision === expected) return;
  throw policyNotFound(
    policy === undefined
      ? `Requested update for policy with revision id ${expected}, but no policy exists for table ${name}.`
      : `Requested update for policy with revision id ${expected}, but the policy associated to target table ${name} has revision id ${policy.revision}.`,
  );
}

function noTable(arn: string): AwsError {
  return tableNotFound(placeOfArn(arn)?.name ?? arn);
}

export const putResourcePolicy: ChangeOperation<PutResourcePolicyInput, PutResourcePolicyOutput> = {
  kind: 'change',
  handle(account, { ResourceArn, Policy = '', ExpectedRevisionId }, call) {
    const table = tableAt(account, ResourceArn, call.request.region, noTable);
    checkRevision(table, ExpectedRevisionId);
    const policy = newPolicy(Policy, call, table.policy);
    // What does not change keeps its revision.
    if (policy.text !== table.policy?.text) table.policy = policy;
    return { RevisionId: table.policy?.revision ?? policy.revision };
  },
};

export const getResourcePolicy: ReadOperation<GetResourcePolicyInput, GetResourcePolicyOutput> = {
  kind: 'read',
  handle(account, { ResourceArn = '' }, call) {
    const { policy } = tableAt(account, ResourceArn, call.request.region, noTable);
    if (policy === undefined) throw policyNotFound(ResourceArn);
    return { Policy: principalNames(call.world).show(policy.text), RevisionId: policy.revision };
  },
};

export const deleteResourcePolicy: ChangeOperation<DeleteResourcePolicyInput, DeleteResourcePolicyOutput> = {
  kind: 'change',
  handle(account, { ResourceArn, ExpectedRevisionId }, call) {
    const table = tableAt(account, ResourceArn, call.request.region, noTable);
    checkRevision(table, ExpectedRevisionId);
    const revision = table.policy?.revision;
    delete table.policy;
    return revision === undefined ? {} : { RevisionId: revision };
  },
};

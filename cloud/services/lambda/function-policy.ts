/** The resource policies of functions, versions and aliases: AddPermission, RemovePermission, GetPolicy. */
import type {
  AddPermissionRequest,
  AddPermissionResponse,
  GetPolicyRequest,
  GetPolicyResponse,
  RemovePermissionRequest,
} from '@aws-sdk/client-lambda';
import type { AccountDraft, Random } from '../../call.ts';
import { own } from '../../own.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { stateKey } from '../../state-key.ts';
import { principalNames } from '../iam/trust.ts';
import { invalidParameter, noSuchResource, notFound } from './errors.ts';
import { aliasOf, checkRevision, type FoundFunction, findFunction, versionOf } from './finding.ts';
import { LATEST, makeUuid } from './names.ts';
import { type GrantStatement, statementPrincipal, withoutStatement, withStatement } from './policy-statements.ts';
import type { FunctionState } from './state.ts';

/** The revision that a policy goes by: of what it is attached to. */
function revisionOf(found: FoundFunction): string {
  return aliasOf(found.found, found.qualifier ?? '')?.revisionId ?? versionOf(found).revisionId;
}

type FunctionDraft = AccountDraft['lambda']['functions'][string];

function touch(found: FunctionDraft, qualifier: string | undefined, random: Random): void {
  const revisionId = makeUuid(random);
  const alias = qualifier === undefined ? undefined : found.aliases[stateKey(qualifier)];
  const version = qualifier === undefined ? found.latest : found.versions[qualifier];
  const touched = alias ?? version;
  if (touched !== undefined) touched.revisionId = revisionId;
}

/** Lambda API Reference, "AddPermission": each member becomes a condition of the statement. */
function statementOf(input: AddPermissionRequest, resource: string): GrantStatement {
  const equals: Record<string, string> = {
    ...(input.FunctionUrlAuthType !== undefined && { 'lambda:FunctionUrlAuthType': input.FunctionUrlAuthType }),
    ...(input.PrincipalOrgID !== undefined && { 'aws:PrincipalOrgID': input.PrincipalOrgID }),
    ...(input.SourceAccount !== undefined && { 'AWS:SourceAccount': input.SourceAccount }),
    ...(input.EventSourceToken !== undefined && { 'lambda:EventSourceToken': input.EventSourceToken }),
  };
  const condition = {
    ...(Object.keys(equals).length > 0 && { StringEquals: equals }),
    ...(input.InvokedViaFunctionUrl !== undefined && {
      Bool: { 'lambda:InvokedViaFunctionUrl': String(input.InvokedViaFunctionUrl) },
    }),
    ...(input.SourceArn !== undefined && { ArnLike: { 'AWS:SourceArn': input.SourceArn } }),
  };
  return {
    Sid: input.StatementId ?? '',
    Effect: 'Allow',
    Principal: statementPrincipal(input.Principal ?? ''),
    Action: input.Action ?? '',
    Resource: resource,
    ...(Object.keys(condition).length > 0 && { Condition: condition }),
  };
}

export const addPermission: ChangeOperation<AddPermissionRequest, AddPermissionResponse> = {
  kind: 'change',
  handle(account: AccountDraft, input, call) {
    const named = findFunction(account, input, call.request.region);
    const { found, arn, qualifier } = named;
    if (qualifier === LATEST) throw invalidParameter('We currently do not support adding policies for $LATEST.');
    checkRevision(input.RevisionId, revisionOf(named));
    versionOf(named);
    if (input.FunctionUrlAuthType !== undefined && !/^lambda:InvokeFunctionUrl$/i.test(input.Action ?? '')) {
      throw invalidParameter('FunctionUrlAuthType is only supported for lambda:InvokeFunctionUrl action');
    }
    const statement = statementOf(input, qualifier === undefined ? arn : `${arn}:${qualifier}`);
    const key = stateKey(qualifier ?? LATEST);
    found.policies[key] = withStatement(own(found.policies, key), statement, call.world);
    touch(found, qualifier, call.random);
    return { Statement: JSON.stringify(statement) };
  },
};

function policyOf(found: FunctionState, qualifier: string | undefined): string | undefined {
  return own(found.policies, stateKey(qualifier ?? LATEST));
}

export const removePermission: ChangeOperation<RemovePermissionRequest, Record<string, never>> = {
  kind: 'change',
  handle(account: AccountDraft, input, call) {
    const named = findFunction(account, input, call.request.region);
    const { found, qualifier } = named;
    const document = policyOf(found, qualifier);
    if (document === undefined) throw notFound('No policy is associated with the given resource.');
    const next = withoutStatement(document, input.StatementId ?? '');
    checkRevision(input.RevisionId, revisionOf(named));
    const key = stateKey(qualifier ?? LATEST);
    if (next === undefined) delete found.policies[key];
    else found.policies[key] = next;
    touch(found, qualifier, call.random);
    return {};
  },
};

export const getPolicy: ReadOperation<GetPolicyRequest, GetPolicyResponse> = {
  kind: 'read',
  handle(account, input, call) {
    const named = findFunction(account, input, call.request.region);
    const document = policyOf(named.found, named.qualifier);
    if (document === undefined) throw noSuchResource();
    return { Policy: principalNames(call.world).show(document), RevisionId: revisionOf(named) };
  },
};

/** The permissions of Automation: on the definition that is started, with the role that is passed; on executions, with their tags. */
import type { StartAutomationExecutionRequest } from '@aws-sdk/client-ssm';
import { AwsError } from '../../../errors.ts';
import { own } from '../../../own.ts';
import { permission } from '../../../permissions/defaults.ts';
import { requestTagContext } from '../../../permissions/input-tags.ts';
import { passRole } from '../../../permissions/pass-role.ts';
import type { Permission, PermissionFacts } from '../../../service.ts';
import { lookUpDocument, readDocumentName, versionOf } from '../documents/finding.ts';
import { tagKeys } from '../permissions.ts';
import { AUTOMATION, executionArn } from './names.ts';
import { roleOf } from './parameters.ts';

function definitionArn(region: string, ownerId: string, name: string, version: string): string {
  return `arn:aws:ssm:${region}:${ownerId}:automation-definition/${name}:${version}`;
}

export function startingPermissions(
  input: StartAutomationExecutionRequest,
  facts: PermissionFacts,
): readonly Permission[] {
  const { region, callerAccountId: accountId, world } = facts;
  const { DocumentName: text = '', DocumentVersion: version = '$DEFAULT', Tags } = input;
  const found = lookUpDocument(text, { world, accountId, region });
  const ownerId = found?.ownerId ?? readDocumentName(text).ownerId ?? accountId;
  const tags = requestTagContext({ Tags });
  const arn = definitionArn(region, ownerId, readDocumentName(text).name, version);
  const roleArn = found === undefined ? undefined : passedRole(input, facts);
  return [
    permission('ssm:StartAutomationExecution', arn, facts, {
      ...(ownerId !== '' && { owner: ownerId }),
      context: {
        'ssm:DocumentVersion': version,
        ...(found && { 'ssm:DocumentType': found.document.type, ...tagKeys(found.document.tags) }),
        ...tags,
      },
    }),
    ...(roleArn === undefined ? [] : [passRole(roleArn, AUTOMATION, facts)]),
  ];
}

/** The role that the runbook with these parameters acts as; none of what cannot be started anyway. */
function passedRole(input: StartAutomationExecutionRequest, facts: PermissionFacts): string | undefined {
  const { region, callerAccountId: accountId, world } = facts;
  const found = lookUpDocument(input.DocumentName ?? '', { world, accountId, region });
  if (found?.document.type !== 'Automation') return undefined;
  try {
    return roleOf(versionOf(found.document, input).content, input.Parameters ?? {});
  } catch (error) {
    if (error instanceof AwsError) return undefined;
    throw error;
  }
}

/** On an execution. */
export function onExecution(action: string, context: Permission['context'] = {}) {
  return (
    input: { readonly AutomationExecutionId?: string | undefined },
    facts: PermissionFacts,
  ): readonly Permission[] => {
    const { AutomationExecutionId: id = '' } = input;
    const execution = own(own(facts.world.accounts, facts.callerAccountId)?.ssm.executions ?? {}, id);
    return [
      permission(action, executionArn(facts.region, facts.callerAccountId, id), facts, {
        context: { ...tagKeys(execution?.tags ?? []), ...context },
      }),
    ];
  };
}

/** A call and what it came to, as the learner, the log and the live socket see it. */

import { own } from '../../cloud/own.ts';
import type { CallRequest, Cloud, InnerPerformed } from '../../cloud/perform.ts';
import type { DecidedPermission } from '../../cloud/permissions/ask.ts';
import { isReadOnly } from '../../cloud/service.ts';
import type { CallEvent } from '../../contract/index.ts';
import { callerArn } from '../../iam/caller-arn.ts';
import type { DecisiveStatement, NearMiss } from '../../iam/model.ts';

type DecisionView = NonNullable<CallEvent['decisions']>[number];

/** The codes by which services say that a permission is missing. */
const DENIED = new Set(['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation']);

/**
 * The event of a call, with every decision that was taken for it.
 * @param clockOffset milliseconds that the sandbox's clock is ahead of real time
 */
export function toCallEvent(
  cloud: Cloud,
  request: CallRequest,
  performed: Pick<InnerPerformed, 'decisions' | 'outcome'>,
  clockOffset: number,
): CallEvent {
  const { outcome, decisions } = performed;
  const error = outcome.kind === 'error' ? outcome.error : undefined;
  const operation = own(own(cloud.services, request.service)?.operations ?? {}, request.operation);
  return {
    id: request.requestId,
    at: new Date(request.realNow + clockOffset).toISOString(),
    service: request.service,
    operation: request.operation,
    principal: callerArn(request.caller),
    resources: [...new Set(decisions.map((decided) => decided.request.resource))],
    readOnly: isReadOnly(operation),
    outcome: error === undefined ? 'ok' : isDenial(error.code, decisions) ? 'denied' : 'error',
    errorCode: error?.code ?? null,
    errorMessage: error?.message ?? null,
    sourceIp: request.request.sourceIp,
    userAgent: request.request.userAgent,
    ...(request.by && { invokedBy: request.by.service }),
    decisions: decisions.map(decisionView),
  };
}

function isDenial(code: string, decisions: readonly DecidedPermission[]): boolean {
  return DENIED.has(code) && decisions.some(({ decision }) => decision.verdict !== 'allowed');
}

function decisionView({ request, decision }: DecidedPermission): DecisionView {
  return {
    action: request.action,
    resource: request.resource,
    verdict: decision.verdict,
    layer: decision.layer,
    statements: decision.statements.map(statementView),
    near: decision.near.map(nearView),
    basis: decision.basis,
    reason: decision.reason,
  };
}

function statementView(statement: DecisiveStatement): DecisionView['statements'][number] {
  const { policy, index, sid, effect } = statement;
  return { policy: policy.name, attachedTo: policy.attachedTo, index, sid: sid ?? null, effect };
}

/** `Clerks, statement 2 (Write), Condition: aws:SourceIp 10.1.2.3 is not in 203.0.113.0/24`. */
function nearView({ statement, element, because }: NearMiss): string {
  const sid = statement.sid === undefined ? '' : ` (${statement.sid})`;
  return `${statement.policy.name}, statement ${statement.index + 1}${sid}, ${element}: ${because}`;
}

/** The least statement that speaks of a request: this action, this resource, this caller, and no more. */
import type { AnyCaller, Layer } from '../../model.ts';
import type { ConditionClause, Policy, PrincipalElement, Statement } from '../../policy.ts';
import { principalArn } from '../../request-context.ts';
import type { Subject } from '../../statement.ts';
import { isPlainArn } from '../words.ts';

/** The layers whose statements say whom they speak of. */
const WITH_PRINCIPAL: ReadonlySet<Layer> = new Set(['resource', 'trust', 'vpc-endpoint', 'resource-control']);

/** A statement for a policy of that layer and version. */
export function leastStatement(
  effect: 'Allow' | 'Deny',
  layer: Layer,
  { request }: Subject,
  version: Policy['version'],
): Statement {
  const { caller } = request;
  const action = { not: false, values: [request.action] };
  // As a principal the root's ARN stands for its whole account, as a condition for the root user alone.
  const conditions = effect === 'Deny' && caller.kind === 'root' ? [onlyRoot(caller.accountId)] : NO_CONDITIONS;
  if (layer === 'trust') return { effect, principal: principalElement(caller), action, conditions };
  const resource = { not: false, values: [literal(request.resource, version)] };
  if (!WITH_PRINCIPAL.has(layer)) return { effect, action, resource, conditions };
  return { effect, principal: principalElement(caller), action, resource, conditions };
}

const NO_CONDITIONS: readonly ConditionClause[] = [];

function onlyRoot(accountId: string): ConditionClause {
  return {
    operator: 'ArnEquals',
    ifExists: false,
    key: 'aws:PrincipalArn',
    values: [principalArn({ kind: 'root', accountId }) ?? ''],
  };
}

/** A text as a pattern that matches it alone. Before 2012-10-17 there is no way to write a star that is one. */
export function literal(text: string, version: Policy['version']): string {
  if (text === '*' || version === '2008-10-17' || isPlainArn(text)) return text;
  return text.replaceAll(/[*?]|\$(?=\{)/g, (sign) => `\${${sign}}`);
}

const principalElements = new WeakMap<AnyCaller, PrincipalElement>();

/** The Principal element that names a caller: a session by its role. */
export function principalElement(caller: AnyCaller): PrincipalElement {
  let element = principalElements.get(caller);
  if (element === undefined) {
    element = elementNaming(caller);
    principalElements.set(caller, element);
  }
  return element;
}

function elementNaming(caller: AnyCaller): PrincipalElement {
  const nobody = { not: false, everyone: false, aws: [], service: [], federated: [], canonicalUser: [] };
  switch (caller.kind) {
    case 'anonymous':
      return { ...nobody, everyone: true };
    case 'service':
      return { ...nobody, service: [caller.service] };
    case 'federated-identity':
      return { ...nobody, federated: [caller.provider] };
    default:
      return { ...nobody, aws: [principalArn(caller) ?? caller.accountId] };
  }
}

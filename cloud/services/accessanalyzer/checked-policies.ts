/** Documents that custom policy checks are asked about. */
import { parsePolicy } from '../../../iam/parse.ts';
import type { Policy, PolicyKind, Statement } from '../../../iam/policy.ts';
import { invalidParameter, unprocessable } from './errors.ts';
import { accessAnalyzerLimits } from './limits.ts';

/**
 * A document as the engine takes it. A trust policy's statements speak of every resource, so that it can be compared as the policy of a
 * resource. @throws InvalidParameterException for a document that AWS would not save,
 * UnprocessableEntityException for one of too many statements
 */
export function readChecked(text: string, kind: PolicyKind): Policy {
  if (text.length > accessAnalyzerLimits.documentCharacters)
    throw invalidParameter('The policy document is too large.');
  const parsed = parsePolicy(text, kind);
  if (parsed.kind === 'malformed') throw invalidParameter(`Invalid policy document: ${parsed.awsMessage}`);
  if (parsed.policy.statements.length > accessAnalyzerLimits.statementsProved) throw unprocessable();
  if (kind !== 'trust') return parsed.policy;
  const resource = { not: false, values: ['*'] };
  return { ...parsed.policy, statements: parsed.policy.statements.map((statement) => ({ ...statement, resource })) };
}

/** For each Allow, what it allows by itself: with every Deny of its policy. */
export function allowsOneByOne(
  policy: Policy,
): readonly { readonly statement: Statement; readonly index: number; readonly alone: Policy }[] {
  return policy.statements.flatMap((statement, index) => {
    if (statement.effect === 'Deny') return [];
    const statements = policy.statements.filter((other) => other === statement || other.effect === 'Deny');
    return [{ statement, index, alone: { ...policy, statements } }];
  });
}

/** Whether a statement's Action, Resource and Condition cover a request. */
import type { AnyRequest } from '../model.ts';
import type { ListElement, Policy, Statement } from '../policy.ts';
import { type Answer, all, answer, any, not } from './answer.ts';
import type { Variables } from './comparison.ts';
import { meets, variablesOf } from './condition.ts';
import { fill, matches, matchesSegments, partsOf, type Token, tokensOf } from './pattern.ts';

export function covers(request: AnyRequest, statement: Statement, policy: Policy): Answer {
  return all([
    coversAction(request.action, statement.action),
    coversResource(request, statement, variablesOf(request, policy)),
    meets(request, statement.conditions, policy),
  ]);
}

/** Letter case does not count. What an empty list leaves out is nothing, though it is a Not. */
function coversAction(action: string, element: ListElement): Answer {
  if (element.values.length === 0) return 'no';
  const listed = element.values.some((value) => {
    const tokens = tokensOf(value.toLowerCase(), { wildcards: true, variables: false });
    return matches(tokens, action.toLowerCase());
  });
  return answer(listed !== element.not);
}

/** A trust policy has no Resource: it covers its role. */
function coversResource(request: AnyRequest, statement: Statement, variables: Variables): Answer {
  const { effect, resource: element } = statement;
  if (element === undefined) return 'yes';
  if (element.values.length === 0) return 'no';
  const listed = element.values.map((value) => coversArn(request.resource, value, variables));
  const known = listed.map((one): Answer => {
    if (one === 'unfilled') return element.not ? 'doubtful' : 'no';
    if (one === 'invalid') return element.not && effect === 'Allow' ? 'doubtful' : 'no';
    return one;
  });
  return element.not ? not(any(known)) : any(known);
}

/** `unfilled` where a variable has no value, `invalid` where it matches, but IAM would not save it. */
function coversArn(resource: string, written: string, variables: Variables): Answer | 'unfilled' | 'invalid' {
  if (written === '*') return 'yes';
  const tokens = tokensOf(written, { wildcards: true, variables: variables !== undefined });
  const [, partition = [], service = [], region = [], account = []] = partsOf(tokens, 6);
  const filled = fill(complete(tokens), variables ?? (() => undefined));
  if (filled === undefined) return 'unfilled';
  if (!matchesSegments(filled, resource)) return 'no';
  if (service.some(isWildcard) || [...partition, ...service].some(isVariable)) return 'invalid';
  return [...region, ...account].some(isVariable) ? 'doubtful' : 'yes';
}

/** An ARN that ends early is completed with wildcards: `arn:aws:sqs` is `arn:aws:sqs:*:*:*`. */
function complete(tokens: readonly Token[]): readonly Token[] {
  if (partsOf(tokens, 6).length === 6) return tokens;
  return complete([...tokens, { kind: 'character', character: ':' }, { kind: 'star' }]);
}

const isVariable = (token: Token): boolean => token.kind === 'variable';
const isWildcard = (token: Token): boolean => token.kind === 'star' || token.kind === 'question';

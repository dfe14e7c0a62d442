/**
 * What EC2 says of a denial in a form that people cannot read, and DecodeAuthorizationMessage gives back. The members are those that AWS
 * answers with (AWS CLI Command Reference, `decode-authorization-message`, its example). The message is packed, not encrypted: in a
 * sandbox it tells its learner nothing of anybody else.
 */
import type { DecodeAuthorizationMessageRequest, DecodeAuthorizationMessageResponse } from '@aws-sdk/client-sts';
import { deflateSync, inflateSync, strFromU8, strToU8 } from 'fflate';
import { callerArn } from '../../../iam/caller-arn.ts';
import type { AnyRequest, Decision, DecisiveStatement } from '../../../iam/model.ts';
import type { ConditionClause } from '../../../iam/policy.ts';
import { AwsError } from '../../errors.ts';
import type { ReadOperation } from '../../service.ts';
import { fromBase64Url, toBase64Url } from '../../tokens/token.ts';

/** The most that DecodeAuthorizationMessage takes. */
const longest = 10_240;
const mark = 'leastwise 1 ';

const items = <Item>(list: readonly Item[]) => ({ items: list });
const values = (list: readonly string[]) => items(list.map((value) => ({ value })));

/** The denial of one permission, as an encoded message; undefined where it would be longer than AWS takes back. */
export function encodeDenial(request: AnyRequest, decision: Decision): string | undefined {
  const text = JSON.stringify(described(request, decision));
  const encoded = toBase64Url(deflateSync(strToU8(mark + text)));
  return encoded.length <= longest ? encoded : undefined;
}

function described(request: AnyRequest, decision: Decision): object {
  const denied = decision.statements.filter(({ effect }) => effect === 'Deny');
  return {
    allowed: false,
    explicitDeny: decision.verdict === 'explicitly-denied',
    matchedStatements: items(denied.map((statement) => shownStatement(statement, request))),
    failures: items([]),
    context: {
      principal: shownPrincipal(request),
      action: request.action,
      resource: request.resource,
      conditions: items(
        Object.entries(request.context).map(([key, value]) => ({ key, values: values([value].flat()) })),
      ),
    },
  };
}

function shownStatement({ policy, index, sid, effect }: DecisiveStatement, request: AnyRequest): object {
  const statement = policy.policy.statements[index];
  const id = principalId(request);
  return {
    statementId: sid ?? '',
    effect: effect.toUpperCase(),
    principals: values(id === undefined ? [] : [id]),
    principalGroups: items([]),
    actions: values(statement?.action.values ?? []),
    resources: values(statement?.resource?.values ?? []),
    conditions: items((statement?.conditions ?? []).map(shownClause)),
  };
}

function shownClause({ key, values: wanted }: ConditionClause): object {
  return { key, values: values(wanted) };
}

function shownPrincipal(request: AnyRequest): object {
  const { caller } = request;
  const id = principalId(request);
  return {
    ...(id !== undefined && { id }),
    ...(caller.kind === 'user' && { name: caller.name }),
    arn: callerArn(caller),
  };
}

function principalId({ caller }: AnyRequest): string | undefined {
  switch (caller.kind) {
    case 'user':
      return caller.id;
    case 'role-session':
      return `${caller.roleId}:${caller.sessionName}`;
    case 'root':
      return caller.accountId;
    case 'federated-user':
      return `${caller.accountId}:${caller.name}`;
    default:
      return undefined;
  }
}

/** DecodeAuthorizationMessage, by the rule for permissions: without a resource of its own. */
export const decodeAuthorizationMessage: ReadOperation<
  DecodeAuthorizationMessageRequest,
  DecodeAuthorizationMessageResponse
> = {
  kind: 'read',
  handle(_account, { EncodedMessage = '' }) {
    return { DecodedMessage: decoded(EncodedMessage) };
  },
};

/** @throws InvalidAuthorizationMessageException for what was not encoded here */
function decoded(message: string): string {
  const bytes = fromBase64Url(message);
  const text = bytes === undefined ? undefined : inflated(bytes);
  if (text?.startsWith(mark)) return text.slice(mark.length);
  throw new AwsError('InvalidAuthorizationMessageException', 'Message is not valid');
}

/** No more than a denial can come to: a small message may stand for a very large text. */
const largestText = 1024 * 1024;

function inflated(bytes: Uint8Array): string | undefined {
  try {
    return strFromU8(inflateSync(bytes, { out: new Uint8Array(largestText) }));
  } catch {
    // No deflated text, or too much of it.
    return undefined;
  }
}

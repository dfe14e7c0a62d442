/**
 * The policies of event buses, by whole documents or statement by statement. Amazon EventBridge API Reference, PutPermission; User Guide,
 * "Permissions for Amazon EventBridge event buses".
 */
import type { PutPermissionRequest, RemovePermissionRequest } from '@aws-sdk/client-eventbridge';
import { parsePolicy } from '../../../iam/parse.ts';
import type { Call } from '../../call.ts';
import { AwsError } from '../../errors.ts';
import type { ChangeOperation } from '../../service.ts';
import { storePrincipals } from '../iam/trust.ts';
import { changedBus } from './buses.ts';
import { notFound, validation } from './errors.ts';
import { eventsLimits } from './limits.ts';
import { busArn } from './names.ts';

type Statement = Readonly<Record<string, unknown>>;

/** A document as it is kept. @throws ValidationException, PolicyLengthExceededException */
function checkedPolicy(text: string, call: Call): string {
  if (text.length > eventsLimits.policyCharacters) {
    throw new AwsError('PolicyLengthExceededException', 'The policy is too long.', { status: 400 });
  }
  const parsed = parsePolicy(text, 'resource');
  if (parsed.kind === 'malformed') throw validation(`Policy is not valid. Reason: ${parsed.awsMessage}`);
  try {
    return storePrincipals(text, call.world);
  } catch (error) {
    if (error instanceof AwsError) throw validation(`Policy is not valid. Reason: ${error.message}`);
    throw error;
  }
}

/** The statement that a request's parts make. @throws ValidationException */
function statementOf(input: PutPermissionRequest, arn: string): Statement {
  const { Action, Principal, StatementId, Condition } = input;
  if (Action === undefined || Principal === undefined || StatementId === undefined) {
    throw validation('Parameter(s) Action, Principal and StatementId or Policy must be specified.');
  }
  if (Action !== 'events:PutEvents') {
    throw validation(`Provided value in parameter 'action' is not supported.`);
  }
  const { Type = '', Key = '', Value } = Condition ?? {};
  return {
    Sid: StatementId,
    Effect: 'Allow',
    Principal: Principal === '*' ? '*' : { AWS: `arn:aws:iam::${Principal}:root` },
    Action,
    Resource: arn,
    ...(Condition && { Condition: { [Type]: { [Key]: Value } } }),
  };
}

function statementsOf(policy: string | undefined): readonly Statement[] {
  return policy === undefined ? [] : ([JSON.parse(policy).Statement].flat() as readonly Statement[]);
}

function policyOf(statements: readonly Statement[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

/** A statement of the same id is said anew. */
export const putPermission: ChangeOperation<PutPermissionRequest, object> = {
  kind: 'change',
  handle(account, input, call) {
    const bus = changedBus(account, input.EventBusName, call);
    if (input.Policy !== undefined) {
      bus.policy = checkedPolicy(input.Policy, call);
      return {};
    }
    const statement = statementOf(input, busArn({ ...bus, accountId: account.id }));
    const others = statementsOf(bus.policy).filter(({ Sid }) => Sid !== input.StatementId);
    bus.policy = checkedPolicy(policyOf([...others, statement]), call);
    return {};
  },
};

export const removePermission: ChangeOperation<RemovePermissionRequest, object> = {
  kind: 'change',
  handle(account, { StatementId, RemoveAllPermissions, EventBusName }, call) {
    const bus = changedBus(account, EventBusName, call);
    if (RemoveAllPermissions === true) {
      delete bus.policy;
      return {};
    }
    if (StatementId === undefined) throw validation('Parameter StatementId must be specified.');
    if (bus.policy === undefined) throw notFound('EventBus does not have a policy.');
    const statements = statementsOf(bus.policy);
    const left = statements.filter(({ Sid }) => Sid !== StatementId);
    if (left.length === statements.length) throw notFound('Statement with the provided id does not exist.');
    if (left.length === 0) delete bus.policy;
    else bus.policy = policyOf(left);
    return {};
  },
};

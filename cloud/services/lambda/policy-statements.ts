/** The statements that AddPermission and AddLayerVersionPermission write. */
import { parsePolicy } from '../../../iam/parse.ts';
import { AwsError } from '../../errors.ts';
import type { World } from '../../world.ts';
import { storePrincipals } from '../iam/trust.ts';
import { conflict, invalidParameter, notFound } from './errors.ts';
import { lambdaLimits } from './limits.ts';

export interface GrantStatement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Principal: string | Readonly<Record<string, string>>;
  readonly Action: string;
  readonly Resource: string;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

interface GrantDocument {
  readonly Version: string;
  readonly Id: string;
  readonly Statement: readonly GrantStatement[];
}

const SERVICE = /^[a-z0-9][a-z0-9.-]*\.amazonaws\.com(\.cn)?$/;

/** A principal as Lambda writes it into a policy. @throws InvalidParameterValueException */
export function statementPrincipal(principal: string): GrantStatement['Principal'] {
  if (principal === '*') return '*';
  if (SERVICE.test(principal)) return { Service: principal };
  if (/^\d{12}$/.test(principal)) return { AWS: `arn:aws:iam::${principal}:root` };
  if (/^arn:aws[\w-]*:(iam|sts)::\d{12}:/.test(principal)) return { AWS: principal };
  throw invalidPrincipal();
}

function invalidPrincipal(): AwsError {
  return invalidParameter('The provided principal was invalid. Please check the principal and try again.');
}

/**
 * A policy with one statement more, as it is stored: users and roles of the sandbox stand as their unique ids.
 * @param document absent where there is none yet
 * @throws ResourceConflictException, InvalidParameterValueException, PolicyLengthExceededException
 */
export function withStatement(document: string | undefined, statement: GrantStatement, world: World): string {
  const current: GrantDocument =
    document === undefined ? { Version: '2012-10-17', Id: 'default', Statement: [] } : JSON.parse(document);
  if (current.Statement.some(({ Sid }) => Sid === statement.Sid)) {
    throw conflict(
      `The statement id (${statement.Sid}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
    );
  }
  const next = JSON.stringify({ ...current, Statement: [...current.Statement, storedStatement(statement, world)] });
  if (new TextEncoder().encode(next).length > lambdaLimits.policyBytes) {
    throw new AwsError(
      'PolicyLengthExceededException',
      `The final policy size (${next.length}) is bigger than the limit (${lambdaLimits.policyBytes}).`,
      { details: { Type: 'User' } },
    );
  }
  const parsed = parsePolicy(next, 'resource');
  if (parsed.kind === 'malformed') throw invalidParameter(parsed.awsMessage);
  return next;
}

function storedStatement(statement: GrantStatement, world: World): unknown {
  try {
    return JSON.parse(storePrincipals(JSON.stringify({ Statement: [statement] }), world)).Statement[0];
  } catch (error) {
    if (error instanceof AwsError) throw invalidPrincipal();
    throw error;
  }
}

/** The policy without a statement; undefined where it was the last one. @throws ResourceNotFoundException */
export function withoutStatement(document: string, sid: string): string | undefined {
  const current: GrantDocument = JSON.parse(document);
  const left = current.Statement.filter((statement) => statement.Sid !== sid);
  if (left.length === current.Statement.length) throw notFound(`Statement ${sid} is not found in resource policy.`);
  return left.length === 0 ? undefined : JSON.stringify({ ...current, Statement: left });
}

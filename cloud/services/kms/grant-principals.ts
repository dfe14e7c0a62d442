/** The principals of grants. As in policies, a user or a role of the sandbox is kept by its unique id: who is made anew is another. */
import { AwsError } from '../../errors.ts';
import type { World } from '../../world.ts';
import { principalNames, storePrincipals } from '../iam/trust.ts';
import { kmsError } from './errors.ts';

/** A principal's ARN as it is stored. @throws InvalidArnException */
export function storedPrincipal(arn: string, world: World): string {
  try {
    return principalIn(storePrincipals(documentOf(arn), world));
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw kmsError('InvalidArnException', `ARN does not refer to a valid principal: ${arn}`);
  }
}

/** Shows stored principals of a sandbox: an ARN as long as there is one. */
export function shownPrincipal(world: World): (stored: string) => string {
  const names = principalNames(world);
  return (stored) => principalIn(names.show(documentOf(stored)));
}

/** The rules for principals are those of policies, so one stands for it. */
function documentOf(principal: string): string {
  return JSON.stringify({ Statement: { Principal: { AWS: principal } } });
}

function principalIn(document: string): string {
  return (JSON.parse(document) as { Statement: { Principal: { AWS: string } } }).Statement.Principal.AWS;
}

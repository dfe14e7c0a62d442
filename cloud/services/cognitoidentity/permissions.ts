/** What the rule for permissions cannot tell of identity pools. */
import { own } from '../../own.ts';
import type { Permission, PermissionFacts, ResourceRules } from '../../service.ts';
import { shownByName } from '../../state-key.ts';
import { poolArn, poolOfArn } from './finding.ts';

/** The pools of the identities that an input names. */
function poolArns(input: Readonly<Record<string, unknown>>, facts: PermissionFacts): readonly string[] {
  const { IdentityId, IdentityIdsToDelete } = input;
  const account = own(facts.world.accounts, facts.callerAccountId);
  if (account === undefined) return [];
  const { identities, pools } = account.cognitoidentity;
  const named = [IdentityId, IdentityIdsToDelete].flat().flatMap((id) => {
    const identity = typeof id === 'string' ? own(identities, id) : undefined;
    const pool = identity && own(pools, identity.poolId);
    return pool === undefined ? [] : [poolArn(account.id, pool)];
  });
  return [...new Set(named)];
}

export const cognitoIdentityResources: ResourceRules = {
  tagsOf(world, arn) {
    const pool = poolOfArn(world, arn);
    return pool && shownByName(pool.tags);
  },
  context(input, facts, { arn }): Permission['context'] {
    const [first, ...more] = arn === '*' ? poolArns(input, facts) : [];
    if (first === undefined) return {};
    // One value where all identities are of one pool: the key is not documented as a list.
    return { 'cognito-identity:IdentityPoolArn': more.length === 0 ? first : [first, ...more] };
  },
};

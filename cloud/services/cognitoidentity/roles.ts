/** The roles that identities get. Amazon Cognito Developer Guide, "Using role-based access control". */
import type {
  GetIdentityPoolRolesInput,
  GetIdentityPoolRolesResponse,
  RoleMapping,
  SetIdentityPoolRolesInput,
} from '@aws-sdk/client-cognito-identity';
import { passRole } from '../../permissions/pass-role.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { nameOfKey, stateKey } from '../../state-key.ts';
import { invalidParameter } from './errors.ts';
import { poolOf } from './finding.ts';
import { cognitoIdentityLimits } from './limits.ts';
import type { RoleMappingState } from './state.ts';

export const COGNITO = 'cognito-identity.amazonaws.com';

/** Every role that a request names. */
function namedRoles({ Roles = {}, RoleMappings = {} }: SetIdentityPoolRolesInput): readonly string[] {
  const mapped = Object.values(RoleMappings).flatMap(({ RulesConfiguration }) => RulesConfiguration?.Rules ?? []);
  return [...new Set([...Object.values(Roles), ...mapped.flatMap(({ RoleARN }) => RoleARN ?? [])])];
}

/** @throws InvalidParameterException */
function readMapping(provider: string, mapping: RoleMapping): RoleMappingState {
  const { Type: type, AmbiguousRoleResolution: ambiguous, RulesConfiguration } = mapping;
  const rules = RulesConfiguration?.Rules ?? [];
  if (type === undefined) throw invalidParameter(`The role mapping of ${provider} has no type.`);
  if (ambiguous === undefined) throw invalidParameter('AmbiguousRoleResolution is required.');
  if (type === 'Rules' && rules.length === 0) throw invalidParameter('Rules are required for the type Rules.');
  if (rules.length > cognitoIdentityLimits.rulesPerMapping) {
    throw invalidParameter(`A role mapping has at most ${cognitoIdentityLimits.rulesPerMapping} rules.`);
  }
  return {
    type,
    ambiguous,
    ...(rules.length > 0 && {
      rules: rules.map(({ Claim = '', MatchType = 'Equals', Value = '', RoleARN = '' }) => ({
        claim: Claim,
        match: MatchType,
        value: Value,
        roleArn: RoleARN,
      })),
    }),
  };
}

export const setIdentityPoolRoles: ChangeOperation<SetIdentityPoolRolesInput, object> = {
  kind: 'change',
  alsoNeeds: (input, facts) => namedRoles(input).map((arn) => passRole(arn, COGNITO, facts)),
  handle(account, input, call) {
    const pool = poolOf(account, input.IdentityPoolId, call.request.region);
    const { authenticated, unauthenticated } = input.Roles ?? {};
    const mappings = Object.entries(input.RoleMappings ?? {});
    pool.roles = {
      ...(authenticated !== undefined && { authenticated }),
      ...(unauthenticated !== undefined && { unauthenticated }),
    };
    if (mappings.length === 0) delete pool.roleMappings;
    else {
      const read = mappings.map(([provider, mapping]) => [stateKey(provider), readMapping(provider, mapping)] as const);
      pool.roleMappings = Object.fromEntries(read) as NonNullable<typeof pool.roleMappings>;
    }
    return {};
  },
};

function shownMapping({ type, ambiguous, rules }: RoleMappingState): RoleMapping {
  return {
    Type: type,
    ...(ambiguous !== undefined && { AmbiguousRoleResolution: ambiguous }),
    ...(rules && {
      RulesConfiguration: {
        Rules: rules.map(({ claim, match, value, roleArn }) => ({
          Claim: claim,
          MatchType: match,
          Value: value,
          RoleARN: roleArn,
        })),
      },
    }),
  };
}

export const getIdentityPoolRoles: ReadOperation<GetIdentityPoolRolesInput, GetIdentityPoolRolesResponse> = {
  kind: 'read',
  handle(account, { IdentityPoolId }, call) {
    const { id, roles, roleMappings = {} } = poolOf(account, IdentityPoolId, call.request.region);
    const mappings = Object.entries(roleMappings).map(([key, mapping]) => [nameOfKey(key), shownMapping(mapping)]);
    return {
      IdentityPoolId: id,
      Roles: { ...roles },
      ...(mappings.length > 0 && { RoleMappings: Object.fromEntries(mappings) }),
    };
  },
};

/** Requests and policies of explanations, as short as a test can say them. */
import type { AnyCaller, AnyRequest, ApplicablePolicies, AttachedPolicy, Layer } from '../../model.ts';
import { parsePolicy } from '../../parse.ts';
import type { PolicyKind } from '../../policy.ts';

export const OWN = '111122223333';
export const OTHER = '444455556666';
export const OBJECT = 'arn:aws:s3:::archive/list.csv';

export const bea = {
  kind: 'user',
  accountId: OWN,
  arn: `arn:aws:iam::${OWN}:user/Bea`,
  name: 'Bea',
  id: 'AIDABEAAAAAAAAAAAAAAA',
  tags: {},
} as const satisfies AnyCaller;

/** Bea reads an object of her own account, unless the case says otherwise. */
export function asked(given: Partial<AnyRequest> = {}): AnyRequest {
  return {
    caller: bea,
    action: 's3:GetObject',
    resource: OBJECT,
    resourceAccountId: OWN,
    context: {},
    ...given,
  };
}

const KINDS: Partial<Readonly<Record<Layer, PolicyKind>>> = {
  resource: 'resource',
  trust: 'trust',
  session: 'session',
  'vpc-endpoint': 'resource',
  'resource-control': 'resource',
};

/** A policy of statements as one writes them. Throws where IAM would not save it. */
export function attached(layer: Layer, name: string, ...statements: object[]): AttachedPolicy {
  const kind = KINDS[layer] ?? 'identity';
  const parsed = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: statements }), kind);
  if (parsed.kind === 'malformed') throw new Error(parsed.awsMessage);
  const attachedTo = kind === 'identity' ? 'user/Bea' : OBJECT;
  return { layer, name, kind: layer === 'session' ? 'session' : 'inline', attachedTo, policy: parsed.policy };
}

export const allow = (Action: string | readonly string[], more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource: '*',
  ...more,
});

export const deny = (Action: string | readonly string[], more: object = {}) => ({
  ...allow(Action, more),
  Effect: 'Deny',
});

export const when = (operator: string, key: string, value: unknown) => ({
  Condition: { [operator]: { [key]: value } },
});

/** Policies with an identity side, which every request has. */
export function given(policies: Partial<ApplicablePolicies>): ApplicablePolicies {
  return { identity: [], ...policies };
}

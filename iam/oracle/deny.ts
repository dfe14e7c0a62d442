/** Who may deny, whatever others allow (IAM User Guide, The difference between explicit and implicit denies). */
import type { AnyCaller, AnyRequest, ApplicablePolicies, AttachedPolicy, Layer } from '../model.ts';
import type { Statement } from '../policy.ts';
import { type Answer, all, answer, any, not } from './answer.ts';
import { hasIdentity, namingsOf, spares } from './naming.ts';
import { resourceControls, serviceControls } from './organization.ts';
import { covers } from './statement.ts';
import { overridesBucketPolicy } from './without-policies.ts';

/** The first layer with a Deny, in AWS's order; one that is beyond doubt comes before one that is not. */
export function explicitDeny(request: AnyRequest, policies: ApplicablePolicies): Layer | undefined {
  const { resource, boundary, vpcEndpoint = [] } = policies;
  const whoever = () => 'yes' as const;
  const whoIsNamed = (statement: Statement) => deniesCaller(statement, request.caller, boundary);
  const layers = [
    ...speakingOf(whoIsNamed, resourceControls(request, policies)),
    ...speakingOf(whoever, serviceControls(request, policies).flat()),
    ...speakingOf(whoIsNamed, vpcEndpoint),
    ...speakingOf(whoIsNamed, overridesBucketPolicy(request) || resource === undefined ? [] : [resource]),
    ...speakingOf(whoever, ownPolicies(request.caller, policies)),
  ];
  const denials = layers.map(({ attached, of }) => ({
    layer: attached.layer,
    denies: any(
      attached.policy.statements
        .filter((statement) => statement.effect === 'Deny')
        .map((statement) => all([covers(request, statement, attached.policy), of(statement)])),
    ),
  }));
  const certain = denials.find(({ denies }) => denies === 'yes');
  return (certain ?? denials.find(({ denies }) => denies === 'doubtful'))?.layer;
}

/** Identity policies, boundary and session policies. Services and root have none; a session of AssumeRoot has its task policy. */
function ownPolicies(caller: AnyCaller, { identity, boundary, session = [] }: ApplicablePolicies) {
  if (hasIdentity(caller)) return [...identity, ...(boundary === undefined ? [] : [boundary]), ...session];
  return caller.kind === 'root' && caller.session?.assumedRoot ? session : [];
}

function speakingOf(of: (statement: Statement) => Answer, policies: readonly AttachedPolicy[]) {
  return policies.map((attached) => ({ attached, of }));
}

function deniesCaller(statement: Statement, caller: AnyCaller, boundary: AttachedPolicy | undefined): Answer {
  const { principal } = statement;
  if (principal === undefined) return 'no';
  return principal.not ? not(spares(principal, caller, boundary)) : answer(namingsOf(principal, caller).size > 0);
}

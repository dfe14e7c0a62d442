/** Whether a principal can become another, or an administrator, by the paths that the policy engine knows. */
import { readStoredPolicy } from '../cloud/stored-policy.ts';
import { principalIn } from '../iam/account/policies-in.ts';
import type { Step } from '../iam/reach/foothold.ts';
import { reach } from '../iam/reach/reach.ts';
import type { Reach } from './decided-checks.ts';
import { estateOf } from './estate-of.ts';
import type { Fork } from './fork.ts';
import { failed, gone, type Outcome, passed } from './outcome.ts';
import { clockOf } from './requests.ts';
import { findWho } from './who.ts';
import { workloadsOf } from './workloads-of.ts';

/** A principal that is gone fails, as for every check; a path that is not found within the budget leaves `none` undecided. */
export function gradeReach({ from, to, expect, ...scene }: Reach, fork: Fork): Outcome {
  const unprepared = fork.prepare(scene);
  if (unprepared !== undefined) return failed(unprepared);
  const { world, grounds } = fork;
  const start = arnOf(from, fork);
  const end = to === 'admin' ? to : arnOf(to, fork);
  if (start === undefined) return failed(gone(from));
  if (end === undefined) return failed(gone(to));
  const { managedPolicies } = grounds.cloud;
  const estate = estateOf(world, managedPolicies);
  const principal = principalIn(estate, start);
  if (principal === undefined) return failed(gone(from));
  const found = reach(estate, principal, {
    workloads: workloadsOf(world),
    now: clockOf(world, grounds),
    awsManaged: (arn) => {
      const document = managedPolicies.get(arn)?.document;
      return document === undefined ? undefined : readStoredPolicy(document, 'identity');
    },
  });
  const way = end === 'admin' ? found.administrator : found.reaches.find(({ arn }) => arn === end)?.steps;
  if (way === undefined) {
    if (expect === 'some')
      return failed(`${from} cannot become ${to === 'admin' ? 'an administrator' : to} by any known path.`);
    if (!found.complete) throw new Error('The account is too large to look at every path.');
    return passed;
  }
  return expect === 'some' ? passed : failed(wayReason(from, to, way));
}

function arnOf(name: string, fork: Fork): string | undefined {
  const found = findWho(fork.world, name, fork.grounds);
  if (found.kind !== 'found') return undefined;
  const { caller } = found;
  return caller.kind === 'user' ? caller.arn : caller.kind === 'role-session' ? caller.roleArn : undefined;
}

/** Who becomes what, by which calls, in their order. */
function wayReason(from: string, to: string, way: readonly Step[]): string {
  const what = to === 'admin' ? 'an administrator' : to;
  if (way.length === 0) return `${from} is ${what} already.`;
  const steps = way.map(({ actions, to: gained }) => `${actions.join(' + ')} on ${nameIn(gained)}`);
  return `${from} can become ${what}: ${steps.join(', then ')}.`;
}

/** `user/Bea` of an ARN. */
function nameIn(arn: string): string {
  return arn.slice(arn.lastIndexOf(':') + 1);
}

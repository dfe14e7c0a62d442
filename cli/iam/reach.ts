/** `leastwise iam reach`: what a user or a role could become, and by which steps. */
import {
  type AccountPrincipal,
  type Estate,
  type Policy,
  parseArn,
  parsePolicy,
  principalIn,
  reach,
  roleOfWorkload,
} from '../../iam/index.ts';
import { LineFault } from '../line-fault.ts';
import { contextOf } from './context-keys.ts';
import { readEstate } from './estate.ts';
import { readLine } from './line.ts';
import { awsManagedPolicy } from './managed-policies.ts';
import { ReachLine } from './schemas.ts';
import type { VerbSetting } from './verbs.ts';

/** Answers lines of `reach`. */
export function startReach({ now }: VerbSetting): (line: unknown) => unknown {
  return (input) => {
    const line = readLine(ReachLine, input);
    const { from, workloads, context = {} } = line;
    const estate = readEstate(line);
    const start = principalNamed(estate, from);
    for (const [at, workload] of (workloads ?? []).entries()) checkNames(estate, workload, at);
    const { admin, reaches, notDecided, complete } = reach(estate, start, {
      now: now(),
      context: contextOf(context),
      awsManaged: managedDocument,
      ...(workloads === undefined ? {} : { workloads }),
    });
    return {
      admin,
      reaches: reaches.map(({ arn, steps }) => ({
        arn,
        steps: steps.map(({ from: actor, to, path, actions }) => ({ from: actor, to, path, actions })),
      })),
      notDecided,
      ...(complete ? {} : { complete }),
    };
  };
}

/** A user or a role of the accounts; a session is its role. Throws `invalid_principal`, `unknown_principal`. */
function principalNamed(estate: Estate, from: string): AccountPrincipal {
  const arn = parseArn(from);
  if (arn === undefined) throw new LineFault('invalid_principal', `${from} is no ARN.`, '/from');
  const [type, name] = arn.resource.split('/');
  const isSession = arn.service === 'sts' && type === 'assumed-role';
  const account = estate.accounts.find(({ accountId }) => accountId === arn.accountId);
  const found = isSession ? account?.roles.find((role) => role.name === name) : principalIn(estate, from);
  if (found !== undefined) return found;
  throw new LineFault('unknown_principal', `${from} is no user and no role of the accounts.`, '/from');
}

function checkNames(estate: Estate, workload: NonNullable<ReachLine['workloads']>[number], at: number): void {
  if (parseArn(workload.arn) === undefined) {
    throw new LineFault('invalid_line', `${workload.arn} is no ARN.`, `/workloads/${at}/arn`);
  }
  for (const [place, user] of (workload.keysOf ?? []).entries()) {
    if (principalIn(estate, user)?.kind === 'user') continue;
    throw new LineFault('unknown_principal', `${user} is no user of the accounts.`, `/workloads/${at}/keysOf/${place}`);
  }
  if (workload.role === undefined || roleOfWorkload(estate, workload) !== undefined) return;
  const message = `${workload.role} is no role of the accounts, and no instance profile of one.`;
  throw new LineFault('unknown_principal', message, `/workloads/${at}/role`);
}

const read = new Map<string, Policy>();

/** AWS's own documents, each read once. */
function managedDocument(arn: string): Policy | undefined {
  const known = read.get(arn);
  const text = known === undefined ? awsManagedPolicy(arn) : undefined;
  const parsed = text === undefined ? undefined : parsePolicy(text, 'identity');
  if (parsed?.kind !== 'parsed') return known;
  read.set(arn, parsed.policy);
  return parsed.policy;
}

/**
 * What a user or a role could become: a fixpoint over the ways of the table, each proved by decisions. IAM User Guide, "Policy
 * evaluation logic"; the rows are in rows/.
 */
import type { AccountPrincipal, Estate } from '../account/account.ts';
import type { AnyRequest } from '../model.ts';
import type { Policy } from '../policy.ts';
import type { Setting, Step, WorkloadFacts } from './foothold.ts';
import { Search } from './search.ts';

export interface ReachOptions {
  /** What runs with which role. Absent: nobody knows, and ways by workloads are not decided. */
  readonly workloads?: readonly WorkloadFacts[];
  /** Condition keys that every call carries, `aws:MultiFactorAuthPresent` for one; others are absent but for those of any call. */
  readonly context?: AnyRequest['context'];
  /** When the calls are made, epoch milliseconds. */
  readonly now: number;
  /** The documents of AWS managed policies that could be attached by name. AdministratorAccess is known anyway. */
  readonly awsManaged?: (arn: string) => Policy | undefined;
  /** So many states of principals are looked at; 20,000 unless given. */
  readonly budget?: number;
}

export interface Reached {
  /** ARN of the user, role or resource. */
  readonly arn: string;
  /** In the order in which they are taken. */
  readonly steps: readonly Step[];
}

export interface Reach {
  /** Whether an administrator is reached, the principal itself included: see administrator.ts. */
  readonly admin: boolean;
  /** The fewest steps to one; empty where the principal is one itself, absent where none is reached. */
  readonly administrator?: readonly Step[];
  /** By the last step's row once for each principal, the shortest first. */
  readonly reaches: readonly Reached[];
  /** The rows whose permissions are held but of which only the workloads could tell where they lead. */
  readonly notDecided: readonly string[];
  /** Whether the budget was enough: otherwise there may be more. */
  readonly complete: boolean;
}

/** Everything that the principal could become. Each step's proofs hold the decisions that allow its calls. */
export function reach(estate: Estate, from: AccountPrincipal, options: ReachOptions): Reach {
  const { workloads, context = {}, now, awsManaged = () => undefined, budget } = options;
  const setting: Setting = { estate, awsManaged, workloads, now, context };
  return new Search(setting, from, budget).run();
}

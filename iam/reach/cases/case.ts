/** A row of the table in a small account: where it works, and where its fix stops it. */
import type { WorkloadFacts } from '../foothold.ts';
import {
  allow,
  type Holder,
  type Scps,
  type SmallAccount,
  type Statement,
  trusts,
  trustsService,
  userArn,
} from '../testing/accounts.ts';

export interface RowCase {
  readonly path: string;
  /** What of the row, where it has several cases. */
  readonly name?: string;
  /** Without the user Eve, who is asked about. */
  readonly account: SmallAccount;
  readonly eve: Eve;
  /** Whom the case starts from, if not Eve. */
  readonly from?: string;
  readonly scps?: Scps;
  readonly workloads?: readonly WorkloadFacts[];
  /** ARN that is reached by the row as the last step. */
  readonly reaches: string;
  /** The rows before it; none unless told. */
  readonly after?: readonly string[];
  /** Whether Eve reaches an administrator; yes unless told. */
  readonly admin?: 'no';
  /** What the row's fix changes. */
  readonly fix: Fix;
}

export type Eve = Holder & { readonly groups?: readonly string[] };

export interface Fix {
  readonly eve?: Eve;
  readonly account?: SmallAccount;
  readonly scps?: Scps;
  readonly workloads?: readonly WorkloadFacts[];
}

export const EVE = userArn('Eve');
export const everything = [allow('*')];
export const onlyReads: readonly Statement[] = [allow('s3:ListAllMyBuckets')];

/** An administrator and a plain user. */
export const people = { Ada: { allows: everything }, Bob: { allows: onlyReads } };
/** A role that rules and trusts a service. */
export const ruledBy = (...services: readonly string[]) => ({
  allows: everything,
  trusts: services.map((service) => trustsService(service)),
  profile: 'own' as const,
});
/** A role that Eve may assume. */
export const forEve = { trusts: [trusts({ AWS: EVE })], allows: onlyReads };
export const nobody = { trusts: [trustsService('lambda')], allows: onlyReads };

/** The managed policies of an answer by ARN, each document read once. */
import { refusal } from '../parse/refusal.ts';
import { parsePolicy } from '../parse.ts';
import type { Policy, PolicyKind } from '../policy.ts';
import { DetailsFault, documentText } from './reading.ts';

/** The documents of AWS managed policies by ARN, as JSON text. Undefined: there is no such policy. */
export type AwsManagedPolicies = (arn: string) => string | undefined;

/** AWS managed policies that have been read, by the catalogue that they are from. */
const awsManagedRead = new WeakMap<AwsManagedPolicies, Map<string, Policy>>();

const AWS_MANAGED = /^arn:[^:]+:iam::aws:policy\//;

export class PolicyShelf {
  readonly #policies = new Map<string, Policy>();
  readonly #awsManaged: AwsManagedPolicies;

  constructor(awsManaged: AwsManagedPolicies) {
    this.#awsManaged = awsManaged;
  }

  /** The default version of a managed policy. */
  put(arn: string, policy: Policy): void {
    this.#policies.set(arn, policy);
  }

  /** The policy that is in force under an ARN. Throws `missing-policy`; `pointer` is where the ARN stands. */
  get(arn: string, pointer: string): Policy {
    const policy = this.#policies.get(arn) ?? this.#fromCatalogue(arn, pointer);
    if (policy !== undefined) return policy;
    const message = AWS_MANAGED.test(arn)
      ? `The document of ${arn} is not in Policies, and no AWS managed policy of that name is known.`
      : `The document of ${arn} is not in Policies: ask for LocalManagedPolicy too.`;
    throw new DetailsFault('missing-policy', message, pointer);
  }

  /** Reads a document. Throws `malformed-policy`. */
  read(document: unknown, kind: PolicyKind, pointer: string): Policy {
    const parsed = parsePolicy(documentText(document, pointer, kind), kind);
    if (parsed.kind === 'parsed') return parsed.policy;
    const { message, pointer: inside } = refusal(parsed, document);
    throw new DetailsFault('malformed-policy', message, `${pointer}${inside}`);
  }

  #fromCatalogue(arn: string, pointer: string): Policy | undefined {
    const document = AWS_MANAGED.test(arn) ? this.#awsManaged(arn) : undefined;
    if (document === undefined) return undefined;
    const read = awsManagedRead.get(this.#awsManaged) ?? new Map<string, Policy>();
    awsManagedRead.set(this.#awsManaged, read);
    const policy = read.get(arn) ?? this.read(document, 'identity', pointer);
    read.set(arn, policy);
    return policy;
  }
}

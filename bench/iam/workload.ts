/** What is measured: documents as people write them, and the requests that are decided by them. */
import type { AnyCaller, Organization } from '../../iam/index.ts';

/** A policy document, as its JSON. */
export interface Document {
  readonly Version: '2012-10-17';
  readonly Statement: readonly object[];
}

/** The documents that can speak about the requests of one setting, by layer. */
export interface Documents {
  readonly identity: readonly Document[];
  readonly boundary?: Document;
  readonly session?: Document;
  readonly resource?: Document;
  /** By level, from the root of the organization to the account. */
  readonly serviceControl?: readonly (readonly Document[])[];
  readonly resourceControl?: readonly (readonly Document[])[];
  readonly vpcEndpoint?: Document;
}

/** One request as both engines can take it. */
export interface Asking {
  readonly caller: AnyCaller & { readonly kind: 'user' | 'role-session' };
  readonly action: string;
  readonly resource: string;
  readonly resourceAccountId: string;
  /** The request's own keys. */
  readonly context: Readonly<Record<string, string>>;
  readonly organization?: Organization;
}

/** Documents, and the requests that they decide. */
export interface Setting {
  readonly documents: Documents;
  readonly requests: readonly Asking[];
}

export interface Workload {
  readonly name: string;
  readonly title: string;
  readonly settings: readonly Setting[];
}

/** A document of statements. */
export function document(...statements: readonly object[]): Document {
  return { Version: '2012-10-17', Statement: statements };
}

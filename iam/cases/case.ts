/** The rules of IAM as named cases: a request, the policies that apply, and what AWS answers. Data only; one test runs them all. */
import type { AnyCaller, AnyRequest, ApplicablePolicies, Decision, Layer } from '../model.ts';
import type { Policy, PolicyKind } from '../policy.ts';

/** A document as one writes it, or a policy as read: for what IAM would not save. */
export type Document = PolicyDocument | { readonly unsaved: Policy };

/** Statements in version 2012-10-17, or a whole document. */
export type PolicyDocument = readonly object[] | { readonly Version?: string; readonly Statement: unknown };

export interface DecisionCase {
  /** The rule's number in the project's list of IAM's semantics. */
  readonly rule: number;
  readonly name: string;
  /** The AWS page that says so. */
  readonly source: string;
  readonly given: {
    readonly caller: AnyCaller;
    readonly action: string;
    readonly resource: string;
    /** The owner of the resource; the caller's own account where absent. */
    readonly owner?: string;
    readonly context?: Readonly<Record<string, string | readonly string[]>>;
    readonly identity?: readonly Document[];
    readonly boundary?: Document;
    readonly session?: readonly Document[];
    readonly resourcePolicy?: Document;
    readonly trust?: Document;
    /** By level, from the root of the organization. */
    readonly serviceControl?: readonly (readonly Document[])[];
    readonly resourceControl?: readonly (readonly Document[])[];
    readonly vpcEndpoint?: readonly Document[];
  } & Pick<AnyRequest, 'resourceTags' | 'organization'> &
    Pick<ApplicablePolicies, 'grants' | 'acl' | 'publicAccessBlocks'>;
  readonly expect: {
    readonly verdict: Decision['verdict'];
    readonly layer: Layer;
    /** A part of the reason. */
    readonly because?: string;
  };
  readonly basis: Decision['basis'];
}

export interface SaveCase {
  readonly rule: number;
  readonly name: string;
  readonly source: string;
  readonly kind: PolicyKind | 'managed';
  /** A document, or its text. */
  readonly given: object | string;
  /** AWS's message; `accepted` where it saves the document. */
  readonly expect: string;
  /** The finding's code, where it matters. */
  readonly code?: string;
  /** AWS's pages say what is refused, and next to nowhere with which words: those are observed. */
  readonly basis: 'documented' | 'observed';
}

/** A policy document as read: readonly nodes with their places in the text. Follows the IAM policy grammar. */

/** Which grammar a document must follow. `identity` serves inline, managed and boundary policies. */
export type PolicyKind = 'identity' | 'resource' | 'trust' | 'session';

export interface Policy {
  readonly version: '2008-10-17' | '2012-10-17';
  readonly id?: string;
  readonly statements: readonly Statement[];
}

export interface Statement {
  readonly sid?: string;
  readonly effect: 'Allow' | 'Deny';
  readonly principal?: PrincipalElement;
  readonly action: ListElement;
  /** Absent in trust policies. */
  readonly resource?: ListElement;
  readonly conditions: readonly ConditionClause[];
}

/** An element and its Not form: `Action` or `NotAction`, `Resource` or `NotResource`. */
export interface ListElement {
  readonly not: boolean;
  readonly values: readonly string[];
}

export interface PrincipalElement {
  readonly not: boolean;
  /** `"Principal": "*"`. */
  readonly everyone: boolean;
  readonly aws: readonly string[];
  readonly service: readonly string[];
  readonly federated: readonly string[];
  readonly canonicalUser: readonly string[];
}

/** One key under one operator: `{"StringLike": {"s3:prefix": ["home/*"]}}`. */
export interface ConditionClause {
  /** Without set operator and `IfExists`: `StringLike`. */
  readonly operator: string;
  readonly set?: 'ForAllValues' | 'ForAnyValue';
  readonly ifExists: boolean;
  readonly key: string;
  readonly values: readonly string[];
}

/** Something said about a place in a policy's text. */
export interface Finding {
  /** Stable, `kebab-case`: `missing-action`, `unknown-operator` … */
  readonly code: string;
  readonly severity: 'error' | 'security-warning' | 'warning' | 'suggestion';
  /** What is wrong, and what would be right. */
  readonly message: string;
  /** RFC 6901: `/Statement/0/Action`. */
  readonly pointer: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
  /** Offsets in the text, in UTF-16 units. */
  readonly from: number;
  readonly to: number;
}

/** What reading a document gave. */
export type ParsedPolicy =
  | { readonly kind: 'parsed'; readonly policy: Policy; readonly findings: readonly Finding[] }
  | {
      readonly kind: 'malformed';
      readonly findings: readonly Finding[];
      /** AWS's own `MalformedPolicyDocument` text for the first fault. */
      readonly awsMessage: string;
      /**
       * The policy as the engine answers for it all the same: what is at fault in it speaks of nobody and of nothing. Absent where
       * the document cannot be read so.
       */
      readonly unsaved?: Policy;
    };

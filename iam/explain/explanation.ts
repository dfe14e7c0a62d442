/** What an explanation holds. All of it is plain data, which goes through JSON as it is. */
import type { PolicyDocument, StatementDocument } from '../document.ts';
import type { Decision, Layer, NearMiss } from '../model.ts';

/** Why a request was decided as it was, and what would decide it otherwise. */
export interface Explanation {
  readonly verdict: Decision['verdict'];
  readonly layer: Layer;
  readonly basis: Decision['basis'];
  /** One sentence: who, what, on what, which statement of which policy. */
  readonly reason: string;
  /** The sentence by which AWS refuses the call; absent where it is allowed. */
  readonly awsMessage?: string;
  /** Every layer in AWS's order of evaluation. Empty where a rule decides before policies are read. */
  readonly layers: readonly LayerExplanation[];
  /** Every way by which it is allowed, each of them enough by itself; five at most. Empty for a denial. */
  readonly paths: readonly Path[];
  /** The condition keys that the request does not have, and that mattered; five at most. */
  readonly absentKeys: readonly AbsentKey[];
  readonly flip: Flip;
  /** AWS's pages of the rules that decided. */
  readonly sources: readonly Source[];
  /** All of it in short sentences. */
  readonly words: readonly string[];
}

/** A page of AWS's documentation. */
export interface Source {
  readonly title: string;
  readonly url: string;
}

/** A statement by its place among the policies of its layer. */
export interface StatementPlace {
  readonly layer: Layer;
  /** Place of the policy in its layer, from 0; those of service and resource control policies count on through the levels. */
  readonly policy: number;
  /** How people call the policy. */
  readonly name: string;
  /** Place in the policy, from 0. */
  readonly statement: number;
  readonly sid?: string;
  readonly effect: 'Allow' | 'Deny';
}

/**
 * What a layer said. `silent`: it has policies (or must have some), and none of them speaks of the request. `not-asked`: it has no
 * say in this request.
 */
export type LayerOutcome = 'allows' | 'denies' | 'silent' | 'not-asked';

/**
 * What came of it. `decides`: the layer that the decision names. `grants`: it is part of a way by which the request is allowed.
 * `lets-pass`: a limit that allows. `stands-in-the-way`: it would deny too, were the deciding layer another. `not-enough`: it
 * allows, and that alone does not do. `grants-nothing`: it could have allowed.
 */
export type LayerPart =
  | 'decides'
  | 'grants'
  | 'lets-pass'
  | 'stands-in-the-way'
  | 'not-enough'
  | 'grants-nothing'
  | 'none';

/** One layer of a decision; of service control policies one level. */
export interface LayerExplanation {
  readonly layer: Layer;
  /** Of service control policies: from 0, the organization's root, down to the account. */
  readonly level?: number;
  readonly outcome: LayerOutcome;
  readonly part: LayerPart;
  /** A clause, without its full stop: `they do not reach the management account`. */
  readonly because: string;
  /** The statements that spoke of the request; five at most. */
  readonly statements: readonly StatementExplanation[];
  /**
   * Those that would have changed the answer but for one of their elements: of a denial the Allows of a layer that is silent, of an
   * allowed request the Denies; the nearest first, five at most.
   */
  readonly near: readonly StatementExplanation[];
  /** How many statements were left off the two lists. */
  readonly more: number;
}

/** A statement held against the request, element by element. */
export interface StatementExplanation extends StatementPlace {
  readonly elements: readonly ElementExplanation[];
}

/** `doubtful`: AWS does not say; a doubtful Allow does not apply, a doubtful Deny does. */
export type ElementOutcome = 'matches' | 'does-not-match' | 'doubtful';

/** One element of a statement; of Condition one key under one operator. */
export interface ElementExplanation {
  readonly element: NearMiss['element'];
  readonly outcome: ElementOutcome;
  /** `aws:SourceIp 10.1.2.3 is not in 203.0.113.0/24`. */
  readonly because: string;
  /** Only of Condition. */
  readonly clause?: ClauseExplanation;
  /** The policy variables that have no value in the request, where there are any. */
  readonly unresolved?: readonly string[];
}

/** A clause of a Condition, and what the request holds against it. */
export interface ClauseExplanation {
  /** As it stands in the policy: `ForAnyValue:StringLike`. */
  readonly operator: string;
  readonly key: string;
  /** The request's value; null where it has none. */
  readonly value: string | readonly string[] | null;
  /** The policy's values as they stand there; ten at most. */
  readonly wanted: readonly string[];
}

/** A way by which a request is allowed. */
export interface Path {
  /** The layer that grants. */
  readonly layer: Layer;
  /** The statements that allow it: one of each layer that is named here is enough. Five at most. */
  readonly statements: readonly StatementPlace[];
  /** How many statements were left off. */
  readonly more: number;
  /** Where no statement allows it: `it has every right in its own account`. */
  readonly because?: string;
}

/** A condition key that the request does not have. */
export interface AbsentKey {
  readonly key: string;
  /** The statements whose answer hung on it; five at most. */
  readonly askedBy: readonly KeyAsked[];
  /** Whether the decision turns where the request has the key: `together` with the other absent keys, `never` with any value tried. */
  readonly turns: 'alone' | 'together' | 'never';
  /** A value with which it turns. */
  readonly value?: string;
}

/** How a statement asks for a key. */
export interface KeyAsked extends StatementPlace {
  /** The operator, or the element that has the key as a policy variable. */
  readonly by: string;
  readonly wanted: readonly string[];
}

/** The smallest change of policies that turns the decision, proved by deciding again. */
export type Flip =
  | { readonly kind: 'change'; readonly to: 'allowed' | 'denied'; readonly steps: readonly FlipStep[] }
  /** No policy turns it; `because` ends the sentence "No change of a policy turns it:". */
  | { readonly kind: 'impossible'; readonly because: string };

/** One change. All steps of a flip are needed. */
export interface FlipStep {
  readonly layer: Layer;
  readonly do:
    | 'add-statement'
    | 'change-statement'
    | 'remove-statement'
    /** Detach it, or delete it: it holds the one statement only. */
    | 'remove-policy'
    | 'add-policy'
    | 'revoke-grant'
    | 'remove-acl-grant'
    | 'turn-off';
  /** What to do, as a sentence. */
  readonly what: string;
  /** The policy's place in its layer; absent where there is none yet. */
  readonly policy?: number;
  /** How people call the policy. */
  readonly name?: string;
  /** Of service control policies. */
  readonly level?: number;
  /** The statement's place in its policy; absent where it is new. */
  readonly statement?: number;
  readonly sid?: string;
  /** The statement as it must be; of a new policy the whole document. */
  readonly document?: StatementDocument | PolicyDocument;
}

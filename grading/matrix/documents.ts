import { textOfPolicy } from '../../cloud/stored-policy.ts';
import type { AttachedPolicy } from '../../iam/model.ts';

/** A policy where it applies, with its text. */
export interface MatrixDocument extends Omit<AttachedPolicy, 'policy'> {
  /** Null where the policy is gone that a boundary names: it allows nothing. */
  readonly text: string | null;
}

/** The documents of a matrix, each once. */
export class DocumentShelf {
  readonly documents: MatrixDocument[] = [];
  readonly #places = new Map<string, number>();

  /** The places of policies on the shelf. */
  put(policies: readonly AttachedPolicy[]): readonly number[] {
    return policies.map((policy) => this.putOne(policy));
  }

  /** The places of policies by level. */
  putLevels(levels: readonly (readonly AttachedPolicy[])[]): readonly (readonly number[])[] {
    return levels.map((level) => this.put(level));
  }

  /** The place of a policy on the shelf. */
  putOne({ policy, ...where }: AttachedPolicy): number {
    const document = { ...where, text: textOfPolicy(policy) ?? null };
    const key = JSON.stringify(document);
    const place = this.#places.get(key) ?? this.documents.push(document) - 1;
    this.#places.set(key, place);
    return place;
  }
}

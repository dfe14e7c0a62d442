/** The access matrix decided in the page: as the account has it, and as it would be with what is being typed. */
import type { AccessMatrix, MatrixCaller } from '../../../contract/index.ts';
import { decide } from '../../../iam/decide.ts';
import type { AccessRequest, ApplicablePolicies, Decision } from '../../../iam/model.ts';
import type { Edit } from './edit.ts';
import { type Asked, attachedDocuments, Shelf, type Shelved, type Side } from './shelf.ts';

/** A request with the policies that can speak about it, and the decision. */
export interface Decided {
  readonly request: AccessRequest;
  readonly policies: ApplicablePolicies;
  readonly decision: Decision;
}

/**
 * What stands in a cell. `because` is the decision that made it so; of a session that cannot be made it is about making it.
 * `unread`: the learner's keys may not read what decides it. `missing`: there is no such principal.
 */
export type Cell =
  | {
      readonly kind: 'decided';
      readonly allowed: boolean;
      readonly about: 'permission' | 'session';
      readonly because: Decided;
    }
  | { readonly kind: 'unread'; readonly needs: readonly string[] }
  | { readonly kind: 'missing' };

/** Cells by principal, then by permission. */
export type Cells = readonly (readonly Cell[])[];

/** A matrix whose documents are read once. An edit is laid over them and changes nothing of it. */
export class LiveMatrix {
  readonly matrix: AccessMatrix;
  /** As the account has it. */
  readonly saved: Cells;
  readonly #shelved: Shelved;
  readonly #sides = new Map<MatrixCaller, Side>();

  constructor(matrix: AccessMatrix) {
    this.matrix = matrix;
    this.#shelved = { documents: attachedDocuments(matrix.documents), organization: matrix.organization };
    this.saved = this.#decide(new Shelf(this.#shelved, this.#sides));
  }

  /** As it would be, were the edited document saved. Cells that it does not speak of are those of `saved`, the same objects. */
  with(edit: Edit): Cells {
    return this.#decide(new Shelf(this.#shelved, this.#sides, edit), this.saved);
  }

  #decide(shelf: Shelf, known?: Cells): Cells {
    const columns = this.matrix.permissions.map((permission) =>
      permission.kind === 'known'
        ? { ask: shelf.asked(permission), isKnown: known !== undefined && !shelf.touchesOn(permission) }
        : permission,
    );
    return this.matrix.principals.map((principal, row): readonly Cell[] => {
      if (principal.kind !== 'known') return columns.map(() => principal);
      const side = shelf.side(principal);
      const refused = principal.assumes && firstDenied(shelf, principal.assumes);
      const before = isTouched(principal, shelf) ? undefined : known?.[row];
      return columns.map((column, place): Cell => {
        if ('kind' in column) return column;
        const same = column.isKnown ? before?.[place] : undefined;
        if (same) return same;
        if (refused) return { kind: 'decided', allowed: false, about: 'session', because: refused };
        const because = decided(side, column.ask);
        return { kind: 'decided', allowed: because.decision.verdict === 'allowed', about: 'permission', because };
      });
    });
  }
}

type KnownPrincipal = Extract<AccessMatrix['principals'][number], { kind: 'known' }>;

/** Whether an edit can change anything of a row, whatever is asked. */
function isTouched(principal: KnownPrincipal, shelf: Shelf): boolean {
  const { assumes } = principal;
  if (shelf.touches(principal)) return true;
  return (
    assumes !== undefined && (shelf.touches(assumes.by) || assumes.permissions.some((each) => shelf.touchesOn(each)))
  );
}

/** The denial that keeps a session from being made. */
function firstDenied(shelf: Shelf, { by, permissions }: NonNullable<KnownPrincipal['assumes']>): Decided | undefined {
  const side = shelf.side(by);
  return permissions
    .map((permission) => decided(side, shelf.asked(permission)))
    .find(({ decision }) => decision.verdict !== 'allowed');
}

function decided({ caller, policies: own }: Side, { request: asked, policies: onResource }: Asked): Decided {
  const request = { caller, ...asked };
  const policies = { ...own, ...onResource };
  return { request, policies, decision: decide(request, policies) };
}

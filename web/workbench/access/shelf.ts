import type { AccessMatrix, KnownPermission, MatrixCaller, MatrixDocument } from '../../../contract/index.ts';
import type { AccessRequest, ApplicablePolicies, AttachedPolicy, Caller } from '../../../iam/model.ts';
import { parsePolicy } from '../../../iam/parse.ts';
import type { Policy, PolicyKind } from '../../../iam/policy.ts';
import { type Edit, isEdited, isInEditedBucket } from './edit.ts';

/** A caller with the policies that are its own. */
export interface Side {
  readonly caller: Caller;
  readonly policies: Pick<ApplicablePolicies, 'identity' | 'boundary' | 'session' | 'serviceControl'>;
}

/** A permission as it is asked, with what is said on its resource. */
export interface Asked {
  readonly request: Omit<AccessRequest, 'caller'>;
  readonly policies: Pick<ApplicablePolicies, 'resource' | 'resourceControl' | 'grants' | 'acl' | 'publicAccessBlocks'>;
}

const nothing: Policy = { version: '2012-10-17', statements: [] };

/** Documents as the engine takes them. One that is gone allows nothing. */
export function attachedDocuments(documents: readonly MatrixDocument[]): readonly AttachedPolicy[] {
  return documents.map(({ text, ...where }) => {
    const parsed = text === null ? undefined : parsePolicy(text, grammarOf(where.layer));
    return { ...where, policy: parsed?.kind === 'parsed' ? parsed.policy : nothing };
  });
}

function grammarOf(layer: MatrixDocument['layer']): PolicyKind {
  // Resource control policies have principals, as resource policies do.
  if (layer === 'resource-control') return 'resource';
  return layer === 'trust' || layer === 'resource' || layer === 'session' ? layer : 'identity';
}

/** What all cells of a matrix are decided by. */
export interface Shelved {
  readonly documents: readonly AttachedPolicy[];
  readonly organization: AccessMatrix['organization'];
}

/** The documents of a matrix, the edited one among them as it is typed. */
export class Shelf {
  readonly #organization: Shelved['organization'];
  readonly #documents: readonly (AttachedPolicy | undefined)[];
  readonly #sides: Map<MatrixCaller, Side>;
  readonly #edit: Edit | undefined;
  readonly #isEdited: readonly boolean[];

  /** `sides` are those of callers whom an edit does not touch: the engine keeps what it has compiled with their lists. */
  constructor({ documents, organization }: Shelved, sides: Map<MatrixCaller, Side>, edit?: Edit) {
    this.#organization = organization;
    this.#edit = edit;
    this.#sides = sides;
    this.#isEdited = documents.map((document) => edit !== undefined && isEdited(document, edit));
    this.#documents = documents.map((document, place) =>
      this.#isEdited[place] ? edit?.policy && { ...document, policy: edit.policy } : document,
    );
  }

  /** A caller's side, as it was before where nothing of it is edited. */
  side(caller: MatrixCaller): Side {
    if (this.touches(caller)) return this.#newSide(caller);
    const known = this.#sides.get(caller) ?? this.#newSide(caller);
    this.#sides.set(caller, known);
    return known;
  }

  /** Whether another policy is a caller's own than without the edit. */
  touches({ identity, boundary, session = [], holders }: MatrixCaller): boolean {
    const edit = this.#edit;
    if (edit === undefined) return false;
    if (edit.kind === 'inline' && holders.includes(edit.holder)) return true;
    return [...identity, ...session, ...(boundary === undefined ? [] : [boundary])].some(
      (place) => this.#isEdited[place] === true,
    );
  }

  /** A policy that its holder does not have yet comes to the others. */
  #newSide({ caller, identity, boundary, session, serviceControl, holders }: MatrixCaller): Side {
    const limit = boundary === undefined ? undefined : this.#documents[boundary];
    const edit = this.#edit;
    const policies = this.#at(identity);
    if (edit?.kind === 'inline' && edit.policy !== undefined && holders.includes(edit.holder)) {
      const { holder, name, policy } = edit;
      const isNew = !policies.some((document) => isEdited(document, edit));
      if (isNew) policies.push({ layer: 'identity', kind: 'inline', name, attachedTo: holder, policy });
    }
    return {
      caller,
      policies: {
        identity: policies,
        ...(limit && { boundary: limit }),
        ...(session && { session: this.#at(session) }),
        ...(serviceControl && { serviceControl: serviceControl.map((level) => this.#at(level)) }),
      },
    };
  }

  /** Whether another policy is on the resource of a permission than without the edit. */
  touchesOn({ policy, resource }: KnownPermission): boolean {
    return policy === undefined ? this.#newBucketPolicy(resource) !== undefined : this.#isEdited[policy] === true;
  }

  /** A permission, with a bucket's first policy where that is what is typed. */
  asked(permission: KnownPermission): Asked {
    const { action, resource, resourceAccountId, context, policy, resourceControl } = permission;
    const { grants, acl, publicAccessBlocks } = permission;
    const organization = this.#organization;
    const onResource = policy === undefined ? this.#newBucketPolicy(resource) : this.#documents[policy];
    return {
      request: { action, resource, resourceAccountId, context, ...(organization && { organization }) },
      policies: {
        ...(onResource && { resource: onResource }),
        ...(resourceControl && { resourceControl: resourceControl.map((level) => this.#at(level)) }),
        ...(grants && { grants }),
        ...(acl && { acl }),
        ...(publicAccessBlocks && { publicAccessBlocks }),
      },
    };
  }

  #at(places: readonly number[]): AttachedPolicy[] {
    return places.flatMap((place) => this.#documents[place] ?? []);
  }

  #newBucketPolicy(resource: string): AttachedPolicy | undefined {
    const edit = this.#edit;
    if (edit?.kind !== 'bucket' || edit.policy === undefined || !isInEditedBucket(resource, edit)) return undefined;
    const name = edit.arn.slice(edit.arn.lastIndexOf(':') + 1);
    return { layer: 'resource', kind: 'resource', name, attachedTo: edit.arn, policy: edit.policy };
  }
}

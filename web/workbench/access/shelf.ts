import type { KnownPermission, MatrixCaller, MatrixDocument } from '../../../contract/index.ts';
import type { AccessRequest, ApplicablePolicies, AttachedPolicy, Caller } from '../../../iam/model.ts';
import { parsePolicy } from '../../../iam/parse.ts';
import type { Policy, PolicyKind } from '../../../iam/policy.ts';
import { type Edit, isEdited, isInEditedBucket } from './edit.ts';

/** A caller with the policies that are its own. */
export interface Side {
  readonly caller: Caller;
  readonly policies: Pick<ApplicablePolicies, 'identity' | 'boundary' | 'session'>;
}

/** A permission as it is asked, with what is said on its resource. */
export interface Asked {
  readonly request: Omit<AccessRequest, 'caller'>;
  readonly policies: Pick<ApplicablePolicies, 'resource' | 'acl' | 'publicAccessBlocks'>;
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
  return layer === 'trust' || layer === 'resource' || layer === 'session' ? layer : 'identity';
}

/** The documents of a matrix, the edited one among them as it is typed. */
export class Shelf {
  readonly #documents: readonly (AttachedPolicy | undefined)[];
  readonly #edit: Edit | undefined;

  constructor(documents: readonly AttachedPolicy[], edit?: Edit) {
    this.#edit = edit;
    this.#documents =
      edit === undefined
        ? documents
        : documents.map((document) =>
            !isEdited(document, edit) ? document : edit.policy && { ...document, policy: edit.policy },
          );
  }

  /** A caller's side. A policy that its holder does not have yet comes to the others. */
  side({ caller, identity, boundary, session, holders }: MatrixCaller): Side {
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
      },
    };
  }

  /** A permission, with a bucket's first policy where that is what is typed. */
  asked(permission: KnownPermission): Asked {
    const { action, resource, resourceAccountId, context, policy, acl, publicAccessBlocks } = permission;
    const onResource = policy === undefined ? this.#newBucketPolicy(resource) : this.#documents[policy];
    return {
      request: { action, resource, resourceAccountId, context },
      policies: {
        ...(onResource && { resource: onResource }),
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

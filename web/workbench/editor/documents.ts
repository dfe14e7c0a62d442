import type { CallEvent } from '../../../contract/index.ts';
import type { PolicyKind } from '../../../iam/policy.ts';

export type OwnerKind = 'user' | 'role' | 'group';

/** Something whose text can be edited. A `new-…` one does not exist at AWS yet. */
export type DocumentRef =
  | { readonly kind: 'inline'; readonly owner: OwnerKind; readonly ownerName: string; readonly name: string }
  | { readonly kind: 'managed'; readonly arn: string; readonly name: string }
  | { readonly kind: 'trust'; readonly roleName: string }
  | { readonly kind: 'bucket'; readonly bucket: string }
  | { readonly kind: 'new-inline'; readonly owner: OwnerKind; readonly ownerName: string }
  | { readonly kind: 'new-managed' }
  | { readonly kind: 'file'; readonly path: string };

/** A name for what is kept of a document in the browser. */
export function idOf(ref: DocumentRef): string {
  switch (ref.kind) {
    case 'inline':
      return `inline:${ref.owner}/${ref.ownerName}/${ref.name}`;
    case 'managed':
      return `managed:${ref.arn}`;
    case 'trust':
      return `trust:${ref.roleName}`;
    case 'bucket':
      return `bucket:${ref.bucket}`;
    case 'new-inline':
      return `new-inline:${ref.owner}/${ref.ownerName}`;
    case 'new-managed':
      return 'new-managed';
    case 'file':
      return `file:${ref.path}`;
  }
}

export interface DocumentTitle {
  /** `role/Cataloguer`. */
  readonly of: string;
  /** `nightly`. */
  readonly name: string;
  /** `inline`. */
  readonly chip: string;
}

export function titleOf(ref: DocumentRef): DocumentTitle {
  switch (ref.kind) {
    case 'inline':
      return { of: `${ref.owner}/${ref.ownerName}`, name: ref.name, chip: 'inline' };
    case 'managed':
      return { of: ref.name, name: '', chip: isAwsManaged(ref.arn) ? 'AWS managed' : 'customer managed' };
    case 'trust':
      return { of: `role/${ref.roleName}`, name: 'trust policy', chip: 'trust' };
    case 'bucket':
      return { of: `bucket/${ref.bucket}`, name: 'bucket policy', chip: 'resource' };
    case 'new-inline':
      return { of: `${ref.owner}/${ref.ownerName}`, name: 'new policy', chip: 'inline' };
    case 'new-managed':
      return { of: 'new policy', name: '', chip: 'customer managed' };
    case 'file':
      return { of: ref.path.replace(/^\/home\/learner\//, '~/'), name: '', chip: 'file' };
  }
}

/** The grammar that a document must follow; undefined for a file that is no policy. */
export function policyKindOf(ref: DocumentRef): PolicyKind | 'managed' | undefined {
  switch (ref.kind) {
    case 'trust':
      return 'trust';
    case 'bucket':
      return 'resource';
    case 'managed':
    case 'new-managed':
      return 'managed';
    case 'file':
      return ref.path.endsWith('.json') ? 'identity' : undefined;
    default:
      return 'identity';
  }
}

/** Whether it gets its name when it is saved first. */
export function isNew(ref: DocumentRef): boolean {
  return ref.kind === 'new-inline' || ref.kind === 'new-managed';
}

/** AWS's own managed policies can be read and not changed. */
export function isAwsManaged(arn: string): boolean {
  return /^arn:[^:]+:iam::aws:/.test(arn);
}

/** What a new policy begins with. */
export const startText = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": [],
      "Resource": []
    }
  ]
}
`;

/** A document's text laid out in two spaces; undefined where it is no JSON. */
export function formatted(text: string): string | undefined {
  try {
    return `${JSON.stringify(JSON.parse(text), null, 2)}\n`;
  } catch {
    return undefined;
  }
}

/** Whether a call may have changed the document: a change of what it belongs to, by whatever operation. */
export function mayChange(call: Pick<CallEvent, 'resources' | 'readOnly' | 'outcome'>, ref: DocumentRef): boolean {
  if (call.readOnly || call.outcome !== 'ok') return false;
  const ends = changedBy(ref);
  return ends !== undefined && call.resources.some((resource) => resource === ends || resource.endsWith(ends));
}

function changedBy(ref: DocumentRef): string | undefined {
  switch (ref.kind) {
    case 'inline':
      // With a path, `user/staff/Bea`, as well as without.
      return `/${ref.ownerName}`;
    case 'trust':
      return `/${ref.roleName}`;
    case 'managed':
      return ref.arn;
    case 'bucket':
      return `:::${ref.bucket}`;
    default:
      return undefined;
  }
}

/** What is being typed in the editor, as a change of one document of the account. */
import type { MatrixDocument } from '../../../contract/index.ts';
import { parsePolicy } from '../../../iam/parse.ts';
import type { Policy, PolicyKind } from '../../../iam/policy.ts';
import type { DocumentRef } from '../editor/documents.ts';

/** A document with another policy in it; without one it is taken away. */
export type Edit = (
  | { readonly kind: 'inline'; readonly holder: string; readonly name: string }
  | { readonly kind: 'managed'; readonly arn: string }
  | { readonly kind: 'trust'; readonly roleName: string }
  | { readonly kind: 'bucket'; readonly arn: string }
) & { readonly policy: Policy | undefined };

/** The open document, read. `none`: it decides nothing about access. */
export type ReadEdit =
  | { readonly kind: 'edit'; readonly edit: Edit }
  | { readonly kind: 'malformed'; readonly line: number }
  | { readonly kind: 'none' };

/** What a new policy is called in reasons until it has a name. */
const newName = 'new policy';

/** Reads what stands in the editor. */
export function readEdit(ref: DocumentRef, text: string): ReadEdit {
  const target = targetOf(ref);
  if (target === undefined) return { kind: 'none' };
  // A bucket without a policy is opened as an empty text.
  if (target.kind === 'bucket' && text.trim() === '') return { kind: 'edit', edit: { ...target, policy: undefined } };
  const parsed = parsePolicy(text, grammars[target.kind]);
  if (parsed.kind === 'parsed') return { kind: 'edit', edit: { ...target, policy: parsed.policy } };
  const first = parsed.findings.find(({ severity }) => severity === 'error');
  return { kind: 'malformed', line: first?.line ?? 1 };
}

const grammars: Readonly<Record<Edit['kind'], PolicyKind>> = {
  inline: 'identity',
  managed: 'identity',
  trust: 'trust',
  bucket: 'resource',
};

type Target = Edit extends infer Each ? (Each extends Edit ? Omit<Each, 'policy'> : never) : never;

function targetOf(ref: DocumentRef): Target | undefined {
  switch (ref.kind) {
    case 'inline':
      return { kind: 'inline', holder: `${ref.owner}/${ref.ownerName}`, name: ref.name };
    case 'new-inline':
      return { kind: 'inline', holder: `${ref.owner}/${ref.ownerName}`, name: newName };
    case 'managed':
      return { kind: 'managed', arn: ref.arn };
    case 'trust':
      return { kind: 'trust', roleName: ref.roleName };
    case 'bucket':
      return { kind: 'bucket', arn: `arn:aws:s3:::${ref.bucket}` };
    case 'new-managed':
    case 'file':
      return undefined;
  }
}

/** Whether two edits of one document say the same: what is typed may be a blank. */
export function saysTheSame(one: Edit, other: Edit): boolean {
  return JSON.stringify(one.policy) === JSON.stringify(other.policy);
}

/** Whether a document of the matrix is the one that is edited. */
export function isEdited(document: Omit<MatrixDocument, 'text'>, edit: Edit): boolean {
  switch (edit.kind) {
    case 'inline':
      return document.kind === 'inline' && document.attachedTo === edit.holder && document.name === edit.name;
    case 'managed':
      return document.kind === 'managed' && document.arn === edit.arn;
    case 'trust':
      return document.kind === 'trust' && document.name === edit.roleName;
    case 'bucket':
      return document.kind === 'resource' && document.attachedTo === edit.arn;
  }
}

/** Whether a resource is the edited bucket, or an object in it. */
export function isInEditedBucket(resource: string, edit: Edit): boolean {
  return edit.kind === 'bucket' && (resource === edit.arn || resource.startsWith(`${edit.arn}/`));
}

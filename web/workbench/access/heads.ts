/** How the rows and columns of the matrix are called. */
import type { AccessMatrix } from '../../../contract/index.ts';
import { shortResource } from '../calls/call-view.ts';
import { texts } from './texts.ts';

type Permission = AccessMatrix['permissions'][number];

/** A row or column. */
export interface Head {
  /** `s3:GetObject`, `Cataloguer`. */
  readonly text: string;
  /** What stands behind it: the condition keys that the check gives. */
  readonly note: string;
  /** In full, for who rests the pointer on it. */
  readonly title: string;
}

/** Permissions on one resource, which follow each other. */
export interface Group {
  /** `payroll/2026/a.csv`; empty for permissions without a resource. */
  readonly text: string;
  /** That the resource is one example, where the check names a pattern. */
  readonly note: string;
  readonly title: string;
  /** Place of the first permission. */
  readonly from: number;
  readonly heads: readonly Head[];
}

/** `aws:MultiFactorAuthPresent false`: what the check itself says of the request. */
export function givenOf(permission: Permission): string {
  if (permission.kind !== 'known') return permission.given.join(', ');
  return permission.given
    .map((key) => {
      const name = Object.keys(permission.context).find((each) => each.toLowerCase() === key.toLowerCase()) ?? key;
      const value = permission.context[name];
      return `${key} ${Array.isArray(value) ? value.join(', ') : (value ?? '')}`.trim();
    })
    .join(', ');
}

export function principalHead({ name }: AccessMatrix['principals'][number]): Head {
  return { text: name.replace(/^(user|role)\//, ''), note: '', title: name };
}

/** What is said beside a cell of a pattern; undefined where the check names the resource itself. */
export function exampleNote({ resource, pattern }: Permission): string | undefined {
  return pattern && texts.exampleOf(shortResource(resource), shortResource(pattern));
}

/** A cell in a few words: `Bea · s3:GetObject · seeds/a.txt`. */
export function cellName(principal: AccessMatrix['principals'][number], permission: Permission): string {
  const { text, note } = permissionHead(permission);
  const on = permission.resource === '*' ? [] : [shortResource(permission.resource)];
  return [principalHead(principal).text, text, ...on, ...(note === '' ? [] : [note])].join(' · ');
}

export function permissionHead(permission: Permission): Head {
  const given = givenOf(permission);
  const on = permission.resource === '*' ? '' : ` on ${permission.resource}`;
  return { text: permission.action, note: given, title: `${permission.action}${on}${given && `, ${given}`}` };
}

export function groupsOf(permissions: readonly Permission[]): readonly Group[] {
  const groups: (Group & { heads: Head[] })[] = [];
  let last: string | undefined;
  permissions.forEach((permission, from) => {
    const { resource, pattern } = permission;
    if (resource !== last) {
      const text = resource === '*' ? '' : shortResource(pattern ?? resource);
      const note = pattern === undefined ? '' : texts.example(shortResource(resource));
      groups.push({ text, note, title: note === '' ? resource : `${pattern} ${note}`, from, heads: [] });
    }
    groups.at(-1)?.heads.push(permissionHead(permission));
    last = resource;
  });
  return groups;
}

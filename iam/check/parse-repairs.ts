/** Repairs of what the parser finds. */
import { OPERATOR_NAMES, splitOperatorName } from '../conditions/operators.ts';
import type { JsonMember, JsonNode } from '../parse/json.ts';
import { STATEMENT_ELEMENTS } from '../parse/statement-element.ts';
import type { Finding } from '../policy.ts';
import type { DocumentView, ObjectNode } from './document.ts';
import { addMember, removeMember, removeValue, repairOf, rewrite, writeText } from './edits.ts';
import type { Repair } from './finding.ts';
import { nearest } from './pattern.ts';

/** What stands at a place: a value, or a member of which the place is the name. */
interface Found {
  readonly node: JsonNode;
  readonly parent: JsonNode | undefined;
  readonly owner: ObjectNode | undefined;
  readonly member: JsonMember | undefined;
}

/** A repair of a parser's finding; undefined where only the author knows what was meant. */
export function repairFault(text: string, document: DocumentView | undefined, finding: Finding): Repair | undefined {
  if (document === undefined) return repairJson(text, finding);
  const found = find(document.root, finding, undefined, undefined, undefined);
  const word = found?.node.kind === 'string' ? found.node.value : '';
  switch (finding.code) {
    case 'effect-letter-case':
      return rewrite(finding, word.toLowerCase() === 'deny' ? 'Deny' : 'Allow');
    case 'invalid-version':
    case 'version-too-old':
    case 'variables-need-version':
      return writeVersion(document);
    case 'unknown-element':
      return found?.member === undefined ? undefined : renameElement(found.member);
    case 'unknown-operator':
      return found?.member === undefined ? undefined : renameOperator(found.member);
    case 'invalid-sid':
      return rewrite(finding, [...word].filter((unit) => /[0-9A-Za-z]/.test(unit)).join('') || 'Statement');
    case 'duplicate-sid':
      return rewrite(finding, freeSid(document, word));
    case 'null-in-list':
      return found?.parent === undefined ? undefined : repairOf('Remove the null', removeValue(found.parent, finding));
    case 'duplicate-key':
      return saysTheSame(text, found) ? removeFound(found) : undefined;
    case 'prohibited-principal':
    case 'prohibited-resource':
    case 'prohibited-not-resource':
    case 'id-in-identity-policy':
      return removeFound(found);
    case 'untyped-principal':
      return {
        title: 'Say of what kind it is',
        edits: [{ from: finding.from, to: finding.to, insert: `{"AWS": ${JSON.stringify(word)}}` }],
      };
    case 'resource-with-region':
      return rewrite(
        finding,
        word
          .split(':')
          .map((part, i) => (i === 3 ? '' : part))
          .join(':'),
      );
    case 'resource-not-arn':
    case 'invalid-partition':
      return rewriteBucket(finding, word);
    default:
      return undefined;
  }
}

/** A comma before a closing brace or bracket, or a missing end. */
function repairJson(text: string, { code, from }: Finding): Repair | undefined {
  if (code !== 'invalid-json') return undefined;
  const before = text.slice(0, from).trimEnd();
  const closing = text.charAt(from);
  if (before.endsWith(',') && (closing === '}' || closing === ']')) {
    return { title: 'Remove the comma', edits: [{ from: before.length - 1, to: before.length, insert: '' }] };
  }
  if (closing === '"' && /["\]}]$/.test(before)) {
    return { title: 'Write a comma', edits: [{ from: before.length, to: before.length, insert: ',' }] };
  }
  return undefined;
}

function find(
  node: JsonNode,
  at: Finding,
  parent: JsonNode | undefined,
  owner: ObjectNode | undefined,
  member: JsonMember | undefined,
): Found | undefined {
  if (node.from === at.from && node.to === at.to) return { node, parent, owner, member };
  if (at.from < node.from || at.to > node.to) return undefined;
  if (node.kind === 'array') {
    for (const item of node.items) {
      const found = find(item, at, node, undefined, undefined);
      if (found !== undefined) return found;
    }
  }
  if (node.kind === 'object') {
    for (const one of node.members) {
      if (one.keyFrom === at.from && one.keyTo === at.to)
        return { node: one.value, parent: node, owner: node, member: one };
      const found = find(one.value, at, node, node, one);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function removeFound(found: Found | undefined): Repair | undefined {
  if (found?.owner === undefined || found.member === undefined) return undefined;
  return repairOf(`Remove ${found.member.key}`, removeMember(found.owner, found.member));
}

/** Whether a member that stands twice has the same value in both places: then one of them may go. */
function saysTheSame(text: string, found: Found | undefined): boolean {
  const values = found?.owner?.members.filter(({ key }) => key === found.member?.key) ?? [];
  return new Set(values.map(({ value }) => text.slice(value.from, value.to))).size === 1;
}

function writeVersion({ root, members, text }: DocumentView): Repair | undefined {
  const version = members.get('Version');
  if (version !== undefined) return rewrite(version.span, '2012-10-17');
  return repairOf('Add the Version', addMember(root, 'Version', '"2012-10-17"', text));
}

function renameElement({ key, keyFrom, keyTo }: JsonMember): Repair | undefined {
  const names = ['Version', 'Id', 'Statement', ...STATEMENT_ELEMENTS];
  const meant =
    names.find((name) => name.toLowerCase() === key.toLowerCase()) ??
    names.find((name) => key === `${name}s`) ??
    nearest(key, names);
  if (meant === undefined) return undefined;
  return { title: `Write ${meant}`, edits: [writeText({ from: keyFrom, to: keyTo }, meant)] };
}

function renameOperator({ key, keyFrom, keyTo }: JsonMember): Repair | undefined {
  const { set, operator, ifExists } = splitOperatorName(key);
  const meant = nearest(operator, OPERATOR_NAMES);
  if (meant === undefined) return undefined;
  const right = `${set === undefined ? '' : `${set}:`}${meant}${ifExists && meant !== 'Null' ? 'IfExists' : ''}`;
  return { title: `Write ${right}`, edits: [writeText({ from: keyFrom, to: keyTo }, right)] };
}

function freeSid({ statements }: DocumentView, sid: string): string {
  const taken = new Set(
    statements.flatMap(({ members }) => {
      const node = members.get('Sid')?.node;
      return node?.kind === 'string' ? [node.value] : [];
    }),
  );
  let number = 2;
  while (taken.has(`${sid}${number}`)) number++;
  return `${sid}${number}`;
}

/** `s3://bucket/key`, which other tools take, is no ARN. */
function rewriteBucket(finding: Finding, word: string): Repair | undefined {
  if (!word.startsWith('s3://') || word.length === 's3://'.length) return undefined;
  return rewrite(finding, `arn:aws:s3:::${word.slice('s3://'.length)}`);
}

/** The policies that a simulation asks, as documents and as the engine reads them. */

import type { AttachedPolicy, Layer } from '../../../iam/model.ts';
import { readJson } from '../../../iam/parse/json.ts';
import { parsePolicy } from '../../../iam/parse.ts';
import type { PolicyKind } from '../../../iam/policy.ts';
import { textOfPolicy } from '../../stored-policy.ts';
import { invalidInput } from './errors.ts';

/** A place in a document as the simulator tells it. */
export interface Position {
  readonly Line: number;
  readonly Column: number;
}

const texts = new WeakMap<AttachedPolicy['policy'], string>();

/**
 * A document that came with the request.
 * @param name as matched statements name it: `PolicyInputList.1`
 * @throws InvalidInput for what could not be saved
 */
export function inputPolicy(document: string, name: string, layer: Layer): AttachedPolicy {
  const kind: PolicyKind = layer === 'resource' ? 'resource' : 'identity';
  const parsed = parsePolicy(document, kind);
  if (parsed.kind === 'malformed') throw invalidInput(`Invalid policy document at ${name}: ${parsed.awsMessage}`);
  texts.set(parsed.policy, document);
  return { layer, name, kind: layer === 'resource' ? 'resource' : 'inline', attachedTo: name, policy: parsed.policy };
}

/** The text that a policy was read from. */
function textOf(policy: AttachedPolicy['policy']): string | undefined {
  return texts.get(policy) ?? textOfPolicy(policy);
}

/**
 * Where a statement begins and ends, as AWS's simulator tells it (observed): its beginning is where the bracket or the statement before
 * it ended, of a statement that stands without brackets after its own brace; its end is after its closing brace.
 */
export function statementPosition(
  { policy }: AttachedPolicy,
  index: number,
): { readonly StartPosition: Position; readonly EndPosition: Position } | undefined {
  const text = textOf(policy);
  const read = text === undefined ? undefined : readJson(text);
  if (text === undefined || read?.kind !== 'read' || read.root.kind !== 'object') return undefined;
  const value = read.root.members.find(({ key }) => key === 'Statement')?.value;
  if (value === undefined) return undefined;
  const statements = value.kind === 'array' ? value.items : [value];
  const statement = statements[index];
  if (statement === undefined) return undefined;
  const start = statements[index - 1]?.to ?? value.from + 1;
  return { StartPosition: placeIn(text, start), EndPosition: placeIn(text, statement.to) };
}

/** The line and column of an offset, from 1. */
function placeIn(text: string, offset: number): Position {
  const before = text.slice(0, offset).split('\n');
  return { Line: before.length, Column: (before.at(-1) ?? '').length + 1 };
}

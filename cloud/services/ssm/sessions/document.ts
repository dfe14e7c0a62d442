/** Session documents: preferences of shells, and commands to be run in a session (User Guide, "Session document schema"). */
import { own } from '../../../own.ts';
import { type DocumentContent, isList, isMap, type Json, type JsonMap, textIn } from '../documents/content.ts';
import { invalidContent } from '../documents/errors.ts';
import { filledIn, textOf } from '../documents/filling.ts';

/** The preferences of an account in a region, where it has made them; what sessions without a document go by. */
export const PREFERENCES = 'SSM-SessionManagerRunShell';

/** What a session does. */
export interface SessionPlan {
  readonly kind: 'shell' | 'command';
  readonly user: string;
  /** Minutes. */
  readonly idleTimeout: number;
  /** Minutes. */
  readonly longestDuration?: number;
  readonly command?: string;
  readonly profile?: string;
}

/** The agent's own user. */
const AGENT_USER = 'ssm-user';
/** Minutes (User Guide, "Specify an idle session timeout value"). */
const usualIdle = 20;

const types: Readonly<Record<string, SessionPlan['kind']>> = {
  Standard_Stream: 'shell',
  InteractiveCommands: 'command',
  NonInteractiveCommands: 'command',
};

/** What a session does without any document. */
export const usualPlan: SessionPlan = { kind: 'shell', user: AGENT_USER, idleTimeout: usualIdle };

/** @throws InvalidDocumentContent */
export function checkSessionDocument(content: DocumentContent): void {
  planOf(content, new Map());
}

/** @throws InvalidDocumentContent */
export function planOf({ root }: DocumentContent, values: ReadonlyMap<string, Json>): SessionPlan {
  const type = textIn(root, 'sessionType') ?? '';
  const kind = own(types, type);
  if (kind === undefined) {
    throw invalidContent(`Sessions of type ${type} are not offered here: ${Object.keys(types).join(', ')} are.`);
  }
  const inputs = mapIn(root, 'inputs');
  if (kind === 'command') {
    const linux = mapIn(mapIn(root, 'properties'), 'linux');
    const commands = own(linux, 'commands');
    if (commands === undefined) throw invalidContent('The document has no commands for Linux.');
    const filled = filledIn(commands, (name) => values.get(name));
    const command = (isList(filled) ? filled : [filled]).map((line) => textOf(line)).join('\n');
    return { ...usualPlan, kind, command, user: own(linux, 'runAsElevated') === true ? 'root' : AGENT_USER };
  }
  const runAs = own(inputs, 'runAsEnabled') === true ? textIn(inputs, 'runAsDefaultUser') : undefined;
  const profile = textIn(mapIn(inputs, 'shellProfile'), 'linux');
  const longestDuration = minutes(own(inputs, 'maxSessionDuration'));
  return {
    kind,
    user: runAs === undefined || runAs === '' ? AGENT_USER : runAs,
    idleTimeout: minutes(own(inputs, 'idleSessionTimeout')) ?? usualIdle,
    ...(longestDuration !== undefined && { longestDuration }),
    ...(profile !== undefined && profile !== '' && { profile }),
  };
}

function mapIn(map: JsonMap, name: string): JsonMap {
  const value = own(map, name);
  return isMap(value) ? value : {};
}

function minutes(value: Json | undefined): number | undefined {
  const number = Number(value === undefined || value === '' ? Number.NaN : value);
  return Number.isInteger(number) && number >= 1 && number <= 1440 ? number : undefined;
}

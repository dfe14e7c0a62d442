/** The resources on which an action can be asked, an ARN of each class that the policies tell apart. */
import type { Estate } from '../account/account.ts';
import { policiesIn } from '../account/policies-in.ts';
import { REGION } from '../analyse/known-keys.ts';
import { literal, oneOrMore, type Pattern } from '../analyse/language.ts';
import { classMembers } from '../analyse/members.ts';
import { resourcePattern } from '../analyse/patterns.ts';
import { readStatements } from '../analyse/readings.ts';
import { isAccountId, parseArn } from '../arn.ts';
import { needsTrust } from '../fixed-rules.ts';
import { compileGlob, type GlobPiece, matchGlob } from '../glob.ts';
import type { Caller } from '../model.ts';
import type { Policy } from '../policy.ts';
import { principalArn } from '../request-context.ts';
import { actionApplies } from '../statement.ts';
import type { Template } from '../variables.ts';
import type { Knowledge } from './knowledge.ts';

export interface ResourceClasses {
  /** As in a Resource element, known variables filled in. */
  readonly patterns: readonly string[];
  /** Bit `i` of a class: its members match pattern `i`. No two are alike. */
  readonly list: readonly { readonly bits: bigint; readonly resource: string }[];
}

/** States of the automaton past which the classes are not known. */
const BUDGET = 20_000;
const REST = oneOrMore({ not: true, chars: '' });
/** Services of ARNs that are told apart one by one; of more any will do. */
const MOST_SERVICES = 5;

/**
 * Resources of the caller's account and such as belong to none by their ARN, of other accounts those whose policies the estate has, and
 * for actions of trust its roles. `services` are those of the ARNs that such actions are asked on. Undefined where a variable of a
 * Resource is open, or past the budget.
 */
export function resourceClasses(
  estate: Estate,
  action: string,
  services: readonly string[],
  caller: Caller,
  knowledge: Knowledge,
): ResourceClasses | undefined {
  const lower = action.toLowerCase();
  const ofTrust = needsTrust(lower, ':role/');
  const roles = ofTrust ? estate.accounts.flatMap((account) => account.roles) : [];
  const governed = estate.resourcePolicies.filter(({ resource }) =>
    services.includes(parseArn(resource)?.service ?? ''),
  );
  const readings = readStatements([
    ...ownPolicies(estate, caller),
    ...governed.map(({ policy }) => policy),
    ...roles.map(({ trust }) => trust.policy),
  ]).filter(({ compiled }) => actionApplies(compiled, { action: lower }));
  const written = readings.flatMap(({ resources }) => resources ?? []);
  if (written.some((template) => isOpen(template, knowledge))) return undefined;
  const filled = written.flatMap((template) => filledIn(template, knowledge) ?? []);
  const holders = ofTrust
    ? roles.map(({ arn }) => arn)
    : governed.flatMap(({ resource }) => [resource, `${resource}/*`]);
  const pieces = [...filled, ...[...holders, '*'].map((pattern) => [{ pattern }])];
  const known = new Map(pieces.map((piece) => [textOf(piece), piece]));
  const texts = ofTrust ? roles.map(({ arn }) => arn) : membersOf([...known.values()], caller, services, holders);
  if (texts === undefined) return undefined;
  const globs = [...known.values()].map((piece) => compileGlob(piece, 'arn'));
  const list = new Map<bigint, string>();
  for (const text of texts) {
    const bits = globs.reduce((sum, glob, at) => (matchGlob(glob, text) ? sum | (1n << BigInt(at)) : sum), 0n);
    if (!list.has(bits)) list.set(bits, text);
  }
  return { patterns: [...known.keys()], list: [...list].map(([bits, resource]) => ({ bits, resource })) };
}

/** The policies that speak of a caller's requests whatever the resource, and the resource control policies of all accounts. */
export function ownPolicies(estate: Estate, caller: Caller): readonly Policy[] {
  const request = { caller, action: '', resource: '', resourceAccountId: accountOf(caller), context: {} };
  const { identity, boundary, serviceControl = [] } = policiesIn(estate, request);
  const limits = boundary === undefined ? [] : [boundary];
  const protection = Object.values(estate.resourceControl ?? {}).flat(2);
  return [...identity, ...limits, ...serviceControl.flat(), ...protection].map(({ policy }) => policy);
}

function accountOf(caller: Caller): string {
  return 'accountId' in caller ? caller.accountId : '';
}

function isOpen(template: Template, knowledge: Knowledge): boolean {
  return template.some((piece) => 'variable' in piece && knowledge.isOpenVariable(piece.variable));
}

/** Undefined: a variable has no value, and the pattern matches nothing. */
function filledIn(template: Template, knowledge: Knowledge): readonly (readonly GlobPiece[])[] | undefined {
  const filled: GlobPiece[] = [];
  for (const piece of template) {
    if (!('variable' in piece)) {
      filled.push(piece);
      continue;
    }
    const value = knowledge.context.get(piece.variable);
    const text = typeof value === 'string' ? value : piece.fallback;
    if (text === undefined) return undefined;
    filled.push({ literal: text });
  }
  return [filled];
}

function textOf(pieces: readonly GlobPiece[]): string {
  return pieces.map((piece) => ('pattern' in piece ? piece.pattern : piece.literal)).join('');
}

function membersOf(
  pieces: readonly (readonly GlobPiece[])[],
  caller: Caller,
  services: readonly string[],
  holders: readonly string[],
): readonly string[] | undefined {
  const owners: Pattern[] = [literal(accountOf(caller)), []];
  const ofOthers = holders.filter((holder) => {
    const account = parseArn(holder)?.accountId ?? '';
    return isAccountId(account) && account !== accountOf(caller);
  });
  const partition = parseArn(principalArn(caller) ?? '')?.partition ?? 'aws';
  const names = services.length > MOST_SERVICES ? [REGION] : services.map(literal);
  const universe = names.flatMap((name) =>
    owners.map(
      (owner): Pattern => [
        ...literal(`arn:${partition}:`),
        ...name,
        ...literal(':'),
        ...REGION.slice(1),
        ...literal(':'),
        ...owner,
        ...literal(':'),
        ...REST,
      ],
    ),
  );
  return classMembers(
    pieces.map(resourcePattern),
    [...universe, ...ofOthers.map((holder) => resourcePattern([{ pattern: holder }]))],
    BUDGET,
  )?.map(({ text }) => text);
}

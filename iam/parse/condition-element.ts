/** Reads Condition. IAM User Guide, "IAM JSON policy elements: Condition". */
import { parseDate } from '../conditions/date.ts';
import { parseCidr } from '../conditions/ip-address.ts';
import { NULL_OPERATOR } from '../conditions/null.ts';
import { findOperator, OPERATOR_NAMES, type OperatorName, splitOperatorName } from '../conditions/operators.ts';
import type { ConditionClause, PolicyKind } from '../policy.ts';
import { type Located, type LocatedText, placeOf, uniqueMembers } from './elements.ts';
import { childPointer, type FaultLog } from './faults.ts';
import type { JsonNode } from './json.ts';

/** Reads the element Condition: a clause for each operator and key. What is wrong is in the log. */
export function readConditions(
  log: FaultLog,
  element: Located | undefined,
  kind: PolicyKind,
): readonly ConditionClause[] {
  if (element === undefined) return [];
  const { node, place } = element;
  if (node.kind !== 'object') {
    log.fault('invalid-type', place, 'Condition must be an object: {"StringEquals": {"aws:…": "…"}}.', 'Condition');
    return [];
  }
  const clauses: ConditionClause[] = [];
  for (const member of uniqueMembers(log, node.members, place)) {
    const pointer = childPointer(place.pointer, member.key);
    const type = { node: member.value, place: placeOf(member.value, pointer, place.statement) };
    const key = placeOf({ from: member.keyFrom, to: member.keyTo }, pointer, place.statement);
    if (member.value.kind !== 'object') {
      const message = `${member.key} must hold condition keys: {"aws:…": "…"}.`;
      log.fault('invalid-type', type.place, message, member.key);
      continue;
    }
    const name = splitOperatorName(member.key);
    if (!exists(name)) {
      // IAM accepts an operator that does not exist where it has nothing to say.
      if (member.value.members.length > 0)
        log.fault('unknown-operator', key, unknownOperator(member.key, name), member.key);
      else log.note('warning', 'unknown-operator', key, unknownOperator(member.key, name));
      const unknown = { set: undefined, operator: member.key, ifExists: false };
      clauses.push(...readKeys(log, unknown, member.value, type, kind));
      continue;
    }
    clauses.push(...readKeys(log, name, member.value, type, kind));
  }
  return clauses;
}

function exists({ operator, ifExists }: OperatorName): boolean {
  if (operator === NULL_OPERATOR) return !ifExists;
  return findOperator(operator) !== undefined;
}

function unknownOperator(text: string, { operator }: OperatorName): string {
  if (operator === NULL_OPERATOR) return 'Null does not take IfExists.';
  const meant = OPERATOR_NAMES.find((name) => name.toLowerCase() === operator.toLowerCase());
  return `There is no condition operator "${text}".${meant === undefined ? '' : ` Did you mean "${meant}"?`}`;
}

function readKeys(
  log: FaultLog,
  name: OperatorName,
  node: JsonNode & { kind: 'object' },
  { place }: Located,
  kind: PolicyKind,
) {
  const clauses: ConditionClause[] = [];
  for (const member of uniqueMembers(log, node.members, place)) {
    const at = placeOf(member.value, childPointer(place.pointer, member.key), place.statement);
    const values = readValues(log, { node: member.value, place: at }, member.key);
    for (const value of values) checkValue(log, name.operator, value, kind);
    const { set, operator, ifExists } = name;
    const clause = { operator, ifExists, key: member.key, values: values.map((value) => value.text) };
    clauses.push(set === undefined ? clause : { ...clause, set });
  }
  return clauses;
}

/** Texts, numbers and booleans, alone or in a list. Numbers keep their spelling. */
function readValues(log: FaultLog, { node, place }: Located, key: string): readonly LocatedText[] {
  const items = node.kind === 'array' ? node.items : [node];
  const values: LocatedText[] = [];
  for (const [i, item] of items.entries()) {
    const at = node.kind === 'array' ? placeOf(item, childPointer(place.pointer, i), place.statement) : place;
    if (item.kind === 'string') values.push({ text: item.value, place: at });
    else if (item.kind === 'number') values.push({ text: item.text, place: at });
    else if (item.kind === 'boolean') values.push({ text: String(item.value), place: at });
    else log.fault('invalid-type', at, `A value of ${key} must be a text, a number or a boolean.`, key);
  }
  return values;
}

function checkValue(log: FaultLog, operator: string, { text, place }: LocatedText, kind: PolicyKind): void {
  if (operator.startsWith('Date') && parseDate(text) === undefined && !isOddDate(text)) {
    const message = `"${text}" is no date: write 2026-01-31T08:00:00Z, or seconds since 1970.`;
    log.fault('invalid-date', place, message, text);
  }
  if (operator.endsWith('IpAddress') && parseCidr(text) === undefined) {
    const message = `"${text}" is no address range like 203.0.113.0/24: it matches nothing.`;
    if (kind === 'resource') log.fault('invalid-ip-address', place, message, text);
    else log.note('warning', 'invalid-ip-address', place, message);
  }
}

/** Dates that IAM saves although they match no time: a year alone of any length, negative years, an unfinished time. */
function isOddDate(text: string): boolean {
  const unsigned = text.startsWith('-') ? text.slice(1) : text;
  const at = Math.max(unsigned.indexOf('T'), unsigned.indexOf('t'));
  const isYear = (year: string) => year !== '' && year.length <= 9 && [...year].every((d) => d >= '0' && d <= '9');
  if (at === unsigned.length - 1) return isYear(unsigned.slice(0, at));
  return text.startsWith('-') && isYear(unsigned);
}

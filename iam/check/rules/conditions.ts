/** Rules about the structure of Condition: operators, set operators, and what is empty. IAM User Guide, "IAM JSON policy elements: Condition operators". */
import { findOperator } from '../../conditions/operators.ts';
import type { CheckContext } from '../context.ts';
import { type ConditionView, membersOf, type StatementView } from '../document.ts';
import { removeMember, repairOf, writeText } from '../edits.ts';
import type { Repair } from '../finding.ts';
import { familyOf, isMultivalued, lookUpKey, operatorFamilies } from '../keys.ts';
import { hasWildcard } from '../pattern.ts';

export function checkConditions(context: CheckContext): void {
  for (const statement of context.document.statements) {
    checkEmpty(context, statement);
    checkDuplicates(context, statement);
    for (const condition of statement.conditions) {
      if (condition.values.length === 0) checkEmptyValues(context, condition);
      checkOperator(context, statement, condition);
    }
    checkNulls(context, statement);
  }
}

function checkEmpty({ report }: CheckContext, { members, node }: StatementView): void {
  const condition = members.get('Condition');
  if (condition?.node.kind !== 'object') return;
  if (condition.node.members.length === 0) {
    const repair = repairOf('Remove the Condition', removeMember(node, condition.member));
    report('empty-condition', condition.span, 'This Condition is empty, and conditions nothing.', repair);
  }
  for (const operator of membersOf(condition.node, condition.span.pointer).values()) {
    if (operator.node.kind !== 'object' || operator.node.members.length > 0) continue;
    const owner = condition.node.members.length === 1 ? condition : operator;
    const repair = repairOf(`Remove ${owner.name}`, removeMember(owner.owner, owner.member));
    report('empty-operator', operator.span, `${operator.name} has no condition keys, and conditions nothing.`, repair);
  }
}

function checkEmptyValues({ report }: CheckContext, { name, key, keyMember }: ConditionView): void {
  if (keyMember.node.kind !== 'array' || keyMember.node.items.length > 0) return;
  if (name.set === 'ForAllValues') {
    const message = `Without values this matches only where ${key} is missing: say so with {"Null": {"${key}": "true"}}.`;
    report('empty-condition-values-for-all-values', keyMember.span, message);
  } else if (name.set === 'ForAnyValue') {
    report(
      'empty-condition-values-for-any-value',
      keyMember.span,
      `Without values this never matches: the statement does nothing.`,
    );
  } else if (name.ifExists) {
    const message = `Without values this matches only where ${key} is missing: say so with {"Null": {"${key}": "true"}}.`;
    report('empty-condition-values-if-exists', keyMember.span, message);
  } else {
    report('empty-condition-values', keyMember.span, `${key} has no values to be compared with. Write some.`);
  }
}

function checkDuplicates({ report }: CheckContext, { conditions }: StatementView): void {
  const seen = new Map<string, string>();
  for (const { operatorMember, keyMember, key } of conditions) {
    const id = `${operatorMember.name}\n${key.toLowerCase()}`;
    const first = seen.get(id);
    if (first === undefined) seen.set(id, key);
    else
      report(
        'duplicate-condition-key',
        keyMember.keySpan,
        `${first} and ${key} are the same key: letters of either case name it. Make it one list.`,
      );
  }
}

/** Renames an operator. */
function rename({ operatorMember }: ConditionView, name: string): Repair {
  return { title: `Write ${name}`, edits: [writeText(operatorMember.keySpan, name)] };
}

const spell = ({ name }: ConditionView, operator: string, set = name.set) =>
  `${set === undefined ? '' : `${set}:`}${operator}${name.ifExists ? 'IfExists' : ''}`;

/** Takes a key's clause to another operator: by renaming it, where the key is its only one and the other does not stand beside it. */
function moveTo(condition: ConditionView, operator: string): Repair | undefined {
  const { owner, node } = condition.operatorMember;
  const isOnly = node.kind === 'object' && node.members.length === 1;
  return isOnly && owner.members.every(({ key }) => key !== operator) ? rename(condition, operator) : undefined;
}

function checkOperator(context: CheckContext, { effect }: StatementView, condition: ConditionView): void {
  const { report, catalogue } = context;
  const { name, key, operatorMember, values } = condition;
  if (name.operator === 'Null') {
    if (name.set === undefined) return;
    const message = `Null asks whether the key is there at all: ${name.set} does not go with it.`;
    report('null-with-set-operator', operatorMember.keySpan, message, rename(condition, 'Null'));
    return;
  }
  const knowledge = lookUpKey(catalogue, key);
  const known = knowledge.kind === 'known' ? knowledge.key : undefined;
  // The parser says that there is no such operator, and which is meant.
  if (findOperator(name.operator) === undefined) return;
  if (known !== undefined) checkSet(context, effect, condition, isMultivalued(known));
  const families = known === undefined ? [] : operatorFamilies(known);
  const family = familyOf(name.operator);
  if (known !== undefined && families.length > 0 && !families.includes(family) && family !== 'Binary') {
    const right = counterpart(name.operator, families[0] ?? 'String', condition.negated);
    const message = `${key} is of type ${known.type}: ${name.operator} does not compare it as one. Use ${right}.`;
    report('type-mismatch', operatorMember.keySpan, message, moveTo(condition, spell(condition, right)));
  }
  const literal = values.find(({ text }) => hasWildcard(text.replaceAll(/\$\{[^}]*\}/g, '')));
  if ((name.operator !== 'StringEquals' && name.operator !== 'StringNotEquals') || literal === undefined) return;
  const like = name.operator === 'StringEquals' ? 'StringLike' : 'StringNotLike';
  const message = `${name.operator} takes the wildcard in "${literal.text}" literally. Use ${like}.`;
  report('wildcard-without-like', literal, message, moveTo(condition, spell(condition, like)));
}

/** The operator of another family that asks the same. */
function counterpart(operator: string, family: string, negated: boolean): string {
  if (family === 'IpAddress') return negated ? 'NotIpAddress' : 'IpAddress';
  if (family === 'Bool') return 'Bool';
  if (family === 'Date' && operator.startsWith('Numeric')) return operator.replace('Numeric', 'Date');
  return `${family}${negated ? 'NotEquals' : 'Equals'}`;
}

function checkSet(
  { report }: CheckContext,
  effect: StatementView['effect'],
  condition: ConditionView,
  isMany: boolean,
): void {
  const { name, key, operatorMember, negated } = condition;
  if (isMany && name.set === undefined) {
    const right = spell(condition, name.operator, negated ? 'ForAllValues' : 'ForAnyValue');
    const message = `A request has many values of ${key}: without ForAllValues or ForAnyValue nothing is compared. Use ${right}.`;
    report('missing-set-operator', operatorMember.keySpan, message, moveTo(condition, right));
  } else if (!isMany && name.set === 'ForAllValues' && effect === 'Allow') {
    const right = spell(condition, name.operator, undefined).replace('ForAllValues:', '');
    const message = `${key} has one value: ForAllValues also matches where it is missing, and then allows. Use ${right}.`;
    report('for-all-values-with-single-valued-key', operatorMember.keySpan, message, moveTo(condition, right));
  } else if (!isMany && name.set === 'ForAnyValue') {
    const right = spell(condition, name.operator).replace('ForAnyValue:', '');
    report(
      'for-any-value-with-single-valued-key',
      operatorMember.keySpan,
      `${key} has one value: use ${right}.`,
      moveTo(condition, right),
    );
  }
}

/** A key that must be missing, in a statement where it must also have a value. */
function checkNulls({ report }: CheckContext, { conditions }: StatementView): void {
  const wanted = new Map<string, ConditionView>();
  for (const condition of conditions) {
    const { name, negated, key } = condition;
    if (name.operator === 'Null' || negated || name.ifExists || name.set === 'ForAllValues') continue;
    if (!wanted.has(key.toLowerCase())) wanted.set(key.toLowerCase(), condition);
  }
  for (const { name, key, keyMember, values } of conditions) {
    const isMissing =
      name.operator === 'Null' && values.length > 0 && values.every(({ text }) => text.toLowerCase() === 'true');
    const contrary = isMissing ? wanted.get(key.toLowerCase()) : undefined;
    if (contrary === undefined) continue;
    const message = `${key} must be missing here and match ${contrary.name.operator} too: the statement never applies.`;
    report('null-and-value', keyMember.span, message);
  }
}

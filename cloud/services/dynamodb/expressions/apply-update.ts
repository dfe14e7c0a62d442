/** Changes an item as an update expression says. All that it reads is as it was before. */
import { validation } from '../errors.ts';
import { add, negated, readNumber, writeNumber } from '../numbers.ts';
import { type Item, orderedSet, type SetType, type Value } from '../values.ts';
import { valueAt } from './paths.ts';
import type { Path, Setting, Update } from './syntax.ts';

/** @throws ValidationException */
export function applyUpdate(item: Item, update: Update): Item {
  const settings = [
    ...update.set.map(({ path, to }) => ({ path, value: settingValue(to, item) })),
    ...update.add.map(({ path, value }) => ({ path, value: sumOf(valueAt(item, path), value) })),
  ];
  const shrunk = update.delete.map(({ path, value }) => ({ path, value: differenceOf(valueAt(item, path), value) }));
  // What goes beyond the end of a list is appended in the order of its places.
  const changed = [...settings].sort((a, b) => placeOf(a.path) - placeOf(b.path));
  const removed = [...update.remove, ...shrunk.flatMap(({ path, value }) => (value === undefined ? [path] : []))].sort(
    (a, b) => placeOf(b) - placeOf(a),
  );
  let result: Value = { type: 'M', value: item };
  for (const { path, value } of changed) result = withValue(result, path, value);
  for (const { path, value } of shrunk) if (value !== undefined) result = withValue(result, path, value);
  // From the end of a list: what stands before keeps its place.
  for (const path of removed) result = without(result, path);
  return result.type === 'M' ? result.value : item;
}

function placeOf(path: readonly (string | number)[]): number {
  const last = path.at(-1);
  return typeof last === 'number' ? last : -1;
}

function wrongType() {
  return validation('An operand in the update expression has an incorrect data type');
}

function wrongPath() {
  return validation('The document path provided in the update expression is invalid for update');
}

function settingValue(setting: Setting, item: Item): Value {
  switch (setting.kind) {
    case 'value':
      return setting.value;
    case 'path': {
      const value = valueAt(item, setting.path);
      if (value === undefined) {
        throw validation('The provided expression refers to an attribute that does not exist in the item');
      }
      return value;
    }
    case 'if_not_exists':
      return valueAt(item, setting.path) ?? settingValue(setting.otherwise, item);
    case 'list_append': {
      const left = settingValue(setting.left, item);
      const right = settingValue(setting.right, item);
      if (left.type !== 'L' || right.type !== 'L') throw wrongType();
      return { type: 'L', value: [...left.value, ...right.value] };
    }
    default: {
      const left = settingValue(setting.left, item);
      const right = settingValue(setting.right, item);
      if (left.type !== 'N' || right.type !== 'N') throw wrongType();
      const summand = readNumber(right.value);
      const sum = add(readNumber(left.value), setting.kind === 'plus' ? summand : negated(summand));
      return { type: 'N', value: writeNumber(sum) };
    }
  }
}

function isSetOf(value: Value, type: Value['type']): value is Extract<Value, { type: SetType }> {
  return value.type === type && (type === 'SS' || type === 'NS' || type === 'BS');
}

/** ADD: to a number, or to a set; to what is not there as if it were zero or empty. */
function sumOf(present: Value | undefined, added: Value): Value {
  if (present === undefined) return added;
  if (present.type === 'N' && added.type === 'N') {
    return { type: 'N', value: writeNumber(add(readNumber(present.value), readNumber(added.value))) };
  }
  if (!isSetOf(present, added.type) || !isSetOf(added, present.type)) throw wrongType();
  return { type: present.type, value: orderedSet(present.type, [...new Set([...present.value, ...added.value])]) };
}

/** DELETE: of a set; undefined where nothing is left of it, or there was none. */
function differenceOf(present: Value | undefined, taken: Value): Value | undefined {
  if (present === undefined) return undefined;
  if (!isSetOf(present, taken.type) || !isSetOf(taken, present.type)) throw wrongType();
  const left = present.value.filter((member) => !taken.value.includes(member));
  return left.length === 0 ? undefined : { type: present.type, value: left };
}

type Steps = Path | readonly (string | number)[];

/** @throws ValidationException where the path leads nowhere */
function withValue(container: Value, [step, ...rest]: Steps, value: Value): Value {
  const inner = (present: Value | undefined): Value => {
    if (rest.length === 0) return value;
    if (present === undefined) throw wrongPath();
    return withValue(present, rest, value);
  };
  if (container.type === 'M' && typeof step === 'string') {
    return { type: 'M', value: new Map(container.value).set(step, inner(container.value.get(step))) };
  }
  if (container.type !== 'L' || typeof step !== 'number') throw wrongPath();
  const changed = inner(container.value[step]);
  if (step >= container.value.length) return { type: 'L', value: [...container.value, changed] };
  return { type: 'L', value: container.value.with(step, changed) };
}

/** What is not there need not be taken away, as long as the path leads to where it would be. */
function without(container: Value, [step, ...rest]: Steps): Value {
  if (container.type === 'M' && typeof step === 'string') {
    const present = container.value.get(step);
    if (present === undefined && rest.length > 0) throw wrongPath();
    const members = new Map(container.value);
    if (rest.length === 0) members.delete(step);
    else if (present !== undefined) members.set(step, without(present, rest));
    return { type: 'M', value: members };
  }
  if (container.type !== 'L' || typeof step !== 'number') throw wrongPath();
  const present = container.value[step];
  if (rest.length === 0) return { type: 'L', value: container.value.filter((_, place) => place !== step) };
  if (present === undefined) throw wrongPath();
  return { type: 'L', value: container.value.with(step, without(present, rest)) };
}

/** `aws:branch`: the first choice whose rule holds (User Guide, "aws:branch"). */
import { own } from '../../../own.ts';
import { isList, isMap, type Json, type JsonMap, textIn } from '../documents/content.ts';
import { textOf } from '../documents/filling.ts';

/** The step that comes next; undefined where none is chosen and there is no default. */
export function chosenStep(inputs: JsonMap): string | undefined {
  const choices = own(inputs, 'Choices');
  for (const choice of isList(choices) ? choices : []) {
    if (isMap(choice) && holds(choice)) return textIn(choice, 'NextStep');
  }
  return textIn(inputs, 'Default');
}

function holds(rule: JsonMap): boolean {
  const all = own(rule, 'And');
  const any = own(rule, 'Or');
  const not = own(rule, 'Not');
  if (isList(all)) return all.every((inner) => isMap(inner) && holds(inner));
  if (isList(any)) return any.some((inner) => isMap(inner) && holds(inner));
  if (not !== undefined) return isMap(not) && !holds(not);
  return compares(own(rule, 'Variable') ?? null, rule);
}

function compares(variable: Json, rule: JsonMap): boolean {
  const text = textOf(variable);
  return Object.entries(rule).some(([operator, operand]) => {
    const wanted = textOf(operand);
    switch (operator) {
      case 'StringEquals':
        return text === wanted;
      case 'EqualsIgnoreCase':
        return text.toLowerCase() === wanted.toLowerCase();
      case 'StartsWith':
        return text.startsWith(wanted);
      case 'EndsWith':
        return text.endsWith(wanted);
      case 'Contains':
        return isList(variable) ? variable.some((item) => textOf(item) === wanted) : text.includes(wanted);
      case 'NumericEquals':
        return Number(text) === Number(wanted);
      case 'NumericGreater':
        return Number(text) > Number(wanted);
      case 'NumericGreaterOrEquals':
        return Number(text) >= Number(wanted);
      case 'NumericLesser':
        return Number(text) < Number(wanted);
      case 'NumericLesserOrEquals':
        return Number(text) <= Number(wanted);
      case 'BooleanEquals':
        return text.toLowerCase() === wanted.toLowerCase();
      default:
        return false;
    }
  });
}

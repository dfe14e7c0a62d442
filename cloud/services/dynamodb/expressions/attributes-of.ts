import type { Condition, Operand } from './syntax.ts';

/** The attributes that a condition reads. */
export function attributesOf(condition: Condition): readonly string[] {
  const of = (...operands: readonly Operand[]) =>
    operands.flatMap((operand) => (operand.kind === 'value' ? [] : [operand.path[0]]));
  switch (condition.kind) {
    case 'and':
    case 'or':
      return [...attributesOf(condition.left), ...attributesOf(condition.right)];
    case 'not':
      return attributesOf(condition.condition);
    case 'compare':
      return of(condition.left, condition.right);
    case 'between':
      return of(condition.operand, condition.low, condition.high);
    case 'in':
      return of(condition.operand, ...condition.among);
    case 'attribute_exists':
    case 'attribute_not_exists':
      return [condition.path[0]];
    default:
      return of(condition.operand, condition.argument);
  }
}

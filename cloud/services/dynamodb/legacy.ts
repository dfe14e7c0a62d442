/** Parameters from before expressions, which are refused (Amazon DynamoDB Developer Guide, "Legacy conditional parameters"). */
import { legacyParameter, validation } from './errors.ts';

const INSTEAD: Readonly<Record<string, string>> = {
  AttributesToGet: 'ProjectionExpression',
  AttributeUpdates: 'UpdateExpression',
  ConditionalOperator: 'AND and OR in an expression',
  Expected: 'ConditionExpression',
  KeyConditions: 'KeyConditionExpression',
  QueryFilter: 'FilterExpression',
  ScanFilter: 'FilterExpression',
};

/** @throws ValidationException */
export function refuseLegacy(input: object): void {
  const given = Object.entries(input).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  const legacy = given.filter((name) => Object.hasOwn(INSTEAD, name));
  const [first] = legacy;
  if (first === undefined) return;
  const expressions = given.filter((name) => name.endsWith('Expression'));
  if (expressions.length > 0) {
    throw validation(
      `Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {${legacy.join(', ')}} Expression parameters: {${expressions.join(', ')}}`,
    );
  }
  throw legacyParameter(first, INSTEAD[first] ?? 'an expression');
}

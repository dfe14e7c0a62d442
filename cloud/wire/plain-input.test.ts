import { expect, test } from 'vitest';
import type { ServiceModel } from './model.ts';
import { dynamodbModel, iamModel, lambdaModel, ssmModel } from './models.ts';
import { plainInput } from './plain-input.ts';

function read(model: ServiceModel, operation: string, json: unknown) {
  const input = model.operations.get(operation)?.input;
  if (input === undefined) throw new Error(`There is no ${operation}`);
  return plainInput(input, json);
}

test('members are found whatever the case of their first letter, as deep as they lie', () => {
  expect(read(iamModel, 'TagUser', { userName: 'Eve', Tags: [{ key: 'a', Value: 'b' }] })).toEqual({
    kind: 'ok',
    value: { UserName: 'Eve', Tags: [{ Key: 'a', Value: 'b' }] },
  });
  expect(read(dynamodbModel, 'PutItem', { TableName: 't', Item: { Constructor: { S: 'x' } } })).toEqual({
    kind: 'ok',
    value: { TableName: 't', Item: { Constructor: { S: 'x' } } },
  });
});

test('bytes and times come as texts', () => {
  expect(read(lambdaModel, 'Invoke', { FunctionName: 'f', Payload: { a: 1 } })).toEqual({
    kind: 'ok',
    value: { FunctionName: 'f', Payload: new TextEncoder().encode('{"a":1}') },
  });
});

test('what the operation does not take is told', () => {
  expect(read(iamModel, 'CreateUser', { Name: 'Eve' })).toEqual({ kind: 'unknown', name: 'Name' });
  expect(read(iamModel, 'CreateUser', { UserName: 1 })).toEqual({ kind: 'wrong', value: 1, wanted: 'a string' });
  expect(read(iamModel, 'CreateUser', [])).toEqual({ kind: 'wrong', value: [], wanted: 'an object' });
  expect(read(ssmModel, 'GetParameters', { Names: 'a' })).toEqual({ kind: 'wrong', value: 'a', wanted: 'a list' });
});

import { describe, expect, it } from 'vitest';
import { readItem } from '../wire-values.ts';
import { parseCondition } from './conditions.ts';
import { holds } from './holds.ts';
import { Substitutes } from './substitutes.ts';

const item = readItem({
  s: { S: 'hello' },
  n: { N: '10' },
  b: { B: new Uint8Array([1, 0x23, 0x45]) },
  yes: { BOOL: true },
  none: { NULL: true },
  tags: { SS: ['red', 'blue'] },
  ints: { NS: ['1', '2'] },
  l: { L: [{ S: 'a' }, { M: { deep: { N: '7' } } }] },
  m: { M: { k: { S: 'v' } } },
});
const names = { '#s': 's', '#dotted': 'a.b' };
const values = {
  ':hello': { S: 'hello' },
  ':he': { S: 'he' },
  ':n9': { N: '9' },
  ':n10': { N: '10.0' },
  ':n11': { N: '11' },
  ':red': { S: 'red' },
  ':one': { N: '1' },
  ':bytes': { B: new Uint8Array([0x23]) },
  ':half': { B: new Uint8Array([0x12]) },
  ':list': { L: [{ S: 'a' }] },
  ':typeS': { S: 'S' },
  ':typeX': { S: 'X' },
};

function holding(text: string): boolean {
  const given = { ExpressionAttributeNames: names, ExpressionAttributeValues: values };
  return holds(parseCondition(text, 'FilterExpression', new Substitutes(given, { FilterExpression: text })), item);
}

describe('conditions', () => {
  it.each<[string, boolean]>([
    ['s = :hello', true],
    ['#s <> :hello', false],
    ['nowhere <> :hello', true],
    ['nowhere = :hello', false],
    ['n = :n10', true],
    ['n > :n9 AND n < :n11', true],
    ['n < :hello', false],
    ['n between :n9 and :n11', true],
    ['n BETWEEN :n10 AND :n11 AND s = :he', false],
    ['s IN (:he, :hello)', true],
    ['NOT s = :he', true],
    ['s = :he OR n = :n10', true],
    ['s = :he AND n = :n9 OR n = :n10', true],
    ['s = :he AND (n = :n9 OR n = :n10)', false],
    ['not s = :hello or n = :n10', true],
    ['attribute_exists(l[1].deep)', true],
    ['attribute_exists(l[2])', false],
    ['attribute_not_exists(m.absent1)', true],
    ['attribute_not_exists(#dotted)', true],
    ['attribute_type(s, :typeS)', true],
    ['begins_with(s, :he)', true],
    ['begins_with(n, :he)', false],
    ['contains(s, :he)', true],
    ['contains(tags, :red)', true],
    ['contains(ints, :one)', true],
    ['contains(b, :bytes)', true],
    ['contains(b, :half)', false],
    ['contains(l, :list)', false],
    ['size(s) < :n9', true],
    ['size(b) = :one', false],
    ['size(yes) = :one', false],
    ['l[0] = m.k', false],
    ['(s = :hello)', true],
    ['((s = :hello) AND (n = :n10))', true],
  ])('%s: %s', (text, expected) => {
    expect(holding(text)).toBe(expected);
  });

  it.each<[string, string]>([
    ['', 'The expression can not be empty;'],
    ['s =', 'Syntax error; token: "<EOF>", near: "="'],
    ['s = :hello n', 'Syntax error; token: "n", near: ":hello n"'],
    ['s ! :hello', 'Syntax error; token: "!", near: "s ! "'],
    ['name = :hello', 'Attribute name is a reserved keyword; reserved keyword: name'],
    ['#no = :hello', 'An expression attribute name used in the document path is not defined; attribute name: #no'],
    ['s = :no', 'An expression attribute value used in expression is not defined; attribute value: :no'],
    ['huge(s)', 'Invalid function name; function: huge'],
    ['if_not_exists(s, :he)', 'The function is not allowed in a filter expression; function: if_not_exists'],
    [
      'begins_with(s)',
      'Incorrect number of operands for operator or function; operator or function: begins_with, number of operands: 1',
    ],
    [
      'begins_with(s, :one)',
      'Incorrect operand type for operator or function; operator or function: begins_with, operand type: N',
    ],
    ['s < :list', 'Incorrect operand type for operator or function; operator or function: <, operand type: L'],
    ['attribute_exists(:he)', 'Operator or function requires a document path; operator or function: attribute_exists'],
    [
      'attribute_type(s, :typeX)',
      'Invalid attribute type name found; type: X, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}',
    ],
    [
      'n BETWEEN :n11 AND :n9',
      'The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: AttributeValue: {N:11}, upper bound operand: AttributeValue: {N:9}',
    ],
    ['((s = :hello))', 'The expression has redundant parentheses;'],
    [
      's = s',
      'The first operand must be distinct from the remaining operands for this operator or function; operator: =, first operand: [s]',
    ],
    [`${'('.repeat(2000)}s`, 'The expression contains more than 300 operators'],
    [`s = :${'v'.repeat(5000)}`, 'Expression size has exceeded the maximum allowed size; expression size: 5005'],
    ['l[1111111111] = :he', 'List index is not within the allowable range; index: [1111111111]'],
  ])('refuses %s', (text, message) => {
    expect(() => holding(text)).toThrow(
      new RegExp(`^Invalid FilterExpression: ${message.replace(/[[\](){}.*+?|^$\\]/g, '\\$&')}$`),
    );
  });
});

describe('substitutes', () => {
  const made = (given: object, FilterExpression?: string) => () => new Substitutes(given, { FilterExpression });

  it.each<[() => unknown, string]>([
    [
      made({ ExpressionAttributeNames: names }),
      'ExpressionAttributeNames can only be specified when using expressions',
    ],
    [
      made({ ExpressionAttributeValues: values }),
      'ExpressionAttributeValues can only be specified when using expressions: FilterExpression is null',
    ],
    [made({ ExpressionAttributeNames: {} }, 's = n'), 'ExpressionAttributeNames must not be empty'],
    [made({ ExpressionAttributeValues: {} }, 's = n'), 'ExpressionAttributeValues must not be empty'],
    [
      made({ ExpressionAttributeNames: { s: 's' } }, 's = n'),
      'ExpressionAttributeNames contains invalid key: Syntax error; key: "s"',
    ],
  ])('are refused: %#', (act, message) => {
    expect(act).toThrow(message);
  });
});

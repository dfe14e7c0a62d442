/** Messages as filter policies see them: by their attributes, or by what their body holds. */
import type { MessageAttributeValue } from '@aws-sdk/client-sns';
import { define } from '../../own.ts';
import { type FilterSubject, type FilterValue, isList, isObject } from './filter-policy.ts';

type Values = FilterValue[] | FilterSubject[];

/** A `String.Array` stands for each of its values; a number can be met as a number and by its digits; bytes cannot be met. */
export function subjectOfAttributes(attributes: Readonly<Record<string, MessageAttributeValue>>): FilterSubject {
  const subject: Record<string, Values> = {};
  for (const [name, { DataType = '', StringValue = '' }] of Object.entries(attributes)) {
    define(subject, name, valuesOfAttribute(DataType, StringValue));
  }
  return subject;
}

function valuesOfAttribute(type: string, text: string): FilterValue[] {
  if (type.startsWith('Binary')) return [];
  if (type.startsWith('Number')) return [Number(text), text];
  if (type !== 'String.Array') return [text];
  const values = parsed(text);
  return isList(values) ? values.filter(isValue) : [];
}

/** Undefined for a body that is no JSON object: no filter policy lets it through. */
export function subjectOfBody(body: string): FilterSubject | undefined {
  const value = parsed(body);
  return isObject(value) ? subjectOf(value) : undefined;
}

/** Lists stand for each of their values. */
function subjectOf(value: Readonly<Record<string, unknown>>): FilterSubject {
  const subject: Record<string, Values> = {};
  for (const [name, inner] of Object.entries(value)) {
    const all = [inner].flat(20);
    const objects = all.filter(isObject);
    define(subject, name, objects.length > 0 ? objects.map(subjectOf) : all.filter(isValue));
  }
  return subject;
}

function isValue(value: unknown): value is FilterValue {
  return value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

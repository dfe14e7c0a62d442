/** How Python writes values: `str`, `repr` and the names of types, which the AWS CLI's messages and text output show. */
import { generalFault } from '../faults.ts';
import { Float, isList, isMap, type Value } from '../value.ts';

/** `str` of a float: at least one digit after the point. */
export function floatText(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e16) return `${value}.0`;
  return String(value).replace(/e([+-])(\d)$/, 'e$10$2');
}

/** Python's `repr` of a string: single quotes, unless it has some and no double ones. */
function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replace(/\p{Cc}/gu, (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`);
  return quote + (quote === "'" ? escaped.replaceAll("'", "\\'") : escaped) + quote;
}

/** Python's `repr`. */
export function pythonRepr(value: Value): string {
  if (typeof value === 'string') return quoted(value);
  if (isList(value)) return `[${value.map(pythonRepr).join(', ')}]`;
  if (isMap(value)) {
    return `{${Object.entries(value)
      .map(([key, member]) => `${quoted(key)}: ${pythonRepr(member)}`)
      .join(', ')}}`;
  }
  return pythonText(value);
}

/** Python's `str`. */
export function pythonText(value: Value): string {
  if (typeof value === 'string') return value;
  if (value === null) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (typeof value === 'number') return String(value);
  if (value instanceof Float) return floatText(value.value);
  if (value instanceof Uint8Array) return `b${quoted(new TextDecoder('latin1').decode(value))}`;
  return pythonRepr(value);
}

/** `<class 'str'>`. */
export function pythonType(value: Value): string {
  const name = () => {
    if (typeof value === 'string') return 'str';
    if (value === null) return 'NoneType';
    if (typeof value === 'boolean') return 'bool';
    if (typeof value === 'number') return 'int';
    if (value instanceof Float) return 'float';
    if (value instanceof Uint8Array) return 'bytes';
    return isList(value) ? 'list' : 'dict';
  };
  return `<class '${name()}'>`;
}

/** Python's `int()`. Throws its fault, as the CLI lets it through. */
export function parseInteger(text: string): number {
  if (!/^\s*[+-]?\d+(_\d+)*\s*$/.test(text)) {
    throw generalFault(`invalid literal for int() with base 10: ${pythonRepr(text)}`);
  }
  return Number(text.replaceAll('_', ''));
}

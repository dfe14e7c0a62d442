/** An operation’s output as JMESPath sees it: the AWS CLI’s JSON, with the body of an object as text. */
import { search } from 'jmespath';
import { BlobBody } from '../cloud/call.ts';

/** Bytes of a body that an expression gets to see: checks look at words, not at archives. */
const longestBody = 256 * 1024;

type ReadBlob = (digest: string) => Promise<Uint8Array>;

/**
 * The output as plain JSON data: times in ISO 8601, bytes as text (UTF-8), and a policy document of IAM as what it says, as
 * the CLI prints it.
 */
export async function plainOutput(output: unknown, readBlob: ReadBlob): Promise<unknown> {
  return plain(output, undefined, readBlob);
}

/**
 * Whether an expression answers `true` of an output. Any other answer does not hold; neither does a function that is given
 * what it does not take, as when the list that it counts is not there.
 */
export function holds(expression: string, output: unknown): boolean {
  try {
    return search(output, expression) === true;
  } catch (error) {
    if (isTypeFault(error)) return false;
    throw error;
  }
}

/** What is wrong with an expression’s form; undefined where it is JMESPath. */
export function syntaxFault(expression: string): string | undefined {
  try {
    search(null, expression);
    return undefined;
  } catch (error) {
    if (isTypeFault(error)) return undefined;
    return error instanceof Error ? error.message : String(error);
  }
}

/** The package tells a fault of the data from one of the expression by the message alone. */
function isTypeFault(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('TypeError');
}

async function plain(value: unknown, name: string | undefined, readBlob: ReadBlob): Promise<unknown> {
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return new TextDecoder().decode(value.subarray(0, longestBody));
  if (value instanceof BlobBody) return bodyText(value, readBlob);
  if (Array.isArray(value)) return Promise.all(value.map((item) => plain(item, undefined, readBlob)));
  if (typeof value === 'string') return name !== undefined && documentNames.has(name) ? document(value) : value;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  const read = await Promise.all(
    entries.map(async ([key, member]) => [key, await plain(member, key, readBlob)] as const),
  );
  return Object.fromEntries(read);
}

/** Members of IAM’s outputs that hold a policy, URL-encoded (RFC 3986). */
const documentNames = new Set(['PolicyDocument', 'AssumeRolePolicyDocument', 'Document']);

function document(text: string): unknown {
  try {
    return JSON.parse(text.startsWith('%7B') ? decodeURIComponent(text) : text);
  } catch {
    return text;
  }
}

async function bodyText(body: BlobBody, readBlob: ReadBlob): Promise<string> {
  const parts: Uint8Array[] = [];
  let offset = 0;
  for (const blob of body.blobs) {
    const from = Math.max(body.from - offset, 0);
    const to = Math.min(Math.min(body.to, body.from + longestBody) - offset, blob.size);
    if (to > from) parts.push((await readBlob(blob.digest)).subarray(from, to));
    offset += blob.size;
  }
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return new TextDecoder().decode(whole);
}

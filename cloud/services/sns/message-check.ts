/** What a message may be that is published (Publish; Amazon SNS Developer Guide, "Amazon SNS message attributes"). */
import type { MessageAttributeValue } from '@aws-sdk/client-sns';
import { invalidParameter, invalidValue } from './errors.ts';
import { snsLimits } from './limits.ts';

/** A message alone or in a batch. */
export interface MessageInput {
  readonly Message?: string | undefined;
  readonly Subject?: string | undefined;
  readonly MessageStructure?: string | undefined;
  readonly MessageAttributes?: Readonly<Record<string, MessageAttributeValue>> | undefined;
  readonly MessageDeduplicationId?: string | undefined;
  readonly MessageGroupId?: string | undefined;
}

/** Checks a message and gives its size in bytes. @throws InvalidParameter, ParameterValueInvalid */
export function checkMessage(input: MessageInput): number {
  const { Message: message = '', Subject: subject, MessageAttributes: attributes = {} } = input;
  if (subject !== undefined && !/^[^\p{Cc}]{1,100}$/u.test(subject)) throw invalidParameter('Subject');
  if (message === '') throw invalidParameter('Empty message');
  let size = bytes(message);
  for (const [name, value] of Object.entries(attributes)) size += checkAttribute(name, value);
  if (size > snsLimits.messageBytes) throw invalidParameter('Message too long');
  readBodies(input);
  return size;
}

/** The bodies by protocol; `default` for all others. Values that are no text are left out. @throws InvalidParameter */
export function readBodies({ Message = '', MessageStructure }: MessageInput): Readonly<Record<string, string>> {
  if (MessageStructure === undefined) return { default: Message };
  if (MessageStructure !== 'json') throw invalidParameter('MessageStructure');
  const bodies = parsed(Message);
  if (bodies === undefined) throw invalidParameter('Message Structure - JSON message body failed to parse');
  if (bodies['default'] === undefined) {
    throw invalidParameter('Message Structure - No default entry in JSON message body');
  }
  return bodies;
}

function parsed(text: string): Readonly<Record<string, string>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    return Object.fromEntries(Object.entries(value).filter(([, body]) => typeof body === 'string'));
  } catch {
    return undefined;
  }
}

function checkAttribute(
  name: string,
  { DataType: type = '', StringValue: text, BinaryValue: binary }: MessageAttributeValue,
): number {
  checkName(name);
  if (!/^(?:String|Number|Binary)(?:\..+)?$/.test(type)) {
    throw invalidValue(
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
    );
  }
  const field = type.startsWith('Binary') ? 'Binary' : 'String';
  const length = field === 'Binary' ? binary?.length : text && bytes(text);
  if (length === undefined && (text !== undefined || binary !== undefined) && text !== '') {
    throw invalidValue(`The message attribute '${name}' with type '${type}' must use field '${field}'.`);
  }
  if (length === undefined || length === '' || length === 0) {
    throw invalidValue(
      `The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${type}'.`,
    );
  }
  return bytes(name) + bytes(type) + length;
}

function checkName(name: string): void {
  if (bytes(name) > 256) throw invalidValue('Length of message attribute name must be less than 256 bytes.');
  if (name.startsWith('.')) throw invalidValue("Invalid message attribute name starting with character '.' was found.");
  if (name.endsWith('.')) throw invalidValue("Invalid message attribute name ending with character '.' was found.");
  if (name.includes('..')) throw invalidValue("Message attribute name can not have successive '.' character.");
  const [wrong] = /[^A-Za-z0-9_.-]/u.exec(name) ?? [];
  if (wrong === undefined) return;
  const code = wrong.codePointAt(0)?.toString(16).toUpperCase();
  throw invalidValue(
    `Invalid non-alphanumeric character '#x${code}' was found in the message attribute name. Can only include alphanumeric characters, hyphens, underscores, or dots.`,
  );
}

function bytes(text: string): number {
  return new TextEncoder().encode(text).length;
}

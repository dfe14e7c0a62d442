/** Message attributes: what they may be, their digest, and how they are kept (Amazon SQS Developer Guide, "Amazon SQS message metadata"). */
import type { MessageAttributeValue } from '@aws-sdk/client-sqs';
import { fromBase64, toBase64 } from '@smithy/core/serde';
import type { Hashes } from '../../call.ts';
import { hexOf } from '../../hex.ts';
import { joinBytes } from '../../join-bytes.ts';
import { invalidParameterValue } from './errors.ts';
import { sqsLimits } from './limits.ts';
import type { MessageAttributeState } from './state.ts';

/** As SQS takes them. */
export type MessageAttributes = Readonly<Record<string, MessageAttributeValue>>;

const encoder = new TextEncoder();
const nameCharacters = /^[A-Za-z0-9_.-]+$/;
const typePrefix = /^(?:String|Number|Binary)(?:\..+)?$/;

/** Checks attributes and gives them as they are kept. @throws InvalidParameterValue */
export function checkMessageAttributes(attributes: MessageAttributes): readonly MessageAttributeState[] {
  const entries = Object.entries(attributes);
  if (entries.length > sqsLimits.attributesPerMessage) {
    throw invalidParameterValue(
      `Number of message attributes [${entries.length}] exceeds the allowed maximum [${sqsLimits.attributesPerMessage}].`,
    );
  }
  return entries.map(([name, value]) => {
    checkName(name);
    return checkedValue(name, value);
  });
}

function checkName(name: string): void {
  if (encoder.encode(name).length >= 256) {
    throw invalidParameterValue('Message (user) attribute names must be shorter than 256 Bytes');
  }
  if (!nameCharacters.test(name)) {
    throw invalidParameterValue(
      'Message (user) attributes name can only contain upper and lower score characters, digits, periods, hyphens and underscores. ',
    );
  }
  if (/^(?:aws\.|amazon\.|\.)|\.$/i.test(name)) {
    throw invalidParameterValue(
      "You can't use message attribute names beginning with 'AWS.' or 'Amazon.'. These strings are reserved for internal use. Additionally, they cannot start or end with '.'.",
    );
  }
}

function checkedValue(
  name: string,
  { DataType: type = '', StringValue: text, BinaryValue: binary }: MessageAttributeValue,
): MessageAttributeState {
  if (!typePrefix.test(type)) {
    throw invalidParameterValue(
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
    );
  }
  const isBinary = type.startsWith('Binary');
  if (isBinary ? binary === undefined || binary.length === 0 : text === undefined || text === '') {
    const kind = /^[A-Za-z]+/.exec(type)?.[0] ?? type;
    throw invalidParameterValue(`Message (user) attribute '${name}' must contain a non-empty value of type '${kind}'.`);
  }
  if (type.startsWith('Number') && !/^[+-]?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?$/.test(text ?? '')) {
    throw invalidParameterValue(`Can't cast the value of message (user) attribute '${name}' to a number.`);
  }
  return isBinary ? { name, type, binary: toBase64(binary ?? new Uint8Array()) } : { name, type, text: text ?? '' };
}

/** Attributes as a message carries them. */
export function shownAttributes(attributes: readonly MessageAttributeState[]): Record<string, MessageAttributeValue> {
  return Object.fromEntries(
    attributes.map(({ name, type, text, binary }) => [
      name,
      {
        DataType: type,
        ...(text !== undefined && { StringValue: text }),
        ...(binary !== undefined && { BinaryValue: fromBase64(binary) }),
      },
    ]),
  );
}

/** Bytes of names, types and values: they count towards the size of a message. */
export function sizeOfAttributes(attributes: readonly MessageAttributeState[]): number {
  return attributes.reduce(
    (sum, attribute) =>
      sum + encoder.encode(attribute.name).length + encoder.encode(attribute.type).length + bytesOf(attribute).length,
    0,
  );
}

/**
 * The MD5 of attributes in lower-case hex, which clients check; undefined of none. Amazon SQS Developer Guide, "Calculating the MD5
 * message digest for message attributes": sorted by name; of each the length and the bytes of name and type, a byte for the kind of value, and
 * length and bytes of the value.
 */
export function digestOfAttributes(attributes: readonly MessageAttributeState[], hashes: Hashes): string | undefined {
  if (attributes.length === 0) return undefined;
  const sorted = [...attributes].sort((a, b) => (a.name < b.name ? -1 : 1));
  const parts = sorted.flatMap((attribute) => [
    ...measured(encoder.encode(attribute.name)),
    ...measured(encoder.encode(attribute.type)),
    new Uint8Array([attribute.binary === undefined ? 1 : 2]),
    ...measured(bytesOf(attribute)),
  ]);
  return hexOf(hashes.md5(joinBytes(parts)));
}

function bytesOf({ text, binary }: MessageAttributeState): Uint8Array {
  return binary === undefined ? encoder.encode(text ?? '') : fromBase64(binary);
}

/** Bytes, with their number before them as four bytes, the greatest first. */
function measured(bytes: Uint8Array): readonly Uint8Array[] {
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, bytes.length);
  return [length, bytes];
}

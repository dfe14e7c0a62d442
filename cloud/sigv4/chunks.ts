/**
 * Bodies in `aws-chunked` (Amazon S3 API Reference, "Signature calculations: transferring payload in multiple chunks", and the
 * same with trailing headers).
 */
import { s3Refusal } from './refusal.ts';

/** A chunk as it stands in the body. */
interface Chunk {
  readonly data: Uint8Array;
  /** Absent where chunks are not signed. */
  readonly signature?: string;
}

/** A body taken apart. */
export interface ChunkedBody {
  /** The last one is empty. */
  readonly chunks: readonly Chunk[];
  /** Names in lower case, without the trailer's signature. */
  readonly trailers: readonly (readonly [name: string, value: string])[];
  readonly trailerSignature?: string;
}

const decoder = new TextDecoder();
const longestLine = 8_192;

/** Takes a body apart. Throws AwsError `IncompleteBody` where it is not whole. */
export function readChunks(body: Uint8Array): ChunkedBody {
  const chunks: Chunk[] = [];
  let at = 0;
  const line = (): string => {
    const end = body.indexOf(10, at);
    if (end === -1 || end - at > longestLine) throw incomplete();
    const text = decoder.decode(body.subarray(at, body[end - 1] === 13 ? end - 1 : end));
    at = end + 1;
    return text;
  };
  for (;;) {
    const [sizeText = '', extension] = line().split(';');
    if (!/^[0-9a-fA-F]{1,8}$/.test(sizeText)) throw incomplete();
    const size = Number.parseInt(sizeText, 16);
    const signature = /^chunk-signature=([0-9a-f]{64})$/.exec(extension ?? '')?.[1];
    if (at + size > body.length) throw incomplete();
    chunks.push({ data: body.subarray(at, at + size), ...(signature !== undefined && { signature }) });
    at += size;
    if (size === 0) break;
    if (line() !== '') throw incomplete();
  }
  const trailers: (readonly [string, string])[] = [];
  let trailerSignature: string | undefined;
  while (at < body.length) {
    const text = line();
    if (text === '') continue;
    const colon = text.indexOf(':');
    const name = text.slice(0, Math.max(colon, 0)).trim().toLowerCase();
    const value = text.slice(colon + 1).trim();
    if (name === 'x-amz-trailer-signature') trailerSignature = value;
    else trailers.push([name, value]);
  }
  return { chunks, trailers, ...(trailerSignature !== undefined && { trailerSignature }) };
}

/** The bytes that the chunks carry. */
export function joinChunks({ chunks }: ChunkedBody): Uint8Array {
  const [only, last] = chunks;
  if (only !== undefined && chunks.length <= 2 && (last === undefined || last.data.length === 0)) return only.data;
  const body = new Uint8Array(chunks.reduce((sum, { data }) => sum + data.length, 0));
  let at = 0;
  for (const { data } of chunks) {
    body.set(data, at);
    at += data.length;
  }
  return body;
}

/** S3's answer to a body that ends too early, or is not what its headers say. */
export function incomplete() {
  return s3Refusal('IncompleteBody', 'The request body terminated unexpectedly', 400);
}

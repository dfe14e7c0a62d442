import { BlobBody } from '../../cloud/call.ts';
import type { Sandbox } from '../sandboxes/sandbox.ts';

/** An operation's output with its body, if it names one, as bytes. */
export async function withBody(output: unknown, sandbox: Pick<Sandbox, 'readBlob'>): Promise<unknown> {
  if (typeof output !== 'object' || output === null) return output;
  const body = Object.entries(output).find(([, value]) => value instanceof BlobBody);
  if (body === undefined) return output;
  const [name, value] = body as [string, BlobBody];
  return { ...output, [name]: await readRange(value, sandbox) };
}

/** Reads only the blobs that the range touches. */
async function readRange({ blobs, from, to }: BlobBody, sandbox: Pick<Sandbox, 'readBlob'>): Promise<Uint8Array> {
  const bytes = new Uint8Array(Math.max(0, to - from));
  let start = 0;
  for (const { digest, size, offset = 0 } of blobs) {
    const [first, last] = [Math.max(from, start), Math.min(to, start + size)];
    if (first < last) {
      const blob = await sandbox.readBlob(digest);
      const place = offset - start;
      bytes.set(blob.subarray(place + first, place + last), first - from);
    }
    start += size;
  }
  return bytes;
}

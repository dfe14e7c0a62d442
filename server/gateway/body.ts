/** Reads a request's body, and no more of it than the limit. */
import type { IncomingMessage } from 'node:http';
import { gatewayLimits } from './limits.ts';

/** The body, or that it is too large; `aborted` where the client went away in the middle. */
export type ReadBody =
  | { readonly kind: 'read'; readonly bytes: Uint8Array }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'aborted' };

const NO_BYTES = new Uint8Array(0);

function mostBytes(request: IncomingMessage): number {
  if (request.method === 'POST' && request.url?.split('?')[0] === '/') return gatewayLimits.callBytes;
  const isChunked = String(request.headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-');
  return gatewayLimits.bodyBytes + (isChunked ? gatewayLimits.chunkOverheadBytes : 0);
}

/** Lets the rest of a refused body pass by, so that the sender gets to read the answer; a flood is cut off. */
function drain(request: IncomingMessage): void {
  let drained = 0;
  request.on('data', (chunk: Buffer) => {
    drained += chunk.length;
    if (drained > gatewayLimits.drainedBytes) request.destroy();
  });
  request.resume();
}

/** Reads a request's whole body, or says that it is larger than its kind of request may be; then the rest is not kept. */
export function readBody(request: IncomingMessage): Promise<ReadBody> {
  const { headers } = request;
  const declared = Number(headers['content-length'] ?? 0);
  if (declared === 0 && headers['transfer-encoding'] === undefined) {
    request.resume();
    return Promise.resolve({ kind: 'read', bytes: NO_BYTES });
  }
  const most = mostBytes(request);
  if (declared > most) {
    drain(request);
    return Promise.resolve({ kind: 'too-large' });
  }
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const take = (chunk: Buffer) => {
      size += chunk.length;
      if (size <= most) {
        chunks.push(chunk);
        return;
      }
      request.off('data', take);
      chunks.length = 0;
      drain(request);
      resolve({ kind: 'too-large' });
    };
    request.on('data', take);
    request.on('end', () => resolve({ kind: 'read', bytes: plainBytes(chunks) }));
    request.on('error', () => resolve({ kind: 'aborted' }));
    request.on('close', () => resolve({ kind: 'aborted' }));
  });
}

/** Without Buffer's own ways (`slice`, `toJSON`), which the pure code does not know. */
function plainBytes(chunks: readonly Buffer[]): Uint8Array {
  const [only] = chunks;
  const whole = chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks);
  return new Uint8Array(whole.buffer, whole.byteOffset, whole.length);
}

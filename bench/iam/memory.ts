/** Memory as a benchmark sees it. Needs `--expose-gc`. */

/** Bytes of the heap that are in use after collections: what is freed by one may let the next free more, in another turn of the event loop. */
export async function heapInUse(): Promise<number> {
  for (let n = 0; n < 4; n += 1) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return process.memoryUsage().heapUsed;
}

export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

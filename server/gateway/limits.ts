/** What one request, and one sandbox, may ask of the gateway, each with its reason. */
const KiB = 1024;
const MiB = 1024 * KiB;

export const gatewayLimits = {
  /** A body is held in memory while its signature is checked: an object's most (`cloud/limits.ts`). */
  bodyBytes: 16 * MiB,
  /** Of a call by a JSON or query protocol, which is posted to `/` and read whole: four times what the services of AWS take, batches of DynamoDB aside. */
  callBytes: 4 * MiB,
  /** What `aws-chunked` adds to a body of that size: some 90 bytes for each chunk of at least 8 KiB, and a trailer. */
  chunkOverheadBytes: 256 * KiB,
  /** What is still read of a body that is refused, so that its sender gets to see the answer. */
  drainedBytes: 64 * MiB,
  /** URL and headers together: presigned URLs with a session token and 2 KB of metadata fit several times. */
  headerBytes: 32 * KiB,
  /** Milliseconds for the headers, and for the whole request: a sender that dribbles is cut off. */
  headersTimeout: 10_000,
  requestTimeout: 60_000,
  /** Milliseconds that an idle connection is kept: SDKs keep theirs for about as long. */
  keepAliveTimeout: 65_000,
  /** Milliseconds that requests in hand have to finish when the server stops: Docker kills after ten seconds. */
  closeTimeout: 5_000,
  /** Calls a second of one sandbox, in the long run and at once: no person and no Terraform run comes near. */
  callsPerSecond: 500,
  callsAtOnce: 1_000,
  /** Bytes of a body that count as a call: reading, hashing and storing them takes as long. Two parts of 8 MiB a second are let through. */
  bytesPerCall: 32 * KiB,
} as const;

/** What one account may hold in Lambda, each with its reason. */

const MiB = 1024 * 1024;

export const lambdaLimits = {
  /** Functions of one account. AWS has no quota of its own for them; their records stand in the state. */
  functionsPerAccount: 200,
  /** Published versions and aliases of one function. */
  versionsPerFunction: 100,
  aliasesPerFunction: 100,
  layersPerAccount: 100,
  versionsPerLayer: 50,
  mappingsPerAccount: 100,
  /** Bytes of all code of an account, every version counted. AWS's own quota is 75 GB. */
  codeBytesPerAccount: 128 * MiB,
  /** Bytes that a deployment package may unpack to (Lambda quotas: 250 MB); it is read in memory here. */
  unzippedBytes: 64 * MiB,
  /** Files that a deployment package may have. */
  zipEntries: 5_000,
  /** Characters of a resource policy (Lambda quotas: 20 KB). */
  policyBytes: 20_480,
  /** Bytes of all environment variables of a function (Lambda quotas: 4 KB). */
  environmentBytes: 4_096,
  /** Bytes of an event: 6 MB where it is answered, 256 KB (262,144 bytes) where it is queued (Lambda quotas). */
  requestBytes: 6_291_456,
  queuedBytes: 262_144,
  /** Asynchronous invocations that wait. */
  queuedEvents: 100,
} as const;

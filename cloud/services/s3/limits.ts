/** What one sandbox may hold in S3, each with its reason. */

const MiB = 1024 * 1024;

export const s3Limits = {
  /** Bytes of one object's body, whole or in parts: a lesson's files are small, and a body is held in memory while it is read. */
  objectBytes: 16 * MiB,
  /** Bytes of all objects of a sandbox, every version and part counted: a room of a thousand learners shares one disk. */
  sandboxObjectBytes: 64 * MiB,
  /** What an object, version or part counts besides its bytes and its metadata, so that empty ones have an end. */
  objectOverheadBytes: 1024,
  /** Bytes of a bucket's lifecycle rules, which stand in the state: a thousand short ones, AWS's own limit, fit. */
  lifecycleBytes: 256 * 1024,
  /** Bytes of all other settings and configurations of a bucket together, which stand in the state too. */
  settingsBytes: 128 * 1024,
  /** Buckets of one account. AWS's own default quota is 10,000; a lesson needs a handful. */
  bucketsPerAccount: 100,
} as const;

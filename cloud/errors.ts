/** An error that an AWS service answers with. The code is the one on the wire (`NoSuchEntity`, `AccessDenied`). */
export class AwsError extends Error {
  readonly code: string;
  /** HTTP status; where absent the service model's own error shape decides, and 400 where it has none. */
  readonly status: number | undefined;
  /** Further members of the error's shape, and S3's extra elements (`BucketName`, `Key` …). */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, options: { status?: number; details?: Record<string, unknown> } = {}) {
    super(message);
    this.name = 'AwsError';
    this.code = code;
    this.status = options.status;
    this.details = options.details ?? {};
  }
}

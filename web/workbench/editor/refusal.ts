/** An AWS call of the editor that was refused, in AWS's own words. */
export class AwsRefusal extends Error {
  /** `AccessDenied`, `MalformedPolicyDocument`, … or `NetworkError`. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'AwsRefusal';
    this.code = code;
  }
}

/** What the SDK threw, as a refusal. A service's error carries its code as its name. */
export function refusalOf(error: unknown): AwsRefusal {
  if (error instanceof AwsRefusal) return error;
  if (!(error instanceof Error)) throw error;
  if ('$metadata' in error) {
    const code = 'Code' in error && typeof error.Code === 'string' ? error.Code : error.name;
    return new AwsRefusal(code, error.message);
  }
  if (error instanceof TypeError) return new AwsRefusal('NetworkError', 'The AWS endpoint cannot be reached.');
  throw error;
}

/** The region that the sandboxes' profiles name. */
export const SANDBOX_REGION = 'us-east-1';

/** The `aws` command: AWS CLI v2 as the page, pretend hosts and the tests have it. Its candidates for Tab: completions.ts. */
export type { AwsEnvironment, FileSystem, HttpRequest, HttpResponse } from './environment.ts';
export { runAws } from './run.ts';
